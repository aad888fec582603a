"""What people usually write above the columns of a table, and in a cell for one of its choices. Needs no Django."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

MASK = "mask"
"""A column of netmasks or prefix lengths, which belong to the networks in another."""

_WORDS = tomllib.loads(Path(__file__).with_name("table_words.toml").read_text(encoding="utf-8"))
"""Words of columns by the rows that have them, and of choices by parameter and code."""

_NOT_SAID = re.compile(r"[\W_]+")
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]]*+[)\]]")


def plain(written: str) -> str:
    """A word of a table without case, spaces, and signs: `Prefix(es)` and `prefix` are the same."""
    has_brackets = "(" in written or "[" in written
    return (_letters(_IN_BRACKETS.sub(" ", written)) if has_brackets else "") or _letters(written)


@cache
def usual_columns(kind: str) -> Mapping[str, str]:
    """The column of rows (`site`, `vnet`) that is meant by a word above it, as `plain` writes it. Where a word is used
    for two columns, the one that is particular to these rows counts.
    """
    words = {word: column for column, word in _usual_words(_WORDS["columns"]["any"])}
    return words | {word: column for column, word in _usual_words(_WORDS["columns"][kind])}


@cache
def usual_choices(parameter: str) -> Mapping[str, str]:
    """The code that is meant by a word for one of the choices of a parameter, as `plain` writes it."""
    return {word: code for code, word in _usual_words(_WORDS["choices"].get(parameter, {}))}


def _usual_words(words: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    for meant, written in words.items():
        yield from ((meant, plain(word)) for word in written)


def _letters(written: str) -> str:
    return _NOT_SAID.sub("", written.casefold())
