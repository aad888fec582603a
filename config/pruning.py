"""Everything that is deleted by age."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from faq.store.expiry import Expired
from web.on_first_call import on_first_call


def expired_sessions(now: datetime) -> QuerySet[Any]:
    """Sessions of accounts that have ended."""
    return Session.objects.filter(expire_date__lt=now)


EXPIRED: tuple[tuple[str, Expired], ...] = (
    ("sessions", expired_sessions),
    ("saved designs", on_first_call("advisor.answers.saved_designs.expired_designs")),
    ("questions asked", on_first_call("faq.desk.query_log.expired_questions")),
    ("feedback", on_first_call("faq.desk.feedback.expired_feedback")),
    ("deliveries of the webhook", on_first_call("faq.store.outbox.expired_deliveries")),
    ("versions of entries", on_first_call("faq.store.old_versions.expired_versions")),
    ("revisions without a version", on_first_call("faq.store.old_versions.expired_revisions")),
    ("audit records", on_first_call("faq.store.audit_log.expired_records")),
)
