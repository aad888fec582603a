"""Attributes that a document gives to its parts, as `{: #name .class}`: a name becomes an anchor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from faq.documents.blocks import Blocks, blocks_of
from faq.documents.model import Line

_NAME = r"(?:#(?P<name>[\w.-]{1,200})|\bid=[\"']?(?P<id>[\w.-]{1,200})[\"']?)[^{}\n]{0,200}\}[ \t]*"
_ALONE = re.compile(rf"[ \t]*\{{:[^{{}}\n]{{0,200}}?{_NAME}")
_BEFORE_NAME = r"(?::[^{}\n]{0,200}?|(?:[ \t]|\.[\w-]{1,100}){0,20})"
_BEHIND_HEADING = re.compile(rf"[ \t]*\{{{_BEFORE_NAME}{_NAME}(?P<hashes>#*)$")
_HEADING_BEGINS = re.compile(r"[ \t]*#{0,6}[ \t]*")


def with_names(lines: Sequence[Line]) -> list[Line]:
    """Lines with an anchor for each name that attributes give to a heading or to a paragraph.

    They stand behind a heading or a paragraph, on the line below it, or on a line of their own above a heading.
    """
    kept = list(lines)
    if not any("{" in line.text for line in lines):
        return kept
    blocks = blocks_of([line.text for line in lines])
    headings = {heading.start for heading in blocks.headings}
    ends = {heading.end: heading.start for heading in blocks.headings}
    for index, line in enumerate(lines):
        if index in headings and (named := _BEHIND_HEADING.search(kept[index].text)):
            hashes = f" {named['hashes']}" if named["hashes"] else ""
            kept[index] = replace(kept[index], text=f"{kept[index].text[: named.start()]}{_anchor(named)}{hashes}")
        elif blocks.kinds[index] == "text" and (named := _ALONE.fullmatch(line.text)):
            if index in ends and not lines[ends[index]].text.lstrip().startswith("<"):
                kept[ends[index]] = _with_anchor_before(kept[ends[index]], _anchor(named))
                kept[index] = replace(line, text="")
            elif _stands_below_text(index, lines, blocks):
                kept[index - 1] = replace(kept[index - 1], text=f"{kept[index - 1].text} {_anchor(named)}")
                kept[index] = replace(line, text="")
            elif index + 1 in headings:
                kept[index] = replace(line, text=_anchor(named))
    return kept


def _anchor(named: re.Match[str]) -> str:
    return f'<a name="{named["name"] or named["id"]}"></a>'


def _with_anchor_before(heading: Line, anchor: str) -> Line:
    begins = _HEADING_BEGINS.match(heading.text)
    end = begins.end() if begins else 0
    return replace(heading, text=f"{heading.text[:end]}{anchor}{heading.text[end:]}")


def _stands_below_text(index: int, lines: Sequence[Line], blocks: Blocks) -> bool:
    return bool(index and lines[index - 1].text.strip() and blocks.kinds[index - 1] == "text")
