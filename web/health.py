"""What machines look for at known places: whether the site is well, and whom to tell of a weakness in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

SECURITY_TEXT_DAYS = 180
"""How long security.txt says that it holds: RFC 9116 asks for less than a year."""


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """`ok` where the database can be read, else 503 with a word on why."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM faq_generation WHERE id = 1")
            well = cursor.fetchone() is not None
    except DatabaseError:
        well = False
    return HttpResponse(
        "ok\n" if well else "database\n",
        status=200 if well else 503,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116), where the operator has named somebody."""
    if not settings.SECURITY_CONTACT:
        return HttpResponse("GATEWIJZER_SECURITY_CONTACT is not set\n", status=404, content_type="text/plain")
    expires = (datetime.now(UTC) + timedelta(days=SECURITY_TEXT_DAYS)).replace(hour=0, minute=0, second=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.ORIGIN}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
