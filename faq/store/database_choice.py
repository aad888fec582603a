"""Which database a request reads from: one for the whole request, so that all of a page is of one moment.

Readers are sent to a replica; who has a session, or sends what is stored, to the primary, so that editors see at once
what they changed. Writing is always for the primary, and so is reading in a transaction: what is written may rest on
it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeVar

from django.db import OperationalError, connections, router
from django.db.models import Model, QuerySet

from faq.models import ContentVersion
from faq.store import content_version, replica_health
from faq.store.replica_health import PRIMARY

M = TypeVar("M", bound=Model)


class Kind(Enum):
    """What a request does: it reads for anybody, reads for an account, or may write."""

    READS = "reads"
    READS_FOR_ACCOUNT = "reads for an account"
    WRITES = "writes"


@dataclass(slots=True)
class _Choice:
    """The database of a request, what the request does, and which databases did not answer it."""

    kind: Kind
    alias: str = PRIMARY
    failed: set[str] = field(default_factory=set)


_choice: ContextVar[_Choice | None] = ContextVar("database_choice", default=None)


class ChosenDatabase:
    """Django's router: reads go to the database of the request, and writes to the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """The database of the request; the primary in a transaction, and outside of requests."""
        return PRIMARY if connections[PRIMARY].in_atomic_block else chosen()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """The primary."""
        return PRIMARY

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """All databases are copies of one."""
        return True

    def allow_migrate(self, alias: str, app_label: str, **hints: Any) -> bool:
        """A replica gets what the primary has."""
        return alias == PRIMARY


def chosen() -> str:
    """The database that is read from now."""
    choice = _choice.get()
    return choice.alias if choice else PRIMARY


def reads_from_replica() -> bool:
    """Whether what is read now comes from a replica, which may lack what was stored a moment ago."""
    return router.db_for_read(ContentVersion) != PRIMARY


def in_primary(rows: QuerySet[M]) -> M | None:
    """The first of these rows in the primary; None where there is none, or where nobody can ask."""
    try:
        return rows.using(PRIMARY).first()
    except OperationalError:
        return None


@contextmanager
def chosen_for(kind: Kind) -> Iterator[None]:
    """Choose a database for a request, for as long as it is answered."""
    replicas = replica_health.readers_use()
    if not replicas:
        yield
        return
    token = _choice.set(_Choice(kind))
    try:
        _choose(_choice.get(), replicas)
        yield
    finally:
        _choice.reset(token)


def choose_another() -> bool:
    """Whether a request can read on from another database than the one that has just failed it; it does then."""
    choice = _choice.get()
    if choice is None or choice.kind is Kind.WRITES:
        return False
    choice.failed.add(choice.alias)
    if choice.alias != PRIMARY:
        replica_health.failed(choice.alias, "it did not answer a request")
    connections[choice.alias].close_if_unusable_or_obsolete()
    return _choose(choice, replica_health.readers_use())


def _choose(choice: _Choice | None, replicas: list[str]) -> bool:
    """Choose the first database that answers and has not failed yet. Whether there is one."""
    if choice is None:
        return False
    primary = [] if replica_health.why_unreachable(PRIMARY) else [PRIMARY]
    order = [*replicas, *primary] if choice.kind is Kind.READS else [*primary, *replicas]
    for alias in order:
        if alias in choice.failed:
            continue
        choice.alias = alias
        content_version.begin_again()
        if alias == PRIMARY or _answers(choice):
            return True
    choice.alias = PRIMARY
    return False


def _answers(choice: _Choice) -> bool:
    """Whether a replica gives its content version, which is asked for each page anyway."""
    try:
        content_version.read_for_request()
    except OperationalError as error:
        choice.failed.add(choice.alias)
        replica_health.failed(choice.alias, str(error))
        return False
    return True
