"""Notes of the support desk: beside the public answer, for those who are signed in and may read them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from faq.knowledge.markdown import render_answer
from faq.models import DeskNote
from faq.store.entries import ShownEntry, default_edition, nearest, openable
from faq.store.publishing import catalogue_of


def may_read_notes(request: HttpRequest) -> bool:
    """Whether somebody is signed in who may read notes. Without a session's cookie nothing is looked up, so that a
    reader's page depends on nothing but its address.
    """
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.has_perm("faq.view_desknote")


def note_on(shown: ShownEntry, language: str) -> dict[str, Any]:
    """What a page shows of the note on an entry, also one that was written before a rename: its HTML, and where to
    write it.
    """
    slugs = (shown.heading.slug, *shown.former_slugs)
    note = next((found for slug in slugs if (found := DeskNote.objects.filter(slug=slug).first())), None)
    html = render_answer(note.text, catalogue_of(default_edition()), language, strict=False).html if note else ""
    return {"desk": True, "note": note, "note_html": html}


class DeskNoteForm(forms.ModelForm):  # type: ignore[type-arg]
    """A note; one on an entry that is not there would be seen by nobody."""

    class Meta:
        model = DeskNote
        fields = ("slug", "text")

    def clean_slug(self) -> str:
        """The slug of an entry that readers see, by its present name."""
        slug, edition = self.cleaned_data["slug"], default_edition()
        found = openable([slug], edition, "nl")
        if found:
            return found[0].slug
        near = next((heading.slug for heading in nearest(slug, edition, "nl")), None)
        told = _("There is no published entry with the slug %(slug)s.") % {"slug": slug}
        meant = _("Did you mean %(slug)s?") % {"slug": near} if near else ""
        raise ValidationError(f"{told} {meant}".strip())


class DeskNoteAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Notes by the entry that they stand beside."""

    form = DeskNoteForm
    list_display = ("slug", "changed_at")
    search_fields = ("slug", "text")
