"""The process that builds the index: what it does when it cannot, and when there are two."""

from __future__ import annotations

import logging
import shutil
import threading
from pathlib import Path

import pytest

from faq.models import Edition
from faq.search import index_keeper, indexer
from faq.search.analysis import Analysed, analysed
from faq.search.engine import Progress, Query, SearchDocument
from faq.search.engines.whoosh import analyses
from faq.search.engines.whoosh.engine import WhooshEngine
from faq.search.indexer import Age
from faq.search.terms import Thesaurus
from faq.store import content_version
from tests.faq.builders import edition, published, text

pytestmark = pytest.mark.django_db


class Waits:
    """Notes the seconds that are waited, and ends after so many waits."""

    def __init__(self, count: int) -> None:
        self.count, self.seconds = count, list[float]()

    def __call__(self, seconds: float) -> bool:
        """Whether to end; where it is asked without waiting, that is not noted."""
        if seconds:
            self.seconds.append(seconds)
        return len(self.seconds) >= self.count


@pytest.mark.usefixtures("own_index")
def test_it_builds_what_is_behind_and_then_looks_again() -> None:
    waits = Waits(2)
    index_keeper.keep_up(indexer.ensure_index, waits)
    assert indexer.why_behind() == ""
    assert waits.seconds == [index_keeper.LOOK_SECONDS] * 2


def test_a_build_that_fails_is_tried_later_and_later_and_told_once(caplog: pytest.LogCaptureFixture) -> None:
    def fails(progress: Progress) -> None:
        raise OSError("no space left")

    waits = Waits(11)
    with caplog.at_level(logging.WARNING):
        index_keeper.keep_up(fails, waits)
    assert waits.seconds[:4] == [1, 2, 4, 8]
    assert waits.seconds[-2:] == [index_keeper.LONGEST_WAIT] * 2
    assert len(caplog.records) == 1


def test_it_tells_that_it_is_well_again(caplog: pytest.LogCaptureFixture) -> None:
    outcomes = iter([OSError("full"), None])

    def build(progress: Progress) -> None:
        if fault := next(outcomes):
            raise fault

    index_keeper.keep_up(build, Waits(2))
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]


@pytest.mark.parametrize("kind", ["a file", "a link to nothing", "nothing"])
def test_what_stands_in_the_place_of_the_folder_is_mended(
    own_index: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(indexer, "PublishedDocuments", list)
    shutil.rmtree(own_index)
    if kind == "a file":
        own_index.write_text("x")
    elif kind == "a link to nothing":
        own_index.symlink_to(own_index.with_name("gone"))
    indexer.engine.cache_clear()
    index_keeper.keep_up(indexer.ensure_index, Waits(1))
    assert indexer.is_ready()


def test_a_second_process_waits_for_the_first(tmp_path: Path) -> None:
    lock, waits = tmp_path / "lock", Waits(3)
    with index_keeper.only_one(lock, lambda seconds: False) as first, index_keeper.only_one(lock, waits) as second:
        assert (first, second) == (True, False)
    assert len(waits.seconds) == 3
    with index_keeper.only_one(lock, lambda seconds: True) as third:
        assert third


def noted_from_now_on(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The slugs of the documents that are taken in from now on, as they are."""
    taken_in: list[str] = []

    def noted(document: SearchDocument, thesaurus: Thesaurus) -> Analysed:
        taken_in.append(document.slug)
        return analysed(document, thesaurus)

    monkeypatch.setattr(analyses, "analysed", noted)
    return taken_in


def taken_in_with_another(of_its_own: Edition, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The slugs that a build takes in after one more entry was published."""
    taken_in = noted_from_now_on(monkeypatch)
    published(of_its_own, slug="another", texts={"nl": text(question="Wat is een pen-en-gatverbinding?")})
    indexer.build_index()
    return taken_in


def test_a_build_takes_in_only_the_entries_that_changed(own_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of_its_own = edition()
    published(of_its_own, texts={"nl": text(question="Wat is een zwaluwstaart?")})
    indexer.build_index()
    assert taken_in_with_another(of_its_own, monkeypatch) == ["another"]


def test_after_a_start_the_first_build_takes_in_only_what_changed(
    own_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_its_own = edition()
    published(of_its_own, texts={"nl": text(question="Wat is een zwaluwstaart?")})
    indexer.build_index()
    indexer.engine.cache_clear()
    monkeypatch.setattr(index_keeper, "PREPARED_AFTER", 0)
    index_keeper.keep_up(indexer.ensure_index, Waits(2), indexer.prepare)
    assert taken_in_with_another(of_its_own, monkeypatch) == ["another"]


@pytest.mark.parametrize("work", ["build", "prepare"])
def test_neither_a_build_nor_what_prepares_one_is_finished_first_when_it_is_time_to_end(
    own_index: Path, monkeypatch: pytest.MonkeyPatch, work: str
) -> None:
    of_its_own = edition()
    for number in range(5):
        published(of_its_own, slug=f"number-{number}")
    if work == "prepare":
        indexer.build_index()
        indexer.engine.cache_clear()
        monkeypatch.setattr(index_keeper, "PREPARED_AFTER", 0)
    before, taken_in = indexer.engine().health(), noted_from_now_on(monkeypatch)
    index_keeper.keep_up(indexer.ensure_index, lambda seconds: len(taken_in) >= 3, indexer.prepare)
    assert len(taken_in) == 3
    assert indexer.engine().health() == before


def test_visitors_are_answered_from_the_old_index_while_the_new_one_is_opened(
    own_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexer.build_index()
    assert indexer.asked(lambda engine, number: engine.search(Query("bgp", "nl", "2026"), number, 3))[1] is Age.CURRENT
    opening, go_on = threading.Event(), threading.Event()
    real = WhooshEngine.open

    def slowly(self: WhooshEngine, number: int) -> None:
        opening.set()
        go_on.wait(10)
        real(self, number)

    monkeypatch.setattr(WhooshEngine, "open", slowly)
    monkeypatch.setattr(indexer._Opening, "is_apart", True)
    before = content_version.current()
    content_version.advance()
    indexer.engine_by_itself().index([], [], content_version.current())

    def ask() -> tuple[int, Age]:
        return indexer.asked(lambda engine, number: number)

    assert ask() == (before, Age.BEHIND)
    assert opening.wait(10)
    assert ask() == (before, Age.BEHIND)
    go_on.set()
    for _ in range(100):
        if ask()[1] is Age.CURRENT:
            break
        threading.Event().wait(0.05)
    assert ask() == (before + 1, Age.CURRENT)
