"""The pages for errors of ours. They need no database, no template context and no session."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template


def server_error(request: HttpRequest) -> HttpResponse:
    """500 in both languages, from a template that reads nothing."""
    return HttpResponse(get_template("500.html").render(), status=500)


def busy(request: HttpRequest) -> HttpResponse:
    """503 in both languages, for who comes while the database does not answer."""
    return HttpResponse(
        get_template("503.html").render(), status=503, headers={"Retry-After": "2", "Cache-Control": "no-store"}
    )
