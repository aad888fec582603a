"""Short codes around a part of a document: what they show as code becomes a fenced block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from faq.documents.model import Fault, Line
from faq.documents.tag_pairs import CODE_NAMES, Pair, pairs_of, tags_in

_WORD = re.compile(r"[\s\"']*(?:lang(?:uage)?\s?[:=]\s?[\"']?)?([A-Za-z][\w+#.-]{0,30})")
_INNER_RAW = re.compile(r"\{%-?\s{0,9}(?:end)?raw\s{0,9}-?%\}")
_FENCE = re.compile(r"[ \t>]*(?:`{3,}|~{3,})")
_BACKTICKS = re.compile(r"`+")
_CONTAINER = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?")
_LEAST_FENCE = 3


def with_code_blocks(lines: Sequence[Line]) -> tuple[list[Line], list[Fault]]:
    """Lines in which the short codes that show code are fences, and a warning for each that says more.

    A pair around a fence or another pair that shows code is left as it is.
    """
    kept: list[Line] = []
    warnings = []
    done = 0
    for pair in sorted(pairs_of(lines), key=lambda found: (found.first, found.opening.start)):
        if pair.first < done or not _shows_code(pair, lines):
            continue
        if options := _options(pair):
            line = lines[pair.first]
            reason = f"{options!r} in the short code {pair.opening.written} is not read; it was left out"
            warnings.append(Fault(line.file, line.number, reason))
        kept += [*lines[done : pair.first], *_fenced(pair, lines)]
        done = pair.last + 1
    return [*kept, *lines[done:]], warnings


def lines_in_pairs(lines: Sequence[Line]) -> set[int]:
    """The indexes of the lines that stand between an opening and its closing short code."""
    pairs = pairs_of(lines)
    last = -1
    within: set[int] = set()
    for pair in sorted(pairs, key=lambda found: found.first):
        within.update(range(max(pair.first + 1, last), pair.last))
        last = max(last, pair.last)
    return within


def _shows_code(pair: Pair, lines: Sequence[Line]) -> bool:
    if pair.opening.name not in CODE_NAMES:
        return False
    inside = lines[pair.first + 1 : pair.last]
    return pair.opening.name != "raw" or not any(_FENCE.match(line.text) or _opens_code(line.text) for line in inside)


def _opens_code(text: str) -> bool:
    return any(not tag.closes and tag.name in CODE_NAMES for tag in tags_in(text))


def _fenced(pair: Pair, lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of a pair as a fence, in the item or quote where it stands, with what stands around its short codes."""
    first, last = lines[pair.first], lines[pair.last]
    before, after = first.text[: pair.opening.start], last.text[pair.closing.end :]
    container = _CONTAINER.match(before)
    marker = before if container and container[0] == before else ""
    if not marker and before.strip():
        yield replace(first, text=before.rstrip())
    written = [replace(first, text=first.text[pair.opening.end :].lstrip()), *lines[pair.first + 1 : pair.last]]
    written.append(replace(last, text=last.text[: pair.closing.start]))
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


def _language(pair: Pair) -> str:
    found = _WORD.match(pair.opening.said)
    return found[1] if found and pair.opening.name not in ("raw", "verbatim") else ""


def _options(pair: Pair) -> str:
    """What an opening short code says besides the language of its code."""
    return _WORD.sub("", pair.opening.said, count=1).strip(" \t\"'") if _language(pair) else pair.opening.said.strip()


def _indented(text: str, indent: str) -> str:
    """A line of code that stands as deep as the fence around it, so that it does not end its item or quote."""
    if ">" in indent:
        return text if text.lstrip().startswith(">") else indent + text
    missing = len(indent) - (len(text) - len(text.lstrip(" ")))
    return " " * missing + text if missing > 0 and text.strip() else text
