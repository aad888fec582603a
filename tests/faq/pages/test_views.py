"""The public pages: what they show, and where addresses lead."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from faq.models import ContentVersion, Edition, Entry
from faq.store.publishing import publish, published_content, withdraw
from tests.every import some
from tests.faq.builders import EXPRESSROUTE, PAGES, content, edition, published, text

pytestmark = pytest.mark.django_db


def body(client: Client, address: str, **headers: Any) -> str:
    """The page at an address, which must be there."""
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_whole_and_asks_nothing_of_others(client: Client, address: str) -> None:
    page = body(client, address)
    language = address[1:3]
    assert f'<html lang="{language}">' in page
    assert page.count("<h1") == 1
    fetched = re.sub(r"<a [^>]*>", "", page)  # a link is followed by a reader, not by the browser
    assert not re.search(rf'(?:src|href|action)="(?!{re.escape(settings.ORIGIN)}/)(?:https?:)?//', fetched)
    assert "style=" not in page
    assert not re.search(r'<script(?![^>]*\b(?:src=|type="application/ld\+json"))', page)
    assert not re.search(r"\son[a-z]+=", page)


@pytest.mark.parametrize("address", PAGES)
def test_a_reader_gets_no_cookie(client: Client, address: str) -> None:
    client.get(address)
    assert not client.cookies


@pytest.mark.parametrize("address", PAGES)
def test_every_page_names_its_twin_and_its_canonical_address(client: Client, address: str) -> None:
    page = body(client, address)
    path = address.partition("?")[0]
    assert f'<link rel="canonical" href="{settings.ORIGIN}{path}">' in page
    for language in ("nl", "en"):
        assert f'hreflang="{language}" href="{settings.ORIGIN}/{language}{path[3:]}">' in page


def test_a_change_is_on_the_page_at_once(client: Client) -> None:
    entry = published(edition())
    address = f"/nl/faq/{entry.slug}/?edition=2020-01"
    before = client.get(address)
    publish(entry, content(texts={"nl": text(answer="**Iets heel anders nu.**")}))
    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "Iets heel anders nu." in after.content.decode()


def test_the_policy_allows_nothing_inline_and_nobody_else(client: Client) -> None:
    policy = client.get("/nl/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    ("accepts", "leads_to"),
    [
        ("nl", "nl"),
        ("en-GB,en;q=0.9", "en"),
        ("de,fr;q=0.8", "nl"),
        ("", "nl"),
        ("de, en;q=0.5, nl;q=0.7", "nl"),
        ("*", "nl"),
    ],
)
@pytest.mark.parametrize("path", ["", f"faq/{EXPRESSROUTE}", f"faq/{EXPRESSROUTE}/", "faq/", "faq"])
def test_an_address_without_a_language_goes_to_the_visitors(
    client: Client, accepts: str, leads_to: str, path: str
) -> None:
    answer = client.get(f"/{path}?edition=2016-12", headers={"Accept-Language": accepts})
    rest = f"{path.rstrip('/')}/" if path else ""
    assert answer.status_code == 302
    assert answer["Location"] == f"/{leads_to}/{rest}?edition=2016-12"
    assert "Accept-Language" in answer["Vary"]


def test_a_language_that_is_not_there_becomes_dutch_and_says_so(client: Client) -> None:
    page = client.get(f"/de/faq/{EXPRESSROUTE}/?edition=2016-12", follow=True)
    assert page.redirect_chain[-1][0] == f"/nl/faq/{EXPRESSROUTE}/?edition=2016-12&language=de"
    assert "Er zijn geen pagina’s in ‘de’." in page.content.decode().replace("&#x27;", "'")


def test_the_language_switch_stays_on_the_page_with_its_query(client: Client) -> None:
    page = body(client, "/nl/search/?q=tunnel+valt+weg&edition=2016-12")
    assert 'href="/en/search/?q=tunnel+valt+weg&amp;edition=2016-12"' in page
    assert 'hreflang="en" href="/en/' in page


def test_an_entry_shows_its_limits_in_the_readers_notation(client: Client) -> None:
    slug = "how-much-throughput-can-i-expect-through-site-to-site-or-point-to-site-connections"
    assert "200 Mbit/s" in body(client, f"/nl/faq/{slug}/")
    assert "200 Mbps" in body(client, f"/en/faq/{slug}/")


def test_an_entry_shows_its_sources_with_their_dates(client: Client) -> None:
    page = body(client, f"/nl/faq/{EXPRESSROUTE}/")
    assert re.search(
        r'<a href="https://[^"]+/vpn-gateway-vpn-faq.md">VPN Gateway FAQ</a></cite>,\s+<span class="day">december 2016',
        page,
    )
    assert "de link opent de versie van oktober 2016" in page


def test_the_whole_faq_has_an_anchor_for_every_slug(client: Client) -> None:
    page = body(client, "/nl/faq/")
    anchors = re.findall(r'\bid="([a-z0-9-]+)"', page)
    slugs = set(Entry.objects.filter(edition__code="2016-12").values_list("slug", flat=True))
    sections = set(Edition.objects.get(code="2016-12").sections.values_list("slug", flat=True))
    assert slugs | sections <= set(anchors)
    assert len(anchors) == len(set(anchors))
    assert len(slugs) == 67


TO_OTHERS = re.compile(r'<nav class="languages editions".*?</nav>|<aside class="notices".*?</aside>', re.DOTALL)
"""The switch between editions, and the way to the default one."""


@pytest.mark.parametrize("path", ["", "faq/", f"faq/{EXPRESSROUTE}/", "sections/bgp/", "limits/", "search/?q=bgp", "x"])
def test_the_links_of_a_page_stay_in_its_edition(client: Client, path: str) -> None:
    """But those that lead to another one, compare two, or are of none."""
    page = client.get(f"/en/{path}{'&' if '?' in path else '?'}edition=2026").content.decode()
    links = re.findall(r'<a [^>]*href="(/[^"]*)"', TO_OTHERS.sub("", page))
    left = {link for link in links if "edition=2026" not in link and "/changes/" not in link} - {"/en/api/"}
    assert len(links) > 5
    assert left == set()
    searches = re.findall(r'<form [^>]*role="search".*?</form>', page, re.DOTALL)
    assert searches
    for search in searches:
        assert re.search(r'name="edition"(?: value="2026">|>\s*<option value="2026" selected)', search)


def test_a_renamed_entry_is_found_under_its_former_slug(client: Client) -> None:
    entry = published(edition())
    publish(entry, content(slug="what-is-a-pipe"))
    answer = client.get("/nl/faq/what-is-a-tunnel/?edition=2020-01")
    assert (answer.status_code, answer["Location"]) == (301, "/nl/faq/what-is-a-pipe/?edition=2020-01")
    assert client.get("/faq/what-is-a-tunnel?edition=2020-01", follow=True).status_code == 200


def test_a_section_slug_leads_to_the_section(client: Client) -> None:
    assert client.get("/en/faq/bgp/")["Location"] == "/en/sections/bgp/"


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "Bedoelde u een van deze?"), ("en", "Did you mean one of these?")]
)
def test_a_slug_that_does_not_exist_gets_the_nearest_ones(client: Client, language: str, words: str) -> None:
    answer = client.get(f"/{language}/faq/what-is-expresroute/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert words in page
    assert f'href="/{language}/faq/{EXPRESSROUTE}/"' in page


@pytest.mark.parametrize(
    "path",
    [
        "/nl/nothing/",
        "/nl/faq/%00/",
        "/nl/faq/a\\b/",
        "/nl/faq/<script>/",
        "/nl/sections/none/",
        "/wp-login.php",
        "/nl/faq/" + "a" * 3000 + "/",
    ],
)
def test_what_is_not_there_is_a_helpful_404(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert b'role="search"' in answer.content
    assert b"<script>" not in answer.content


@pytest.mark.parametrize(
    "path", some(["/nl/search/", "/nl/", "/nl/faq/", f"/nl/faq/{EXPRESSROUTE}/", "/nl/advice/", "/nl/limits/"], 2)
)
@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%ff%fe",
        "q=" + "a" * 5000,
        "q=%ED%A0%80",
        "q=*%20OR%20~9%20(((",
        "edition=%00",
        "edition=" + "x" * 500,
        "edition=%ff",
        "=&&=",
        "q[]=1",
        "language=%3Cscript%3E",
    ],
)
def test_a_hostile_query_is_answered(client: Client, path: str, query: str) -> None:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code in (200, 400)
    assert b"<script>" not in answer.content


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ["/nl/", f"/nl/faq/{EXPRESSROUTE}/", "/nl/search/?q=x", "/nl/advice/steps/check/"])
def test_public_pages_only_answer_questions(client: Client, address: str, method: str) -> None:
    before = ContentVersion.objects.get().number
    assert getattr(client, method)(address).status_code == 405
    assert ContentVersion.objects.get().number == before


class TestEditions:
    """Reading another edition than the default one."""

    def test_another_edition_is_read_by_asking_for_it(self, client: Client) -> None:
        published(edition())
        page = body(client, "/nl/faq/what-is-a-tunnel/?edition=2020-01")
        assert "U leest editie 2020-01" in page
        assert 'href="/nl/sections/basics/?edition=2020-01"' in page

    def test_an_entry_that_an_edition_lacks_is_shown_from_the_other_and_labelled(self, client: Client) -> None:
        published(edition())
        page = body(client, "/nl/faq/what-is-a-tunnel/")
        assert "Editie 2016-12 heeft deze vraag niet. U leest het antwoord van editie 2020-01." in page

    def test_an_edition_that_does_not_exist_becomes_the_default_and_says_so(self, client: Client) -> None:
        assert "Er is geen editie ‘1999’. U leest editie 2016-12." in body(client, "/nl/faq/?edition=1999")

    def test_the_default_edition_is_a_setting(self, client: Client, settings: Any) -> None:
        published(edition())
        settings.DEFAULT_EDITION = "2020-01"
        assert "Wat is een tunnel?" in body(client, "/nl/faq/")

    def test_two_editions_with_the_same_slug_are_never_mixed(self, client: Client) -> None:
        published(edition(), slug=EXPRESSROUTE, texts={"nl": text(answer="**Het antwoord van 2020.**")})
        assert "Het antwoord van 2020." not in body(client, f"/nl/faq/{EXPRESSROUTE}/")
        assert "Het antwoord van 2020." in body(client, f"/nl/faq/{EXPRESSROUTE}/?edition=2020-01")

    def test_the_editions_page_names_each_with_its_documents(self, client: Client) -> None:
        edition()
        page = body(client, "/en/editions/")
        assert 'id="2016-12"' in page
        assert 'id="2020-01"' in page
        assert "expressroute-howto-coexist-classic.md" in page


class TestLanguages:
    """Entries that exist in one language only."""

    def test_a_missing_translation_shows_the_other_language_labelled(self, client: Client) -> None:
        published(edition(), texts={"nl": text()})
        page = body(client, "/en/faq/what-is-a-tunnel/?edition=2020-01")
        assert "This answer exists in Dutch only." in page
        assert '<div lang="nl">' in page
        assert "hreflang" not in page.partition("</head>")[0]


class TestHidden:
    """What is not published is nowhere."""

    ADDRESSES = (
        "/nl/faq/what-is-a-tunnel/?edition=2020-01",
        "/nl/faq/?edition=2020-01",
        "/nl/sections/basics/?edition=2020-01",
        "/nl/search/?q=kanariepiet&edition=2020-01",
        "/nl/?edition=2020-01",
        "/nl/faq/what-is-a-tunne/?edition=2020-01",
    )

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_a_withdrawn_entry_is_nowhere(self, client: Client, address: str) -> None:
        entry = published(edition(), texts={"nl": text(question="Kanariepiet?", answer="**Kanariepiet.**")})
        client.get(address)
        withdraw(entry)
        page = client.get(address).content.decode()
        assert "Kanariepiet" not in page
        assert "what-is-a-tunnel/" not in page.partition("<main")[2]

    def test_a_withdrawn_entry_keeps_its_words_for_editors(self) -> None:
        entry = published(edition())
        withdraw(entry)
        entry.refresh_from_db()
        assert (entry.draft or {})["texts"]["nl"]["question"] == "Wat is een tunnel?"
        assert published_content(entry).texts
