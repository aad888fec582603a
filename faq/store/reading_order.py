"""The published entries of an edition in reading order, any part of them without reading the others."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast

from faq.models import Edition, Entry, Section
from faq.store.content_version import kept

WITHIN_A_SECTION = ("order", "slug")
ORDER = ("section__order", "section__slug", *WITHIN_A_SECTION)
"""The order in which readers meet entries. Within a section the database has it as an index."""


@kept
def counted_sections(
    edition: Edition, connection_type: str | None = None, beyond: Edition | None = None
) -> tuple[tuple[Section, int], ...]:
    """The sections of an edition that have something to read, in order, each with the number of its entries: of those
    about a connection type, where one is named, and whose slugs the edition `beyond` does not have.
    """
    published = _published(edition, connection_type, beyond).order_by()
    counts = dict(published.values_list("section").annotate(Count("pk")))
    return tuple((section, counts[section.pk]) for section in edition.sections.all() if section.pk in counts)


def count_entries(
    edition: Edition,
    section: str | None = None,
    connection_type: str | None = None,
    *,
    beyond: Edition | None = None,
) -> int:
    """How many entries readers see of an edition, or of a part of it (see `entries_in_order`)."""
    counted = counted_sections(edition, connection_type, beyond)
    return sum(count for found, count in counted if section in (None, found.slug))


def entries_in_order(
    edition: Edition,
    first: int = 0,
    most: int | None = None,
    *,
    section: str | None = None,
    connection_type: str | None = None,
    beyond: Edition | None = None,
) -> QuerySet[Entry]:
    """The published entries of an edition in reading order, without the `first` ones, and `most` at most: those of one
    section or connection type, or whose slugs the edition `beyond` does not have. The database looks at no section but
    those in which they are.
    """
    counted = [
        (found.pk, count)
        for found, count in counted_sections(edition, connection_type, beyond)
        if section in (None, found.slug)
    ]
    end = sum(count for _, count in counted) if most is None else first + most
    shown, before, passed = [], 0, 0
    for key, count in counted:
        if passed + count <= first:
            before += count
        elif passed < end:
            shown.append(key)
        passed += count
    entries = _published(edition, connection_type, beyond).filter(section__in=shown)
    ordered = entries.order_by(*(ORDER if len(shown) > 1 else WITHIN_A_SECTION))
    return ordered[first - before : end - before]


def _published(edition: Edition, connection_type: str | None, beyond: Edition | None) -> QuerySet[Entry]:
    entries = Entry.objects.published().filter(section__edition=edition)  # by the index of the sections
    if beyond is not None:
        there = Entry.objects.published().filter(edition=beyond, slug=OuterRef("slug"))
        entries = entries.filter(~Exists(there))
    if connection_type is not None:
        written = entries.annotate(types=Cast("connection_types", TextField()))
        entries = written.filter(types__contains=f'"{connection_type}"')
    return entries
