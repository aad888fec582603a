"""Which texts of an entry are behind the others."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from faq.knowledge.entry import Text
from faq.knowledge.translations import MOST_SETS, behind_after, name_of_set, remembered

NL, EN = Text("Wat?", "Dit."), Text("What?", "This.")
NL_NEW, EN_NEW = Text("Wat?", "Dat."), Text("What?", "That.")
BOTH = {"nl": NL, "en": EN}


def test_nothing_is_behind_that_did_not_change() -> None:
    assert behind_after(BOTH, (), BOTH, {}) == ()
    assert behind_after(BOTH, ("en",), BOTH, {}) == ("en",)


@pytest.mark.parametrize(
    ("before", "behind", "after", "left"),
    [
        (BOTH, (), {"nl": NL_NEW, "en": EN}, ("en",)),
        (BOTH, (), {"nl": NL, "en": EN_NEW}, ("nl",)),
        (BOTH, (), {"nl": NL_NEW, "en": EN_NEW}, ()),
        ({"nl": NL_NEW, "en": EN}, ("en",), {"nl": NL_NEW, "en": EN_NEW}, ()),
        ({"nl": NL_NEW, "en": EN}, ("en",), {"nl": NL, "en": EN}, ("en",)),
        ({"nl": NL}, (), BOTH, ()),
        (BOTH, (), {"nl": NL_NEW}, ()),
        (BOTH, ("en",), {"nl": NL}, ()),
        ({}, (), BOTH, ()),
    ],
)
def test_a_change_leaves_behind_what_did_not_change(
    before: Mapping[str, Text], behind: tuple[str, ...], after: Mapping[str, Text], left: tuple[str, ...]
) -> None:
    assert behind_after(before, behind, after, {}) == left


def test_texts_that_come_back_are_as_they_were() -> None:
    known = remembered({}, BOTH, ())
    changed = {"nl": NL_NEW, "en": EN}
    assert behind_after(changed, ("en",), BOTH, known) == ()
    known = remembered(known, changed, ("en",))
    caught_up = {"nl": NL_NEW, "en": EN_NEW}
    assert behind_after(caught_up, (), changed, known) == ("en",)


def test_where_lines_end_and_phrasings_are_no_change() -> None:
    again = {"nl": Text("Wat?", "Dit.\r\n", ("wat dan",)), "en": EN}
    assert name_of_set(again) == name_of_set(BOTH)
    assert behind_after(BOTH, (), again, {}) == ()


def test_only_the_newest_sets_are_remembered() -> None:
    known: dict[str, list[str]] = {}
    for number in range(MOST_SETS + 5):
        known = remembered(known, {"nl": Text("Wat?", str(number))}, ())
    known = remembered(known, {"nl": Text("Wat?", "9")}, ("nl",))
    assert len(known) == MOST_SETS
    assert known[name_of_set({"nl": Text("Wat?", "9")})] == ["nl"]
