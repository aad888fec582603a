"""The engine behind its interface: what it finds, and in which order."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.search.engine import Health, Matches, Query, SearchDocument
from faq.search.engines.whoosh.engine import WhooshEngine
from faq.search.engines.whoosh.space import written_space
from faq.search.passages import passage
from tests.faq.search.builders import DOCUMENTS, TERMS


@pytest.fixture
def engine(tmp_path: Path, index_of_documents: Path) -> WhooshEngine:
    """An engine with a few documents, of content version 7."""
    shutil.copytree(index_of_documents, tmp_path / "index")
    return WhooshEngine(tmp_path / "index")


def matches(engine: WhooshEngine, query: str, language: str = "nl", **narrowed: str) -> Matches:
    """What a query finds."""
    return engine.search(Query(query, language, narrowed.pop("edition", "e"), **narrowed), 7, 10)


def found(engine: WhooshEngine, query: str, language: str = "nl", **narrowed: str) -> list[str]:
    """The slugs that a query finds in the reader's language."""
    return [hit.slug for hit in matches(engine, query, language, **narrowed).own]


def test_a_word_in_the_question_counts_for_more_than_in_the_answer(engine: WhooshEngine) -> None:
    assert found(engine, "tunnel") == ["tunnel", "gateway"]


def test_editions_are_not_mixed(engine: WhooshEngine) -> None:
    assert found(engine, "tunnel", edition="f") == ["other"]
    assert found(engine, "tunnel", edition="none") == []


@pytest.mark.parametrize("query", ["VpnGw2AZ", "vpngw2az", "/27", "10.0.0.0/16", "10.0.0.0"])
def test_technical_words_are_found_whole(engine: WhooshEngine, query: str) -> None:
    assert found(engine, query) == ["gateway"]


@pytest.mark.parametrize("query", ["adresruimte", "adres ruimte", "adresruimten", "adres-ruimtes"])
def test_split_and_joined_spellings_find_the_same(engine: WhooshEngine, query: str) -> None:
    assert found(engine, query)[0] == "space"


@pytest.mark.parametrize("query", ["throughput", "bandbreedte", "bandwidth", "Doorvoer"])
def test_other_names_in_either_language_find_the_entry(engine: WhooshEngine, query: str) -> None:
    assert found(engine, query) == ["speed"]


def test_a_name_of_several_words_is_one_thing(engine: WhooshEngine) -> None:
    assert found(engine, "preshared key")[0] == "key"
    assert found(engine, "psk") == ["key"]


def test_what_only_the_other_language_has_stands_apart(engine: WhooshEngine) -> None:
    answer = matches(engine, "handshake")
    assert (answer.own, [hit.slug for hit in answer.elsewhere]) == ((), ["only-english"])
    assert matches(engine, "tunnel").elsewhere == ()


def test_a_typing_error_is_mended_and_told(engine: WhooshEngine) -> None:
    answer = matches(engine, "adresruitme")
    assert answer.corrected == "adresruimte"
    assert answer.own[0].slug == "space"
    assert matches(engine, "adresruimte").corrected is None


def test_a_typing_error_in_another_name_is_mended_too(engine: WhooshEngine) -> None:
    assert found(engine, "bandbredte") == ["speed"]


@pytest.mark.parametrize("query", ["doorvoer verbinding", "Hoeveel doorvoer haalt een verbinding?", "lijn doorvoer"])
def test_an_entry_that_is_not_translated_does_not_fall_below_one_that_is(engine: WhooshEngine, query: str) -> None:
    translated = {one.slug for one in DOCUMENTS if one.language == "en"}
    assert "tunnel" in translated
    assert "speed" not in translated
    assert found(engine, query)[0] == "speed"


def test_rare_words_weigh_more(engine: WhooshEngine) -> None:
    assert found(engine, "verbinding") == ["speed", "tunnel"]
    assert found(engine, "doorvoer verbinding")[0] == "speed"


def test_a_sentence_works_as_well_as_a_term(engine: WhooshEngine) -> None:
    assert found(engine, "hoe weet ik welke adresruimte mijn netwerk eigenlijk krijgt")[0] == "space"


def test_a_search_is_narrowed_by_section_and_connection_type(engine: WhooshEngine) -> None:
    assert found(engine, "tunnel", connection_type="site-to-site") == ["gateway"]
    assert found(engine, "verbinding", section="t") == ["speed"]
    assert found(engine, "verbinding", section="nowhere") == []


