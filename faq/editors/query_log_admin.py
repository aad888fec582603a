"""What was asked, for editors: the list by week and language, and the step from a question to a phrasing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast
from urllib.parse import urlencode

import reversion
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from faq.desk.sent_questions import dismiss
from faq.editors.phrasing_preview import preview
from faq.editors.plain_lookups import PlainLookups
from faq.editors.weeks_page import weeks_page
from faq.knowledge.entry import EntryContent
from faq.knowledge.limits import UnknownLimit
from faq.models import AskedQuestion, Edition, Entry
from faq.search.service import find
from faq.search.words import folded
from faq.store.editions import find_edition
from faq.store.entries import section_title
from faq.store.publishing import hold_edition, publish, save_draft, working_content
from web.languages import LANGUAGES
from web.privacy import LEFT_OUT

MOST_PHRASINGS = 100
"""Phrasings that an entry has in one language; more make it answer what it does not."""


class PhrasingForm(forms.Form):
    """The choice of an entry that a question becomes a phrasing of."""

    entry = forms.ChoiceField(label=_("entry"), widget=forms.Select(attrs={"class": "vURLField"}))

    def __init__(self, asked: AskedQuestion, edition: Edition, *args: Any) -> None:
        super().__init__(*args)
        self.asked, self.phrasing = asked, phrasing_of(asked)
        rows = edition.entries.select_related("section", "edition").prefetch_related("translations")
        self.entries = {str(entry.pk): entry for entry in rows}
        cast(forms.ChoiceField, self.fields["entry"]).choices = self._choices(edition)

    def clean_entry(self) -> Entry:
        """The entry, if the phrasing can be added to it."""
        entry = self.entries[self.cleaned_data["entry"]]
        text = working_content(entry).texts.get(self.asked.language)
        if text is None:
            language = self.asked.get_language_display()
            raise forms.ValidationError(_("There is no text in %(language)s."), params={"language": language})
        if _plain(self.phrasing) in map(_plain, (text.question, *text.asked_as)):
            raise forms.ValidationError(_("This entry already has this phrasing."))
        if len(text.asked_as) >= MOST_PHRASINGS:
            raise forms.ValidationError(
                _("This entry already has %(count)s phrasings. Remove one first."),
                params={"count": len(text.asked_as)},
            )
        return entry

    def content(self) -> EntryContent:
        """The chosen entry as it is being worked on, with the phrasing."""
        content, language = working_content(self.cleaned_data["entry"]), self.asked.language
        text = content.texts[language]
        return content.with_text(language, replace(text, asked_as=(*text.asked_as, self.phrasing)))

    def _choices(self, edition: Edition) -> list[tuple[Any, Any]]:
        """The entries that the search finds for the question now, then all by section."""
        by_slug = {entry.slug: entry for entry in self.entries.values()}
        results = find(self.asked.text, self.asked.language, edition)
        slugs = [result.slug for result in (*results.results, *results.elsewhere)]
        groups = {"": self._options(by_slug[slug] for slug in slugs if slug in by_slug)}
        for entry in self.entries.values():
            groups.setdefault(section_title(entry.section, self.asked.language), []).extend(self._options([entry]))
        first = groups.pop("")
        return [("", "---------"), *([(_("What the search finds now"), first)] if first else []), *groups.items()]

    def _options(self, entries: Iterable[Entry]) -> list[tuple[str, str]]:
        return [(str(entry.pk), question_of(entry, self.asked.language)) for entry in entries]


class WeekFilter(admin.SimpleListFilter):
    """Questions by the week in which they were asked."""

    title = _("week of")
    parameter_name = "week"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The weeks there are, latest first."""
        weeks = AskedQuestion.objects.order_by("-week").values_list("week", flat=True).distinct()
        return [(week.isoformat(), date_format(week)) for week in weeks]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AskedQuestion]) -> QuerySet[AskedQuestion]:
        """The questions of the week that was chosen; all for a week there is none of."""
        week = self.value()
        return queryset.filter(week=week) if week and week in dict(self.lookup_choices) else queryset


