"""The database that a URL names."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.databases import database_of


def test_sqlite_is_a_file_named_from_the_root() -> None:
    found = database_of("sqlite:////srv/my%20site/site.sqlite3")
    assert found["ENGINE"] == "django.db.backends.sqlite3"
    assert found["NAME"] == Path("/srv/my site/site.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgresql_has_all_that_the_url_says_and_checks_its_connections() -> None:
    found = database_of("postgresql://gate:p%40ss%2Fword@db.example.org:5433/wijzer?sslmode=verify-full")
    assert found == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "wijzer",
        "USER": "gate",
        "PASSWORD": "p@ss/word",
        "HOST": "db.example.org",
        "PORT": "5433",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"sslmode": "verify-full"},
    }


def test_postgresql_may_be_asked_by_a_socket() -> None:
    found = database_of("postgresql:///wijzer?host=/var/run/postgresql")
    assert (found["HOST"], found["PORT"], found["USER"], found["OPTIONS"]) == ("/var/run/postgresql", "", "", {})


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
