"""Backing up while the site serves from PostgreSQL, and restoring after the database was lost."""

from __future__ import annotations

import re
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

from tests.faults.publishing import SLUG
from tests.faults.replicated import Editor, Replicated, until_ready
from tests.faults.visitor import Browser, until
from tests.postgres import Server, another_database, replica_of
from tests.postgres import server as postgresql_server
from tests.served import ACCOUNTS, ROOT, Site, database_of, environment_of, served, server_of_tests


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[Server]:
    """A server of its own with the shipped content of that of the tests, and two accounts."""
    with postgresql_server() as made:
        dump = made.folder / "dump"
        with another_database(server_of_tests(), database_of(prepared)) as url:
            made.run("pg_dump", "--format=custom", "--no-owner", "--file", dump, "--dbname", url)
        made.run("pg_restore", "--no-owner", "--dbname", made.url, dump)
        folder = tmp_path_factory.mktemp("accounts")
        loaded = Site("", environment_of(folder, made.url))
        loaded.manage("shell", "--verbosity", "0", "--command", ACCOUNTS)
        yield made


@pytest.fixture
def site(server: Server, tmp_path: Path) -> Site:
    """Commands on its database, with a data folder of their own."""
    (tmp_path / "data").mkdir()
    return Site("", environment_of(tmp_path / "data", server.url))


