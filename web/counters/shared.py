"""How often something was asked for in a stretch of time, counted in Redis for all machines where one is set.

Keys hold the same keyed hash as this machine's file (web/counters/local.py), and expire with their stretch. As long as
Redis cannot be used, this machine counts in its file.
"""

from __future__ import annotations

from contextlib import suppress
from time import time

from web import redis_connection
from web.counters import local
from web.counters.quota import Count, Quota
from web.redis_connection import Unavailable

LONGER_SECONDS = 60
"""That a count stays after its stretch: the clocks of machines differ."""


def count(quota: Quota, who: str, *, add: int = 1) -> Count:
    """Count what somebody asks for, and answer how often that was. `add=0` only looks."""
    if redis_connection.is_set():
        stretch, passed = divmod(int(time()), quota.seconds)
        left = quota.seconds - passed
        with suppress(Unavailable):
            return Count(redis_connection.add(_key(quota, stretch, who), add, left + LONGER_SECONDS), left)
    return local.count(quota, who, add=add)


def forget(quota: Quota, who: str) -> None:
    """Begin again with somebody, also with what this machine counted by itself."""
    if redis_connection.is_set():
        with suppress(Unavailable):
            redis_connection.forget(_key(quota, int(time()) // quota.seconds, who))
    local.forget(quota, who)


def why_not() -> str:
    """Why requests are not counted for all machines, or all processes, together; empty where they are."""
    if redis_connection.is_set() and (reason := redis_connection.why_not()):
        return f"Redis: {reason}: each machine counts by itself"
    return local.why_not()


def _key(quota: Quota, stretch: int, who: str) -> str:
    return f"count:{quota.purpose}:{stretch}:{local.hashed(quota, stretch, who).hex()}"
