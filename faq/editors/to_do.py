"""What waits for the editors: weak answers, stale facts, older translations, open questions, dead links, and limits
that were changed on the site and in the files. Of each list the database is asked for what a page shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from faq.desk.feedback import Weak, weak_counts, weak_entry
from faq.desk.query_log import this_week
from faq.desk.sent_questions import Sent, sent_in
from faq.editors.link_check import DeadLink, dead_links
from faq.models import AskedQuestion, Edition, Entry
from faq.store.limit_changes import ChangedInFiles, changed_in_files

MOST_QUESTIONS = 25
WEEKS_OF_QUESTIONS = 4

MOST_SHOWN = 50
"""Entries of one list, the most pressing ones."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shown(Generic[T]):
    """The first of a list, and how many more wait."""

    rows: tuple[T, ...]
    more: int = 0

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Older:
    """An entry whose text in one language was left behind."""

    entry: Entry
    language: str


@dataclass(frozen=True, slots=True)
class ToDo:
    """All that waits in an edition, each list with the most pressing first."""

    edition: Edition
    weak: Shown[Weak]
    stale: Shown[Entry]
    due: Shown[Entry]
    older: Shown[Older]
    sent: list[Sent]
    unanswered: list[AskedQuestion]
    dead: Shown[DeadLink]
    limits: list[ChangedInFiles]


def to_do_in(edition: Edition) -> ToDo:
    """What waits in an edition today. Questions of which nobody knows the edition wait in each."""
    entries = Entry.objects.filter(edition=edition).select_related("section", "edition", "owner")
    since = this_week() - timedelta(weeks=WEEKS_OF_QUESTIONS)
    searched = AskedQuestion.objects.filter(edition__in=(edition.code, ""), asked__gt=0, found=0, week__gte=since)
    return ToDo(
        edition=edition,
        weak=_shown(weak_counts(edition), lambda counted: [weak_entry(edition, counted)]),
        stale=_shown(_stale(entries)),
        older=_shown(entries.exclude(behind="").order_by("slug"), _older),
        due=_shown(entries.filter(review_on__lte=timezone.localdate()).order_by("review_on", "slug")),
        sent=sent_in(edition.code)[:MOST_QUESTIONS],
        unanswered=list(searched.order_by("-asked", "text")[:MOST_QUESTIONS]),
        dead=_first(dead for dead in dead_links() if dead.edition in ("", edition.code)),
        limits=changed_in_files(edition),
    )


def _stale(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """The published entries whose facts were last checked too long ago, or never, the oldest first."""
    oldest = timezone.localdate() - timedelta(days=settings.CHECKED_WITHIN_DAYS)
    waiting = entries.filter(Q(checked__isnull=True) | Q(checked__lt=oldest), published_at__isnull=False)
    return waiting.order_by(F("checked").asc(nulls_first=True), "slug")


def _older(entry: Entry) -> list[Older]:
    return [Older(entry, language) for language in entry.behind.split()]


def _shown(waiting: QuerySet[Any, Any], rows: Callable[[Any], Iterable[Any]] = lambda one: [one]) -> Shown[Any]:
    """The rows of the first of what waits, and how many more there are."""
    found = list(waiting[:MOST_SHOWN])
    more = waiting.count() - MOST_SHOWN if len(found) == MOST_SHOWN else 0
    return Shown(tuple(row for one in found for row in rows(one)), more)


def _first(waiting: Iterable[T]) -> Shown[T]:
    """The first of what waits, and how much more there is."""
    rest = iter(waiting)
    return Shown(tuple(islice(rest, MOST_SHOWN)), sum(1 for _ in rest))
