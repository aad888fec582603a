"""What a visitor can type into the FAQ."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MAX_QUERY = 200
"""Characters of a search that are looked at; what is beyond is left, and the page says so."""


class QueryField(forms.CharField):
    """What was typed, in one line and without control characters."""

    def to_python(self, value: Any) -> str:
        """The query; never refuses."""
        return " ".join("".join(char if char.isprintable() else " " for char in str(value or "")).split())


class SearchForm(forms.Form):
    """A search as typed. Never refuses: too long a query is cut."""

    q = QueryField(label=_("Search"), required=False)
    section = QueryField(label=_("Section"), required=False)
    type = QueryField(label=_("Connection type"), required=False)

    def clean_q(self) -> str:
        """The query, at most `MAX_QUERY` characters of it."""
        self.was_cut = len(self.cleaned_data["q"]) > MAX_QUERY
        return str(self.cleaned_data["q"][:MAX_QUERY])
