"""Help links in the admin: a key, and the entries or the filled-in wizard that it leads to."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from advisor.models import HelpKey
from advisor.pages.help_links import faults_by_edition
from faq.editors.entry_form import LinesField
from faq.editors.plain_lookups import PlainLookups
from faq.editors.plain_texts import PlainTextForm
from faq.editors.unsaved_forms import UnsavedForms
from faq.store.editions import known_editions
from faq.store.slugs import openable
from web.languages import DEFAULT_LANGUAGE


class HelpKeyForm(PlainTextForm):
    """A key with what it leads to; a slug that readers cannot open and a wizard that is not right are refused."""

    entries = LinesField(label=_("Entries"), help_text=_("One slug per line."))

    class Meta:
        model = HelpKey
        fields = ("key", "entries", "advice")
        help_texts: dict[str, Any] = {  # noqa: RUF012 -- as Django reads it
            "key": _(
                "The portal's own name for this field, such as vpn-form.clients; /help/vpn-form.clients opens the help."
            ),
            "advice": _("The part of a filled-in form's URL after the question mark, such as clients=40."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["entries"] = "\n".join(self.instance.entries)

    def clean_key(self) -> str:
        """The key in lower case: a portal need not mind its capitals."""
        return str(self.cleaned_data["key"]).lower()

    def clean_advice(self) -> str:
        """The query string, without the question mark that is copied along."""
        return str(self.cleaned_data["advice"]).strip().lstrip("?")

    def clean(self) -> dict[str, Any]:
        """One of the two is given, and leads somewhere in one edition at least."""
        cleaned: dict[str, Any] = super().clean() or {}
        editions = list(known_editions())
        for slug in cleaned.get("entries", ()):
            if not any(openable([slug], edition, DEFAULT_LANGUAGE) for edition in editions):
                self.add_error("entries", _("There is no published entry with the slug %(slug)s.") % {"slug": slug})
        faults = list(faults_by_edition(cleaned.get("advice", "")).values())
        if faults and all(faults):
            for fault in faults[0]:
                self.add_error("advice", fault)
        if bool(cleaned.get("entries")) == bool(cleaned.get("advice")) and not self.errors:
            self.add_error("entries", _("Enter either entries or a filled-in wizard, not both."))
        return cleaned


@admin.register(HelpKey)
class HelpKeyAdmin(UnsavedForms, PlainLookups):
    """The keys of portals."""

    form = HelpKeyForm
    list_display = ("key", "leads_to")
    search_fields = ("key",)

    @admin.display(description=_("leads to"))
    def leads_to(self, mapped: HelpKey) -> str:
        """The entries or the wizard, as they are stored."""
        return ", ".join(mapped.entries) or f"?{mapped.advice}"
