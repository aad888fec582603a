"""What changed between two editions, in the form of the API: entries, then limits, in one list to page through."""

from __future__ import annotations

from typing import Any, Literal

from faq.api.limit_list import limit_as_json
from faq.knowledge.edition_changes import LimitChange
from faq.pages.entry_urls import edition_suffix, entry_address
from faq.store.edition_changes import ChangedEntry, changed_entries, changed_limits, count_changed
from faq.store.editions import Edition
from faq.store.entries import Heading

Kind = Literal["entry", "limit"]


def listed_changes(
    before: Edition, after: Edition, language: str, kind: Kind | None, first: int, most: int
) -> tuple[list[dict[str, Any]], int]:
    """The changes of one kind, or of both, without the `first` ones, and `most` at most; and how many there are. An
    entry that is still true is listed; a limit that is the same is not.
    """
    entries = count_changed(before, after) if kind in {None, "entry"} else 0
    limits = [one for one in changed_limits(before, after) if one.status != "same"] if kind in {None, "limit"} else []
    suffixes, end = (edition_suffix(before.code), edition_suffix(after.code)), first + most
    found: list[dict[str, Any]] = []
    if first < entries:
        listed = changed_entries(before, after, language, first, min(end, entries) - first)
        found += [_entry(one, language, *suffixes) for one in listed]
    shown = limits[max(0, first - entries) : max(0, end - entries)]
    return found + [_limit(one, language) for one in shown], entries + len(limits)


def _entry(change: ChangedEntry, language: str, in_before: str, in_after: str) -> dict[str, Any]:
    return {
        "kind": "entry",
        "status": change.status,
        "slug": change.slug,
        "text": change.text or None,
        "before": _heading(change.before, in_before),
        "after": _heading(change.after, in_after),
    }


def _heading(heading: Heading | None, in_edition: str) -> dict[str, str] | None:
    if heading is None:
        return None
    return {
        "question": heading.question,
        "summary": heading.summary,
        "language": heading.language,
        "url": entry_address(heading.slug, heading.language) + in_edition,
    }


def _limit(change: LimitChange, language: str) -> dict[str, Any]:
    return {
        "kind": "limit",
        "status": change.status,
        "key": change.limit.key,
        "before": limit_as_json(change.before, language) if change.before else None,
        "after": limit_as_json(change.after, language) if change.after else None,
    }
