"""What is told to who finds no room: made once, by the site itself, with the headers of any other answer."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from config.own_request import own_request
from web.errors import busy
from web.serving.wsgi_call import Answer, call

PROGRAMS = (*settings.API_PATHS, *settings.BODY_BYTES)


class _Refusing(WSGIHandler):
    """The site with all its middleware, where every request is one too many."""

    def _get_response(self, request: HttpRequest) -> HttpResponseBase:
        answer = busy(request)
        setattr(answer, "_has_been_logged", True)  # noqa: B010 -- Django's own mark: this answer is made in advance
        return answer


def surplus(path: str) -> Answer:
    """503 with Retry-After: a problem for programs, a page in both languages for people."""
    return _answer(next((prefix for prefix in PROGRAMS if path.startswith(prefix)), "/"))


@cache
def _answer(path: str) -> Answer:
    return call(_Refusing(), own_request(path))
