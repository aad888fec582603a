"""Backing up while the site serves, and restoring after the database was destroyed in every usual way."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from config.databases import connection_string, database_of
from config.serving_lock import StillServing, nobody_serving
from faq.models import Entry
from faq.store import publishing
from tests.in_process import on_data_in, run_here
from tests.served import ROOT, served, with_few_entries

NAME = "gatewijzer.sqlite3"
OF_EXAMPLES = "slug = 'bgp' AND edition_id = (SELECT id FROM faq_edition WHERE code = '2016-12')"
TITLE = f"UPDATE faq_section SET title_nl = ? WHERE {OF_EXAMPLES}"  # noqa: S608 -- the words above
READ_TITLE = f"SELECT title_nl FROM faq_section WHERE {OF_EXAMPLES}"  # noqa: S608 -- the words above

KILLED_WRITER = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute(f"PRAGMA journal_mode={sys.argv[2]}")
connection.execute("PRAGMA cache_size=5")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE faq_translation SET html = html || html, plain = ''")
connection.execute("DELETE FROM auth_permission")
if sys.argv[2] == "wal":
    connection.execute("COMMIT")
os.kill(os.getpid(), signal.SIGKILL)
"""
"""Fills more pages than the cache holds: the rest is in the database, and how to undo it in the journal."""


