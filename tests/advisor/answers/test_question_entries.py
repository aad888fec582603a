"""The entries that explain a question, by edition."""

from __future__ import annotations

import pytest

from advisor.answers.question_entries import question_entries
from advisor.answers.questions import STEPS
from advisor.core.editions import EDITIONS
from tests.builders import CONTENT


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_question_is_explained_by_entries_of_the_edition(edition: str) -> None:
    entries = {path.stem for path in (CONTENT / edition).glob("*/*.toml")}
    explaining = question_entries(edition)
    assert list(explaining) == [step.name for step in STEPS if step.name in explaining]
    assert {step.name for step in STEPS if not step.is_aside and step.is_of(edition)} <= set(explaining)
    assert all(slugs and set(slugs) <= entries for slugs in explaining.values())


def test_an_edition_that_names_no_entries_has_none() -> None:
    assert question_entries("intranet") == {}
