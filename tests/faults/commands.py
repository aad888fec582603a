"""Kills of the commands that write: at a random moment of their work, after which the same command is run again.

`python -m tests.faults.commands KIND KILLS SEED FOLDER` works on a data folder, and prints what it counted. Django is
loaded once; each command runs in a process that branches off from this one, so that every kill falls into its work.
"""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import sys
import time
from abc import ABC, abstractmethod
from contextlib import closing
from dataclasses import asdict
from functools import partial
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from tests.bench.loading import document
from tests.faults.killing import Counted, killed_after

NAME = "gatewijzer.sqlite3"
NOTHING, ALL = "nothing", "all"
SLUG = "what-is-expressroute"


class Killed(ABC):
    """A command that is killed: how it begins, what it does, and how much of it is there."""

    name: str

    def __init__(self, folder: Path) -> None:
        self.folder, self.database = folder, folder / NAME
        self.begun = folder.with_name(f"{folder.name}-begun")
        self.prepare()
        shutil.copytree(folder, self.begun)

    @abstractmethod
    def prepare(self) -> None:
        """Bring the folder to where there is something to do."""

    @abstractmethod
    def work(self) -> None:
        """Do it, in a process that may be killed."""

    @abstractmethod
    def done(self) -> str:
        """How much of it is there: `nothing`, `all`, or what is half done."""

    def again(self) -> None:
        """Do it again after a kill, to the end."""
        self.work()

    def over(self) -> None:
        """Begin again."""
        shutil.rmtree(self.folder)
        shutil.copytree(self.begun, self.folder)

    def asked(self, sql: str) -> list[tuple[object, ...]]:
        """What the database answers."""
        with closing(sqlite3.connect(self.database, 20)) as connection:
            return connection.execute(sql).fetchall()

    def damage(self) -> list[tuple[object, ...]]:
        """What SQLite finds wrong with the database."""
        found = [row for row in self.asked("PRAGMA integrity_check") if row != ("ok",)]
        return found + self.asked("PRAGMA foreign_key_check")


class Import(Killed):
    """`import_faq` of a document."""

    name = "import_faq"
    ENTRIES = 30

    def prepare(self) -> None:
        (self.folder / "made-up.md").write_text(document(self.ENTRIES), encoding="utf-8")

    def work(self) -> None:
        file = str(self.folder / "made-up.md")
        call_command("import_faq", file, "--lang", "en", "--edition", "2000-01", "--verbosity", "0")

    def done(self) -> str:
        of_it = "FROM faq_entry e JOIN faq_edition d ON d.id = e.edition_id WHERE d.code = '2000-01'"
        sql = f"SELECT count(*), count((SELECT html FROM faq_translation WHERE entry_id = e.id)) {of_it}"  # noqa: S608
        counts = self.asked(sql)[0]
        if counts == (0, 0):
            return NOTHING
        return ALL if counts == (self.ENTRIES, self.ENTRIES) else f"entries and texts: {counts}"


class Sync(Killed):
    """`sync` that finds entries in the content files which the database lacks."""

    name = "sync"
    COUNTS = (
        "SELECT d.code, count(DISTINCT e.id), count(t.id) FROM faq_edition d "
        "LEFT JOIN faq_entry e ON e.edition_id = d.id "
        "LEFT JOIN faq_translation t ON t.entry_id = e.id GROUP BY d.code ORDER BY d.code"
    )

    def prepare(self) -> None:
        self.whole = self.asked(self.COUNTS)
        with closing(sqlite3.connect(self.database)) as connection:
            tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            for table in tables:
                for row in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall():
                    if row[2] == "faq_entry":
                        connection.execute(f"DELETE FROM {table} WHERE {row[3]} % 4 = 0")  # noqa: S608 -- names of SQLite
            connection.execute("DELETE FROM faq_entry WHERE id % 4 = 0")
            connection.commit()
        self.less = self.asked(self.COUNTS)

    def work(self) -> None:
        call_command("sync", verbosity=0)

    def done(self) -> str:
        now = self.asked(self.COUNTS)
        by_edition = [
            NOTHING if counts == less else ALL if counts == whole else str(counts)
            for counts, less, whole in zip(now, self.less, self.whole, strict=True)
        ]
        if set(by_edition) <= {NOTHING, ALL}:  # each edition wholly or not at all
            return ALL if set(by_edition) == {ALL} else NOTHING
        return f"editions: {by_edition}"


class Index(Killed):
    """`index`, for a content version that the index lacks: whatever is there, searches answer."""

    name = "index"

    def prepare(self) -> None:
        with closing(sqlite3.connect(self.database)) as connection:
            connection.execute("UPDATE faq_contentversion SET number = number + 1000")
            connection.commit()

    def work(self) -> None:
        call_command("index", verbosity=0)

    def done(self) -> str:
        if killed_after(self._search) != 0:
            return "searches fail"
        return ALL if killed_after(self._look) == 0 else NOTHING

    @staticmethod
    def _search() -> None:
        from faq.search.service import find
        from faq.store.editions import default_edition

        found = find("expressroute", "en", default_edition(), limit=20)
        sys.exit(0 if found.total else 3)

    @staticmethod
    def _look() -> None:
        from faq.search.indexer import why_behind

        sys.exit(3 if why_behind() else 0)


