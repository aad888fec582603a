"""How long a request waits for a database that another one has locked. Only SQLite locks the whole of it."""

from __future__ import annotations

from contextlib import suppress

from django.db import DatabaseError, connections, router

from faq.models import ContentVersion


def wait_at_most(seconds: float) -> None:
    """Wait so long for a lock on this thread's connection, before a query fails with OperationalError.

    A connection that is opened later waits no longer either: it asks the database for its journal. What the connection
    waits is read from its settings, so that nothing is asked where it stays the same. A database that cannot even be
    told so fails at the first query, where the page says what is the matter.
    """
    connection = connections[router.db_for_read(ContentVersion)]
    options = connection.settings_dict["OPTIONS"]
    if connection.vendor != "sqlite" or options.get("timeout") == seconds:
        return
    connection.settings_dict = {**connection.settings_dict, "OPTIONS": {**options, "timeout": seconds}}
    if connection.connection is not None:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout={round(seconds * 1000)}")
