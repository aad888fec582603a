"""Portals that may show our pages in a frame, or let their scripts read our API: each by its exact origin."""

from __future__ import annotations

from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from faq.editors.plain_lookups import PlainLookups
from faq.editors.plain_texts import PlainTextForm
from faq.models import Portal, origin_validator
from web.hosts import LARGEST_PORT, is_host


def may_frame(origin: str) -> bool:
    """Whether the portal with this origin may show embedded pages in a frame."""
    return Portal.objects.filter(may_frame=True, origin=origin).exists()


def calling_origins() -> frozenset[str]:
    """The origins whose scripts may read the API."""
    return frozenset(Portal.objects.filter(may_call=True).values_list("origin", flat=True))


class OriginField(forms.CharField):
    """An origin as typed, without the slash that is copied along."""

    def to_python(self, value: object) -> str:
        """The origin in lower case."""
        return str(value or "").strip().rstrip("/").lower()


class PortalForm(PlainTextForm):
    """A portal; its origin is kept as browsers write it."""

    origin = OriginField(
        label=_("Origin"),
        validators=[origin_validator],
        help_text=_("For example https://portal.example.org, without a path."),
    )

    class Meta:
        model = Portal
        fields = ("name", "origin", "may_frame", "may_call")

    def clean_origin(self) -> str:
        """An origin whose host and port a browser can ask."""
        origin: str = self.cleaned_data["origin"]
        parts = urlsplit(origin)
        port = int(origin.rpartition(":")[2]) if origin.count(":") > 1 and origin[-1].isdecimal() else None
        if not is_host(parts.hostname or "") or (port is not None and not 1 <= port <= LARGEST_PORT):
            raise forms.ValidationError(_("This is not the name of a host, or not a port from 1 to 65535."))
        return origin


class PortalAdmin(PlainLookups):
    """The portals that are let in, and to what."""

    form = PortalForm
    list_display = ("name", "origin", "may_frame", "may_call")
