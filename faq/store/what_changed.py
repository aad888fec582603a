"""What changed of an entry when it last changed, from the versions that are kept of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from reversion.models import Version

from faq.models import Entry, Translation
from faq.store.editions import Edition

PARTS = ("question", "answer", "limits", "sources")
"""The parts of an entry whose changes are told, in the order of the page."""

MOST_VERSIONS = 2_000
"""Versions that are looked at for one answer, the newest first."""


@dataclass(frozen=True, slots=True)
class Change:
    """The last change of an entry in one language: which of `PARTS`, and when. `is_new` where it has no earlier one."""

    when: datetime
    parts: tuple[str, ...] = ()
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class _State:
    """The parts of an entry as one revision left them, and whether that is news to readers."""

    when: datetime
    parts: Mapping[str, Any]
    is_news: bool


def last_changes(edition: Edition, slugs: Iterable[str], language: str) -> dict[str, Change]:
    """The last change of each of these entries in a language, by slug. One without versions has none."""
    ids = dict(Entry.objects.filter(edition=edition, slug__in=list(slugs)).values_list("pk", "slug"))
    texts = dict(Translation.objects.filter(entry__in=ids, language=language).values_list("pk", "entry_id"))
    states: dict[int, list[_State]] = {}
    revisions: dict[tuple[int, int], dict[str, Any]] = {}
    for model, owner in ((Entry, {pk: pk for pk in ids}), (Translation, texts)):
        kept = Version.objects.get_for_model(model).filter(object_id__in=[str(pk) for pk in owner])
        for version in kept.select_related("revision").order_by("-pk")[:MOST_VERSIONS]:
            fields = json.loads(version.serialized_data)[0]["fields"]
            found = revisions.setdefault((owner[int(version.object_id)], version.revision_id), {})
            found |= {part: fields[part] for part in PARTS if part in fields}
            found["when"] = version.revision.date_created
            found["is_shown"] = found.get("is_shown", True) and fields.get("published_at", "") is not None
            found["is_small"] = found.get("is_small", False) or fields.get("is_small_change", False)
    for (entry, _), found in sorted(revisions.items(), key=lambda one: -one[0][1]):
        if found["is_shown"] and all(part in found for part in PARTS):
            parts = {part: found[part] for part in PARTS}
            states.setdefault(entry, []).append(_State(found["when"], parts, is_news=not found["is_small"]))
    return {ids[entry]: _last_change(kept) for entry, kept in states.items()}


def _last_change(states: list[_State]) -> Change:
    """The last change among the states of an entry, the newest of which comes first."""
    for newer, older in pairwise(states):
        parts = tuple(part for part in PARTS if newer.parts[part] != older.parts[part])
        if parts and newer.is_news:
            return Change(newer.when, parts)
    return Change(states[-1].when, is_new=True)
