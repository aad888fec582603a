"""A Markdown document cut at everything that may be a question: headings, bold paragraphs, items, and `<details>`."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from textwrap import dedent

from faq.documents.answers import DEEPEST_QUESTION
from faq.documents.blocks import Blocks, Heading, blocks_of
from faq.documents.inline import split_anchors
from faq.documents.model import Line
from faq.documents.questions import (
    Asked,
    How,
    asked_in,
    asked_in_item,
    asks,
    begins_answer,
    doubt_of,
    split_pairs,
)
from faq.documents.words import plain_words

_DETAILS = re.compile(
    r"(?P<open><details\b[^<>]*>)|(?P<close></details\s*>)|<summary\b[^<>]*>(?P<words>.{0,1000}?)</summary\s*>",
    re.IGNORECASE | re.DOTALL,
)
_UNDERLINE = re.compile(r"=+\s*")
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]{1,4}(?=\S)")
_ASK_BY_THEMSELVES = (How.LABEL, How.QUESTION_MARK, How.ITALIC)
_CLOSE = re.compile(r"</details\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of lines: `text`, a `heading`, a paragraph that is `asked`, a `summary`, or the `end` of details.

    `doubts` are the lines of a text that look like questions, and why they are not read as such.
    """

    kind: str
    lines: tuple[Line, ...]
    level: int = 0
    words: str = ""
    asked: Asked | None = None
    doubts: tuple[tuple[Line, str], ...] = ()


def headings_and_text(lines: Sequence[Line], blocks: Blocks) -> Iterator[Piece]:
    """The pieces of a document in which only headings are questions."""
    headings = {heading.start: heading for heading in blocks.headings}
    index = 0
    while index < len(lines):
        heading = headings.get(index)
        end = heading.end if heading else index + 1
        part = tuple(lines[index:end])
        if heading and heading.level <= DEEPEST_QUESTION:
            yield Piece("heading", part, heading.level, heading.words)
        else:
            yield Piece("text", part)
        index = end


def pieces_of(lines: Sequence[Line], blocks: Blocks) -> Iterator[Piece]:
    """The pieces of a document in every form; what stands inside an open `<details>` stays in one."""
    headings = {heading.start: heading for heading in blocks.headings}
    texts = {start: end for start, end, depth in blocks.texts if depth == 0}
    begins = {start for start, _, _ in blocks.texts}
    html = {start: end for start, end, depth in blocks.html if depth == 0}
    closes = [i for i, line in enumerate(lines) if blocks.kinds[i] != "code" and _CLOSE.search(line.text)]
    depth = index = 0
    while index < len(lines):
        start = index
        if start in headings and headings[start].level <= DEEPEST_QUESTION:
            heading, index = headings[start], headings[start].end
            inside = depth and closes and closes[-1] >= start
            depth = depth if inside else 0
            part = tuple(lines[start:index])
            yield Piece("text", part) if inside else Piece("heading", part, heading.level, heading.words)
        elif start in headings and not depth:
            index = headings[start].end
            yield Piece("text", tuple(lines[start:index]), doubts=_doubts_of_heading(headings[start], lines))
        elif start in texts:
            index = texts[start]
            part = tuple(lines[start:index])
            if depth and any(_CLOSE.search(line.text) for line in part):
                depth = yield from _split_details(part, depth)
            elif depth:
                yield Piece("text", part)
            else:
                following = next((lines[n].text for n in range(index, len(lines)) if lines[n].text.strip()), "")
                yield from _paragraph(_split_lines(part), is_answered=begins_answer(following))
        elif start in blocks.items and not depth and (item := list(_asked_items(lines[start : blocks.items[start]]))):
            index = blocks.items[start]
            yield from item
        elif start in html:
            index = html[start]
            depth = yield from _split_details(lines[start:index], depth)
        else:
            index += 1
            doubts = () if depth or blocks.kinds[start] != "text" else _doubts(lines[start], is_first=start in begins)
            yield Piece("text", (lines[start],), doubts=doubts)


def _split_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    parts = split_pairs([line.text for line in lines])
    return tuple(replace(line, text=text) for line, texts in zip(lines, parts, strict=True) for text in texts)


def _paragraph(lines: Sequence[Line], *, is_answered: bool) -> Iterator[Piece]:
    """A paragraph in pieces: each question that a line of it begins with, and what stands before them."""
    begins = [0]
    for index in range(1, len(lines)):
        asked = asked_in("\n".join(line.text for line in lines[index : index + 2]))
        if asked and asked.how in _ASK_BY_THEMSELVES:
            begins.append(index)
    for start, end in pairwise([*begins, len(lines)]):
        part = tuple(lines[start:end])
        asked = asked_in("\n".join(line.text for line in part), is_answered=is_answered and end == len(lines))
        doubts = [doubt for index, line in enumerate(part) for doubt in _doubts(line, is_first=index == 0)]
        yield Piece("asked", part, asked=asked) if asked else Piece("text", part, doubts=tuple(doubts))


