"""Reading the audit log for an export, and which of its records are too old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from faq.models import AuditRecord

COLUMNS = ("made_at", "account", "way", "means", "action", "kind", "key", "label", "changes", "version")


def records(
    *,
    since: date | None = None,
    until: date | None = None,
    account: str | None = None,
    kind: str | None = None,
    key: str | None = None,
) -> Iterator[dict[str, Any]]:
    """The records that fit, the oldest first. Days are those of UTC, as the times are; `until` is the last one."""
    found = AuditRecord.objects.order_by("pk")
    if since:
        found = found.filter(made_at__gte=_midnight(since))
    if until:
        found = found.filter(made_at__lt=_midnight(until) + timedelta(days=1))
    exact = {"account": account, "kind": kind, "key": key}
    found = found.filter(*[Q((name, value)) for name, value in exact.items() if value is not None])
    for row in found.values(*COLUMNS).iterator():
        yield row | {"made_at": row["made_at"].astimezone(UTC).isoformat(timespec="microseconds")}


def expired_records(now: datetime) -> QuerySet[AuditRecord]:
    """Records that are older than they are kept; by default all are kept."""
    if not settings.AUDIT_KEPT_DAYS:
        return AuditRecord._base_manager.none()
    return AuditRecord._base_manager.filter(made_at__lt=now - timedelta(days=settings.AUDIT_KEPT_DAYS))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
