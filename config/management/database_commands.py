"""What `backup` and `restore` share on every database: which one it is, what becomes of files, and what they say."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Error
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.db.migrations.loader import MigrationLoader

from config.command_line import let_go
from config.databases import file_of
from faq.store.database_file import file_beside, replace

Migrations = set[tuple[str, str]]
"""The app and the name of each."""


def database_file() -> Path | None:
    """The file of the site's database; None where it is on PostgreSQL."""
    file = file_of(settings.DATABASES["default"])
    return file.resolve() if file else None


@contextmanager
def told_in_one_line(file: Path) -> Iterator[None]:
    """Say in one line why a file could not be written, of what the system or SQLite say."""
    try:
        yield
    except (OSError, Error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CommandError(f"{file} could not be written: {reason}.") from error


def written_whole(file: Path, write: Callable[[Path], None], fault_in: Callable[[Path], str | None]) -> int:
    """Write a backup, which appears under its name once it is checked; its size in bytes. Raises CommandError, and
    leaves the file as it was.
    """
    with told_in_one_line(file), file_beside(file) as made:
        write(made)
        if fault := fault_in(made):
            raise CommandError(f"Nothing was written: the database {fault}.")
        size = made.stat().st_size
        replace(made, file)
    return size


def is_older(
    file: Path, fault_in: Callable[[Path], str | None], migrations_in: Callable[[Path, list[str]], Migrations]
) -> bool:
    """Whether this release has migrations that a backup lacks. Raises CommandError where the file is no sound backup
    of this release or an older one.
    """
    if fault := fault_in(file):
        raise CommandError(f"Nothing was changed: {file} {fault}.")
    known = set(MigrationLoader(None).disk_migrations)
    applied = migrations_in(file, [config.label for config in apps.get_app_configs()])
    if unknown := applied - known:
        named = ", ".join(f"{app} {name}" for app, name in sorted(unknown))
        raise CommandError(
            f"Nothing was changed: {file} is from a newer release, with migrations unknown here: {named}."
        )
    return known != applied


def say(stdout: Any, verbosity: int, *lines: str) -> None:
    """Say what was done, unless asked to be silent, or nobody reads it any more."""
    try:
        for line in lines if verbosity else ():
            stdout.write(line)
        stdout.flush()
    except BrokenPipeError:
        let_go(sys.stdout)
