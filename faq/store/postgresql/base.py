"""Django's backend of PostgreSQL, where nobody waits for a server that is known not to answer, a connection that was
lost while it was idle is found before it is used, and a session waits as long as its request may.

Django finds this module by the setting `ENGINE`, before there are any models.
"""

from __future__ import annotations

import atexit
import os
import select
import socket
import threading
import time
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.db.backends.postgresql import base, features
from psycopg_pool import PoolTimeout

from faq.store import replica_health

NEWEST_UNPROVEN = 30.0
"""Seconds after which an idle connection is asked whether it lives: something on the way may have dropped it."""

Limits = tuple[float, float]
"""Seconds for which a statement waits for a lock, and for which it runs; 0 is without end."""

_lines: dict[str, WeakKeyDictionary[Any, socket.socket]] = {}
"""The sockets of the connections that threads have taken, by database. Each has a descriptor of its own: a connection
may close its own at any moment, and the system gives the number to whoever opens something next, such as a visitor.
"""

_lines_lock = threading.Lock()

UNBOUNDED: Limits = (20.0, 0.0)
"""Of who writes, and of commands."""


class DatabaseFeatures(features.DatabaseFeatures):
    """What a server must be able to do."""

    minimum_database_version = (15,)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection of a thread to one of the databases."""

    features_class = DatabaseFeatures
    limits: Limits = UNBOUNDED

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that lives. Raises OperationalError, at once where the database is known not to answer."""
        if reason := replica_health.why_unreachable(self.alias):
            raise self.Database.OperationalError(reason)
        try:
            connection = super().get_new_connection(conn_params)
            _take(self.alias, connection)
            while self.pool and not _lives(connection):
                _leave(self.alias, connection)
                self.pool.putconn(connection)
                connection = super().get_new_connection(conn_params)
                _take(self.alias, connection)
        except PoolTimeout as error:
            replica_health.failed(self.alias, str(error))
            if not replica_health.is_watched():  # a command: the pool does not say why, such as a wrong password
                self.Database.connect(**conn_params).close()
            raise
        except self.Database.OperationalError as error:
            replica_health.failed(self.alias, str(error))
            raise
        return connection

    def init_connection_state(self) -> None:
        """Also tell the server how long this thread waits."""
        super().init_connection_state()
        self._tell_limits()

    def set_limits(self, limits: Limits) -> None:
        """Wait so long from now on, in this thread. Raises OperationalError."""
        self.limits = limits
        if self.connection is not None:
            with self.wrap_database_errors:
                self._tell_limits()

    def _tell_limits(self) -> None:
        connection = self.connection
        if self.alias in replica_health.replica_aliases() or getattr(connection, "limits", None) == self.limits:
            return
        lock, statement = (f"{seconds * 1000:.0f}" for seconds in self.limits)
        connection.execute(
            "SELECT set_config('lock_timeout', %s, false), set_config('statement_timeout', %s, false)",
            (lock, statement),
        )
        connection.limits = self.limits

    def _close(self) -> None:
        if self.connection is not None:
            self.connection.was_used = time.monotonic()
            _leave(self.alias, self.connection)
        super()._close()  # type: ignore[misc]  # the stubs lack it


def cut_off(alias: str) -> None:
    """End what waits for a database that hangs: each thread gets an error in the place of its answer."""
    with _lines_lock:
        for line in list(_lines.get(alias, {}).values()):
            with suppress(OSError):  # it was lost already
                line.shutdown(socket.SHUT_RDWR)


def _take(alias: str, connection: Any) -> None:
    with _lines_lock, suppress(OSError, psycopg.Error):  # it was lost already
        line = socket.socket(fileno=os.dup(connection.fileno()))
        _lines.setdefault(alias, WeakKeyDictionary())[connection] = line


def _leave(alias: str, connection: Any) -> None:
    with _lines_lock:
        line = _lines.get(alias, WeakKeyDictionary()).pop(connection, None)
        if line is not None:
            line.close()


def _lives(connection: Any) -> bool:
    """Whether a connection of the pool can be used. It is asked where there is something to read on it, as a server
    says that it ends or closes it, and where it was idle for long.
    """
    was_used = getattr(connection, "was_used", None)
    if was_used is None:
        return True
    try:
        told = select.poll()
        told.register(connection.fileno(), select.POLLIN)
        if told.poll(0) or time.monotonic() - was_used > NEWEST_UNPROVEN:
            connection.execute("")
    except (OSError, ValueError, psycopg.Error):
        connection.close()
        return False
    return True


@atexit.register
def _end_pools() -> None:
    """End the threads of the pools while they can still run: when Python itself ends, it waits seconds for each in
    vain. This module is imported before those that write something when the process ends, and so comes after them.
    """
    for pool in list(base.DatabaseWrapper._connection_pools.values()):  # type: ignore[attr-defined]  # the stubs lack it
        pool.close(timeout=1.0)
