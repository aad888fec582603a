"""What stands inside a paragraph of Markdown: code spans, comments, includes, and anchors. All in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_RUN = re.compile(r"`+")
_COMMENT_OR_CODE = re.compile(r"`+|<!--")
_INCLUDE = re.compile(
    r"\[(?:!|AZURE\.|WACOM\.)INCLUDE\s{0,9}\[(?P<label>[^\]\n]{0,300})\]\((?P<path>[^()\n]{0,1000})\)\s{0,9}\]",
    re.IGNORECASE,
)
_A_TAG = re.compile(r"<a\b[^<>]{0,1000}>|</a\s{0,9}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""(?<![\w-])(name|id|href)\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Include:
    """A reference to a file whose text belongs here."""

    label: str
    path: str


def without_comments(text: str, *, code: bool = True) -> str:
    """A block of Markdown, of one line or more, without its HTML comments; each leaves its line breaks behind.

    What stands in a code span is no comment (where `code` is true), and one that nothing closes is left as it is.
    """
    if "<!--" not in text:
        return text
    closers = _closers(text) if code else {}
    last_close = text.rfind("-->")
    kept: list[str] = []
    start = position = 0
    while token := _COMMENT_OR_CODE.search(text, position):
        position = token.end()
        if _escaped(text, token.start()):
            continue
        if token[0] != "<!--":
            position = closers.get(token.start(), position)
        elif last_close >= token.start() + 2:
            end = text.find("-->", token.start() + 2) + 3
            kept += (text[start : token.start()], "\n" * text.count("\n", token.start(), end))
            start = position = end
    kept.append(text[start:])
    return "".join(kept)


def split_includes(line: str) -> tuple[str | Include, ...]:
    """A line in its parts where it includes files; nothing where it includes none. Code includes nothing."""
    if "INCLUDE" not in line.upper():
        return ()
    parts: list[str | Include] = []
    start = 0
    for found in _INCLUDE.finditer(without_code(line)):
        if _escaped(line, found.start()):
            continue
        parts += (line[start : found.start()], Include(found["label"].strip(), found["path"].strip()))
        start = found.end()
    return tuple(part for part in (*parts, line[start:]) if part) if parts else ()


def with_plain_includes(line: str) -> str:
    """A line in which what looks like an include is escaped, so that it stays the text it is."""
    return "".join(
        part if isinstance(part, str) else f"\\[!INCLUDE \\[{part.label}]({part.path})]"
        for part in split_includes(line) or (line,)
    )


def code_spans(line: str) -> list[tuple[int, int]]:
    """Where the code spans of a line, or of the lines of a paragraph, begin and end."""
    if "`" not in line:
        return []
    closers = _closers(line)
    spans = []
    position = 0
    while run := _RUN.search(line, position):
        position = run.end()
        if run.start() in closers and not _escaped(line, run.start()):
            position = closers[run.start()]
            spans.append((run.start(), position))
    return spans


def _closers(line: str) -> dict[int, int]:
    """For each run of backticks that another of the same length follows: where that one ends."""
    closers: dict[int, int] = {}
    following: dict[int, int] = {}
    for start, end in reversed([run.span() for run in _RUN.finditer(line)]):
        if end - start in following:
            closers[start] = following[end - start]
        following[end - start] = end
    return closers


def _escaped(line: str, position: int) -> bool:
    start = position
    while start and line[start - 1] == "\\":
        start -= 1
    return (position - start) % 2 == 1


def without_code(line: str) -> str:
    """The line with its code spans blanked out, so that places in it stay the same."""
    parts = []
    position = 0
    for start, end in code_spans(line):
        parts += [line[position:start], "\0" * (end - start)]
        position = end
    return "".join([*parts, line[position:]])


def split_anchors(line: str) -> tuple[tuple[str, ...], str]:
    """The names of the anchors in a line, in order, and the line without them; code is left alone.

    What an anchor surrounds stays; a link (`href`) is no anchor and stays whole.
    """
    if "<" not in line:
        return (), line
    names: list[str] = []
    kept: list[str] = []
    position = 0
    for start, end, found in _anchor_tags(without_code(line)):
        names += found
        kept.append(line[position:start])
        position = end
    kept.append(line[position:])
    return tuple(names), "".join(kept)


def _anchor_tags(line: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    is_open = False
    for tag in _A_TAG.finditer(line):
        if _escaped(line, tag.start()):
            continue
        if tag[0][1] == "/":
            if is_open:
                yield *tag.span(), ()
            is_open = False
        else:
            names = names_of(tag[0])
            is_open = bool(names) and not tag[0].endswith("/>")
            if names:
                yield *tag.span(), names


def names_of(tag: str) -> tuple[str, ...]:
    """The names that an opening tag gives its place; none where it is a link or names nothing."""
    names: dict[str, None] = {}
    for attribute, *values in _ATTRIBUTE.findall(tag):
        if attribute.lower() == "href":
            return ()
        names["".join(values).strip()] = None
    return tuple(name for name in names if name)
