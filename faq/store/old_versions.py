"""Which versions of entries are too old to be kept (`GATEWIJZER_VERSIONS_KEPT_DAYS`)."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.db.models import QuerySet
from reversion.models import Revision, Version

from faq.models import AuditRecord, Entry, Translation

LATEST_KEPT = 20
"""Versions of an entry that are kept however old they are, so that it can be restored, also after it was deleted."""

MOST_AT_ONE_TIME = 1_000
"""Versions of one run: the next one goes on."""


def expired_versions(now: datetime) -> QuerySet[Version]:
    """The versions, with their texts, that are older than they are kept: none of the latest of an entry, none that
    readers see, and none that the audit log refers to.
    """
    if not settings.VERSIONS_KEPT_DAYS:
        return Version.objects.none()
    made_before = now - timedelta(days=settings.VERSIONS_KEPT_DAYS)
    rows = Version.objects.get_for_model(Entry).order_by("object_id", "-pk")
    old: list[int] = []
    for _, of_entry in groupby(rows.values_list("object_id", "pk", "revision__date_created"), lambda row: row[0]):
        old += [pk for _, pk, made_at in [*of_entry][LATEST_KEPT:] if made_at < made_before]
    needed = AuditRecord.objects.filter(kind=Entry._meta.label_lower, version__in=old[: 20 * MOST_AT_ONE_TIME])
    kept = set(needed.values_list("version", flat=True))
    chosen = [pk for pk in old if pk not in kept][:MOST_AT_ONE_TIME]
    shown = dict(Entry.objects.exclude(published_at=None).values_list("pk", "published_at"))
    going: dict[int, set[int]] = defaultdict(set)
    found: list[int] = []
    for version in Version.objects.filter(pk__in=chosen):
        fields = version.field_dict
        if fields["draft"] or fields["published_at"] is None or fields["published_at"] != shown.get(fields["id"]):
            found.append(version.pk)
            going[version.revision_id].add(fields["id"])
    texts = Version.objects.get_for_model(Translation).filter(revision__in=going)
    found += [text.pk for text in texts if text.field_dict["entry_id"] in going[text.revision_id]]
    return Version.objects.filter(pk__in=found)


def expired_revisions(now: datetime) -> QuerySet[Revision]:
    """The revisions of which no version is left."""
    return Revision.objects.filter(version=None)
