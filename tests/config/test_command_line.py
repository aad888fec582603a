"""How every command behaves: on a closed pipe, without colors, without a word, and asked for its version."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from faq.management.commands import index
from tests.every import some
from tests.served import ROOT, Site

MANAGE = [sys.executable, str(ROOT / "manage.py")]


def environment(folder: Path, **more: str) -> dict[str, str]:
    return os.environ | {"GATEWIJZER_DATA": str(folder)} | more


@pytest.mark.parametrize(
    "command",
    [
        ["search", "bgp"],
        ["search", "--json", "bgp"],
        ["search", "zzzzqqqq"],
        ["sync", "--dry-run"],
        ["advise", "-", "--format", "json"],
        ["help"],
    ],
)
def test_a_command_ends_quietly_when_nobody_reads_on(site: Site, command: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*MANAGE, *command],
        env=site.environment,
        cwd=ROOT,
        input=b"{}",
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert done.returncode == 141
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


@pytest.mark.parametrize(
    "command",
    some(
        [["search", "--edition", "1999", "x"], ["nonsense"], ["check", "--tag", "nonsense"], ["migrate", "--plan"]], 2
    ),
)
def test_no_color_is_heeded_on_a_terminal(site: Site, command: list[str]) -> None:
    def told(**more: str) -> bytes:
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            [*MANAGE, *command], env=site.environment | {"TERM": "xterm"} | more, cwd=ROOT, stdout=theirs, stderr=theirs
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
def test_the_version_is_that_of_the_site(command: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        [*MANAGE, *command], env=environment(tmp_path), cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("Gatewijzer 0.1.0 (Django 5.2")


def test_the_help_of_advise_says_where_the_fields_are(tmp_path: Path) -> None:
    done = subprocess.run(
        [*MANAGE, "advise", "--help"], env=environment(tmp_path), cwd=ROOT, capture_output=True, text=True, check=True
    )
    told = " ".join(done.stdout.split())
    for place in ("/api/v1/openapi.json", "docs/embedding-and-api.md", "/en/api/"):
        assert place in told


def test_what_is_no_json_is_told_without_an_empty_path(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "design.json"
    file.write_text("{\n")
    done = subprocess.run(
        [*MANAGE, "advise", str(file)], env=site.environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith(f"{file}: ")
    assert "{" not in done.stderr


@pytest.mark.parametrize("command", [["search", "bgp"], ["sync"], ["relevance"], ["export_faq"]])
def test_a_database_that_was_never_migrated_is_told_in_a_line(tmp_path: Path, command: list[str]) -> None:
    done = subprocess.run([*MANAGE, *command], env=environment(tmp_path), cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "CommandError: the database lacks tables or columns of this release: run `manage.py migrate` first"
    ]
    assert done.stdout == b""


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_what_the_site_stores_is_for_its_own_account_alone(tmp_path: Path, umask: int) -> None:
    data = tmp_path / "data"
    own = environment(data, DATABASE_URL=f"sqlite:///{data}/gatewijzer.sqlite3")
    for command in (["migrate", "--skip-checks"], ["index"]):
        done = subprocess.run([*MANAGE, *command, "-v", "0"], env=own, umask=umask, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
    stored = [path for path in data.rglob("*") if path.is_file()]
    assert {path.name for path in stored} >= {"gatewijzer.sqlite3", "secret-key", "current", "sealed.json"}
    assert [path for path in stored if path.stat().st_mode & 0o077] == []
