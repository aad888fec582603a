"""The links of the site, in all pages of all editions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from zlib import crc32

import pytest
from django.test import Client

from faq.models import Entry
from faq.store.editions import default_edition
from tests.every import EVERY
from tests.kept_reads import reads_kept
from web.languages import LANGUAGES

pytestmark = pytest.mark.django_db


MOST_ALIKE = 3
"""Addresses of one shape that are no page with links of its own: so many of them are followed."""

_LEAF = re.compile(r"/search/|/advice/|\.[a-z]+(?:\?|$)|/changes/|/feedback/|^/en/faq/[^/]|^/nl/faq/[^/]+/\?edition=")
"""What has no links of its own, and the entries that are shown in another language or edition as well."""

_ENTRY = re.compile(r"/nl/faq/([^/.?]+)/")


@pytest.fixture(autouse=True)
def _kept(db: None) -> Iterator[None]:
    with reads_kept():
        yield


def shape_of(address: str) -> str:
    """An address without what tells one entry, section, or query from another."""
    path, _, query = address.partition("?")
    path = re.sub(r"/(faq|sections)/[^/.]+", r"/\1/*", path)
    telling = ("edition=", "part=")
    told = {part if part.startswith(telling) else part.partition("=")[0] for part in query.split("&")}
    return f"{path}?{'&'.join(sorted(told))}"


def test_the_links_of_the_site_lead_somewhere(client: Client) -> None:
    """Every link of every page, followed once; of copies, downloads and queries that are alike, the first. Of the
    entries a test run follows one in three, and sees of the others that they are there.
    """
    slugs = set(Entry.objects.published().filter(edition=default_edition()).values_list("slug", flat=True))
    waiting = {f"/{code}/": client.get(f"/{code}/").content.decode() for code in LANGUAGES}
    seen = set(waiting)
    alike = Counter[str]()
    while waiting:
        address, page = waiting.popitem()
        ids = set(re.findall(r'\bid="([^"]+)"', page))
        for link in re.findall(r'<a [^>]*href="([^"]+)"', page):
            path, _, fragment = link.replace("&amp;", "&").partition("#")
            if not path:
                assert fragment in ids, f"{address} links to #{fragment}"
            elif path.startswith("/") and path not in seen and "/static/" not in path:
                seen.add(path)
                if _LEAF.search(path):
                    alike[shape_of(path)] += 1
                    if alike[shape_of(path)] > MOST_ALIKE:
                        continue
                entry = None if EVERY else _ENTRY.fullmatch(path)
                if entry and entry[1] in slugs and crc32(path.encode()) % 3:
                    continue
                answer = client.get(path, follow=True)
                assert answer.status_code == 200, f"{address} links to {path}"
                is_page = answer["Content-Type"].startswith("text/html") and "/search/" not in path
                if is_page and "/advice/" not in path and not answer.redirect_chain:
                    waiting[path] = answer.content.decode()
    assert len(seen) > 150