def test_a_question_that_no_entry_covers_is_only_near(engine: WhooshEngine) -> None:
    unheard_of = " ".join(f"xyzzy{letter}plugh" for letter in "abcdefghijklmnopqrst")
    assert matches(engine, f"tunnel {unheard_of}").only_near
    assert not matches(engine, "welke adresruimte krijgt het vnet").only_near


@pytest.mark.parametrize(("typed", "first"), [("adr", "space"), ("wat is een gat", "gateway"), ("doorv", "speed")])
def test_what_begins_like_this_is_suggested(engine: WhooshEngine, typed: str, first: str) -> None:
    assert engine.suggest(Query(typed, "nl", "e"), 7, 5)[0].slug == first


def test_suggestions_are_questions_of_entries_found_by_their_phrasings_too(engine: WhooshEngine) -> None:
    assert [one.text for one in engine.suggest(Query("bui", "nl", "e"), 7, 5)] == ["Wat is een tunnel?"]
    assert engine.suggest(Query("", "nl", "e"), 7, 5) == []


@given(query=st.text(max_size=200))
def test_nothing_that_is_typed_can_raise(tmp_path_factory: pytest.TempPathFactory, query: str) -> None:
    engine = WhooshEngine(tmp_path_factory.getbasetemp() / "shared-index")
    if engine.health().content_version != 7:
        engine.index(DOCUMENTS, TERMS, 7)
    answer = matches(engine, query)
    for hit in (*answer.own, *answer.elsewhere):
        assert "".join(text for text, _ in passage(hit.answer, hit.language, hit.matched)) in hit.answer
    engine.suggest(Query(query, "nl", "e"), 7, 5)


@pytest.mark.parametrize("query", ["*", "tun*", "a OR b AND NOT c", "[a-z]{1000}", "~9 (((", "/.*/", "question:x"])
def test_signs_of_query_languages_are_nothing_but_words(engine: WhooshEngine, query: str) -> None:
    assert isinstance(matches(engine, query), Matches)


def test_an_index_tells_how_it_is(engine: WhooshEngine, tmp_path: Path) -> None:
    assert engine.health() == Health(7, 8)
    assert WhooshEngine(tmp_path / "nothing").health() == Health(None, 0)


def test_a_build_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    WhooshEngine(tmp_path / "new").index(DOCUMENTS, TERMS, 8, lambda done, steps: told.append((done, steps)))
    steps = [done for done, _ in told]
    assert steps == sorted(steps)
    assert len(steps) > 2 * len(DOCUMENTS)
    assert told[-1][0] == told[-1][1]


def test_a_rebuild_makes_only_what_changed(engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[str, str]] = []

    def noted(documents: Sequence[SearchDocument], *rest: Any) -> dict[str, bytes]:
        made.append((documents[0].edition, documents[0].language))
        return written_space(documents, *rest)

    monkeypatch.setattr("faq.search.engines.whoosh.engine.written_space", noted)
    opened = engine.spaces(7)
    first, *rest = DOCUMENTS
    changed = [replace(first, question=f"{first.question} zwabber"), *rest]
    engine.index(changed, TERMS, 8)
    assert made == [(first.edition, first.language)]
    kept = [space for space, was in opened.items() if engine.spaces(8)[space] is was]
    assert set(kept) == opened.keys() - set(made)
    assert engine.search(Query("zwabber", "nl", "e"), 8, 20).own_total
    engine.index(changed, TERMS[:1], 9)
    assert len(made) == 1 + len(opened)


def test_a_damaged_index_lends_nothing_to_the_next_one(engine: WhooshEngine, tmp_path: Path) -> None:
    for path in tmp_path.rglob("*.ways.bin"):
        path.write_bytes(path.read_bytes()[:-1])
    engine.index(DOCUMENTS, TERMS, 8)
    assert engine.search(Query("tunnel", "nl", "e"), 8, 20).own_total


def test_threads_that_search_at_once_find_what_one_finds(tmp_path: Path) -> None:
    """Whoosh's reader is not made for threads; without a lock some of these fail or differ."""
    many = [replace(one, slug=f"{one.slug}-{number}") for number in range(60) for one in DOCUMENTS]
    built = WhooshEngine(tmp_path / "many")
    built.index(many, TERMS, 7)
    queries = sorted({word for one in DOCUMENTS for word in one.answer.split()})
    alone = [matches(built, query) for query in queries]
    patience = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(5):
            fresh = WhooshEngine(tmp_path / "many")
            with ThreadPoolExecutor(8) as pool:
                assert list(pool.map(partial(matches, fresh), queries)) == alone
    finally:
        sys.setswitchinterval(patience)
