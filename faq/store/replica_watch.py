"""Looking at each database twice a second, each in a thread of its own, so that no visitor waits for one that is gone.

The connections of these threads are no part of the pools.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress

from django.db import DatabaseError, Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from faq.models import ContentVersion
from faq.store import replica_health
from faq.store.replica_health import PRIMARY, SILENT_AFTER, Look

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
"""Between two looks at a database."""

FIRST_LOOK_SECONDS = 3.0
"""How long the start of a process waits for the first looks."""

LOOK = f"SELECT (SELECT number FROM {ContentVersion._meta.db_table} WHERE id = 1), pg_is_in_recovery()"  # noqa: S608 -- our own
SYSTEM = "SELECT system_identifier FROM pg_control_system()"


def watch_from_now_on() -> None:
    """Look at every database of the settings from now on, until the process ends: for one that answers visitors. On
    SQLite nothing is watched.
    """
    if connections[PRIMARY].vendor != "postgresql":
        return
    replica_health.begin()
    looked = []
    for alias in (PRIMARY, *replica_health.replica_aliases()):
        first = threading.Event()
        looked.append(first)
        threading.Thread(target=_watch, args=(alias, first), name=f"watch-{alias}", daemon=True).start()
    threading.Thread(target=_free_who_waits, name="watch-silence", daemon=True).start()
    until = time.monotonic() + FIRST_LOOK_SECONDS
    for first in looked:
        first.wait(max(0.0, until - time.monotonic()))


def look_at(connection: BaseDatabaseWrapper) -> Look:
    """What a database says of itself now. Raises DatabaseError."""
    with connection.cursor() as cursor:
        cursor.execute(LOOK)
        number, is_replica = cursor.fetchone()
    return Look(int(number or 0), bool(is_replica), system_of(connection))


def system_of(connection: BaseDatabaseWrapper) -> str:
    """The identifier of the cluster that a database is in; empty where this account may not read it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(SYSTEM)
            return str(cursor.fetchone()[0])
    except DatabaseError:
        return ""


def apart(alias: str) -> BaseDatabaseWrapper:
    """A connection to a database beside its pool."""
    connection = connections.create_connection(alias)
    options = {name: value for name, value in connection.settings_dict["OPTIONS"].items() if name != "pool"}
    connection.settings_dict = {**connection.settings_dict, "OPTIONS": options}
    connection.alias = f"watch of {alias}"  # which nobody leaves alone
    return connection


def _free_who_waits() -> None:
    """Cut off whoever waits for a database that hangs: it has taken the question, and gives no answer. Two looks in a
    row must find it so: after a pause of this whole process, the first one finds all databases silent.
    """
    from faq.store.postgresql.base import cut_off  # SQLite needs none of it

    before, cut = set[str](), set[str]()
    while True:
        now = {alias for alias in (PRIMARY, *replica_health.replica_aliases()) if replica_health.is_silent(alias)}
        for alias in now & before:
            if alias not in cut:
                log.warning("%s has not answered for %.0f s", alias, SILENT_AFTER)
            cut_off(alias)  # again each time: somebody may have begun to wait a moment after the last
        before, cut = now, now & before
        time.sleep(LOOK_SECONDS)


def _watch(alias: str, first: threading.Event) -> None:
    connection, told = apart(alias), ""
    while True:
        try:
            replica_health.saw(alias, look_at(connection))
            if told:
                log.warning("%s answers again", alias)
            told = ""
        except Error as error:
            replica_health.failed(alias, str(error))
            if not told:
                log.warning("%s does not answer: %s", alias, error)
            told = str(error)
            with suppress(Error):
                connection.close()
        except Exception:
            log.exception("%s cannot be looked at", alias)
            return
        finally:
            first.set()
        time.sleep(LOOK_SECONDS)
