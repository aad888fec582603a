"""What the servers of the databases say of themselves, asked by a command: nothing of it is remembered."""

from __future__ import annotations

import time
from contextlib import closing

from faq.store.replica_health import NO_REPLICA, OTHER_DATABASE, Look
from faq.store.replica_watch import apart, look_at

PAUSE = 0.2
"""Seconds between two looks at a replica that is behind."""

MOST = "SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int"


def look(alias: str) -> Look:
    """What a database says of itself now. Raises DatabaseError."""
    with closing(apart(alias)) as connection:
        return look_at(connection)


def fault_of_replica(alias: str, primary: Look, patience: float) -> str:
    """Why a database is no replica of this primary that readers can use; empty where it is. One that is behind may
    catch up for so many seconds. Raises DatabaseError.
    """
    until = time.monotonic() + patience
    with closing(apart(alias)) as connection:
        found = look_at(connection)
        if primary.system and found.system not in ("", primary.system):
            return OTHER_DATABASE
        if not found.is_replica:
            return NO_REPLICA
        while found.number < primary.number and time.monotonic() < until:
            time.sleep(PAUSE)
            found = look_at(connection)
    if found.number < primary.number:
        return f"it is at content version {found.number}, and the primary at {primary.number}"
    return ""


def most_connections(alias: str) -> int:
    """How many connections a server takes from accounts like this one. Raises DatabaseError."""
    with closing(apart(alias)) as connection, connection.cursor() as cursor:
        cursor.execute(MOST)
        return int(cursor.fetchone()[0])
