"""Which entries have changed for readers since they were last taken into an index that is changed in place.

Each change of what readers see of an entry is counted in its row, in the transaction that makes it. What was indexed is
taken off again: a change that came meanwhile stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.signals import post_save

from faq.models import Entry, Section

AT_A_TIME = 1_000


def unindexed() -> dict[int, int]:
    """How often each entry has changed since it was indexed, by its key; entries that have not are left out."""
    return dict(Entry.objects.filter(unindexed_changes__gt=0).values_list("pk", "unindexed_changes"))


def indexed(changes: Mapping[int, int]) -> None:
    """These changes are in the index. An entry that somebody is writing now is left as it is, and indexed again."""
    keys = list(changes)
    for start in range(0, len(keys), AT_A_TIME):
        with transaction.atomic():
            rows = Entry.objects.filter(pk__in=keys[start : start + AT_A_TIME]).order_by("pk")
            held = rows.select_for_update(skip_locked=True).only("pk", "unindexed_changes")
            for entry in held:
                entry.unindexed_changes = max(entry.unindexed_changes - changes[entry.pk], 0)
            Entry.objects.bulk_update(held, ["unindexed_changes"])


def watch() -> None:
    """Count a change of each entry of a section that changes: what it is called stands in their index."""
    post_save.connect(_section_changed, sender=Section)


def _section_changed(sender: type[Section], instance: Section, created: bool, **kwargs: Any) -> None:
    if not created:
        Entry.objects.filter(section=instance).update(unindexed_changes=F("unindexed_changes") + 1)
