"""What was asked: counted by week, edition and language, without telling who asks."""

from __future__ import annotations

import re
from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError
from django.test import Client

from faq.desk import query_log
from faq.models import AskedQuestion, Edition
from tests.faq.builders import edition, published, text

pytestmark = pytest.mark.django_db


EDITION = "2016-12"


@pytest.fixture(autouse=True)
def _nothing_waits(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    """No thread writes during a test, and nothing stays for the next one."""
    settings.QUESTIONS_KEPT_WEEKS = 26
    monkeypatch.setattr(query_log, "SECONDS_BETWEEN_WRITES", 3600)
    query_log.drop_waiting()
    yield
    query_log.drop_waiting()


def timer() -> Any:
    """The thread that will write, or None."""
    return query_log._timer


def rows() -> set[tuple[str, str, int, int]]:
    """What was counted: language, text, asked and opened."""
    return set(AskedQuestion.objects.values_list("language", "text", "asked", "opened"))


class TestCounting:
    """From memory to the database."""

    def test_nothing_is_written_before_its_time(self) -> None:
        query_log.count_query("tunnel", "nl", EDITION)
        assert rows() == set()

    def test_the_same_question_adds_up_also_over_writes(self) -> None:
        for typed in ("tunnel", "Tunnel ", "TUNNEL"):
            query_log.count_query(typed, "nl", EDITION)
        query_log.count_query("tunnel", "en", EDITION)
        query_log.count_opened("tunnel", "nl", EDITION)
        query_log.flush()
        query_log.count_query("tunnel", "nl", EDITION)
        query_log.flush()
        assert rows() == {("nl", "tunnel", 4, 1), ("en", "tunnel", 1, 0)}

    def test_two_processes_add_up(self) -> None:
        query_log.count_query("tunnel", "nl", EDITION)
        this_week = query_log.this_week()
        AskedQuestion.objects.create(week=this_week, edition=EDITION, language="nl", text="tunnel", asked=10, opened=3)
        query_log.flush()
        assert rows() == {("nl", "tunnel", 11, 3)}

    def test_a_week_begins_on_monday_and_weeks_stay_apart(self, monkeypatch: pytest.MonkeyPatch) -> None:
        days = [date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 29)]
        for day in days:
            monkeypatch.setattr("django.utils.timezone.localdate", lambda day=day: day)
            query_log.count_query("tunnel", "nl", EDITION)
        query_log.flush()
        weeks = AskedQuestion.objects.order_by("week").values_list("week", "asked")
        assert list(weeks) == [(date(2026, 11, 16), 1), (date(2026, 11, 23), 2)]

    def test_how_much_is_found_is_counted_as_well(self) -> None:
        query_log.count_query("expressroute", "nl", EDITION)
        query_log.count_query("xyzzyplugh", "nl", EDITION)
        query_log.flush()
        found = dict(AskedQuestion.objects.values_list("text", "found"))
        assert found["expressroute"] > 0
        assert found["xyzzyplugh"] == 0

    def test_weeks_that_are_too_old_are_dropped(self, settings: Any) -> None:
        settings.QUESTIONS_KEPT_WEEKS = 2
        for weeks in (2, 3, 40):
            week = query_log.this_week() - timedelta(weeks=weeks)
            AskedQuestion.objects.create(week=week, language="nl", text=f"{weeks} weken", asked=1)
        query_log.count_query("nu", "nl", EDITION)
        query_log.flush()
        assert {kept for _, kept, _, _ in rows()} == {"nu", "2 weken"}

    def test_memory_is_bounded_and_what_is_known_still_counts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(query_log, "MOST_WAITING", 3)
        for typed in ("een", "twee", "drie", "vier", "vijf", "een"):
            query_log.count_query(typed, "nl", EDITION)
        assert {question.text: counts.asked for question, counts in query_log._waiting.items()} == {
            "een": 2,
            "twee": 1,
            "drie": 1,
        }
        query_log.flush()
        query_log.count_query("vier", "nl", EDITION)
        assert len(query_log._waiting) == 1

    def test_a_language_that_the_site_lacks_is_not_counted(self) -> None:
        query_log.count_query("tunnel", "de", EDITION)
        assert not query_log._waiting

    def test_editions_are_counted_apart_and_searched_in(self) -> None:
        published(edition(), texts={"nl": text(question="Wat is een zwaluwstaart?")})
        query_log.count_query("zwaluwstaart", "nl", "2020-01")
        for code in ("2020-01", EDITION, "gone"):
            query_log.count_query("tunnel", "nl", code)
        query_log.flush()
        counted = AskedQuestion.objects.values_list("edition", "text", "asked")
        assert set(counted) == {("2020-01", "tunnel", 1), (EDITION, "tunnel", 1), ("2020-01", "zwaluwstaart", 1)}
        assert AskedQuestion.objects.get(text="zwaluwstaart").found == 1

    @pytest.mark.parametrize(
        ("query", "code"), [("", EDITION), ("?edition=2020-01", "2020-01"), ("?edition=x", EDITION)]
    )
    def test_the_page_counts_in_the_edition_that_it_searched(self, client: Client, query: str, code: str) -> None:
        edition()
        page = client.get(f"/nl/search/{query}{'&' if query else '?'}q=tunnel").content.decode()
        (where,) = re.findall(r'data-count="([^"]*)"\s+data-question="tunnel"', page)
        assert client.post(where, {"q": "tunnel", "new": "1", "slug": "x"}).status_code == 204
        query_log.flush()
        assert list(AskedQuestion.objects.values_list("edition", "asked", "opened")) == [(code, 1, 1)]

    def test_what_was_counted_before_editions_is_of_the_default_one(self) -> None:
        AskedQuestion.objects.create(week=query_log.this_week(), language="nl", text="tunnel", asked=3)
        edition("2099-01", date=date(2099, 1, 1))
        migration = import_module("faq.migrations.0008_editions_of_questions_and_notes")
        migration.questions_of_the_default_edition(apps, None)
        assert AskedQuestion.objects.get().edition == EDITION
        Edition.objects.filter(code=EDITION).update(code="2016-11")
        AskedQuestion.objects.update(edition="")
        migration.questions_of_the_default_edition(apps, None)
        assert AskedQuestion.objects.get().edition == "2099-01"

    @pytest.mark.parametrize("part", ["_add", "find", "known_editions"])
    def test_a_fault_of_the_database_is_logged_and_dropped(
        self, part: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def fail(*_: Any, **__: Any) -> None:
            raise DatabaseError("the disk is full")

        query_log.count_query("tunnel", "nl", EDITION)
        with monkeypatch.context() as patch:
            patch.setattr(query_log, part, fail)
            query_log.flush()
        assert "could not be counted" in caplog.text
        assert "tunnel" not in caplog.messages[0]
        assert not query_log._waiting
        query_log.flush()
        assert rows() == set()
        query_log.count_query("gateway", "nl", EDITION)
        query_log.flush()
        assert rows() == {("nl", "gateway", 1, 0)}

    def test_no_more_threads_is_no_fault_for_a_visitor(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(_: Any) -> None:
            raise RuntimeError("can't start new thread")

        monkeypatch.setattr("threading.Timer.start", fail)
        query_log.count_query("tunnel", "nl", EDITION)
        query_log.flush()
        assert rows() == {("nl", "tunnel", 1, 0)}

    def test_the_thread_exists_only_while_something_waits(self) -> None:
        assert timer() is None
        query_log.count_query("een", "nl", EDITION)
        first = timer()
        query_log.count_query("twee", "nl", EDITION)
        assert timer() is first
        assert first.daemon
        query_log.flush()
        assert timer() is None
        first.join(5)
        assert not first.is_alive()

    def test_the_thread_writes_by_itself_and_closes_its_connection(self, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: list[Any] = []
        monkeypatch.setattr(query_log, "SECONDS_BETWEEN_WRITES", 0.01)
        monkeypatch.setattr(query_log, "_write", seen.append)
        monkeypatch.setattr(query_log, "connection", SimpleNamespace(close=lambda: seen.append("closed")))
        query_log.count_query("tunnel", "nl", EDITION)
        timer().join(5)
        batch, closed = seen
        assert [question.text for question in batch] == ["tunnel"]
        assert closed == "closed"
