"""The admin of limits: found by key, name, number, or source; changed, compared, and restored. Saving publishes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from faq.editors.limit_form import LimitForm, basis_of
from faq.editors.limit_values import LANGUAGE_VALUES
from faq.editors.plain_lookups import LONGEST_NUMBER, PlainLookups
from faq.knowledge.changed_limits import limit_changes
from faq.knowledge.differences import PartChange
from faq.knowledge.limits import Limit as ShownLimit
from faq.models import Edition, Limit
from faq.pages.limit_filter import filtered
from faq.store.editions import all_editions, catalogue_of
from faq.store.limit_changes import change_limit, changed_in_files, file_leaf, limit_history, present_leaf
from faq.store.publishing import hold_edition
from web.languages import DEFAULT_LANGUAGE

PART_NAMES = {
    "value": _("Value"),
    **{f"value_{language}": name for language, name in LANGUAGE_VALUES.items()},
    "shown_nl": _("In words, in Dutch"),
    "shown_en": _("In words, in English"),
    "note_nl": _("Note in Dutch"),
    "note_en": _("Note in English"),
    "source": _("Source"),
    "checked": _("Checked on"),
    "conflicts": _("What other sources say"),
}


class LimitAdmin(PlainLookups):
    """The limits of each edition. None is made or deleted here: their keys are those that rules and answers read."""

    change_list_template = "admin/change_list.html"
    list_display = ("name", "shown", "source_name", "key", "edition")
    list_filter = ("edition",)
    list_select_related = ("edition",)
    list_per_page = 200
    search_fields = ("key",)
    search_help_text = _("Name in either language, number, key, or source.")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody makes a limit here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes a limit here."""
        return False

    @admin.display(description=_("name"))
    def name(self, limit: Limit) -> str:
        """What the limit is called."""
        return str(self._shown(limit).name[_language()])

    @admin.display(description=_("value"))
    def shown(self, limit: Limit) -> str:
        """The value as readers see it."""
        return self._shown(limit).shown(_language())

    @admin.display(description=_("source"))
    def source_name(self, limit: Limit) -> str:
        """The source as readers see it."""
        source = self._shown(limit).source
        return f"{source.name}, {source.date}"

    def _shown(self, limit: Limit) -> ShownLimit:
        return catalogue_of(limit.edition)[limit.key]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Limit], search_term: str
    ) -> tuple[QuerySet[Limit], bool]:
        """The limits that the filter of the limits page finds, in every edition."""
        if not search_term.strip():
            return queryset, False
        found = Q(pk__in=())
        for edition in all_editions():
            keys = [limit.key for limit in filtered(catalogue_of(edition), search_term)]
            found |= Q(edition=edition, key__in=keys)
        return queryset.filter(found), False

    def get_urls(self) -> list[Any]:
        """The admin's addresses, and those of a limit by its key, of its history, and of what the files say of it."""
        wrap: Callable[..., Any] = self.admin_site.admin_view
        return [
            path("of/<str:code>/<path:key>/", wrap(never_cache(self.by_key_view)), name="faq_limit_by_key"),
            path("<int:pk>/restore/<int:place>/", wrap(never_cache(self.restore_view)), name="faq_limit_restore"),
            path("<int:pk>/files/", wrap(never_cache(self.files_view)), name="faq_limit_files"),
            *super().get_urls(),
        ]

    def by_key_view(self, request: HttpRequest, code: str, key: str) -> HttpResponse:
        """Lead to the form of the limit with this key."""
        limit = get_object_or_404(Limit, edition__code=code, key=key)
        return HttpResponseRedirect(reverse("admin:faq_limit_change", args=[limit.pk]))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """The form of a limit; saving it is a publication."""
        if object_id is None or not self.has_view_or_change_permission(request):
            raise PermissionDenied
        limit = self._limit(object_id)
        may_change = self.has_change_permission(request)
        form = LimitForm(instance=limit)
        if request.method == "POST":
            if not may_change:
                raise PermissionDenied
            with transaction.atomic():
                form = LimitForm(request.POST, instance=limit)
                if form.is_valid():
                    return self._save(request, limit, form)
        in_files = next((one for one in changed_in_files(limit.edition) if one.limit.pk == limit.pk), None)
        context = self._context(request, limit) | {
            "form": form,
            "may_change": may_change,
            "shown": self._shown(limit),
            "changed_in_files": named_parts(in_files.changes) if in_files else [],
            "differs": bool(limit_changes(present_leaf(limit), file_leaf(limit))),
        }
        return TemplateResponse(request, "admin/faq/limit/change_form.html", context)

    def _save(self, request: HttpRequest, limit: Limit, form: LimitForm) -> HttpResponse:
        leaf = form.leaf()
        if leaf != form.before:
            self._publish(request, limit, leaf)
            messages.success(request, _("Published: readers see it now."))
        else:
            messages.info(request, _("Nothing was changed."))
        return HttpResponseRedirect(reverse("admin:faq_limit_change", args=[limit.pk]))

    def _publish(self, request: HttpRequest, limit: Limit, leaf: Any) -> None:
        change_limit(limit, leaf, request.user)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Each state of a limit, with who made it, when, and what it changed."""
        limit = self._limit(object_id)
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        history = limit_history(limit)
        rows = [(len(history) - 1 - at, kept, named_parts(kept.changes)) for at, kept in enumerate(history)]
        context = self._context(request, limit) | {
            "rows": rows,
            "title": gettext("History"),
            "may_change": self.has_change_permission(request),
        }
        return TemplateResponse(request, "admin/faq/limit/history.html", context)

    def restore_view(self, request: HttpRequest, pk: int, place: int) -> HttpResponse:
        """Bring an earlier state back, after showing what that changes; `place` counts the states, the oldest is 0."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        limit = get_object_or_404(Limit, pk=pk)
        history = limit_history(limit)[::-1]
        if place >= len(history):
            raise Http404(place)
        kept = history[place]
        with transaction.atomic():
            hold_edition(limit.edition)
            present = present_leaf(limit)
            if request.method == "POST" and request.POST.get("basis") == basis_of(present):
                self._publish(request, limit, kept.leaf)
                messages.success(request, _("Restored and published: readers see it now."))
                return HttpResponseRedirect(reverse("admin:faq_limit_change", args=[pk]))
        if request.method == "POST":
            messages.error(request, _("Somebody else changed this limit in the meantime. Compare again."))
        context = self._context(request, limit) | {
            "kept": kept,
            "title": gettext("Restore a version"),
            "changes": named_parts(limit_changes(present, kept.leaf)),
            "basis": basis_of(present),
        }
        return TemplateResponse(request, "admin/faq/limit/restore.html", context)

    def files_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take over what the files say now, or keep the limit as it is and say so."""
        if request.method != "POST" or not self.has_change_permission(request):
            raise PermissionDenied
        limit = get_object_or_404(Limit, pk=pk)
        with transaction.atomic():
            hold_edition(limit.edition)
            present = present_leaf(limit)
            if request.POST.get("basis") != basis_of(present):
                messages.error(request, _("Somebody else changed this limit in the meantime. Compare again."))
            elif "_take" in request.POST:
                self._publish(request, limit, None)
                messages.success(request, _("Taken over from the content files: readers see it now."))
            else:
                self._publish(request, limit, present)
                messages.success(request, _("The value on the site remains."))
        return HttpResponseRedirect(reverse("admin:faq_limit_change", args=[pk]))

    def _limit(self, object_id: str) -> Limit:
        if not object_id.isdecimal() or len(object_id) > LONGEST_NUMBER:
            raise Http404(object_id)
        return get_object_or_404(Limit.objects.select_related("edition"), pk=object_id)

    def _context(self, request: HttpRequest, limit: Limit) -> dict[str, Any]:
        shown = self._shown(limit)
        edition: Edition = limit.edition
        return self.admin_site.each_context(request) | {
            "opts": self.opts,
            "limit": limit,
            "edition": edition,
            "title": shown.name[_language()],
            "subtitle": f"{limit.key}, {edition.code}",
        }


def named_parts(changes: Iterable[PartChange]) -> list[tuple[str, PartChange]]:
    """What is different, each part with its name in the language of the admin."""
    return [(str(PART_NAMES[change.part]), change) for change in changes]


def _language() -> str:
    return get_language() or DEFAULT_LANGUAGE
