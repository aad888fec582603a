"""An answer in its normal form: what reading a document makes of it, and what writing one relies on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from faq.documents.blocks import Blocks, Heading, blocks_of
from faq.documents.characters import lines_of
from faq.documents.inline import split_anchors, with_plain_includes, without_code
from faq.documents.sources import uncommented

_BREAK = re.compile(r"[ \t]*<br\s{0,9}/?>[ \t]*", re.IGNORECASE)
_NOTE = re.compile(
    r" {0,3}> {0,3}\[(?:!|AZURE\.|WACOM\.)(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(.*)", re.IGNORECASE
)
_OPENS_NOTHING = re.compile(r"\A( {0,3})(<(?:!--|\?|![A-Za-z]|!\[CDATA\[))")
_RULE = re.compile(r" {0,3}-[ \t-]*$")
DEEPEST_QUESTION = 4
"""Headings deeper than this belong to the answer they stand in."""
MOST_PASSES = 30
"""What one pass takes away can bring something together that the next one sees: a tag inside a tag, an empty line."""


def normal_answer(text: str) -> str:
    """Markdown as an answer: without comments, anchors and outer blank lines; breaks, notes and headings in one form.

    A heading inside an answer is one of level 5 or deeper, so that it never reads as a question. Applying it twice
    changes nothing more.
    """
    for _ in range(MOST_PASSES):
        before = text
        text = _once(text)
        if text == before:
            break
    return text


def _once(text: str) -> str:
    lines = [line.rstrip() for line in lines_of(text)]
    lines = [line for line in uncommented(lines) if line is not None]
    blocks = blocks_of(lines)
    kept = list(_normal_lines(lines, blocks))
    if blocks.unclosed:
        kept.append(blocks.unclosed[1])
    return "\n".join(without_outer_blanks(kept))


def without_outer_blanks(lines: Sequence[str]) -> list[str]:
    """Lines from the first to the last that holds something."""
    filled = [index for index, line in enumerate(lines) if line.strip()]
    return list(lines[filled[0] : filled[-1] + 1]) if filled else []


def _normal_lines(lines: Sequence[str], blocks: Blocks) -> Iterator[str]:
    headings = {heading.start: heading for heading in blocks.headings}
    paragraphs: dict[int, tuple[int, int]] = {}
    for start, end, _ in blocks.texts:
        paragraphs |= dict.fromkeys(range(start, end), _with_words(lines, start, end))
    for index, (line, kind) in enumerate(zip(lines, blocks.kinds, strict=True)):
        above = blocks.kinds[index - 1] if index and lines[index - 1].strip() else ""
        if kind == "heading":
            yield from [""] if above == "html" else []
            yield _normal_heading(headings[index])
        elif kind == "code":
            yield line.rstrip()
        elif kind in ("table", "definition"):
            yield split_anchors(line)[1].rstrip()
        elif kind == "html":
            text = split_anchors(line)[1].rstrip()
            yield "" if _is_break(text) else text
        elif kind == "text":
            first, last = paragraphs[index]
            if first <= index <= last or not _is_break(line):
                yield from _running_text(line, is_first=index <= first, is_last=index >= last)
        elif kind != "underline":
            yield from [""] if above and _RULE.match(line) else []
            yield line


def _normal_heading(heading: Heading) -> str:
    words = _BREAK.sub(" ", split_anchors(with_plain_includes(heading.words))[1]).strip()
    return f"{'#' * max(heading.level, DEEPEST_QUESTION + 1)} {words}" if words else ""


def _with_words(lines: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """The first and the last line of a paragraph that hold more than breaks."""
    filled = [index for index in range(start, end) if not _is_break(lines[index])]
    return (filled[0], filled[-1]) if filled else (end, end)


def _is_break(line: str) -> bool:
    return "<" in line and not _BREAK.sub("", line).strip(" \t>")


def _running_text(text: str, *, is_first: bool, is_last: bool) -> Iterator[str]:
    note = _NOTE.match(text)
    if note:
        yield f"> [!{note[1].upper()}]"
        if not note[2].strip():
            return
        text = f"> {note[2]}"
    text = _OPENS_NOTHING.sub(r"\1\\\2", split_anchors(with_plain_includes(text))[1].rstrip(), count=1)
    if "<" not in text or text.lstrip().startswith("|"):
        yield text
        return
    start = 0
    parts = []
    for found in _BREAK.finditer(without_code(text)):
        parts.append(text[start : found.start()])
        start = found.end()
    parts.append(text[start:])
    while is_first and len(parts) > 1 and not parts[0].strip():
        del parts[0]
    if is_last:
        while len(parts) > 1 and not parts[-1].strip():
            parts.pop()
    for part in parts[:-1]:
        yield part + "\\"
    if parts[-1] or len(parts) == 1:
        yield parts[-1]
