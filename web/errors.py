"""What is answered where nothing else is: the pages for errors of ours, and paths that were typed in capitals."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.template.loader import get_template
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.encoding import escape_uri_path

from web.database_trouble import trouble_of
from web.problems import fault, problem
from web.request_id import current
from web.unsaved import unsaved


def server_error(request: HttpRequest) -> HttpResponse:
    """500 in both languages, from a template that reads nothing: it needs no database, no context and no session. What
    the view stored no session for, since the database took none, is told as a form that was not saved.
    """
    trouble = trouble_of(sys.exc_info()[1])
    if trouble and request.method == "POST":
        return unsaved(request, trouble)
    return HttpResponse(get_template("500.html").render({"request_id": current.get()}), status=500)


def busy(request: HttpRequest) -> HttpResponse:
    """503 for who finds no room, or comes while the database does not answer: a page in both languages or a problem."""
    headers = {"Retry-After": "2", "Cache-Control": "no-store"}
    if request.path.startswith((*settings.API_PATHS, *settings.BODY_BYTES)):
        return problem(503, "Service Unavailable", [fault("", None, "The site is busy; try again.")], **headers)
    return HttpResponse(get_template("503.html").render(), status=503, headers=headers)


class LowerCasePaths:
    """Sends a path that is nothing as it was typed on to itself in lower case, if that is a page: `/NL/faq/`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        lower = request.path.lower()
        if response.status_code != 404 or request.method not in ("GET", "HEAD") or lower == request.path:
            return response
        if request.path.startswith((*settings.API_PATHS, "//")):
            return response
        found = next(filter(None, map(_resolved, (lower, f"{lower.rstrip('/')}/"))), None)
        if found is None or (request.resolver_match and found[1].func is request.resolver_match.func):
            return response
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(escape_uri_path(found[0]) + (f"?{query}" if query else ""))


def _resolved(path: str) -> tuple[str, ResolverMatch] | None:
    """A path and the view that it leads to."""
    try:
        return path, resolve(path)
    except Resolver404:
        return None
