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

from faq.search.engine import Health, Matches, Query, SearchDocument
from faq.search.engines.whoosh.engine import WhooshEngine
from faq.search.engines.whoosh.space import written_space
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
