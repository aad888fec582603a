"""The index in the database is kept up with what readers see, without being made anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from faq.models import Edition, Entry, Section, TermGroup
from faq.search import indexer, service
from faq.search.engines.postgres.engine import PostgresEngine
from faq.search.engines.whoosh.engine import WhooshEngine
from faq.store import content_version, search_tables, unindexed
from faq.store.publishing import publish, published_content, withdraw
from tests.faq.builders import edition, published, text
from tests.faq.search.engines.postgres.builders import few_outside

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def engine(settings: Any, monkeypatch: pytest.MonkeyPatch) -> PostgresEngine:
    """The site searches in PostgreSQL, with an index of all that is published."""
    few_outside(monkeypatch)
    settings.SEARCH_ENGINE = "postgres"
    made = PostgresEngine(search_tables.reading, search_tables.writing)
    monkeypatch.setattr(indexer, "ENGINES", {"postgres": lambda folder: made})
    indexer.engine.cache_clear()
    published(edition(), texts={"nl": text(question="Wat is een tunnel?"), "en": text(question="What is a tunnel?")})
    Entry.objects.exclude(edition__code="2020-01").delete()  # a few are indexed in a moment
    indexer.build_index()
    return made


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the index is changed in place, and not built."""
    monkeypatch.setattr(indexer, "build_index", lambda *given: pytest.fail("it is built anew"))


def found(word: str) -> list[str]:
    """The slugs that a search finds in the index, of what readers see now."""
    result = service.find(word, "nl", Edition.objects.get(code="2020-01"))
    assert not result.is_passing
    return [one.slug for one in result.results]


def entry() -> Entry:
    """The one entry there is."""
    return Entry.objects.get(edition__code="2020-01")


@pytest.mark.usefixtures("changed")
def test_what_is_published_is_found_and_what_is_withdrawn_is_not() -> None:
    publish(entry(), published_content(entry()).with_text("nl", text(question="Wat is een zwabber?")))
    assert service.find("zwabber", "nl", Edition.objects.get(code="2020-01")).is_passing
    indexer.ensure_index()
    assert found("zwabber") == [entry().slug]
    withdraw(entry())
    assert service.find("zwabber", "nl", Edition.objects.get(code="2020-01")).results == ()
    indexer.ensure_index()
    assert found("zwabber") == []
    assert indexer.engine().health().documents == 0


@pytest.mark.usefixtures("changed")
def test_what_is_deleted_is_taken_away(engine: PostgresEngine) -> None:
    entry().delete()
    indexer.ensure_index()
    assert engine.keys() == set()
    assert engine.health().content_version == content_version.current()


@pytest.mark.usefixtures("changed")
def test_an_entry_that_got_another_slug_stands_there_once(engine: PostgresEngine) -> None:
    publish(entry(), replace(published_content(entry()), slug="what-is-a-mop"))
    indexer.ensure_index()
    assert [key.slug for key in sorted(engine.keys())] == ["what-is-a-mop"] * 2


@pytest.mark.usefixtures("changed")
def test_a_section_that_got_another_name_is_found_by_it() -> None:
    section = Section.objects.get(pk=entry().section_id)
    section.title_nl = "Zwabbers"
    section.save()
    indexer.ensure_index()
    (result,) = service.find("tunnel", "nl", Edition.objects.get(code="2020-01")).results
    assert result.section_title == "Zwabbers"


def test_with_other_terms_the_index_is_built_anew() -> None:
    TermGroup.objects.create(key="mop", nl=["zwabber", "tunnel"])
    assert service.find("zwabber", "nl", Edition.objects.get(code="2020-01")).is_passing
    indexer.ensure_index()
    assert found("zwabber") == [entry().slug]


def test_what_another_release_took_in_is_taken_in_here_too() -> None:
    """Each change is told to one indexer: where releases differ in the form of their index, it lacks what the other
    was told."""
    with search_tables.writing() as cursor:
        cursor.execute("CREATE TABLE search_1_index AS SELECT * FROM search_2_index")
    publish(entry(), published_content(entry()).with_text("nl", text(question="Wat is een zwabber?")))
    unindexed.indexed(unindexed.unindexed())
    with search_tables.writing() as cursor:
        cursor.execute("UPDATE search_1_index SET content_version = %s", (content_version.current(),))
    indexer.ensure_index()
    assert found("zwabber") == [entry().slug]
    with search_tables.reading() as cursor:
        cursor.execute("SELECT terms_digest FROM search_1_index")
        assert cursor.fetchone() == ("",)  # so that the other one builds its own anew


def test_what_changed_while_the_embedded_engine_was_used_is_taken_in(tmp_path: Path) -> None:
    publish(entry(), published_content(entry()).with_text("nl", text(question="Wat is een zwabber?")))
    indexer.build_index(of=WhooshEngine(tmp_path / "index"))
    indexer.ensure_index()
    assert found("zwabber") == [entry().slug]
