"""The one place that marks HTML as safe for a page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from faq.knowledge.markdown import with_entry_urls, with_reachable_tables


def answer_html(clean: str, url: Callable[[str], str]) -> SafeString:
    """An answer as `render_answer` made it, ready to use: each link to an entry leads to what `url(slug)` gives."""
    return mark_safe(with_entry_urls(clean, url))  # noqa: S308 -- cleaned by nh3; the links are escaped


def answer_on_page(clean: str, url: Callable[[str], str], table_name: Callable[[int], str]) -> SafeString:
    """The same for a page of the site: its tables scroll, and are called what `table_name(number)` says."""
    tables = with_reachable_tables(with_entry_urls(clean, url), table_name)
    return mark_safe(tables)  # noqa: S308 -- cleaned by nh3; the links and the names are escaped


def marked(pieces: Iterable[tuple[str, bool]]) -> str:
    """Pieces of a text, each with whether it was looked for, as escaped HTML with the latter marked.
    It stands between tags, not in an attribute: quotes stay.
    """
    return "".join(
        f"<mark>{escape(text, quote=False)}</mark>" if is_hit else escape(text, quote=False) for text, is_hit in pieces
    )


def marked_html(pieces: Iterable[tuple[str, bool]]) -> SafeString:
    """The same as a part of the page."""
    return mark_safe(marked(pieces))  # noqa: S308 -- escaped


def rows_html(rows: Iterable[str]) -> SafeString:
    """Rows that `result_rows` wrote, and so escaped, as a part of the page."""
    return mark_safe("".join(rows))  # noqa: S308 -- escaped where it is written


def options_html(choices: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """The options of a field: of each choice its value and what it is called. One of them may be chosen."""
    options = (
        f'<option value="{escape(code)}"{" selected" if code == chosen else ""}>{escape(name)}</option>'
        for code, name in choices
    )
    return mark_safe("\n".join(options))  # noqa: S308 -- escaped


def advice_html(written: str) -> SafeString:
    """A part of an advice that `advisor.pages.sheet_html` wrote, and so escaped, as a part of the page."""
    return mark_safe(written)  # noqa: S308 -- escaped where it is written


def as_json_ld(data: Mapping[str, Any]) -> SafeString:
    """Data as a script element that search engines read and browsers do not run; nothing in it can end it."""
    written = json.dumps(data, ensure_ascii=False).translate(
        {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
    )
    return mark_safe(f'<script type="application/ld+json">{written}</script>')  # noqa: S308 -- escaped just above
