"""Limits changed on the site: each change is a publication, is kept with who made it, and no load writes over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from faq.knowledge.changed_limits import Leaf, digest_of, in_full, limit_changes, says_other, with_changes
from faq.knowledge.differences import PartChange
from faq.knowledge.limits import Catalogue
from faq.knowledge.limits_file import read_catalogue
from faq.models import Edition, Limit, LimitChange
from faq.store.limit_rows import changed_leaves, loaded_limits
from faq.store.publishing import hold_edition, rendered_again

Lacks = Callable[[Catalogue], Iterable[str]]
"""Names the keys of limits that a reader of a catalogue needs and that it lacks."""

_readers: tuple[Lacks, ...] = ()


def use_readers(readers: tuple[Lacks, ...]) -> None:
    """Ask these, before a limit is changed, what they would then lack."""
    global _readers
    _readers = readers


@dataclass(frozen=True, slots=True)
class KeptChange:
    """A change of a limit: what it made of it and what that is different in. `from_file` says that it took over what
    the files say. The first of a history is what the files said before anybody changed it, without a number.
    """

    pk: int | None
    when: datetime | None
    user: str
    from_file: bool
    leaf: Leaf
    changes: tuple[PartChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedInFiles:
    """A limit that was changed on the site and of which the files say something else since."""

    limit: Limit
    changes: tuple[PartChange, ...]


def present_leaf(limit: Limit) -> Leaf:
    """A limit as readers see it, written with its sources in full."""
    return changed_leaves(limit.edition).get(limit.key) or file_leaf(limit)


def file_leaf(limit: Limit) -> Leaf:
    """A limit as the files say it, written with its sources in full."""
    return in_full(loaded_limits(limit.edition), limit.key)


def limit_history(limit: Limit) -> list[KeptChange]:
    """The states of a limit, the newest first."""
    made = list(limit.edition.limit_changes.filter(key=limit.key).select_related("user"))
    if not made:
        return []
    found = [KeptChange(None, None, "", True, made[0].file)]
    for change in made:
        leaf = change.file if change.leaf is None else change.leaf
        user = change.user.get_username() if change.user else ""
        differs = tuple(limit_changes(found[-1].leaf, leaf))
        found.append(KeptChange(change.pk, change.made_at, user, change.leaf is None, leaf, differs))
    return found[::-1]


def lacking(edition: Edition, key: str, leaf: Leaf) -> list[str]:
    """The keys that somebody who reads the limits of an edition would lack after a change.

    Raises `LimitError` where the limits would not hold.
    """
    raw = with_changes(loaded_limits(edition), changed_leaves(edition) | {key: leaf})
    catalogue = read_catalogue(edition.code, raw, edition.date)
    return [lacked for reader in _readers for lacked in reader(catalogue)]


@transaction.atomic
def change_limit(limit: Limit, leaf: Leaf | None, user: Any = None) -> None:
    """Show readers this limit instead; None shows what the files say. Begins a new version of the content."""
    edition = limit.edition
    hold_edition(edition)
    made: dict[str, Any] = {"leaf": leaf, "file": file_leaf(limit), "user": user}
    LimitChange.objects.create(edition=edition, key=limit.key, **made)
    _publish(edition)


def _publish(edition: Edition) -> None:
    """Let readers see what was changed. Saving the edition begins the new version."""
    newest = {change.key: change.leaf for change in edition.limit_changes.all()}
    edition.changed_limits_digest = digest_of({key: leaf for key, leaf in newest.items() if leaf is not None})
    edition.save(update_fields=["changed_limits_digest"])
    rendered_again(edition)


def changed_in_files(edition: Edition) -> list[ChangedInFiles]:
    """The changed limits of which the files say something else than they did when it was changed."""
    raw, rows = loaded_limits(edition), {limit.key: limit for limit in edition.limits.select_related("edition")}
    then = {change.key: change.file for change in edition.limit_changes.all()}
    return [
        ChangedInFiles(rows[key], tuple(limit_changes(leaf, now)))
        for key, leaf in changed_leaves(edition).items()
        if key in rows and says_other(then[key], now := in_full(raw, key)) and says_other(leaf, now)
    ]


def kept_limits(edition: Edition) -> list[str]:
    """The keys of the limits that stay as they were changed, other than the files say."""
    raw, rows = loaded_limits(edition), set(edition.limits.values_list("key", flat=True))
    return [key for key, leaf in changed_leaves(edition).items() if key in rows and says_other(in_full(raw, key), leaf)]


def take_over_files(edition: Edition) -> None:
    """Show what the files say of each limit that was changed."""
    for limit in edition.limits.filter(key__in=kept_limits(edition)).select_related("edition"):
        made: dict[str, Any] = {"leaf": None, "file": file_leaf(limit)}
        LimitChange.objects.create(edition=edition, key=limit.key, **made)
    _publish(edition)
