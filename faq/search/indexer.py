"""The engine that this site searches with, and its index: built whole, and again where readers see other texts."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from faq.search.engine import Engine, IndexUnusable, Progress, Query, untold
from faq.search.engines.meaning.engine import MeaningEngine
from faq.search.engines.meaning.model import SentenceModel, unfit
from faq.search.engines.whoosh.engine import WhooshEngine
from faq.search.loading import documents, terms
from faq.store import content_version
from web.languages import DEFAULT_LANGUAGE

log = logging.getLogger(__name__)

ENGINES: Mapping[str, Callable[[Path], Engine]] = {"whoosh": WhooshEngine}
"""What makes each engine, for the folder that its index stands in, by the name that the setting SEARCH_ENGINE has."""

_rebuilding = threading.Lock()


INSTALL_MODEL = "Install it with `make meaning`, or turn GATEWIJZER_SEARCH_MEANING off."


@cache
def engine() -> Engine:
    """The engine of this process, with a second opinion by meaning where the setting SEARCH_MEANING says so. Raises
    `ImproperlyConfigured` where the model for that cannot be used."""
    if not settings.SEARCH_MEANING:
        return engine_by_itself()
    if reason := unfit():
        raise ImproperlyConfigured(f"GATEWIJZER_SEARCH_MEANING: {reason}. {INSTALL_MODEL}")
    return with_meaning(engine_by_itself())


def engine_by_itself() -> Engine:
    """A new engine without a second opinion."""
    return ENGINES[settings.SEARCH_ENGINE](settings.INDEX_DIR)


def with_meaning(inner: Engine) -> Engine:
    """An engine with a second opinion by meaning, whether the site searches with it or not."""
    return MeaningEngine(inner, SentenceModel(), settings.VECTORS_DIR)


def is_ready(of: Engine | None = None) -> bool:
    """Whether the index is whole and of this content version: that of an engine, by default the one of this process."""
    try:
        (of or engine()).search(Query("", DEFAULT_LANGUAGE, ""), content_version.current(), 1)
    except IndexUnusable:
        return False
    return True


def why_behind() -> str:
    """Why searches do not see what readers see; empty where they do."""
    try:
        indexed, now = engine().health().content_version, content_version.current()
    except DatabaseError as error:
        return str(error)
    if indexed is None:
        return "there is no index: searches ask the database, unranked"
    return "" if indexed == now else f"it is of content version {indexed}, and readers see {now}"


def build_index(progress: Progress = untold, of: Engine | None = None) -> int:
    """Index every published text of this moment, for an engine, by default the one of this process. Returns how many
    there are."""
    number = content_version.current()
    published = documents()
    (of or engine()).index(published, terms(), number, progress)
    return len(published)


def ensure_index(of: Engine | None = None) -> None:
    """Build the index where it is not ready: that of an engine, by default the one of this process."""
    if not is_ready(of):
        build_index(of=of)


def rebuild_apart() -> None:
    """Rebuild the index in a thread of its own, unless one is at it."""
    if _rebuilding.acquire(blocking=False):
        threading.Thread(target=_rebuild, name="rebuild-index", daemon=True).start()


def _rebuild() -> None:
    try:
        ensure_index()
    except Exception:
        log.exception("the index could not be rebuilt")
    finally:
        _rebuilding.release()
        connection.close()
