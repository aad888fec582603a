"""A second opinion by meaning, around another engine."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from faq.search.engine import Health, Hit, IndexUnusable, Matches, Phrasing, Query, SearchDocument
from faq.search.engines.meaning.engine import COMPARED, MeaningEngine
from faq.search.engines.whoosh.engine import WhooshEngine
from faq.search.terms import Term
from tests.faq.search.builders import DOCUMENTS, TERMS, document
from tests.faq.search.engines.meaning.builders import LettersModel

TWINS = [
    document("first", "Hoe meet ik een zaagblad?", summary="Met een teller.", connection_types=("site-to-site",)),
    document("second", "Hoe meet ik een zaagblad?", summary="Bij de vrachtwagenchauffeurs."),
    document("third", "Hoe meet ik een zaagblad?", summary="Met een liniaal.", section="t"),
]
"""Entries that the other engine cannot tell apart, as it does not read short answers."""


def engine_of(folder: Path, documents: Sequence[SearchDocument], terms: Sequence[Term] = TERMS) -> MeaningEngine:
    """An engine with these documents, of content version 7."""
    made = opened(folder)
    made.index(documents, terms, 7)
    return made


def opened(folder: Path, model: LettersModel | None = None) -> MeaningEngine:
    """The engine of a folder, as another process opens it."""
    return MeaningEngine(WhooshEngine(folder / "index"), model or LettersModel(), folder / "vectors")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an engine with the documents of the examples and of the twins."""
    folder = tmp_path_factory.mktemp("made")
    engine_of(folder, [*DOCUMENTS, *TWINS])
    return folder


