"""The database of each request: chosen before anything is read, for the whole of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from faq.store.database_choice import Kind, chosen_for
from web.htmx import HtmxHttpRequest, wants_fragment

SAFE = ("GET", "HEAD", "OPTIONS")


class ChosenDatabase:
    """Stands before all that reads from the database. With one database there is nothing to choose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with chosen_for(kind_of(request)):
            return self.get_response(request)


def kind_of(request: HttpRequest) -> Kind:
    """What a request does. Which forms are only answered, and not stored, the settings say."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    if request.method in SAFE:
        return Kind.READS_FOR_ACCOUNT if has_session else Kind.READS
    if request.method == "POST" and (_is_answered(request) or _is_typed(request)):
        return Kind.READS_FOR_ACCOUNT if has_session else Kind.READS
    return Kind.WRITES


def _is_answered(request: HttpRequest) -> bool:
    return re.fullmatch(settings.READING_POSTS, request.path) is not None


def _is_typed(request: HttpRequest) -> bool:
    is_there = re.fullmatch(settings.TYPING_PATHS, request.path) is not None
    return is_there and wants_fragment(cast(HtmxHttpRequest, request))
