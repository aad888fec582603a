"""A request that the site makes of itself, without a visitor."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from web.serving.wsgi_call import environ_of


def own_request(target: str) -> dict[str, Any]:
    """The environment of a GET for a path and query of this site, under its own host and scheme."""
    path, _, query = target.partition("?")
    scope = {
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "http_version": "1.1",
        "scheme": "https" if settings.SECURE else "http",
        "headers": [(b"host", settings.HOST.encode())],
    }
    return environ_of(scope, b"")
