"""The typed request, and the one answer to "does this visitor want a fragment?"."""

from __future__ import annotations

from django.http import HttpRequest
from django.views.decorators.vary import vary_on_headers
from django_htmx.middleware import HtmxDetails


class HtmxHttpRequest(HttpRequest):
    """A request as django-htmx's middleware hands it on."""

    htmx: HtmxDetails


def wants_fragment(request: HtmxHttpRequest) -> bool:
    """Whether htmx asks for a part of the page; not so when the browser's Back button restores a whole one."""
    return bool(request.htmx) and not request.htmx.history_restore_request


vary_on_fragment = vary_on_headers("HX-Request", "HX-History-Restore-Request")
"""Decorates a view whose answer depends on that: a cache keeps the part and the whole page apart."""
