"""Everything that is deleted by age."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from advisor.answers.saved_designs import expired_designs
from faq.desk.feedback import expired_feedback
from faq.desk.query_log import expired_questions
from faq.store.audit_log import expired_records
from faq.store.expiry import Expired
from faq.store.old_versions import expired_revisions, expired_versions
from faq.store.outbox import expired_deliveries


def expired_sessions(now: datetime) -> QuerySet[Any]:
    """Sessions of accounts that have ended."""
    return Session.objects.filter(expire_date__lt=now)


EXPIRED: tuple[tuple[str, Expired], ...] = (
    ("sessions", expired_sessions),
    ("saved designs", expired_designs),
    ("questions asked", expired_questions),
    ("feedback", expired_feedback),
    ("deliveries of the webhook", expired_deliveries),
    ("versions of entries", expired_versions),
    ("revisions without a version", expired_revisions),
    ("audit records", expired_records),
)
