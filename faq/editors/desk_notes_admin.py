"""Notes of the desk in the admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faq.desk.desk_notes import EVERY_EDITION
from faq.editors.plain_lookups import PlainLookups
from faq.editors.plain_texts import PlainTextForm
from faq.editors.unsaved_forms import UnsavedForms
from faq.models import DeskNote
from faq.store.editions import Edition, all_editions, default_edition
from faq.store.entries import find_entry
from faq.store.near_slugs import nearest
from faq.store.slugs import renamed_to
from web.languages import DEFAULT_LANGUAGE


class DeskNoteForm(PlainTextForm):
    """A note; one on an entry that is not there would be seen by nobody."""

    edition = forms.ChoiceField(label=gettext_lazy("Edition"), required=False)

    class Meta:
        model = DeskNote
        fields = ("edition", "slug", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.editions = {edition.code: edition for edition in all_editions()}
        codes = dict.fromkeys((*self.editions, *filter(None, [self.instance.edition])))
        field = self.fields["edition"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(EVERY_EDITION, _("every edition")), *((code, code) for code in codes)]

    def clean_slug(self) -> str:
        """The slug of an entry that readers see in the note's edition, or in any, by its present name."""
        slug, code = self.cleaned_data["slug"], self.cleaned_data.get("edition", EVERY_EDITION)
        editions = [self.editions[code]] if code in self.editions else list(self.editions.values())
        if present := _present_slug(slug, editions):
            return present
        edition = self.editions.get(code) or default_edition()
        near = next((heading.slug for heading in nearest(slug, edition, DEFAULT_LANGUAGE)), None)
        told = _("There is no published entry with the slug %(slug)s.") % {"slug": slug}
        meant = _("Did you mean %(slug)s?") % {"slug": near} if near else ""
        raise ValidationError(f"{told} {meant}".strip())


def _present_slug(slug: str, editions: Iterable[Edition]) -> str | None:
    """What the entry with this slug, or with this former one, is called in the first of the editions that has it."""
    for edition in editions:
        for name in filter(None, (slug, renamed_to(slug, edition))):
            shown = find_entry(edition, name, DEFAULT_LANGUAGE)
            if shown and shown.edition == edition.code:
                return name
    return None


class DeskNoteAdmin(UnsavedForms, PlainLookups):
    """Notes by the entry that they stand beside."""

    form = DeskNoteForm
    list_display = ("slug", "edition", "changed_at")
    list_filter = ("edition",)
    search_fields = ("slug", "text")
