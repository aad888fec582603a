"""An answer in its normal form: what reading a document makes of it, and what writing one relies on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from faq.documents.inline import split_anchors, without_code
from faq.documents.scan import Line, scan

_BREAK = re.compile(r"[ \t]*<br\s{0,9}/?>[ \t]*", re.IGNORECASE)
_NOTE = re.compile(
    r" {0,3}> {0,3}\[(?:!|AZURE\.|WACOM\.)(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(.*)", re.IGNORECASE
)
DEEPEST_QUESTION = 4
"""Headings deeper than this belong to the answer they stand in."""


def normal_answer(text: str) -> str:
    """Markdown as an answer: without comments, anchors and outer blank lines; breaks, notes and headings in one form.

    A heading inside an answer is one of level 5 or deeper, so that it never reads as a question. Applying it twice
    changes nothing more.
    """
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return joined(scan(lines).lines, closing=scan(lines).closing)


def joined(lines: Iterable[Line], closing: str = "") -> str:
    """Scanned lines as the text of an answer; `closing` ends a code block that nothing else ends."""
    kept = list(_normal_lines(lines))
    if closing:
        kept.append(closing)
    while kept and not kept[0]:
        del kept[0]
    while kept and not kept[-1]:
        del kept[-1]
    return "\n".join(kept)


def _normal_lines(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        if line.underline:
            continue
        if line.kind == "code":
            yield line.text.rstrip()
        elif line.level:
            yield f"{'#' * max(line.level, DEEPEST_QUESTION + 1)} {split_anchors(line.heading)[1].strip()}".rstrip()
        else:
            yield from _normal_line(line.text)


def _normal_line(text: str) -> Iterator[str]:
    note = _NOTE.match(text)
    if note:
        yield f"> [!{note[1].upper()}]"
        if not note[2].strip():
            return
        text = f"> {note[2]}"
    text = split_anchors(text)[1].rstrip()
    if "<" not in text or text.lstrip().startswith("|"):
        yield text
        return
    start = 0
    for found in _BREAK.finditer(without_code(text)):
        yield text[start : found.start()] + "\\"
        start = found.end()
    if text[start:] or not start:
        yield text[start:]
