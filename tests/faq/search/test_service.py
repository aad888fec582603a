"""From a question to entries, over the shipped content: the service, the page, the API and the commands."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from faq.models import Edition, TermGroup
from faq.search import indexer, loading, service
from faq.search.engine import IndexUnusable, Query
from faq.search.judging import Judged, judged_editions, judged_files, measures, read_judged
from faq.search.loading import sync_terms
from faq.search.terms import Term
from faq.store import content_version
from tests.faq.builders import edition, published, text

CLIENTS = "how-many-vpn-client-endpoints-can-i-have-in-my-point-to-site-configuration"

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_index(settings: Any, tmp_path: Path) -> Path:
    """An index that only this test builds and searches."""
    settings.INDEX_DIR = tmp_path
    indexer.engine.cache_clear()
    return tmp_path


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

    @pytest.mark.usefixtures("own_index")
    def test_an_index_can_be_built_at_any_time(self) -> None:
        published(edition(), texts={"nl": text(question="Wat is een zwaluwstaart?")})
        assert indexer.build_index() == 135
        result = service.find("zwaluwstaarten", "nl", Edition.objects.get(code="2020-01"))
        assert [one.slug for one in result.results] == ["what-is-a-tunnel"]

    def test_a_damaged_index_is_built_again(self, own_index: Path) -> None:
        indexer.build_index()
        for path in own_index.glob("*/*.seg"):
            path.write_bytes(b"damaged")
        indexer.engine.cache_clear()
        with pytest.raises(IndexUnusable):
            indexer.engine().search(Query("tunnel", "nl", "2016-12"), content_version.current(), 1)
        assert not indexer.is_ready()


class TestTerms:
    """Editors keep the terms; the content file is loaded, and never over an editor's change."""

    @pytest.mark.usefixtures("own_index")
    def test_a_term_of_an_editor_is_searched_with(self) -> None:
        TermGroup.objects.create(key="zwaluwstaart", nl=["zwaluwstaart", "gatewaysubnet"], en=[])
        indexer.build_index()
        found = service.find("zwaluwstaart", "nl", shipped()).results
        assert "what-is-the-gateway-subnet-and-why-is-it-needed" in [one.slug for one in found[:3]]

    def test_the_file_is_loaded_and_an_editors_change_is_a_conflict(self) -> None:
        one = Term("a", {"nl": ("aa",), "en": ()})
        assert [outcome.status for outcome in sync_terms([one])] == ["new"]
        assert [outcome.status for outcome in sync_terms([one])] == ["unchanged"]
        two = Term("a", {"nl": ("aa", "bb"), "en": ()})
        assert [outcome.status for outcome in sync_terms([two], dry_run=True)] == ["changed"]
        assert [outcome.status for outcome in sync_terms([two])] == ["changed"]
        TermGroup.objects.filter(key="a").update(nl=["van een redacteur"])
        assert [outcome.status for outcome in sync_terms([one])] == ["conflict"]
        assert TermGroup.objects.get(key="a").nl == ["van een redacteur"]
        assert [outcome.status for outcome in sync_terms([one], overwrite=True)] == ["changed"]

    def test_a_change_starts_a_new_content_version(self) -> None:
        before = content_version.current()
        TermGroup.objects.create(key="x", nl=["x"], en=[])
        assert content_version.current() > before


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


class TestCommands:
    """`manage.py search` and `manage.py relevance`."""

    def test_search_prints_the_entries(self) -> None:
        out = StringIO()
        call_command("search", "hoeveel", "clients", stdout=out)
        assert f"/nl/faq/{CLIENTS}/" in out.getvalue().splitlines()[1]

    def test_search_answers_as_the_api_does(self, client: Client) -> None:
        out = StringIO()
        call_command("search", "--lang", "en", "--json", "expres", "route", stdout=out)
        answer = json.loads(out.getvalue())
        assert answer == client.get("/api/v1/search?q=expres+route&lang=en").json()
        assert answer["corrected"] == "express route"

    def test_search_refuses_an_unknown_edition(self) -> None:
        with pytest.raises(CommandError, match="there is: 2016-12"):
            call_command("search", "--edition", "1999", "x")

    def test_relevance_is_above_its_floors_and_a_drop_is_a_failure(self, monkeypatch: pytest.MonkeyPatch) -> None:
        out = StringIO()
        call_command("relevance", stdout=out)
        assert out.getvalue().count(" all ") == 4
        from faq.management.commands import relevance

        monkeypatch.setattr(relevance, "FLOORS", {"2016-12": {"nl": (1.0, 1.0), "en": (0.5, 0.5)}})
        with pytest.raises(CommandError, match="nl S@1"):
            call_command("relevance", stdout=StringIO())

    def test_every_edition_with_judged_queries_has_floors(self) -> None:
        from faq.management.commands.relevance import FLOORS

        judged = {code: {path.stem for path in judged_files(code)} for code in judged_editions()}
        assert {code: set(floors) for code, floors in FLOORS.items()} == judged

    @pytest.mark.usefixtures("own_index")
    def test_relevance_measures_the_edition_that_is_named(self, tmp_path: Path) -> None:
        published(edition(), texts={"nl": text(question="Wat is een zwaluwstaart?")})
        queries = tmp_path / "more.tsv"
        queries.write_text("nl\tplain\tzwaluwstaart\twhat-is-a-tunnel\n", encoding="utf-8")
        out = StringIO()
        call_command("relevance", queries, "--edition", "2020-01", stdout=out)
        assert [line.split()[:4] for line in out.getvalue().splitlines()[1:3]] == [
            ["nl", "plain", "1", "1.000"],
            ["nl", "all", "1", "1.000"],
        ]
        with pytest.raises(CommandError, match="there is: 2016-12, 2020-01"):
            call_command("relevance", "--edition", "1999", stdout=StringIO())


class TestJudging:
    """The measures, and the judged queries themselves."""

    def test_the_measures_are_what_they_are_called(self) -> None:
        one, two = Judged("nl", "plain", "q", ("a", "b")), Judged("nl", "plain", "r", ("c",))
        of = measures([(one, ["x", "a", "b"]), (two, ["c"])])
        assert (of.queries, of.success_at_1, of.success_at_3, of.mrr) == (2, 0.5, 1.0, 0.75)
        assert of.ndcg == pytest.approx((1 + (0.6309 + 0.5) / 1.6309) / 2, abs=1e-3)

    @pytest.mark.parametrize("path", judged_files("2016-12"), ids=lambda path: path.name)
    def test_the_shipped_queries_are_whole(self, path: Path) -> None:
        judged = read_judged(path)
        known = set(shipped().entries.values_list("slug", flat=True))
        answered = [one for one in judged if one.kind != "none"]
        assert len(answered) >= 150
        assert len(judged) - len(answered) >= 20
        assert {one.kind for one in answered} == {"plain", "synonym", "crosslang", "typo", "compound", "long"}
        assert all(one.slugs and set(one.slugs) <= known for one in answered)
        assert len({one.query for one in judged}) == len(judged)
        assert {one.language for one in judged} == {path.stem}

    def test_no_phrasing_of_the_content_is_a_judged_query(self) -> None:
        phrasings = {phrase for entry in loading.documents() for phrase in entry.asked_as}
        judged = {one.query for path in judged_files("2016-12") for one in read_judged(path)}
        assert len(phrasings & judged) < 0.05 * len(judged)
