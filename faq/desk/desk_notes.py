"""Notes of the support desk: beside the public answer, for those who are signed in and may read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from faq.knowledge.markdown import render_answer
from faq.models import DeskNote
from faq.store.editions import Edition, catalogue_of
from faq.store.entries import ShownEntry

EVERY_EDITION = ""
"""What stands in a note for its edition where it is about every one."""


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note as a page shows it: its HTML, and the key to change it by."""

    pk: int
    html: str


def may_read_notes(request: HttpRequest) -> bool:
    """Whether somebody is signed in who may read notes. Without a session's cookie nothing is looked up, so that a
    reader's page depends on nothing but its address.
    """
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.has_perm("faq.view_desknote")


def note_context(shown: ShownEntry, edition: Edition, language: str) -> dict[str, Any]:
    """What a page shows of the notes on an entry in the edition being read: those of every edition, then its own."""
    return {"desk": True, "notes": notes_on((shown.heading.slug, *shown.former_slugs), edition, language)}


def notes_on(slugs: tuple[str, ...], edition: Edition, language: str) -> list[ShownNote]:
    """The notes under the present slug of an entry or a former one, since a note outlives a rename."""
    catalogue = catalogue_of(edition)
    kept = DeskNote.objects.filter(slug__in=slugs, edition__in=(EVERY_EDITION, edition.code))
    newest_name_first = sorted(kept, key=lambda note: slugs.index(note.slug))
    by_edition = {note.edition: note for note in reversed(newest_name_first)}
    return [
        ShownNote(note.pk, render_answer(note.text, catalogue, language, strict=False).html)
        for code in (EVERY_EDITION, edition.code)
        if (note := by_edition.get(code))
    ]
