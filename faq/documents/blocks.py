"""The blocks of a Markdown text: which lines are headings, code, HTML, tables, definitions of links, or running text.

markdown-it reads them, as it does when answers are shown. It is lenient where people are: `###Question`, `###<a …>`,
and `<h3>…</h3>` are headings too, a heading ends a block of HTML, only a single line can be underlined, and what opens
a comment that nothing closes is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, html_block, lheading
from markdown_it.token import Token

from faq.documents.inline import split_anchors

_ATX = re.compile(r"(#{1,6})(?!#)(?:(?=[ \t]|$)|(?=<a\b)|(?=[^\W_]|[*\"'“‘«\[(¿`]))", re.IGNORECASE)
_HTML_HEADING = re.compile(r"<h([1-6])(\b[^<>]{0,300})>(.*)</h\1>[ \t]*$", re.IGNORECASE)
_UNDERLINE = re.compile(r"(={3,}|-{3,})[ \t]*$")
_ENDED_BY_MARK = ("<!--", "<?", "<!", "<![CDATA[")
_ENDS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>", "<!": ">"}
_RAW = re.compile(r"<(pre|script|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
_CLOSING_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that stands on its own, outside lists and quotes: its level from 1 to 6, and its words in Markdown.

    It takes the lines from `start` to before `end`: two where it is underlined.
    """

    level: int
    words: str
    start: int
    end: int


@dataclass(slots=True)
class Blocks:
    """What the lines of a text are. Places are indexes of lines; a range ends before its second number.

    `kinds` holds for each line `code`, `html`, `table`, `heading`, `underline`, `definition`, `text`, or nothing.
    `texts` are the ranges of running text, also those in lists and quotes, each with its depth: 0 outside them. `html`
    are the ranges of HTML blocks, with their depth; `raw` are those of HTML that holds no Markdown, such as `<pre>` and
    `<script>`, whose kind is code; `tables` are those of tables. `definitions` are the
    name, target, and title of each definition of a link, by its first line. `items` are the ends of the items of lists
    that stand in nothing else, by their first line. `unclosed` is the line where a code block
    begins that nothing closes, and the line that would.
    """

    kinds: list[str]
    headings: list[Heading] = field(default_factory=list)
    texts: list[tuple[int, int, int]] = field(default_factory=list)
    html: list[tuple[int, int, int]] = field(default_factory=list)
    raw: list[tuple[int, int]] = field(default_factory=list)
    tables: list[tuple[int, int]] = field(default_factory=list)
    definitions: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    items: dict[int, int] = field(default_factory=dict)
    unclosed: tuple[int, str] | None = None


def blocks_of(lines: Sequence[str]) -> Blocks:
    """Read the blocks of a text, given as its lines. It takes time in proportion to the text."""
    blocks = Blocks([""] * len(lines))
    tokens = _MARKDOWN.parse("\n".join(lines), {})
    for token, following in zip(tokens, [*tokens[1:], None], strict=False):
        if token.map is None:
            continue
        start, end = token.map[0], min(token.map[1], len(lines))
        if token.type == "heading_open" and token.level == 0 and following is not None:
            _mark(blocks, start, start + 1, "heading")
            _mark(blocks, start + 1, end, "underline")
            blocks.headings.append(Heading(int(token.tag[1]), following.content, start, end))
        elif token.type == "table_open":
            _mark(blocks, start, end, "table")
            blocks.tables.append((start, end))
        elif token.type in ("fence", "code_block"):
            _mark(blocks, start, end, "code")
            _note_unclosed(blocks, token, lines, end)
        elif token.type == "html_block":
            _html(blocks, token, lines, start, end)
        elif token.type == "definition" and not str(token.meta["id"]).startswith("^"):
            _mark(blocks, start, end, "definition")
            blocks.definitions[start] = str(token.meta["id"]), str(token.meta["url"]), str(token.meta["title"])
        elif token.type == "list_item_open" and token.level == 1:
            blocks.items[start] = end
        elif token.type in ("inline", "definition") and not blocks.kinds[start]:
            _mark(blocks, start, end, "text")
            blocks.texts.append((start, end, max(token.level - 1, 0)))
    return blocks


