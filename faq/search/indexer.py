"""The engine that this site searches with, and its index: built whole, and again where readers see other texts."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection

from faq.search.engine import Engine, IndexUnusable, Progress, Query, untold
from faq.search.engines.whoosh.engine import WhooshEngine
from faq.search.loading import documents, terms
from faq.store import content_version
from web.languages import DEFAULT_LANGUAGE

log = logging.getLogger(__name__)

ENGINES: Mapping[str, Callable[[Path], Engine]] = {"whoosh": WhooshEngine}
"""What makes each engine, for the folder that its index stands in, by the name that the setting SEARCH_ENGINE has."""

_rebuilding = threading.Lock()


@cache
def engine() -> Engine:
    """The engine of this process."""
    return ENGINES[settings.SEARCH_ENGINE](settings.INDEX_DIR)


def is_ready() -> bool:
    """Whether the index is whole and of this content version."""
    try:
        engine().search(Query("", DEFAULT_LANGUAGE, ""), content_version.current(), 1)
    except IndexUnusable:
        return False
    return True


def build_index(progress: Progress = untold) -> int:
    """Index every published text of this moment. Returns how many there are."""
    number = content_version.current()
    published = documents()
    engine().index(published, terms(), number, progress)
    return len(published)


def rebuild_apart() -> None:
    """Rebuild the index in a thread of its own, unless one is at it."""
    if _rebuilding.acquire(blocking=False):
        threading.Thread(target=_rebuild, name="rebuild-index", daemon=True).start()


def _rebuild() -> None:
    try:
        if not is_ready():
            build_index()
    except Exception:
        log.exception("the index could not be rebuilt")
    finally:
        _rebuilding.release()
        connection.close()
