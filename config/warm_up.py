"""What a worker does before its first request, so that no visitor waits for it: each kind of page is made once."""

from __future__ import annotations

import gc
import logging

from django.conf import settings

from config.own_request import own_request
from config.surplus import surplus
from faq.search.indexer import open_apart_from_now_on
from faq.store.replica_watch import watch_from_now_on
from web.languages import LANGUAGES
from web.serving.wsgi_call import Application, call

log = logging.getLogger(__name__)

PATHS = ("", "faq/", "search/?q=vpn", "advice/", "advice/result/?clients=1", "limits/")


def warm_up(application: Application) -> None:
    """Ask an application for a page of each kind in each language, and make the answer to the surplus. What fails here
    fails again for a visitor, who is told then.
    """
    watch_from_now_on()
    for target in [f"/{language}/{path}" for language in LANGUAGES for path in PATHS]:
        try:
            call(application, own_request(target))
        except Exception as error:
            log.warning("%s before the first request: %s", target, error)
    for path in ("/", *settings.API_PATHS, *settings.BODY_BYTES):
        surplus(path)
    open_apart_from_now_on()
    gc.collect()
    gc.freeze()  # what is there now stays: Python need not look through it again, for half a second at a time
