"""What a visitor can type into the FAQ."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MAX_QUERY = 200
"""Characters of a search that are looked at; what is beyond is left, and the page says so."""


class SearchForm(forms.Form):
    """A search as typed. Never refuses: too long a query is cut, bytes that are no text are dropped."""

    q = forms.CharField(label=_("Search"), required=False, strip=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.was_cut = False

    def clean_q(self) -> str:
        """The query without control characters and in one line, at most `MAX_QUERY` characters."""
        typed = "".join(char if char.isprintable() else " " for char in str(self.cleaned_data["q"]))
        query = " ".join(typed.split())
        self.was_cut = len(query) > MAX_QUERY
        return query[:MAX_QUERY]
