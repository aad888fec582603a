"""Answers in one normal form of Markdown, so that what was read, written and read again stays the same.

Line ends, trailing white space and outer blank lines go; so do comments and anchors. `<br>` becomes a hard break, notes
become `> [!NOTE]` with quoted lines, a code block that is never closed gets its end. Code is left as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from faq.documents.inline import split_anchors, without_code
from faq.documents.scan import MARKERS, Line, begins_block, scan

_PASSES = 6
_BREAK = re.compile(r"<(?:br\s{0,9}/?|/br\s{0,9}|br\s[^<>]{0,100})>", re.IGNORECASE)
_DELIMITERS = re.compile(r"[ \t>]*+\|?[ \t]*+:?-+:?[ \t]*+(?:\|[ \t]*+:?-+:?[ \t]*+)*+\|?[ \t]*$")
_NOTE = re.compile(
    r"([ \t]*+)(?:>[ \t]*+)?+\[(?:!|AZURE\.|WACOM\.)(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*+(.*)", re.IGNORECASE
)
_MARKERS = re.compile(MARKERS)

Piece = tuple[str, str]
"""A line's text and its kind: text, code, html or table."""


def normal_answer(text: str) -> str:
    """An answer in its normal form. To do it again changes nothing, save where `is_settled` says otherwise."""
    for _ in range(_PASSES):
        text, before = _once(text), text
        if text == before:
            break
    return text


def is_settled(answer: str) -> bool:
    """Whether an answer is in its normal form. Only tags put together out of pieces of others never get there."""
    return _once(answer) == answer


def _once(text: str) -> str:
    scanned = scan(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    pieces = _in_tables(scanned.lines)
    pieces = list(_without_anchors(pieces))
    pieces = list(_with_breaks(pieces))
    lines = [text.rstrip() for text, _ in _with_notes(pieces)]
    while lines and not lines[-1]:
        lines.pop()
    start = next((number for number, line in enumerate(lines) if line), 0)
    return "\n".join([*lines[start:], *([scanned.closing] if scanned.closing else [])])


def _in_tables(lines: Sequence[Line]) -> list[Piece]:
    """The lines with their kinds, and those of a Markdown table known as such."""
    pieces = [(line.text, line.kind) for line in lines]
    in_table = False
    for number, (text, kind) in enumerate(pieces):
        if kind != "text" or not text.strip(" \t>"):
            in_table = False
        elif in_table or text.lstrip(" \t>").startswith("|"):
            pieces[number] = (text, "table")
        elif number and "|" in text and _DELIMITERS.match(text) and "|" in pieces[number - 1][0]:
            in_table = True
            pieces[number] = (text, "table")
            pieces[number - 1] = (pieces[number - 1][0], "table")
    return pieces


def _without_anchors(pieces: list[Piece]) -> Iterator[Piece]:
    blank = soft = False
    for text, kind in pieces:
        kept = text if kind == "code" else split_anchors(text)[1]
        emptied = not kept.strip() and kept != text
        if emptied and (blank or soft):
            continue
        if soft and kept.strip():
            yield "", "text"
        soft, blank = emptied, not kept.strip() and not emptied
        if not emptied:
            yield kept, kind


def _with_breaks(pieces: list[Piece]) -> Iterator[Piece]:
    for number, (text, kind) in enumerate(pieces):
        if kind == "code":
            yield text, kind
        elif kind != "text":
            yield _BREAK.sub("<br>", text) if "<" in text else text, kind
        else:
            following = pieces[number + 1] if number + 1 < len(pieces) else ("", "text")
            for line in _broken(text, following):
                yield line, kind


def _broken(text: str, following: Piece) -> list[str]:
    """A line of text with hard breaks for its `<br>` and for two spaces at its end, where a line goes on after them."""
    if "<" not in text and not text.endswith("  "):
        return [text]
    opening = _MARKERS.match(text)
    marker = opening[0] if opening else ""
    indent = re.sub(r"[^>\t]", " ", marker)
    segments = _segments(text[len(marker) :])
    goes_on = _goes_on(following, quoted=">" in marker)
    if len(segments) == 1:
        kept = text.rstrip()
        hard = (
            text.endswith("  ") and goes_on and kept and not kept.endswith("\\") and not kept.lstrip().startswith("#")
        )
        return [kept + "\\" if hard else text]
    while segments and not segments[0]:
        segments.pop(0)
    trailing = False
    while segments and not segments[-1]:
        segments.pop()
        trailing = goes_on
    if any(begins_block(segment) for segment in segments[1:]) or text.lstrip().startswith("#"):
        glue = " " if text.lstrip().startswith("#") else "<br>"
        return [marker + glue.join(segment for segment in segments if segment)]
    lines = [marker + segments[0]] if segments else [marker]
    for segment in segments[1:]:
        if not segment:
            lines.append(indent.rstrip())
        else:
            if lines[-1].strip(" \t>"):
                lines[-1] += "\\"
            lines.append(indent + segment)
    if trailing and segments:
        lines[-1] += "\\"
    return lines


def _segments(text: str) -> list[str]:
    """What stands between the breaks of a line; two breaks or more leave one empty segment between them."""
    segments: list[str] = []
    position = 0
    spans = [found.span() for found in _BREAK.finditer(without_code(text))]
    for start, end in [*spans, (len(text), len(text))]:
        segment = text[position:start].strip() if spans else text[position:start]
        position = end
        if segment or not segments or segments[-1]:
            segments.append(segment)
    return segments


def _goes_on(following: Piece, *, quoted: bool) -> bool:
    text, kind = following
    if kind != "text":
        return False
    text = text.lstrip()
    if quoted != text.startswith(">"):
        return False
    text = text.lstrip("> \t")
    return bool(text) and not begins_block(text) and not _NOTE.match(text) and bool(_BREAK.sub("", text).strip())


def _with_notes(pieces: list[Piece]) -> Iterator[Piece]:
    number = 0
    while number < len(pieces):
        text, kind = pieces[number]
        note = _NOTE.match(text) if kind == "text" and "[" in text else None
        number += 1
        if not note:
            yield text, kind
            continue
        indent = note[1]
        yield f"{indent}> [!{note[2].upper()}]", kind
        if note[3].strip():
            yield f"{indent}> {note[3]}", kind
        for line, its_kind in _quoted(pieces, number, empty=not note[3].strip()):
            number += 1
            if line is not None:
                yield indent + line, its_kind
        if number < len(pieces) and _NOTE.match(pieces[number][0]):
            yield "", "text"


def _quoted(pieces: list[Piece], number: int, *, empty: bool) -> Iterator[tuple[str | None, str]]:
    """The lines that belong to a note from here on, quoted; None for one that is left out."""
    while number < len(pieces):
        text, kind = pieces[number]
        bare = text.strip()
        following = pieces[number + 1][0].lstrip() if number + 1 < len(pieces) else ""
        if _NOTE.match(text):
            return
        if bare.startswith(">"):
            content = text.lstrip()[1:].removeprefix(" ").rstrip()
            yield f"> {content}".rstrip(), kind
        elif not bare and empty and following.startswith(">") and not _NOTE.match(following):
            yield None, kind
        elif bare and kind == "text" and not begins_block(bare):
            yield f"> {bare}", kind
        else:
            return
        empty = False
        number += 1
