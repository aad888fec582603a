"""The lines of a document as they were written, with those of the files that it includes, and without its comments."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from faq.documents.blocks import blocks_of
from faq.documents.characters import lines_of, without_unfit
from faq.documents.inline import Include, split_includes, without_comments
from faq.documents.model import DocumentRefused, Fault, Line
from faq.documents.short_codes import with_code_blocks

Included = tuple[str, str]
"""The name of an included file and its text."""
Resolve = Callable[[str], Included | None]

_HEAD_TAG = re.compile(r"\s*<(?:properties|tags)\b", re.IGNORECASE)
_FRONT_TITLE = re.compile(r"""["']?title["']?\s*[:=]\s*(.+)""", re.IGNORECASE)
_FIELD = re.compile(r"""["']?[\w.-][\w .-]{0,80}["']?\s*[:=]""")
_FRONT_ENDS = {"---": ("---", "..."), "+++": ("+++",)}
DEEPEST_INCLUDE = 8
MARKS = {
    "exact": "<!-- Each ## is a section and each ### a question. -->",
    "introduction": "<!-- introduction -->",
    "answer": "<!-- answer -->",
}
"""Comments that an exported document has, so that it is read back as it was: what its headings are, and which text of a
section introduces it and which is an answer."""
_MARKED = {comment: name for name, comment in MARKS.items()}


@dataclass(frozen=True, slots=True)
class Source:
    """A document's lines, the title that its front matter gives, and what was noted on the way."""

    lines: tuple[Line, ...]
    title: str
    warnings: tuple[Fault, ...]


def read_source(text: str, file: str, resolve: Resolve) -> Source:
    """A document with all that it includes. Raises `DocumentRefused` for a circle, and for code that nothing closes."""
    warnings: list[Fault] = []
    title = _head(_split(text))[1]
    lines = tuple(_lines(text, file, resolve, warnings, (file,)))
    return Source(lines, title, tuple(warnings))


def _split(text: str) -> list[str]:
    return [line.rstrip() for line in lines_of(text)]


def _lines(text: str, file: str, resolve: Resolve, warnings: list[Fault], within: tuple[str, ...]) -> Iterator[Line]:
    clean, unfit = without_unfit(text, file)
    warnings += unfit
    texts = _split(clean)
    head = _head(texts)[0]
    lines, noted = with_code_blocks([Line(line, number, file) for number, line in enumerate(texts[head:], head + 1)])
    warnings += noted
    texts = [line.text for line in lines]
    blocks = blocks_of(texts)
    if blocks.unclosed:
        place = lines[blocks.unclosed[0]]
        raise DocumentRefused([Fault(file, place.number, "this code block is never closed")])
    kept: list[Line] = []
    for index, cut in enumerate(uncommented(texts)):
        mark = _MARKED.get(texts[index].strip(), "") if blocks.kinds[index] == "html" else ""
        if mark or cut is not None:
            kept.append(replace(lines[index], text=cut or "", mark=mark))
    yield from with_includes(kept, resolve, warnings, within)


def with_includes(
    lines: Sequence[Line], resolve: Resolve, warnings: list[Fault], within: tuple[str, ...]
) -> Iterator[Line]:
    """Lines with those of the files that they include, which stand `within` others; what is not found is reported."""
    kinds = blocks_of([line.text for line in lines]).kinds
    for line, kind in zip(lines, kinds, strict=True):
        parts = split_includes(line.text) if kind != "code" else ()
        if not parts:
            yield line
        for part in parts:
            if isinstance(part, Include):
                yield from _included(part, line, resolve, warnings, within)
            elif part.strip():
                yield replace(line, text=part.strip())


def _included(
    part: Include, line: Line, resolve: Resolve, warnings: list[Fault], within: tuple[str, ...]
) -> Iterator[Line]:
    found = resolve(part.path)
    if found is None:
        reason = f"the included file {part.path} was not found; it was left out"
        warnings.append(Fault(line.file, line.number, reason))
        yield replace(line, text="", missing=part.path or "without a name")
    elif found[0] in within or len(within) > DEEPEST_INCLUDE:
        raise DocumentRefused([Fault(line.file, line.number, f"{part.path} includes itself")])
    else:
        name, text = found
        yield replace(line, text="")
        yield from _lines(text, name, resolve, warnings, (*within, name))
        yield replace(line, text="")


def uncommented(lines: Sequence[str]) -> list[str | None]:
    """The lines of a text without comments: None for a line that held nothing else and parts nothing."""
    kept: list[str | None] = list(lines)
    if not any("<!--" in line for line in lines):
        return kept
    blocks = blocks_of(lines)
    ranges = [(start, end, True) for start, end, _ in blocks.texts]
    ranges += [(start, end, False) for start, end, _ in blocks.html]
    ranges += [(n, n + 1, True) for n, kind in enumerate(blocks.kinds) if kind in ("table", "heading")]
    for start, end, is_text in ranges:
        cut = without_comments("\n".join(lines[start:end]), code=is_text).split("\n")
        for index, text in zip(range(start, end), cut, strict=True):
            if text == lines[index]:
                continue
            kept[index] = text.rstrip() if is_text else text.strip()
            if not text.strip():
                kept[index] = None if is_text and end - start > 1 else ""
    return [None if _needless(kept, lines, index) else kept[index] for index in range(len(lines))]


def _needless(kept: Sequence[str | None], lines: Sequence[str], index: int) -> bool:
    """Whether a line that was emptied stands beside one that is empty anyway."""
    if kept[index] is None:
        return True
    if kept[index] or not lines[index].strip():
        return False
    return index == 0 or not kept[index - 1] or index + 1 == len(lines) or not lines[index + 1].strip()


def _head(lines: Sequence[str]) -> tuple[int, str]:
    """How many lines the head of a document takes (front matter, or `<properties>` and `<tags>`), and its title."""
    index = _after_blank(lines, 0)
    if index < len(lines) and lines[index] in _FRONT_ENDS:
        for end in range(index + 1, len(lines)):
            if lines[end] in _FRONT_ENDS[lines[index]]:
                if not _is_front_matter(lines[index + 1 : end]):
                    return 0, ""
                said = (_FRONT_TITLE.match(line) for line in lines[index + 1 : end])
                return end + 1, _front_title(next((found[1] for found in said if found), ""))
        return 0, ""
    if index < len(lines) and lines[index].startswith("{"):
        return _json_head(lines, index)
    while index < len(lines) and _HEAD_TAG.match(lines[index]):
        while index < len(lines) and ">" not in lines[index]:
            index += 1
        index = _after_blank(lines, index + 1)
    return index, ""


def _is_front_matter(lines: Sequence[str]) -> bool:
    """Whether lines hold fields, and not the text that stands between two rules."""
    outer = [line for line in lines if line.strip() and not line.startswith((" ", "\t", "#", "- ", "[", "]", "}"))]
    if not any(line.strip() for line in lines):
        return True
    return bool(lines[0].strip() and outer) and all(_FIELD.match(line) for line in outer)


def _json_head(lines: Sequence[str], index: int) -> tuple[int, str]:
    text = "\n".join(lines[index:])
    try:
        fields, length = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return 0, ""
    rest_of_line = text[length:].partition("\n")[0]
    if rest_of_line.strip():
        return 0, ""
    return index + text.count("\n", 0, length) + 1, _front_title(str(fields.get("title", "")))


def _front_title(said: str) -> str:
    return said.strip().strip("'\"").partition(" | ")[0]


def _after_blank(lines: Sequence[str], index: int) -> int:
    while index < len(lines) and not lines[index].strip():
        index += 1
    return index
