"""Was this helpful? Counted by entry, language and week, with a reason where one is given, and never by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet

from faq.desk.query_log import this_week
from faq.models import Edition, Feedback
from faq.store.entries import ShownEntry, find_question
from faq.store.expiry import delete_expired
from faq.store.outbox import tell_feedback

MOST_A_WEEK = 20_000
"""Rows that are kept of one week; what comes on top is dropped, so that nobody can fill the disk."""

REASONS = Feedback.REASONS
"""What may be wrong with an answer: codes, and what a visitor reads."""

WEAK_FROM = 2
"""An entry is weak when so many say that it did not help, and they are more than a third."""


@dataclass(frozen=True, slots=True)
class Weak:
    """An entry that did not help: how often so and how often it did, and what was said of it, latest first."""

    slug: str
    question: str
    language: str
    no: int
    yes: int
    said: tuple[Feedback, ...]


def expired_feedback(now: datetime) -> QuerySet[Feedback]:
    """Feedback that is older than it is kept."""
    return Feedback.objects.filter(week__lt=this_week(now) - timedelta(weeks=settings.QUESTIONS_KEPT_WEEKS))


@transaction.atomic
def store_feedback(shown: ShownEntry, helpful: bool | None, reason: str = "", text: str = "") -> None:
    """Keep what was said of an entry, and drop what is too old. `text` tells nothing of a person any more."""
    week, slug, language = this_week(), shown.heading.slug, shown.heading.language
    delete_expired(expired_feedback)
    if Feedback.objects.filter(week=week).count() < MOST_A_WEEK:
        Feedback.objects.create(
            slug=slug,
            edition=shown.edition,
            language=language,
            helpful=helpful,
            reason=reason,
            text=text,
            week=week,
        )
        said = Feedback.objects.filter(slug=slug, edition=shown.edition, language=language, week=week)
        votes = [said.filter(helpful=vote).count() for vote in (True, False)]
        tell_feedback(shown.edition, slug, language, yes=votes[0], no=votes[1])


def weak_counts(edition: Edition) -> QuerySet[Any, Any]:
    """The entries of an edition that did not help, worst first: the slug, the language, and how many said `no` and
    `yes`."""
    counted = Feedback.objects.filter(edition=edition.code).values("slug", "language")
    votes = counted.annotate(no=Count("pk", filter=Q(helpful=False)), yes=Count("pk", filter=Q(helpful=True)))
    return votes.filter(no__gte=WEAK_FROM, yes__lt=2 * F("no")).order_by("-no", "slug")


def weak_entry(edition: Edition, counted: Mapping[str, Any]) -> Weak:
    """An entry that did not help, of which the votes are counted, with what was said of it."""
    slug, language = counted["slug"], counted["language"]
    said = Feedback.objects.filter(edition=edition.code, slug=slug, helpful__isnull=True).order_by("-pk")
    question = find_question(slug, edition, language) or slug
    return Weak(slug, question, language, counted["no"], counted["yes"], tuple(said[:5]))
