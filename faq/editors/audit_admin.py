"""The audit log in the admin: only to read."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faq.editors.only_read import OnlyRead
from faq.editors.plain_lookups import PlainLookups
from faq.models import AuditRecord
from web.languages import LANGUAGES

NOTHING = "–"
"""Stands for a value that is not there."""


class WhoFilter(admin.SimpleListFilter):
    """Records of one account, or of those without one, such as commands."""

    title = gettext_lazy("who")
    parameter_name = "account"
    BY_NONE = "(none)"
    """Stands for who has no account: no name of one has parentheses."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The accounts that are in the log, and those without one."""
        accounts = AuditRecord.objects.order_by("account").values_list("account", flat=True).distinct()
        return [(account, account) if account else (self.BY_NONE, _("without an account")) for account in accounts]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditRecord]) -> QuerySet[AuditRecord]:
        """The records of whom was chosen."""
        chosen = self.value()
        return queryset.filter(account="" if chosen == self.BY_NONE else chosen) if chosen else queryset


class KindFilter(admin.SimpleListFilter):
    """Records about one kind of object."""

    title = gettext_lazy("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The kinds that are in the log."""
        kinds = AuditRecord.objects.order_by("kind").values_list("kind", flat=True).distinct()
        return sorted(((kind, kind_name(kind)) for kind in kinds), key=lambda named: named[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditRecord]) -> QuerySet[AuditRecord]:
        """The records about the kind that was chosen."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


class AuditRecordAdmin(OnlyRead, PlainLookups):
    """Who changed what, the latest first. Nobody adds, changes, or deletes a record here."""

    list_display = ("time", "who", "action", "kind_of", "subject", "what_changed")
    list_display_links = ("time",)
    list_filter = (WhoFilter, KindFilter, "action", "way")
    date_hierarchy = "made_at"
    search_fields = ("label", "=key", "=account", "=means")
    search_help_text = gettext_lazy("The name or key of an object, an account, a page, or a command.")
    show_full_result_count = False
    fields = ("time", "who", "way", "means", "action", "kind_of", "subject", "key", "version", "what_changed")
    readonly_fields = fields

    @admin.display(description=gettext_lazy("time"), ordering="made_at")
    def time(self, record: AuditRecord) -> str:
        """When, to the second, where the site is."""
        made_at = localtime(record.made_at)
        return format_html_join("", '<span class="nowrap">{}</span>', [(date_format(made_at, "Y-m-d H:i:s"),)])

    @admin.display(description=gettext_lazy("who"), ordering="account")
    def who(self, record: AuditRecord) -> str:
        """The account, or the command."""
        if record.account:
            return record.account
        if record.way == AuditRecord.Way.COMMAND:
            return _("command %(name)s") % {"name": record.means}
        return NOTHING

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_of(self, record: AuditRecord) -> str:
        """The kind of object, in words."""
        return kind_name(record.kind)

    @admin.display(description=gettext_lazy("object"), ordering="label")
    def subject(self, record: AuditRecord) -> str:
        """What the object was called, as a link to its page."""
        name = record.label or (f"{kind_name(record.kind)} {record.key}" if record.key else NOTHING)
        address = address_of(record)
        return format_html_join("", '<a href="{}">{}</a>', [(address, name)]) if address else name

    @admin.display(description=gettext_lazy("changes"))
    def what_changed(self, record: AuditRecord) -> str:
        """Each field with what it was and what it became, where that is told."""
        rows = [
            (field_name(record.kind, name), ": " if change else "", " → ".join(map(value_in_words, change)))
            for name, change in record.changes.items()
        ]
        return format_html_join("; ", "{}{}{}", rows) or NOTHING


def kind_name(kind: str) -> str:
    """What a kind is called; its label where there is no such model any more."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return kind


def field_name(kind: str, name: str) -> str:
    """What a field of a kind is called. A text of an entry has its language before it."""
    language, _, own = name.partition("_")
    if kind == "faq.entry" and language in LANGUAGES:
        return f"{language}: {field_name('faq.translation', own)}"
    try:
        return str(apps.get_model(kind)._meta.get_field(name).verbose_name)
    except (LookupError, ValueError, FieldDoesNotExist, AttributeError):
        return name


def value_in_words(value: Any) -> str:
    """A value as people read it."""
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def address_of(record: AuditRecord) -> str:
    """The page of an object in the admin: of an entry its history, where the texts of a version are. Empty where there
    is none.
    """
    app, _, model = record.kind.partition(".")
    if record.action == AuditRecord.Action.DELETED or not record.key:
        return ""
    try:
        if record.kind == "faq.limit":
            return reverse("admin:faq_limit_by_key", args=record.key.split("/", 1))
        page = "history" if record.kind == "faq.entry" and record.version else "change"
        return reverse(f"admin:{app}_{model}_{page}", args=[record.key])
    except NoReverseMatch:
        return ""
