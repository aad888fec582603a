"""Links that lead nowhere: in answers, among related entries, from limits, and whatever else the site checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from faq.models import Entry
from faq.store.editions import Edition, all_editions, catalogue_of
from faq.store.entry_links import broken_links
from web.languages import DEFAULT_LANGUAGE


@dataclass(frozen=True, slots=True)
class DeadLink:
    """Something that leads nowhere: where it stands, what it names, why, and in which edition; empty is every one."""

    place: str
    target: str
    reason: str
    edition: str = ""


LinkCheck = Callable[[], Iterator[DeadLink]]
"""Finds what leads nowhere in one part of the site."""

_checks: tuple[LinkCheck, ...] = ()


def use_checks(checks: tuple[LinkCheck, ...]) -> None:
    """Check links with these from now on: those who join the parts of the site know what each of them checks."""
    global _checks
    _checks = checks


def dead_links() -> Iterator[DeadLink]:
    """Whatever leads nowhere, by every check of the site."""
    for check in _checks:
        yield from check()


def dead_in_knowledge() -> Iterator[DeadLink]:
    """Each link in the knowledge to an entry that readers of its edition cannot open."""
    for edition in all_editions():
        yield from _dead_in(edition)


def _dead_in(edition: Edition) -> Iterator[DeadLink]:
    for link in broken_links(edition).iterator():
        place = f"{edition.code} {link.language or DEFAULT_LANGUAGE} {link.entry.slug}"
        where = "linked in the answer" if link.language else "among the related ones"
        yield DeadLink(place, link.slug, f"no such entry, {where}", edition.code)
    named = {limit.key: limit.entry for limit in catalogue_of(edition) if limit.entry}
    opened = Entry.objects.published().filter(edition=edition, slug__in=set(named.values()))
    known = set(opened.values_list("slug", flat=True))
    for key, slug in named.items():
        if slug not in known:
            yield DeadLink(f"{edition.code} {key}", slug, "no such entry, named by the limit", edition.code)
