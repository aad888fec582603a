"""The parts of the site that `/readyz` tells of."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping

from django.conf import settings

from config.databases import file_of
from faq.search import indexer
from faq.store import content_version, database_file, writing
from web import counters
from web.health import Part


LOOKED_AGAIN_AFTER = 60.0
"""Seconds for which it stands what was found when the whole file was looked through: that takes a while."""


class _Damage:
    """What was found last, and when (by the monotonic clock) it is looked for again."""

    lock = threading.Lock()
    found = ""
    not_before = 0.0


def _database() -> str:
    return _damage() if content_version.is_readable() else "it cannot be read, or holds no content"


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
    "writing": writing.why_not,
    "index": indexer.why_behind,
    "quotas": counters.why_not,
}
REQUIRED = ("database",)
"""Without these no reader is served."""
