"""Checks of the installation, for `manage.py check --database default` and the start of the site."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning
from django.db import connections

from config.databases import JOURNAL_MODE
from web.colors import LEAST_CONTRAST, LIGHT_PAPERS, contrast, shades_of


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


def readable_color(app_configs: Any = None, **options: Any) -> list[CheckMessage]:
    """A warning where the color of the site is too light to be read on light paper: it names the shades that are used.

    No color can be read on light and on dark paper alike, so a lighter shade on dark paper is nothing to warn of.
    """
    given: str = settings.COLOR
    if not given or (shades := shades_of(given)).light == given:
        return []
    found = min(contrast(given, paper) for paper in LIGHT_PAPERS)
    return [
        Warning(
            f"GATEWIJZER_COLOR={given!r} has a contrast of {found:.1f} to 1 with light paper, where text needs "
            f"{LEAST_CONTRAST}: {shades.light} is used on light paper, and {shades.dark} on dark paper.",
            hint=f"Set GATEWIJZER_COLOR={shades.light} if that shade is right, or a darker color of your own.",
            id="config.W001",
        )
    ]
