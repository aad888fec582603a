"""What a visitor can type into the FAQ."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from faq.models import Edition, Feedback
from faq.search.query_text import MAX_QUERY, in_one_line
from faq.search.service import SearchResults, find
from web.privacy import LEFT_OUT, without_persons


class QueryField(forms.CharField):
    """What was typed, in one line and without control characters."""

    def to_python(self, value: Any) -> str:
        """The query; never refuses."""
        return in_one_line(value)


class SearchForm(forms.Form):
    """A search as typed. Never refuses: too long a query is cut."""

    q = QueryField(label=_("Search"), required=False)
    section = QueryField(label=_("Section"), required=False)
    type = QueryField(label=_("Connection type"), required=False)

    def found(self, language: str, edition: Edition) -> SearchResults:
        """What answers the search in an edition, narrowed as was asked; nothing for an empty one."""
        query, section, connection_type = (self.cleaned_data[name] for name in ("q", "section", "type"))
        return (
            find(query, language, edition, section=section, connection_type=connection_type)
            if query
            else SearchResults()
        )

    def clean_q(self) -> str:
        """The query, at most `MAX_QUERY` characters of it."""
        self.was_cut = len(self.cleaned_data["q"]) > MAX_QUERY
        return str(self.cleaned_data["q"][:MAX_QUERY])


class ReasonForm(forms.Form):
    """Why an answer did not help."""

    reason = forms.ChoiceField(
        label=_("What is wrong with this answer?"), choices=Feedback.REASONS, widget=forms.RadioSelect, required=False
    )
    text = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Leave out names and addresses; what looks like one is left out for you."),
    )

    def clean_text(self) -> str:
        """The words without what could tell who gives them, or of which network."""
        return without_persons(self.cleaned_data["text"])

    def clean(self) -> dict[str, str]:
        """Something is said."""
        cleaned: dict[str, str] = super().clean() or {}
        if not self.errors and not (cleaned["reason"] or cleaned["text"].strip(LEFT_OUT + " ")):
            self.add_error("reason", _("Choose one, or say it in your own words."))
        return cleaned
