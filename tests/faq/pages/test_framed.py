"""Pages for a portal's frame, and the web component. A real portal is in tests/browser/test_embed.py."""

from __future__ import annotations

import re

import brotli
import pytest
from django.conf import settings
from django.test import Client

from faq.models import Entry
from tests.every import some
from tests.faq.builders import edition, published, text

pytestmark = pytest.mark.django_db


HERE = settings.ORIGIN


SLUG = "what-is-expressroute"


NEED = "site=Tilburg&site_prefixes=192.168.10.0/24&site_mbps=25&vnet=hub&vnet_prefixes=10.20.0.0/16"


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

    def test_a_link_to_another_site_opens_a_window_of_its_own(self, client: Client) -> None:
        slugs = some(Entry.objects.values_list("slug", flat=True), 5)  # they are made alike
        shown = [f"/embed/en/{slug}" for slug in slugs] + [f"/embed/en/advisor?{NEED}", "/embed/en/search?q=bgp"]
        links = [link for page in shown for link in re.findall("<a [^>]*>", client.get(page).content.decode())]
        outside = [link for link in links if 'href="http' in link]
        assert len(outside) > len(shown)  # each page has one to itself on the site
        assert [link for link in outside if 'target="_blank" rel="noopener"' not in link] == []

    def test_few_are_shown_and_all_of_them_are_a_link_away(self, client: Client) -> None:
        page = client.get("/embed/nl/search?q=hoeveel+clients").content.decode()
        assert page.count('<li class="found"') == 2
        assert "2 antwoorden op " in page
        assert '<details class="touching">' in page
        assert f'href="{HERE}/nl/search/?q=hoeveel%20clients" target="_blank"' in page
        assert "Alleen in het" not in page

    @pytest.mark.parametrize("asked", ["mpls", "radius", "premium", "ddns", "route-based", "overlap", "latency"])
    def test_as_many_are_counted_as_are_shown_or_it_says_of_how_many(self, client: Client, asked: str) -> None:
        page = client.get("/embed/en/search", {"q": asked}).content.decode()
        (told,) = re.findall(r'data-question="[^"]*">([^<]*)<', page)
        if "No entry answers" in told:
            number = 0
        else:
            number = 1 if told.strip().startswith("One ") else int(re.findall(r"\d+", told)[0])
        assert page.count('<li class="found"') == number

    def test_where_little_is_found_the_other_language_helps_and_says_so(self, client: Client) -> None:
        made = edition()
        published(made, texts={"en": text(question="How does a zwabberfiets work?")})
        page = client.get("/embed/nl/search?q=zwabberfiets&edition=2020-01").content.decode()
        assert "Alleen in het Engels" in page
        assert '<li class="found" lang="en">' in page

    def test_an_answer_says_when_it_was_checked_and_can_be_copied(self, client: Client) -> None:
        page = client.get(f"/embed/nl/{SLUG}").content.decode()
        assert "Editie 2016-12, gecontroleerd op 23 november 2026" in page
        assert page.count("data-copy=") == 6
        assert "Antwoord kopiëren" in page
        assert 'src="/static/page.js"' in page

    def test_a_whole_need_begins_with_the_advice_and_less_with_the_wizard(self, client: Client) -> None:
        result = client.get(f"/embed/en/advice?{NEED}&theme=dark", follow=True)
        assert result.redirect_chain[-1][0].startswith("/embed/en/advice/result/?")
        page = result.content.decode()
        assert "This design fits" in page
        assert 'data-theme="dark"' in page
        assert 'href="/embed/en/advice/steps/check/' in page
        assert re.search(r'<cite><a href="https://[^"]+"\s+target="_blank" rel="noopener">', page)
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


class TestComponent:
    """The script of the web component."""

    def test_it_is_small_and_may_be_loaded_from_anywhere(self, client: Client) -> None:
        answer = client.get("/gateway-faq.js", headers={"Accept-Encoding": "br"})
        assert len(answer.content) <= 5_000
        assert b"customElements.define" in brotli.decompress(answer.content)
        assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def _answers(address: str) -> dict[str, str]:
    """The answers that an address of the wizard carries, as its page posts them."""
    return dict(
        part.split("=", 1) for part in address.partition("?")[2].split("&") if part and not part.startswith("go=")
    )
