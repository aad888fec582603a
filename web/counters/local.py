"""How often something was asked for in a stretch of time, counted across all worker processes.

The counts stand in a small file of their own. A client stands in it under a keyed hash that is another one in the next
stretch, and what a stretch counted goes when the next begins: no address is kept. A file that cannot be used counts
nothing and stops nobody.
"""

from __future__ import annotations

import hmac
import logging
import sqlite3
import threading
from pathlib import Path
from time import monotonic, time

from django.conf import settings

from web.counters import in_memory
from web.counters.quota import Count, Quota

log = logging.getLogger(__name__)

DAMAGED = ("not a database", "malformed")
"""What SQLite says of a file that only a new one can take the place of."""

TRIED_AGAIN_AFTER = 5.0
"""Seconds for which a file that could not be used is left alone: each request would wait for its lock."""

_local = threading.local()


class _File:
    """Until when (by the monotonic clock) no thread of this process tries the file, and whether that was told."""

    not_before = 0.0
    is_told = False


SCHEMA = """CREATE TABLE IF NOT EXISTS used (
    purpose TEXT, stretch INTEGER, who BLOB, times INTEGER, PRIMARY KEY (purpose, stretch, who)
) WITHOUT ROWID"""


def count(quota: Quota, who: str, *, add: int = 1) -> Count:
    """Count what somebody asks for, and answer how often that was. `add=0` only looks."""
    stretch, passed = divmod(int(time()), quota.seconds)
    return Count(_count(quota, stretch, hashed(quota, stretch, who), add), quota.seconds - passed)


def forget(quota: Quota, who: str) -> None:
    """Begin again with somebody."""
    stretch = int(time()) // quota.seconds
    _count(quota, stretch, hashed(quota, stretch, who), None)


def why_not() -> str:
    """Why requests are not counted for all processes together; empty where they are. A row is written: a file may be
    read that takes no change.
    """
    try:
        _in_file("readiness", 0, b"", 1)
    except (sqlite3.Error, OSError) as fault:
        _give_up(fault)
        return f"{fault}: each process counts by itself"
    return ""


def hashed(quota: Quota, stretch: int, who: str) -> bytes:
    """What stands for somebody in a stretch: another one in the next, and of use to nobody without the secret key."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"{quota.purpose}:{stretch}:{who}".encode(), "sha256")[:16]


def _count(quota: Quota, stretch: int, who: bytes, add: int | None) -> int:
    """Add to a row and answer what stands in it; None takes the row away."""
    while monotonic() >= _File.not_before:
        try:
            times = _in_file(quota.purpose, stretch, who, add)
        except (sqlite3.Error, OSError) as fault:
            _give_up(fault)
        else:
            _File.is_told = False
            return times
    return in_memory.count(quota.purpose, stretch, who, add)


def _in_file(purpose: str, stretch: int, who: bytes, add: int | None) -> int:
    """The same in the file. Raises sqlite3.Error and OSError where it cannot be used."""
    connection = _connection(settings.DATA_DIR / "rates.sqlite3")
    with connection:
        if add is None:
            connection.execute(
                "DELETE FROM used WHERE purpose = ? AND stretch = ? AND who = ?", (purpose, stretch, who)
            )
            return 0
        (times,) = connection.execute(
            "INSERT INTO used VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET times = times + ? RETURNING times",
            (purpose, stretch, who, add, add),
        ).fetchone()
        if times <= max(add, 1):
            connection.execute("DELETE FROM used WHERE purpose = ? AND stretch < ?", (purpose, stretch))
    return int(times)


def _connection(path: Path) -> sqlite3.Connection:
    """This thread's connection to the file, which is made where it is not there, or is another than before."""
    if getattr(_local, "path", None) != path or _identity(path) != _local.identity:
        path.touch(mode=0o600)
        _local.identity = _identity(path)
        connection = sqlite3.connect(path, timeout=0.5, isolation_level="IMMEDIATE")
        _local.path, _local.connection = path, connection
        # What is lost with the power is a minute's counts; a file that is damaged by it is made anew.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(SCHEMA)
    found: sqlite3.Connection = _local.connection
    return found


def _identity(path: Path) -> int | None:
    """Which file stands at the path; None where there is none."""
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return None


def _give_up(fault: Exception) -> None:
    """Let go of the connection. A file that is damaged, no database, or one of another schema is taken away, unless
    another thread has done so: a new one takes its place at once. Any other is left alone for a while, and told once.
    """
    path, seen = settings.DATA_DIR / "rates.sqlite3", getattr(_local, "identity", None)
    _local.path, _local.identity = None, None
    if _is_useless(fault) and seen is not None:
        log.warning("requests were counted in a file that is of no use, and is made again: %s", fault)
        try:
            if seen == _identity(path):
                path.unlink(missing_ok=True)
        except OSError:
            pass
        else:
            return
    if not _File.is_told:
        log.warning("requests cannot be counted together, each process counts by itself: %s", fault)
    _File.not_before, _File.is_told = monotonic() + TRIED_AGAIN_AFTER, True


def _is_useless(fault: Exception) -> bool:
    """Whether only a new file can help: this one is no database, or has another table."""
    if not isinstance(fault, sqlite3.DatabaseError):
        return False
    return getattr(fault, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR or any(
        sign in str(fault) for sign in DAMAGED
    )
