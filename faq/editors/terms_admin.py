"""The words and abbreviations of search, for editors: one name a line in each language."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from faq.editors.entry_form import LinesField
from faq.editors.plain_lookups import PlainLookups
from faq.editors.plain_texts import PlainTextForm
from faq.editors.unsaved_forms import UnsavedForms
from faq.models import TermGroup
from faq.search.words import tokens
from web.languages import LANGUAGES


class TermGroupForm(PlainTextForm):
    """A thing with its names: both languages side by side, one name a line."""

    nl = LinesField(label=_("Dutch words"), help_text=_("One word or phrase per line."))
    en = LinesField(label=_("English words"), help_text=_("One word or phrase per line."))

    class Meta:
        model = TermGroup
        fields = ("key", "nl", "en")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            self.initial[language] = "\n".join(getattr(self.instance, language))

    def clean(self) -> dict[str, Any]:
        """Every name has a letter or digit, and there are two names at least: one alone is nobody's synonym."""
        cleaned: dict[str, Any] = super().clean() or {}
        for language in LANGUAGES:
            empty = [name for name in cleaned.get(language, ()) if not tokens(name)]
            if empty:
                self.add_error(language, _("“%(name)s” is not a word.") % {"name": empty[0]})
        if not self.errors and len([*cleaned["nl"], *cleaned["en"]]) < 2:
            self.add_error("nl", _("Enter at least two words or phrases for the same thing."))
        return cleaned


class TermGroupAdmin(UnsavedForms, PlainLookups):
    """The list of terms; a change counts as soon as the index is built again, within a second."""

    form = TermGroupForm
    list_display = ("key", "dutch", "english")
    search_fields = ("key", "nl", "en")
    fields = (("key",), ("nl", "en"))

    @admin.display(description=_("Dutch words"))
    def dutch(self, group: TermGroup) -> str:
        """The Dutch names."""
        return ", ".join(group.nl)

    @admin.display(description=_("English words"))
    def english(self, group: TermGroup) -> str:
        """The English names."""
        return ", ".join(group.en)
