"""Rendered answers as plain text to paste into a mail or a ticket, where lists keep their numbers. Pure: no Django."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"br", "hr"})
BLOCKS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "ul", "ol", "pre", "table", "blockquote", "div", "dl", "dt", "dd"}
)
"""Elements that stand on lines of their own."""

DEEPEST = 100
"""Elements inside one another; the words of deeper ones count for the one at this depth."""


def laid_out_text(clean: str) -> str:
    """Rendered HTML as text: a blank line between blocks, `1. ` and `- ` before the items of a list, ` | ` between the
    cells of a row, code as it is, and the URL of another site behind the words of its link. It is text: escape it
    before it is shown.
    """
    tree = _Tree()
    tree.feed(clean)
    tree.close()
    return "\n\n".join(_blocks(tree.root))


@dataclass(slots=True)
class _Element:
    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: list[_Element | str] = field(default_factory=list)

    def elements(self) -> Iterator[_Element]:
        return (child for child in self.children if isinstance(child, _Element))


class _Tree(HTMLParser):
    """The elements of clean HTML, each inside the one that it stands in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Element("")
        self._open = [self.root]
        self._too_deep = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Element(tag, dict(attrs))
        if tag in VOID:
            self._open[-1].children.append(element)
        elif len(self._open) > DEEPEST:
            self._too_deep += 1
        else:
            self._open[-1].children.append(element)
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if self._too_deep:
            self._too_deep -= 1
        elif self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def _blocks(element: _Element) -> list[str]:
    """The blocks of text inside an element, each of one or more lines."""
    found: list[str] = []
    words: list[str] = []
    for child in element.children:
        if isinstance(child, _Element) and child.tag in BLOCKS:
            found += (_tidy("".join(words)), *_block(child))
            words = []
        else:
            words.append(_words(child))
    return [text for text in (*found, _tidy("".join(words))) if text]


def _block(element: _Element) -> list[str]:
    match element.tag:
        case "ul":
            return ["\n".join(_items(element, ("- " for _ in element.children)))]
        case "ol":
            start = element.attributes.get("start") or "1"
            first = int(start) if start.isdecimal() else 1
            return ["\n".join(_items(element, (f"{first + number}. " for number in range(len(element.children)))))]
        case "table":
            return ["\n".join(_rows(element))]
        case "pre":
            return ["".join(_raw(element)).strip("\n")]
    return _blocks(element)


def _items(element: _Element, marks: Iterator[str]) -> Iterator[str]:
    """The items of a list, each behind its mark and with its further lines below its first word."""
    for item in element.elements():
        mark = next(marks)
        lines = "\n".join(_blocks(item)).split("\n")
        yield mark + f"\n{' ' * len(mark)}".join(lines)


def _rows(element: _Element) -> Iterator[str]:
    """The rows of a table, and its caption, a line each."""
    for child in element.elements():
        if child.tag == "tr":
            yield " | ".join(_tidy(" ".join(_blocks(cell))) for cell in child.elements())
        elif child.tag == "caption":
            yield _tidy(_words(child))
        else:
            yield from _rows(child)


def _words(node: _Element | str) -> str:
    """The words of an element within a line; a line ends only at a `br`."""
    if isinstance(node, str):
        return node.replace("\n", " ")
    if node.tag == "br":
        return "\n"
    words = "".join(map(_words, node.children))
    target = node.attributes.get("href") or ""
    return f"{words} ({target})" if target.startswith("http") and target not in words else words


def _raw(element: _Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _raw(child)


def _tidy(text: str) -> str:
    """Words with one space between them; a line break that was asked for stays."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
