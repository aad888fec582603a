"""JSON documents out of a text that somebody else wrote: bounded before it is parsed, with the line of what is wrong.

Templates of Azure may have comments, and a paste holds several documents after each other; both are read. Of a name
that an object has twice the last value counts, as everywhere in Azure Resource Manager.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import NoReturn

from advisor.core.parameters import Count
from advisor.core.refusals import Wrong

DEEPEST = 64
"""Lists and objects inside each other."""

MOST_OBJECTS = 50_000
"""Objects, lists that are documents, and lines of tables in all files together."""

LISTS_OF_AN_OBJECT = 4
MOST_LISTS = LISTS_OF_AN_OBJECT * MOST_OBJECTS
"""Lists in all files together: a resource has a few, and a million empty ones take time."""

MOST_COMMENTS = 50_000
"""Comments in a file; nobody writes more."""

_STRINGS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
"""Texts in quotation marks. One that does not end takes the rest, so that no character is looked at twice."""

_OUTSIDE = r'(?:[^"/]++|"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|/(?![/*]))*+'
_TO_COMMENT = re.compile(_OUTSIDE + r"(?P<sign>/[/*])", re.DOTALL)
_END_OF_COMMENT = {"//": "\n", "/*": "*/"}

_LONE = r"\\u[dD](?:[89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|[c-fC-F][0-9a-fA-F]{2})"
_PAIR = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_TO_LONE = re.compile(rf"(?:[^\\]++|{_PAIR}|(?!{_LONE})\\.)*+(?P<lone>{_LONE})", re.DOTALL)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")

_NO_BRACKETS = re.compile(r"[^\[\]{}]+")
_ALIKE = str.maketrans("{}", "[]")
_TO_NO_NUMBER = re.compile(
    r'(?:[^"NI]++|"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|(?!NaN|Infinity)[NI])*+(?P<word>NaN|Infinity)', re.DOTALL
)
_SPACE = re.compile(r"[\s\ufeff]*+")


@dataclass(frozen=True, slots=True)
class Parsed:
    """The documents of a text in their order, and how many objects they have together; where they have very many lists,
    for how many objects those count.
    """

    documents: tuple[object, ...]
    objects: int


def begins_json(text: str) -> bool:
    """Whether a text, behind comments, begins a list or an object."""
    position = _after_space(text)
    if text.startswith(("//", "/*"), position):
        try:
            text = without_comments(text)
        except Wrong:
            return True
        position = _after_space(text)
    return text.startswith(("{", "["), position)


def read_json(text: str, left: int = MOST_OBJECTS) -> Parsed:
    """The documents that stand after each other in a text, with as many objects as are `left` at most.

    A whole number of more digits than Python reads is infinite, and half a character (`\\ud800`) becomes U+FFFD: what a
    document says can be written again. Raises `Wrong`: `not-json` with line and column, `too-deep`, `too-large`.
    """
    outside = _STRINGS.sub("", text)
    if "/" in outside:
        text = without_comments(text)
        outside = _STRINGS.sub("", text)
    brackets = _NO_BRACKETS.sub("", outside)
    if _is_too_deep(brackets):
        raise Wrong("too-deep", allowed=DEEPEST)
    objects = brackets.count("{")
    if objects > left:
        raise _too_many_objects()
    lists = brackets.count("[")
    if lists > LISTS_OF_AN_OBJECT * left:
        raise Wrong("too-large", allowed=Count(MOST_LISTS, "list"))
    if _SURROGATE.search(text):
        text = _whole_characters(text)
    documents = _documents(text, left)
    return Parsed(documents, max(objects, len(documents), -(-lists // LISTS_OF_AN_OBJECT)))


def without_comments(text: str) -> str:
    """The text with spaces for its comments, so that lines and columns stay what they are. Raises `Wrong`."""
    parts: list[str] = []
    position = 0
    while found := _TO_COMMENT.match(text, position):
        if len(parts) >= 2 * MOST_COMMENTS:
            raise Wrong("too-large", allowed=Count(MOST_COMMENTS, "comment"))
        begin, sign = found.start("sign"), found["sign"]
        end = text.find(_END_OF_COMMENT[sign], begin + len(sign))
        end = len(text) if end < 0 else end if sign == "//" else end + len(sign)
        parts += (text[position:begin], _blank(text[begin:end]))
        position = end
    return "".join([*parts, text[position:]])


def _blank(text: str) -> str:
    return "\n".join(" " * len(line) for line in text.split("\n"))


def _is_too_deep(brackets: str) -> bool:
    """Whether more lists and objects are inside each other than are read.

    Pairs are taken away from the inside outwards, as often as there may be levels. Where pairs are left, or so many
    brackets are open, it is too deep; other brackets that are left make no JSON, which the parser says.
    """
    left = brackets.translate(_ALIKE)
    for _ in range(DEEPEST):
        fewer = left.replace("[]", "")
        if len(fewer) == len(left):
            break
        left = fewer
    behind_closed = left.lstrip("]")
    opened = len(behind_closed) - len(behind_closed.rstrip("["))
    return opened > DEEPEST or len(behind_closed) > opened


def _too_many_objects() -> Wrong:
    return Wrong("too-large", allowed=Count(MOST_OBJECTS, "object"))


def _whole_characters(text: str) -> str:
    parts: list[str] = []
    position = 0
    while found := _TO_LONE.match(text, position):
        parts += (text[position : found.start("lone")], "\\ufffd")
        position = found.end()
    return "".join([*parts, text[position:]])


def _documents(text: str, left: int) -> tuple[object, ...]:
    try:
        try:
            return _parsed(text, left, json.JSONDecoder(parse_constant=_no_number, strict=False))
        except json.JSONDecodeError:
            raise
        except ValueError:  # a whole number of more digits than Python reads
            decoder = json.JSONDecoder(parse_constant=_no_number, parse_int=_whole, strict=False)
            return _parsed(text, left, decoder)
    except json.JSONDecodeError as fault:
        raise Wrong("not-json", line=fault.lineno, column=fault.colno) from None
    except _NoNumber:
        found = _TO_NO_NUMBER.match(text)
        before = text[: found.start("word")] if found else ""
        raise Wrong("not-json", line=before.count("\n") + 1, column=len(before) - before.rfind("\n")) from None


def _parsed(text: str, left: int, decoder: json.JSONDecoder) -> tuple[object, ...]:
    found: list[object] = []
    position = _after_space(text)
    while position < len(text):
        if len(found) >= left:
            raise _too_many_objects()
        if text[position] not in "{[":
            raise json.JSONDecodeError("no list or object", text, position)
        document, end = decoder.raw_decode(text, position)
        found.append(document)
        position = _after_space(text, end)
    return tuple(found)


def _after_space(text: str, position: int = 0) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position


def _whole(digits: str) -> int | float:
    try:
        return int(digits)
    except ValueError:
        return -math.inf if digits.startswith("-") else math.inf


class _NoNumber(Exception):  # noqa: N818
    """`NaN` or `Infinity`, which Python reads although they are no JSON."""


def _no_number(word: str) -> NoReturn:
    raise _NoNumber(word)
