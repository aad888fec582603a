"""Marks in a document that only another program reads: short codes, directives, and attributes.

What would only be seen as a mark is taken out, what holds words is kept, and each is reported with its line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from faq.documents.answers import DEEPEST_QUESTION
from faq.documents.attributes import with_names
from faq.documents.blocks import blocks_of, heading_in
from faq.documents.inline import without_code
from faq.documents.model import Fault, Line
from faq.documents.short_codes import lines_in_pairs
from faq.documents.unshown import surplus_cells, without_unshown

_SHORT_CODE = re.compile(r"\{\{(?:<.{0,1000}?>|%.{0,1000}?%)\}\}|\{%.{0,1000}?%\}")
_VARIABLE = re.compile(r"\{\{(?![<%]).{0,1000}?\}\}")
_IMAGE = re.compile(r"[ \t]*:::\s{0,9}image\b([^\n]{0,2000})", re.IGNORECASE)
_FIELD = re.compile(r"([a-z-]+)\s*=\s*\"([^\"]*)\"", re.IGNORECASE)
_ALONE = (
    (re.compile(r"[ \t]*:{3,}.*"), "the directive {} is not read"),
    (
        re.compile(r"[ \t]*(?:\[TOC\]|\[\[_?toc_?\]\]|\{:?[ \t]*toc\b[^{}\n]{0,200}\})[ \t]*", re.IGNORECASE),
        "the list of contents {} is not made",
    ),
    (re.compile(r"[ \t]*\{:[^{}\n]{0,300}\}[ \t]*"), "the attributes {} are not read"),
)
_KEPT = (
    (re.compile(r"[ \t]*(?:!!!|\?\?\?\+?)[ \t]+\w.*"), "the block {} is not read: it is shown as it is written"),
    (re.compile(r"[ \t]*\.\.[ \t]+[\w-]+::.*"), "the directive {} is not read: it is shown as it is written"),
    (
        re.compile(r".*(?<!\\)\[(?:!|AZURE\.)INCLUDE\b.*", re.IGNORECASE),
        "the include in {} is not read here: it is shown as it is",
    ),
    (re.compile(r" {0,3}\[\^[^\]\n]{1,100}\]:.*"), "footnotes are not read: {} is shown as it is written"),
    (
        re.compile(r"(?:import\b.{0,300}\bfrom[ \t]+[\"'].*|export[ \t]+(?:const|default)\b.*)"),
        "a program is not read: {} is shown as it is written",
    ),
)
_KEPT_IN_TEXT = (
    (re.compile(r"[ \t]*-+8<-+.*"), "the snippet {} is not read: it is shown as it is written"),
    (re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]\][ \t].*"), "task lists are not read: {} is shown as it is"),
    (re.compile(r".*(?<![\\~])~~[^\s~].*~~.*"), "words are not struck out: {} is shown as it is written"),
    (re.compile(r".*(?<![\\$])\$\$.*"), "formulas are not read: {} is shown as it is written"),
)
"""What stays as well, but not where it stands in code."""
_DIRECTIVE_FENCE = re.compile(r"[ \t>]*(?:`{3,}|~{3,}|:{3,})[ \t]*(\{[\w:-]+\})")
_TO_FILL = re.compile(r"[ \t]*\{:[ \t]*toc\b[^{}\n]{0,200}\}[ \t]*", re.IGNORECASE)
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+\S")
_HEADING_ATTRIBUTES = re.compile(r"[ \t]*(\{:[^{}\n]{0,300}\})[ \t]*(#*)$")


def without_marks(lines: Sequence[Line]) -> tuple[list[Line], list[Fault]]:
    """The lines of a document without the marks of other programs, and a warning for each."""
    lines, warnings = without_unshown(lines)
    inner = lines_in_pairs(lines)
    lines = with_names(_without_list_to_fill(lines, warnings))
    blocks = blocks_of([line.text for line in lines])
    kept: list[Line] = []
    for line, kind in zip(lines, blocks.kinds, strict=True):
        text = line.text
        if kind == "code":
            if found := _DIRECTIVE_FENCE.match(text):
                warnings.append(_fault(line, "the directive {} is not read: it is shown as code", found[1]))
        elif kind == "heading" and (found := _HEADING_ATTRIBUTES.search(text)):
            warnings.append(_fault(line, "the attributes {} are not read; they were left out", found[1]))
            text = f"{text[: found.start()]}{found[2] and ' ' + found[2]}"
        elif text.strip() and kind != "definition":
            text = _without_marks(line, warnings, is_html=kind == "html")
        kept.append(replace(line, text=text))
    warnings += surplus_cells(kept)
    return _without_inner_headings(kept, inner, warnings), warnings


def _without_list_to_fill(lines: Sequence[Line], warnings: list[Fault]) -> list[Line]:
    """Lines without the item that stands above `{:toc}` where the list of contents would be made."""
    kept = list(lines)
    filled = [index for index, line in enumerate(lines) if index and _TO_FILL.fullmatch(line.text)]
    kinds = blocks_of([line.text for line in lines]).kinds if filled else []
    for index in filled:
        item = lines[index - 1]
        if kinds[index] == "text" and _ITEM.match(item.text):
            warnings.append(_fault(item, "the list of contents {} is not made; it was left out", item.text))
            kept[index - 1] = replace(item, text="")
    return kept


def _without_inner_headings(lines: Sequence[Line], inner: set[int], warnings: list[Fault]) -> list[Line]:
    """Lines in which a heading between an opening and its closing short code is part of the text it stands in."""
    kept = list(lines)
    headings = blocks_of([line.text for line in lines]).headings if inner else []
    for heading in headings:
        if heading.start in inner and heading.level <= DEEPEST_QUESTION:
            line = lines[heading.start]
            reason = "the heading {} stands in a short code: it was kept in the text above it"
            warnings.append(_fault(line, reason, line.text))
            kept[heading.start] = replace(line, text=f"{'#' * (DEEPEST_QUESTION + 1)} {heading.words}")
            for index in range(heading.start + 1, heading.end):
                kept[index] = replace(lines[index], text="")
    return kept


def _without_marks(line: Line, warnings: list[Fault], *, is_html: bool) -> str:
    text = line.text
    if image := _IMAGE.match(text):
        return _image(image[1], is_html=is_html)
    for pattern, reason in _ALONE:
        if pattern.fullmatch(text):
            warnings.append(_fault(line, f"{reason}; it was left out", text))
            return ""
    for pattern, reason in _KEPT:
        if pattern.fullmatch(text):
            warnings.append(_fault(line, reason, text))
    plain = without_code(text)
    for pattern, reason in _KEPT_IN_TEXT:
        if pattern.fullmatch(plain):
            warnings.append(_fault(line, reason, text))
    return _without_short_codes(line, plain, warnings) if "{{" in text or "{%" in text else text


def _image(said: str, *, is_html: bool) -> str:
    fields = {name.lower(): value for name, value in _FIELD.findall(said)}
    source, words = fields.get("source", ""), fields.get("alt-text", "")
    if is_html:
        return f'<img src="{source}" alt="{words}">'
    words = re.sub(r"([\\\[\]])", r"\\\1", words)
    return f"![{words}](<{source}>)"


def _without_short_codes(line: Line, plain: str, warnings: list[Fault]) -> str:
    """A line, of which `plain` is without its code, without its short codes; what stood behind one is no heading."""
    text = line.text
    unfilled = "{} is not filled in: it is shown as it is written"
    warnings.extend(_fault(line, unfilled, found[0]) for found in _VARIABLE.finditer(plain))
    parts = []
    start = 0
    for found in _SHORT_CODE.finditer(plain):
        warnings.append(_fault(line, "the short code {} is not read; it was left out", found[0]))
        parts.append(text[start : found.start()])
        start = found.end()
    left = "".join([*parts, text[start:]]).rstrip()
    begins_heading = heading_in(left.lstrip()) and not heading_in(text.lstrip())
    return f"\\{left.lstrip()}" if begins_heading else left


def _fault(line: Line, reason: str, mark: str) -> Fault:
    mark = mark.strip()
    return Fault(line.file, line.number, reason.format(mark if len(mark) <= 120 else f"{mark[:119]}…"))
