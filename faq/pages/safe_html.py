"""The one place that marks HTML as safe for a page."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from faq.knowledge.markdown import with_entry_urls


def answer_html(clean: str, url: Callable[[str], str]) -> SafeString:
    """An answer as `render_answer` made it, ready for a page: each link to an entry leads to what `url(slug)` gives."""
    return mark_safe(with_entry_urls(clean, url))  # noqa: S308 -- cleaned by nh3; the links are escaped


def drawing_html(svg: str) -> SafeString:
    """A drawing that ElementTree wrote, and so escaped, as a part of the page."""
    return mark_safe(svg)  # noqa: S308 -- written by ElementTree


def as_json_ld(data: Mapping[str, Any]) -> SafeString:
    """Data as a script element that search engines read and browsers do not run; nothing in it can end it."""
    written = json.dumps(data, ensure_ascii=False).translate(
        {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
    )
    return mark_safe(f'<script type="application/ld+json">{written}</script>')  # noqa: S308 -- escaped just above
