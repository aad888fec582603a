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
from time import time

from django.conf import settings

from web.counters.quota import Count, Quota

log = logging.getLogger(__name__)

DAMAGED = ("not a database", "malformed")
"""What SQLite says of a file that only a new one can take the place of."""

_local = threading.local()

SCHEMA = """CREATE TABLE IF NOT EXISTS used (
    purpose TEXT, stretch INTEGER, who BLOB, times INTEGER, PRIMARY KEY (purpose, stretch, who)
) WITHOUT ROWID"""


def count(quota: Quota, who: str, *, add: int = 1) -> Count:
    """Count what somebody asks for, and answer how often that was. `add=0` only looks."""
    stretch, passed = divmod(int(time()), quota.seconds)
    return Count(_count(quota, stretch, _hashed(quota, stretch, who), add), quota.seconds - passed)


def forget(quota: Quota, who: str) -> None:
    """Begin again with somebody."""
    stretch = int(time()) // quota.seconds
    _count(quota, stretch, _hashed(quota, stretch, who), None)


def why_not() -> str:
    """Why nothing can be counted now; empty where it can."""
    try:
        _connection(settings.DATA_DIR / "rates.sqlite3").execute("SELECT count(*) FROM used").fetchone()
    except (sqlite3.Error, OSError) as fault:
        _give_up(fault)
        return str(fault)
    return ""


def _hashed(quota: Quota, stretch: int, who: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"{quota.purpose}:{stretch}:{who}".encode(), "sha256")[:16]


def _count(quota: Quota, stretch: int, who: bytes, add: int | None) -> int:
    """Add to a row and answer what stands in it; None takes the row away. 0 where the file cannot be used."""
    try:
        connection = _connection(settings.DATA_DIR / "rates.sqlite3")
        with connection:
            if add is None:
                connection.execute(
                    "DELETE FROM used WHERE purpose = ? AND stretch = ? AND who = ?", (quota.purpose, stretch, who)
                )
                return 0
            (times,) = connection.execute(
                "INSERT INTO used VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET times = times + ? RETURNING times",
                (quota.purpose, stretch, who, add, add),
            ).fetchone()
            if times <= max(add, 1):
                connection.execute("DELETE FROM used WHERE purpose = ? AND stretch < ?", (quota.purpose, stretch))
        return int(times)
    except (sqlite3.Error, OSError) as fault:
        _give_up(fault)
        return 0


def _connection(path: Path) -> sqlite3.Connection:
    """This thread's connection to the file, which is made where it is not there, or is another than before."""
    if getattr(_local, "path", None) != path or _identity(path) != _local.identity:
        path.touch(mode=0o600)
        connection = sqlite3.connect(path, timeout=0.5, isolation_level="IMMEDIATE")
        _local.path, _local.connection, _local.identity = path, connection, _identity(path)
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
    """Say so once a thread, let go of the connection, and take away a file that is damaged or no database, unless
    another thread has done so.
    """
    path, seen = settings.DATA_DIR / "rates.sqlite3", getattr(_local, "identity", None)
    if getattr(_local, "path", None) is not None or not getattr(_local, "told", False):
        log.warning("requests cannot be counted: %s", fault)
    is_damaged = isinstance(fault, sqlite3.DatabaseError) and any(sign in str(fault) for sign in DAMAGED)
    if is_damaged and seen == _identity(path):
        path.unlink(missing_ok=True)
    _local.path, _local.identity, _local.told = None, None, True
