"""Answers whose files wrap long lines: as a person edits them, a line a paragraph, and back as the file has them. Pure.

In Markdown the end of a line within a paragraph is a space. What else has lines (code, tables, quotations, breaks that
were asked for) stays as it is, and nothing is joined or wrapped that would be shown otherwise.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt

WIDTH = 140
"""Characters of the longest line that content files wrap to."""

_MARKER = re.compile(r"\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)*")
_BEGINS_A_BLOCK = re.compile(r"(?:[-*+=]+|\d{1,9}[.)]|#{1,6}|[>|<`~].*)(?:\s|\Z)")
_QUOTING = ("blockquote", "alert")


def unwrapped(answer: str) -> str:
    """An answer with each paragraph and each item of a list on one line."""
    lines = answer.split("\n")
    joined, end = list[str](), 0
    for first, last in _paragraphs(answer):
        joined += [*lines[end:first], _joined(lines[first:last])]
        end = last
    whole = "\n".join([*joined, *lines[end:]])
    return whole if _shown(whole) == _shown(answer) else answer


def wrapped_like(stored: str, typed: str) -> str:
    """What somebody typed, in the layout of what was stored: a paragraph that is there already keeps its lines, and a
    new one is wrapped where the stored ones are.
    """
    if typed == stored or typed == unwrapped(stored):
        return stored
    kept = _layout(stored)
    if not kept:
        return typed
    ends = {first for first, last in _paragraphs(typed, shortest=1) if last == first + 1}
    lines: list[str] = []
    for number, line in enumerate(typed.split("\n")):
        lines += kept.get(line) or (_wrapped(line) if number in ends else [line])
    whole = "\n".join(lines)
    return whole if unwrapped(whole) == unwrapped(typed) else typed


def _layout(stored: str) -> dict[str, list[str]]:
    """The lines of each wrapped paragraph, by what it is on one line."""
    lines = stored.split("\n")
    return {_joined(lines[first:last]): lines[first:last] for first, last in _paragraphs(stored)}


def _paragraphs(answer: str, shortest: int = 2) -> Iterator[tuple[int, int]]:
    """The first line of each paragraph of so many lines, and the line after its last; none within a quotation, and none
    with a break that was asked for.
    """
    lines, quoted, before = answer.split("\n"), 0, ""
    for token in _parser().parse(answer):
        if token.type.startswith(_QUOTING):
            quoted += token.nesting
        elif token.type == "inline" and before == "paragraph_open" and not quoted and token.map:
            first, last = token.map
            is_soft = all(child.type != "hardbreak" for child in token.children or ())
            if is_soft and last - first >= shortest and last <= len(lines):
                yield first, last
        before = token.type


def _joined(lines: list[str]) -> str:
    return " ".join([lines[0].rstrip(), *(line.strip() for line in lines[1:])])


def _wrapped(line: str) -> list[str]:
    """The lines of a long paragraph. None begins with what Markdown would take for something else."""
    marker = _MARKER.match(line)
    indent = " " * len(marker[0] if marker else "")
    found = textwrap.wrap(
        line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False, replace_whitespace=False
    )
    lines = found[:1]
    for wrapped in found[1:]:
        words = wrapped.strip()
        while _BEGINS_A_BLOCK.match(words):
            moved, _, words = words.partition(" ")
            lines[-1] += f" {moved}"
        if words:
            lines.append(indent + words)
    return lines or [line]


def _shown(answer: str) -> str:
    """What is shown of an answer, where the ends of lines are spaces."""
    return " ".join(_parser().render(answer).split())


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True, "alerts": True}).enable("table")
