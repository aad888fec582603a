"""How long a request waits for a database that another one has locked. SQLite locks the whole of it, PostgreSQL single
rows and tables.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any, cast

from django.db import DatabaseError, connections, router

from faq.models import ContentVersion

READERS_STATEMENT = 10.0
"""Seconds for which a statement of a reader may run on PostgreSQL: the longest page of 10,000 entries takes less."""


def wait_at_most(seconds: float) -> None:
    """Wait so long for a lock on this thread's connection, before a query fails with OperationalError.

    A connection that is opened later waits no longer either: it asks the database for its journal. What the connection
    waits is read from its settings, so that nothing is asked where it stays the same. A database that cannot even take
    this setting fails at the first query, where the page says what is the matter. On PostgreSQL the primary takes it,
    and a bound on how long a statement of a reader may run; sessions on replicas begin with both.
    """
    connection = connections[router.db_for_read(ContentVersion)]
    if connection.vendor == "postgresql":
        primary = cast(Any, connections[router.db_for_write(ContentVersion)])
        with suppress(DatabaseError):
            primary.set_limits((seconds, READERS_STATEMENT if seconds < 1 else 0.0))
        return
    options = connection.settings_dict["OPTIONS"]
    if connection.vendor != "sqlite" or options.get("timeout") == seconds:
        return
    connection.settings_dict = {**connection.settings_dict, "OPTIONS": {**options, "timeout": seconds}}
    if connection.connection is not None:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout={round(seconds * 1000)}")
