"""Whom to tell of a weakness in the site."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from web.languages import LANGUAGES

SECURITY_TEXT_DAYS = 180
"""How long security.txt says that it holds: RFC 9116 asks for less than a year."""


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116), where the operator has named somebody."""
    if not settings.SECURITY_CONTACT:
        return HttpResponse("GATEWIJZER_SECURITY_CONTACT is not set\n", status=404, content_type="text/plain")
    expires = (datetime.now(UTC) + timedelta(days=SECURITY_TEXT_DAYS)).replace(hour=0, minute=0, second=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
        f"Canonical: {settings.ORIGIN}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
