"""How every command behaves: on a closed pipe, without colors, without a word, and asked for its version."""

from __future__ import annotations

import os
import pty
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from faq.management.commands import index
from tests.every import some
from tests.in_process import on_data_in, run_here, status_of
from tests.served import DATABASE, ROOT

Here = Callable[..., subprocess.CompletedProcess[str]]
MANAGE = [sys.executable, str(ROOT / "manage.py")]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, prepared_on_sqlite: Path) -> Path:
    """A data folder with the shipped content."""
    folder = tmp_path_factory.mktemp("data") / "data"
    shutil.copytree(prepared_on_sqlite / "data", folder)
    return folder


@pytest.fixture
def here(django_db_blocker: Any) -> Iterator[Here]:
    """Runs a command on a data folder in this process."""
    with django_db_blocker.unblock():
        yield run_here


def on(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a process that works on a data folder."""
    return os.environ | {"GATEWIJZER_DATA": str(folder), "DATABASE_URL": f"sqlite:///{folder}/{DATABASE}"} | more


def test_a_process_ends_quietly_when_nobody_reads_on(data: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*MANAGE, "search", "bgp"], env=on(data), cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert done.returncode == 141
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["search", "--json", "bgp"],
        ["search", "zzzzqqqq"],
        ["sync", "--dry-run"],
        ["advise", "-", "--format", "json"],
        ["help"],
    ],
)
def test_a_command_ends_quietly_when_nobody_reads_on(
    data: Path, tmp_path: Path, command: list[str], django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"{}")))
    with (
        django_db_blocker.unblock(),
        (tmp_path / "errors").open("w") as errors,
        os.fdopen(writing, "w") as nobody,
        on_data_in(data),
        redirect_stdout(nobody),
        redirect_stderr(errors),
    ):
        assert status_of(["manage.py", *command]) == 141
    told = (tmp_path / "errors").read_text()
    assert "Traceback" not in told
    assert "BrokenPipe" not in told


@pytest.mark.parametrize(
    "command",
    some(
        [["search", "--edition", "1999", "x"], ["nonsense"], ["check", "--tag", "nonsense"], ["migrate", "--plan"]], 2
    ),
)
def test_no_color_is_heeded_on_a_terminal(data: Path, command: list[str]) -> None:
    def told(**more: str) -> bytes:
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            [*MANAGE, *command], env=on(data, TERM="xterm", **more), cwd=ROOT, stdout=theirs, stderr=theirs
        ):
            os.close(theirs)
            read = b""
            try:
                while part := os.read(ours, 4096):
                    read += part
            except OSError:
                pass  # the end of a terminal
        os.close(ours)
        return read

    assert b"\x1b[" not in told(NO_COLOR="1")
    assert b"\x1b[" in told(NO_COLOR="") or command[0] == "nonsense"


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["sync", "index"])
def test_verbosity_0_says_nothing(command: str) -> None:
    out, err = StringIO(), StringIO()
    call_command(command, verbosity=0, stdout=out, stderr=err)
    assert (out.getvalue(), err.getvalue()) == ("", "")


@pytest.mark.django_db
def test_progress_ends_at_100_percent(monkeypatch: pytest.MonkeyPatch) -> None:
    def build(progress: index.Progress) -> int:
        progress(1, 7)
        progress(6, 7)
        return 134

    monkeypatch.setattr(index, "TOLD_EVERY", 0)
    monkeypatch.setattr(index, "build_index", build)
    out = StringIO()
    call_command("index", stdout=out)
    assert [line.split()[2] for line in out.getvalue().splitlines()] == ["14%", "86%", "100%", "134"]


@pytest.mark.parametrize("command", [["--version"], ["version"], ["search", "--version"]])
def test_the_version_is_that_of_the_site(command: list[str], tmp_path: Path, here: Here) -> None:
    done = here(tmp_path, *command)
    assert done.returncode == 0
    assert done.stdout.startswith("Gatewijzer 0.1.0 (Django 5.2")


def test_the_help_of_advise_says_where_the_fields_are(tmp_path: Path, here: Here) -> None:
    done = here(tmp_path, "advise", "--help")
    assert done.returncode == 0
    told = " ".join(done.stdout.split())
    for place in ("/api/v1/openapi.json", "docs/embedding-and-api.md", "/en/api/"):
        assert place in told


def test_what_is_no_json_is_told_without_an_empty_path(data: Path, tmp_path: Path, here: Here) -> None:
    file = tmp_path / "design.json"
    file.write_text("{\n")
    done = here(data, "advise", file)
    assert done.returncode == 2
    assert done.stderr.startswith(f"{file}: ")
    assert "{" not in done.stderr


@pytest.mark.parametrize("command", [["search", "bgp"], ["sync"], ["relevance"], ["export_faq"]])
def test_a_database_that_was_never_migrated_is_told_in_a_line(tmp_path: Path, command: list[str], here: Here) -> None:
    done = here(tmp_path, *command)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "CommandError: the database lacks tables or columns of this release: run `manage.py migrate` first"
    ]
    assert done.stdout == ""


@pytest.mark.parametrize("umask", some([0o000, 0o022, 0o077], 3))
def test_what_the_site_stores_is_for_its_own_account_alone(
    tmp_path: Path, umask: int, prepared_on_sqlite: Path
) -> None:
    data = tmp_path / "data"

    def run(*command: str) -> None:
        done = subprocess.run(
            [*MANAGE, *command, "-v", "0"], env=on(data), umask=umask, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr

    run("migrate", "--plan", "--skip-checks")  # makes the file, and no tables, which takes longer
    (data / DATABASE).write_bytes((prepared_on_sqlite / "data" / DATABASE).read_bytes())
    with closing(sqlite3.connect(data / DATABASE)) as database:  # so that there is little to index
        database.execute("UPDATE faq_entry SET published_at = NULL WHERE id > (SELECT min(id) FROM faq_entry)")
        database.commit()
    run("index")
    stored = [path for path in data.rglob("*") if path.is_file()]
    assert {path.name for path in stored} >= {DATABASE, "secret-key", "current", "sealed.json"}
    assert [path for path in stored if path.stat().st_mode & 0o077] == []
