"""Lists of contents, which the site makes itself: links to the questions of the same document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from faq.documents.model import Line

_TITLE = re.compile(
    r"(?:table[ \t]of[ \t])?contents?|toc|index|on[ \t]this[ \t]page|in[ \t]this[ \t](?:article|document|page)"
    r"|(?:list[ \t]of[ \t])?(?:questions|topics)|quick[ \t]links|inhoud(?:sopgave)?|op[ \t]deze[ \t]pagina"
    r"|in[ \t]dit[ \t](?:artikel|document)|vragen|onderwerpen",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?")
_LINK = re.compile(
    r"\[(?:[^\[\]\n]|\[[^\[\]\n]*\]){1,300}\]\(#[^()\s]{0,300}(?:[ \t]+\"[^\"\n]*\")?\)"
    r"|<a[ \t]+href=[\"']#[^\"'<>]{0,300}[\"'][ \t]*>[^<>\n]{1,300}</a>",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:[ \t|*_,;:.·•/\\-]|<br[ \t]*/?>|</?(?:ul|ol|li|p|nav|div)>)*", re.IGNORECASE)


def is_contents(title: str, lines: Sequence[Line]) -> bool:
    """Whether lines are a list of links to places in the same document, and nothing else.

    Below a heading that says so, items of the list may also name a group of the links.
    """
    filled = [_with_short_links(line) for line in lines if line.text.strip()]
    links = [_is_link(text) for text in filled]
    if not any(links):
        return False
    says_so = _TITLE.fullmatch(title.strip(" \t:"))
    return all(is_link or (says_so and _is_group(text)) for text, is_link in zip(filled, links, strict=True))


def _with_short_links(line: Line) -> str:
    """The text of a line in which links to the file it stands in name only their place."""
    name = re.escape(PurePath(line.file).name)
    return re.sub(rf"(?<=\]\()(?:\./)?{name}(?=#)", "", line.text)


def _is_link(text: str) -> bool:
    bare = _BULLET.sub("", text, count=1)
    rest = _LINK.sub("", bare)
    return rest != bare and bool(_BETWEEN.fullmatch(rest))


def _is_group(text: str) -> bool:
    """Whether a line is an item of a list, or bold, and short."""
    bullet = _BULLET.match(text)
    marked = bool(bullet and bullet[0].strip()) or text.lstrip().startswith(("**", "<"))
    return marked and len(text) <= 80 and not text.rstrip().endswith((".", "?", "!"))
