"""The parts of the site that `/readyz` tells of."""

from __future__ import annotations

from collections.abc import Mapping

from faq.search import indexer
from faq.store import content_version, writing
from web import counters
from web.health import Part


def _database() -> str:
    return "" if content_version.is_readable() else "it cannot be read, or holds no content"


PARTS: Mapping[str, Part] = {
    "database": _database,
    "writing": writing.why_not,
    "index": indexer.why_behind,
    "quotas": counters.why_not,
}
REQUIRED = ("database",)
"""Without these no reader is served."""
