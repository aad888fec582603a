"""Writing the audit log: a record is made in the transaction of the change that it tells of, or not at all.

What visitors do is not recorded, since nothing about them is stored. Changes of one object in one transaction make one
record: what an editor does to an entry touches several rows.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import Field, Model, QuerySet
from django.utils import timezone

from faq.models import AuditRecord, Translation
from web.acting import Actor, actor

Action = AuditRecord.Action

LONGEST_VALUE = 200
"""Characters of a value that is told; of a longer one only the field is."""

MOST_REFUSED_A_DAY = 10_000
"""Refused sign-ins that are recorded within a day; what comes on top is dropped, so that nobody can fill the disk."""

NAMELESS = frozenset({"faq.webhook", "otp_static.statictoken"})
"""Kinds whose objects are not named in the log: the name may hold a secret."""

Changes = Mapping[str, list[Any]]
"""For each field what it was and what it became; an empty list where that is not told."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What was changed: the label of its model, its key, and what it is called."""

    kind: str
    key: str
    label: str


class _Unfinished(threading.local):
    """The records of the transaction that this thread is in, which later changes of the same object are added to."""

    def __init__(self) -> None:
        self.records: dict[tuple[str, str], AuditRecord] = {}
        self.made: set[tuple[str, str]] = set()

    def end(self, place: tuple[str, str]) -> None:
        """Add nothing more to the record of an object."""
        self.records.pop(place, None)
        self.made.discard(place)


_unfinished = _Unfinished()


def record(
    action: str,
    subject: Subject,
    changes: Changes | None = None,
    *,
    version: int | None = None,
    by: Actor | None = None,
    is_new: bool = False,
) -> None:
    """Record what was done to something, by whoever is at work; nothing where nobody is."""
    who = by or actor()
    if who is None:
        return
    place, told = (subject.kind, subject.key), dict(changes or {})
    earlier = _unfinished.records.get(place) if transaction.get_connection().in_atomic_block else None
    if earlier is not None and _added_to(earlier, action, told, version):
        return
    made = AuditRecord(
        made_at=timezone.now(),
        account=who.account[:150],
        way=who.way,
        means=who.means[:LONGEST_VALUE],
        action=action,
        kind=subject.kind,
        key=subject.key[:LONGEST_VALUE],
        label=subject.label[:LONGEST_VALUE],
        changes=told,
        version=version,
    )
    made.save()
    if transaction.get_connection().in_atomic_block:
        _unfinished.records[place] = made
        if is_new:
            _unfinished.made.add(place)
        transaction.on_commit(partial(_unfinished.end, place))


def _added_to(earlier: AuditRecord, action: str, changes: dict[str, list[Any]], version: int | None) -> bool:
    """Add a further change to a record that is not committed yet. False where that was rolled back: its number may have
    been given out again, but never with the same time.
    """
    if earlier.action in (Action.CHANGED, action) or action == Action.DELETED:
        earlier.action = action
    earlier.changes = _merged(earlier.changes, changes) if action != Action.DELETED else changes
    earlier.version = version or earlier.version
    same = AuditRecord._base_manager.filter(pk=earlier.pk, made_at=earlier.made_at)
    return bool(same.update(action=earlier.action, changes=earlier.changes, version=earlier.version))


def _merged(earlier: Changes, later: Changes) -> dict[str, list[Any]]:
    both = dict(earlier)
    for name, change in later.items():
        before = both.get(name)
        if not before or not change:
            both[name] = change
        elif all(isinstance(value, list) for value in (*before, *change)):  # what was taken away, and what was added
            both[name] = [[*old, *new] for old, new in zip(before, change, strict=True)]
        else:
            both[name] = [before[0], change[1]]
    return both


def forget_unfinished() -> None:
    """Begin without records of an earlier request or command, whose transaction may have been rolled back."""
    _unfinished.records.clear()
    _unfinished.made.clear()


def was_just_made(subject: Subject) -> bool:
    """Whether this was made in the transaction that this thread is in."""
    return (subject.kind, subject.key) in _unfinished.made


def refused(subject: Subject, by: Actor) -> None:
    """Record that a sign-in was refused."""
    since = timezone.now() - timedelta(days=1)
    if AuditRecord.objects.filter(action=Action.REFUSED, made_at__gte=since).count() < MOST_REFUSED_A_DAY:
        record(Action.REFUSED, subject, by=by)


def changes_of(
    before: Model | None, after: Model | None, shown: Collection[str], fields: Collection[str]
) -> dict[str, list[Any]]:
    """In which of the fields two states of an object differ; None stands for one that is not there. The values of those
    that are `shown` are told.
    """
    state = after or before
    changes: dict[str, list[Any]] = {}
    for field in state._meta.concrete_fields if state else ():
        if field.name not in fields:
            continue
        old, new = _value(field, before), _value(field, after)
        if old == new:
            continue
        values = [_told(field, before), _told(field, after)]
        is_told = field.name in shown and all(len(str(value)) <= LONGEST_VALUE for value in values)
        if is_told:
            changes[field.name] = values
        elif before is not None and after is not None:
            changes[field.name] = []
    return changes


def _value(field: Field[Any, Any], state: Model | None) -> Any:
    """The value of a field as the database has it, however it was assigned."""
    if state is None:
        return None
    value = field.value_from_object(state)
    try:
        return field.to_python(value)
    except Exception:  # an expression, of which only the database knows the value
        return value


def _told(field: Field[Any, Any], state: Model | None) -> Any:
    """A value in JSON: of a relation what it leads to is called, of a list its items."""
    value = _value(field, state)
    if state is not None and field.is_relation and value is not None:
        try:
            return str(getattr(state, field.name))
        except ObjectDoesNotExist:  # it went before
            return str(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    return (
        value.isoformat() if isinstance(value, date | datetime) else json.dumps(value, ensure_ascii=False, default=str)
    )


def subject_of(instance: Model) -> Subject:
    """What an object is in the log. A text is part of its entry."""
    if isinstance(instance, Translation):
        instance = instance.entry
    kind = instance._meta.label_lower
    return Subject(kind, str(instance.pk), "" if kind in NAMELESS else str(instance))


@contextmanager
def recording_update(rows: QuerySet[Any], action: str = Action.CHANGED, *fields: str) -> Iterator[None]:
    """Record what the block changes in these fields of rows by a query, of which no signal tells."""
    with transaction.atomic():
        before = {row.pk: row for row in rows} if actor() else {}
        yield
        for row in rows.model._base_manager.filter(pk__in=before):
            if changes := changes_of(before[row.pk], row, fields, fields):
                record(action, subject_of(row), changes)
