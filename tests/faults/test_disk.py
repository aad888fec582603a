"""A served site on a disk that takes no changes any more, halfway through one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.publishing import NAME, SLUG, START_SECONDS, Editor, Server
from tests.faults.visitor import Browser, readiness, seconds_until_ready
from tests.forms import forms_of
from tests.served import ACCOUNTS, with_few_entries

ROOM = 65_536
"""Bytes that a file may have: fewer than what SQLite writes down before it changes anything."""

WITHOUT_RIGHTS = ("setpriv", "--inh-caps=-all", "--bounding-set=-all") if os.geteuid() == 0 else ()
"""Before a command: root heeds the permissions of files as any other account does."""

READ = (
    "/nl/",
    f"/nl/faq/{SLUG}/",
    f"/en/faq/{SLUG}/?edition=2016-12",
    "/nl/faq/",
    "/nl/limits/",
    "/nl/search/?q=expressroute",
    "/en/search/?q=never+asked+before",
    "/api/v1/search?q=tunnel&lang=en",
    "/nl/advice/result/?clients=41",
    "/sitemap.xml",
    f"/embed/nl/{SLUG}",
    f"/nl/faq/{SLUG}.md",
)
"""A page of each kind."""

BROKEN_OFF = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size=5")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE faq_translation SET html = 'half done', plain = ''")
os.kill(os.getpid(), signal.SIGKILL)
"""
"""A writer that is killed while some of its pages are in the file already."""


@pytest.fixture
def server(tmp_path: Path, prepared_on_sqlite: Path) -> Iterator[Server]:
    """A site of its own, which is not started yet."""
    made = Server(tmp_path / "site")
    shutil.copytree(prepared_on_sqlite / "data", made.folder)
    yield made
    made.stop()
    set_permissions(made.folder, 0o755, 0o644)


def set_permissions(folder: Path, of_folders: int, of_files: int) -> None:
    """Set them for a folder and all that is in it."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(of_folders if path.is_dir() else of_files)


def test_a_full_disk_stops_no_reader_and_an_editor_gets_the_form_back(
    server: Server, tmp_path: Path, prepared_on_sqlite: Path
) -> None:
    few = with_few_entries(prepared_on_sqlite, tmp_path / "few", SLUG)
    shutil.copytree(few / "data", server.folder, dirs_exist_ok=True)
    server.manage("shell", "--verbosity", "0", "--command", ACCOUNTS)
    server.start()
    assert seconds_until_ready(server.origin, time.monotonic()) is not None
    editor = Editor(server)
    before, form = editor.stored(), editor.filled("kwxfull")
    for pid in server.everything():
        subprocess.run(["prlimit", "--pid", str(pid), f"--fsize={ROOM}:"], check=True)
    status, page = editor.browser.ask(editor.page, form)
    assert status == 503
    assert any("kwxfull" in value for found in forms_of(page) for _, value in found.fields)
    reader = Browser(server.origin)
    assert {path: reader.ask(path)[0] for path in (*READ, *READ)} == dict.fromkeys(READ, 200)
    for pid in server.everything():
        subprocess.run(["prlimit", "--pid", str(pid), "--fsize=unlimited:"], check=True)
    assert seconds_until_ready(server.origin, time.monotonic()) is not None
    assert editor.stored() == before
    assert editor.publish(editor.filled("kwxafter")) == 302
    assert editor.is_found("kwxafter")
    assert editor.damage() == []


def test_a_site_that_can_write_nothing_starts_and_serves_readers_also_after_a_change_that_was_broken_off(
    server: Server,
) -> None:
    database = server.folder / NAME
    subprocess.run([sys.executable, "-c", BROKEN_OFF, str(database)], check=False)
    assert database.with_name(f"{NAME}-journal").stat().st_size > 0
    set_permissions(server.folder, 0o555, 0o444)
    server.start("--no-indexer", before=WITHOUT_RIGHTS)
    reader, until = Browser(server.origin), time.monotonic() + START_SECONDS
    while reader.ask("/healthz")[0] != 200 and time.monotonic() < until:
        time.sleep(0.2)
    assert {path: reader.ask(path)[0] for path in (*READ, *READ)} == dict.fromkeys(READ, 200)
    assert "half done" not in reader.ask(f"/en/faq/{SLUG}/?edition=2016-12&x=1")[1]
    told = readiness(server.origin)
    assert told["status"] == "degraded"
    assert told["parts"]["database"] == "ok"
    assert "readonly" in told["parts"]["writing"]
    assert "each process counts by itself" in told["parts"]["quotas"]
    status, page = reader.ask(f"/nl/faq/{SLUG}/feedback/", {"reason": [""], "text": ["Een zin van een lezer."]})
    assert status == 503
    assert "Een zin van een lezer." in page
    set_permissions(server.folder, 0o755, 0o644)
    assert seconds_until_ready(server.origin, time.monotonic()) is not None
    assert not database.with_name(f"{NAME}-journal").exists()
    status, _ = reader.ask(f"/nl/faq/{SLUG}/feedback/", {"reason": [""], "text": ["Een zin van een lezer."]})
    assert status == 302
