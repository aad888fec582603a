"""The sitemap: every page in each language, more editions, and where it does not fit in one page."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from faq.formats.sitemaps import PublicPages
from tests.faq.builders import edition, published

pytestmark = pytest.mark.django_db

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(client: Client, path: str, **headers: str) -> list[str]:
    """The addresses that a sitemap or an index names."""
    answer = client.get(path, headers=headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/xml")
    return [str(found.text) for found in ElementTree.fromstring(answer.content).iter(f"{SPACE}loc")]  # noqa: S314


def test_the_sitemap_has_every_page_in_both_languages_each_pointing_at_the_other(client: Client, settings: Any) -> None:
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 -- our own words
    xhtml = "{http://www.w3.org/1999/xhtml}"
    pages = {url.findtext(f"{SPACE}loc"): url for url in root}
    of_default = [address for address in pages if "?" not in str(address)]
    assert len(pages) == len(root)
    assert len(of_default) == 2 * (9 + 9 + 67)
    assert len(pages) - len(of_default) == 2 * (224 - 67)  # what the newer edition alone answers
    for address, url in pages.items():
        links = {link.attrib["hreflang"]: link.attrib["href"] for link in url.iter(f"{xhtml}link")}
        assert set(links) == {"nl", "en", "x-default"}
        assert address in links.values()
        assert set(links.values()) <= set(pages)
    for address in list(pages)[:40]:
        assert client.get(str(address).removeprefix(settings.ORIGIN)).status_code == 200


def test_other_editions_bring_what_the_default_one_lacks(client: Client, settings: Any) -> None:
    made = edition("2020-01")
    published(made, slug="what-is-a-tunnel")
    published(made, slug="what-is-expressroute", order=2)
    told = [address for address in locations(client, "/sitemap.xml") if "?edition=2020" in address]
    assert told == [f"{settings.ORIGIN}/{language}/faq/what-is-a-tunnel/?edition=2020-01" for language in ("nl", "en")]
    for address in told:
        page = client.get(address.removeprefix(settings.ORIGIN)).content.decode()
        assert f'<link rel="canonical" href="{address}">' in page


def test_a_long_sitemap_is_an_index_of_its_pages(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = locations(client, "/sitemap.xml")
    monkeypatch.setattr(PublicPages, "limit", 50)
    published(edition("2020-01"), slug="new")
    index = locations(client, "/sitemap.xml", host="localhost")
    assert index == [f"{settings.ORIGIN}/sitemap-pages.xml?p={number}" for number in range(1, 11)]
    parts = [locations(client, page.removeprefix(settings.ORIGIN), host="localhost") for page in index]
    assert [len(part) for part in parts] == [50] * 9 + [2 * (9 + 9 + 224 + 1) - 450]
    assert set(whole) < {address for part in parts for address in part}


@pytest.mark.parametrize("page", ["0", "2", "many"])
def test_a_page_that_is_not_there_is_a_404(client: Client, page: str) -> None:
    assert client.get("/sitemap-pages.xml", {"p": page}).status_code == 404


def test_a_day_of_change_is_told_of_entries_alone(client: Client) -> None:
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 -- our own words
    days = {str(url.findtext(f"{SPACE}loc")): url.findtext(f"{SPACE}lastmod") for url in root}
    assert all((day is not None) == ("/faq/" in address and address[-5:] != "/faq/") for address, day in days.items())
