"""Codes in the search. This package saves nothing under a code: whoever joins the packages registers who does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect

from faq.pages.context import chosen_edition, edition_query
from faq.pages.forms import typed_search
from web.htmx import HtmxHttpRequest, wants_fragment

View = Callable[[HtmxHttpRequest], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class SavedCode:
    """A code as it is read aloud, and the path of the page of what is saved under it; empty where nothing is."""

    code: str
    path: str = ""


FindCode = Callable[[str], SavedCode | None]
"""From what was typed to the code that it is; None where it is none."""

_find_codes: list[FindCode] = []


def register_codes(made: FindCode) -> None:
    """Look codes up with this, in place of what was registered before."""
    _find_codes[:] = [made]


def saved_code(typed: str) -> SavedCode | None:
    """The code that was typed; None where it is none, or nothing keeps codes."""
    return _find_codes[0](typed) if typed and _find_codes else None


def opens_codes(view: View) -> View:
    """Lead a search for a code on to what is saved under it."""

    @wraps(view)
    def with_codes(request: HtmxHttpRequest) -> HttpResponseBase:
        found = saved_code(typed_search(request.GET).text)
        if found is None or not found.path:
            return view(request)
        path = found.path + edition_query(chosen_edition(request))
        response = HttpResponseClientRedirect(path) if wants_fragment(request) else redirect(path)
        response.headers["Cache-Control"] = "no-store"
        return response

    return with_codes