class Indexer(Index):
    """The process that keeps the index up to date, started again."""

    name = "indexer"

    def work(self) -> None:
        call_command("indexer")

    def again(self) -> None:
        from faq.search.indexer import ensure_index

        ensure_index()


class Migrate(Killed):
    """`migrate` of a database with content from an older schema."""

    name = "migrate"
    OLDER = (("faq", "0013"), ("advisor", "0001"))
    SCHEMA = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
    APPLIED = "SELECT app, name FROM django_migrations ORDER BY app, name"

    def prepare(self) -> None:
        self.words = self.asked("SELECT count(*), sum(length(answer)) FROM faq_translation")
        self.newest = self.asked(self.APPLIED)
        for app, number in self.OLDER:
            if killed_after(partial(call_command, "migrate", app, number, verbosity=0, skip_checks=True)):
                raise RuntimeError(f"{app} does not go back to {number}")

    def work(self) -> None:
        call_command("migrate", verbosity=0, skip_checks=True)

    def done(self) -> str:
        applied = self.asked(self.APPLIED)
        if self.asked("SELECT count(*), sum(length(answer)) FROM faq_translation") != self.words:
            return "content is lost"
        if left := [name for _, name, _ in self.asked(self.SCHEMA) if str(name).startswith("new__")]:
            return f"left over: {left}"
        return ALL if applied == self.newest else NOTHING


class Backup(Killed):
    """`backup` over a backup that is there."""

    name = "backup"

    def prepare(self) -> None:
        self.file = self.folder / "backup"
        if killed_after(self.work):
            raise RuntimeError("no backup")
        with closing(sqlite3.connect(self.database)) as connection:
            connection.execute("UPDATE faq_contentversion SET number = number + 1000")
            connection.commit()

    def work(self) -> None:
        call_command("backup", str(self.file), "--force", verbosity=0)

    def done(self) -> str:
        from faq.store.database_file import content_version_in, fault_in

        if fault := fault_in(self.file):
            return f"the backup {fault}"
        return ALL if content_version_in(self.file) == content_version_in(self.database) else NOTHING


class Restore(Backup):
    """`restore` of a backup."""

    name = "restore"

    def work(self) -> None:
        call_command("restore", str(self.file), verbosity=0)

    def prepare(self) -> None:
        self.file = self.folder / "backup"
        if killed_after(lambda: call_command("backup", str(self.file), verbosity=0)):
            raise RuntimeError("no backup")
        with closing(sqlite3.connect(self.database)) as connection:
            connection.execute("UPDATE faq_section SET title_nl = 'na de kopie'")
            connection.commit()

    def done(self) -> str:
        if not self.database.exists():
            return "there is no database"
        titles = self.asked("SELECT count(*), count(*) FILTER (WHERE title_nl = 'na de kopie') FROM faq_section")
        (total, changed), *_ = titles
        return {total: NOTHING, 0: ALL}.get(changed, f"{changed} of {total} titles")


KINDS: dict[str, type[Killed]] = {kind.name: kind for kind in (Import, Sync, Index, Indexer, Migrate, Backup, Restore)}


def count_kills(kind: Killed, kills: int, seed: int) -> Counted:
    """Kill a command so many times, at moments that a seed gives, and look after each."""
    chance = random.Random(f"{kind.name}{seed}")  # noqa: S311 -- moments, not secrets
    counted = Counted(kind.name)
    began = time.monotonic()
    if kind.name == Indexer.name:
        killed_after(kind.again)
    elif killed_after(kind.work) != 0:
        raise RuntimeError(f"{kind.name} does not work")
    took = time.monotonic() - began
    if kind.done() != ALL:
        raise RuntimeError(f"{kind.name}: {kind.done()}")
    for _ in range(kills):
        kind.over()
        status = killed_after(kind.work, chance.uniform(0, took))
        counted.kills += status is None
        counted.too_late += status is not None
        counted.acknowledged += status == 0
        died = time.monotonic()
        there = kind.done()
        counted.lost += status == 0 and there != ALL
        if there not in (NOTHING, ALL):
            counted.half_done += 1
            counted.notes.append(there)
        if damage := kind.damage():
            counted.damaged += 1
            counted.notes.append(str(damage[:2]))
        if killed_after(kind.again) == 0 and kind.done() == ALL:
            counted.ready_seconds.append(time.monotonic() - died)
        else:
            counted.notes.append(f"not well again: {kind.done()}")
    return counted


def main() -> None:
    """Count, and print it as JSON."""
    name, kills, seed, folder = sys.argv[1:]
    django.setup()
    if Path(settings.DATABASES["default"]["NAME"]) != Path(folder) / NAME:
        raise SystemExit("the settings name another database")
    apps.check_apps_ready()
    print(json.dumps(asdict(count_kills(KINDS[name](Path(folder)), int(kills), int(seed)))))


if __name__ == "__main__":
    main()
