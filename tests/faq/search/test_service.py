"""From a question to entries, over the shipped content."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.test import Client

from faq.models import Edition, Entry
from faq.search import indexer, service
from faq.store import content_version
from faq.store.publishing import withdraw
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

    def test_the_database_answers_while_there_is_no_index(self, own_index: Path) -> None:
        shutil.rmtree(own_index)
        result = service.find("ExpressRoute circuit", "nl", shipped())
        assert result.from_database
        assert result.is_passing
        assert any("ExpressRoute" in one.plain_question for one in result.results)
        narrowed = service.find("ExpressRoute", "nl", shipped(), section="bgp", connection_type="expressroute")
        assert {one.section for one in narrowed.results} <= {"bgp"}
        suggested = service.suggest("expr", "nl", shipped(), 3)
        assert suggested.is_passing
        assert len(suggested.questions) == 3
        assert all(one.section for one in suggested.questions)

    @pytest.mark.usefixtures("own_index")
    def test_an_index_that_is_ahead_of_a_replica_answers_without_what_that_lacks(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The replica lacks an entry that is indexed already: here it is hidden again, without a new version."""
        entry = published(edition(), texts={"nl": text(question="Wat is een zwaluwstaart?")})
        indexer.build_index()
        Entry.objects.filter(pk=entry.pk).update(published_at=None)
        monkeypatch.setattr(indexer, "replica_aliases", lambda: ("replica1",))
        now = content_version.current() - 1
        monkeypatch.setattr(content_version, "current", lambda: now)
        found = service.find("zwaluwstaart", "nl", Edition.objects.get(code="2020-01"))
        assert (found.results, found.from_database, found.is_passing) == ((), False, True)
        assert service.suggest("zwaluw", "nl", Edition.objects.get(code="2020-01")).questions == ()
        ranked = service.find("expressroute", "nl", shipped())
        assert not ranked.from_database
        assert ranked.results[0].slug == "what-is-expressroute"
        assert ranked.results[0].score > 0
        assert indexer.why_behind() == ""

    def test_an_index_that_is_behind_answers_without_what_was_withdrawn(self) -> None:
        before = service.find("expressroute", "nl", shipped())
        assert not before.is_passing
        first = before.results[0].slug
        withdraw(Entry.objects.get(edition=shipped(), slug=first))
        behind = service.find("expressroute", "nl", shipped())
        assert (behind.is_behind, behind.from_database, behind.is_passing) == (True, False, True)
        assert behind.results
        assert first not in [one.slug for one in (*behind.results, *behind.elsewhere)]
        assert behind.own_total == before.own_total - 1
        suggested = service.suggest("wat is expressroute", "nl", shipped())
        assert suggested.is_passing
        assert first not in [one.slug for one in suggested.questions]

    @pytest.mark.parametrize("path", ["/nl/search/?q=expressroute", "/api/v1/search?q=expressroute&lang=nl"])
    def test_what_such_an_index_finds_is_not_kept(self, client: Client, path: str) -> None:
        content_version.advance()
        assert client.get(path).headers["Cache-Control"] == "no-store"
