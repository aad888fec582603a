"""What each line of a Markdown text is: code, HTML, a heading or plain text. Comments are dropped on the way.

It follows CommonMark where that matters for an FAQ, and people where they differ from it: `###Question` and `###<a …>`
are headings too. The same function reads whole documents and single answers, so that both see the same in a text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from faq.documents.inline import Include, cut_comments, split_anchors

_MARKERS = r"[ \t]*+(?:>[ \t]*+)*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+"
_FENCE = re.compile(rf"({_MARKERS})(`{{3,}}+(?=[^`]*$)|~{{3,}}+)")
_ATX = re.compile(r"( {0,3})(#{1,6})(?!#)(?:(?=[ \t]|$)|(?=<a\b)|(?=[^\W_]|[*\"'“‘«\[(¿`]))", re.IGNORECASE)
_HTML_HEADING = re.compile(r" {0,3}<h([1-4])(\b[^<>]{0,300})>(.*)</h\1>[ \t]*$", re.IGNORECASE)
_UNDERLINE = re.compile(r" {0,3}(={3,}|-{3,})[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*+){3,}|(?:\*[ \t]*+){3,}|(?:_[ \t]*+){3,})$")
_LIST_ITEM = re.compile(r"[ \t]*+(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_QUOTE = re.compile(r" {0,3}>")
_RAW_BLOCK = re.compile(r" {0,3}<(pre|script|style|textarea)\b", re.IGNORECASE)
_HTML_BLOCK = re.compile(
    r" {0,3}</?(?:address|article|aside|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    r"|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu"
    r"|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr"
    r"|track|ul)(?:[\s/>]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its text without comments, its number from 1, and its kind, which is `text`, `code` or `html`.

    On a heading `level` is 1 to 6 and `heading` its words; `underline` marks the line that made the one above it so.
    `parts` is filled where the line refers to includes. `loose` marks a level-1 heading without a space.
    """

    text: str
    number: int
    kind: str = "text"
    level: int = 0
    heading: str = ""
    underline: bool = False
    loose: bool = False
    parts: tuple[str | Include, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class Scan:
    """The lines of a text; and where a code block is never closed: its first line's index, and the line to close it."""

    lines: tuple[Line, ...]
    unclosed: int | None = None
    closing: str = ""


def scan(texts: Sequence[str], file: str = "", first: int = 1) -> Scan:
    """Look at each line of a text once. Nothing is refused here."""
    scanner = _Scanner(texts, file, first)
    for index, text in enumerate(texts):
        scanner.read(index, text)
    return scanner.result()


class _Scanner:
    def __init__(self, texts: Sequence[str], file: str, first: int) -> None:
        self.file, self.first = file, first
        self.last_close = max((index for index, text in enumerate(texts) if "-->" in text), default=-1)
        self.lines: list[Line] = []
        self.in_comment = False
        self.soft_blank = False
        self.fence = ""
        self.fence_quoted = False
        self.raw_block = ""
        self.opened = 0
        self.opened_prefix = ""
        self.rest()

    def rest(self) -> None:
        """Forget the block that went before, as a heading does."""
        self.in_list = self.in_html = self.in_indented = False
        self.after_blank = True
        self.paragraph_lines = 0

    def result(self) -> Scan:
        lines = tuple(self.lines)
        if self.fence and not self.fence_quoted:
            return Scan(lines, self.opened, self.opened_prefix + self.fence)
        if self.raw_block:
            return Scan(lines, self.opened, f"</{self.raw_block}>")
        return Scan(lines)

    def add(self, index: int, text: str, kind: str = "text") -> None:
        if self.soft_blank and not text.strip():
            self.lines.pop()
        self.soft_blank = False
        self.lines.append(Line(text, self.first + index, kind, file=self.file))

    def read(self, index: int, text: str) -> None:
        commented = self.in_comment
        if commented:
            end = text.find("-->")
            if end < 0:
                return
            self.in_comment = False
            text = text[end + 3 :]
            if not text.strip():
                self.emptied(index)
                return
        if self.is_code(index, text):
            return
        cut = cut_comments(text, closes_later=index < self.last_close)
        self.in_comment = cut.opens
        if cut.text != text and not cut.text.strip():
            self.emptied(index)
            return
        if cut.text != text and self.is_code(index, cut.text):
            return
        underlined = not commented and cut.text == text and self.paragraph_lines == 1 and _UNDERLINE.match(text)
        self.add(index, cut.text)
        if cut.parts:
            self.lines[-1] = replace(self.lines[-1], parts=cut.parts)
        if underlined:
            self.underline(1 if "=" in text else 2)
        elif not commented:
            self.heading(index, text)
        self.state_after(cut.text)

    def emptied(self, index: int) -> None:
        """A line that held nothing but a comment: it parts what stands around it, as a single blank line."""
        if self.lines and self.lines[-1].text.strip():
            self.add(index, "")
            self.soft_blank = True
        self.state_after("")

    def underline(self, level: int) -> None:
        above = self.lines[-2]
        self.lines[-2] = replace(above, level=level, heading=above.text.strip())
        self.lines[-1] = replace(self.lines[-1], underline=True)

    def heading(self, index: int, text: str) -> None:
        found = _atx(text, in_list=self.in_list) or _html_heading(text)
        if not found:
            return
        level, words, loose = found
        heading = cut_comments(words, closes_later=index < self.last_close).text.strip()
        self.lines[-1] = replace(self.lines[-1], level=level, heading=heading, loose=loose)

    def is_code(self, index: int, text: str) -> bool:
        """Add the line as code where it is, and say whether it was."""
        if self.fence and self.fence_quoted and not _QUOTE.match(text):
            self.fence = ""
        if self.fence or self.raw_block:
            self.add(index, text, "code")
            self.close(text)
            return True
        if not text.strip():
            return False
        return self.begins_code(index, text)

    def close(self, text: str) -> None:
        bare = text.strip(" \t>") if self.fence_quoted else text.strip()
        if self.fence and bare.startswith(self.fence) and not bare.strip(self.fence[0]):
            self.fence = ""
        if self.raw_block and f"</{self.raw_block}" in text.lower():
            self.raw_block = ""

    def begins_code(self, index: int, text: str) -> bool:
        indented = text.startswith(("    ", "\t", " \t", "  \t", "   \t"))
        if indented and not self.in_list and not self.in_html and (self.in_indented or self.after_blank):
            self.add(index, text, "code")
            self.in_indented, self.paragraph_lines = True, 0
            return True
        if fence := _FENCE.match(text):
            self.begin(index, text)
            self.fence, self.fence_quoted = fence[2], ">" in fence[1]
            self.in_list = self.in_list or bool(_LIST_ITEM.match(text))
            self.opened_prefix = "" if self.fence_quoted else " " * len(fence[1].expandtabs(4))
            return True
        if raw_block := _RAW_BLOCK.match(text):
            self.begin(index, text)
            self.raw_block = raw_block[1].lower()
            self.close(text)
            return True
        return False

    def begin(self, index: int, text: str) -> None:
        self.add(index, text, "code")
        self.opened = len(self.lines) - 1
        self.in_indented = self.in_html = self.after_blank = False
        self.paragraph_lines = 0

    def state_after(self, text: str) -> None:
        """What the next line stands in, by the text that is left of this one."""
        if not text.strip():
            self.in_html = False
            self.after_blank = True
            self.paragraph_lines = 0
            return
        if self.lines[-1].underline or _atx(text, in_list=self.in_list) or _html_heading(text):
            self.rest()
            return
        item = bool(_LIST_ITEM.match(text)) and not _RULE.match(text)
        if item:
            self.in_list = True
        elif self.after_blank and not text.startswith(("  ", "\t")):
            self.in_list = False
        self.in_indented = self.after_blank = False
        self.in_html = self.in_html or bool(_HTML_BLOCK.match(text))
        if self.in_html:
            self.lines[-1] = replace(self.lines[-1], kind="html")
        plain = not (item or self.in_html or self.in_list or _QUOTE.match(text) or _RULE.match(text))
        plain = plain and not text.lstrip().startswith("|") and bool(split_anchors(text)[1].strip())
        self.paragraph_lines = self.paragraph_lines + 1 if plain else 2 if not _RULE.match(text) else 0


def _atx(text: str, *, in_list: bool) -> tuple[int, str, bool] | None:
    """The level and words of a heading with hashes, and whether it is a first-level one without a space."""
    opening = _ATX.match(text)
    if not opening or (in_list and len(opening[1]) > 1):
        return None
    level, words = len(opening[2]), text[opening.end() :]
    spaced = not words or words[0] in " \t"
    words = words.strip()
    bare = words.rstrip("#")
    closing = len(words) - len(bare)
    if closing and (not bare or bare[-1] in " \t" or (closing == level > 1 and bare[-1] != "\\")):
        words = bare.rstrip()
    return level, words, level == 1 and not spaced and not words.lower().startswith("<a")


def _html_heading(text: str) -> tuple[int, str, bool] | None:
    heading = _HTML_HEADING.match(text)
    if not heading:
        return None
    anchor = f"<a {heading[2]}></a>" if heading[2].strip() else ""
    return int(heading[1]), anchor + heading[3].strip(), False
