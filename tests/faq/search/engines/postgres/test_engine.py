"""The engine in the database: changed in place, searched by many, and as good as the embedded one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any, LiteralString

import pytest
from django.db import OperationalError

from faq.search.analysis import Analysed, analysed
from faq.search.engine import Health, IndexUnusable, Key, Query, SearchDocument
from faq.search.engines.postgres import retrieval, writing
from faq.search.engines.postgres.engine import PostgresEngine
from faq.search.engines.postgres.tables import Cursor
from faq.search.engines.whoosh.engine import WhooshEngine
from faq.search.terms import Term, Thesaurus
from faq.store import search_tables
from tests.faq.search.builders import DOCUMENTS, TERMS, document
from tests.faq.search.engines.postgres.builders import few_outside

pytestmark = pytest.mark.django_db

MANY = 400


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> PostgresEngine:
    """An engine without an index."""
    few_outside(monkeypatch)
    return PostgresEngine(search_tables.reading, search_tables.writing)


def found(engine: PostgresEngine, text: str, version: int = 7) -> list[str]:
    """The Dutch entries of edition `e` that a query finds."""
    return [hit.slug for hit in engine.search(Query(text, "nl", "e"), version, 10).own]


def statistics() -> list[list[str]]:
    """All that the tables tell of terms, words, and spaces, without the numbers of spaces."""
    told = []
    with search_tables.reading() as cursor:
        for table in ("term", "word", "space"):
            cursor.execute(f"SELECT to_jsonb(one) FROM search_2_{table} AS one")  # noqa: S608 -- our own
            told.append(sorted(map(str, cursor.fetchall())))
    return told


def made(number: int) -> SearchDocument:
    """A document of its own words, and of some that many have."""
    return document(
        f"made-{number}",
        f"Hoe werkt onderdeel{number} van groep{number % 7}?",
        asked_as=(f"zo doet onderdeel{number} het",),
        answer=f"Een verbinding met onderdeel{number} en soort{number % 30}.",
    )


class TestChanging:
    """What becomes of an index."""

    def test_without_an_index_it_says_so(self, engine: PostgresEngine) -> None:
        assert engine.health() == Health(None, 0)
        assert not engine.can_change(TERMS)
        for ask in (
            lambda: engine.verify(1),
            lambda: engine.open(1),
            lambda: engine.search(Query("tunnel", "nl", "e"), 1, 10),
            lambda: engine.change((), (), 1),
        ):
            with pytest.raises(IndexUnusable):
                ask()

    def test_what_only_looks_reads_where_searches_read(self, engine: PostgresEngine) -> None:
        engine.index(DOCUMENTS, TERMS, 7)

        def stopped() -> AbstractContextManager[Cursor]:
            raise OperationalError("the primary does not answer")

        on_replica = PostgresEngine(search_tables.reading, stopped)
        on_replica.verify(7)
        assert on_replica.health() == Health(7, len(DOCUMENTS))
        assert on_replica.can_change(TERMS)
        assert len(on_replica.keys()) == len(DOCUMENTS)

    def test_a_change_is_found_and_what_went_is_not(self, engine: PostgresEngine) -> None:
        engine.index(DOCUMENTS, TERMS, 7)
        new = document("new", "Wat is een zwabber?")
        assert engine.change([new], {Key("e", "nl", "gateway")}, 8) == len(DOCUMENTS)
        assert found(engine, "zwabber", 8) == ["new"]
        assert "gateway" not in found(engine, "gateway", 8)
        assert engine.health() == Health(8, len(DOCUMENTS))
        assert engine.keys() == {Key(one.edition, one.language, one.slug) for one in (*DOCUMENTS, new)} - {
            Key("e", "nl", "gateway")
        }

    def test_changed_in_steps_it_is_what_it_is_when_made_at_once(self, engine: PostgresEngine) -> None:
        first, *rest = DOCUMENTS
        changed = replace(first, question="Wat is een zwabber?", asked_as=())
        engine.index([changed, *rest], TERMS, 7)
        at_once = statistics()
        engine.index([made(1), *DOCUMENTS], TERMS, 8)
        engine.change([changed], {Key("e", "nl", "made-1")}, 9)
        assert statistics() == at_once
        assert all(roots().values())  # what was added is weighed

    def test_only_what_changed_is_written(self, engine: PostgresEngine, monkeypatch: pytest.MonkeyPatch) -> None:
        engine.index(DOCUMENTS, TERMS, 7)
        written: list[str] = []

        def noted(one: SearchDocument, thesaurus: Thesaurus) -> Analysed:
            written.append(one.slug)
            return analysed(one, thesaurus)

        monkeypatch.setattr(writing, "analysed", noted)
        first, *rest = DOCUMENTS
        engine.index([replace(first, answer="Iets anders."), *rest], TERMS, 8)
        assert written == [first.slug]

    def test_what_is_given_up_leaves_the_index_as_it_was(self, engine: PostgresEngine) -> None:
        engine.index(DOCUMENTS, TERMS, 7)
        before, steps = statistics(), list[int]()

        def given_up(done: int, of: int) -> None:
            steps.append(done)
            if done == 3:
                raise KeyboardInterrupt

        for work in (
            lambda: engine.change([made(number) for number in range(5)], {Key("e", "nl", "gateway")}, 8, given_up),
            lambda: engine.index([made(number) for number in range(5)], TERMS, 8, given_up),
        ):
            with pytest.raises(KeyboardInterrupt):
                work()
            assert steps[-1] == 3
            assert statistics() == before
            assert engine.health() == Health(7, len(DOCUMENTS))

    def test_with_other_terms_all_is_written_anew(self, engine: PostgresEngine) -> None:
        engine.index(DOCUMENTS, TERMS, 7)
        assert engine.can_change(TERMS)
        more = [*TERMS, Term("mop", {"nl": ("zwabber", "gateway"), "en": ()})]
        assert not engine.can_change(more)
        engine.index(DOCUMENTS, more, 8)
        assert found(engine, "zwabber", 8) == ["gateway"]

    def test_ways_of_asking_are_weighed_again_when_there_are_many_more_documents(self, engine: PostgresEngine) -> None:
        engine.index(DOCUMENTS, TERMS, 7)
        engine.change([made(number) for number in range(MANY)], (), 8)
        in_steps = roots()
        engine.index([], TERMS, 9)
        engine.index([*DOCUMENTS, *(made(number) for number in range(MANY))], TERMS, 10)
        assert in_steps == roots()


def roots() -> dict[str, bytes]:
    """What the ways of asking of each document weigh."""
    with search_tables.reading() as cursor:
        cursor.execute("SELECT space || slug, roots FROM search_2_document")
        return {name: bytes(weighed) for name, weighed in cursor.fetchall()}


class TestMany:
    """More documents than are ranked."""

    @pytest.fixture
    def documents(self) -> Sequence[SearchDocument]:
        return [*DOCUMENTS, *(made(number) for number in range(MANY))]

    @pytest.mark.parametrize(
        "query",
        ["onderdeel123", "hoe werkt onderdeel77", "onderdeel5 groep5", "adresruimte", "soort3 verbinding", "doorvoer"],
    )
    def test_the_first_one_is_that_of_the_embedded_engine(
        self,
        engine: PostgresEngine,
        documents: Sequence[SearchDocument],
        tmp_path_factory: pytest.TempPathFactory,
        query: str,
    ) -> None:
        assert retrieval.MOST < MANY
        folder = tmp_path_factory.getbasetemp() / "many"
        embedded = WhooshEngine(folder)
        if embedded.health().content_version is None:
            embedded.index(documents, TERMS, 7)
        engine.index(documents, TERMS, 7)
        asked = Query(query, "nl", "e")
        ours, theirs = engine.search(asked, 7, 10), embedded.search(asked, 7, 10)
        assert [hit.slug for hit in ours.own][:1] == [hit.slug for hit in theirs.own][:1]
        assert ours.only_near == theirs.only_near

    def test_words_that_every_document_has_find_some(
        self, engine: PostgresEngine, documents: Sequence[SearchDocument], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(retrieval, "LOOKED_THROUGH", 50)
        engine.index(documents, TERMS, 7)
        assert found(engine, "hoe werkt een verbinding")

    def test_a_narrowed_search_finds_what_is_far_down(
        self, engine: PostgresEngine, documents: Sequence[SearchDocument]
    ) -> None:
        far = replace(made(MANY), section="far")
        engine.index([*documents, far], TERMS, 7)
        narrowed = engine.search(Query("verbinding", "nl", "e", "far"), 7, 10)
        assert [hit.slug for hit in narrowed.own] == [far.slug]

    def test_a_search_reads_no_row_of_another_edition(
        self, engine: PostgresEngine, documents: Sequence[SearchDocument]
    ) -> None:
        """Else a small one beside a large one is searched as slowly as that."""
        small = [replace(one, edition="small") for one in documents[: retrieval.MOST + 10]]
        engine.index([*documents, *small], TERMS, 7)
        plans: list[str] = []

        @contextmanager
        def explained() -> Iterator[Cursor]:
            with search_tables.reading() as cursor:
                yield Explaining(cursor, plans)

        asking = PostgresEngine(explained, search_tables.writing)
        assert asking.search(Query("hoe werkt onderdeel5 verbinding", "nl", "small"), 7, 10).own[0].slug == "made-5"
        assert plans
        assert [plan for plan in plans if "Removed by Filter" in plan] == []


class Explaining:
    """A cursor that notes how PostgreSQL finds the documents that may answer, by its indexes."""

    def __init__(self, cursor: Cursor, plans: list[str]) -> None:
        self._cursor, self._plans = cursor, plans
        self.fetchone, self.fetchall, self.executemany = cursor.fetchone, cursor.fetchall, cursor.executemany

    def execute(self, query: LiteralString, parameters: Any = None) -> None:
        """Run a statement."""
        if query == retrieval.FOUND:
            self._cursor.execute("SET LOCAL enable_seqscan = off")
            self._cursor.execute(f"EXPLAIN ANALYZE {query}", parameters)
            self._plans.append("\n".join(line for (line,) in self._cursor.fetchall()))
        self._cursor.execute(query, parameters)
