"""What `backup` and `restore` share: which database it is, and how they say what they did."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Error
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from config.command_line import let_go
from config.databases import file_of


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


def say(stdout: Any, verbosity: int, *lines: str) -> None:
    """Say what was done, unless asked to be silent, or nobody reads it any more."""
    try:
        for line in lines if verbosity else ():
            stdout.write(line)
        stdout.flush()
    except BrokenPipeError:
        let_go(sys.stdout)
