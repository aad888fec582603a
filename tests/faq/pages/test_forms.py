"""A search as typed, and the page that answers it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from faq.search import indexer
from tests.faq.builders import edition, published, text

pytestmark = pytest.mark.django_db


class TestPage:
    """The search page, with and without htmx."""

    def test_the_page_shows_question_short_answer_section_and_types(self, client: Client) -> None:
        page = client.get("/nl/search/?q=expressroute").content.decode()
        assert "<mark>ExpressRoute</mark>" in page or "<mark>ExpressRoute-" in page
        assert 'href="/nl/sections/' in page
        assert '<span class="tag">' in page

    def test_what_answers_stands_before_the_fold_and_the_rest_behind_it(self, client: Client) -> None:
        page = client.get("/nl/search/?q=hoeveel+tunnels+highperformance&edition=2016-12").content.decode()
        before, fold, behind = page.partition('<details class="touching">')
        assert fold
        assert 1 <= before.count('class="found"') <= 5
        assert re.search(r"\d antwoorden op ‘hoeveel tunnels highperformance’, \d+\s+die het onderwerp raken", before)
        assert 'class="found"' not in behind
        assert re.search(r"Nog \d+ antwoorden die het onderwerp raken", behind)
        assert "<mark>" not in behind

    @pytest.mark.parametrize(
        "query",
        [
            "pizza bestellen",
            "printer doet het niet",
            "factuur betalen met creditcard",
            "azure firewall kosten per maand",
        ],
    )
    @pytest.mark.parametrize("edition", ["2016-12", "2026"])
    def test_a_question_that_nothing_answers_is_told_so(self, client: Client, query: str, edition: str) -> None:
        page = client.get("/nl/search/", {"q": query, "edition": edition}).content.decode()
        assert f"Geen enkel antwoord past bij ‘{query}’." in page
        assert 'class="found"' not in page

    def test_the_search_page_suggests_nothing_over_its_results(self, client: Client) -> None:
        assert 'role="combobox"' not in client.get("/nl/search/?q=bgp").content.decode()
        for path in ("/nl/", "/nl/limits/", "/nl/nergens/", "/embed/nl/search"):
            assert 'role="combobox"' in client.get(path).content.decode(), path

    def test_htmx_gets_the_results_alone_and_the_back_button_the_whole_page(self, client: Client) -> None:
        address = "/nl/search/?q=tunnel"
        whole = client.get(address)
        fragment = client.get(address, headers={"HX-Request": "true"})
        restored = client.get(address, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
        assert "<html" in whole.content.decode()
        assert "<html" not in fragment.content.decode()
        assert "<html" in restored.content.decode()
        assert "HX-Request" in whole["Vary"]

    def test_a_plain_answer_says_so_and_is_not_kept(self, client: Client, own_index: Path) -> None:
        own_index.rename(aside := own_index.with_name("aside"))
        plain = client.get("/nl/search/?q=expressroute")
        assert "De zoekindex wordt opgebouwd." in plain.content.decode()
        assert plain["Cache-Control"] == "no-store"
        aside.rename(own_index)
        assert "De zoekindex wordt opgebouwd." not in client.get("/nl/search/?q=expressroute").content.decode()

    @pytest.mark.parametrize("path", ["/api/v1/suggest?lang=nl&q=expressr", "/opensearch/nl/suggestions?q=expressr"])
    def test_suggestions_while_the_index_is_built_are_not_kept(
        self, client: Client, path: str, own_index: Path
    ) -> None:
        own_index.rename(aside := own_index.with_name("aside"))
        plain = client.get(path)
        assert "ExpressRoute" in plain.content.decode()
        assert plain["Cache-Control"] == "no-store"
        aside.rename(own_index)
        ranked = client.get(path)
        assert "no-store" not in ranked.get("Cache-Control", "")
        assert ranked.content != plain.content

    def test_filters_narrow_and_stay_chosen(self, client: Client) -> None:
        page = client.get("/nl/search/?q=gateway&section=bgp&type=site-to-site").content.decode()
        assert '<option value="bgp" selected>' in page
        assert '<option value="site-to-site" selected>' in page

    def test_nothing_found_says_what_to_do(self, client: Client) -> None:
        page = client.get("/nl/search/?q=xyzzyplugh").content.decode()
        assert "Er is niets gevonden." in page
        assert "/nl/advice/" in page
        assert "/nl/sections/bgp/" in page

    def test_a_typing_error_is_told_with_the_question_as_it_was_meant(self, client: Client) -> None:
        page = client.get("/nl/search/?q=geforceerde+tunneliing").content.decode()
        assert 'class="corrected"' in page
        assert "?q=geforceerde%20tunneling" in page

    def test_a_question_about_an_own_network_offers_the_advisor(self, client: Client) -> None:
        assert 'class="offer"' in client.get("/nl/search/?q=40+vestigingen").content.decode()
        assert 'class="offer"' not in client.get("/nl/search/?q=vestigingen").content.decode()

    def test_too_long_a_query_is_cut_and_that_is_told(self, client: Client) -> None:
        page = client.get("/nl/search/?q=" + "tunnel " * 300).content.decode()
        assert "Er is alleen op de eerste 2.000 tekens gezocht." in page

    def test_what_was_typed_is_shown_as_text(self, client: Client) -> None:
        page = client.get("/nl/search/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").content.decode()
        assert "<script>alert" not in page
        assert "&quot;&gt;&lt;script&gt;" in page

    @pytest.mark.usefixtures("own_index")
    def test_a_withdrawn_entry_is_not_found_and_not_suggested(self, client: Client) -> None:
        from faq.store.publishing import withdraw

        entry = published(edition(), texts={"nl": text(question="Wat is een zwaluwstaart?")})
        indexer.build_index()
        address = "/api/v1/search?q=zwaluwstaart&edition=2020-01"
        assert client.get(address).json()["total"] == 1
        withdraw(entry)
        indexer.build_index()
        assert client.get(address).json()["total"] == 0
        suggested = client.get("/api/v1/suggest?q=zwaluwst&edition=2020-01").json()
        assert suggested["suggestions"] == []
