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
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from pathlib import Path
from time import time

from django.conf import settings
from django.http import HttpRequest

log = logging.getLogger(__name__)

DAMAGED = ("not a database", "malformed")
"""What SQLite says of a file that only a new one can take the place of."""

_local = threading.local()

SCHEMA = """CREATE TABLE IF NOT EXISTS used (
    purpose TEXT, stretch INTEGER, who BLOB, times INTEGER, PRIMARY KEY (purpose, stretch, who)
) WITHOUT ROWID"""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` in each stretch of `seconds`, for one `purpose`."""

    purpose: str
    times: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Count:
    """How often in this stretch, and the seconds until the next begins."""

    times: int
    resets_in: int


def client_of(request: HttpRequest) -> str:
    """The address of who asks: the connection's own, or that which the outermost of our proxies saw. All of a home's
    or office's IPv6 addresses (/64) count as one.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        address = hops[-settings.PROXIES] if len(hops) >= settings.PROXIES else address
    try:
        parsed = ip_address(_without_port(address))
    except ValueError:
        return str(request.META.get("REMOTE_ADDR", ""))
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(IPv6Address(int(parsed) >> 64 << 64))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


def _without_port(address: str) -> str:
    """An address as some proxies write it, with a port behind it: `192.0.2.1:443`, `[2001:db8::1]:443`."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address


def count(limit: Limit, who: str, *, add: int = 1) -> Count:
    """Count what somebody asks for, and answer how often that was. `add=0` only looks."""
    stretch, passed = divmod(int(time()), limit.seconds)
    return Count(_count(limit, stretch, _hashed(limit, stretch, who), add), limit.seconds - passed)


def forget(limit: Limit, who: str) -> None:
    """Begin again with somebody."""
    stretch = int(time()) // limit.seconds
    _count(limit, stretch, _hashed(limit, stretch, who), None)


def _hashed(limit: Limit, stretch: int, who: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"{limit.purpose}:{stretch}:{who}".encode(), "sha256")[:16]


def _count(limit: Limit, stretch: int, who: bytes, add: int | None) -> int:
    """Add to a row and answer what stands in it; None takes the row away. 0 where the file cannot be used."""
    try:
        connection = _connection(settings.DATA_DIR / "rates.sqlite3")
        with connection:
            if add is None:
                connection.execute(
                    "DELETE FROM used WHERE purpose = ? AND stretch = ? AND who = ?", (limit.purpose, stretch, who)
                )
                return 0
            (times,) = connection.execute(
                "INSERT INTO used VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET times = times + ? RETURNING times",
                (limit.purpose, stretch, who, add, add),
            ).fetchone()
            if times <= max(add, 1):
                connection.execute("DELETE FROM used WHERE purpose = ? AND stretch < ?", (limit.purpose, stretch))
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
