"""Every address of the site, from its own list of them, so that a new one is tried as well."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils.regex_helper import normalize

SLUG = "what-is-expressroute"

USUAL = {
    "slug": SLUG,
    "form": "md",
    "section": "bgp",
    "name": "page.js",
    "code": "bvqvdw",
    "key": "a.b",
    "path": "faq/",
    "version": "0123456789ab",
    "language": "nl",
    "app_label": "faq",
    "content_type_id": "1",
    "url": "admin/",
}
"""What an address names, where it is not a number."""


def every_address() -> list[str]:
    """Every address once, the admin's among them, with what it names filled in; frames in one language, as the other
    has the same. The one that ends a session is last.
    """
    found = {each for each in _addresses(get_resolver().url_patterns, "/") if not each.startswith("/embed/en/")}
    assert len(found) > 150
    return sorted(found, key=lambda address: (address == "/admin/logout/", address))


def takes_forms(address: str, status: int) -> bool:
    """Whether forms are sent to an address, by the status of its page: the admin's, and those that have no page."""
    return address.startswith("/admin/") or status == 405


def _addresses(found: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for entry in found:
        own = "nl/" if isinstance(entry.pattern, LocalePrefixPattern) else normalize(entry.pattern.regex.pattern)[0][0]
        if isinstance(entry, URLResolver):
            yield from _addresses(entry.url_patterns, before + own)
        else:
            yield before + re.sub(r"%\((\w+)\)s", lambda name: USUAL.get(name[1], "1"), own)
