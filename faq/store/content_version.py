"""The generation of what readers see: one number that rises with every change, so that kept pages know they are old."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from faq.models import Edition, Entry, Generation, Section, TermGroup


def current() -> int:
    """The number of the generation that readers see now. One small query, asked for every page."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM faq_generation WHERE id = 1")
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def changed_at() -> datetime:
    """When readers last got to see something new, to the second."""
    return Generation.objects.get(pk=1).changed_at.replace(microsecond=0)


def advance(*args: Any, **kwargs: Any) -> None:
    """Start a new generation, when the surrounding transaction commits. Also a receiver of model signals."""
    Generation.objects.filter(pk=1).update(number=F("number") + 1, changed_at=timezone.now())


def watch() -> None:
    """Advance whenever an edition, a section or a term changes or an entry goes; publishing advances by itself."""
    for model in (Edition, Section, TermGroup):
        post_save.connect(advance, sender=model)
    for sender in (Edition, Section, Entry, TermGroup):
        post_delete.connect(advance, sender=sender)
