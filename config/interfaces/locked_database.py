"""What visitors get while the database is locked, full, or cannot be written: kept pages or a short wait for readers,
and what they typed for those who sent a form.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from config.interfaces.chosen_database import SAFE, kind_of
from faq.store.database_choice import Kind, choose_another
from faq.store.lock_wait import wait_at_most
from faq.store.undone_copy import choose_database, read_on
from web.database_trouble import trouble_of
from web.errors import busy
from web.unsaved import unsaved

log = logging.getLogger(__name__)

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
        choose_database()
        wait_at_most(READERS_WAIT if self._only_reads(request) else WRITERS_WAIT)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """503 for whom the database did not answer, or did not store what was sent. Any other error is for others to
        tell.
        """
        is_trouble = isinstance(exception, OperationalError)
        if is_trouble and kind_of(request) is not Kind.WRITES and choose_another():
            return self._read_again(request)
        if request.method in SAFE:
            if not isinstance(exception, OperationalError):
                return None
            return self._read_again(request) if read_on(exception) else busy(request)
        trouble = trouble_of(exception)
        if trouble is None:
            return None
        log.warning("%s %s was not stored: %s", request.method, request.path, exception)
        return unsaved(request, trouble)

    def _read_again(self, request: HttpRequest) -> HttpResponse:
        """The page that was asked for, read again: from another database, or from a copy."""
        match = request.resolver_match
        if match is None:  # the address was not even looked at
            return busy(request)
        try:
            response: HttpResponse = match.func(request, *match.args, **match.kwargs)
            return response.render() if isinstance(response, TemplateResponse) else response
        except OperationalError:
            return self._read_again(request) if choose_another() else busy(request)

    @staticmethod
    def _only_reads(request: HttpRequest) -> bool:
        return request.method in SAFE and kind_of(request) is Kind.READS
