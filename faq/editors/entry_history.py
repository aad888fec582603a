"""The pages of the earlier versions of an entry: the list, the difference between two, and bringing one back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from reversion.admin import VersionAdmin
from reversion.models import Version

from faq.editors.entry_form import EntryForm, as_typed, part_name
from faq.knowledge.differences import PartChange, changes_between
from faq.knowledge.entry import EntryContent
from faq.models import Entry
from faq.store.history import (
    DRAFTED,
    LOADED,
    PUBLISHED,
    SMALL,
    WITHDRAWN,
    KeptVersion,
    content_of_version,
    history_of,
    version_before,
)
from faq.store.publishing import publish, save_draft, working_content
from web.languages import LANGUAGES

ACTIONS = {
    PUBLISHED: _("Published"),
    SMALL: _("Published as a small change"),
    WITHDRAWN: _("Withdrawn"),
    DRAFTED: _("Saved as draft"),
    LOADED: _("Loaded from a file"),
}


class EntryHistory(VersionAdmin):
    """What the admin of entries shows of their earlier versions."""

    object_history_template: Any = "admin/faq/entry/history.html"

    def history_urls(self) -> list[Any]:
        """The addresses of the pages of versions."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/history/compare/", view(never_cache(self.compare_view)), name="faq_entry_compare"),
            path(
                "<int:pk>/history/<int:version>/restore/",
                view(never_cache(self.restore_view)),
                name="faq_entry_restore",
            ),
        ]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Each version, with what it changed."""
        entry = get_object_or_404(Entry, pk=object_id) if object_id.isdecimal() else None
        rows = [(kept, ACTIONS[kept.action], _names(kept)) for kept in history_of(entry)] if entry else []
        context = {"rows": rows, "may_restore": self.has_change_permission(request, entry), "entry": entry}
        return super().history_view(request, object_id, context | (extra_context or {}))

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What is different between two versions, `?from=` and `?to=`: by default the newest and the one before."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        entry = get_object_or_404(Entry, pk=pk)
        history = history_of(entry)
        after = _chosen(history, request.GET.get("to")) or next(iter(history), None)
        if after is None:
            raise Http404
        before = _chosen(history, request.GET.get("from")) or version_before(history, after.pk) or after
        if before.pk > after.pk:
            before, after = after, before
        context = self._version_context(request, entry, gettext("What changed")) | {
            "before": before,
            "after": after,
            "history": history,
            "changes": named_changes(before.content, after.content),
            "may_restore": self.has_change_permission(request, entry),
        }
        return TemplateResponse(request, "admin/faq/entry/compare.html", context)

    def restore_view(self, request: HttpRequest, pk: int, version: int) -> HttpResponse:
        """Bring an earlier version back, after showing what that changes. What would not hold is told, and nothing is
        written then.
        """
        if not self.has_change_permission(request):
            raise PermissionDenied
        entry = get_object_or_404(Entry, pk=pk)
        kept = get_object_or_404(Version.objects.get_for_object(entry).select_related("revision"), pk=version)
        content, publishes = content_of_version(kept), "_publish" in request.POST
        form = None
        if request.method == "POST":
            if publishes and not request.user.has_perm("faq.publish_entry"):
                raise PermissionDenied
            with transaction.atomic():
                form = EntryForm(as_typed(content, entry, request.POST), instance=entry, content=content)
                if form.is_valid():
                    with self.create_revision(request):
                        self._restore(request, Entry.objects.get(pk=pk), form.content(), publishes=publishes)
                    return HttpResponseRedirect(reverse("admin:faq_entry_change", args=[pk]))
        fresh = Entry.objects.get(pk=pk)
        context = self._version_context(request, fresh, gettext("Restore a version")) | {
            "kept": kept,
            "form": form or EntryForm(instance=fresh),
            "changes": named_changes(working_content(fresh), content),
            "may_publish": request.user.has_perm("faq.publish_entry"),
        }
        return TemplateResponse(request, "admin/faq/entry/restore.html", context)

    def _restore(self, request: HttpRequest, entry: Entry, content: EntryContent, *, publishes: bool) -> None:
        if publishes:
            publish(entry, content)
            messages.success(request, _("Restored and published: readers see it now."))
        else:
            save_draft(entry, content)
            messages.info(request, _("Restored as draft: readers do not see it yet."))

    def _version_context(self, request: HttpRequest, entry: Entry, title: str) -> dict[str, Any]:
        context = self.admin_site.each_context(request)
        return context | {"opts": self.opts, "entry": entry, "title": title, "subtitle": self._subtitle(entry)}

    def _subtitle(self, entry: Entry) -> str:
        texts = working_content(entry).texts
        return next((texts[language].question for language in LANGUAGES if language in texts), entry.slug)


def named_changes(before: EntryContent, after: EntryContent) -> list[tuple[str, PartChange]]:
    """What is different between two versions, each part with its name in the language of the admin."""
    return [(part_name(change.part), change) for change in changes_between(before, after)]


def _names(kept: KeptVersion) -> list[str]:
    return [part_name(part) for part in kept.parts]


def _chosen(history: list[KeptVersion], asked: str | None) -> KeptVersion | None:
    """The version that was asked for. Raises Http404 for one that this entry does not have."""
    if not asked:
        return None
    for kept in history:
        if str(kept.pk) == asked:
            return kept
    raise Http404(asked)
