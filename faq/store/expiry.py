"""Deleting by age: the one way in which anything goes because of the time, and only if the clock can be believed."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connections, transaction
from django.db.models import QuerySet
from django.utils import timezone

from faq.knowledge.clock import Reading, read_clock
from faq.models import ClockReading
from faq.store import leases

Expired = Callable[[datetime], QuerySet[Any]]
"""Which rows are too old at a time, and are deleted then."""

REMEMBERED_EVERY = timedelta(hours=1)
"""How often a time that counts is written down, so that reading the clock costs no write."""

HOUR = 3600.0

BEFORE_NEXT = HOUR - 300
"""Seconds in which no other machine deletes: it ends before the one that did is to do so again."""

_everything: tuple[tuple[str, Expired], ...] = ()


class Hourly:
    """Something that is due at once, and then an hour after each time, by the steady clock."""

    def __init__(self) -> None:
        self._next = time.monotonic()

    def is_due(self) -> bool:
        """Whether an hour has gone by; the next one begins then."""
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + HOUR
        return True


def use_expired(everything: tuple[tuple[str, Expired], ...]) -> None:
    """Let `prune` delete these, each with what its rows are called."""
    global _everything
    _everything = everything


def delete_expired(expired: Expired, now: datetime | None = None) -> int:
    """Delete what is too old; nothing while the clock is in doubt. Returns how many rows went."""
    now = now or timezone.now()
    with transaction.atomic():
        if not is_believed(now):
            return 0
        return int(expired(now).delete()[0])


def is_believed(now: datetime) -> bool:
    """Whether the clock counts, and remember what it says."""
    row = ClockReading.objects.first()
    last = Reading(row.trusted, row.doubted) if row else None
    reading, counts = read_clock(last, now)
    is_news = last is None or reading.doubted != last.doubted
    if is_news or abs(reading.trusted - last.trusted) >= REMEMBERED_EVERY:  # type: ignore[union-attr]
        ClockReading(trusted=reading.trusted, doubted=reading.doubted).save()
    return counts


def prune_on_one_machine() -> dict[str, int] | None:
    """`prune`, unless another machine that shares the database did so in this hour: then None as well."""
    if connections["default"].vendor == "postgresql" and not leases.take(
        leases.PRUNING, leases.own_name(), BEFORE_NEXT
    ):
        return None
    return prune()


def prune(now: datetime | None = None) -> dict[str, int] | None:
    """Delete everything that is too old. Returns how many rows went, by what they are called; None while the clock is
    in doubt.
    """
    now = now or timezone.now()
    if not is_believed(now):
        return None
    return {name: delete_expired(expired, now) for name, expired in _everything}
