"""The engine that this site searches with, and its index: building it, and asking it also while it is behind."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from faq.search.engine import ChangedInPlace, Engine, IndexUnusable, Key, Progress, untold
from faq.search.engines.meaning.engine import MeaningEngine
from faq.search.engines.meaning.model import SentenceModel, unfit
from faq.search.engines.postgres.engine import PostgresEngine
from faq.search.engines.whoosh.engine import WhooshEngine
from faq.search.loading import PublishedDocuments, documents_of_entries, every_key, keys_of_entries, terms
from faq.store import content_version, search_tables, unindexed
from faq.store.replica_health import replica_aliases

log = logging.getLogger(__name__)

ENGINES: Mapping[str, Callable[[Path], Engine]] = {
    "whoosh": WhooshEngine,
    "postgres": lambda folder: PostgresEngine(search_tables.reading, search_tables.writing),
}
"""What makes each engine, for the folder that its index may stand in, by the name in the setting SEARCH_ENGINE."""

R = TypeVar("R")

LOOK_AGAIN_SECONDS = 0.5
"""After which a process that answers visitors looks again whether there is a newer index."""


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
    """Whether the index on disk is whole and of this content version: that of an engine, by default the one of this
    process."""
    try:
        (of or engine()).verify(content_version.current())
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
    if indexed > now and replica_aliases():
        return ""
    if indexed != now:
        return f"it is of content version {indexed}, and readers see {now}"
    try:
        engine().verify(now)
    except IndexUnusable as fault:
        return str(fault)
    return ""


def build_index(progress: Progress = untold, of: Engine | None = None) -> int:
    """Index every published text of this moment, for an engine, by default the one of this process. Returns how many
    there are."""
    number, changes = content_version.current(), unindexed.unindexed()
    published, chosen = PublishedDocuments(), of or engine()
    chosen.index(published, terms(), number, progress)
    if isinstance(chosen, ChangedInPlace):  # one that another engine has may still lack the changes
        unindexed.indexed(changes)
    return len(published)


def prepare(progress: Progress = untold) -> None:
    """Take in every published text, so that the next build of this process takes in only what has changed."""
    engine().take_in(PublishedDocuments(), terms(), progress)


def ensure_index(progress: Progress = untold, of: Engine | None = None) -> None:
    """Build the index where it is not ready: that of an engine, by default the one of this process."""
    if is_ready(of):
        return
    chosen = of or engine()
    if isinstance(chosen, ChangedInPlace) and chosen.can_change(terms()):
        change_index(chosen, progress)
    else:
        build_index(progress, chosen)


def change_index(of: ChangedInPlace, progress: Progress = untold) -> None:
    """Take into an index what has changed since it was written, and take away what readers no longer see."""
    number, changes = content_version.current(), unindexed.unindexed()
    changed = list(documents_of_entries(changes))
    gone = keys_of_entries(changes) - {Key(one.edition, one.language, one.slug) for one in changed}
    count = of.change(changed, gone, number, progress)
    if count != len(PublishedDocuments()):  # an entry was deleted, or an edition
        kept = every_key()
        of.change((), of.keys() - kept, number)
    unindexed.indexed(changes)


class Age(Enum):
    """How an index stands to the content that a reader sees. It is ahead of a replica that lacks what was indexed."""

    CURRENT = "current"
    BEHIND = "behind"
    AHEAD = "ahead"


def asked(ask: Callable[[Engine, int], R]) -> tuple[R, Age]:
    """What `ask` gets of the engine, given a content version, and how old that is. Where the index is behind or ahead,
    it answers as it is. Raises `IndexUnusable` where there is none.
    """
    now = content_version.current()
    held = engine().opened()
    if held is not None and held < now and _Opening.is_apart:
        _open_apart(now)
        return ask(engine(), held), Age.BEHIND
    try:
        return ask(engine(), now), Age.AHEAD if _is_ahead_of(now) else Age.CURRENT
    except IndexUnusable:
        other = held if held is not None else engine().health().content_version
        if other is None or other == now:
            raise
        return ask(engine(), other), Age.BEHIND if other < now else Age.AHEAD


def _is_ahead_of(number: int) -> bool:
    """Whether the index is of later content, which only a site with replicas has."""
    return bool(replica_aliases()) and (engine().health().content_version or 0) > number


def open_apart_from_now_on() -> None:
    """From now on a thread of its own opens each new index, and searches go on with the one before: for a process that
    answers visitors.
    """
    _Opening.is_apart = True


class _Opening:
    """Whether each new index is opened apart, whether a thread is at it, and until when none tries again."""

    is_apart = False
    lock = threading.Lock()
    not_before = 0.0


def _open_apart(number: int) -> None:
    if time.monotonic() >= _Opening.not_before and _Opening.lock.acquire(blocking=False):
        threading.Thread(target=_open, args=(number,), name="open-index", daemon=True).start()


def _open(number: int) -> None:
    try:
        engine().open(number)
    except IndexUnusable:
        _Opening.not_before = time.monotonic() + LOOK_AGAIN_SECONDS
    except Exception:
        log.exception("the search index could not be opened")
        _Opening.not_before = time.monotonic() + LOOK_AGAIN_SECONDS
    finally:
        _Opening.lock.release()
