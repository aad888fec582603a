"""Reading on while a change that was broken off cannot be undone in the database itself.

A writer that is stopped halfway leaves a journal beside an SQLite file, and the next who opens the file undoes the
change first (https://sqlite.org/lockingv3.html#rollback). Where the file cannot be written, as on a disk that the
system has made read-only, or one that is full, nobody could read any more. Then a copy is made in which the change is
undone, and readers get that until the file can be written again.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
import tempfile
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

from django.db import OperationalError, connections, router

from faq.models import ContentVersion

log = logging.getLogger(__name__)

CANNOT_UNDO = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN)
"""What SQLite says to a reader then."""

TRIED_AGAIN_AFTER = 5.0
"""Seconds between two attempts to undo the change in the database itself."""

Seen = tuple[int, int, int]


class _Copy:
    """The copy that this process reads from, of which file it is, and which journal was undone in it."""

    lock = threading.Lock()
    folder: tempfile.TemporaryDirectory[str] | None = None
    database: Path | None = None
    undone: Seen | None = None
    not_before = 0.0


def read_on(error: OperationalError) -> bool:
    """Whether readers can read on from a copy, after what the database said to one of them; the copy is there then."""
    if getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF not in CANNOT_UNDO:
        return False
    connection = connections[router.db_for_read(ContentVersion)]
    database = _Copy.database or Path(connection.settings_dict["NAME"])
    journal = _seen(database)
    if journal is None:
        return False
    with _Copy.lock:
        if _Copy.undone != journal:
            try:
                _copy(database, journal)
            except (OSError, sqlite3.Error) as fault:
                log.warning(
                    "no copy can be read in the place of a database with a change that was broken off: %s", fault
                )
                return False
    choose_database()
    return True


def choose_database() -> None:
    """Let this thread read from the copy as long as the change is not undone in the database itself, which is tried
    from time to time. For the beginning of a request.
    """
    if _Copy.database is None or _Copy.folder is None:
        return
    if time.monotonic() >= _Copy.not_before:
        _Copy.not_before = time.monotonic() + TRIED_AGAIN_AFTER
        with suppress(sqlite3.Error), closing(sqlite3.connect(_Copy.database, timeout=0)) as opened:
            opened.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    is_needed = _Copy.undone is not None and _seen(_Copy.database) == _Copy.undone
    name = f"file:{_Copy.folder.name}/copy.sqlite3?mode=ro" if is_needed else _Copy.database
    connection = connections[router.db_for_read(ContentVersion)]
    if connection.settings_dict["NAME"] != name:
        connection.close()
        connection.settings_dict = {**connection.settings_dict, "NAME": name}


def _copy(database: Path, journal: Seen) -> None:
    folder = tempfile.TemporaryDirectory(prefix="gatewijzer-")
    copy = Path(folder.name) / "copy.sqlite3"
    shutil.copyfile(database, copy)
    shutil.copyfile(_journal(database), _journal(copy))
    with closing(sqlite3.connect(copy)) as opened:
        opened.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    log.warning("readers get a copy of %s without a change that was broken off and cannot be undone there", database)
    _Copy.folder, _Copy.database, _Copy.undone = folder, database, journal
    _Copy.not_before = time.monotonic() + TRIED_AGAIN_AFTER


def _journal(database: Path) -> Path:
    return database.with_name(f"{database.name}-journal")


def _seen(database: Path) -> Seen | None:
    """Which journal lies beside a database; None where there is none."""
    try:
        told = _journal(database).stat()
    except OSError:
        return None
    return (told.st_ino, told.st_size, told.st_mtime_ns) if told.st_size else None
