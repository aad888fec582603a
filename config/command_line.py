"""How every command of `manage.py` behaves: quiet when nobody reads on, without colors where none are wanted, with the
version of the site, with files that only its own account may read, and with a clear error where the database has not
been migrated.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import MutableMapping, Sequence
from functools import partial
from pathlib import Path
from typing import TextIO

import django
from django.core.management import execute_from_command_line
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from web.acting import Actor, acting

PIPE_CLOSED = 141
"""The exit status where the reader of a pipe has gone: 128 and the number of SIGPIPE, as shells tell it."""

FOR_US_ALONE = 0o077
"""The umask of every command, `serve` among them: the database has passwords and sessions, and the index has answers,
which other accounts of the machine are not to read.
"""

NOT_MIGRATED = "CommandError: the database lacks tables or columns of this release: run `manage.py migrate` first\n"


def main(arguments: Sequence[str], environment: MutableMapping[str, str]) -> None:
    """Run a command. `environment` gets what Django is to read: the settings, and that colors are not wanted."""
    os.umask(FOR_US_ALONE)
    environment.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if environment.get("NO_COLOR"):  # https://no-color.org: Django 5.2 does not read it
        environment["DJANGO_COLORS"] = "nocolor"
    try:
        try:
            if arguments[1:] in (["version"], ["--version"]) or arguments[2:] == ["--version"]:
                sys.stdout.write(f"Gatewijzer {version()} (Django {django.get_version()})\n")
            else:
                with acting(partial(actor_of, arguments)):
                    execute_from_command_line(list(arguments))
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        let_go(sys.stdout, sys.stderr)
        sys.exit(PIPE_CLOSED)
    except DatabaseError:
        if not _migrations_are_due():
            raise
        sys.stderr.write(NOT_MIGRATED)
        sys.exit(1)


def actor_of(arguments: Sequence[str]) -> Actor | None:
    """A command, as the audit log names it. What a release changes by its migrations is nobody's change, and may come
    before there is a log.
    """
    name = arguments[1] if len(arguments) > 1 else ""
    return None if name in ("", "migrate") else Actor("", "command", name)


def due_migrations() -> int:
    """How many migrations the database lacks. Raises DatabaseError where it cannot be asked."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _migrations_are_due() -> bool:
    """Whether the database has yet to be migrated; no where it cannot be asked."""
    try:
        return due_migrations() > 0
    except DatabaseError:
        return False


def let_go(*streams: TextIO) -> None:
    """Send nowhere what is left in streams that nobody reads, or Python complains about it when it ends."""
    for stream in streams:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def version() -> str:
    """The version of the site, as pyproject.toml says."""
    with (Path(__file__).parents[1] / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])
