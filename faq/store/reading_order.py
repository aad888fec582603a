"""The published entries of an edition in reading order, any part of them without reading the others."""

from __future__ import annotations

from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Cast

from faq.models import Edition, Entry, Section
from faq.store.content_version import kept

WITHIN_A_SECTION = ("order", "slug")
ORDER = ("section__order", "section__slug", *WITHIN_A_SECTION)
"""The order in which readers meet entries. Within a section the database has it as an index."""


@kept
def counted_sections(edition: Edition, connection_type: str | None = None) -> tuple[tuple[Section, int], ...]:
    """The sections of an edition that have something to read, or something about a connection type, in order, each with
    the number of these entries.
    """
    published = _published(edition, connection_type).order_by()
    counts = dict(published.values_list("section").annotate(Count("pk")))
    return tuple((section, counts[section.pk]) for section in edition.sections.all() if section.pk in counts)


def count_entries(edition: Edition, section: str | None = None, connection_type: str | None = None) -> int:
    """How many entries readers see of an edition, or of one section or connection type of it."""
    counted = counted_sections(edition, connection_type)
    return sum(count for found, count in counted if section in (None, found.slug))


def entries_in_order(
    edition: Edition,
    first: int = 0,
    most: int | None = None,
    *,
    section: str | None = None,
    connection_type: str | None = None,
) -> QuerySet[Entry]:
    """The published entries of an edition in reading order, or those of one section or connection type: without the
    `first` ones, and `most` at most; all the others where None. The database passes over the sections of no other.
    """
    end = count_entries(edition, section, connection_type) if most is None else first + most
    shown, before, passed = [], 0, 0
    for found, count in counted_sections(edition, connection_type):
        if section not in (None, found.slug):
            continue
        if passed + count <= first:
            before += count
        elif passed < end:
            shown.append(found.pk)
        passed += count
    entries = _published(edition, connection_type).filter(section__in=shown)
    ordered = entries.order_by(*(ORDER if len(shown) > 1 else WITHIN_A_SECTION))
    return ordered[first - before : end - before]


def _published(edition: Edition, connection_type: str | None) -> QuerySet[Entry]:
    entries = Entry.objects.published().filter(section__edition=edition)  # by the index of the sections
    if connection_type is None:
        return entries
    written = entries.annotate(types=Cast("connection_types", TextField()))
    return written.filter(types__contains=f'"{connection_type}"')
