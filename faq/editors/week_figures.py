"""Figures of each week for who leads the desk, from counts that name nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Least

from faq.models import AskedQuestion, Feedback, PublicationCount

WEEKS = 12
"""Weeks that are shown, the one that is going on among them."""


@dataclass(frozen=True, slots=True)
class WeekFigures:
    """What was counted in the week that begins on a Monday. Of a search that was repeated, no more openings count than
    searches.
    """

    week: date
    searches: int = 0
    openings: int = 0
    without_answer: int = 0
    yes: int = 0
    no: int = 0
    questions: int = 0
    published: int = 0

    @property
    def name(self) -> str:
        """The week as ISO 8601 writes it, such as 2026-W48."""
        year, number, _ = self.week.isocalendar()
        return f"{year}-W{number:02}"


COLUMNS = tuple(column.name for column in fields(WeekFigures))[1:]
"""The names of the figures, in their order."""


def figures_until(last: date, weeks: int = WEEKS) -> list[WeekFigures]:
    """The figures of so many weeks up to the one that begins on this Monday, latest first."""
    shown = [last - timedelta(weeks=ago) for ago in range(weeks)]
    found: dict[date, dict[str, int]] = {week: {} for week in shown}
    for rows in (_of_searches(shown), _of_feedback(shown), _of_publications(shown)):
        for row in rows:
            found[row.pop("week")] |= {name: value or 0 for name, value in row.items()}
    return [WeekFigures(week, **found[week]) for week in shown]


def _of_searches(weeks: list[date]) -> Iterable[dict[str, Any]]:
    rows = AskedQuestion.objects.filter(week__in=weeks).order_by().values("week")
    counted = rows.annotate(
        searches=Sum("asked"),
        openings=Sum(Least("opened", "asked")),
        without_answer=Sum("asked", filter=Q(found=0)),
        questions=Sum("sent"),
    )
    return [dict(row) for row in counted]


def _of_feedback(weeks: list[date]) -> Iterable[dict[str, Any]]:
    rows = Feedback.objects.filter(week__in=weeks).order_by().values("week")
    counted = rows.annotate(yes=Count("pk", filter=Q(helpful=True)), no=Count("pk", filter=Q(helpful=False)))
    return [dict(row) for row in counted]


def _of_publications(weeks: list[date]) -> Iterable[dict[str, Any]]:
    rows = PublicationCount.objects.filter(week__in=weeks).order_by().values("week")
    return [dict(row) for row in rows.annotate(published=Sum("times"))]
