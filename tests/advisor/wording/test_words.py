"""The words of the advisor: the terms of the field, one for each thing, and none that is a calque."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from django.utils.functional import Promise

from advisor.wording import labels
from advisor.wording import sentences as texts_module
from tests.words import found_in

FILES = sorted((Path(texts_module.__file__).parent / "texts").glob("*.toml"))


def texts(found: Any, path: str = "") -> Iterator[tuple[str, str, str]]:
    """Every text of a table of sentences: where it stands, its language, and the text in each of its numbers."""
    for name, inner in found.items():
        if name in {"nl", "en"}:
            several = inner.values() if isinstance(inner, dict) else (inner,)
            yield from ((path, name, form) for text in several for form in in_each_number(text))
        else:
            yield from texts(inner, f"{path}.{name}" if path else name)


def in_each_number(template: str) -> Iterator[str]:
    """A template with the forms for one, then with those for more; what it is filled with stays `{…}`."""
    for place in (0, 1):
        said, rest = "", template
        while "{" in rest:
            before, _, rest = rest.partition("{")
            inside, _, rest = rest.partition("}")
            _, _, form = inside.partition(":")
            said += before + (form.split("|")[place] if "|" in form else "{…}")
        yield said + rest


def labels_shown() -> Iterator[tuple[str, Promise]]:
    """The labels that an advice shows."""
    tables = (
        labels.LIMIT_NAMES,
        labels.STATUS_NAMES,
        labels.SEVERITY_NAMES,
        labels.VERDICTS,
        labels.ROUTING_NAMES,
        labels.ASSUMPTIONS,
    )
    yield from ((code, label) for table in tables for code, label in table.items() if isinstance(label, Promise))


SENTENCES = list(chain.from_iterable(texts(tomllib.loads(file.read_text(encoding="utf-8"))) for file in FILES))


def test_there_are_sentences_and_labels_to_look_at() -> None:
    assert len(SENTENCES) > 400
    assert len(list(labels_shown())) > 20


def test_no_sentence_has_a_word_that_must_not_occur() -> None:
    wrong = [
        (path, language, text, list(found_in(text, language, is_short=True))) for path, language, text in SENTENCES
    ]
    assert [found for found in wrong if found[-1]] == []


@pytest.mark.parametrize(("language", "label"), list(product(("nl", "en"), labels_shown())))
def test_a_label_that_an_advice_shows_has_none_either(language: str, label: tuple[str, Promise]) -> None:
    with translation.override(language):
        assert list(found_in(str(label[1]), language, is_short=True)) == []


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [
        ("nl", "Een tunnel vraagt een openbaar IP-adres.", 3),
        ("nl", "Het verkeer gaat over het openbare internet.", 0),
        ("nl", "Punt-naar-site werkt met eigen gereedschap.", 2),
        ("en", "BGP takes a gateway beside ExpressRoute.", 3),
        ("en", "You need a device, a tunnel and a gateway.", 0),
        ("en", "Choose Basic, Standard and HighPerformance.", 1),
        ("en", "The design asks for 31 tunnels, and HighPerformance supports 30.", 1),
        ("en", "The design needs 31 tunnels, but HighPerformance supports 30.", 0),
    ],
)
def test_the_list_finds_what_it_is_for(language: str, text: str, wrong: int) -> None:
    assert len(list(found_in(text, language, is_short=True))) == wrong
