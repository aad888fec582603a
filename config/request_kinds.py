"""Which requests cost much, so that they do not take the place of those that cost little."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from web.languages import LANGUAGES
from web.serving.admission import Bounds

PAGES, COSTLY, LARGE, ACCOUNTS = "pages", "costly", "large", "accounts"

BOUNDS = {
    PAGES: Bounds(at_once=4, waiting=32, seconds=1.0),
    COSTLY: Bounds(at_once=2, waiting=4, seconds=1.0),
    LARGE: Bounds(at_once=1, waiting=3, seconds=5.0),
    ACCOUNTS: Bounds(at_once=4, waiting=16, seconds=20.0),
}
"""What a worker does at once, for each kind. More than two costly requests at once gain nothing, as one Python process
has one core; who waits behind four others has an answer within a quarter of a second.
"""

LONG_QUERY = 2_000
"""Bytes of a query that describes more than a few sites."""

LONG_BODY = 20_000
"""Bytes of a posted form or need that does."""

_LANGUAGE = "|".join(LANGUAGES)
_COSTLY = re.compile(
    rf"(?:/embed)?/(?:{_LANGUAGE})/(?:search(?!/ask)|advice)\b"
    r"|/api/v1/(?:search|suggest|advice|deployables|need)|/mcp|/opensearch/"
)
_WHOLE = re.compile(
    rf"/(?:{_LANGUAGE})/(?:(?:faq|limits|changes)/|(?:sections/[^/]+/)?changes\.atom)$|/sitemap(?:-pages)?\.xml$"
)
"""Pages on which all of the FAQ stands: rendered once and kept, but for each query of somebody's own once more."""

_LARGE = re.compile(settings.LARGE_QUERIES)
_LARGE_PATHS = re.compile(rf"(?:/embed)?/(?:{_LANGUAGE})/(?:advice/open|search/text)/")


def kind_of(scope: Mapping[str, Any]) -> str:
    """The kind of a request (an ASGI scope): costly are search, advice, and whole lists with a query; large are those
    that may be of many sites or a whole mail; what an account does, or whoever sends a form, is apart from what readers
    ask for.
    """
    path: str = scope["path"]
    posts = scope["method"] not in ("GET", "HEAD", "OPTIONS")
    if _COSTLY.match(path) or (scope["query_string"] and _WHOLE.match(path)):
        query = scope["query_string"].decode("latin-1")
        headers = dict(scope["headers"])
        is_long = len(query) > LONG_QUERY or int(headers.get(b"content-length", 0)) > LONG_BODY
        asks_for_much = posts and (is_long or _LARGE_PATHS.match(path))
        return LARGE if is_long or asks_for_much or _LARGE.search(query) else COSTLY
    cookies = b"".join(value for name, value in scope["headers"] if name == b"cookie")
    return ACCOUNTS if posts or f"{settings.SESSION_COOKIE_NAME}=".encode() in cookies else PAGES