@pytest.fixture
def engine(tmp_path: Path, made: Path) -> MeaningEngine:
    """An engine with these documents, in a folder of its own."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return opened(tmp_path)


def matches(engine: MeaningEngine, query: str, language: str = "nl", limit: int = 10, **narrowed: str) -> Matches:
    """What a query finds."""
    return engine.search(Query(query, language, narrowed.pop("edition", "e"), **narrowed), 7, limit)


def slugs(hits: Sequence[Hit]) -> list[str]:
    """The entries of what was found."""
    return [hit.slug for hit in hits]


def test_what_is_nearer_in_meaning_comes_first(engine: MeaningEngine, tmp_path: Path) -> None:
    query = "hoe meet ik een zaagblad van vrachtwagenchauffeurs"
    by_itself = WhooshEngine(tmp_path / "index").search(Query(query, "nl", "e"), 7, 10)
    found = matches(engine, query)
    assert slugs(by_itself.own)[0] == "first"
    assert slugs(found.own)[0] == "second"
    assert sorted(slugs(found.own)) == sorted(slugs(by_itself.own))
    scores = [hit.score for hit in found.own]
    assert scores == sorted(scores, reverse=True)


def test_all_but_the_order_and_the_scores_is_what_the_other_engine_says(engine: MeaningEngine, tmp_path: Path) -> None:
    inner = WhooshEngine(tmp_path / "index")
    for query in ("tunnel", "bandbredte", "handshake", "xyzzy", ""):
        for language in ("nl", "en"):
            asked = Query(query, language, "e")
            found, by_itself = engine.search(asked, 7, 10), inner.search(asked, 7, 10)
            assert replace(found, own=()) == replace(by_itself, own=())
            assert {hit.slug: replace(hit, score=0.0) for hit in found.own} == {
                hit.slug: replace(hit, score=0.0) for hit in by_itself.own
            }
    assert engine.suggest(Query("hoe meet", "nl", "e"), 7, 5) == inner.suggest(Query("hoe meet", "nl", "e"), 7, 5)
    assert engine.named("tunnel psk", "nl", "e", 7) == inner.named("tunnel psk", "nl", "e", 7)


def test_a_search_is_narrowed(engine: MeaningEngine) -> None:
    assert slugs(matches(engine, "hoe meet ik een zaagblad", section="t").own) == ["third"]
    narrowed = matches(engine, "hoe meet ik een zaagblad van vrachtwagenchauffeurs", connection_type="site-to-site")
    assert slugs(narrowed.own)[0] == "first"
    assert "second" not in slugs(narrowed.own)
    assert slugs(matches(engine, "tunnel", edition="f").own) == ["other"]


def test_a_limit_cuts_what_is_shown_and_not_what_is_compared(engine: MeaningEngine) -> None:
    query = "hoe meet ik een zaagblad van vrachtwagenchauffeurs"
    found, one = matches(engine, query), matches(engine, query, limit=1)
    assert one.own == found.own[:1]
    assert (one.own_total, one.elsewhere_total) == (found.own_total, found.elsewhere_total)


def test_a_limit_holds_for_entries_of_another_language_too(tmp_path: Path) -> None:
    many = [document(f"english-{n}", f"What is a handshake {n}?", language="en") for n in range(5)]
    found = matches(engine_of(tmp_path, [*DOCUMENTS, *many]), "handshake", limit=2)
    assert (len(found.elsewhere), found.elsewhere_total) == (2, 6)


def test_entries_that_are_not_compared_stay_below_those_that_are(tmp_path: Path) -> None:
    many = [document(f"entry-{n}", f"Wat is een tunnel {'buis ' * n}?") for n in range(1, COMPARED + 16)]
    engine = engine_of(tmp_path, many)
    found = matches(engine, "tunnel buis", limit=100)
    scores = [hit.score for hit in found.own]
    assert len(scores) == COMPARED + 15
    assert scores == sorted(scores, reverse=True)
    assert matches(engine, "tunnel buis", limit=10).own == found.own[:10]


def test_a_question_is_compared_as_it_was_meant_and_only_once(tmp_path: Path) -> None:
    engine_of(tmp_path, DOCUMENTS)
    model = LettersModel()
    engine = opened(tmp_path, model)
    for _ in range(2):
        matches(engine, "tunnel en bandbredte")
        matches(engine, "tunnel en " * 300)
        matches(engine, "psk")
    assert model.questions[0] == "tunnel en bandbreedte"
    assert [len(question) for question in model.questions] == [21, 400]


def test_a_phrasing_more_counts_in_the_other_engine(engine: MeaningEngine) -> None:
    query = Query("zwaluwstaart", "nl", "e")
    assert not engine.search(query, 7, 10).own
    found = engine.search(query, 7, 10, Phrasing("e", "speed", "nl", "zwaluwstaart"))
    assert slugs(found.own) == ["speed"]


def test_only_texts_that_changed_are_encoded_again(tmp_path: Path) -> None:
    first, *rest = DOCUMENTS
    engine_of(tmp_path, DOCUMENTS)
    model = LettersModel()
    engine = opened(tmp_path, model)
    engine.index([replace(first, answer="Iets anders.", asked_as=("pijp",)), *rest], TERMS, 8)
    assert model.passages == []
    engine.index([replace(first, question="Wat is een buis?"), *rest], TERMS, 9)
    assert model.passages == ["Wat is een buis? "]
    assert slugs(engine.search(Query("tunnel", "nl", "e"), 9, 10).own)
    opened(tmp_path, other := LettersModel("letters 2")).index(DOCUMENTS, TERMS, 10)
    assert len(other.passages) == len({(one.question, one.summary) for one in DOCUMENTS})


def test_a_build_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    opened(tmp_path).index(DOCUMENTS, TERMS, 8, lambda done, steps: told.append((done, steps)))
    steps = [done for done, _ in told]
    assert steps == sorted(steps)
    assert told[-1][0] == told[-1][1]


@pytest.mark.parametrize("damage", ["flip", "truncate", "empty", "delete"])
def test_damaged_vectors_are_noticed_before_they_are_read(engine: MeaningEngine, tmp_path: Path, damage: str) -> None:
    files = [path for path in (tmp_path / "vectors").rglob("*") if path.is_file() and path.name != "lock"]
    assert len(files) == 4
    for path in files:
        whole = path.read_bytes()
        if damage == "flip":
            path.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
        elif damage == "truncate":
            path.write_bytes(whole[: len(whole) // 2])
        elif damage == "empty":
            path.write_bytes(b"")
        else:
            path.unlink()
        with pytest.raises(IndexUnusable):
            matches(opened(tmp_path), "tunnel")
        path.write_bytes(whole)
    assert matches(opened(tmp_path), "tunnel") == matches(engine, "tunnel")


def test_damaged_vectors_are_all_made_again(tmp_path: Path) -> None:
    engine_of(tmp_path, DOCUMENTS)
    for path in (tmp_path / "vectors").rglob("vectors.bin"):
        path.write_bytes(path.read_bytes()[:-1])
    engine = opened(tmp_path, model := LettersModel())
    engine.index(DOCUMENTS, TERMS, 7)
    assert len(model.passages) == len({(one.question, one.summary) for one in DOCUMENTS})
    assert matches(engine, "tunnel").own


def test_vectors_of_another_content_version_or_model_are_not_used(engine: MeaningEngine, tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match="content version 7, not 8"):
        engine.search(Query("tunnel", "nl", "e"), 8, 10)
    with pytest.raises(IndexUnusable, match="letters 1, not 2 letters 2"):
        matches(opened(tmp_path, LettersModel("letters 2")), "tunnel")


def test_an_entry_without_a_vector_is_noticed(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, DOCUMENTS)
    WhooshEngine(tmp_path / "index").index([*DOCUMENTS, *TWINS], TERMS, 7)
    with pytest.raises(IndexUnusable, match="no vector of"):
        matches(opened(tmp_path), "hoe meet ik een zaagblad")
    assert matches(engine, "handshake").elsewhere


def test_health_is_that_of_both(engine: MeaningEngine, tmp_path: Path) -> None:
    assert engine.health() == Health(7, len(DOCUMENTS) + len(TWINS))
    WhooshEngine(tmp_path / "index").index(DOCUMENTS, TERMS, 8)
    assert opened(tmp_path).health() == Health(None, 0)
    opened(tmp_path).index(DOCUMENTS, TERMS, 8)
    assert opened(tmp_path).health() == Health(8, len(DOCUMENTS))
    assert opened(tmp_path / "nothing").health() == Health(None, 0)


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    assert matches(engine_of(tmp_path, []), "tunnel") == Matches(only_near=True)


def test_threads_that_search_at_once_find_what_one_finds(engine: MeaningEngine, tmp_path: Path) -> None:
    queries = sorted({word for one in (*DOCUMENTS, *TWINS) for word in one.question.split()})
    alone = [matches(engine, query) for query in queries]
    for _ in range(3):
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(partial(matches, opened(tmp_path)), queries)) == alone
