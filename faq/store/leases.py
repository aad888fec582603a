"""Tasks that one process of all machines does at a time: it holds a lease, a row that others may take over once it has
run out. The clock of the database counts, since machines differ.

A holder that was stopped for longer than its lease does not know that it has ended: it asks before it commits.
"""

from __future__ import annotations

import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.db.models.functions import Now

from faq.models import Lease

INDEXER, PRUNING = "indexer", "pruning"
"""Building the index that all machines share, and deleting by age."""

LEASE_SECONDS = 10.0
"""After which another process takes over from one that has died. A holder renews it when a third of them have gone."""

NEVER = datetime(2000, 1, 1, tzinfo=UTC)


class LeaseLost(Exception):  # noqa: N818 -- a state that callers answer, not a mistake
    """Another process does the task by now: what was about to be written is not."""


def own_name() -> str:
    """What this process is called as a holder: on which machine it runs, which it is, and a word of its own, as numbers
    of processes come again.
    """
    return f"{socket.gethostname()[:150]} {os.getpid()} {secrets.token_hex(4)}"


def take(name: str, holder: str, seconds: float) -> bool:
    """Take a lease for so many seconds, or renew one's own. Whether it is the holder's now. One statement decides, so
    that two who ask at the same moment never both get it.
    """
    if not Lease.objects.using("default").filter(name=name).exists():
        Lease.objects.bulk_create([Lease(name=name, holder="", until=NEVER)], ignore_conflicts=True)
    free = Q(holder=holder) | Q(until__lt=Now())
    return bool(Lease.objects.filter(free, name=name).update(holder=holder, until=Now() + timedelta(seconds=seconds)))


def release(name: str, holder: str) -> None:
    """Give a lease back, so that nobody waits until it has run out."""
    Lease.objects.filter(name=name, holder=holder).update(until=NEVER)


def confirm(name: str, holder: str) -> None:
    """Let nobody take a lease before the surrounding transaction has ended. Raises LeaseLost where it is not the
    holder's any more.
    """
    held = Lease.objects.select_for_update().filter(name=name, holder=holder, until__gte=Now())
    if held.first() is None:
        raise LeaseLost(name)


def holder_of(name: str) -> str:
    """Who holds a lease now; empty where nobody does."""
    found = Lease.objects.using("default").filter(name=name, until__gte=Now()).first()
    return found.holder if found else ""


class Held:
    """A lease as one process sees it that wants to hold it for as long as it lives."""

    def __init__(self, name: str) -> None:
        self.name, self.seconds, self.holder = name, LEASE_SECONDS, own_name()
        self._renewed: float | None = None

    def is_ours(self) -> bool:
        """Whether this process may do the task now: it takes the lease where that is free, and renews it in time.
        Raises DatabaseError.
        """
        if self._renewed is not None and time.monotonic() - self._renewed < self.seconds / 3:
            return True
        began = time.monotonic()
        self._renewed = began if take(self.name, self.holder, self.seconds) else None
        return self._renewed is not None

    @contextmanager
    def renewed(self) -> Iterator[None]:
        """Renew the lease from a thread of its own, for a block that takes longer than it lasts."""
        ended = threading.Event()
        thread = threading.Thread(target=self._renew_until, args=(ended,), name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    @contextmanager
    def committing(self) -> Iterator[None]:
        """A transaction that is committed only if the lease is still this process's. Raises LeaseLost."""
        with self.renewed(), transaction.atomic():
            yield
            confirm(self.name, self.holder)

    def release(self) -> None:
        """Give it back; where the database does not answer, it runs out by itself."""
        self._renewed = None
        with suppress(DatabaseError):
            release(self.name, self.holder)

    def _renew_until(self, ended: threading.Event) -> None:
        try:
            while not ended.wait(self.seconds / 3):
                with suppress(DatabaseError):
                    if not take(self.name, self.holder, self.seconds):
                        return
        finally:
            connection.close()
