"""Notes of the support desk: beside the public answer, for those who are signed in and may read them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest

from faq.models import DeskNote
from faq.publishing import catalogue_of
from faq.reading import ShownEntry, default_edition
from faq.render import render_answer


def may_read_notes(request: HttpRequest) -> bool:
    """Whether somebody is signed in who may read notes. Without a session's cookie nothing is looked up, so that a
    reader's page depends on nothing but its address.
    """
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.has_perm("faq.view_desknote")


def note_on(shown: ShownEntry, language: str) -> dict[str, Any]:
    """What a page shows of the note on an entry: its HTML, and where to write it."""
    note = DeskNote.objects.filter(slug=shown.heading.slug).first()
    html = render_answer(note.text, catalogue_of(default_edition()), language, strict=False).html if note else ""
    return {"desk": True, "note": note, "note_html": html}


class DeskNoteAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Notes by the entry that they stand beside."""

    list_display = ("slug", "changed_at")
    search_fields = ("slug", "text")
