"""Who may show our pages in a frame, and that every page in it names the portal that does."""

from __future__ import annotations

import gzip
import re
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from config.interfaces.frame_links import portal_in, with_portal
from faq.models import Portal
from faq.pages.public_page import pages

pytestmark = pytest.mark.django_db


SLUG = "what-is-expressroute"


NEED = "site=Tilburg&site_prefixes=192.168.10.0/24&site_mbps=25&vnet=hub&vnet_prefixes=10.20.0.0/16"


def ancestors(answer: Any) -> str:
    found = re.search(r"frame-ancestors ([^;]*)", answer.headers["Content-Security-Policy"])
    assert found
    return found[1]


PORTAL = "https://portal.example.org"
OTHERS = "https://other.example.org"
PAGES = (f"/embed/nl/{SLUG}", "/embed/en/search?q=bgp", f"/embed/en/advice/result/?{NEED}", "/embed/nl/none")


@pytest.fixture(autouse=True)
def _portals() -> None:
    """A portal that may show pages, one that may too, and one whose scripts may only call."""
    Portal.objects.create(name="P", origin=PORTAL)
    Portal.objects.create(name="O", origin=OTHERS)
    Portal.objects.create(name="C", origin="https://calls.example.org", may_frame=False, may_call=True)


def for_portal(path: str, portal: str = PORTAL) -> str:
    """The address of a page that names the portal that shows it."""
    return with_portal(path, portal)


class TestFraming:
    """Who may show what in a frame."""

    @pytest.mark.parametrize("path", PAGES)
    def test_a_page_names_only_the_portal_in_its_address(self, client: Client, path: str) -> None:
        assert ancestors(client.get(for_portal(path))) == f"'self' {PORTAL}"
        assert ancestors(client.get(for_portal(path, OTHERS))) == f"'self' {OTHERS}"
        for unlisted in ("https://evil.example", "https://calls.example.org", "*", "", "https:", f"{PORTAL} *", "null"):
            assert ancestors(client.get(for_portal(path, unlisted))) == "'self'", unlisted
        Portal.objects.get(origin=PORTAL).delete()
        assert ancestors(client.get(for_portal(path))) == "'self'"

    def test_the_header_does_not_grow_with_the_number_of_portals(self, client: Client) -> None:
        before = client.get(for_portal(PAGES[0])).headers["Content-Security-Policy"]
        Portal.objects.bulk_create(Portal(name=f"{n}", origin=f"https://p{n}.example.org") for n in range(300))
        assert client.get(for_portal(PAGES[0])).headers["Content-Security-Policy"] == before

    @pytest.mark.parametrize(
        "referrer",
        [f"{PORTAL}/", f"{PORTAL}/help/page?x=1", f"http://127.0.0.1:8000{with_portal('/embed/nl/x', PORTAL)}"],
    )
    def test_without_a_portal_in_the_address_the_referrer_leads_to_the_one_with_it(
        self, client: Client, referrer: str
    ) -> None:
        answer = client.get("/embed/en/search?q=bgp&theme=dark", headers={"Referer": referrer})
        assert answer.status_code == 302
        assert answer.headers["Location"] == for_portal("/embed/en/search?q=bgp&theme=dark")
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Referer" in answer.headers["Vary"]

    @pytest.mark.parametrize("referrer", ["https://evil.example/", "http://127.0.0.1:8000/nl/", "https://[", "x"])
    def test_a_referrer_that_is_not_listed_lets_nobody_in(self, client: Client, referrer: str) -> None:
        answer = client.get(PAGES[0], headers={"Referer": referrer, "Sec-Fetch-Dest": "iframe"})
        assert answer.status_code == 200
        assert ancestors(answer) == "'self'"
        assert "Referer" in answer.headers["Vary"]

    def test_a_frame_that_nothing_tells_of_gets_a_page_without_content_that_asks_the_browser(
        self, client: Client
    ) -> None:
        answer = client.get(PAGES[0], headers={"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site"})
        page = answer.content.decode()
        assert "*" in ancestors(answer)
        assert "ExpressRoute" not in page
        assert "asking.js" in page
        assert PORTAL not in page + str(answer.headers)
        assert answer.headers["Cache-Control"] == "no-store"
        assert ancestors(client.get(PAGES[0])) == "'self'", "in a window of its own it is the page itself"

    def test_other_pages_are_shown_by_nobody_else(self, client: Client) -> None:
        for path in (
            "/nl/",
            f"/nl/faq/{SLUG}/",
            f"/en/advice/result/?{NEED}",
            "/admin/login/",
            "/embedded/",
            "/oembed",
        ):
            answer = client.get(for_portal(path), headers={"Referer": PORTAL})
            assert ancestors(answer) == "'self'"
            assert "X-Frame-Options" not in answer.headers