class TroubleFilter(admin.SimpleListFilter):
    """Questions that the search did not help with."""

    title = _("trouble")
    parameter_name = "trouble"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Nothing was found, nothing of what was found was opened, or a visitor sent the question to the editors."""
        return [
            ("no-result", _("without a result")),
            ("no-click", _("without a click")),
            ("sent", _("sent to the editors")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AskedQuestion]) -> QuerySet[AskedQuestion]:
        """The questions with the trouble that was chosen."""
        return {
            "no-result": queryset.filter(found=0),
            "no-click": queryset.filter(found__gt=0, opened=0),
            "sent": queryset.filter(sent__gt=0),
        }.get(self.value() or "", queryset)


class AskedQuestionAdmin(PlainLookups):
    """What was asked, most asked first. It is counted, never written here; a question can become a phrasing."""

    list_display = ("text", "edition", "language", "week", "asked", "found", "opened", "sent")
    list_display_links = None
    list_filter = (WeekFilter, "edition", "language", TroubleFilter)
    ordering = ("-asked", "-week", "text")
    search_fields = ("text",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody writes questions."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: AskedQuestion | None = None) -> bool:
        """Nobody rewrites them."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: AskedQuestion | None = None) -> bool:
        """Who may read what was asked."""
        return request.user.has_perm("faq.view_askedquestion")

    def may_add_phrasings(self, request: HttpRequest) -> bool:
        """Whether this account may read questions and write entries."""
        return self.has_view_permission(request) and request.user.has_perm("faq.change_entry")

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """The columns, with the way on for those who write entries."""
        return (*self.list_display, "add_as") if self.may_add_phrasings(request) else self.list_display

    @admin.display(description=_("phrasing"))
    def add_as(self, asked: AskedQuestion) -> str:
        """The way to the page that adds a question to an entry."""
        address = reverse("admin:faq_askedquestion_add_phrasing", args=[asked.pk])
        return format_html_join("", '<a href="{}">{}</a>', [(address, _("Add as phrasing…"))])

    def get_urls(self) -> list[Any]:
        """The admin's addresses, and the adding of a phrasing."""
        view = self.admin_site.admin_view(self.add_phrasing_view)
        dismissing = self.admin_site.admin_view(require_POST(self.dismiss_view))
        return [
            path("<int:pk>/add-phrasing/", view, name="faq_askedquestion_add_phrasing"),
            path("weeks/", self.admin_site.admin_view(never_cache(self.weeks_view)), name="faq_askedquestion_weeks"),
            path("<int:pk>/dismiss/", dismissing, name="faq_askedquestion_dismiss"),
            *super().get_urls(),
        ]

    def weeks_view(self, request: HttpRequest) -> HttpResponse:
        """The figures of the latest weeks, as a page to read and to print or (`?format=csv`) as a table to download."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return weeks_page(request, self.admin_site.each_context(request) | {"opts": self.opts})

    def dismiss_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take a question that visitors sent off the to-do list."""
        if not self.may_add_phrasings(request):
            raise PermissionDenied
        asked = get_object_or_404(AskedQuestion, pk=pk)
        dismiss(asked)
        messages.success(request, _("Dismissed. It comes back if somebody sends it in a later week."))
        query = f"?{urlencode({'edition': asked.edition})}" if asked.edition else ""
        return HttpResponseRedirect(reverse("admin:faq_entry_queue") + query)

    def add_phrasing_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Choose an entry of the question's edition, see which judged queries would move, and add the question."""
        if not self.may_add_phrasings(request):
            raise PermissionDenied
        asked = get_object_or_404(AskedQuestion, pk=pk)
        edition = find_edition(asked.edition).edition
        form = PhrasingForm(asked, edition, *([request.GET] if "entry" in request.GET else []))
        if request.method == "POST":
            with transaction.atomic():
                hold_edition(edition)  # nobody changes the entry between the check and the change
                form = PhrasingForm(asked, edition, request.POST)
                added = form.is_valid() and self._added(request, form)
                if added:
                    dismiss(asked)
            if added:
                return HttpResponseRedirect(reverse("admin:faq_askedquestion_changelist"))
        template = "admin/faq/askedquestion/add_phrasing.html"
        return TemplateResponse(request, template, self._context(request, form, edition))

    def _added(self, request: HttpRequest, form: PhrasingForm) -> bool:
        """Add the phrasing and say where it went; False where the entry cannot be published as it is."""
        entry, content = form.cleaned_data["entry"], form.content()
        publishes = publishes_at_once(request, entry)
        try:
            with reversion.create_revision():
                reversion.set_user(request.user)
                reversion.set_comment(gettext("Asked as: %(phrasing)s") % {"phrasing": form.phrasing})
                publish(entry, content) if publishes else save_draft(entry, content)
        except UnknownLimit as fault:
            form.add_error("entry", str(fault))
            return False
        published = _("Added and published: the search uses it from now on.")
        drafted = _("Added to the draft: it counts once that is published.")
        address = reverse("admin:faq_entry_change", args=[entry.pk])
        title = question_of(entry, form.asked.language)
        messages.success(
            request,
            format_html_join("", '{} <a href="{}">{}</a>', [(published if publishes else drafted, address, title)]),
        )
        return True

    def _context(self, request: HttpRequest, form: PhrasingForm, edition: Edition) -> dict[str, Any]:
        entry = form.cleaned_data["entry"] if form.is_bound and form.is_valid() else None
        return self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": _("Add as phrasing"),
            "asked": form.asked,
            "edition": edition,
            "form": form,
            "entry": entry,
            "publishes": entry is not None and publishes_at_once(request, entry),
            "preview": preview(edition, entry.slug, form.asked.language, form.phrasing) if entry else None,
        }


def publishes_at_once(request: HttpRequest, entry: Entry) -> bool:
    """Whether a phrasing goes to readers straight away: nothing else waits in a draft, and the account may publish."""
    return entry.published_at is not None and not entry.draft and request.user.has_perm("faq.publish_entry")


def phrasing_of(asked: AskedQuestion) -> str:
    """A question as a phrasing: without the marks of what was left out of it."""
    return " ".join(asked.text.replace(LEFT_OUT, " ").split())


def question_of(entry: Entry, language: str) -> str:
    """The question of an entry as it is being worked on, in this language where it is there."""
    texts = working_content(entry).texts
    return next((texts[code].question for code in (language, *LANGUAGES) if code in texts), entry.slug)


def _plain(text: str) -> str:
    return " ".join(folded(text).rstrip("?!. ").split())
