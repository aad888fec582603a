"""What caches may do with each answer: a shared one never gets what is for one reader, or what one of them typed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from faq.pages.public_page import pages
from faq.store import content_version
from tests.faq.builders import EXPRESSROUTE, account
from web.page_cache import OUT_OF_DATE_PERHAPS, Shelf
from web.shared_caches import PRIVATE

pytestmark = pytest.mark.django_db

PUBLIC = "public, max-age=0, s-maxage=10, stale-while-revalidate=10"
HTMX = {"HX-Request": "true"}

OWN = (
    "/nl/",
    "/en/",
    "/nl/faq/",
    f"/nl/faq/{EXPRESSROUTE}/",
    f"/nl/faq/{EXPRESSROUTE}/?edition=2020-01",
    f"/nl/faq/{EXPRESSROUTE}.md",
    f"/nl/faq/{EXPRESSROUTE}.txt",
    f"/nl/faq/{EXPRESSROUTE}.html",
    "/nl/faq.md",
    "/nl/limits/",
    "/nl/editions/",
    "/nl/changes/",
    "/nl/about/",
    "/nl/search/",
    "/nl/advice/",
    "/nl/changes.atom",
    "/nl/api/",
    "/sitemap.xml",
    "/robots.txt",
    "/llms.txt",
    "/opensearch/nl.xml",
)
"""Pages of the site's own, in each form."""

TYPED = (
    "/nl/search/?q=bgp",
    "/nl/search.md?q=bgp",
    "/nl/limits/?filter=basic",
    "/nl/advice/?clients=5",
    "/nl/advice/result/?clients=5",
    "/nl/advice/editions/?clients=5",
    "/nl/?utm_source=x",
    "/opensearch/nl/suggestions?q=bgp",
)
"""Pages whose address says what a visitor typed."""

COUNTED = (
    "/api/v1/editions",
    "/api/v1/search?q=bgp&lang=nl",
    "/api/v1/openapi.json",
    "/api/v1/none",
    "/oembed?url=x",
    "/embed/nl/search",
    f"/embed/nl/{EXPRESSROUTE}",
)
"""What tells how much of a quota is left."""

OTHERS = ("/", "/nl/none", "/fr/faq/", "/nl/faq/none/", "/help/none", "/nl/faq/what-is-none/feedback/", "/NL/FAQ/")
"""Redirects and errors, which caches may keep by themselves where nothing is said."""


def said(client: Client, address: str, **headers: str) -> str:
    return str(client.get(address, headers=headers).headers["Cache-Control"])


@pytest.mark.parametrize("address", OWN)
def test_a_page_of_the_sites_own_may_be_shared_for_a_while(client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, PUBLIC)
    assert not answer.cookies
    assert "Cookie" not in answer.headers["Vary"]
    assert "Accept-Encoding" in answer.headers["Vary"]
    unchanged = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (unchanged.status_code, unchanged.headers["Cache-Control"]) == (304, PUBLIC)


@pytest.mark.parametrize("address", [*TYPED, *COUNTED, *OTHERS])
def test_every_other_answer_is_for_one_reader(client: Client, address: str) -> None:
    told = said(client, address)
    assert "private" in told or "no-store" in told
    assert "public" not in told


@pytest.mark.parametrize("address", OWN)
def test_who_has_a_session_asks_each_time(client: Client, address: str) -> None:
    plain = client.get(address)
    client.cookies["sessionid"] = "a" * 32
    answer = client.get(address)
    assert (answer.headers["Cache-Control"], answer.content) == (PRIVATE, plain.content)
    assert answer.headers["ETag"] == plain.headers["ETag"]


def test_no_answer_to_an_account_may_be_shared(client: Client) -> None:
    client.force_login(account("publisher"))
    for address in ("/admin/", *OWN, *TYPED, *COUNTED, *OTHERS):
        told = said(client, address)
        assert "public" not in told, address


@pytest.mark.parametrize(("seconds", "stale"), [(2, 2), (10, 10), (3600, 10)])
def test_a_page_is_shown_a_while_longer_while_it_is_asked_for(
    client: Client, settings: Any, seconds: int, stale: int
) -> None:
    settings.SHARED_CACHE_SECONDS = seconds
    assert said(client, "/nl/") == f"public, max-age=0, s-maxage={seconds}, stale-while-revalidate={stale}"


def test_a_site_without_shared_caches_says_so(client: Client, settings: Any) -> None:
    settings.SHARED_CACHE_SECONDS = 0
    assert said(client, "/nl/") == "public, no-cache"
    client.cookies["sessionid"] = "a" * 32
    assert said(client, "/nl/") == PRIVATE


def test_files_that_never_change_are_for_all(client: Client) -> None:
    client.cookies["sessionid"] = "a" * 32
    assert said(client, "/gateway-faq.js") == "public, max-age=3600"


@pytest.mark.parametrize("address", ["/nl/search/?q=bgp", "/nl/limits/"])
def test_a_cache_keeps_a_part_and_a_page_apart(client: Client, address: str) -> None:
    for headers in ({}, HTMX, HTMX | {"HX-History-Restore-Request": "true"}):
        varies = client.get(address, headers=headers).headers["Vary"]
        assert {"HX-Request", "HX-History-Restore-Request"} <= set(re.split(r", *", varies))
        assert len(varies) < 128  # the most that nginx takes


def test_the_etag_tells_the_version_of_the_content(client: Client) -> None:
    number = content_version.current()
    assert client.get("/nl/").headers["ETag"].startswith(f'W/"{number}-')
    content_version.advance()
    assert client.get("/nl/").headers["ETag"].startswith(f'W/"{number + 1}-')


def test_a_page_that_may_be_out_of_date_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Cache-Status" not in client.get("/nl/").headers
    monkeypatch.setattr(pages, "is_stale", lambda: True)
    answer = client.get("/nl/")
    assert answer.headers["Cache-Status"] == OUT_OF_DATE_PERHAPS
    unchanged = client.get("/nl/", headers={"If-None-Match": answer.headers["ETag"]})
    assert unchanged.headers["Cache-Status"] == OUT_OF_DATE_PERHAPS


def test_what_is_rendered_while_the_version_is_not_known_is_kept_nowhere(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "is_stale", lambda: True)
    shelf = Shelf(10_000_000)
    monkeypatch.setattr(pages, "shelf", shelf)
    answer = client.get("/nl/")
    assert answer.status_code == 200
    assert "Cache-Status" not in answer.headers
    assert not shelf._pages