def _html(blocks: Blocks, token: Token, lines: Sequence[str], start: int, end: int) -> None:
    raw = _RAW.match(token.content.lstrip())
    _mark(blocks, start, end, "code" if raw else "html")
    if not raw:
        blocks.html.append((start, end, token.level))
        return
    blocks.raw.append((start, end))
    if not any(lines[end:]) and f"</{raw[1].lower()}" not in token.content.lower():
        blocks.unclosed = start, f"</{raw[1].lower()}>"


def _mark(blocks: Blocks, start: int, end: int, kind: str) -> None:
    for index in range(start, min(end, len(blocks.kinds))):
        blocks.kinds[index] = kind


def _note_unclosed(blocks: Blocks, token: Token, lines: Sequence[str], end: int) -> None:
    if token.type != "fence" or token.level or token.map is None or any(lines[end:]):
        return
    last = _CLOSING_FENCE.match(lines[end - 1])
    closed = last and end - 1 > token.map[0] and last[1][0] == token.markup[0] and len(last[1]) >= len(token.markup)
    if not closed:
        blocks.unclosed = token.map[0], token.markup


def heading_in(text: str) -> tuple[int, str] | None:
    """The level and the words of a heading in one line, without what indents it; None where it is none."""
    opening = _ATX.match(text)
    if opening:
        return _atx(opening, text)
    heading = _HTML_HEADING.match(text)
    if not heading:
        return None
    anchor = f"<a {heading[2].strip()}></a>" if heading[2].strip() else ""
    return int(heading[1]), anchor + heading[3].strip()


def _atx(opening: re.Match[str], text: str) -> tuple[int, str] | None:
    level, words = len(opening[1]), text[opening.end() :]
    if level == 1 and words and words[0] not in " \t" and not words.lower().startswith("<a"):
        return None
    words = words.strip()
    bare = words.rstrip("#")
    closing = len(words) - len(bare)
    if closing and (not bare or bare[-1] in " \t" or (closing == level > 1 and bare[-1] != "\\")):
        words = bare.rstrip()
    return level, words


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    found = heading_in(_line(state, start))
    if found is None:
        return False
    if silent:
        return True
    level, words = found
    state.line = start + 1
    opened = state.push("heading_open", f"h{level}", 1)
    opened.map = [start, start + 1]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = words, [start, start + 1], []
    state.push("heading_close", f"h{level}", -1)
    return True


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    text = _line(state, start)
    if not text.startswith("<") or _HTML_HEADING.match(text):
        return False
    mark = next((mark for mark in _ENDED_BY_MARK if text.startswith(mark)), "")
    if mark:
        if mark == "<!" and text.startswith("<![CDATA["):
            mark = "<![CDATA["
        if start > _last(state, _ENDS[mark]):
            return False
        return html_block(state, start, end, silent)
    if silent or _RAW.match(text):
        return html_block(state, start, end, silent)
    stop = start + 1
    while stop < end and not state.isEmpty(stop) and heading_in(_line(state, stop)) is None:
        stop += 1
    return html_block(state, start, stop, silent)


def _last(state: StateBlock, mark: str) -> int:
    """The last line in which something ends, looked up once for each text."""
    known = state.env.setdefault("last_ends", {})
    if mark not in known:
        found = state.src.rfind(mark)
        known[mark] = state.src.count("\n", 0, found) if found >= 0 else -1
    return int(known[mark])


def _underlined(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if start + 1 >= end or not _UNDERLINE.match(_line(state, start + 1)):
        return False
    text = _line(state, start)
    if text.startswith("|") or not split_anchors(text)[1].strip():
        return False
    return lheading(state, start, start + 2, silent)


def _reader() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": True, "inline_definitions": True, "maxNesting": 40}).enable("table")
    ends: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
    markdown.block.ruler.at("heading", _heading, ends)
    markdown.block.ruler.at("html_block", _html_block, ends)
    markdown.block.ruler.at("lheading", _underlined)
    markdown.core.ruler.disable(["inline", "text_join"])
    return markdown


_MARKDOWN = _reader()
