"""Links that lead nowhere: in answers, among related entries, from limits, and whatever else the site checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from faq.knowledge.markdown import linked_slugs
from faq.models import Edition, Translation
from faq.store.editions import catalogue_of
from faq.store.entries import headings
from web.languages import DEFAULT_LANGUAGE


@dataclass(frozen=True, slots=True)
class DeadLink:
    """Something that leads nowhere: where it stands, what it names, and why it leads nowhere."""

    place: str
    target: str
    reason: str


def dead_links() -> Iterator[DeadLink]:
    """Whatever leads nowhere, by every check of the site."""
    for check in settings.LINK_CHECKS:
        yield from import_string(check)()


def dead_in_knowledge() -> Iterator[DeadLink]:
    """Each link in the knowledge to an entry that readers of its edition cannot open."""
    for edition in Edition.objects.all():
        yield from _dead_in(edition)


def _dead_in(edition: Edition) -> Iterator[DeadLink]:
    known = {heading.slug for heading in headings(edition, DEFAULT_LANGUAGE)} | set(
        edition.sections.values_list("slug", flat=True)
    )
    texts = Translation.objects.filter(entry__edition=edition, entry__published_at__isnull=False)
    for text in texts.select_related("entry").order_by("entry__slug", "language"):
        place = f"{edition.code} {text.language} {text.entry.slug}"
        yield from (
            DeadLink(place, slug, "no such entry, linked in the answer")
            for slug in linked_slugs(text.html)
            if slug not in known
        )
        if text.language == DEFAULT_LANGUAGE:
            yield from (
                DeadLink(place, slug, "no such entry, among the related ones")
                for slug in text.entry.related
                if slug not in known
            )
    for limit in catalogue_of(edition):
        if limit.entry and limit.entry not in known:
            yield DeadLink(f"{edition.code} {limit.key}", limit.entry, "no such entry, named by the limit")
