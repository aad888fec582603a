"""An entry as PDF, to attach and to archive, with its answer as a tree that a template can read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from faq.formats.typesetting import typeset
from faq.knowledge.limits import Limit
from faq.pages.entry_urls import edition_suffix, entry_address
from faq.pages.labels import conflict_label, day
from faq.pages.safe_html import answer_html
from faq.store.entries import ShownEntry

ENTRY_TEMPLATE = Path(__file__).parent / "typeset" / "entry.typ"
VOID = frozenset({"br", "hr"})
BLOCKS = frozenset({"blockquote", "div", "dl", "h3", "h4", "h5", "hr", "li", "ol", "p", "pre", "table", "ul"})
SPACE = re.compile(r"\s+")

Node = str | list[Any]
"""A text, or a tag with its attributes and what is in it: `["p", {}, ["text"]]`."""


def entry_pdf(entry: ShownEntry) -> bytes:
    """An entry with its limits and its sources, in the active language."""
    language = entry.heading.language
    in_edition = edition_suffix(entry.edition)
    answer = answer_html(entry.html, lambda other: entry_address(other, language) + in_edition)
    return typeset(
        ENTRY_TEMPLATE,
        {
            "language": language,
            "title": entry.heading.question,
            "head": [
                [_("Section"), entry.section_title],
                [_("Edition"), entry.edition],
                *([[_("Checked on"), day(entry.checked)]] if entry.checked else []),
            ],
            "answer": html_tree(answer),
            "limits": [_limit(limit, language) for limit in entry.limits],
            "sources": [[f"{source.name}, {day(source.date)}", source.url or ""] for source in entry.sources],
            "link": entry_address(entry.heading.slug, language) + in_edition,
            "words": {"limits": _("Limits"), "sources": _("Sources")},
        },
    )


def _limit(limit: Limit, language: str) -> list[Any]:
    """A limit as a row: its name, its value, and what is to be known with it."""
    notes = [limit.note[language]] if limit.note else []
    notes += [f"{conflict_label(conflict)} {conflict.text[language]}" for conflict in limit.conflicts]
    return [limit.name[language], limit.shown(language), notes]


class _Tree(HTMLParser):
    """Puts the tags of an answer, which are closed where they have to be, into each other."""

    def __init__(self) -> None:
        super().__init__()
        self.top: list[Node] = []
        self._open: list[list[Node]] = [self.top]
        self._in_code = False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        node: list[Any] = [tag, {name: value or "" for name, value in attrs}, []]
        self._open[-1].append(node)
        self._in_code = self._in_code or tag == "pre"
        if tag not in VOID:
            self._open.append(node[2])

    def handle_endtag(self, tag: str) -> None:
        self._in_code = self._in_code and tag != "pre"
        if tag not in VOID and len(self._open) > 1:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        text = data if self._in_code else SPACE.sub(" ", data)
        if text.strip() or (self._open[-1] and not _is_block(self._open[-1][-1])):
            self._open[-1].append(text)


def _is_block(node: Node) -> bool:
    return isinstance(node, list) and node[0] in BLOCKS


def html_tree(html: str) -> list[Node]:
    """The HTML of an answer as a tree for a template."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    return tree.top
