"""The outbox of the webhook: events, written in the transaction of the change that they tell of."""

from __future__ import annotations

import json
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.timezone import localdate

from faq.models import Delivery, Entry, Webhook
from web.languages import DEFAULT_LANGUAGE

KEPT_DAYS = 30
"""Days that a delivery is kept, and that a review may be overdue and still be told: so none is told twice."""


def webhook() -> Webhook | None:
    """The webhook, if there is one that is active."""
    return Webhook.objects.filter(is_active=True).first()


def add_event(kind: Delivery.Kind, now: datetime, key: str | None = None, **told: Any) -> Delivery | None:
    """Put an event in the outbox, unless nobody is told or an event with this key is there already. It is written with
    the transaction around it, or not at all.
    """
    if webhook() is None or (key is not None and Delivery.objects.filter(key=key).exists()):
        return None
    body = json.dumps({"type": kind.value, "time": now.isoformat(timespec="seconds"), **told}, ensure_ascii=False)
    message = f"msg_{uuid.uuid4().hex}"
    return Delivery.objects.create(message=message, kind=kind, key=key, body=body, created_at=now, next_at=now)


def tell_published(entry: Entry, now: datetime) -> None:
    """Tell that an entry was published: an event for each language that it is in."""
    if webhook() is None:
        return
    for text in entry.translations.order_by("language"):
        add_event(Delivery.Kind.PUBLISHED, now, **_of_entry(entry.edition.code, entry.slug, text.language))


def tell_feedback(edition: str, slug: str, language: str, *, yes: int, no: int) -> None:
    """Tell that somebody said whether an answer helped: how often each was said this week, no text of anybody."""
    add_event(
        Delivery.Kind.FEEDBACK,
        timezone.now(),
        edition=edition,
        slug=slug,
        language=language,
        link=f"{settings.ORIGIN}/admin/faq/entry/queue/?edition={edition}",
        yes=yes,
        no=no,
    )


def tell_reviews(now: datetime) -> int:
    """Tell, once for each entry and review date, of the reviews that are due. Returns how many events that makes."""
    today = localdate(now)
    due = Entry.objects.filter(review_on__lte=today, review_on__gt=today - timedelta(days=KEPT_DAYS))
    made = (
        add_event(
            Delivery.Kind.REVIEW,
            now,
            key=f"review:{entry.pk}:{entry.review_on:%Y-%m-%d}",
            edition=entry.edition.code,
            slug=entry.slug,
            language=DEFAULT_LANGUAGE,
            link=f"{settings.ORIGIN}/admin/faq/entry/{entry.pk}/change/",
            review_on=f"{entry.review_on:%Y-%m-%d}",
        )
        for entry in due.select_related("edition").order_by("pk")
    )
    return sum(event is not None for event in made)


def expired_deliveries(now: datetime) -> QuerySet[Delivery]:
    """What was delivered or given up and is too old to be of use."""
    first_day = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(
        days=KEPT_DAYS - 1
    )
    return Delivery.objects.filter(next_at=None, created_at__lt=first_day)


def _of_entry(edition: str, slug: str, language: str) -> dict[str, str]:
    query = "" if edition == settings.DEFAULT_EDITION else f"?edition={edition}"
    link = f"{settings.ORIGIN}/{language}/faq/{slug}/{query}"
    return {"edition": edition, "slug": slug, "language": language, "link": link}
