"""Notes of the support desk: beside the public answer, for those who are signed in and may read them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from faq.knowledge.markdown import render_answer
from faq.models import DeskNote
from faq.store.editions import catalogue_of, default_edition
from faq.store.entries import ShownEntry


def may_read_notes(request: HttpRequest) -> bool:
    """Whether somebody is signed in who may read notes. Without a session's cookie nothing is looked up, so that a
    reader's page depends on nothing but its address.
    """
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.has_perm("faq.view_desknote")


def note_context(shown: ShownEntry, language: str) -> dict[str, Any]:
    """What a page shows of the note on an entry, also one that was written before a rename: its HTML, and where to
    write it.
    """
    slugs = (shown.heading.slug, *shown.former_slugs)
    note = next((found for slug in slugs if (found := DeskNote.objects.filter(slug=slug).first())), None)
    html = render_answer(note.text, catalogue_of(default_edition()), language, strict=False).html if note else ""
    return {"desk": True, "note": note, "note_html": html}
