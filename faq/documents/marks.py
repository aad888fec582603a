"""Marks in a document that only another program reads: short codes, directives, attributes, and scripts.

What would only be seen as a mark is taken out, what holds words is kept, and each is reported with its line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from faq.documents.blocks import blocks_of
from faq.documents.inline import without_code
from faq.documents.model import Fault
from faq.documents.sources import Line

_SHORT_CODE = re.compile(r"\{\{(?:<.{0,1000}?>|%.{0,1000}?%)\}\}|\{%.{0,1000}?%\}")
_VARIABLE = re.compile(r"\{\{(?![<%]).{0,1000}?\}\}")
_IMAGE = re.compile(r"[ \t]*:::\s{0,9}image\b([^\n]{0,2000})", re.IGNORECASE)
_FIELD = re.compile(r"([a-z-]+)\s*=\s*\"([^\"]*)\"", re.IGNORECASE)
_ALONE = (
    (re.compile(r"[ \t]*:{3,}.*"), "the directive {} is not read"),
    (
        re.compile(r"[ \t]*(?:\[TOC\]|\[\[_?toc_?\]\]|\{:toc\})[ \t]*", re.IGNORECASE),
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
_HEADING_NAME = re.compile(r"[ \t]*\{:?[ \t]*#([\w.-]{1,200})[^{}\n]{0,200}\}[ \t]*(#*)$")


_HIGHLIGHT = (
    (
        re.compile(r"[ \t]*\{%-?[ \t]*highlight[ \t]+([\w+-]{1,40}).{0,200}?%\}[ \t]*"),
        re.compile(r"[ \t]*\{%-?[ \t]*endhighlight[ \t]*-?%\}[ \t]*"),
    ),
    (
        re.compile(r"[ \t]*\{\{[<%][ \t]*highlight[ \t]+([\w+-]{1,40}).{0,200}?[>%]\}\}[ \t]*"),
        re.compile(r"[ \t]*\{\{[<%][ \t]*/[ \t]*highlight[ \t]*[>%]\}\}[ \t]*"),
    ),
)
"""How Jekyll and Hugo begin and end a block of code."""
_FENCE = "~~~~"


def with_fences(lines: Sequence[Line]) -> list[Line]:
    """The lines of a document with its blocks of code in Markdown, where Jekyll or Hugo has marks of its own."""
    fenced = list(lines)
    for begin, end in _HIGHLIGHT:
        opened = None
        for index, line in enumerate(lines):
            if opened is None and (found := begin.fullmatch(line.text)):
                opened, language = index, found[1]
            elif opened is not None and end.fullmatch(line.text):
                fenced[opened] = replace(lines[opened], text=f"{_FENCE}{language}")
                fenced[index] = replace(line, text=_FENCE)
                opened = None
    return fenced


def without_marks(lines: Sequence[Line]) -> tuple[list[Line], list[Fault]]:
    """The lines of a document without the marks of other programs, and a warning for each."""
    blocks = blocks_of([line.text for line in lines])
    scripts = {index for start, end in blocks.scripts for index in range(start, end)}
    warnings: list[Fault] = []
    kept = []
    for index, (line, kind) in enumerate(zip(lines, blocks.kinds, strict=True)):
        text = line.text
        if index in scripts:
            if text.strip():
                warnings.append(_fault(line, "a program or a style is not shown: {}", text))
            text = ""
        elif kind == "code":
            if found := _DIRECTIVE_FENCE.match(text):
                warnings.append(_fault(line, "the directive {} is not read: it is shown as code", found[1]))
        elif kind == "heading" and (named := _HEADING_NAME.search(text)):
            text = f'{text[: named.start()]}<a name="{named[1]}"></a>{named[2] and " " + named[2]}'
        elif text.strip() and kind != "definition":
            text = _without_marks(line, warnings)
        kept.append(replace(line, text=text))
    return kept, warnings


def _without_marks(line: Line, warnings: list[Fault]) -> str:
    text = line.text
    if image := _IMAGE.match(text):
        fields = {name.lower(): value for name, value in _FIELD.findall(image[1])}
        words = re.sub(r"([\\\[\]])", r"\\\1", fields.get("alt-text", ""))
        return f"![{words}](<{fields.get('source', '')}>)"
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
    if "{{" not in text and "{%" not in text:
        return text
    unfilled = "{} is not filled in: it is shown as it is written"
    warnings.extend(_fault(line, unfilled, found[0]) for found in _VARIABLE.finditer(plain))
    parts = []
    start = 0
    for found in _SHORT_CODE.finditer(plain):
        warnings.append(_fault(line, "the short code {} is not read; it was left out", found[0]))
        parts.append(text[start : found.start()])
        start = found.end()
    return "".join([*parts, text[start:]]).rstrip()


def _fault(line: Line, reason: str, mark: str) -> Fault:
    mark = mark.strip()
    return Fault(line.file, line.number, reason.format(mark if len(mark) <= 120 else f"{mark[:119]}…"))
