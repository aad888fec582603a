"""From a question to entries, over the shipped content: the service, the page, the API and the commands."""

from __future__ import annotations

import pytest
from django.test import Client

from faq.models import Edition
from faq.search import indexer, service
from faq.store import content_version
from tests.faq.builders import edition, published, text

CLIENTS = "how-many-vpn-client-endpoints-can-i-have-in-my-point-to-site-configuration"

pytestmark = pytest.mark.django_db


def shipped() -> Edition:
    """The edition that comes with the project."""
    return Edition.objects.get(code="2016-12")


class TestFinding:
    """From a query to results."""

    @pytest.mark.parametrize(
        ("language", "query", "slug"),
        [
            ("nl", "hoeveel clients tegelijk", CLIENTS),
            ("en", "how many clients at once", CLIENTS),
            ("nl", "expressroute", "what-is-expressroute"),
            ("nl", "geforceerde tunneling", "can-i-configure-forced-tunneling"),
            ("en", "forced tunneling", "can-i-configure-forced-tunneling"),
            ("en", "reserved ASN", "are-there-asns-reserved-by-azure"),
        ],
    )
    def test_it_finds_the_answer_in_both_languages(self, language: str, query: str, slug: str) -> None:
        result = service.find(query, language, shipped())
        assert not result.from_database
        assert slug == result.results[0].slug

    def test_a_term_of_the_other_language_finds_the_readers_own(self) -> None:
        result = service.find("throughput", "nl", shipped())
        assert all(one.language == "nl" for one in result.results)
        marked = {piece for one in result.results for piece, hit in (*one.question, *one.passage) if hit}
        assert "doorvoer" in marked

    @pytest.mark.usefixtures("own_index")
    def test_what_only_the_other_language_finds_stands_apart(self) -> None:
        published(edition(), texts={"en": text(question="What is a dovetail?")})
        indexer.build_index()
        result = service.find("dovetail", "nl", Edition.objects.get(code="2020-01"))
        assert not result.results
        assert [one.language for one in result.elsewhere] == ["en"]

    @pytest.mark.parametrize("words", [["gateway", "subnet", "naam"], ["tunnel", "certificaat", "linux"]])
    def test_more_words_narrow(self, words: list[str]) -> None:
        totals = [service.find(" ".join(words[:count]), "nl", shipped()).own_total for count in (1, 2, 3)]
        assert max(totals[1:]) < totals[0]

    def test_the_database_answers_while_the_index_is_not_ready(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[bool] = []
        monkeypatch.setattr(service, "rebuild_apart", lambda: asked.append(True))
        content_version.advance()
        result = service.find("ExpressRoute circuit", "nl", shipped())
        assert result.from_database
        assert asked
        assert any("ExpressRoute" in one.plain_question for one in result.results)
        narrowed = service.find("ExpressRoute", "nl", shipped(), section="bgp", connection_type="expressroute")
        assert {one.section for one in narrowed.results} <= {"bgp"}
        assert service.suggest("expr", "nl", shipped()) == []


class TestPage:
    """The search page, with and without htmx."""

    def test_the_page_shows_question_short_answer_section_and_types(self, client: Client) -> None:
        page = client.get("/nl/search/?q=expressroute").content.decode()
        assert "<mark>ExpressRoute</mark>" in page or "<mark>ExpressRoute-" in page
        assert 'href="/nl/sections/' in page
        assert '<span class="tag">' in page

    def test_htmx_gets_the_results_alone_and_the_back_button_the_whole_page(self, client: Client) -> None:
        address = "/nl/search/?q=tunnel"
        whole = client.get(address)
        fragment = client.get(address, headers={"HX-Request": "true"})
        restored = client.get(address, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
        assert "<html" in whole.content.decode()
        assert "<html" not in fragment.content.decode()
        assert "<html" in restored.content.decode()
        assert "HX-Request" in whole["Vary"]

    @pytest.mark.usefixtures("own_index")
    def test_a_plain_answer_says_so_and_is_not_kept(self, client: Client) -> None:
        plain = client.get("/nl/search/?q=expressroute")
        assert "De zoekindex wordt opgebouwd." in plain.content.decode()
        assert plain["Cache-Control"] == "no-store"
        indexer.build_index()
        assert "De zoekindex wordt opgebouwd." not in client.get("/nl/search/?q=expressroute").content.decode()

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
        page = client.get("/nl/search/?q=geforceerde+tunelling").content.decode()
        assert 'class="corrected"' in page
        assert "?q=geforceerde%20tunneling" in page

    def test_a_question_about_an_own_network_offers_the_advisor(self, client: Client) -> None:
        assert 'class="offer"' in client.get("/nl/search/?q=40+vestigingen").content.decode()
        assert 'class="offer"' not in client.get("/nl/search/?q=vestigingen").content.decode()

    def test_too_long_a_query_is_cut_and_that_is_told(self, client: Client) -> None:
        page = client.get("/nl/search/?q=" + "tunnel " * 100).content.decode()
        assert "Er is alleen op de eerste 200 tekens gezocht." in page

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


class TestApi:
    """`/api/v1/search` and `/api/v1/suggest`."""

    def test_it_answers_with_results_best_first(self, client: Client) -> None:
        answer = client.get("/api/v1/search?q=hoeveel+clients&lang=nl&edition=2016-12&limit=3").json()
        assert answer["query"] == "hoeveel clients"
        assert answer["language"] == "nl"
        assert answer["corrected"] is None
        assert len(answer["results"]) == 3 <= answer["total"]
        first = answer["results"][0]
        assert set(first) >= {"slug", "question", "url", "excerpt", "score", "section"}
        assert first["slug"] == CLIENTS
        assert first["url"].endswith(f"/nl/faq/{CLIENTS}/")
        assert isinstance(answer["other_language"], list)

    def test_every_error_is_told_at_once(self, client: Client) -> None:
        answer = client.get("/api/v1/search?lang=fr&edition=1999&limit=999&type=carrier-pigeon")
        assert answer.status_code == 400
        errors = {error["path"]: error for error in answer.json()["errors"]}
        assert set(errors) == {"q", "lang", "edition", "limit", "type"}
        assert errors["lang"]["value"] == "fr"
        assert "nl, en" in errors["lang"]["reason"]

    @pytest.mark.parametrize("query", ["%00", "%ff%fe", "a" * 3000, "*", "tun*", "%ED%A0%80"])
    def test_whatever_is_typed_is_answered(self, client: Client, query: str) -> None:
        for name in ("search", "suggest"):
            assert client.get(f"/api/v1/{name}?q={query}").status_code in (200, 400)

    def test_suggestions_begin_like_what_was_typed(self, client: Client) -> None:
        answer = client.get("/api/v1/suggest?q=expressr&lang=nl").json()
        assert 1 <= len(answer["suggestions"]) <= 10
        assert all(set(one) == {"text", "slug", "url"} for one in answer["suggestions"])
        assert "what-is-expressroute" in [one["slug"] for one in answer["suggestions"]]
