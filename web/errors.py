"""The page for an error of ours. It needs no database, no template context and no session."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template


def server_error(request: HttpRequest) -> HttpResponse:
    """500 in both languages, from a template that reads nothing."""
    return HttpResponse(get_template("500.html").render(), status=500)
