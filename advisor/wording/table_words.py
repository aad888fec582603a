"""What people write in tables: above a column, and in a cell for one of its choices, in every language of the site."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from django.utils.translation import override

from advisor.core.field_parameters import rows_of
from advisor.wording.labels import CHOICE_NAMES, FIELD_NAMES, NO_CHOICE, column_label
from web.languages import LANGUAGES

MASK = "mask"
"""A column of netmasks or prefix lengths, which belong to the networks in another."""

_WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
"""Other words than the labels of the form: of columns by the rows that have them, of choices by parameter and code."""

_NOT_SAID = re.compile(r"[\W_]+")
_IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")


def plain(written: str) -> str:
    """A word of a table without case, spaces, and signs: `Prefix(es)` and `prefix` are the same."""
    return _letters(_IN_BRACKETS.sub(" ", written)) or _letters(written)


@cache
def columns_called(kind: str) -> Mapping[str, str]:
    """The column of rows (`site`, `vnet`) that is meant by what can stand above it, as `plain` writes it. Where a word
    is used for two columns, the one that is particular to these rows counts.
    """
    words = {word: column for column, word in _usual_words(_WORDS["columns"]["any"])}
    words |= {word: column for column, word in _usual_words(_WORDS["columns"][kind])}
    for column in rows_of()[kind].columns:
        words |= dict.fromkeys(map(plain, _labels_of_column(kind, column)), column)
    return words


@cache
def choices_called(parameter: str) -> Mapping[str, str]:
    """The code that is meant by a word for one of the choices of a parameter, as `plain` writes it; empty for a
    parameter that is not one of choices.
    """
    labels = CHOICE_NAMES.get(parameter, {})
    words = {word: code for code, word in _usual_words(_WORDS["choices"].get(parameter, {}))}
    for language in LANGUAGES:
        with override(language):
            words |= {plain(str(label)): code for code, label in labels.items()}
            words |= {plain(str(label)): "" for code, label in NO_CHOICE.items() if code == parameter}
    return words | {plain(code): code for code in labels}


def _labels_of_column(kind: str, column: str) -> Iterator[str]:
    parameter = kind if column == "name" else f"{kind}_{column}"
    yield parameter
    yield column
    for language in LANGUAGES:
        with override(language):
            yield str(FIELD_NAMES[parameter])
            yield column_label(kind, column)


def _usual_words(words: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    for meant, written in words.items():
        yield from ((meant, plain(word)) for word in written)


def _letters(written: str) -> str:
    return _NOT_SAID.sub("", written.casefold())
