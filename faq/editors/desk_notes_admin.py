"""Notes of the desk in the admin."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from faq.models import DeskNote
from faq.store.editions import default_edition
from faq.store.entries import nearest, openable
from web.languages import DEFAULT_LANGUAGE


class DeskNoteForm(forms.ModelForm):  # type: ignore[type-arg]
    """A note; one on an entry that is not there would be seen by nobody."""

    class Meta:
        model = DeskNote
        fields = ("slug", "text")

    def clean_slug(self) -> str:
        """The slug of an entry that readers see, by its present name."""
        slug, edition = self.cleaned_data["slug"], default_edition()
        found = openable([slug], edition, DEFAULT_LANGUAGE)
        if found:
            return found[0].slug
        near = next((heading.slug for heading in nearest(slug, edition, DEFAULT_LANGUAGE)), None)
        told = _("There is no published entry with the slug %(slug)s.") % {"slug": slug}
        meant = _("Did you mean %(slug)s?") % {"slug": near} if near else ""
        raise ValidationError(f"{told} {meant}".strip())


class DeskNoteAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Notes by the entry that they stand beside."""

    form = DeskNoteForm
    list_display = ("slug", "changed_at")
    search_fields = ("slug", "text")
