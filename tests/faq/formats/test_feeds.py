"""What changed last, as Atom feeds."""

from __future__ import annotations

import feedparser
import pytest
from django.conf import settings
from django.test import Client

from faq.models import Translation
from tests.faq.builders import edition, published

pytestmark = pytest.mark.django_db


HERE = settings.ORIGIN


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


class TestFeeds:
    """Atom feeds of changes, read by another's library."""

    @pytest.mark.parametrize("path", ["/nl/changes.atom", "/en/changes.atom", "/en/sections/bgp/changes.atom"])
    def test_one_is_well_formed_and_leads_to_entries(self, client: Client, path: str) -> None:
        answer = client.get(path)
        assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        feed = feedparser.parse(answer.content)
        assert not feed.bozo
        assert feed.feed.language == path[1:3]
        assert 1 <= len(feed.entries) <= 50
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)
        assert all(entry.link.startswith(f"{HERE}{path[:4]}faq/") for entry in feed.entries)
        page = path.removesuffix("changes.atom")
        assert 'type="application/atom+xml"' in body(client, page)
        assert f'href="{path}"' in body(client, page)

    def test_what_changed_last_comes_first(self, client: Client) -> None:
        made = edition()
        published(made, slug="older")
        published(made, slug="newer", order=2)
        Translation.objects.filter(entry__slug="older").update(changed_at="2026-01-01T00:00:00Z")
        feed = feedparser.parse(client.get("/en/changes.atom?edition=2020-01").content)
        assert [entry.link.partition("?")[0].rstrip("/").rpartition("/")[2] for entry in feed.entries] == [
            "newer",
            "older",
        ]

    def test_one_of_another_edition_stays_in_it(self, client: Client) -> None:
        published(edition(), related=())
        feed = feedparser.parse(client.get("/en/changes.atom?edition=2020-01").content)
        links = [feed.feed.link, *(link.href for link in feed.feed.links), *(entry.link for entry in feed.entries)]
        assert all(link.endswith("?edition=2020-01") for link in links), links
        assert 'href="/en/changes.atom?edition=2020-01"' in body(client, "/en/?edition=2020-01")

    def test_a_section_that_is_not_there_has_none(self, client: Client) -> None:
        assert client.get("/nl/sections/none/changes.atom").status_code == 404
