"""Figures of each week, over weeks that a test makes."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from faq.editors import weeks_page
from faq.editors.week_figures import COLUMNS, WeekFigures, figures_until
from faq.models import AskedQuestion, Feedback, PublicationCount
from faq.store.publishing import publish, published_content, save_draft
from tests.faq.builders import account, example

pytestmark = pytest.mark.django_db

PAGE = "/admin/faq/askedquestion/weeks/"
LAST = date(2026, 1, 5)
BEFORE = date(2025, 12, 29)
"""The first and the last Monday of a year: the week of the latter is of the year after it."""


@pytest.fixture(autouse=True)
def _made() -> None:
    def asked(week: date, text: str, **counts: int) -> None:
        AskedQuestion.objects.create(week=week, edition="2016-12", language="nl", text=text, **counts)

    asked(LAST, "bgp", asked=10, found=4, opened=6)
    asked(LAST, "zwabber", asked=3, found=0, sent=2)
    asked(LAST, "tweemaal geopend", asked=1, found=5, opened=9)
    asked(BEFORE, "bgp", asked=7, found=4)
    asked(LAST - timedelta(weeks=12), "te oud", asked=99)
    for helpful in (True, True, False, None):
        Feedback.objects.create(slug="x", edition="2016-12", language="nl", helpful=helpful, week=BEFORE)
    PublicationCount.objects.create(week=BEFORE, times=5)


def test_each_week_has_its_own_latest_first() -> None:
    figures = figures_until(LAST)
    assert len(figures) == 12
    assert figures[0] == WeekFigures(LAST, searches=14, openings=7, without_answer=3, questions=2)
    assert figures[1] == WeekFigures(BEFORE, searches=7, yes=2, no=1, published=5)
    assert set(figures[2:]) == {WeekFigures(LAST - timedelta(weeks=ago)) for ago in range(2, 12)}


def test_a_week_is_named_as_iso_does() -> None:
    assert [WeekFigures(week).name for week in (LAST, BEFORE, date(2026, 11, 23))] == [
        "2026-W02",
        "2026-W01",
        "2026-W48",
    ]


def test_publishing_counts_and_loading_or_drafting_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 11, 25, 12, tzinfo=UTC))
    entry = example()
    content = published_content(entry)
    publish(entry, content)
    publish(entry, content)
    publish(entry, content, loaded={})
    save_draft(entry, content)
    assert PublicationCount.objects.get(week=date(2026, 11, 23)).times == 2


@pytest.mark.parametrize(
    ("role", "status"), [("desk", 403), ("reader", 403), ("editor", 200), ("publisher", 200), (None, 200)]
)
def test_those_who_read_what_was_asked_see_it(client: Client, role: str | None, status: int) -> None:
    client.force_login(account(role))
    assert [client.get(PAGE).status_code, client.get(f"{PAGE}?format=csv").status_code] == [status, status]


def test_a_visitor_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(PAGE).headers["Location"].startswith("/admin/login/")


def test_the_page_and_the_table_say_the_same(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weeks_page, "this_week", lambda: LAST)
    client.force_login(account("editor"))
    page = client.get(PAGE, headers={"Accept-Language": "en"}).content.decode()
    assert '<th scope="row">2026-W01</th>' in page
    answer: Any = client.get(f"{PAGE}?format=csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(answer.content.decode().splitlines()))
    assert rows[0] == ["week", "monday", *COLUMNS]
    assert rows[1] == ["2026-W02", "2026-01-05", "14", "7", "3", "0", "0", "2", "0"]
    assert rows[2] == ["2026-W01", "2025-12-29", "7", "0", "0", "2", "1", "0", "5"]
    assert len(rows) == 13


def test_the_list_of_questions_leads_to_it(client: Client) -> None:
    client.force_login(account("editor"))
    assert PAGE in client.get("/admin/faq/askedquestion/").content.decode()
