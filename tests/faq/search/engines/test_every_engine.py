"""What every engine does behind its interface: what it finds, and in which order."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.search.engine import Engine, Health, IndexUnusable, Matches, Phrasing, Query
from faq.search.engines.postgres.engine import PostgresEngine
from faq.search.engines.whoosh.engine import WhooshEngine
from faq.search.passages import passage
from faq.store import search_tables
from tests.faq.search.builders import DOCUMENTS, TERMS
from tests.faq.search.engines.postgres.builders import few_outside
from tests.served import server_of_tests

pytestmark = pytest.mark.django_db

ENGINES = ("postgres",) if server_of_tests() else ("whoosh",)
"""On PostgreSQL its own engine is asked, and on SQLite the embedded one."""


@pytest.fixture(params=ENGINES)
def engine(
    request: pytest.FixtureRequest, tmp_path: Path, index_of_documents: Path, monkeypatch: pytest.MonkeyPatch
) -> Engine:
    """An engine with a few documents, of content version 7."""
    if request.param == "whoosh":
        shutil.copytree(index_of_documents, tmp_path / "index")
        return WhooshEngine(tmp_path / "index")
    few_outside(monkeypatch)
    engine = PostgresEngine(search_tables.reading, search_tables.writing)
    engine.index(DOCUMENTS, TERMS, 7)
    return engine


def matches(engine: Engine, query: str, language: str = "nl", **narrowed: str) -> Matches:
    """What a query finds."""
    return engine.search(Query(query, language, narrowed.pop("edition", "e"), **narrowed), 7, 10)


def found(engine: Engine, query: str, language: str = "nl", **narrowed: str) -> list[str]:
    """The slugs that a query finds in the reader's language."""
    return [hit.slug for hit in matches(engine, query, language, **narrowed).own]


def test_a_word_in_the_question_counts_for_more_than_in_the_answer(engine: Engine) -> None:
    assert found(engine, "tunnel") == ["tunnel", "gateway"]


def test_editions_are_not_mixed(engine: Engine) -> None:
    assert found(engine, "tunnel", edition="f") == ["other"]
    assert found(engine, "tunnel", edition="none") == []


@pytest.mark.parametrize("query", ["VpnGw2AZ", "vpngw2az", "/27", "10.0.0.0/16", "10.0.0.0"])
def test_technical_words_are_found_whole(engine: Engine, query: str) -> None:
    assert found(engine, query) == ["gateway"]


@pytest.mark.parametrize("query", ["adresruimte", "adres ruimte", "adresruimten", "adres-ruimtes"])
def test_split_and_joined_spellings_find_the_same(engine: Engine, query: str) -> None:
    assert found(engine, query)[0] == "space"


@pytest.mark.parametrize("query", ["throughput", "bandbreedte", "bandwidth", "Doorvoer"])
def test_other_names_in_either_language_find_the_entry(engine: Engine, query: str) -> None:
    assert found(engine, query) == ["speed"]


def test_a_name_of_several_words_is_one_thing(engine: Engine) -> None:
    assert found(engine, "preshared key")[0] == "key"
    assert found(engine, "psk") == ["key"]


def test_what_only_the_other_language_has_stands_apart(engine: Engine) -> None:
    answer = matches(engine, "handshake")
    assert (answer.own, [hit.slug for hit in answer.elsewhere]) == ((), ["only-english"])
    assert matches(engine, "tunnel").elsewhere == ()


def test_a_typing_error_is_mended_and_told(engine: Engine) -> None:
    answer = matches(engine, "adresruitme")
    assert answer.corrected == "adresruimte"
    assert answer.own[0].slug == "space"
    assert matches(engine, "adresruimte").corrected is None


def test_a_typing_error_in_another_name_is_mended_too(engine: Engine) -> None:
    assert found(engine, "bandbredte") == ["speed"]


@pytest.mark.parametrize("query", ["doorvoer verbinding", "Hoeveel doorvoer haalt een verbinding?", "lijn doorvoer"])
def test_an_entry_that_is_not_translated_does_not_fall_below_one_that_is(engine: Engine, query: str) -> None:
    translated = {one.slug for one in DOCUMENTS if one.language == "en"}
    assert "tunnel" in translated
    assert "speed" not in translated
    assert found(engine, query)[0] == "speed"


def test_rare_words_weigh_more(engine: Engine) -> None:
    assert found(engine, "verbinding") == ["speed", "tunnel"]
    assert found(engine, "doorvoer verbinding")[0] == "speed"


def test_a_sentence_works_as_well_as_a_term(engine: Engine) -> None:
    assert found(engine, "hoe weet ik welke adresruimte mijn netwerk eigenlijk krijgt")[0] == "space"


def test_a_search_is_narrowed_by_section_and_connection_type(engine: Engine) -> None:
    assert found(engine, "tunnel", connection_type="site-to-site") == ["gateway"]
    assert found(engine, "verbinding", section="t") == ["speed"]
    assert found(engine, "verbinding", section="nowhere") == []


def test_a_question_that_no_entry_covers_is_only_near(engine: Engine) -> None:
    unheard_of = " ".join(f"xyzzy{letter}plugh" for letter in "abcdefghijklmnopqrst")
    assert matches(engine, f"tunnel {unheard_of}").only_near
    assert not matches(engine, "welke adresruimte krijgt het vnet").only_near


@pytest.mark.parametrize(("typed", "first"), [("adr", "space"), ("wat is een gat", "gateway"), ("doorv", "speed")])
def test_what_begins_like_this_is_suggested(engine: Engine, typed: str, first: str) -> None:
    assert engine.suggest(Query(typed, "nl", "e"), 7, 5)[0].slug == first


def test_suggestions_are_questions_of_entries_found_by_their_phrasings_too(engine: Engine) -> None:
    assert [one.text for one in engine.suggest(Query("bui", "nl", "e"), 7, 5)] == ["Wat is een tunnel?"]
    assert engine.suggest(Query("", "nl", "e"), 7, 5) == []


@given(query=st.text(max_size=200))
def test_nothing_that_is_typed_can_raise(engine: Engine, query: str) -> None:
    answer = matches(engine, query)
    for hit in (*answer.own, *answer.elsewhere):
        assert "".join(text for text, _ in passage(hit.answer, hit.language, hit.matched)) in hit.answer
    engine.suggest(Query(query, "nl", "e"), 7, 5)


@pytest.mark.parametrize("query", ["*", "tun*", "a OR b AND NOT c", "[a-z]{1000}", "~9 (((", "/.*/", "question:x"])
def test_signs_of_query_languages_are_nothing_but_words(engine: Engine, query: str) -> None:
    assert isinstance(matches(engine, query), Matches)


def test_an_index_of_earlier_content_refuses(engine: Engine) -> None:
    assert engine.health() == Health(7, 8)
    with pytest.raises(IndexUnusable):
        engine.search(Query("tunnel", "nl", "e"), 8, 10)
    engine.verify(7)
    with pytest.raises(IndexUnusable):
        engine.verify(8)


def test_a_phrasing_more_is_found_as_if_it_were_there(engine: Engine) -> None:
    also = Phrasing("e", "space", "nl", "zwabber krijgen")
    assert engine.search(Query("zwabber krijgen", "nl", "e"), 7, 10, also).own[0].slug == "space"
    assert "space" not in found(engine, "zwabber")


def test_what_a_text_names_tells_entries_apart(engine: Engine) -> None:
    assert "#throughput" in engine.named("hoeveel doorvoer", "nl", "e", 7)
    assert engine.named("hoeveel doorvoer", "nl", "none", 7) == frozenset()