class TestWithinTheFrame:
    """What leads from one page in the frame to another."""

    @pytest.mark.parametrize(
        "path",
        [
            f"/embed/nl/{SLUG}",
            "/embed/en/search?q=how+many+tunnels",
            f"/embed/en/advice/result/?{NEED}",
            "/embed/nl/advice/steps/what/",
            "/embed/nl/advice/",
            f"/embed/en/advice/steps/check/?{NEED}",
            "/embed/nl/advice/open/",
            "/embed/nl/advice/case/",
        ],
    )
    def test_every_link_and_form_names_the_portal_and_nothing_else_changes(self, client: Client, path: str) -> None:
        plain, framed = (client.get(address).content.decode() for address in (path, for_portal(path)))
        said = f"portal={quote(PORTAL, safe='')}"
        links = re.findall(r'="(/embed/[^"]*)"', framed)
        assert links
        assert [link for link in links if said not in link] == []
        forms = re.findall(r"<form\b[^>]*>(?:<input[^>]*>)?", framed)
        assert [form for form in forms if 'method="post"' not in form and 'name="portal"' not in form] == []
        bare = re.sub(rf"(?:&amp;|\?){re.escape(said)}", "", framed)
        bare = bare.replace(f'<input type="hidden" name="portal" value="{PORTAL}">', "")
        assert bare == plain.replace('?">', '">')

    def test_a_redirect_and_a_pushed_address_keep_the_portal(self, client: Client) -> None:
        answer = client.get(for_portal(f"/embed/nl/advice?{NEED}"))
        assert answer.headers["Location"] == for_portal(f"/embed/nl/advice/result/?{NEED}")
        sent = {"clients": "40", "go": "typing"}
        answer = client.post(for_portal("/embed/nl/advice/"), sent, headers={"HX-Request": "true"})
        pushed = answer.headers.get("HX-Push-Url") or answer.headers["HX-Replace-Url"]
        assert portal_in(pushed.partition("?")[2]) == PORTAL

    def test_the_portal_is_no_part_of_a_design(self, client: Client) -> None:
        page = client.get(for_portal(f"/embed/en/advice/result/?{NEED}")).content.decode()
        on_site = re.search(r'href="(http://127[^"]*)" target="_blank"', page)
        assert on_site
        assert "portal" not in on_site[1]

    def test_a_page_is_kept_once_for_all_portals_and_sent_to_each_with_its_own(self, client: Client) -> None:
        for portal in (PORTAL, OTHERS, PORTAL):
            for encoding in ("gzip", "br", "identity"):
                answer = client.get(for_portal(PAGES[0], portal), headers={"Accept-Encoding": encoding})
                body = answer.content
                if answer.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                assert quote(portal, safe="") in body.decode()
                assert len(answer.content) == int(answer.headers["Content-Length"])
        assert len(pages.shelf._pages) == 1
        etag = client.get(for_portal(PAGES[0])).headers["ETag"]
        again = client.get(for_portal(PAGES[0]), headers={"If-None-Match": etag})
        assert (again.status_code, ancestors(again)) == (304, f"'self' {PORTAL}")
        assert client.head(for_portal(PAGES[0])).content == b""
