"""What caches between the site and its readers may do with an answer: nginx in front of it, a CDN, a browser.

A page of the site's own may be kept for a few seconds by a cache that readers share, and is shown for some seconds more
while that asks for a newer one; a browser asks each time. So nothing has to be called when an entry is published. What
somebody with a session asks for, what visitors typed into an address, and what tells how much of a quota is left is for
no shared cache.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

PRIVATE = "private, no-cache"
"""For one browser alone, which asks each time whether it is still so."""

MOST_STALE_SECONDS = 10
"""For which a page is shown while a newer one is asked for. Some browsers do so as well, also after somebody has signed
in: an editor must not wait for long.
"""

COUNTED = "RateLimit"
"""A header that tells one client what it has left."""


def public() -> str:
    """What the site's own pages say to caches."""
    seconds = settings.SHARED_CACHE_SECONDS
    if not seconds:
        return "public, no-cache"
    stale = min(seconds, MOST_STALE_SECONDS)
    return f"public, max-age=0, s-maxage={seconds}, stale-while-revalidate={stale}"


def is_own(request: HttpRequest) -> bool:
    """Whether an address says nothing that a visitor typed: neither a search nor a design. Only such pages leave the
    memory of the process.
    """
    return all(name in settings.OWN_PARAMETERS for name in request.GET)


def cache_control(request: HttpRequest) -> str:
    """What a public page says to caches in the answer to a request. Who may be an editor sees a change at once."""
    return PRIVATE if settings.SESSION_COOKIE_NAME in request.COOKIES or not is_own(request) else public()


class SharedCaches:
    """Holds every answer to it: one that sets a cookie or tells of a quota is for no shared cache, and one that says
    nothing is kept by none, whatever its status.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", PRIVATE)
        if "public" in response.headers["Cache-Control"] and (response.cookies or COUNTED in response.headers):
            response.headers["Cache-Control"] = PRIVATE
        return response
