"""What was deleted on this site, by name, so that a loader does not make it again: entries, sections, editions, terms.

An entry is known by every slug that it has or had. What is made anew under a name that was deleted has that name again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save, pre_delete, pre_save

from faq.knowledge.entry import is_slug
from faq.models import Deletion, Edition, Entry, Section, TermGroup

Kind = Deletion.Kind


def deleted(kind: Kind, edition: str = "") -> frozenset[str]:
    """The names of this kind that are deleted: slugs in the edition with this code, or keys of terms."""
    return frozenset(Deletion.objects.filter(kind=kind, edition=edition).values_list("slug", flat=True))


def is_deleted_edition(code: str) -> bool:
    """Whether an edition with this code was deleted and not made anew."""
    return Deletion.objects.filter(kind=Kind.EDITION, edition=code).exists()


def remember(kind: Kind, edition: str, names: Iterable[str]) -> None:
    """Keep names as deleted. One that is kept already stays so."""
    rows = [Deletion(kind=kind, edition=edition, slug=name) for name in sorted(set(names))]
    Deletion.objects.bulk_create(rows, ignore_conflicts=True)


def forget(kind: Kind, edition: str, names: Iterable[str]) -> None:
    """Take names as given out again."""
    Deletion.objects.filter(kind=kind, edition=edition, slug__in=list(names)).delete()


def slugs_of(entry: Entry) -> set[str]:
    """Every slug by which an entry is or was known, with those of its draft."""
    draft = entry.draft or {}
    known = {entry.slug, *entry.former_slugs, draft.get("slug", ""), *draft.get("former_slugs", ())}
    return set(filter(is_slug, known | set(entry.slugs.values_list("slug", flat=True))))


def _name_of(thing: Section | Edition | TermGroup) -> tuple[Kind, str, str]:
    if isinstance(thing, Section):
        return Kind.SECTION, thing.edition.code, thing.slug
    if isinstance(thing, Edition):
        return Kind.EDITION, thing.code, ""
    return Kind.TERM, "", thing.key


def entry_goes(sender: type[Entry], instance: Entry, **kwargs: Any) -> None:
    """Remember an entry that is about to be deleted. A receiver of that signal.

    Its edition is held first, as by everybody who writes entries: a loader sees the entry, or that it is deleted.
    """
    edition = Edition.objects.select_for_update(no_key=True).get(pk=instance.edition_id)
    remember(Kind.ENTRY, edition.code, slugs_of(instance))


def thing_goes(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Remember a section, an edition or a term that is about to be deleted. A receiver of that signal."""
    kind, edition, name = _name_of(instance)
    remember(kind, edition, [name])


def thing_is_renamed(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Remember the name that a section, an edition or a term is about to lose. A receiver of a signal."""
    before: Any = sender._default_manager.filter(pk=instance.pk).first() if instance.pk else None
    if before is None or _name_of(before) == _name_of(instance):
        return
    if isinstance(instance, Edition):  # what was deleted in it stays deleted in it
        Deletion.objects.filter(edition=before.code).exclude(kind=Kind.EDITION).update(edition=instance.code)
    kind, edition, name = _name_of(before)
    remember(kind, edition, [name])


def thing_is_there(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Forget the deletion of a section, an edition or a term that there is now. A receiver of the signal of saving."""
    kind, edition, name = _name_of(instance)
    forget(kind, edition, [name])


def watch() -> None:
    """Remember whatever goes by any way. What comes is forgotten again: an entry with its slugs, see `slugs.py`."""
    pre_delete.connect(entry_goes, sender=Entry)
    for model in (Section, Edition, TermGroup):
        pre_delete.connect(thing_goes, sender=model)
        pre_save.connect(thing_is_renamed, sender=model)
        post_save.connect(thing_is_there, sender=model)