def refused(site: Site, *arguments: object) -> str:
    """The one line in which a command says why it refuses."""
    command = [sys.executable, str(ROOT / "manage.py"), *map(str, arguments)]
    ran = subprocess.run(command, env=site.environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (1, "", 1), ran.stderr
    return ran.stderr


def held(server: Server) -> list[tuple[object, ...]]:
    """What a test compares: the answers, the accounts and the content version."""
    rows = server.asked(
        "SELECT slug, language, html FROM faq_translation JOIN faq_entry e ON e.id = entry_id ORDER BY 1, 2"
    )
    return [*rows, *server.asked("SELECT username, password FROM auth_user ORDER BY 1"), (version(server),)]


def version(server: Server) -> int:
    """The content version."""
    return int(server.asked("SELECT number FROM faq_contentversion")[0][0])


ACCOUNT = "gatewijzer"
SECRET = "ge:heim\\1"
RULES = f"""local all all trust
host all postgres 127.0.0.1/32 trust
host replication postgres 127.0.0.1/32 trust
host all {ACCOUNT} 127.0.0.1/32 scram-sha-256
"""


@contextmanager
def lost(server: Server) -> Iterator[None]:
    """The server is gone with all its data, until the block ends."""
    elsewhere = server.folder / "elsewhere"
    server.stop()
    server.data.rename(elsewhere)
    try:
        yield
    finally:
        elsewhere.rename(server.data)
        server.start()


@contextmanager
def new_server() -> Iterator[tuple[Server, Server, str]]:
    """An empty server with a replica, and the URL by which an account of little power reaches it: with a password."""
    with postgresql_server() as made:
        (made.data / "pg_hba.conf").write_text(RULES)
        made.asked(f"CREATE ROLE {ACCOUNT} LOGIN PASSWORD '{SECRET}'")
        made.asked(f"ALTER DATABASE postgres OWNER TO {ACCOUNT}")
        made.asked("SELECT pg_reload_conf()")
        with replica_of(made) as replica:
            yield made, replica, made.url.replace("postgres@", f"{ACCOUNT}:{quote(SECRET, safe='')}@")


class CommandLines(threading.Thread):
    """The command lines of all processes that begin with a program of PostgreSQL, until told to stop."""

    def __init__(self) -> None:
        super().__init__()
        self.ended, self.seen = threading.Event(), set[str]()

    def run(self) -> None:
        """Look again and again."""
        while not self.ended.wait(0.002):
            for file in Path("/proc").glob("[0-9]*/cmdline"):
                with suppress(OSError):
                    line = file.read_text(errors="replace").replace("\0", " ")
                    if re.match(r"\S*(pg_dump|pg_restore|psql)\s", line):
                        self.seen.add(line)


@contextmanager
def password_is_on_no_command_line(*programs: str) -> Iterator[None]:
    """While these programs run, which are seen."""
    watch = CommandLines()
    watch.start()
    try:
        yield
    finally:
        watch.ended.set()
        watch.join()
    assert all(any(program in line for line in watch.seen) for program in programs), watch.seen
    assert not [line for line in watch.seen if SECRET in line or quote(SECRET, safe="") in line]


def test_what_was_acknowledged_before_the_backup_is_served_again_by_another_server(
    server: Server, site: Site, tmp_path: Path, prepared: Path
) -> None:
    """The first one is lost. The other one has a replica, and an account that owns its database alone. The web machine
    has an index that knows more than the backup.
    """
    backup = tmp_path / "backup"
    server.asked("CREATE EXTENSION IF NOT EXISTS pg_trgm")  # of the search engine in the database
    settings = {"DATABASE_URL": server.url}
    with served(tmp_path / "one", prepared=prepared, settings=settings) as serving:
        editor = Editor(Replicated(serving, server, server))
        assert editor.publish("kwxbefore") == 302
        said = site.manage("backup", str(backup))
        assert said.startswith(f"The database is in {backup} (")
        assert stat.S_IMODE(backup.stat().st_mode) == 0o600
        assert editor.publish("kwxafter") == 302
        before = version(server)
        assert "Connected: postgres from 127.0.0.1." in refused(site, "restore", backup)
        assert version(server) == before
    with lost(server), new_server() as (made, replica, url):
        careful = Site("", site.environment | {"DATABASE_URL": url, "PGPASSWORD": "another"})
        with password_is_on_no_command_line("pg_restore", "psql"):
            said = careful.manage("restore", str(backup))
        assert "is kept" not in said
        assert SECRET not in said
        wrong = Site("", careful.environment | {"DATABASE_URL": url.replace("heim", "raden")})
        said = refused(wrong, "restore", backup)
        assert ("password authentication failed" in said, "raden" in said) == (True, False)
        assert version(made) > before
        both = {"DATABASE_URL": url, "DATABASE_REPLICA_URLS": url.replace(f":{made.port}", f":{replica.port}")}
        with served(tmp_path / "one", as_it_is=True, settings=both) as serving:
            until_ready(serving)
            reader = Browser(serving.origin)
            assert "kwxbefore" in reader.ask(f"/en/faq/{SLUG}/")[1]
            until(lambda: SLUG in reader.ask("/api/v1/search?q=kwxbefore&lang=en")[1], 30)
            assert "kwxafter" not in reader.ask("/api/v1/search?q=kwxafter&lang=en")[1].partition("results")[2]
            assert Editor(Replicated(serving, made, replica)).publish("kwxlater") == 302
        later = version(made)
        with password_is_on_no_command_line("pg_dump", "pg_restore", "psql"):
            careful.manage("restore", str(backup))
        until(lambda: version(replica) == version(made) > later, 30)
        texts = "SELECT string_agg(html, '') FROM faq_translation"
        (((of_replica,),), ((of_primary,),)) = replica.asked(texts), made.asked(texts)
        assert of_replica == of_primary
        assert ("kwxbefore" in of_replica, "kwxlater" in of_replica) == (True, False)


def test_a_database_that_is_replaced_is_kept_as_a_backup(server: Server, site: Site, tmp_path: Path) -> None:
    site.manage("backup", str(tmp_path / "backup"))
    assert "exists: choose another file" in refused(site, "backup", tmp_path / "backup")
    server.asked("UPDATE faq_section SET title_nl = 'Iets anders'")
    server.asked("CREATE TABLE faq_of_a_newer_release (id integer)")
    said = site.manage("restore", str(tmp_path / "backup"))
    kept = tmp_path / "data" / "gatewijzer.before-restore"
    assert f"is kept in {kept}, as a backup." in said
    assert server.asked("SELECT count(*) FROM faq_section WHERE title_nl = 'Iets anders'") == [(0,)]
    assert server.asked("SELECT to_regclass('faq_of_a_newer_release')") == [(None,)]
    assert server.asked("SELECT label FROM faq_auditrecord WHERE action = 'restored' ORDER BY id DESC LIMIT 1") == [
        ("backup",)
    ]
    server.asked("DROP TABLE IF EXISTS faq_of_a_newer_release")
    site.manage("restore", str(kept))
    assert server.asked("SELECT count(*) FROM faq_section WHERE title_nl <> 'Iets anders'") == [(0,)]
    site.manage("restore", str(tmp_path / "backup"))


def test_a_file_that_cannot_serve_is_refused(server: Server, site: Site, tmp_path: Path) -> None:
    backup, spoiled = tmp_path / "backup", tmp_path / "spoiled"
    site.manage("backup", str(backup))
    before = held(server)
    assert "There is no file" in refused(site, "restore", spoiled)
    spoiled.write_text("# FAQ\n" * 1000)
    assert "cannot be read as a backup" in refused(site, "restore", spoiled)
    spoiled.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])
    assert "cannot be read as a backup" in refused(site, "restore", spoiled)
    server.asked("INSERT INTO django_migrations (app, name, applied) VALUES ('faq', '9999_later', now())")
    site.manage("backup", str(tmp_path / "newer"))
    server.asked("DELETE FROM django_migrations WHERE name = '9999_later'")
    told = refused(site, "restore", tmp_path / "newer")
    assert "is from a newer release, with migrations unknown here: faq 9999_later." in told
    assert held(server) == before


