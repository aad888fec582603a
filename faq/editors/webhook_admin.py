"""The webhook, for superusers: where it leads, its secret, a test, and what became of the latest events."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from faq.editors.only_read import OnlyRead
from faq.editors.plain_lookups import PlainLookups
from faq.editors.unsaved_forms import UnsavedForms
from faq.models import Delivery, Webhook, host_fault
from faq.store.audit import Action, Subject, record
from faq.store.deliveries import attempt
from faq.store.outbox import add_event
from web.hosts import HostFault, web_url
from web.signatures import new_secret

TEST_SECONDS = 5.0
"""How long a superuser waits for a test."""


class WebhookForm(forms.ModelForm):  # type: ignore[type-arg]
    """Where the webhook leads; its secret is made here and never shown in the form."""

    renews = forms.BooleanField(
        label=_("Make a new secret"),
        required=False,
        help_text=_("The secret is shown once, after saving. The old one is then no longer used."),
    )

    class Meta:
        model = Webhook
        fields = ("url", "is_active")

    def clean_url(self) -> str:
        """A URL that a request can be sent to."""
        try:
            return web_url(self.cleaned_data["url"], may_be_plain=settings.WEBHOOK_PRIVATE)
        except HostFault as fault:
            raise host_fault(fault) from None


class SuperusersOnly(UnsavedForms, PlainLookups):
    """Pages that no role opens, whatever permissions it was given."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers see it."""
        return bool(request.user.is_active and request.user.is_superuser)

    has_change_permission = has_delete_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Superusers add to it."""
        return self.has_view_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Superusers see it in the list of pages."""
        return self.has_view_permission(request)


class WebhookAdmin(SuperusersOnly):
    """The one webhook."""

    form = WebhookForm
    list_display = ("url", "is_active")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one at most."""
        return super().has_add_permission(request) and not Webhook.objects.exists()

    def save_model(self, request: HttpRequest, obj: Webhook, form: Any, change: bool) -> None:
        """Save it, and show a new secret this one time."""
        renews = not obj.secret or form.cleaned_data["renews"]
        if renews:
            obj.secret = new_secret()
        super().save_model(request, obj, form, change)
        if renews:
            told = _("The secret of the webhook, which is not shown again: %(secret)s") % {"secret": obj.secret}
            messages.warning(request, told)

    def get_urls(self) -> list[Any]:
        """The admin's addresses, and the test."""
        view = self.admin_site.admin_view(require_POST(self.test_view))
        return [path("test/", view, name="faq_webhook_test"), *super().get_urls()]

    def test_view(self, request: HttpRequest) -> HttpResponse:
        """Send a test event now, and say how it went."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        now = timezone.now()
        delivery = add_event(Delivery.Kind.TEST, now, link=settings.ORIGIN)
        if delivery is None:
            messages.error(request, _("There is no active webhook to test."))
            return HttpResponseRedirect(reverse("admin:faq_webhook_changelist"))
        record(Action.TESTED, Subject("faq.webhook", "1", ""))
        delivered = attempt(delivery, now, TEST_SECONDS)
        Delivery.objects.filter(pk=delivery.pk).update(next_at=None)  # a test is not repeated
        if delivered:
            messages.success(request, _("The test was delivered. Status: %(status)s.") % {"status": delivery.status})
        else:
            messages.error(request, _("The test was not delivered. %(error)s") % {"error": fault_in_words(delivery)})
        return HttpResponseRedirect(reverse("admin:faq_webhook_change", args=[1]))


class DeliveryAdmin(OnlyRead, SuperusersOnly):
    """What became of the latest events; only to read."""

    list_display = ("created_at", "kind", "state", "attempts", "next_at", "error")
    list_filter = ("kind",)
    fields = ("message", "kind", "state", "error", "attempts", "next_at", "delivered_at", "created_at", "body")
    readonly_fields = fields

    @admin.display(description=_("state"))
    def state(self, delivery: Delivery) -> str:
        """What became of an event, in a word."""
        if delivery.delivered_at:
            return str(_("delivered"))
        return str(_("waiting") if delivery.next_at else _("given up"))

    @admin.display(description=_("error"), empty_value="–")
    def error(self, delivery: Delivery) -> str:
        """What went wrong at the last attempt, in words."""
        return fault_in_words(delivery)


def fault_in_words(delivery: Delivery) -> str:
    """What went wrong at the last attempt, with the status of the answer if there was one; may be empty."""
    words = str(delivery.get_fault_display())
    return f"{words} (HTTP {delivery.status})" if words and delivery.status else words
