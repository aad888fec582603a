"""What a visitor can type into the FAQ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from faq.desk.feedback import REASONS
from faq.search.query_text import MAX_QUERY, in_one_line
from faq.search.service import InAnotherEdition, SearchResults, find, in_another_edition
from faq.store.editions import Edition
from web.characters import holdable
from web.privacy import LEFT_OUT, MAX_TEXT, impersonal, without_persons

SHOWN = 25
"""Entries that a page of results shows in each language, most of them behind its fold."""


@dataclass(frozen=True, slots=True)
class TypedSearch:
    """A search as somebody typed it, which is never refused: of too long a text the beginning is looked for."""

    text: str
    section: str = ""
    connection_type: str = ""
    was_cut: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether only a part of the entries is searched."""
        return bool(self.section or self.connection_type)

    def results(self, language: str, edition: Edition) -> SearchResults:
        """What answers the search in an edition, narrowed as was asked; nothing for an empty one."""
        if not self.text:
            return SearchResults()
        narrowed = {"section": self.section, "connection_type": self.connection_type}
        return find(self.text, language, edition, **narrowed, limit=SHOWN)

    def in_another_edition(self, language: str, edition: Edition, found: SearchResults) -> InAnotherEdition | None:
        """What another edition answers that this one does not; nothing for a search that is empty or narrowed."""
        if not self.text or self.is_narrowed:
            return None
        return in_another_edition(self.text, language, edition, found)


def typed_search(data: Mapping[str, str]) -> TypedSearch:
    """The search in the parameters of a request: `q`, `section` and `type`."""
    text, section, connection_type = (in_one_line(data.get(name)) for name in ("q", "section", "type"))
    return TypedSearch(text[:MAX_QUERY], section, connection_type, was_cut=len(text) > MAX_QUERY)


class ReasonForm(forms.Form):
    """Why an answer did not help."""

    reason = forms.ChoiceField(
        label=_("What is wrong with this answer?"), choices=REASONS, widget=forms.RadioSelect, required=False
    )
    text = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Leave out names, email addresses, and IP addresses. What looks like one is removed."),
    )

    def clean_text(self) -> str:
        """The words without what could tell who gives them, or of which network, and as every page can hold them."""
        return without_persons(holdable(self.cleaned_data["text"]))

    def clean(self) -> dict[str, str]:
        """Something is said."""
        cleaned: dict[str, str] = super().clean() or {}
        if not self.errors and not (cleaned["reason"] or cleaned["text"].strip(LEFT_OUT + " ")):
            self.add_error("reason", _("Choose a reason, or use your own words."))
        return cleaned


LONGEST_QUESTION = MAX_TEXT - 1
"""Characters of a question to the editors: all of it is kept."""


def beginning_of(text: str) -> str:
    """As many whole words of a text as a question to the editors may have."""
    if len(text) <= LONGEST_QUESTION:
        return text
    return text[: LONGEST_QUESTION + 1].rpartition(" ")[0] or text[:LONGEST_QUESTION]


class QuestionForm(forms.Form):
    """A question that no entry answers, for the editors."""

    question = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Leave out names, email addresses, and IP addresses. What looks like one is removed."),
    )

    def clean_question(self) -> str:
        """The question, of which something is left without what could tell who asks, or of which network."""
        question = holdable(self.cleaned_data["question"])
        if not impersonal(question):
            raise forms.ValidationError(_("Enter a question in words, without personal data."))
        return question
