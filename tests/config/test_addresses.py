"""What a page says its address is: canonical, hreflang and og:url lead to the page itself, wherever it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from advisor.answers.questions import STEPS
from faq.store.editions import default_code, edition_codes
from tests.faq.builders import edition, published
from tests.kept_reads import reads_kept
from web.languages import LANGUAGES

pytestmark = pytest.mark.django_db

DESIGN = "site=Tilburg&site_prefixes=192.168.10.0/24&site_mbps=25&vnet=hub&vnet_prefixes=10.20.0.0/16"
SLUG = "what-is-expressroute"
NAMED = re.compile(
    r'<link rel="(?P<kind>canonical)" href="(?P<canonical>[^"]+)"'
    r'|<link rel="alternate" hreflang="(?P<language>[^"]+)" href="(?P<other>[^"]+)"'
    r'|<meta property="(?P<og>og:url)" content="(?P<url>[^"]+)"'
)


@pytest.fixture
def kept(db: None) -> Iterator[None]:
    """What is read of the content is kept."""
    with reads_kept():
        yield


class Visitor:
    """Asks for each page once."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.pages: dict[str, str] = {}

    def read(self, address: str) -> str:
        """A page that must be there."""
        if address not in self.pages:
            answer = self.client.get(address)
            assert answer.status_code == 200, address
            self.pages[address] = answer.content.decode()
        return self.pages[address]


def named(page: str) -> list[tuple[str, str]]:
    """What a page names as an address of its own: the kind, or the language, and the address."""
    found = []
    for tag in NAMED.finditer(page):
        kind = tag["kind"] or tag["language"] or tag["og"]
        found.append((kind, unescape(tag["canonical"] or tag["other"] or tag["url"])))
    return found


def title_of(page: str) -> str:
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]  # type: ignore[index]
    return re.sub(r" \d+ \w+ \d+ ", " # of # ", title.removeprefix("bgp – "))  # a wizard has as many steps as it needs


def pages(client: Client, language: str) -> list[str]:
    """Every kind of page, and every fifth entry, on the site and in a frame."""
    sitemap = client.get("/sitemap.xml").content.decode()
    listed = [urlsplit(address).path for address in re.findall(r"<loc>([^<]+)", sitemap)]
    own = [path for path in listed if path.startswith(f"/{language}/")]
    entries = [path for path in own if re.fullmatch(rf"/{language}/faq/[^/]+/", path)]
    own = [path for path in own if path not in entries] + entries[::5]  # they are made alike
    slugs = [path.split("/")[3] for path in entries[::5]]
    steps = [f"/{language}/advice/steps/{step.name}/" for step in STEPS if step.is_of(default_code(edition_codes()))]
    state = [f"/{language}/advice/?{DESIGN}", f"/{language}/advice/result/?{DESIGN}", *steps]
    state += [f"/{language}/advice/steps/check/?{DESIGN}", f"/{language}/search/?q=bgp", f"/{language}/search/text/"]
    state += [f"/{language}/advice/open/", f"/{language}/advice/case/"]
    framed = [f"/embed/{language}/{slug}" for slug in slugs]
    framed += [f"/embed/{language}/search", f"/embed/{language}/search?q=bgp&theme=dark"]
    framed += [f"/embed{address}" for address in state if "/advice/" in address]
    return own + state + framed


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_address_that_a_page_names_answers_and_is_the_page(client: Client, language: str) -> None:
    visitor = Visitor(client)
    for page in pages(client, language):
        for kind, address in named(visitor.read(page)):
            assert address.startswith(settings.ORIGIN), page
            path = address.removeprefix(settings.ORIGIN)
            there = visitor.read(path)
            if kind in ("canonical", "og:url"):
                assert path.startswith(f"/{language}/"), (page, address)
                assert title_of(there) == title_of(visitor.read(page)), (page, address)
            else:
                assert path.startswith(f"/{language if kind == language else ''}"), (page, address)


@pytest.mark.parametrize("page", [f"/nl/advice/result/?{DESIGN}", f"/embed/nl/advice/result/?{DESIGN}"])
def test_an_advice_names_none_since_its_address_tells_the_answers_and_without_them_it_is_another_page(
    client: Client, page: str
) -> None:
    assert named(Visitor(client).read(page)) == []


@pytest.mark.parametrize(
    ("framed", "own"),
    [
        (f"/embed/en/{SLUG}", f"/en/faq/{SLUG}/"),
        (f"/embed/en/{SLUG}/", f"/en/faq/{SLUG}/"),
        (f"/embed/nl/{SLUG}?theme=dark", f"/nl/faq/{SLUG}/"),
        ("/embed/nl/search", "/nl/search/"),
        ("/embed/nl/search/?q=bgp", "/nl/search/"),
        ("/embed/en/advice/", "/en/advice/"),
    ],
)
def test_a_page_in_a_frame_names_the_page_that_it_shows(client: Client, framed: str, own: str) -> None:
    assert named(Visitor(client).read(framed)) == [("canonical", settings.ORIGIN + own)]


def test_the_way_from_a_frame_to_the_site_keeps_the_design(client: Client) -> None:
    for framed in (f"/embed/nl/advice/?{DESIGN}&theme=dark", f"/embed/nl/advice/result/?{DESIGN}&theme=dark"):
        page = client.get(framed).content.decode()
        (address,) = re.findall(r'<footer>\s*<a href="([^"]+)"', page)
        parts = urlsplit(unescape(address))
        assert parts.path == ("/nl/advice/" if "/advice/?" in framed else "/nl/advice/result/")
        assert parse_qs(parts.query) == parse_qs(DESIGN)
        assert client.get(f"{parts.path}?{parts.query}").status_code == 200


def test_another_edition_is_kept(client: Client) -> None:
    made = edition()
    published(made, slug="old-one")
    for page in ("/nl/faq/old-one/?edition=2020-01", "/embed/nl/old-one?edition=2020-01"):
        address = dict(named(Visitor(client).read(page)))["canonical"]
        assert address == f"{settings.ORIGIN}/nl/faq/old-one/?edition=2020-01"


@pytest.mark.parametrize(
    "page", ["/nl/faq/nothing-like-it/", "/embed/nl/nothing-like-it", "/nl/help/nothing/", "/embed/de/x"]
)
def test_an_error_names_no_address(client: Client, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code >= 400
    assert not NAMED.search(answer.content.decode())
