"""The database that the site is set up with: SQLite in a file, or PostgreSQL by its URL."""

from __future__ import annotations

import shlex
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from web.hosts import host_name

WAL_RESET_FIXED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
"""SQLite releases with the fix for the WAL-reset bug: the first, and the two older lines that got it as well."""

FORMS = "write sqlite:////folder/file.sqlite3 or postgresql://user:password@host:port/name"

PARAMETERS = frozenset(
    {
        "application_name",
        "connect_timeout",
        "host",
        "sslcert",
        "sslkey",
        "sslmode",
        "sslrootcert",
        "target_session_attrs",
    }
)
"""What a PostgreSQL URL may say after its `?`, as libpq names it. `host` is the folder of a Unix socket."""


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite has the WAL-reset fix, without which two writers can damage a database in WAL mode."""
    return version >= WAL_RESET_FIXED[0] or any(
        fixed <= version < (fixed[0], fixed[1] + 1, 0) for fixed in WAL_RESET_FIXED[1:]
    )


JOURNAL_MODE = "wal" if wal_is_safe(sqlite3.sqlite_version_info[:3]) else "delete"


def sqlite_at(path: Path) -> dict[str, Any]:
    """SQLite in a file. A transaction takes the file's one write lock when it begins.

    Changes stay in memory until they are committed: with a rollback journal, pages that do not fit the page cache would
    be written before, and readers locked out from then until the commit.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": f"PRAGMA journal_mode={JOURNAL_MODE}; PRAGMA synchronous=FULL; PRAGMA cache_spill=OFF;",
        },
    }


def database_of(url: str) -> dict[str, Any]:
    """The database that a URL names, as Django's `DATABASES` has it. Raises ValueError with the reason."""
    try:
        parts = urlsplit(url)
        port = parts.port
        if parts.hostname:
            host_name(parts.hostname)
    except ValueError:  # what is said of it may repeat a part of the password
        raise ValueError(FORMS) from None
    if port == 0:
        raise ValueError("a port is a number from 1 to 65535")
    if parts.fragment or parts.scheme not in ("sqlite", "postgresql"):
        raise ValueError(FORMS)
    return _sqlite(parts) if parts.scheme == "sqlite" else _postgresql(parts, port)


def _sqlite(parts: SplitResult) -> dict[str, Any]:
    path = unquote(parts.path)
    if parts.netloc or parts.query or not path.startswith("//") or path.endswith("/"):
        raise ValueError("name the file from the root, after four slashes: sqlite:////srv/gatewijzer/site.sqlite3")
    return sqlite_at(Path(path[1:]))


def _postgresql(parts: SplitResult, port: int | None) -> dict[str, Any]:
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise ValueError("name one database after the host: postgresql://user:password@host:port/name")
    given = parse_qsl(parts.query, keep_blank_values=True)
    options = dict(given)
    if len(options) < len(given) or not options.keys() <= PARAMETERS:
        raise ValueError(f"the parameters are, each at most once: {', '.join(sorted(PARAMETERS))}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def file_of(database: Mapping[str, Any]) -> Path | None:
    """The file of a database that `DATABASES` describes; None for one of PostgreSQL, or of tests in memory."""
    name = database["NAME"]
    return name if isinstance(name, Path) else None


def postgresql_command(program: str, database: Mapping[str, Any], *arguments: str) -> str:
    """The command line of a PostgreSQL program on a database that `DATABASES` describes, without its password."""
    named = {"host": "HOST", "port": "PORT", "user": "USER", "dbname": "NAME"}
    said = {name: database[key] for name, key in named.items() if database[key]} | database["OPTIONS"]
    told = " ".join(f"{name}={_quoted(value)}" for name, value in said.items())
    return shlex.join([program, f"--dbname={told}", *arguments])


def _quoted(value: str) -> str:
    """A value as libpq reads it."""
    if value and not set(value) & set(" '\\"):
        return value
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
