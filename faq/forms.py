"""What a visitor can type into the FAQ."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from faq.content import CONNECTION_TYPES
from faq.limits import LANGUAGES
from faq.models import Edition

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


class ApiSearchForm(forms.Form):
    """A search by a program, which is told what it got wrong."""

    q = QueryField()
    lang = forms.CharField(required=False)
    edition = forms.CharField(required=False)
    section = QueryField(required=False)
    type = forms.CharField(required=False)
    limit = forms.IntegerField(required=False, min_value=1, max_value=50)

    def clean_q(self) -> str:
        """The query, of which the first `MAX_QUERY` characters count."""
        return str(self.cleaned_data["q"][:MAX_QUERY])

    def clean_lang(self) -> str:
        """A language of the site; Dutch where none is given."""
        return self._one_of("lang", LANGUAGES, "nl")

    def clean_edition(self) -> str:
        """An edition of the site; the default where none is given."""
        return self._one_of("edition", tuple(Edition.objects.values_list("code", flat=True)), "")

    def clean_type(self) -> str:
        """A connection type; all of them where none is given."""
        return self._one_of("type", CONNECTION_TYPES, "")

    def clean_limit(self) -> int:
        """How many results; ten where nothing is said."""
        return int(self.cleaned_data["limit"] or 10)

    def _one_of(self, name: str, known: tuple[str, ...], default: str) -> str:
        given = str(self.cleaned_data[name])
        if given and given not in known:
            raise ValidationError(f"{given[:40]!r} is not known; there is: {', '.join(known)}")
        return given or default
