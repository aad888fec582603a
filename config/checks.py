"""Checks of the installation, for `manage.py check --database default` and the start of the site."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Info
from django.db import connections

from config.databases import JOURNAL_MODE


def database_journal(databases: Sequence[str] | None = None, **options: Any) -> list[CheckMessage]:
    """Say which journal SQLite uses and why; an error where the file does not use the one that is safe."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "sqlite":
            continue
        with connection.cursor() as cursor:
            mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        if mode not in (JOURNAL_MODE, "memory"):
            found.append(
                Error(
                    f"The database uses journal mode {mode}, where {JOURNAL_MODE} is the safe one "
                    f"for SQLite {sqlite3.sqlite_version}.",
                    hint="Stop every process that has the database open, and start again.",
                    id="config.E001",
                )
            )
        elif JOURNAL_MODE == "delete":
            found.append(
                Info(
                    f"SQLite {sqlite3.sqlite_version} lacks the WAL-reset fix (3.51.3, 3.50.7, 3.44.6): "
                    "the rollback journal is used.",
                    hint="With a fixed SQLite, readers do not wait while an editor saves.",
                    id="config.I001",
                )
            )
    return found
