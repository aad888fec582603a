"""What an editor does with several entries at once: each act first shows what will happen to each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AdminDateWidget
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from reversion.admin import VersionAdmin

from faq.knowledge.limits import UnknownLimit
from faq.models import Entry
from faq.store.publishing import publish, save_draft, set_own, working_content


class NothingForm(forms.Form):
    """Asks nothing but whether to go on."""


class DateForm(forms.Form):
    """Asks for a day."""

    day = forms.DateField(label=_("Date"), widget=AdminDateWidget)


class ReviewForm(forms.Form):
    """Asks for the day of a review; none takes it away."""

    day = forms.DateField(label=_("Review on"), required=False, widget=AdminDateWidget)


class OwnerForm(forms.Form):
    """Asks who owns the entries; none is an answer."""

    owner: Any = forms.ModelChoiceField(None, label=_("Owner"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = get_user_model()._default_manager.filter(is_staff=True, is_active=True)
        cast(Any, self.fields["owner"]).queryset = owners


Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is done with several entries: its title, what it asks, what it will do with an entry (empty:
    nothing), and how. `may_publish` says whether the account may show things to readers.
    """

    title: Any
    form: type[forms.Form]
    will: Callable[[Entry, bool], Any]
    do: Callable[[Entry, Values, bool], None]


def _publish_draft(entry: Entry, values: Values, may_publish: bool) -> None:
    publish(entry, working_content(entry))


def _will_publish(entry: Entry, may_publish: bool) -> Any:
    return _("is published") if may_publish and (entry.draft or entry.published_at is None) else ""


def _mark_checked(entry: Entry, values: Values, may_publish: bool) -> None:
    content = replace(working_content(entry), checked=values["day"])
    if _is_shown_as_it_is(entry) and may_publish:
        publish(entry, content, is_small=True)
    else:
        save_draft(entry, content)


def _will_check(entry: Entry, may_publish: bool) -> Any:
    if _is_shown_as_it_is(entry) and may_publish:
        return _("gets the date, and readers see it")
    return _("gets the date in its draft")


def _is_shown_as_it_is(entry: Entry) -> bool:
    return entry.published_at is not None and not entry.draft


def _set_owner(entry: Entry, values: Values, may_publish: bool) -> None:
    set_own(entry, owner=values["owner"])


def _set_review(entry: Entry, values: Values, may_publish: bool) -> None:
    set_own(entry, review_on=values["day"])


def _will_get(entry: Entry, may_publish: bool) -> Any:
    return _("gets this")


ACTS: Mapping[str, Act] = {
    "publish_drafts": Act(_("Publish"), NothingForm, _will_publish, _publish_draft),
    "set_owner": Act(_("Set the owner"), OwnerForm, _will_get, _set_owner),
    "set_review": Act(_("Set the review date"), ReviewForm, _will_get, _set_review),
    "mark_checked": Act(_("Mark as checked on a date"), DateForm, _will_check, _mark_checked),
}


class EntryBulk(VersionAdmin):
    """What the list of entries does with several of them."""

    actions: Any = tuple(ACTS)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The acts that this account may do; deleting is done one by one."""
        found: dict[str, Any] = super().get_actions(request)
        found.pop("delete_selected", None)
        return found

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether this account may show things to readers."""
        return bool(request.user.has_perm("faq.publish_entry"))

    @admin.action(description=ACTS["publish_drafts"].title, permissions=["publish"])
    def publish_drafts(self, request: HttpRequest, entries: QuerySet[Entry]) -> HttpResponse:
        """Publish what waits."""
        return self._act(request, entries, "publish_drafts")

    @admin.action(description=ACTS["set_owner"].title, permissions=["change"])
    def set_owner(self, request: HttpRequest, entries: QuerySet[Entry]) -> HttpResponse:
        """Say who owns them."""
        return self._act(request, entries, "set_owner")

    @admin.action(description=ACTS["set_review"].title, permissions=["change"])
    def set_review(self, request: HttpRequest, entries: QuerySet[Entry]) -> HttpResponse:
        """Say when they are reviewed."""
        return self._act(request, entries, "set_review")

    @admin.action(description=ACTS["mark_checked"].title, permissions=["change"])
    def mark_checked(self, request: HttpRequest, entries: QuerySet[Entry]) -> HttpResponse:
        """Say when their facts were checked."""
        return self._act(request, entries, "mark_checked")

    def _act(self, request: HttpRequest, entries: QuerySet[Entry], name: str) -> HttpResponse:
        """Show what will happen to each entry, and do it once that is confirmed: to all of them, or to none."""
        act, may_publish, chosen = ACTS[name], self.has_publish_permission(request), list(entries)
        form = act.form(request.POST if "confirmed" in request.POST else None)
        if form.is_bound and form.is_valid():
            self._do(request, act, chosen, form.cleaned_data)
            return HttpResponseRedirect(request.get_full_path())
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": act.title,
            "action": name,
            "form": form,
            "rows": [(entry, act.will(entry, may_publish)) for entry in chosen],
            "checkbox": ACTION_CHECKBOX_NAME,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/faq/entry/bulk.html", context)

    def _do(self, request: HttpRequest, act: Act, chosen: list[Entry], values: Values) -> None:
        may_publish = self.has_publish_permission(request)
        touched = [entry for entry in chosen if act.will(entry, may_publish)]
        try:
            with transaction.atomic():
                for entry in touched:
                    with self.create_revision(request):
                        act.do(entry, values, may_publish)
                    self.log_change(request, entry, str(act.title))
        except UnknownLimit as fault:
            messages.error(request, gettext("Nothing was changed: %(fault)s") % {"fault": fault})
            return
        done = ngettext("%(count)d entry changed.", "%(count)d entries changed.", len(touched))
        messages.success(request, done % {"count": len(touched)})
