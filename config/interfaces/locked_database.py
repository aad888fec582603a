"""What visitors get while somebody else writes so much that the database is locked: kept pages, or a short wait."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from faq.store.lock_wait import wait_at_most
from web.errors import busy

READERS_WAIT = 0.8
"""Seconds; a thread that waits longer is missed by the next readers."""

WRITERS_WAIT = 20.0
"""Seconds; what somebody typed is worth waiting for."""


class LockedDatabase:
    """Readers wait briefly for a locked database, and are then asked to come back; who writes, or is signed in, waits
    longer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        wait_at_most(READERS_WAIT if self._only_reads(request) else WRITERS_WAIT)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """503 for a reader whom the database did not answer in time. Any other error is for others to tell."""
        return busy(request) if isinstance(exception, OperationalError) and self._only_reads(request) else None

    @staticmethod
    def _only_reads(request: HttpRequest) -> bool:
        return request.method in ("GET", "HEAD") and settings.SESSION_COOKIE_NAME not in request.COOKIES
