"""What `backup` and `restore` do where the database is on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from config.databases import connection_string
from config.management.database_commands import is_older, told_in_one_line, written_whole
from faq.store import database_dump as dumps
from faq.store.database_file import file_beside, replace

KEPT = "gatewijzer.before-restore"
"""The backup of a database that was replaced, in the data folder."""


def back_up(described: Mapping[str, Any], file: Path) -> int:
    """Write the database to a file all at once, and give its size in bytes. Raises CommandError, and leaves the file as
    it was.
    """
    database = _target(described)
    with _nothing_was("written"):
        return written_whole(file, partial(dumps.write, database), dumps.fault_in)


def put_back(described: Mapping[str, Any], file: Path) -> list[str]:
    """Replace the database by a backup all at once, and say what was done. Raises CommandError, and leaves the database
    as it is.
    """
    database = _target(described)
    with _nothing_was("changed"):
        if others := dumps.sessions_of(database):
            raise CommandError(
                "The site is serving from this database, or somebody else uses it: stop it on every machine first. "
                f"Connected: {', '.join(others)}."
            )
        older = is_older(file, dumps.fault_in, dumps.migrations_in)
        tables = dumps.tables_in(database)
        if tables and not any(name.startswith(("faq_", dumps.MIGRATIONS)) for name in tables):
            raise CommandError("Nothing was changed: the database holds tables of something else.")
        now = datetime.now(UTC)
        versions = [dumps.content_version_in(file), dumps.content_version_of(database)]
        # the database may be lost, and with it how far the numbers came that Redis and indexes know: seconds are ahead
        number = max(*versions, int(now.timestamp())) + 1
        kept = _kept(database) if tables else None
        dumps.put_in_place(file, database, number, now, settings.DATA_DIR)
    said = [f"The database is as it was in {file}."]
    said += [f"The database that it replaced is kept in {kept}, as a backup."] if kept else []
    return said + (["It is from an older release: run `manage.py migrate` before you start the site."] * older)


def _target(described: Mapping[str, Any]) -> dumps.Target:
    return dumps.Target(connection_string(described), described["PASSWORD"])


@contextmanager
def _nothing_was(done: str) -> Iterator[None]:
    try:
        yield
    except dumps.DumpError as error:
        raise CommandError(f"Nothing was {done}: {error}") from error


def _kept(database: dumps.Target) -> Path:
    """Back up the database that is about to be replaced. Returns where it is."""
    number, kept = 1, settings.DATA_DIR / KEPT
    while kept.exists():
        number += 1
        kept = settings.DATA_DIR / f"{KEPT}-{number}"
    with told_in_one_line(kept), file_beside(kept) as made:
        dumps.write(database, made)
        replace(made, kept)
    return Path(kept)
