"""The links between entries, kept in rows of their own, so that those that lead nowhere are found without reading a
text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.signals import post_delete, post_save

from faq.knowledge.markdown import linked_slugs
from faq.models import Edition, Entry, EntryLink, Section, Translation, is_published

RELATED = ""
"""What stands for a language where a link is among the related entries."""


def broken_links(edition: Edition) -> QuerySet[EntryLink]:
    """The links of the published entries of an edition to what its readers cannot open, by entry and language."""
    entries = Entry.objects.published().filter(edition=edition, slug=OuterRef("slug"))
    sections = Section.objects.filter(edition=edition, slug=OuterRef("slug"))
    links = EntryLink.objects.filter(is_published("entry__"), entry__edition=edition)
    broken = links.exclude(Exists(entries)).exclude(Exists(sections))
    return broken.select_related("entry").order_by("entry__slug", "language", "slug")


def _keep(entry_id: int, language: str, slugs: Iterable[str]) -> None:
    """Let an entry have these links in a language."""
    wanted, kept = set(slugs), EntryLink.objects.filter(entry_id=entry_id, language=language)
    before = set(kept.values_list("slug", flat=True))
    if gone := before - wanted:
        kept.filter(slug__in=gone).delete()
    EntryLink.objects.bulk_create(
        EntryLink(entry_id=entry_id, language=language, slug=slug) for slug in sorted(wanted - before)
    )


def keep_related(sender: type[Entry], instance: Entry, **kwargs: Any) -> None:
    """Keep the links to related entries. A receiver of the saving of entries."""
    _keep(instance.pk, RELATED, instance.related)


def keep_links(sender: type[Translation], instance: Translation, **kwargs: Any) -> None:
    """Keep the links in an answer. A receiver of the saving of texts."""
    _keep(instance.entry_id, instance.language, linked_slugs(instance.html))


def drop_links(sender: type[Translation], instance: Translation, **kwargs: Any) -> None:
    """Drop the links in an answer. A receiver of the deletion of texts."""
    EntryLink.objects.filter(entry_id=instance.entry_id, language=instance.language).delete()


def watch() -> None:
    """Keep the links in step with every entry that is saved, also with one that is brought back from its history."""
    post_save.connect(keep_related, sender=Entry)
    post_save.connect(keep_links, sender=Translation)
    post_delete.connect(drop_links, sender=Translation)
