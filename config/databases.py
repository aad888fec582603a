"""The database that the site is set up with: SQLite in a file, or PostgreSQL by its URL."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote

from config.server_urls import split_url

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

THREADS = 12
"""Connections that a process needs at most: one for each thread that answers (`config.request_kinds.BOUNDS`), and one
for the thread that counts questions.
"""

WATCHED_BY = 1
"""Connections of a worker, beside these, that look whether a database answers."""

UNREACHABLE_AFTER = {
    "connect_timeout": "2",
    "keepalives_idle": "2",
    "keepalives_interval": "1",
    "keepalives_count": "2",
    "tcp_user_timeout": "3000",
}
"""After how long a server that does not answer counts as gone: seconds (libpq takes no fewer to connect), and the last
in milliseconds.
"""

WRITERS_WAIT, READERS_WAIT = 1.5, 0.5
"""Seconds in which a connection to the primary, or to a replica, is there: readers have another database to go to."""

REPLICA_SETTINGS = "-c default_transaction_read_only=on -c lock_timeout=800 -c statement_timeout=10000"
"""What a session on a replica begins with; milliseconds, as of readers in `faq.store.lock_wait`."""

OF_DJANGO = ("pool", "options")
"""What `OPTIONS` has for the site alone: programs of PostgreSQL do not take it over."""


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
    parts, port = split_url(url, FORMS)
    if parts.fragment or parts.scheme not in ("sqlite", "postgresql"):
        raise ValueError(FORMS)
    return _sqlite(parts) if parts.scheme == "sqlite" else _postgresql(parts, port)


def databases_of(primary: Mapping[str, Any], replicas: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """All of `DATABASES`: the primary, and its replicas as `replica1`, `replica2`, … Raises ValueError where the
    primary has no replicas.
    """
    if replicas and file_of(primary) is not None:
        raise ValueError("only a PostgreSQL has replicas: set DATABASE_URL to that of the primary")
    return {"default": dict(primary)} | {f"replica{n}": dict(found) for n, found in enumerate(replicas, start=1)}


def replicas_of(urls: str) -> list[dict[str, Any]]:
    """The replicas that URLs name, between which stand spaces or commas. Raises ValueError with the reason."""
    found: list[dict[str, Any]] = []
    for number, url in enumerate(urls.replace(",", " ").split(), start=1):
        try:
            database = database_of(url)
        except ValueError as fault:
            raise ValueError(f"replica {number}: {fault}") from None
        if file_of(database) is not None:
            raise ValueError(f"replica {number}: a replica is a PostgreSQL: postgresql://user:password@host:port/name")
        options = database["OPTIONS"] | {"options": REPLICA_SETTINGS}
        options["pool"] = options["pool"] | {"timeout": READERS_WAIT}
        found.append(database | {"OPTIONS": options, "TEST": {"MIRROR": "default"}})
    return found


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
        "ENGINE": "faq.store.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 0,  # a pool keeps connections, and `faq.store.postgresql` looks whether they live
        "OPTIONS": UNREACHABLE_AFTER | options | {"pool": _pool()},
    }


def _pool() -> dict[str, Any]:
    """Connections that the threads of a process share, opened as they are needed; none is tried again unasked."""
    return {"min_size": 0, "max_size": THREADS, "timeout": WRITERS_WAIT, "reconnect_timeout": 2.0, "max_idle": 60.0}


def file_of(database: Mapping[str, Any]) -> Path | None:
    """The file of a database that `DATABASES` describes; None for one of PostgreSQL, or of tests in memory."""
    name = database["NAME"]
    return name if isinstance(name, Path) else None


def connection_string(database: Mapping[str, Any]) -> str:
    """A PostgreSQL that `DATABASES` describes, as libpq and its programs are told of it, without its password."""
    named = {"host": "HOST", "port": "PORT", "user": "USER", "dbname": "NAME"}
    options = {
        name: value
        for name, value in database["OPTIONS"].items()
        if name not in OF_DJANGO and UNREACHABLE_AFTER.get(name) != value
    }
    said = {name: database[key] for name, key in named.items() if database[key]} | options
    return " ".join(f"{name}={_quoted(value)}" for name, value in said.items())


def _quoted(value: str) -> str:
    """A value as libpq reads it."""
    if value and not set(value) & set(" '\\"):
        return value
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
