"""Connections to a real PostgreSQL, which is stopped and started again."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import NotSupportedError, OperationalError, connections
from django.db.backends.base.base import RAN_DB_VERSION_CHECK

from config.databases import database_of
from faq.store import replica_health
from faq.store.postgresql.base import DatabaseFeatures, DatabaseWrapper, cut_off
from faq.store.replica_health import PRIMARY, Look
from tests.postgres import Server, server

OF_TEST = "of this test"

SLOW_MACHINE = 1.0
"""Seconds that a busy machine may take longer than the waits that are set."""


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    """A PostgreSQL."""
    with server() as made:
        yield made


@pytest.fixture
def database(running: Server, django_db_blocker: Any) -> Iterator[DatabaseWrapper]:
    """A connection to it, by a pool of its own."""
    settings = dict(connections[PRIMARY].settings_dict) | database_of(running.url)
    made = DatabaseWrapper(settings, OF_TEST)
    with django_db_blocker.unblock():
        yield made
        made.close()
        made.close_pool()
        RAN_DB_VERSION_CHECK.discard(OF_TEST)
    if not running.is_running():
        running.start()


def said(database: DatabaseWrapper, sql: str) -> str:
    """The one value that a statement gives."""
    with database.cursor() as cursor:
        cursor.execute(sql)
        return str(cursor.fetchone()[0])


def test_a_connection_goes_from_request_to_request(database: DatabaseWrapper) -> None:
    first = said(database, "SELECT pg_backend_pid()")
    database.close()
    assert said(database, "SELECT pg_backend_pid()") == first


def test_each_request_waits_as_long_as_it_may_on_whatever_connection(database: DatabaseWrapper) -> None:
    waits = "SELECT current_setting('lock_timeout') || ' ' || current_setting('statement_timeout')"
    assert said(database, waits) == "20s 0"
    database.set_limits((0.8, 10.0))
    assert said(database, waits) == "800ms 10s"
    database.close()
    database.limits = (20.0, 0.0)
    assert said(database, waits) == "20s 0"


def test_connections_that_a_server_lost_are_replaced_unseen(database: DatabaseWrapper, running: Server) -> None:
    said(database, "SELECT 1")
    database.close()
    running.stop()
    running.start()
    assert said(database, "SELECT 1") == "1"


def test_a_server_that_is_gone_is_noticed_within_two_seconds(database: DatabaseWrapper, running: Server) -> None:
    said(database, "SELECT 1")
    database.close()
    running.stop()
    began = time.monotonic()
    with pytest.raises(OperationalError, match="Connection refused"):
        said(database, "SELECT 1")
    assert time.monotonic() - began < 2 + SLOW_MACHINE


def test_one_that_is_known_to_be_gone_is_not_waited_for(
    database: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replica_health, "replica_aliases", lambda: (OF_TEST,))
    replica_health.begin()
    try:
        replica_health.failed(OF_TEST, "it was stopped")
        began = time.monotonic()
        with pytest.raises(OperationalError, match="it was stopped"):
            said(database, "SELECT 1")
        assert time.monotonic() - began < 0.1
        replica_health.saw(OF_TEST, Look(1, is_replica=True))
        assert said(database, "SELECT 1") == "1"
    finally:
        replica_health.end()


def test_who_waits_is_cut_off(database: DatabaseWrapper) -> None:
    said(database, "SELECT 1")
    cut = threading.Timer(0.5, cut_off, [OF_TEST])
    cut.start()
    began = time.monotonic()
    with pytest.raises(OperationalError):
        said(database, "SELECT pg_sleep(30)")
    cut.join()
    assert time.monotonic() - began < 0.5 + SLOW_MACHINE


def test_a_visitor_who_got_the_number_of_a_closed_connection_is_not_cut_off(database: DatabaseWrapper) -> None:
    said(database, "SELECT 1")
    site, visitor = socket.socketpair()
    with site, visitor:
        os.dup2(site.fileno(), database.connection.fileno())
        cut_off(OF_TEST)
        site.sendall(b"an answer")
        assert visitor.recv(16) == b"an answer"


def test_a_server_that_is_too_old_is_refused_with_the_reason(
    database: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert DatabaseFeatures.minimum_database_version == (15,)
    monkeypatch.setattr(DatabaseWrapper, "get_database_version", lambda self: (14, 9))
    with pytest.raises(NotSupportedError, match="PostgreSQL 15 or later is required"):
        said(database, "SELECT 1")
