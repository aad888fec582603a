"""Redis, where the set-up names one for what machines share: nothing that the site needs to go on.

It answers at once or not at all. After a failure the whole process leaves it alone for a while, and says so once in the
log; then one thread tries whether it takes a value. No other module imports redis-py, which this one does only when it
is first asked.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings

if TYPE_CHECKING:
    from redis import Redis

log = logging.getLogger(__name__)

T = TypeVar("T")

SECONDS = 0.2
"""That a connection may take, and each answer: a visitor waits for both."""

LEFT_ALONE_SECONDS = 5.0
"""For which it is not asked after a failure: every request would wait."""

PREFIX = "gatewijzer:"
"""How every key begins."""

LONGEST_REASON = 200

ADD = """
local times = redis.call('INCRBY', KEYS[1], ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[2])
return times
"""

STORE = """
local taken = tonumber(redis.call('GET', KEYS[2]) or '0')
if taken + #ARGV[1] > tonumber(ARGV[3]) then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
if taken == 0 then redis.call('SET', KEYS[2], #ARGV[1], 'EX', ARGV[2]) else redis.call('INCRBY', KEYS[2], #ARGV[1]) end
return 1
"""
"""What is stored counts for a room that begins anew when its own key expires: at most twice as much is there."""


class Unavailable(Exception):  # noqa: N818 -- it reads as what it says
    """Redis is left alone, or has just failed; with the reason."""


class _State:
    """The client of this process and the set-up that it is made from; why Redis is left alone (empty where it is not),
    and until when, by the monotonic clock.
    """

    client: Redis | None = None
    made_from: object = None
    reason = ""
    not_before = 0.0


_trying = Lock()


def is_set() -> bool:
    """Whether the set-up names a Redis."""
    return settings.CACHE is not None


def add(key: str, by: int, seconds: int) -> int:
    """Add to the number under a key, which is gone so many seconds later, and answer it. Raises Unavailable."""
    return int(_asked(lambda redis: redis.eval(ADD, 1, PREFIX + key, by, seconds)))


def forget(key: str) -> None:
    """Take away what is under a key. Raises Unavailable."""
    _asked(lambda redis: redis.delete(PREFIX + key))


def read(key: str) -> bytes | None:
    """What is stored under a key; None where nothing is. Raises Unavailable."""
    found = _asked(lambda redis: redis.get(PREFIX + key))
    return found if isinstance(found, bytes) else None


def store(key: str, value: bytes, seconds: int, *, room: str, most: int) -> bool:
    """Store a value for so many seconds, unless its room has `most` bytes already. Raises Unavailable."""
    return bool(_asked(lambda redis: redis.eval(STORE, 2, PREFIX + key, PREFIX + room, value, seconds, most)))


def why_not() -> str:
    """Why Redis is not used, or takes no value; empty where it does."""
    try:
        _asked(_try)
    except Unavailable as fault:
        return str(fault)
    return ""


def evicts() -> str:
    """The policy by which Redis throws away what it has no room for, such as `allkeys-lru`; empty where it refuses new
    values instead, as it should, or does not tell. Raises Unavailable.
    """
    told = _asked(lambda redis: redis.info("memory"))
    policy = str(told.get("maxmemory_policy", "")) if isinstance(told, dict) else ""
    return "" if policy == "noeviction" else policy


def _asked(question: Callable[[Redis], T]) -> T:
    """What Redis answers. Raises Unavailable."""
    from redis import RedisError

    redis = _client()
    if _State.reason:
        _come_back(redis)
    try:
        return question(redis)
    except (RedisError, OSError) as fault:
        raise _given_up(redis, fault) from None


def _come_back(redis: Redis) -> None:
    """Try, in one thread at a time, whether Redis can be used again. Raises Unavailable where it cannot."""
    from redis import RedisError

    reason = _State.reason
    if monotonic() < _State.not_before or not _trying.acquire(blocking=False):
        raise Unavailable(reason)
    try:
        if _State.reason:
            _try(redis)
            _State.reason = ""
            log.warning("Redis is used again")
    except (RedisError, OSError) as fault:
        raise _given_up(redis, fault) from None
    finally:
        _trying.release()


def _try(redis: Redis) -> object:
    """Write: one that is full, or a read-only replica, answers every question but takes nothing."""
    return redis.set(PREFIX + "try", b"1", ex=60)


def _given_up(redis: Redis, fault: Exception) -> Unavailable:
    """Leave Redis alone for a while, and let go of connections that may be of no use."""
    told = " ".join(str(fault).partition(" script: ")[0].split())
    reason = _without_password(told or type(fault).__name__)
    if not _State.reason:
        log.warning("Redis is not used for now, each machine goes on by itself: %s", reason)
    _State.reason, _State.not_before = reason, monotonic() + LEFT_ALONE_SECONDS
    redis.connection_pool.disconnect(inuse_connections=False)
    return Unavailable(reason)


def _without_password(text: str) -> str:
    """A reason without the password: a server that knows no AUTH repeats what it was sent."""
    password = (settings.CACHE or {}).get("password")
    return (text.replace(str(password), "…") if password else text)[:LONGEST_REASON]


def _client() -> Redis:
    from redis import Redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    if _State.client is None or _State.made_from is not settings.CACHE:
        _State.client = Redis(
            **(settings.CACHE or {}),
            socket_connect_timeout=SECONDS,
            socket_timeout=SECONDS,
            retry=Retry(NoBackoff(), 0),
            protocol=2,
            driver_info=None,  # no questions before the first one
        )
        _State.made_from, _State.reason = settings.CACHE, ""
    return _State.client
