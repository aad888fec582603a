"""What waits for the editors: weak answers, stale facts, older translations, open questions, dead links, and limits
that were changed on the site and in the files.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from faq.desk.feedback import Weak, weak_entries
from faq.desk.query_log import this_week
from faq.desk.sent_questions import Sent, sent_in
from faq.editors.link_check import DeadLink, dead_links
from faq.models import AskedQuestion, Edition, Entry
from faq.store.limit_changes import ChangedInFiles, changed_in_files
from faq.store.publishing import languages_behind, working_content

MOST_QUESTIONS = 25
WEEKS_OF_QUESTIONS = 4


@dataclass(frozen=True, slots=True)
class Older:
    """An entry whose text in one language was left behind."""

    entry: Entry
    language: str


@dataclass(frozen=True, slots=True)
class ToDo:
    """All that waits in an edition, each list with the most pressing first."""

    edition: Edition
    weak: list[Weak]
    stale: list[Entry]
    due: list[Entry]
    older: list[Older]
    sent: list[Sent]
    unanswered: list[AskedQuestion]
    dead: list[DeadLink]
    limits: list[ChangedInFiles]


def to_do_in(edition: Edition) -> ToDo:
    """What waits in an edition today. Questions of which nobody knows the edition wait in each."""
    whole = Entry.objects.filter(edition=edition).select_related("section", "edition", "owner")
    entries = list(whole.prefetch_related("translations"))
    since = this_week() - timedelta(weeks=WEEKS_OF_QUESTIONS)
    searched = AskedQuestion.objects.filter(edition__in=(edition.code, ""), asked__gt=0, found=0, week__gte=since)
    return ToDo(
        edition=edition,
        weak=weak_entries(edition),
        stale=sorted(filter(_is_stale, entries), key=lambda entry: entry.checked or date.min),
        older=[
            Older(entry, language) for entry in entries for language in languages_behind(entry, working_content(entry))
        ],
        due=sorted(filter(_is_due, entries), key=lambda entry: entry.review_on or date.min),
        sent=sent_in(edition.code)[:MOST_QUESTIONS],
        unanswered=list(searched.order_by("-asked", "text")[:MOST_QUESTIONS]),
        dead=[dead for dead in dead_links() if dead.edition in ("", edition.code)],
        limits=changed_in_files(edition),
    )


def _is_stale(entry: Entry) -> bool:
    """Whether the facts of a published entry were last checked too long ago, or never."""
    oldest = timezone.localdate() - timedelta(days=settings.CHECKED_WITHIN_DAYS)
    return entry.published_at is not None and (entry.checked is None or entry.checked < oldest)


def _is_due(entry: Entry) -> bool:
    """Whether an entry waits for its review."""
    return entry.review_on is not None and entry.review_on <= timezone.localdate()
