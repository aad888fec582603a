"""Errors as a program reads them: problem details (RFC 9457), each with every fault at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from web.languages import DEFAULT_LANGUAGE, LANGUAGES

CONTENT_TYPE = "application/problem+json"

INVALID_PARAMETER = "Invalid parameter"
"""The title of a problem with parameters. Titles are English in every language, so that a program can know them."""

SHOWN = 200
"""Characters of a wrong value that a problem repeats."""


def problem(status: int, title: str, errors: Iterable[dict[str, Any]] = (), **headers: str) -> JsonResponse:
    """An answer that says what is wrong; `errors` has one item for each fault (see `fault`)."""
    return _problem(status, title, {"errors": list(errors)}, headers)


def problem_with(status: int, title: str, **members: Any) -> JsonResponse:
    """The same for what is no fault of a parameter: `members` say what is wrong."""
    return _problem(status, title, {"errors": [], **members}, {})


def _problem(status: int, title: str, members: Mapping[str, Any], headers: Mapping[str, str]) -> JsonResponse:
    return JsonResponse(
        {"type": "about:blank", "title": title, "status": status, **members},
        status=status,
        content_type=CONTENT_TYPE,
        headers=dict(headers),
        json_dumps_params={"ensure_ascii": False},
    )


def fault(
    path: str, value: object, reason: str, known: Sequence[str] = (), *, typed: str | None = None
) -> dict[str, Any]:
    """One thing that is wrong: where, what stood there, why not, and which of what is `known` may be meant: the nearest
    to what was `typed`, which is the value itself where nothing else is said.
    """
    shown = value[:SHOWN] if isinstance(value, str) else value
    near = get_close_matches((typed or str(shown))[:64], known, n=1) if known else []
    return {"path": path, "value": shown, "reason": reason, "suggestion": near[0] if near else None}


def language_asked(request: HttpRequest) -> translation.override:
    """Speaks the language that a request asks for with `lang`, or the site's, as long as it is entered."""
    asked = request.GET.get("lang", "")
    return translation.override(asked if asked in LANGUAGES else DEFAULT_LANGUAGE)


def _reason(status: int) -> str:
    """Why an answer of Django has this status."""
    match status:
        case HTTPStatus.NOT_FOUND:
            return _("There is nothing at this path.")
        case HTTPStatus.METHOD_NOT_ALLOWED:
            return _("This path does not accept this method; the header Allow names those it accepts.")
    return HTTPStatus(status).description or HTTPStatus(status).phrase


class ProblemsForPrograms:
    """Below the paths of an API, an error that was made as a page for people (no such path, wrong method) becomes a
    problem.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        told = response.headers.get("Content-Type", "").startswith(("application/json", CONTENT_TYPE))
        if response.status_code < 400 or told or not request.path.startswith(settings.API_PATHS):
            return response
        kept = {name: response.headers[name] for name in ("Allow", "Retry-After") if name in response.headers}
        with language_asked(request):
            path = fault("", request.path, _reason(response.status_code))
        return problem(response.status_code, HTTPStatus(response.status_code).phrase, [path], **kept)
