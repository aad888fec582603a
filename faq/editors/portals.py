"""Portals that may show our pages in a frame, or let their scripts read our API: each by its exact origin."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from faq.editors.plain_lookups import PlainLookups
from faq.editors.plain_texts import PlainTextForm
from faq.editors.unsaved_forms import UnsavedForms
from faq.models import Portal, host_fault
from web.hosts import LOOPBACK, HostFault, web_origin


def may_frame(origin: str) -> bool:
    """Whether the portal with this origin may show embedded pages in a frame."""
    return Portal.objects.filter(may_frame=True, origin=origin).exists()


def calling_origins() -> frozenset[str]:
    """The origins whose scripts may read the API."""
    return frozenset(Portal.objects.filter(may_call=True).values_list("origin", flat=True))


class OriginField(forms.CharField):
    """An origin as browsers write it, typed in capitals, with a slash behind it, or in another script."""

    def clean(self, value: object) -> str:
        """The origin."""
        typed = str(super().clean(value)).rstrip("/")
        try:
            return web_origin(typed, plain_for=LOOPBACK)
        except HostFault as fault:
            raise host_fault(fault) from None


class PortalForm(PlainTextForm):
    """A portal; its origin is kept as browsers write it."""

    origin = OriginField(
        label=_("Origin"),
        help_text=_("For example https://portal.example.org, without a path."),
    )

    class Meta:
        model = Portal
        fields = ("name", "origin", "may_frame", "may_call")


class PortalAdmin(UnsavedForms, PlainLookups):
    """The portals that are let in, and to what."""

    form = PortalForm
    list_display = ("name", "origin", "may_frame", "may_call")
