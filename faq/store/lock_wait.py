"""How long a request waits for a database that another one has locked. Only SQLite locks the whole of it."""

from __future__ import annotations

from contextlib import suppress

from django.db import DatabaseError, connections, router

from faq.models import ContentVersion


def wait_at_most(seconds: float) -> None:
    """Wait so long for a lock on this thread's connection, before a query fails with OperationalError.

    A new connection asks the database for its journal, so it waits as well. A database that cannot be opened is left to
    whoever asks it something.
    """
    connection = connections[router.db_for_read(ContentVersion)]
    if connection.vendor == "sqlite":
        if connection.connection is None:
            options = {**connection.settings_dict["OPTIONS"], "timeout": seconds}
            connection.settings_dict = {**connection.settings_dict, "OPTIONS": options}
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout={round(seconds * 1000)}")
