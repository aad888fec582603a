"""Pages inside a portal's frame: which language they are in, and who may show them and others."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

from faq.editors.portals import framing_origins
from faq.pages.context import EMBEDDED
from web.languages import LANGUAGES


class Embedding:
    """Below /embed/, the address says the language, and listed portals may show the page; search engines may not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(EMBEDDED):
            return _loaded_by(self.get_response(request), "same-origin")
        language = request.path.removeprefix(EMBEDDED).partition("/")[0]
        if language in LANGUAGES:
            translation.activate(language)
            request.LANGUAGE_CODE = language
        framed = csp_update({"frame-ancestors": [SELF, *framing_origins()]})(self.get_response)
        response: HttpResponseBase = framed(request)
        response.headers["X-Robots-Tag"] = "noindex"
        return _loaded_by(response, "cross-origin")


def _loaded_by(response: HttpResponseBase, whom: str) -> HttpResponseBase:
    """An answer that says, where it is a page, which sites may load it. Pictures and files are for all."""
    if response.headers.get("Content-Type", "").startswith("text/html"):
        response.headers.setdefault("Cross-Origin-Resource-Policy", whom)
    return response
