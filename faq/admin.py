"""What the admin shows of the knowledge: each model with the room for editors that holds its pages."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from faq.editors.audit_admin import AuditRecordAdmin
from faq.editors.desk_notes_admin import DeskNoteAdmin
from faq.editors.entry_admin import EditionAdmin, EntryAdmin, SectionAdmin
from faq.editors.limit_admin import LimitAdmin
from faq.editors.plain_lookups import PlainLookups
from faq.editors.portals import PortalAdmin
from faq.editors.query_log_admin import AskedQuestionAdmin
from faq.editors.terms_admin import TermGroupAdmin
from faq.editors.unsaved_forms import UnsavedForms
from faq.editors.webhook_admin import DeliveryAdmin, WebhookAdmin
from faq.models import (
    AskedQuestion,
    AuditRecord,
    Delivery,
    DeskNote,
    Edition,
    Entry,
    Limit,
    Portal,
    Section,
    TermGroup,
    Webhook,
)
from web.accounts.user_admin import SecondFactorOfAccounts
from web.own_look import site_name

admin.site.site_header = admin.site.site_title = site_name()
admin.site.index_title = _("Editing")
admin.site.password_change = transaction.atomic(admin.site.password_change)  # type: ignore[method-assign]


class PlainUserAdmin(UnsavedForms, SecondFactorOfAccounts, PlainLookups, UserAdmin):  # type: ignore[type-arg]
    """Accounts, narrowed as the other lists are. A password is changed together with its record in the audit log."""

    user_change_password = transaction.atomic(UserAdmin.user_change_password)


class PlainGroupAdmin(UnsavedForms, PlainLookups, GroupAdmin):
    """Roles, narrowed as the other lists are."""


admin.site.unregister((User, Group))

for model, model_admin in (
    (AskedQuestion, AskedQuestionAdmin),
    (AuditRecord, AuditRecordAdmin),
    (Delivery, DeliveryAdmin),
    (DeskNote, DeskNoteAdmin),
    (Edition, EditionAdmin),
    (Entry, EntryAdmin),
    (Group, PlainGroupAdmin),
    (Limit, LimitAdmin),
    (Portal, PortalAdmin),
    (Section, SectionAdmin),
    (TermGroup, TermGroupAdmin),
    (User, PlainUserAdmin),
    (Webhook, WebhookAdmin),
):
    admin.site.register(model, model_admin)
