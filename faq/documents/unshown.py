"""What stands in a document and no page shows: programs, styles, drawings, and cells beyond the columns of a table."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it.rules_block.table import escapedSplit

from faq.documents.blocks import Blocks, blocks_of
from faq.documents.inline import code_spans
from faq.documents.model import Fault, Line

_OPENS = re.compile(r"(?<!\\)<(script|style|template|svg|math)\b[^<>]*>", re.IGNORECASE)
_ENDS_ITSELF = re.compile(r"<(?:svg|math)\b.*/>", re.IGNORECASE | re.DOTALL)
_DECLARATION = re.compile(r"(?<!\\)<(?:!--|\?|![A-Za-z\[])")
_VISIBLE = re.compile(r"[^\n]")
_QUOTE = re.compile(r"[ \t>]*")
_MOST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a text, by its offsets: an element that no page shows, or else what would take such a part with it."""

    start: int
    end: int
    is_unshown: bool


def without_unshown(lines: Sequence[Line]) -> tuple[list[Line], list[Fault]]:
    """Lines without the elements whose content no page shows, and a warning for each line of them.

    A tag that nothing closes before the next heading would take all that follows with it: it becomes text.
    """
    if not any("<" in line.text for line in lines):
        return list(lines), []
    blocks = blocks_of([line.text for line in lines])
    texts = _as_html(lines, blocks)
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text) + 1)
    headings = [starts[heading.start] for heading in blocks.headings]
    stretches = list(_elements("\n".join(texts), headings))
    stretches += _declarations(texts, blocks, starts, stretches)
    stretches.sort(key=lambda stretch: stretch.start)
    kept: list[Line] = []
    warnings: list[Fault] = []
    for index, line in enumerate(lines):
        left = _without(line, starts[index], _of_line(stretches, starts[index], starts[index + 1]), warnings)
        if left.text.strip() or not line.text.strip() or blocks.kinds[index] == "code":
            kept.append(left)
    return kept, warnings


def surplus_cells(lines: Sequence[Line]) -> Iterator[Fault]:
    """A warning for each row of a table that has more cells than the table has columns."""
    for start, end in blocks_of([line.text for line in lines]).tables:
        columns = len(_cells(lines[start + 1].text))
        for line in lines[start + 2 : end]:
            if surplus := [cell for cell in _cells(line.text)[columns:] if cell]:
                shown = " | ".join(surplus)[:_MOST_SHOWN]
                yield Fault(line.file, line.number, f"the table has {columns} columns: {shown!r} is not shown")


def _cells(row: str) -> list[str]:
    """The cells of a row, as CommonMark tables have them."""
    cells = [cell.strip() for cell in escapedSplit(_QUOTE.sub("", row, count=1).strip())]
    first, last = not cells[0], len(cells) > 1 and not cells[-1]
    return cells[first : len(cells) - last]


def _as_html(lines: Sequence[Line], blocks: Blocks) -> list[str]:
    """The texts of lines in which tags count: all but code, which is blanked out."""
    texts = [line.text for line in lines]
    raw = {index for start, end in blocks.raw for index in range(start, end)}
    for index, kind in enumerate(blocks.kinds):
        if kind == "code" and index not in raw:
            texts[index] = "\0" * len(texts[index])
        elif kind in ("table", "heading"):
            texts[index] = _without_code(texts[index])
    for start, end, _ in blocks.texts:
        texts[start:end] = _without_code("\n".join(texts[start:end])).split("\n")
    return texts


def _without_code(text: str) -> str:
    parts = []
    position = 0
    for start, end in code_spans(text):
        parts += [text[position:start], _VISIBLE.sub("\0", text[start:end])]
        position = end
    return "".join([*parts, text[position:]])


def _elements(text: str, headings: Sequence[int]) -> Iterator[_Stretch]:
    closings: dict[str, re.Match[str] | None] = {}
    position = 0
    while opening := _OPENS.search(text, position):
        position = opening.end()
        closing: re.Match[str] | None = opening
        if not _ENDS_ITSELF.fullmatch(opening[0]):
            closing = _closing(text, opening, closings)
        if closing and bisect_left(headings, opening.end()) == bisect_left(headings, closing.end()):
            position = closing.end()
            yield _Stretch(opening.start(), position, is_unshown=True)
        else:
            yield _Stretch(opening.start(), opening.end(), is_unshown=False)


def _declarations(
    texts: Sequence[str], blocks: Blocks, starts: Sequence[int], elements: Sequence[_Stretch]
) -> Iterator[_Stretch]:
    """Where `<?` or `<!` begins what is neither a comment nor an element, and so would be taken for nothing."""
    ranges = [(start, end, True) for start, end, _ in blocks.html]
    ranges += [(start, end, False) for start, end, _ in blocks.texts]
    for first, end, is_html in ranges:
        text = "\n".join(texts[first:end])
        last_close = text.rfind("-->")
        for found in _DECLARATION.finditer(text):
            start = starts[first] + found.start()
            is_comment = found[0] == "<!--" and (found.start() + 2 <= last_close or not is_html)
            if not is_comment and not _of_line(elements, start, start + 2):
                yield _Stretch(start, start + 1, is_unshown=False)


def _closing(text: str, opening: re.Match[str], known: dict[str, re.Match[str] | None]) -> re.Match[str] | None:
    """The tag that closes an element, looked up once for all that stand before it."""
    name = opening[1].lower()
    found = known.get(name)
    if name not in known or (found and found.start() < opening.end()):
        found = known[name] = re.compile(rf"</{name}\s{{0,9}}>", re.IGNORECASE).search(text, opening.end())
    return found


def _of_line(stretches: Sequence[_Stretch], start: int, end: int) -> Sequence[_Stretch]:
    """The stretches, given in order, that a line has a part in."""
    first = bisect_left(stretches, start + 1, key=lambda stretch: stretch.end)
    last = bisect_left(stretches, end - 1, key=lambda stretch: stretch.start)
    return stretches[first:last]


def _without(line: Line, offset: int, stretches: Sequence[_Stretch], warnings: list[Fault]) -> Line:
    parts = []
    done = 0
    for stretch in stretches:
        start, end = max(stretch.start - offset, 0), min(stretch.end - offset, len(line.text))
        unshown = line.text[start:end].strip()
        shown = unshown if len(unshown) <= _MOST_SHOWN else f"{unshown[: _MOST_SHOWN - 1]}…"
        parts.append(line.text[done:start])
        done = end
        if not stretch.is_unshown:
            parts.append(f"&lt;{line.text[start + 1 : end]}")
            if shown != "<":
                warnings.append(Fault(line.file, line.number, f"nothing closes {shown}: it is shown as it is written"))
        elif unshown:
            reason = f"a program, a style, or a drawing is not shown: {shown}"
            warnings.append(Fault(line.file, line.number, reason))
    return replace(line, text="".join([*parts, line.text[done:]]).rstrip()) if stretches else line
