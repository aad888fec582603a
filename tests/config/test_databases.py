"""The database that a URL names."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.databases import THREADS, database_of, databases_of, replicas_of
from config.request_kinds import BOUNDS


def test_sqlite_is_a_file_named_from_the_root() -> None:
    found = database_of("sqlite:////srv/my%20site/site.sqlite3")
    assert found["ENGINE"] == "django.db.backends.sqlite3"
    assert found["NAME"] == Path("/srv/my site/site.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgresql_has_all_that_the_url_says_and_a_pool() -> None:
    found = database_of("postgresql://gate:p%40ss%2Fword@db.example.org:5433/wijzer?sslmode=verify-full")
    assert found == {
        "ENGINE": "faq.store.postgresql",
        "NAME": "wijzer",
        "USER": "gate",
        "PASSWORD": "p@ss/word",
        "HOST": "db.example.org",
        "PORT": "5433",
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            "connect_timeout": "2",
            "keepalives_idle": "2",
            "keepalives_interval": "1",
            "keepalives_count": "2",
            "tcp_user_timeout": "3000",
            "sslmode": "verify-full",
            "pool": {"min_size": 0, "max_size": 12, "timeout": 1.5, "reconnect_timeout": 2.0, "max_idle": 60.0},
        },
    }


def test_what_a_url_says_of_waiting_goes_before() -> None:
    assert database_of("postgresql:///wijzer?connect_timeout=9")["OPTIONS"]["connect_timeout"] == "9"


def test_a_pool_has_a_connection_for_each_thread_of_a_worker() -> None:
    assert sum(bounds.at_once for bounds in BOUNDS.values()) + 1 == THREADS


def test_postgresql_may_be_asked_by_a_socket() -> None:
    found = database_of("postgresql:///wijzer?host=/var/run/postgresql")
    assert (found["HOST"], found["PORT"], found["USER"]) == ("/var/run/postgresql", "", "")
    assert "host" not in found["OPTIONS"]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "write sqlite:"),
        ("gatewijzer.sqlite3", "write sqlite:"),
        ("mysql://user@host/name", "write sqlite:"),
        ("postgres://user@host/name", "write sqlite:"),
        ("postgresql://user@host/name#part", "write sqlite:"),
        ("postgresql://user:word@host:many/name", "write sqlite:"),
        ("postgresql://user:word@host:99999/name", "write sqlite:"),
        ("postgresql://user:secret/word@host/name", "write sqlite:"),
        ("postgresql://user@[host/name", "write sqlite:"),
        ("sqlite://", "from the root"),
        ("sqlite:///site.sqlite3", "from the root"),
        ("sqlite:////srv/", "from the root"),
        ("sqlite://host//srv/site.sqlite3", "from the root"),
        ("sqlite:////srv/site.sqlite3?mode=ro", "from the root"),
        ("postgresql://user@host", "name one database"),
        ("postgresql://user@host/", "name one database"),
        ("postgresql://user@host/one/two", "name one database"),
        ("postgresql://user@host/name?sslmod=require", "the parameters are"),
        ("postgresql://user@host/name?options=-c%20x", "the parameters are"),
        ("postgresql://user@host/name?sslmode=require&sslmode=disable", "the parameters are"),
    ],
)
def test_anything_else_is_refused_and_nothing_of_a_password_is_repeated(url: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as refused:
        database_of(url)
    assert "secret" not in str(refused.value)


def test_replicas_are_named_in_their_order_and_only_read() -> None:
    replicas = replicas_of("postgresql://one/wijzer, postgresql://two/wijzer  postgresql://three/wijzer")
    found = databases_of(database_of("postgresql://first/wijzer"), replicas)
    hosts = {"default": "first", "replica1": "one", "replica2": "two", "replica3": "three"}
    assert {alias: database["HOST"] for alias, database in found.items()} == hosts
    for alias in ("replica1", "replica2", "replica3"):
        assert "default_transaction_read_only=on" in found[alias]["OPTIONS"]["options"]
        assert found[alias]["OPTIONS"]["pool"]["timeout"] < found["default"]["OPTIONS"]["pool"]["timeout"]
        assert found[alias]["TEST"] == {"MIRROR": "default"}


@pytest.mark.parametrize(
    ("urls", "reason"),
    [
        ("postgresql://one/wijzer sqlite:////srv/site.sqlite3", "replica 2: a replica is a PostgreSQL"),
        ("postgresql://user:secret/word@host/name", "replica 1: write sqlite:"),
        ("postgresql://one/wijzer postgresql://two", "replica 2: name one database"),
    ],
)
def test_a_replica_that_is_none_is_refused_by_its_place(urls: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as refused:
        replicas_of(urls)
    assert "secret" not in str(refused.value)


def test_a_file_has_no_replicas() -> None:
    with pytest.raises(ValueError, match="only a PostgreSQL has replicas"):
        databases_of(database_of("sqlite:////srv/site.sqlite3"), replicas_of("postgresql://one/wijzer"))
