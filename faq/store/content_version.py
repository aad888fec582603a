"""The version of what readers see: one number that rises with every change, so that kept pages know they are old."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from django.db import DatabaseError, OperationalError, connections, router
from django.db.models import F
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from faq.models import ContentVersion, Edition, Entry, Section, TermGroup

READ = f"SELECT number FROM {ContentVersion._meta.db_table} WHERE id = 1"  # noqa: S608 -- the table is our own
"""Asked for every page: five times as quick as the same by the ORM."""


ASKED_AGAIN_AFTER = 0.5
"""Seconds in which nobody asks a database that could not be read: each that asks would wait for the lock."""


class _LastKnown:
    """The number that was read last, and until when (by the monotonic clock) it is answered without asking."""

    number: int | None = None
    until = 0.0


def current() -> int:
    """The number now. While the database cannot be read, as when a large change is being committed, the number that was
    read last: kept pages go on answering. Raises OperationalError where none was read.
    """
    if _LastKnown.number is not None and time.monotonic() < _LastKnown.until:
        return _LastKnown.number
    try:
        _LastKnown.number = _read()
    except OperationalError:
        if _LastKnown.number is None:
            raise
        _LastKnown.until = time.monotonic() + ASKED_AGAIN_AFTER
    return _LastKnown.number


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


def changed_at() -> datetime:
    """When readers last got to see something new, to the second."""
    return ContentVersion.objects.get(pk=1).changed_at.replace(microsecond=0)


def advance(*args: Any, **kwargs: Any) -> None:
    """Begin a new version, when the surrounding transaction commits. Also a receiver of model signals."""
    ContentVersion.objects.filter(pk=1).update(number=F("number") + 1, changed_at=timezone.now())


def watch() -> None:
    """Advance whenever an edition, a section or a term changes or an entry goes; publishing advances by itself."""
    for model in (Edition, Section, TermGroup):
        post_save.connect(advance, sender=model)
    for sender in (Edition, Section, Entry, TermGroup):
        post_delete.connect(advance, sender=sender)
