"""The file of an SQLite database: copied while it is in use, checked, and put in the place of another.

It asks SQLite itself, apart from Django: the file may be a backup, or damaged.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from faq.store.disk import flush

JOURNALS = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a database. It plays one that was left over into whatever has the database's name."""

AUDIT = "faq_auditrecord"
"""The table of the audit log."""

VERSIONS = ("faq_contentversion", "faq_generation")
"""The table of the content version, and its name before migration 0006."""

BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextmanager
def file_beside(target: Path) -> Iterator[Path]:
    """An empty file in the folder of `target` that its owner alone may read, to be renamed; else it is removed."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    os.close(handle)
    made = Path(name)
    try:
        yield made
    finally:
        for left in (made, *(_beside(made, end) for end in JOURNALS)):
            left.unlink(missing_ok=True)


def copy(database: Path, target: Path) -> None:
    """Write what a database holds at this moment to an empty file. Readers and writers of it go on. Raises
    `sqlite3.Error` where it cannot be read, or `target` cannot be written.
    """
    with closing(_opened(database)) as source:
        source.execute("VACUUM INTO ?", (str(target),))


def fault_in(database: Path) -> str | None:
    """Why a file cannot serve as the database of a site, as the end of a sentence, or None."""
    try:
        with closing(_opened(database, "ro")) as asked:
            said = asked.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if said != "ok":
                return f"is damaged ({said.splitlines()[-1]})"
            tables = {name for (name,) in asked.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
            if "django_migrations" not in tables or not _applied(asked, ["faq"]):
                return "is not a database of Gatewijzer"
            if astray := asked.execute("PRAGMA foreign_key_check").fetchone():
                return f"is damaged (a row of {astray[0]} refers to one of {astray[2]} that is missing)"
    except sqlite3.Error as error:
        return f"cannot be read as a database ({error})"
    return None


def damage_in(database: Path) -> str:
    """What SQLite finds broken in the pages of a file; empty where it finds nothing, or cannot look at it now."""
    try:
        with closing(_opened(database, "ro", seconds=0)) as asked:
            said = str(asked.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        return f"it is damaged ({error})" if getattr(error, "sqlite_errorcode", 0) & 0xFF in BROKEN else ""
    return "" if said == "ok" else f"it is damaged ({said.splitlines()[-1]})"


def migrations_in(database: Path, apps: list[str]) -> set[tuple[str, str]]:
    """The migrations of these apps that were applied to a database: app and name of each."""
    with closing(_opened(database, "ro")) as asked:
        return _applied(asked, apps)


def content_version_in(database: Path) -> int:
    """The content version of a database; 0 where it cannot be read."""
    for table in VERSIONS:
        try:
            with closing(_opened(database, "ro")) as asked:
                found = asked.execute(f"SELECT number FROM {table} WHERE id = 1").fetchone()  # noqa: S608 -- our own
        except sqlite3.Error:
            continue
        if found and isinstance(found[0], int):
            return found[0]
    return 0


def set_content_version(database: Path, number: int, changed_at: datetime) -> None:
    """Give a database this content version, since a moment in UTC."""
    with closing(_opened(database)) as changed:
        tables = {name for (name,) in changed.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        for table in tables.intersection(VERSIONS):
            said = (number, f"{changed_at:%Y-%m-%d %H:%M:%S.%f}")
            changed.execute(f"UPDATE {table} SET number = ?, changed_at = ? WHERE id = 1", said)  # noqa: S608 -- our own


def record_restored(database: Path, source: str, now: datetime) -> None:
    """Record in the audit log of a database that it came from a backup; one of an earlier release may have none."""
    with closing(_opened(database)) as changed:
        if changed.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (AUDIT,)).fetchone():
            changed.execute(
                f"INSERT INTO {AUDIT} (made_at, account, way, means, action, kind, key, label, changes)"  # noqa: S608
                " VALUES (?, '', 'command', 'restore', 'restored', 'database', '', ?, '{}')",
                (f"{now:%Y-%m-%d %H:%M:%S.%f}", source[:200]),
            )


def is_in_use(database: Path) -> bool:
    """Whether somebody reads or writes a database now. What a killed writer left half done is undone first."""
    try:
        with closing(_opened(database, seconds=1)) as asked:
            asked.execute("BEGIN EXCLUSIVE")
            asked.execute("ROLLBACK")
    except sqlite3.Error as error:
        # one that is damaged or missing is nobody's
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in BUSY
    return False


def put_in_place(made: Path, database: Path) -> Path | None:
    """Rename a file to a database that nobody uses, all at once. Returns where the database of before is now, with its
    journals, if there was one.
    """
    kept = _kept_name(database)
    was_there = database.exists()
    _take_over_owner(made, database if was_there else database.parent)
    if was_there:
        made.chmod(database.stat().st_mode & 0o777)
        try:
            os.link(database, kept)
        except OSError:  # a file system without links: for a moment there is no database
            database.rename(kept)
    for end in JOURNALS:
        if _beside(database, end).exists():
            _beside(database, end).rename(_beside(kept, end))
    replace(made, database)
    return kept if was_there else None


def replace(made: Path, target: Path) -> None:
    """Rename a file to its place, so that after a power cut there is the one or the other, and whole."""
    flush(made)
    made.replace(target)
    flush(target.parent)


def _opened(database: Path, mode: str = "rw", seconds: float = 20) -> sqlite3.Connection:
    """A connection to a file that is there: `rw` may undo what a killed writer left, `ro` changes nothing."""
    return sqlite3.connect(f"{database.absolute().as_uri()}?mode={mode}", seconds, isolation_level=None, uri=True)


def _applied(asked: sqlite3.Connection, apps: list[str]) -> set[tuple[str, str]]:
    return {row for row in asked.execute("SELECT app, name FROM django_migrations") if row[0] in apps}


def _beside(database: Path, end: str) -> Path:
    return database.with_name(database.name + end)


def _kept_name(database: Path) -> Path:
    """A name beside the database that nothing has, and no journal of it either."""
    number = 1
    while True:
        kept = _beside(database, ".before-restore" + (f"-{number}" if number > 1 else ""))
        if not any(_beside(kept, end).exists() for end in ("", *JOURNALS)):
            return kept
        number += 1


def _take_over_owner(made: Path, present: Path) -> None:
    """Give a file that root made to the account that the site runs as."""
    if os.geteuid() == 0:
        os.chown(made, present.stat().st_uid, present.stat().st_gid)