def _doubts(line: Line, *, is_first: bool) -> tuple[tuple[Line, str], ...]:
    why = doubt_of(line.text, is_first=is_first)
    return ((line, why),) if why else ()


def _doubts_of_heading(heading: Heading, lines: Sequence[Line]) -> tuple[tuple[Line, str], ...]:
    if not asks(plain_words(split_anchors(heading.words)[1])):
        return ()
    return ((lines[heading.start], f"is a heading deeper than level {DEEPEST_QUESTION}"),)


def _asked_items(lines: Sequence[Line]) -> Iterator[Piece]:
    """An item of a list that begins with a question, with the rest of it as the answer, up to the next question in it.

    Nothing where the item begins with none.
    """
    marker = _ITEM.match(lines[0].text)
    if not marker:
        return
    texts = [lines[0].text[marker.end() :], *(_without_indent(line.text, marker.end()) for line in lines[1:])]
    own = [replace(line, text=text) for line, text in zip(lines, texts, strict=True)]
    for start, end, depth in sorted(blocks_of(texts).texts, reverse=True):
        if depth == 0:
            own[start:end] = _split_lines(own[start:end])
    if _asked_item(own):
        for start, stop in pairwise([*_questions_in(own), len(own)]):
            yield _asked_item(own[start:stop]) or Piece("text", tuple(own[start:stop]))


def _questions_in(lines: Sequence[Line]) -> list[int]:
    """The first line of an item, and those of its own paragraphs that begin with a question."""
    texts = [line.text for line in lines]
    own = [n for start, end, depth in blocks_of(texts).texts if depth == 0 for n in range(start, end) if n]
    found = ((n, asked_in("\n".join(texts[n : n + 2]))) for n in own)
    return [0, *(n for n, asked in found if asked and asked.how in (How.LABEL, How.QUESTION_MARK))]


def _asked_item(lines: Sequence[Line]) -> Piece | None:
    texts = [line.text for line in lines]
    end = next((n for n, text in enumerate(texts) if n and not text.strip()), len(texts))
    asked = asked_in("\n".join(texts[:end]))
    if asked is None or asked.how not in _ASK_BY_THEMSELVES:
        answered = asked_in_item("\n".join(texts))
        return Piece("asked", tuple(lines), asked=answered) if answered else None
    rest = "\n".join([asked.rest, *texts[end:]]) if asked.rest.strip() else "\n".join(texts[end:])
    return Piece("asked", tuple(lines), asked=replace(asked, rest=rest))


def _without_indent(text: str, width: int) -> str:
    """A line of an item outside it. What would underline a heading there, but is text in the item, is escaped."""
    text = text.expandtabs(4)
    indent = len(text) - len(text.lstrip())
    own = text[min(width, indent) :]
    return f"\\{own}" if indent < width and _UNDERLINE.fullmatch(own) else own


def _split_details(lines: Sequence[Line], depth: int) -> Generator[Piece, None, int]:
    """A block of HTML in pieces at its details; it returns how many are open after it."""
    text = "\n".join(line.text for line in lines)
    done = 0
    for tag in _DETAILS.finditer(text):
        if tag["open"]:
            depth += 1
            if depth == 1:
                yield from _raw(lines, text, done, tag.start())
                done = tag.end()
        elif tag["close"] and depth:
            depth -= 1
            if depth == 0:
                yield from _raw(lines, text, done, tag.start())
                yield Piece("end", _cut(lines, text, tag.start(), tag.end()))
                done = tag.end()
        elif tag["words"] is not None and depth == 1:
            yield from _raw(lines, text, done, tag.start())
            words = " ".join(tag["words"].split())
            yield Piece("summary", _cut(lines, text, tag.start(), tag.end()), words=words)
            done = tag.end()
    yield from _raw(lines, text, done, len(text))
    return depth


def _raw(lines: Sequence[Line], text: str, start: int, end: int) -> Iterator[Piece]:
    """What stands between two tags, without the indentation that the HTML around it gave it."""
    if text[start:end].strip():
        cut = _cut(lines, text, start, end)
        yield Piece("text", cut if start == 0 else _dedented(cut))


def _cut(lines: Sequence[Line], text: str, start: int, end: int) -> tuple[Line, ...]:
    first = text.count("\n", 0, start)
    return tuple(replace(lines[first + n], text=part) for n, part in enumerate(text[start:end].split("\n")))


def _dedented(lines: Sequence[Line]) -> tuple[Line, ...]:
    texts = [lines[0].text.lstrip(), *dedent("\n".join(line.text for line in lines[1:])).split("\n")]
    return tuple(replace(line, text=text) for line, text in zip(lines, texts, strict=False))
