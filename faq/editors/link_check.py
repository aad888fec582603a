"""Links that lead nowhere: in answers, among related entries, from limits, and whatever else the site checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from faq.knowledge.markdown import linked_slugs
from faq.models import Translation
from faq.store.editions import Edition, catalogue_of, known_editions
from faq.store.entries import headings
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
    for edition in known_editions():
        yield from _dead_in(edition)


def _dead_in(edition: Edition) -> Iterator[DeadLink]:
    known = {heading.slug for heading in headings(edition, DEFAULT_LANGUAGE)} | set(
        edition.sections.values_list("slug", flat=True)
    )
    texts = Translation.objects.published().filter(entry__edition=edition)
    for text in texts.select_related("entry").order_by("entry__slug", "language"):
        place = f"{edition.code} {text.language} {text.entry.slug}"
        for slug in linked_slugs(text.html):
            if slug not in known:
                yield DeadLink(place, slug, "no such entry, linked in the answer", edition.code)
        if text.language == DEFAULT_LANGUAGE:
            for slug in text.entry.related:
                if slug not in known:
                    yield DeadLink(place, slug, "no such entry, among the related ones", edition.code)
    for limit in catalogue_of(edition):
        if limit.entry and limit.entry not in known:
            place = f"{edition.code} {limit.key}"
            yield DeadLink(place, limit.entry, "no such entry, named by the limit", edition.code)