def environment(folder: Path) -> dict[str, str]:
    """What a command on the data in a folder is told."""
    told = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return told | {"GATEWIJZER_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}


def command(*arguments: object) -> list[str]:
    """The command line of a command of the site in a process of its own."""
    return [sys.executable, str(ROOT / "manage.py"), *map(str, arguments)]


@pytest.fixture(scope="module", autouse=True)
def _unblocked(django_db_blocker: Any) -> Iterator[None]:
    """The commands open databases of their own."""
    with django_db_blocker.unblock():
        yield


def done(folder: Path, *arguments: object) -> str:
    """What a command says that must go well."""
    ran = run_here(folder, *arguments)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def refused(folder: Path, *arguments: object, database: Mapping[str, Any] | None = None) -> str:
    """The one line in which a command says why it refuses."""
    return reason_of(run_here(folder, *arguments, database=database))


def reason_of(ran: subprocess.CompletedProcess[str]) -> str:
    """The one line in which a command said why it refused."""
    assert ran.returncode == 1, ran.stderr
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1, ran.stderr
    return ran.stderr


def asked(database: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    """The rows that a database answers with, after the change if there is one."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(sql, values).fetchall()
        connection.commit()
        return rows


def version(database: Path) -> int:
    """The content version of a database."""
    return int(str(asked(database, "SELECT number FROM faq_contentversion")[0][0]))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, prepared_on_sqlite: Path) -> Path:
    """A data folder with the shipped content and an index of it, and a backup."""
    folder = tmp_path_factory.mktemp("loaded")
    shutil.copytree(prepared_on_sqlite / "data", folder, dirs_exist_ok=True)
    done(folder, "backup", folder / "backup")
    return folder


@pytest.fixture
def folder(loaded: Path, tmp_path: Path) -> Path:
    """A copy of it for one test, with a backup beside the folder."""
    copied = tmp_path / "var"
    shutil.copytree(loaded, copied)
    (copied / "backup").rename(tmp_path / "backup")
    return copied


def test_a_backup_is_a_whole_database_that_its_owner_alone_reads(folder: Path, tmp_path: Path) -> None:
    said = done(folder, "backup", tmp_path / "another")
    assert said.startswith(f"The database is in {tmp_path / 'another'} (")
    assert stat.S_IMODE((tmp_path / "another").stat().st_mode) == 0o600
    for table in ("faq_translation", "faq_deletion", "auth_permission", "django_migrations"):
        count = f"SELECT count(*) FROM {table}"  # noqa: S608 -- the tables above
        assert asked(tmp_path / "another", count) == asked(folder / NAME, count)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["another", "backup", "var"]
    assert done(folder, "backup", tmp_path / "silent", "-v", "0") == ""


def test_a_backup_replaces_no_file_unless_forced(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "backup").write_text("my own")
    assert "backup exists: choose another file, or replace it with --force." in refused(
        folder, "backup", tmp_path / "backup"
    )
    assert (tmp_path / "backup").read_text() == "my own"
    done(folder, "backup", tmp_path / "backup", "--force")
    assert asked(tmp_path / "backup", "PRAGMA integrity_check") == [("ok",)]


def test_a_backup_says_in_one_line_why_it_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    assert f"The folder {tmp_path / 'gone'} does not exist." in refused(folder, "backup", tmp_path / "gone" / "x")
    assert "is a folder" in refused(folder, "backup", folder)
    assert "is the database itself" in refused(folder, "backup", folder / NAME, "--force")
    assert "/proc/x could not be written: " in refused(folder, "backup", "/proc/x")
    assert "could not be written: " in refused(folder, "backup", tmp_path / ("x" * 254))
    assert sorted(tmp_path.rglob("*")) == before


def test_a_backup_on_a_full_disk_leaves_the_former_one(folder: Path, tmp_path: Path) -> None:
    before = (tmp_path / "backup").read_bytes()

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    ran = subprocess.run(
        command("backup", tmp_path / "backup", "--force"),
        env=environment(folder),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=little_room,
    )
    assert "backup could not be written: " in reason_of(ran)
    assert (tmp_path / "backup").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "var"]


def test_a_damaged_database_is_not_backed_up_over_a_sound_backup(folder: Path, tmp_path: Path) -> None:
    before = (tmp_path / "backup").read_bytes()
    asked(folder / NAME, "PRAGMA foreign_keys=OFF")
    asked(folder / NAME, "DELETE FROM faq_section WHERE slug = 'bgp'")
    assert "Nothing was written: the database is damaged" in refused(folder, "backup", tmp_path / "backup", "--force")
    assert (tmp_path / "backup").read_bytes() == before


def test_where_there_is_no_database_nothing_is_made(tmp_path: Path) -> None:
    assert "There is no database yet" in refused(tmp_path, "backup", tmp_path / "backup")
    assert not (tmp_path / NAME).exists()


def deleted(database: Path) -> None:
    database.unlink()


def overwritten(database: Path) -> None:
    with database.open("r+b") as file:
        for page in range(0, database.stat().st_size, 3 * 4096):
            file.seek(page)
            file.write(os.urandom(4096))


def damaged_behind_its_first_page(database: Path) -> None:
    with database.open("r+b") as file:
        for page in range(4096, database.stat().st_size, 2 * 4096):
            file.seek(page)
            file.write(b"\0" * 4096)


def emptied(database: Path) -> None:
    database.write_bytes(b"")


def left_by_a_killed_writer(database: Path, mode: str = "delete") -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED_WRITER, str(database), mode], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert database.with_name(NAME + {"delete": "-journal", "wal": "-wal"}[mode]).stat().st_size > 0


def left_by_a_killed_writer_in_wal_mode(database: Path) -> None:
    left_by_a_killed_writer(database, "wal")


def deleted_with_a_wal_left(database: Path) -> None:
    left_by_a_killed_writer(database, "wal")
    database.unlink()


def overwritten_with_a_journal_left(database: Path) -> None:
    left_by_a_killed_writer(database)
    overwritten(database)


def deleted_with_a_journal_left(database: Path) -> None:
    left_by_a_killed_writer(database)
    database.unlink()


def changed(database: Path) -> None:
    asked(database, TITLE, "Iets heel anders")
    asked(database, "UPDATE faq_contentversion SET number = number + 700")


LOST = [
    deleted,
    overwritten,
    damaged_behind_its_first_page,
    emptied,
    left_by_a_killed_writer,
    overwritten_with_a_journal_left,
    deleted_with_a_journal_left,
    left_by_a_killed_writer_in_wal_mode,
    deleted_with_a_wal_left,
    changed,
]


@pytest.mark.parametrize("lose", LOST)
def test_a_destroyed_database_is_restored(folder: Path, tmp_path: Path, lose: Callable[[Path], None]) -> None:
    database, backup = folder / NAME, tmp_path / "backup"
    title = asked(database, READ_TITLE)
    before = version(database)
    lose(database)
    was_there = database.exists()
    after = version(database) if lose is changed else before
    said = done(folder, "restore", backup)
    assert not [
        path for path in folder.iterdir() if path.name in {f"{NAME}{end}" for end in ("-journal", "-wal", "-shm")}
    ]
    assert asked(database, "PRAGMA integrity_check") == [("ok",)]
    assert asked(database, READ_TITLE) == title
    assert asked(database, "SELECT count(*) FROM auth_permission") == asked(
        backup, "SELECT count(*) FROM auth_permission"
    )
    assert version(database) > max(before, after)
    kept = folder / f"{NAME}.before-restore"
    assert kept.exists() == was_there
    assert (f"is kept in {kept}." in said) == was_there
    assert "migrate" not in said
    answers = "SELECT slug, language, html FROM faq_translation JOIN faq_entry ON entry_id = faq_entry.id ORDER BY 1, 2"
    assert asked(database, answers) == asked(backup, answers)


def test_what_was_restored_is_what_the_content_files_say(folder: Path, tmp_path: Path) -> None:
    changed(folder / NAME)
    done(folder, "restore", tmp_path / "backup")
    assert "0 new, 0 changed, 67 unchanged" in done(folder, "sync")


def test_every_database_that_was_replaced_is_kept(folder: Path, tmp_path: Path) -> None:
    asked(folder / NAME, TITLE, "Eerste")
    done(folder, "restore", tmp_path / "backup")
    asked(folder / NAME, TITLE, "Tweede")
    assert done(folder, "restore", tmp_path / "backup", "-v", "0") == ""
    kept = [folder / f"{NAME}.before-restore", folder / f"{NAME}.before-restore-2"]
    assert [asked(each, READ_TITLE) for each in kept] == [[("Eerste",)], [("Tweede",)]]


def test_the_version_rises_above_that_of_the_index(folder: Path, tmp_path: Path) -> None:
    asked(folder / NAME, "UPDATE faq_contentversion SET number = 900")
    done(folder, "index")
    (folder / NAME).unlink()
    done(folder, "restore", tmp_path / "backup")
    assert version(folder / NAME) > 900


def test_a_restored_file_may_be_read_by_whom_the_database_was(folder: Path, tmp_path: Path) -> None:
    (folder / NAME).chmod(0o640)
    done(folder, "restore", tmp_path / "backup")
    assert stat.S_IMODE((folder / NAME).stat().st_mode) == 0o640


def no_file(backup: Path) -> None:
    backup.unlink()


def another_database(backup: Path) -> None:
    backup.unlink()
    asked(backup, "CREATE TABLE django_migrations (id integer, app text, name text)")


def a_text(backup: Path) -> None:
    backup.write_text("# FAQ\n" * 1000)


def cut_off(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:100_000])


def of_a_newer_release(backup: Path) -> None:
    asked(backup, "INSERT INTO django_migrations (app, name, applied) VALUES ('faq', '9999_later', '2030-01-01')")


def with_rows_missing(backup: Path) -> None:
    asked(backup, "DELETE FROM faq_edition")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (no_file, "There is no file"),
        (another_database, "is not a database of Gatewijzer"),
        (emptied, "is not a database of Gatewijzer"),
        (a_text, "cannot be read as a database"),
        (cut_off, "cannot be read as a database"),
        (overwritten, "cannot be read as a database"),
        (of_a_newer_release, "is from a newer release, with migrations unknown here: faq 9999_later."),
        (with_rows_missing, "that is missing"),
    ],
)
def test_a_file_that_cannot_serve_is_refused(
    folder: Path, tmp_path: Path, spoil: Callable[[Path], None], reason: str
) -> None:
    spoil(tmp_path / "backup")
    before = (folder / NAME).read_bytes()
    assert reason in refused(folder, "restore", tmp_path / "backup")
    assert (folder / NAME).read_bytes() == before
    assert not [path for path in folder.iterdir() if "before-restore" in path.name]


def test_a_backup_of_an_older_release_is_restored_and_names_the_next_step(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / NAME, tmp_path / "of-this-release")
    done(folder, "migrate", "faq", "0005", "--skip-checks", "-v", "0")
    done(folder, "backup", tmp_path / "older")
    (tmp_path / "of-this-release").replace(folder / NAME)
    asked(folder / NAME, "UPDATE faq_contentversion SET number = 800")
    said = done(folder, "restore", tmp_path / "older")
    assert "It is from an older release: run `manage.py migrate` before you start the site." in said
    done(folder, "migrate", "--skip-checks", "-v", "0")
    assert version(folder / NAME) > 800


def test_a_database_that_somebody_uses_is_not_replaced(folder: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(folder / NAME, isolation_level=None)) as somebody:
        somebody.execute("BEGIN")
        somebody.execute("SELECT count(*) FROM faq_entry").fetchone()
        assert "stop it first" in refused(folder, "restore", tmp_path / "backup")
    done(folder, "restore", tmp_path / "backup")


def test_an_assistants_server_counts_as_serving(folder: Path, tmp_path: Path) -> None:
    with subprocess.Popen(
        command("mcp"),
        env=environment(folder),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as assistant:
        assert assistant.stdin
        assert assistant.stdout
        assistant.stdin.write('{"jsonrpc": "2.0", "id": 1, "method": "ping"}\n')
        assistant.stdin.flush()
        assert assistant.stdout.readline()
        assert "The site is serving" in refused(folder, "restore", tmp_path / "backup")
        assistant.stdin.close()
    done(folder, "restore", tmp_path / "backup")


def publish(folder: Path, word: str) -> None:
    """Publish an answer in which a word stands, as another process than the site."""
    with on_data_in(folder):
        entry = Entry.objects.get(edition__code="2016-12", slug="what-is-expressroute")
        content = publishing.working_content(entry)
        text = replace(content.texts["nl"], answer=f"**{word}.** Meer niet.")
        publishing.publish(entry, content.with_text("nl", text))


def read(address: str) -> str:
    """What a reader gets."""
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 -- our own server
        return str(answer.read().decode())


def indexed(folder: Path) -> int:
    """The content version of the index in a data folder."""
    name = (folder / "index" / "current").read_text().strip()
    return int(json.loads((folder / "index" / name / "sealed.json").read_text())["content_version"])


def test_a_site_goes_on_from_what_was_restored(
    folder: Path, tmp_path: Path, prepared_on_sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused while it serves; after it was stopped, readers, publishing and search go on from the backup."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    entry = "/nl/faq/what-is-expressroute/?edition=2016-12"
    search = "/api/v1/search?lang=nl&q=zandbak&edition=2016-12"
    few = with_few_entries(prepared_on_sqlite, tmp_path / "few", "what-is-expressroute")
    with served(folder, prepared=few, more=("--workers", "1", "--no-indexer")) as site:
        publish(folder, "Een zandbak")
        done(folder, "backup", tmp_path / "of-now")
        publish(folder, "Verkeerd")
        assert "Verkeerd" in read(site.origin + entry)
        assert "The site is serving from this database: stop it first" in refused(
            folder, "restore", tmp_path / "of-now"
        )
        assert "Verkeerd" in read(site.origin + entry)
        with pytest.raises(StillServing), nobody_serving(folder / NAME):
            pass
    done(folder, "restore", tmp_path / "of-now")
    assert indexed(folder) < version(folder / NAME)
    with served(folder, as_it_is=True, more=("--workers", "1")) as site:
        assert "Een zandbak" in read(site.origin + entry)
        assert "what-is-expressroute" in read(site.origin + search)
        until = time.monotonic() + 60
        while indexed(folder) != version(folder / NAME):
            assert time.monotonic() < until, "nobody builds the index"
            time.sleep(0.05)
        publish(folder, "Hersteld")
        assert "Hersteld" in read(site.origin + entry)
        parts = json.loads(read(f"{site.origin}/readyz"))["parts"]
        assert (parts["database"], parts["writing"]) == ("ok", "ok")


@pytest.mark.parametrize("name", ["backup", "restore"])
def test_a_postgresql_that_does_not_answer_is_told_without_the_password(
    folder: Path, tmp_path: Path, name: str
) -> None:
    database = database_of("postgresql://gate:open-sesame@127.0.0.1:9/wijzer")
    file = tmp_path / {"backup": "new", "restore": "backup"}[name]
    said = refused(folder, name, file, database=database)
    assert said.startswith(f"CommandError: Nothing was {'written' if name == 'backup' else 'changed'}: ")
    assert "127.0.0.1" in said
    assert "sesame" not in said
    assert not (tmp_path / "new").exists()


def test_what_programs_of_postgresql_are_told_quotes_as_libpq_reads() -> None:
    database = database_of("postgresql://o%27brien:x@/my%20site?host=/run/postgresql")
    assert connection_string(database) == "host=/run/postgresql user='o\\'brien' dbname='my site'"


def test_nobody_reading_what_is_said_is_no_error(folder: Path, tmp_path: Path) -> None:
    for arguments in (["backup", tmp_path / "piped"], ["restore", tmp_path / "backup"]):
        reading, writing = os.pipe()
        os.close(reading)
        ran = subprocess.run(
            command(*arguments),
            env=environment(folder),
            cwd=ROOT,
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        os.close(writing)
        assert (ran.returncode, ran.stderr) == (0, "")
