"""The words of a heading: one line of plain text, from Markdown, and to Markdown that reads back the same."""

from __future__ import annotations

import html
import re

from faq.documents.inline import code_spans

_ESCAPED = re.compile(
    r"\\(?P<plain>[!-/:-@\[-`{-~])|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
)
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()]{0,1000}\)")
_BREAK = re.compile(r"<(?:br\s{0,9}/?|/br)\s{0,9}>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|i|u|em|strong|code|sup|sub|span|font|small|kbd|nobr)(?:\s[^<>]{0,300})?/?>", re.IGNORECASE)
_STRONG = re.compile(
    r"(?<![\w*])\*\*(?=[^\s*])([^*]{1,500})(?<!\s)\*\*(?![\w*])|(?<![\w_])__(?=[^\s_])([^_]{1,500})(?<!\s)__(?![\w_])"
)
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*]{1,500})(?<!\s)\*(?![\w*])|(?<![\w_])_(?=[^\s_])([^_]{1,500})(?<!\s)_(?![\w_])"
)
_SPECIAL = re.compile(r"([\\`*_\[\]<>&#!])")

# Characters that an escape or a code span makes plain are kept out of the way here until the rest is read.
_ASIDE = 0xF0000
_BACK = {_ASIDE + code: chr(code) for code in range(0x80)}


def plain_words(markdown: str) -> str:
    """Markdown as one line of plain text: without emphasis, code marks, links, tags, escapes and references."""
    parts = []
    position = 0
    for start, end in code_spans(markdown):
        width = len(markdown[start:end]) - len(markdown[start:end].lstrip("`"))
        parts += [_escapes_aside(markdown[position:start]), _aside(markdown[start + width : end - width])]
        position = end
    text = "".join([*parts, _escapes_aside(markdown[position:])])
    text = _TAG.sub("", _BREAK.sub(" ", text))
    text = _LINK.sub(r"\1", text)
    for emphasis in (_STRONG, _EMPHASIS):
        text = emphasis.sub(lambda found: found[1] or found[2], text)
    return one_line(text.translate(_BACK))


def marked_words(words: str) -> str:
    """Plain words as Markdown of one line: as they are where that reads back the same, else with escapes."""
    line = one_line(words)
    if plain_words(line) == line and not line.endswith("#") and not _suspect(line):
        return line
    return _SPECIAL.sub(r"\\\1", line)


def one_line(text: str) -> str:
    """Text with each stretch of white space as one space, and none around it."""
    return " ".join(text.split())


def _suspect(line: str) -> bool:
    """Whether something stands there that is taken out before the words are read: a tag, a comment, an include."""
    return "<" in line or "[" in line


def _escapes_aside(text: str) -> str:
    return _ESCAPED.sub(lambda found: _aside(found["plain"] or html.unescape(found["entity"])), text)


def _aside(text: str) -> str:
    return "".join(chr(_ASIDE + ord(char)) if ord(char) < 0x80 and not char.isspace() else char for char in text)
