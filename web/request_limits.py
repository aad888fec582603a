"""Who is asked to wait: programs that ask too much, visitors who send too much, and guesses at a password."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import get_template

from web.counters.local import Count, Limit, client_of, count, forget
from web.htmx import HtmxHttpRequest, wants_fragment
from web.problems import fault, problem

FOR_PROGRAMS = ("/api/", "/mcp", "/oembed", "/embed/")
LOGIN = "/admin/login/"
WHILE_TYPING = re.compile(r"(?:/embed)?/[a-z]{2}/advice/")
"""Where htmx posts a form while somebody types in it, of which nothing is kept."""

ACCOUNT_GUESSES = Limit("login-account", 5, 300)
CLIENT_GUESSES = Limit("login-client", 20, 300)
"""Failures to sign in after which an account, or a client, waits for the rest of the five minutes."""

Answer = Callable[[HttpRequest], HttpResponseBase]


class Limiting:
    """Counts what programs and visitors ask for, and answers 429 beyond the limit, with when to come back."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(FOR_PROGRAMS):
            return self._program(request)
        if request.method == "POST" and request.path == LOGIN:
            return self._login(request)
        return self._visitor(request)

    def _program(self, request: HttpRequest) -> HttpResponseBase:
        limit = Limit("api", settings.API_PER_MINUTE, 60)
        used = count(limit, client_of(request))
        if used.times > limit.times:
            reason = f"at most {limit.times} requests in {limit.seconds} seconds; come back in {used.resets_in} seconds"
            response: HttpResponseBase = problem(429, "Too Many Requests", [fault("", None, reason)])
            response.headers["Retry-After"] = str(used.resets_in)
        else:
            response = self._visitor(request) if request.path.startswith("/embed/") else self.get_response(request)
        tell(response, limit, used)
        return response

    def _visitor(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST" or request.path.startswith("/admin/"):
            return self.get_response(request)
        is_typing = wants_fragment(cast(HtmxHttpRequest, request)) and WHILE_TYPING.fullmatch(request.path)
        purpose, times = ("typing", settings.API_PER_MINUTE) if is_typing else ("posts", settings.POSTS_PER_MINUTE)
        limit = Limit(purpose, times, 60)
        used = count(limit, client_of(request))
        return wait(used.resets_in) if used.times > limit.times else self.get_response(request)

    def _login(self, request: HttpRequest) -> HttpResponseBase:
        """An attempt counts before the password is looked at, so that many at once gain nothing; a success is taken
        back, and what never came to a password. A name is counted as Django reads it.
        """
        name = unicodedata.normalize("NFKC", request.POST.get("username", "").strip()).strip()[:150].casefold()
        counted = ((ACCOUNT_GUESSES, name), (CLIENT_GUESSES, client_of(request)))
        used = [(limit, count(limit, who)) for limit, who in counted]
        if waits := [seen.resets_in for limit, seen in used if seen.times > limit.times]:
            return wait(max(waits))
        response = self.get_response(request)
        if response.status_code == 302:
            forget(*counted[0])
            count(*counted[1], add=-1)
        elif response.status_code == 403:  # a form without its token: no password was looked at
            for limit, who in counted:
                count(limit, who, add=-1)
        return response


def tell(response: HttpResponseBase, limit: Limit, used: Count) -> None:
    """Say in headers how much may be asked and how much of it is left, in the IETF's form and in the older one."""
    left = max(0, limit.times - used.times)
    response.headers["RateLimit-Policy"] = f'"{limit.purpose}";q={limit.times};w={limit.seconds}'
    response.headers["RateLimit"] = f'"{limit.purpose}";r={left};t={used.resets_in}'
    response.headers["RateLimit-Limit"] = str(limit.times)
    response.headers["RateLimit-Remaining"] = str(left)
    response.headers["RateLimit-Reset"] = str(used.resets_in)


def wait(seconds: int) -> HttpResponse:
    """429 for a person, in both languages, with when to come back."""
    page = get_template("429.html").render({"minutes": -(-seconds // 60)})
    return HttpResponse(page, status=429, headers={"Retry-After": str(seconds), "Cache-Control": "no-store"})
