"""What a worker does before its first request, so that no visitor waits for it: each kind of page is made once."""

from __future__ import annotations

import gc
import logging

from django.conf import settings

from config.surplus import surplus
from faq.search.indexer import open_apart_from_now_on
from web.languages import LANGUAGES
from web.serving.wsgi_call import Application, call, environ_of

log = logging.getLogger(__name__)

PATHS = ("", "faq/", "search/?q=vpn", "advice/", "advice/result/?clients=1", "limits/")


def warm_up(application: Application) -> None:
    """Ask an application for a page of each kind in each language, and make the answer to the surplus. What fails here
    fails again for a visitor, who is told then.
    """
    scheme = "https" if settings.SECURE else "http"
    for path in [f"/{language}/{path}" for language in LANGUAGES for path in PATHS]:
        path, _, query = path.partition("?")
        scope = {
            "method": "GET",
            "path": path,
            "query_string": query.encode(),
            "http_version": "1.1",
            "scheme": scheme,
            "headers": [(b"host", settings.HOST.encode()), (b"x-forwarded-proto", scheme.encode())],
        }
        try:
            call(application, environ_of(scope, b""))
        except Exception as error:
            log.warning("%s before the first request: %s", path, error)
    for path in ("/", *settings.API_PATHS, *settings.BODY_BYTES):
        surplus(path)
    open_apart_from_now_on()
    gc.collect()
    gc.freeze()  # what is there now stays: Python need not look through it again, for half a second at a time
