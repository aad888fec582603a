"""The version of what readers see: one number that rises with every change, so that kept pages know they are old."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.signals import request_finished, request_started
from django.db import DatabaseError, OperationalError, connections, router
from django.db.models import F
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from faq.models import ContentVersion, Edition, Entry, Section, TermGroup
from faq.store.replica_health import replica_aliases

P = ParamSpec("P")
R = TypeVar("R")

READ = f"SELECT number FROM {ContentVersion._meta.db_table} WHERE id = 1"  # noqa: S608 -- the table is our own
"""Asked for every page: five times as quick as the same by the ORM."""

ASKED_AGAIN_AFTER = 0.5
"""Seconds in which nobody asks a database that could not be read: each that asks would wait for the lock."""


MOST_KEPT = 1_000
"""Results that a process keeps of each reader of the content at most."""

VERSIONS_KEPT = 2
"""Content versions of which results are kept where there are replicas: one may be behind another for a moment."""


class _Request(threading.local):
    """Whether this thread answers a request, the number that it was given, so that all that a page shows is of one, and
    whether that is only the one that was read last.
    """

    is_open = False
    is_stale = False
    number: int | None = None


_request = _Request()


class _LastKnown:
    """The number that was read last, and until when (by the monotonic clock) it is answered without asking."""

    number: int | None = None
    until = 0.0


def current() -> int:
    """The number now. While the database cannot be read, as when a large change is being committed, the number that was
    read last: kept pages go on answering. A request gets the same number to its end, unless it changes something.
    Raises OperationalError where none was read.
    """
    if _request.number is None:
        number = _asked()
        _request.number = number if _request.is_open else None
        return number
    return _request.number


def is_stale() -> bool:
    """Whether the number that this thread got is the one that was read last, as the database cannot be read: what is
    read after all must not be kept under it.
    """
    return _request.is_stale


def kept(read: Callable[P, R]) -> Callable[P, R]:
    """A reader of the published content of which a process keeps the results until the content version rises.

    The results are shared, so that nobody may change them. In a transaction nothing is kept: it may hold what others
    never see. What is kept under a number was read after it from the same database, and is never older.
    """
    results: dict[int, dict[Any, R]] = {}
    lock = threading.Lock()

    @wraps(read)
    def kept_read(*args: P.args, **kwargs: P.kwargs) -> R:
        if _in_transaction():
            return read(*args, **kwargs)
        number, key = current(), (args, tuple(sorted(kwargs.items())))
        known = results.get(number)
        if known is None:
            with lock:
                known = results.setdefault(number, {})
                for older in list(results)[: -(VERSIONS_KEPT if replica_aliases() else 1)]:
                    del results[older]
        if key in known:
            return known[key]
        found = read(*args, **kwargs)
        if is_stale():
            return found
        if len(known) >= MOST_KEPT:
            known.clear()
        known[key] = found
        return found

    return kept_read


def _in_transaction() -> bool:
    return connections[router.db_for_read(ContentVersion)].in_atomic_block


def _asked() -> int:
    _request.is_stale = True
    if _LastKnown.number is not None and time.monotonic() < _LastKnown.until:
        return _LastKnown.number
    try:
        _LastKnown.number = _read()
    except OperationalError:
        if _LastKnown.number is None:
            raise
        _LastKnown.until = time.monotonic() + ASKED_AGAIN_AFTER
        return _LastKnown.number
    _request.is_stale = False
    return _LastKnown.number


def read_for_request() -> None:
    """Ask the database that this request reads from for its number, whatever was known. Raises OperationalError."""
    number = _LastKnown.number = _read()
    _request.is_stale = False
    _request.number = number if _request.is_open else None


def begin_again() -> None:
    """Forget the number of this request, which goes on with another database."""
    _request.number = None


def _read() -> int:
    """The number in the database, from the connection that the content is read from: a replica that is behind then says
    so.
    """
    with connections[router.db_for_read(ContentVersion)].cursor() as cursor:
        cursor.execute(READ)
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def is_readable() -> bool:
    """Whether the database can be read and holds a version: a check of health."""
    try:
        return _read() > 0
    except DatabaseError:
        return False


@kept
def changed_at() -> datetime:
    """When readers last got to see something new, to the second."""
    return ContentVersion.objects.get(pk=1).changed_at.replace(microsecond=0)


def advance(*args: Any, **kwargs: Any) -> None:
    """Begin a new version, when the surrounding transaction commits. Also a receiver of model signals."""
    _close_request()
    ContentVersion.objects.filter(pk=1).update(number=F("number") + 1, changed_at=timezone.now())


def _open_request(**kwargs: Any) -> None:
    _request.is_open, _request.number, _request.is_stale = True, None, False


def _close_request(**kwargs: Any) -> None:
    _request.is_open, _request.number = False, None


def watch() -> None:
    """Advance whenever an edition, a section or a term changes or an entry goes; publishing advances by itself. Know
    where a request begins and ends.
    """
    request_started.connect(_open_request)
    request_finished.connect(_close_request)
    for model in (Edition, Section, TermGroup):
        post_save.connect(advance, sender=model)
    for sender in (Edition, Section, Entry, TermGroup):
        post_delete.connect(advance, sender=sender)
