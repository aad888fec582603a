"""The rows of a list of search results. In Python, not in a template: with a template for each part of each row,
writing the page took three times as long as searching.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape

from faq.pages.entry_urls import entry_path, section_path
from faq.pages.labels import type_name
from faq.pages.safe_html import marked
from faq.search.service import Result


def result_rows(results: Iterable[Result], level: int, language: str, edition_query: str) -> Iterator[str]:
    """An item of a list for each result, in HTML: a heading of this level, the short answer, what the answer adds to
    that about what was looked for, and the section and connection types. Everything in it is escaped.
    """
    in_edition = escape(edition_query)
    tag = cache(_tag)  # what a type is called is looked up in a catalogue, and the rows have few types
    for one in results:
        spoken = f' lang="{escape(one.language)}"' if one.language != language else ""
        entry, section = escape(entry_path(one.slug, language)), escape(section_path(one.section, language))
        passage = f'<p class="passage">{marked(one.passage)}</p>' if one.passage else ""
        tags = "".join(tag(code) for code in one.connection_types)
        yield f"""<li class="found"{spoken}>
  <h{level}><a href="{entry}{in_edition}" data-slug="{escape(one.slug)}">{marked(one.question)}</a></h{level}>
  <p>{marked(one.summary)}</p>{passage}
  <p class="about"><a href="{section}{in_edition}">{escape(one.section_title)}</a> {tags}</p>
</li>"""


def light_rows(results: Iterable[Result], language: str, edition_query: str) -> Iterator[str]:
    """An item of a list for each result, in HTML: its question and its section, and nothing marked."""
    in_edition = escape(edition_query)
    for one in results:
        spoken = f' lang="{escape(one.language)}"' if one.language != language else ""
        address = escape(entry_path(one.slug, language)) + in_edition
        question, section = escape(one.plain_question, quote=False), escape(one.section_title, quote=False)
        link = f'<a href="{address}" data-slug="{escape(one.slug)}">{question}</a>'
        yield f"<li{spoken}>{link} <small>{section}</small></li>"


def _tag(code: str) -> str:
    return f'<span class="tag">{escape(type_name(code))}</span> '
