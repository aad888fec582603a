"""Short codes that stand in pairs, as Jekyll (`{% x %}` to `{% endx %}`) and Hugo (`{{< x >}}` to `{{< /x >}}`) have.

What such a pair shows as code becomes a fenced block; in any other pair a heading is part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from faq.documents.blocks import blocks_of
from faq.documents.inline import without_code
from faq.documents.model import Fault, Line

_TAG = re.compile(
    r"\{%-?\s{0,9}(?P<liquid>[\w-]{1,80})(?P<said>[^\n]{0,300}?)-?%\}"
    r"|\{\{(?P<mark>[<%])-?\s{0,9}(?P<hugo>/?\s{0,9}[\w./-]{1,80})(?P<given>[^\n]{0,300}?)-?[>%]\}\}"
)
_CODE_NAMES = {"highlight", "code", "codeblock", "raw", "verbatim", "prism"}
_WORD = re.compile(r"[\s\"']*(?:lang(?:uage)?\s?[:=]\s?[\"']?)?([A-Za-z][\w+#.-]{0,30})")
_INNER_RAW = re.compile(r"\{%-?\s{0,9}(?:end)?raw\s{0,9}-?%\}")
_FENCE = re.compile(r"[ \t>]*(?:`{3,}|~{3,})")
_BACKTICKS = re.compile(r"`+")
_CONTAINER = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?")
_LEAST_FENCE = 3


@dataclass(frozen=True, slots=True)
class _Pair:
    """An opening short code and its closing one, each with the index of its line."""

    first: int
    opening: re.Match[str]
    last: int
    closing: re.Match[str]

    @property
    def name(self) -> str:
        return _name(self.opening)


def with_code_blocks(lines: Sequence[Line]) -> tuple[list[Line], list[Fault]]:
    """Lines in which the short codes that show code are fences, and a warning for each that says more.

    A pair around a fence or another pair that shows code is left as it is.
    """
    if not any("{%" in line.text or "{{" in line.text for line in lines):
        return list(lines), []
    kept: list[Line] = []
    warnings = []
    done = 0
    for pair in sorted(_pairs(lines), key=lambda found: (found.first, found.opening.start())):
        if pair.first < done or not _shows_code(pair, lines):
            continue
        if options := _options(pair):
            line = lines[pair.first]
            reason = f"{options!r} in the short code {pair.opening[0]} is not read; it was left out"
            warnings.append(Fault(line.file, line.number, reason))
        kept += [*lines[done : pair.first], *_fenced(pair, lines)]
        done = pair.last + 1
    return [*kept, *lines[done:]], warnings


def lines_in_pairs(lines: Sequence[Line]) -> set[int]:
    """The indexes of the lines that stand between an opening and its closing short code."""
    if not any("{%" in line.text or "{{" in line.text for line in lines):
        return set()
    return {index for pair in _pairs(lines) for index in range(pair.first + 1, pair.last)}


def _pairs(lines: Sequence[Line]) -> Iterator[_Pair]:
    """The pairs of short codes over several lines, each after those inside it; one without its other half is none."""
    kinds = blocks_of([line.text for line in lines]).kinds
    open_tags: list[tuple[int, re.Match[str]]] = []
    for index, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        shows_code = bool(open_tags) and _name(open_tags[-1][1]) in _CODE_NAMES
        if kind == "code" and not shows_code:
            continue
        for tag in _TAG.finditer(line.text if shows_code else without_code(line.text)):
            closed = _closed_name(tag)
            at = next((n for n in reversed(range(len(open_tags))) if _name(open_tags[n][1]) == closed), None)
            if not closed:
                open_tags.append((index, tag))
            elif at is not None:
                first, opening = open_tags[at]
                del open_tags[at:]
                if first < index:
                    yield _Pair(first, opening, index, tag)


def _name(tag: re.Match[str]) -> str:
    return str(tag["liquid"] or tag["hugo"].lstrip("/ \t"))


def _closed_name(tag: re.Match[str]) -> str:
    """The name of the short code that a tag closes; empty where it opens one."""
    if tag["liquid"]:
        return str(tag["liquid"]).removeprefix("end") if tag["liquid"].startswith("end") else ""
    return _name(tag) if tag["hugo"].startswith("/") else ""


def _shows_code(pair: _Pair, lines: Sequence[Line]) -> bool:
    if pair.name not in _CODE_NAMES:
        return False
    inside = lines[pair.first + 1 : pair.last]
    return pair.name != "raw" or not any(_FENCE.match(line.text) or _opens_code(line.text) for line in inside)


def _opens_code(text: str) -> bool:
    return any(not _closed_name(tag) and _name(tag) in _CODE_NAMES for tag in _TAG.finditer(text))


def _fenced(pair: _Pair, lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of a pair as a fence, in the item or quote where it stands, with what stands around its short codes."""
    first, last = lines[pair.first], lines[pair.last]
    before, after = first.text[: pair.opening.start()], last.text[pair.closing.end() :]
    container = _CONTAINER.match(before)
    marker = before if container and container[0] == before else ""
    if not marker and before.strip():
        yield replace(first, text=before.rstrip())
    written = [replace(first, text=first.text[pair.opening.end() :].lstrip()), *lines[pair.first + 1 : pair.last]]
    written.append(replace(last, text=last.text[: pair.closing.start()]))
    code = [replace(line, text=_INNER_RAW.sub("", line.text)) for line in written]
    if not code[0].text.strip():
        del code[0]
    if not code[-1].text.strip(" \t>"):
        del code[-1]
    ticks = max((len(run) for line in code for run in _BACKTICKS.findall(line.text)), default=0)
    fence = "`" * max(_LEAST_FENCE, ticks + 1)
    indent = marker if ">" in marker else " " * len(marker)
    yield replace(first, text=f"{marker}{fence}{_language(pair)}")
    for line in code:
        yield replace(line, text=_indented(line.text, indent))
    yield replace(last, text=f"{indent}{fence}")
    if after.strip():
        yield replace(last, text=f"{indent}{after.strip()}")


def _said(pair: _Pair) -> str:
    return pair.opening["said"] or pair.opening["given"] or ""


def _language(pair: _Pair) -> str:
    found = _WORD.match(_said(pair))
    return found[1] if found and pair.name not in ("raw", "verbatim") else ""


def _options(pair: _Pair) -> str:
    """What an opening short code says besides the language of its code."""
    return _WORD.sub("", _said(pair), count=1).strip(" \t\"'") if _language(pair) else _said(pair).strip()


def _indented(text: str, indent: str) -> str:
    """A line of code that stands as deep as the fence around it, so that it does not end its item or quote."""
    if ">" in indent:
        return text if text.lstrip().startswith(">") else indent + text
    missing = len(indent) - (len(text) - len(text.lstrip(" ")))
    return " " * missing + text if missing > 0 and text.strip() else text
