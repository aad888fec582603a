"""Pages inside a portal's frame: which language they are in, and that the portal which shows them may do so.

Each page in a frame names one portal in its policy: the one in its address (`?portal=`), if it is listed. Where the
address names none, the Referer tells which it is, and the frame is led to the address that does; where that says
nothing either, a page without content asks the browser.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers

from config.interfaces.frame_links import origin_in, page_for, portal_in, with_portal, without_portal
from faq.editors.portals import may_frame
from faq.pages.context import EMBEDDED
from web.languages import LANGUAGES

TOLD_BY = ("Referer", "Sec-Fetch-Dest")
"""What the answer depends on where the address names no portal."""

FRAMES = ("iframe", "frame", "embed", "object")
"""What a browser says that a page is loaded into (`Sec-Fetch-Dest`), where that is no window."""

LEADING = ("Location", "HX-Push-Url", "HX-Replace-Url", "HX-Redirect")
"""Headers that lead to another page of the frame."""


class Embedding:
    """Below /embed/, the address says the language, and a listed portal may show the page; search engines may not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(EMBEDDED):
            return _loaded_by(self.get_response(request), "same-origin")
        language = request.path.removeprefix(EMBEDDED).partition("/")[0]
        if language in LANGUAGES:
            translation.activate(language)
            request.LANGUAGE_CODE = language
        response = self._framed(request)
        response.headers["X-Robots-Tag"] = "noindex"
        return _loaded_by(response, "cross-origin")

    def _framed(self, request: HttpRequest) -> HttpResponseBase:
        """The page for the portal that the address names, or the way to that address."""
        named = portal_in(request.META.get("QUERY_STRING", ""))
        if named is not None:
            return self._page(request, named if may_frame(named) else None)
        told = origin_in(request.headers.get("Referer", ""), settings.ORIGIN)
        portal = told if told and may_frame(told) else None
        is_read = request.method in ("GET", "HEAD") and not request.headers.get("HX-Request")
        if portal and is_read:
            response: HttpResponseBase = HttpResponseRedirect(with_portal(request.get_full_path(), portal))
            response.headers["Cache-Control"] = "no-store"
        elif is_read and not request.headers.get("Referer") and request.headers.get("Sec-Fetch-Dest") in FRAMES:
            response = _asking(request)
        else:
            response = self._page(request, portal)
        patch_vary_headers(response, TOLD_BY)
        return response

    def _page(self, request: HttpRequest, portal: str | None) -> HttpResponseBase:
        """The page, which only this portal may show. It is made, and kept, as if nobody had named one, and then led
        through with the portal's name in its links.
        """
        request.META["QUERY_STRING"] = without_portal(request.META.get("QUERY_STRING", ""))
        request.__dict__.pop("GET", None)  # read again without the portal
        if portal is None:
            return self.get_response(request)
        encodings = request.META.pop("HTTP_ACCEPT_ENCODING", None)
        response = csp_update({"frame-ancestors": [SELF, portal]})(self.get_response)(request)
        if encodings is not None:
            request.META["HTTP_ACCEPT_ENCODING"] = encodings
        for name in LEADING:
            if urlsplit(response.headers.get(name, "")).path.startswith(EMBEDDED):
                response.headers[name] = with_portal(response.headers[name], portal)
        if isinstance(response, HttpResponse) and response.headers.get("Content-Type", "").startswith("text/html"):
            response.content = page_for(response.content.decode(), portal).encode()
            if response.headers.pop("Content-Length", None) and request.method != "HEAD":
                response.headers["Content-Length"] = str(len(response.content))
        return response


@csp_update({"frame-ancestors": ["*"]})
def _asking(request: HttpRequest) -> HttpResponseBase:
    """A page without content that every site may show: its script asks the browser who does, and goes on to the
    address that names it.
    """
    context = {"address": settings.ORIGIN + request.get_full_path()}
    response = render(request, "faq/pages/framed/asking.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _loaded_by(response: HttpResponseBase, whom: str) -> HttpResponseBase:
    """An answer that says, where it is a page, which sites may load it. Pictures and files are for all."""
    if response.headers.get("Content-Type", "").startswith("text/html"):
        response.headers.setdefault("Cross-Origin-Resource-Policy", whom)
    return response
