"""What stands inside a line of Markdown: code spans, comments, includes and anchors. All in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_RUN = re.compile(r"`+")
_TOKEN = re.compile(
    r"`+|<!--"
    r"|\[(?:!|AZURE\.|WACOM\.)INCLUDE\s{0,9}\[(?P<label>[^\]\n]{0,300})\]\((?P<path>[^()\n]{0,1000})\)\s{0,9}\]",
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


@dataclass(frozen=True, slots=True)
class Cut:
    """A line without comments; `opens` where one goes on in the next line. `parts` is filled where it has includes."""

    text: str
    parts: tuple[str | Include, ...] = ()
    opens: bool = False


def cut_comments(line: str, *, closes_later: bool) -> Cut:
    """A line without the HTML comments in it, outside code. One that nothing closes is left as it is."""
    if "<!--" not in line and "INCLUDE" not in line.upper():
        return Cut(line)
    closers = _closers(line)
    kept: list[str | Include] = []
    start = position = 0
    opens = False
    last_close = line.rfind("-->")
    text: list[str] = []
    includes = False
    while token := _TOKEN.search(line, position):
        position = token.end()
        if _escaped(line, token.start()):
            continue
        if token[0] == "<!--":
            closes_here = last_close >= token.start() + 2
            if not closes_here and not closes_later:
                continue
            kept.append(line[start : token.start()])
            text.append(line[start : token.start()])
            if not closes_here:
                start, opens = len(line), True
                break
            start = position = line.find("-->", token.start() + 2) + 3
        elif token[0][0] == "`":
            position = closers.get(token.start(), position)
        else:
            kept += (line[start : token.start()], Include(token["label"].strip(), token["path"].strip()))
            text += (line[start : token.start()], token[0])
            start, includes = position, True
    kept.append(line[start:])
    text.append(line[start:])
    return Cut("".join(text), tuple(part for part in kept if part) if includes else (), opens)


def code_spans(line: str) -> list[tuple[int, int]]:
    """Where the code spans of a line begin and end. A span that goes on in the next line is not seen as code."""
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
