"""A database on PostgreSQL: written to a file, checked, and put back, by PostgreSQL's own programs.

No connection of Django is used, so that every other session is somebody else's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from faq.store.database_file import AUDIT, VERSIONS

INSTALLED_BELOW = Path("/usr/lib/postgresql")
PROGRAMS = ("pg_dump", "pg_restore", "psql")
NO_PROGRAMS = "pg_dump, pg_restore and psql are missing: install Debian's package postgresql-client."

MIGRATIONS = "django_migrations"
OF_INDEX = "search_*"
"""The tables of the search index, of any release: they can be built again from the rest, and are in no backup."""

LOCK_SECONDS = 10
"""How long a restore waits for a table that somebody still uses."""

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'search\\_%'"

OTHERS = """FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"""

SESSIONS = f"""SELECT DISTINCT coalesce(usename, '') || ' from ' || coalesce(host(client_addr), 'this machine')
{OTHERS} ORDER BY 1"""  # noqa: S608 -- our own

EMPTIED = f"""SET lock_timeout = '{LOCK_SECONDS}s';
DO $$ DECLARE found record; BEGIN
FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
EXECUTE format('DROP TABLE IF EXISTS public.%I CASCADE', found.tablename);
END LOOP; END $$;
"""  # noqa: S608 -- our own
"""Tables that a newer release added go as well: `migrate` makes them again."""

ALONE = f"""DO $$ BEGIN IF EXISTS (SELECT 1 {OTHERS}) THEN
RAISE EXCEPTION 'somebody connected to the database in the meantime'; END IF; END $$;
"""


class DumpError(Exception):
    """What a program of PostgreSQL says went wrong, in one line."""


@dataclass(frozen=True, slots=True)
class Target:
    """A database by the connection string that libpq reads, without its password, and the password apart."""

    connection: str
    password: str = ""


def write(database: Target, file: Path) -> None:
    """Write what a database holds at this moment to a file that is there. Readers and writers go on. Raises
    `DumpError`.
    """
    options = ("--format=custom", "--no-owner", "--no-privileges", f"--exclude-table={OF_INDEX}", f"--file={file}")
    _asked(database, "pg_dump", *options)


def fault_in(file: Path) -> str | None:
    """Why a file cannot serve as the database of a site, as the end of a sentence, or None. Reads all of it."""
    try:
        listed = _run("pg_restore", "--list", str(file))
        held = {line.split()[-2] for line in listed.splitlines() if " TABLE DATA public " in line}
        if MIGRATIONS not in held or not held.intersection(VERSIONS) or not content_version_in(file):
            return "is not a backup of Gatewijzer"
        _run("pg_restore", "--file=/dev/null", str(file))
    except DumpError as error:
        return f"cannot be read as a backup ({error})"
    return None


def migrations_in(file: Path, apps: list[str]) -> set[tuple[str, str]]:
    """The migrations of these apps that a backup has: app and name of each. Raises `DumpError`."""
    return {(row[1], row[2]) for row in _rows(file, MIGRATIONS) if row[1] in apps}


def content_version_in(file: Path) -> int:
    """The content version of a backup; 0 where it has none. Raises `DumpError`."""
    rows = [row for table in VERSIONS for row in _rows(file, table)]
    return max((int(row[1]) for row in rows if row[1].isdecimal()), default=0)


def tables_in(database: Target) -> set[str]:
    """The names of its tables, without those of the search index. Raises `DumpError` where it does not answer."""
    return set(_said(database, TABLES))


def content_version_of(database: Target) -> int:
    """The content version of a database; 0 where it has none. Raises `DumpError` where it does not answer."""
    there = tables_in(database).intersection(VERSIONS)
    numbers = [line for table in there for line in _said(database, f"SELECT number FROM {table}")]  # noqa: S608 -- our own
    return max(map(int, numbers), default=0)


def sessions_of(database: Target) -> list[str]:
    """Who else is connected to a database: the role and the address of each. Raises `DumpError`."""
    return _said(database, SESSIONS)


def put_in_place(file: Path, database: Target, number: int, now: datetime, folder: Path) -> None:
    """Replace all tables of a database by those of a backup, with this content version, in one transaction. `folder`
    has room for the script in the meantime. Raises `DumpError`, and the database is as it was.
    """
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=folder) as made:
        before, script, after = (Path(made) / name for name in ("before.sql", "backup.sql", "after.sql"))
        before.write_text(EMPTIED)
        options = ("--no-owner", "--no-privileges", "--no-comments", f"--file={script}")
        _run("pg_restore", *options, str(file))
        after.write_text(_afterwards(number, now, file.name))
        steps = [f"--file={step}" for step in (before, script, after)]
        _asked(database, "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", *steps)


def _afterwards(number: int, now: datetime, source: str) -> str:
    """What follows a restored backup, which may be of an earlier release, in the same transaction."""
    updates = {
        table: f"UPDATE public.{table} SET number = {number}, changed_at = '{now.isoformat()}'"  # noqa: S608 -- our own
        for table in VERSIONS
    }
    updates["faq_lease"] = "DELETE FROM public.faq_lease"
    updates[AUDIT] = (
        f"INSERT INTO public.{AUDIT} (made_at, account, way, means, action, kind, key, label, changes)"  # noqa: S608
        f" VALUES ('{now.isoformat()}', '', 'command', 'restore', 'restored', 'database', '', {_literal(source[:200])},"
        " '{}')"
    )
    known = "".join(
        f"SELECT to_regclass('public.{table}') IS NOT NULL AS is_there \\gset\n\\if :is_there\n{sql};\n\\endif\n"
        for table, sql in updates.items()
    )
    return known + ALONE


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _rows(file: Path, table: str) -> list[list[str]]:
    """The rows of a table in a backup, as `COPY` writes them."""
    told = _run("pg_restore", "--data-only", f"--table={table}", "--file=-", str(file)).splitlines()
    begins = next((number for number, line in enumerate(told) if line.startswith("COPY ")), len(told))
    rows = told[begins + 1 :]
    return [line.split("\t") for line in rows[: rows.index("\\.") if "\\." in rows else 0]]


def _said(database: Target, sql: str) -> list[str]:
    told = _asked(database, "psql", "--no-psqlrc", "--tuples-only", "--no-align", f"--command={sql}")
    return [line for line in told.splitlines() if line]


def _asked(database: Target, program: str, *arguments: str) -> str:
    """What a program says that connects to a database."""
    return _run(program, "--no-password", f"--dbname={database.connection}", *arguments, password=database.password)


def _run(program: str, *arguments: str, password: str = "") -> str:
    """What a program says. It finds the password in its environment, where libpq would prefer any other `PGPASSWORD`
    to a file with this one.
    """
    command = [str(_programs() / program), *arguments]
    environment = os.environ | {"PGPASSWORD": password} if password else None
    done = subprocess.run(  # noqa: S603 -- our own
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        errors = [line for line in told if "ERROR:" in line or "error:" in line] or told or [f"{program} failed"]
        raise DumpError(" ".join([errors[0], *(line.strip() for line in told if "server version:" in line)]))
    return done.stdout.decode(errors="replace")


def _programs() -> Path:
    """The folder of the newest client that is installed: one reads all older servers. Raises `DumpError`."""
    folders = sorted(INSTALLED_BELOW.glob("*/bin"), key=lambda found: (len(found.parent.name), found.parent.name))
    on_path = shutil.which("pg_dump")
    for folder in [*reversed(folders), *([Path(on_path).parent] if on_path else [])]:
        if all((folder / program).exists() for program in PROGRAMS):
            return folder
    raise DumpError(NO_PROGRAMS)
