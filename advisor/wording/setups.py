"""The sentences on an existing setup that was read: the lines of the report, and why files are refused. Pure."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from advisor.core.parameters import Count, Value
from advisor.core.refusals import FieldError
from advisor.wording.sentences import Texts, text_table

_MEBIBYTE = 1 << 20

PARTS = ("understood", "ignored", "missing")
"""The parts of the report, in its order."""


def line_of(part: str, code: str, subject: str, language: str) -> str:
    """What a line of a part of the report says. Raises KeyError for a code that the part does not have."""
    return _texts().line(part, code, subject, language)


def refused_because(error: FieldError, language: str) -> str:
    """Why a file is refused. It repeats nothing of the file; bytes are told as people read the size of a file."""
    shown = tuple((name, _as_size(value)) for name, value in error.parameters)
    return _texts().refusal(replace(error, parameters=shown), language)


def _as_size(value: Value) -> Value:
    is_bytes = isinstance(value, Count) and value.noun == "byte" and value.number >= _MEBIBYTE
    return Count(value.number // _MEBIBYTE, "mebibyte") if isinstance(value, Count) and is_bytes else value


@cache
def _texts() -> Texts:
    return Texts(text_table("common", "setups"))
