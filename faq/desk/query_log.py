"""What is asked of the search in each edition, counted without telling who asks.

A question is made impersonal before anything is kept, counted in memory, and written a few seconds later by a thread.
"""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from faq.models import AskedQuestion
from faq.search.service import find
from faq.store.editions import known_editions
from faq.store.expiry import delete_expired
from web.counters import Quota
from web.languages import LANGUAGES
from web.privacy import impersonal

log = logging.getLogger(__name__)

SECONDS_BETWEEN_WRITES = 5
MOST_WAITING = 1_000
"""Different questions that are kept between two writes; what comes on top is dropped."""

MOST_A_WEEK = 200_000
"""Different questions that are kept of one week; of what comes on top only those are counted that are there already."""

PER_CLIENT = Quota("asked", 240, 3600)
"""How often a client's questions and openings are counted in an hour."""


class Question(NamedTuple):
    """What is counted on its own: a text, in an edition and a language, in the week that begins on a Monday."""

    week: date
    edition: str
    language: str
    text: str


@dataclass(slots=True)
class Counts:
    """How often a question was asked, and how often one of its results was opened."""

    asked: int = 0
    opened: int = 0


_lock = threading.Lock()
_writing = threading.Lock()
_waiting: dict[Question, Counts] = {}
_timer: threading.Timer | None = None


def count_query(text: str, language: str, edition: str) -> None:
    """Count that this was searched for in the edition of this code. Quick, and never raises."""
    _count(text, language, edition, asked=1)


def count_opened(text: str, language: str, edition: str) -> None:
    """Count that a result of this search was opened. Quick, and never raises."""
    _count(text, language, edition, opened=1)


def this_week(now: datetime | None = None) -> date:
    """The Monday of the week that it is."""
    today = timezone.localdate(now) if now else timezone.localdate()
    return today - timedelta(days=today.weekday())


def expired_questions(now: datetime) -> QuerySet[AskedQuestion]:
    """Questions that are older than they are kept."""
    return AskedQuestion.objects.filter(week__lt=this_week(now) - timedelta(weeks=settings.QUESTIONS_KEPT_WEEKS))


def flush() -> None:
    """Write what is waiting, now. A fault is logged and what was waiting is dropped."""
    with _writing:
        batch = _take()
        if not batch:
            return
        try:
            _write(batch)
        except Exception:
            log.exception("%d questions asked could not be counted", len(batch))


def drop_waiting() -> None:
    """Drop what is waiting."""
    _take()


def _count(text: str, language: str, edition: str, asked: int = 0, opened: int = 0) -> None:
    kept = impersonal(text)
    if not kept or language not in LANGUAGES:
        return
    question = Question(this_week(), edition, language, kept)
    with _lock:
        if question not in _waiting and len(_waiting) >= MOST_WAITING:
            return
        counts = _waiting.setdefault(question, Counts())
        counts.asked += asked
        counts.opened += opened
        _write_later()


def _write_later() -> None:
    """Start the thread that writes, unless one waits already. Its caller holds the lock."""
    global _timer
    if _timer is not None and _timer.is_alive():
        return
    _timer = threading.Timer(SECONDS_BETWEEN_WRITES, _flush_and_close)
    _timer.name, _timer.daemon = "questions-asked", True
    try:
        _timer.start()
    except RuntimeError:  # no more threads: the next question tries again
        log.warning("the thread that counts questions cannot be started")
        _timer = None


def _take() -> Mapping[Question, Counts]:
    """What is waiting, which waits no longer."""
    global _waiting, _timer
    with _lock:
        taken, _waiting = _waiting, {}
        if _timer is not None:
            _timer.cancel()
            _timer = None
    return taken


def _flush_and_close() -> None:
    try:
        flush()
    finally:
        connection.close()


def _write(batch: Mapping[Question, Counts]) -> None:
    """Add a batch to the database and drop what is too old. The searches run before the database is locked; what was
    asked of an edition that is gone since is dropped.
    """
    editions = {edition.code: edition for edition in known_editions()}
    found = {
        question: find(question.text, question.language, editions[question.edition], limit=1).total
        for question in batch
        if question.edition in editions
    }
    with transaction.atomic():
        room = MOST_A_WEEK - AskedQuestion.objects.filter(week=this_week()).count()
        for question, count in found.items():
            room -= _add(question, batch[question], count, may_be_new=room > 0)
        delete_expired(expired_questions)


def _add(question: Question, counts: Counts, found: int, *, may_be_new: bool) -> bool:
    """Add to the row of a question, such that what another process added stays. Returns whether it got a new row."""
    more = {"asked": F("asked") + counts.asked, "opened": F("opened") + counts.opened, "found": found}
    if not may_be_new:
        same = AskedQuestion.objects.filter(week=question.week, edition=question.edition)
        same.filter(language=question.language, text=question.text).update(**more)
        return False
    new = {"asked": counts.asked, "opened": counts.opened, "found": found}
    return AskedQuestion.objects.update_or_create(**question._asdict(), defaults=more, create_defaults=new)[1]


atexit.register(_flush_and_close)