def test_a_restore_that_fails_leaves_everything(server: Server, site: Site, tmp_path: Path) -> None:
    """What is in the way is of a kind that a restore does not remove."""
    site.manage("backup", str(tmp_path / "backup"))
    before = held(server)
    server.asked("CREATE TABLE portal_in_the_way (id integer)")
    server.asked("CREATE VIEW public.of_somebody AS SELECT 1 AS one")
    server.asked("ALTER VIEW public.of_somebody RENAME TO zzz")
    site.manage("backup", str(tmp_path / "with-a-view"))
    server.asked("DROP TABLE portal_in_the_way")
    assert "Nothing was changed: " in refused(site, "restore", tmp_path / "with-a-view")
    assert held(server) == before
    server.asked("DROP VIEW zzz")


@contextmanager
def another(server: Server, site: Site, template: str) -> Iterator[tuple[Site, Callable[[str], list[Any]]]]:
    """Commands on a database that is made from a template, and what asks it."""
    with another_database(server.url, template) as url:

        def asked(sql: str) -> list[Any]:
            with psycopg.connect(url, autocommit=True) as connection:
                found = connection.execute(sql)
                return found.fetchall() if found.description else []

        yield Site("", site.environment | {"DATABASE_URL": url}), asked


def test_a_database_of_something_else_is_left_alone(server: Server, site: Site, tmp_path: Path) -> None:
    site.manage("backup", str(tmp_path / "backup"))
    with another(server, site, "template1") as (of_portal, asked):
        asked("CREATE TABLE orders (id integer)")
        assert "the database holds tables of something else" in refused(of_portal, "restore", tmp_path / "backup")
        assert asked("SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == [("orders",)]


def test_a_database_that_cannot_be_kept_is_not_replaced(server: Server, site: Site, tmp_path: Path) -> None:
    """A file of one of its tables is gone, so that it cannot be backed up any more."""
    site.manage("backup", str(tmp_path / "backup"))
    with another(server, site, "postgres") as (broken, asked):
        asked("UPDATE faq_section SET title_nl = 'Van daarna'")
        ((file,),) = asked("SELECT pg_relation_filepath('faq_entry')")
        server.asked("CHECKPOINT")
        (server.data / file).unlink()
        assert "Nothing was changed: " in refused(broken, "restore", tmp_path / "backup")
        assert asked("SELECT DISTINCT title_nl FROM faq_section") == [("Van daarna",)]
    assert not (tmp_path / "data/gatewijzer.before-restore").exists()
