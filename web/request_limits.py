"""Who is asked to wait: programs that ask too much, and visitors who send too much. Guesses at passwords and codes are
counted where they are made (web/accounts/guesses.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import get_template

from web.counters import Count, Quota, count
from web.htmx import HtmxHttpRequest, wants_fragment
from web.problems import fault, problem

Answer = Callable[[HttpRequest], HttpResponseBase]


class Limiting:
    """Counts what programs and visitors ask for, and answers 429 beyond the quota, with when to come back."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(settings.PROGRAM_PATHS):
            return self._program(request)
        return self._visitor(request)

    def _program(self, request: HttpRequest) -> HttpResponseBase:
        quota = Quota("api", settings.API_PER_MINUTE, 60)
        used = count(quota, client_of(request))
        if used.times > quota.times:
            reason = f"at most {quota.times} requests in {quota.seconds} seconds; come back in {used.resets_in} seconds"
            response: HttpResponseBase = problem(429, "Too Many Requests", [fault("", None, reason)])
            response.headers["Retry-After"] = str(used.resets_in)
        else:
            response = (
                self._visitor(request) if request.path.startswith(settings.FRAMED_PATHS) else self.get_response(request)
            )
        tell(response, quota, used)
        return response

    def _visitor(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST" or request.path.startswith(settings.UNCOUNTED_PATHS):
            return self._large(request)
        is_typing = wants_fragment(cast(HtmxHttpRequest, request)) and re.fullmatch(settings.TYPING_PATHS, request.path)
        purpose, times = ("typing", settings.API_PER_MINUTE) if is_typing else ("posts", settings.POSTS_PER_MINUTE)
        quota = Quota(purpose, times, 60)
        used = count(quota, client_of(request))
        return wait(used.resets_in) if used.times > quota.times else self.get_response(request)

    def _large(self, request: HttpRequest) -> HttpResponseBase:
        """An address that asks for a page of a saved design or of a whole mail counts as a form that is sent."""
        if not re.search(settings.LARGE_QUERIES, request.META.get("QUERY_STRING", "")):
            return self.get_response(request)
        used = count(quota := Quota("large", settings.POSTS_PER_MINUTE, 60), client_of(request))
        return wait(used.resets_in) if used.times > quota.times else self.get_response(request)


def client_of(request: HttpRequest) -> str:
    """The address of who asks: the connection's own, or that which the outermost of our proxies saw. All of a home's
    or office's IPv6 addresses (/64) count as one.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        address = hops[-settings.PROXIES] if len(hops) >= settings.PROXIES else address
    try:
        parsed = ip_address(_without_port(address))
    except ValueError:
        return str(request.META.get("REMOTE_ADDR", ""))
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(IPv6Address(int(parsed) >> 64 << 64))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


def _without_port(address: str) -> str:
    """An address as some proxies write it, with a port behind it: `192.0.2.1:443`, `[2001:db8::1]:443`."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address


def tell(response: HttpResponseBase, quota: Quota, used: Count) -> None:
    """Say in headers how much may be asked and how much of it is left, in the IETF's form and in the older one."""
    left = max(0, quota.times - used.times)
    response.headers["RateLimit-Policy"] = f'"{quota.purpose}";q={quota.times};w={quota.seconds}'
    response.headers["RateLimit"] = f'"{quota.purpose}";r={left};t={used.resets_in}'
    response.headers["RateLimit-Limit"] = str(quota.times)
    response.headers["RateLimit-Remaining"] = str(left)
    response.headers["RateLimit-Reset"] = str(used.resets_in)


def wait(seconds: int) -> HttpResponse:
    """429 for a person, in both languages, with when to come back."""
    page = get_template("429.html").render({"minutes": -(-seconds // 60)})
    return HttpResponse(page, status=429, headers={"Retry-After": str(seconds), "Cache-Control": "no-store"})
