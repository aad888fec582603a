"""The parts of the site that `/readyz` tells of."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from config.databases import file_of
from faq.search import indexer
from faq.store import content_version, database_file, replica_health, writing
from web import counters
from web.health import Part

LOOKED_AGAIN_AFTER = 60.0
"""Seconds for which it stands what was found when the whole file was looked through: that takes a while."""


MOVED = (
    "its file was deleted or replaced while the site was using it: stop the site, put the database in its place again "
    "(`manage.py restore` does), and start the site"
)


def _identity(file: Path) -> tuple[int, int] | None:
    """Which file stands at a path; None where none does."""
    try:
        told = file.stat()
    except OSError:
        return None
    return told.st_dev, told.st_ino


_opened = {file: _identity(file) for file in [file_of(settings.DATABASES["default"])] if file}
"""Which file this process serves from, by its path: the one that was there when it started."""


def _was_moved(file: Path) -> bool:
    """Whether the file of the database is another than the one that this process serves from."""
    if _opened.get(file) is None:
        _opened[file] = _identity(file)
    return _identity(file) != _opened[file]


class _Damage:
    """What was found last, and when (by the monotonic clock) it is looked for again."""

    lock = threading.Lock()
    found = ""
    not_before = 0.0


def _database() -> str:
    return _damage() if content_version.is_readable() else "it cannot be read, or holds no content"


def _writing() -> str:
    """Why nothing can be stored. What is written to a file that was deleted or replaced would be lost."""
    file = file_of(settings.DATABASES["default"])
    return MOVED if file and _was_moved(file) else writing.why_not()


def _damage() -> str:
    file = file_of(settings.DATABASES["default"])
    if file is not None and time.monotonic() >= _Damage.not_before and _Damage.lock.acquire(blocking=False):
        try:
            _Damage.found = database_file.damage_in(file)
            _Damage.not_before = time.monotonic() + LOOKED_AGAIN_AFTER
        finally:
            _Damage.lock.release()
    return _Damage.found


PARTS: Mapping[str, Part] = {
    "database": _database,
    "writing": _writing,
    "replicas": replica_health.why_not_all,
    "index": indexer.why_behind,
    "quotas": counters.why_not,
}
REQUIRED = ("database",)
"""Without these no reader is served."""
