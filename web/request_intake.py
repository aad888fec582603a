"""What is read of a request at all: text in UTF-8, and a body of bounded length."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.template.loader import get_template
from django.utils.http import parse_header_parameters

from web.problems import fault, problem
from web.serving.front import REFUSED_BODY

FOREIGN_CHARSET = "gatewijzer.foreign_charset"
"""Where the environment of a request says in which other charset than UTF-8 its body claims to be."""

UNREADABLE_TYPE = "gatewijzer.unreadable_type"
"""Where it holds a content type whose parameters nobody can read."""

SHOWN = 40
"""Characters of a wrong header that an error repeats."""

SAME_AS_UTF8 = ("utf-8", "utf8", "us-ascii", "ascii")

UNREADABLE = (ValueError, LookupError, TypeError, AttributeError)
"""What Python's reader of headers raises for parameters that it cannot join (`a*=1; a*1=2`), decode or number."""

_CHARSET = re.compile(r";\s*charset\*?\s*=\s*(?:\"[^\"]*\"|[^;]*)", re.IGNORECASE)


def most_bytes(path: str) -> int:
    """The most bytes that a body may have at a path."""
    if re.fullmatch(settings.FILES_PATHS, path):
        return int(settings.FILES_BYTES)
    return int(settings.BODY_BYTES.get(path, settings.MOST_BODY_BYTES))


def in_utf8(environ: dict[str, Any]) -> None:
    """Take the charset out of a WSGI environment's content type. Django would read the address by it as well, so that
    one address would mean several things; some charsets it cannot read by at all.
    """
    given = environ.get("CONTENT_TYPE", "")
    kind, parameters = _parsed(given)
    if parameters is not None and "charset" not in parameters:
        return
    without = _CHARSET.sub("", given)
    left = _parsed(without)[1]
    environ["CONTENT_TYPE"] = kind if left is None or "charset" in left else without
    if parameters is None:
        environ[UNREADABLE_TYPE] = given[:SHOWN]
        return
    charset = str(parameters["charset"]).lower()
    if charset not in SAME_AS_UTF8:
        environ[FOREIGN_CHARSET] = charset[:SHOWN]


def _parsed(content_type: str) -> tuple[str, dict[str, Any] | None]:
    """A content type and its parameters; None where nobody can read those."""
    try:
        return parse_header_parameters(content_type)
    except UNREADABLE:
        return content_type.partition(";")[0].strip(), None


class Intake:
    """Refuses a body: 413 if it is too long, 415 in another charset, 400 of a type that nobody can read. It also
    refuses, with 400, a form whose parts nobody can
    read, and a query with a NUL, which no link has and not every database looks up. A cookie with one is left out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        for name in [name for name, value in request.COOKIES.items() if "\0" in value]:
            del request.COOKIES[name]
        length = request.META.get("CONTENT_LENGTH") or ""
        most = most_bytes(request.path)
        if request.META.get(REFUSED_BODY) == 413 or (length.isdecimal() and int(length[:20]) > most):
            return _too_large(request, most)
        if request.method not in ("GET", "HEAD", "OPTIONS") and (charset := request.META.get(FOREIGN_CHARSET)):
            return problem(415, "Unsupported Media Type", [fault("Content-Type", charset, "only UTF-8", ("utf-8",))])
        if unreadable := _unreadable(request):
            return _refused(request, *unreadable)
        return self.get_response(request)


def _unreadable(request: HttpRequest) -> tuple[str, str] | None:
    """Which part of a request nobody can read, and why. A posted form is read here, where what is wrong with it can be
    told once; elsewhere a body is no form.
    """
    query = request.META.get("QUERY_STRING", "")
    if "\0" in query or "%00" in query:
        request.GET = QueryDict()  # the page that tells so looks up nothing of it
        return "", "there is a NUL in this address"
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return None
    if UNREADABLE_TYPE in request.META:
        return "Content-Type", "the parameters of this content type cannot be read"
    if request.method != "POST" or request.path.startswith((*settings.API_PATHS, *settings.BODY_BYTES)):
        return None
    try:
        request.POST  # noqa: B018 -- it is read by being asked for
    except SuspiciousOperation:
        return "", "this form has too many fields or files"
    except (MultiPartParserError, *UNREADABLE, OSError):
        return "", "the parts of this form cannot be read"
    return None


def _refused(request: HttpRequest, where: str, reason: str) -> HttpResponseBase:
    """400, as a program reads it or as the site's own page."""
    if request.path.startswith((*settings.API_PATHS, *settings.BODY_BYTES)):
        return problem(400, "Bad Request", [fault(where, None, reason)])
    raise BadRequest(f"{where}: {reason}" if where else reason)


def _too_large(request: HttpRequest, most: int) -> HttpResponse:
    if request.path.startswith((*settings.API_PATHS, *settings.BODY_BYTES)):
        return problem(413, "Content Too Large", [fault("", None, f"at most {most} bytes")])
    return HttpResponse(get_template("413.html").render({"megabytes": most // 1024**2}), status=413)
