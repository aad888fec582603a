"""Pages for a portal's frame, who may show them, and oEmbed. A real portal is in tests/browser/test_embed.py."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import brotli
import pytest
from django.test import Client

from faq.models import Entry, Portal
from faq.store.publishing import withdraw
from tests.faq.builders import edition, published, text

pytestmark = pytest.mark.django_db

HERE = "http://127.0.0.1:8000"
SLUG = "what-is-expressroute"
NEED = "site=Tilburg&site_prefixes=192.168.10.0/24&site_mbps=25&vnet=hub&vnet_prefixes=10.20.0.0/16"


def ancestors(answer: Any) -> str:
    found = re.search(r"frame-ancestors ([^;]*)", answer.headers["Content-Security-Policy"])
    assert found
    return found[1]


class TestPages:
    """`/embed/<lang>/…`."""

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_an_answer_is_in_the_language_of_its_address(self, client: Client, language: str) -> None:
        answer = client.get(f"/embed/{language}/{SLUG}", headers={"Accept-Language": "fr"})
        page = answer.content.decode()
        assert f'<html lang="{language}">' in page
        assert f'href="/embed/{language}/' in page.partition('class="answer"')[2]
        assert f'href="{HERE}/{language}/faq/{SLUG}/" target="_blank"' in page
        assert "masthead" not in page
        assert 'content="noindex"' in page
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.cookies == {}
        assert (
            client.get(f"/embed/{language}/{SLUG}", headers={"If-None-Match": answer.headers["ETag"]}).status_code
            == 304
        )

    def test_results_of_a_search_open_in_the_frame(self, client: Client) -> None:
        page = client.get("/embed/en/search?q=how+many+clients").content.decode()
        assert '<a href="/embed/en/how-many-vpn-client-endpoints' in page
        assert 'value="how many clients"' in page
        assert client.get("/embed/en/search").status_code == 200

    def test_few_are_shown_and_all_of_them_are_a_link_away(self, client: Client) -> None:
        page = client.get("/embed/nl/search?q=hoeveel+clients").content.decode()
        assert page.count('<li class="found"') == 6
        assert "De 6 beste van " in page
        assert f'href="{HERE}/nl/search/?q=hoeveel%20clients" target="_blank"' in page
        assert "Alleen gevonden op" not in page

    @pytest.mark.parametrize("asked", ["mpls", "radius", "premium", "ddns", "route-based", "overlap", "latency"])
    def test_as_many_are_counted_as_are_shown_or_it_says_of_how_many(self, client: Client, asked: str) -> None:
        page = client.get("/embed/en/search", {"q": asked}).content.decode()
        (told,) = re.findall(r'data-question="[^"]*">([^<]*)<', page)
        number = 1 if told.startswith("One ") else int(re.findall(r"\d+", told)[0])
        assert page.count('<li class="found"') == number

    def test_where_little_is_found_the_other_language_helps_and_says_so(self, client: Client) -> None:
        made = edition()
        published(made, texts={"en": text(question="How does a zwabberfiets work?")})
        page = client.get("/embed/nl/search?q=zwabberfiets&edition=2020-01").content.decode()
        assert "Alleen gevonden op Engelse woorden" in page
        assert '<li class="found" lang="en">' in page

    def test_an_answer_says_when_it_was_checked_and_can_be_copied(self, client: Client) -> None:
        page = client.get(f"/embed/nl/{SLUG}").content.decode()
        assert "Editie 2016-12, gecontroleerd op 23 november 2026" in page
        assert page.count("data-copy=") == 6
        assert 'src="/static/copy.js"' in page

    def test_a_whole_need_begins_with_the_advice_and_less_with_the_wizard(self, client: Client) -> None:
        result = client.get(f"/embed/en/advice?{NEED}&theme=dark", follow=True)
        assert result.redirect_chain[-1][0].startswith("/embed/en/advice/result/?")
        page = result.content.decode()
        assert "This design fits." in page
        assert 'data-theme="dark"' in page
        assert 'href="/embed/en/advice/steps/check/' in page
        assert 'href="/embed/en/what-' in page
        step = client.get("/embed/nl/advice", follow=True)
        assert step.redirect_chain[-1][0] == "/embed/nl/advice/steps/what/"
        assert 'action="/embed/nl/advice/steps/what/"' in step.content.decode()

    def test_the_wizard_goes_on_within_the_frame(self, client: Client) -> None:
        address = "/embed/en/advice/steps/what/"
        for given in ({"want": "clients", "go": "next"}, {"go": "unknown"}, {"clients": "40", "go": "next"}):
            address = client.post(address, given | _answers(address)).headers["Location"]
            assert address.startswith("/embed/en/advice/steps/")
            assert client.get(address).status_code == 200
        assert (
            client.post("/embed/en/advice/case/", {"address": NEED})
            .headers["Location"]
            .startswith("/embed/en/advice/case/")
        )

    @pytest.mark.parametrize("language", ["de", "NL", "nl-NL", "%3Cscript%3E", ""])
    def test_another_language_is_refused_with_a_reason(self, client: Client, language: str) -> None:
        answer = client.get(f"/embed/{language}/{SLUG}")
        assert answer.status_code == 400
        assert "one of nl, en" in answer.content.decode()
        assert "<script>" not in answer.content.decode()

    def test_an_unknown_entry_is_not_found_and_a_former_slug_leads_on(self, client: Client) -> None:
        missing = client.get("/embed/en/no-such-entry")
        assert missing.status_code == 404
        assert 'class="embedded"' in missing.content.decode()
        published(edition(), slug="new-name", former_slugs=("old-name",))
        moved = client.get("/embed/en/old-name?edition=2020-01")
        assert (moved.status_code, moved.headers["Location"]) == (301, "/embed/en/new-name?edition=2020-01")

    @pytest.mark.parametrize("theme", ["blue", '"><script>'])
    def test_another_theme_is_left_out(self, client: Client, theme: str) -> None:
        assert "data-theme" not in client.get(f"/embed/nl/{SLUG}", {"theme": theme}).content.decode()


class TestFraming:
    """Who may show what in a frame."""

    def test_a_listed_portal_may_show_embedded_pages_at_once_and_no_others(self, client: Client) -> None:
        paths = (f"/embed/nl/{SLUG}", "/embed/en/search", f"/embed/en/advice/result/?{NEED}", "/embed/nl/none")
        assert {ancestors(client.get(path)) for path in paths} == {"'self'"}
        portal = Portal.objects.create(name="P", origin="https://portal.example.org")
        Portal.objects.create(name="C", origin="https://calls.example.org", may_frame=False, may_call=True)
        assert {ancestors(client.get(path)) for path in paths} == {"'self' https://portal.example.org"}
        for path in (
            "/nl/",
            f"/nl/faq/{SLUG}/",
            f"/en/advice/result/?{NEED}",
            "/admin/login/",
            "/embedded/",
            "/oembed",
        ):
            assert ancestors(client.get(path)) == "'self'"
            assert "X-Frame-Options" not in client.get(path).headers
        portal.delete()
        assert ancestors(client.get(paths[0])) == "'self'"


class TestComponent:
    """The script of the web component."""

    def test_it_is_small_and_may_be_loaded_from_anywhere(self, client: Client) -> None:
        answer = client.get("/gateway-faq.js", headers={"Accept-Encoding": "br"})
        assert len(answer.content) <= 5_000
        assert b"customElements.define" in brotli.decompress(answer.content)
        assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


class TestOEmbed:
    """`/oembed`."""

    def ask(self, client: Client, url: str, **more: str) -> Any:
        return client.get("/oembed", {"url": url} | more)

    @pytest.mark.parametrize(
        ("url", "frame"),
        [
            (f"/nl/faq/{SLUG}/", f"/embed/nl/{SLUG}"),
            (f"/en/faq/{SLUG}/?edition=2016-12", f"/embed/en/{SLUG}?edition=2016-12"),
            (f"/faq/{SLUG}", f"/embed/nl/{SLUG}"),
            (f"/embed/en/{SLUG}", f"/embed/en/{SLUG}"),
            ("/en/search/?q=bgp", "/embed/en/search?q=bgp"),
            ("/embed/en/search?q=bgp", "/embed/en/search?q=bgp"),
            ("/nl/advice/?clients=40", "/embed/nl/advice?clients=40"),
            (f"/en/advice/result/?{NEED}", f"/embed/en/advice?{NEED}"),
        ],
    )
    def test_a_page_of_ours_comes_as_one_frame(self, client: Client, url: str, frame: str) -> None:
        told = self.ask(client, HERE + url).json()
        assert (told["type"], told["version"], told["width"], told["height"]) == ("rich", "1.0", 640, 480)
        assert f'<iframe src="{HERE}{frame.replace("&", "&amp;")}" width="640"' in told["html"]
        assert told["html"].count("<") == 2
        assert client.get(frame, follow=True).status_code == 200

    def test_a_short_address_does_too(self, client: Client) -> None:
        short = client.get(f"/api/v1/entries/{SLUG}").json()["short_url"]
        assert f"/embed/nl/{SLUG}" in self.ask(client, short).json()["html"]

    def test_xml_says_the_same(self, client: Client) -> None:
        url = f"{HERE}/en/faq/{SLUG}/"
        answer = self.ask(client, url, format="xml", maxwidth="320", maxheight="9999")
        assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
        root = ElementTree.fromstring(answer.content)  # noqa: S314 -- our own words
        told = self.ask(client, url, maxwidth="320", maxheight="9999").json()
        assert {element.tag: element.text for element in root} == {name: str(value) for name, value in told.items()}
        assert (told["width"], told["height"]) == (320, 480)

    @pytest.mark.parametrize(
        "url",
        [
            "", "nonsense", "//evil.example/nl/faq/x/", f"https://evil.example/nl/faq/{SLUG}/", "javascript:alert(1)",
            f"http://127.0.0.1:8000@evil.example/nl/faq/{SLUG}/", f"http://u@127.0.0.1:8000/nl/faq/{SLUG}/",
            f"http://127.0.0.1/nl/faq/{SLUG}/", f"https://127.0.0.1:8000/nl/faq/{SLUG}/", "http://[::1",
            "file:///etc/passwd",
            f"{HERE}.evil.example/nl/", f"{HERE}/nl/faq/{SLUG}/\r\nX: y", f'{HERE}/nl/faq/"><script>',
            f"{HERE}\\@evil.example/",
            f"{HERE}/nl/faq/" + "a" * 5000,
        ],
    )  # fmt: skip
    def test_a_hostile_url_gets_a_reason(self, client: Client, url: str) -> None:
        answer = self.ask(client, url)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["path"] == "url"

    @pytest.mark.parametrize(
        "given",
        [
            {"callback": "x"},
            {"maxwidth": "-1"},
            {"maxwidth": "1e9"},
            {"maxheight": "0"},
            {"maxheight": "x"},
            {"maxwidth": "1" + "0" * 5000},
            {"maxwidth": "0" * 5000 + "1"},
            {"maxheight": "\u0661"},
        ],
    )
    def test_a_hostile_parameter_does_too(self, client: Client, given: dict[str, str]) -> None:
        answer = self.ask(client, f"{HERE}/nl/faq/{SLUG}/", **given)
        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, *given)

    @pytest.mark.parametrize(
        "path", ["/nl/faq/no-such/", "/nl/", "/nl/limits/", "/admin/", "/e/zzzzzz", "/nl/faq/../../admin/"]
    )
    def test_what_has_no_frame_is_not_found(self, client: Client, path: str) -> None:
        assert self.ask(client, HERE + path).status_code == 404

    def test_a_withdrawn_entry_is_as_one_that_never_was(self, client: Client) -> None:
        withdraw(Entry.objects.get(slug=SLUG))
        gone, never = (self.ask(client, f"{HERE}/nl/faq/{slug}/") for slug in (SLUG, "never-was"))
        assert gone.status_code == never.status_code == 404
        assert gone.json()["errors"][0]["reason"] == never.json()["errors"][0]["reason"]

    def test_another_format_is_not_implemented(self, client: Client) -> None:
        assert self.ask(client, f"{HERE}/nl/faq/{SLUG}/", format="yaml").status_code == 501

    @pytest.mark.parametrize(
        "path", [f"/nl/faq/{SLUG}/", f"/en/advice/result/?{NEED}", f"/en/advice/?{NEED}", "/nl/search/?q=bgp+en+%C3%A9"]
    )
    def test_pages_tell_where_to_ask(self, client: Client, path: str) -> None:
        page = client.get(path).content.decode()
        (json_link,) = re.findall(r'type="application/json\+oembed" href="([^"]+)"', page)
        (xml_link,) = re.findall(r'type="text/xml\+oembed" href="([^"]+)"', page)
        assert quote(HERE + path, safe="") == json_link.partition("url=")[2].replace("&amp;", "&")
        for link in (json_link, xml_link):
            assert client.get(link.removeprefix(HERE).replace("&amp;", "&")).status_code == 200


def _answers(address: str) -> dict[str, str]:
    """The answers that an address of the wizard carries, as its page posts them."""
    return dict(
        part.split("=", 1) for part in address.partition("?")[2].split("&") if part and not part.startswith("go=")
    )
