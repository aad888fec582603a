"""Sending what is in the outbox of the webhook, outside requests: when, how often, and what becomes of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F

from faq.models import Delivery
from faq.store.expiry import delete_expired
from faq.store.outbox import expired_deliveries, tell_reviews, webhook
from web.outgoing import Fault, Outcome, post
from web.signatures import signed_headers

RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
"""How long after each failed attempt the next one comes; after the last one the event is given up."""

SECONDS = 10.0
"""How long an attempt may take."""

MOST_AT_ONE_TIME = 200
"""Deliveries of one run: the next one goes on."""


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When an event that failed so many times is sent again; None when it is given up."""
    return now + RETRIES[attempts - 1] if attempts <= len(RETRIES) else None


def deliver_due(now: datetime) -> tuple[int, int]:
    """Write the events of reviews that are due, send what is due, and drop what is old. Returns how many were
    delivered, and how many failed.
    """
    tell_reviews(now)
    due = Delivery.objects.filter(next_at__lte=now).order_by("next_at", "pk")[:MOST_AT_ONE_TIME]
    outcomes = [attempt(delivery, now) for delivery in due]
    delete_expired(expired_deliveries, now)
    return outcomes.count(True), outcomes.count(False)


def attempt(delivery: Delivery, now: datetime, seconds: float = SECONDS) -> bool | None:
    """Send an event. Whether it was delivered; None where another process sends it.

    The attempt is counted, and the next one set, before anything is sent: an attempt that is cut off counts as well,
    and no other process sends the event meanwhile.
    """
    attempts = delivery.attempts + 1
    ours = Delivery.objects.filter(pk=delivery.pk, next_at=delivery.next_at, attempts=delivery.attempts)
    later = next_attempt(attempts, now)
    if not ours.update(attempts=F("attempts") + 1, next_at=later, status=None, fault="interrupted"):
        return None
    outcome = _send(delivery, now, seconds)
    told: dict[str, Any] = {"status": outcome.status, "fault": outcome.fault.value if outcome.fault else ""}
    if outcome.fault is None:
        told |= {"next_at": None, "delivered_at": now}
    Delivery.objects.filter(pk=delivery.pk).update(**told)
    delivery.refresh_from_db()
    return outcome.fault is None


def _send(delivery: Delivery, now: datetime, seconds: float) -> Outcome:
    hook, body = webhook(), delivery.body.encode()
    if hook is None:
        return Outcome(fault=Fault.URL)
    headers = {"Content-Type": "application/json", "User-Agent": "Gatewijzer"}
    headers |= signed_headers(hook.secret, delivery.message, int(now.timestamp()), body)
    return post(hook.url, body, headers, seconds=seconds, may_be_private=settings.WEBHOOK_PRIVATE)
