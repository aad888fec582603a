"""How often each client asked for something, in a file that processes share."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from django.test import Client, RequestFactory

from tests.served import ROOT
from web.accounts.guesses import ACCOUNT_GUESSES
from web.counters import Quota, count, forget, in_memory, why_not
from web.counters import local as rates
from web.request_limits import client_of

pytestmark = pytest.mark.django_db


API = "/api/v1/sections"


def locked(file: Path) -> None:
    count(Quota("a", 9, 60), "x")
    holding = sqlite3.connect(file, isolation_level=None)
    holding.execute("BEGIN EXCLUSIVE")
    HELD.append(holding)


def other_schema(file: Path) -> None:
    with closing(sqlite3.connect(file)) as made:
        made.execute("CREATE TABLE used (purpose TEXT PRIMARY KEY, often INTEGER)")


def truncated(file: Path) -> None:
    count(Quota("a", 9, 60), "x")
    with file.open("r+b") as cut:
        cut.truncate(5000)


HELD: list[sqlite3.Connection] = []
HARMS: dict[str, Callable[[Path], object]] = {
    "garbage": lambda file: file.write_bytes(b"no database at all " * 500),
    "truncated": truncated,
    "empty": lambda file: file.touch(),
    "other schema": other_schema,
    "folder": lambda file: file.mkdir(),
    "nowhere": lambda file: file.symlink_to("/nowhere/at/all"),
    "full device": lambda file: file.symlink_to("/dev/full"),
    "locked": locked,
}
"""What may happen to the file; the last four are for an operator to mend."""


@pytest.fixture(autouse=True)
def _own_counts(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts of its own for each test, in a stretch that does not end meanwhile."""
    monkeypatch.setattr("web.counters.local.time", lambda: 1_800_000_000.0)
    settings.DATA_DIR = tmp_path
    while HELD:
        HELD.pop().close()
    rates._local.__dict__.clear()
    monkeypatch.setattr(in_memory, "_times", {})


class TestCounting:
    """`web/counters/`."""

    def test_each_client_and_purpose_has_its_own_count(self) -> None:
        limit, other = Quota("a", 9, 60), Quota("b", 9, 60)
        assert [count(limit, "x").times for _ in range(3)] == [1, 2, 3]
        assert count(limit, "y").times == 1
        assert count(other, "x").times == 1
        assert count(limit, "x", add=0).times == 3
        forget(limit, "x")
        assert count(limit, "x", add=0).times == 0

    def test_processes_share_a_count(self, tmp_path: Path) -> None:
        code = (
            "import django; django.setup(); from web.counters import Quota, count; "
            "print([count(Quota('a', 9, 3600), 'x').times for _ in range(50)][-1])"
        )
        environment = os.environ | {
            "GATEWIJZER_DATA": str(tmp_path),
            "GATEWIJZER_SECRET_KEY": "een-sleutel-die-lang-genoeg-is-voor-deze-proef-0123456789",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        command = [sys.executable, "-c", code]
        started = [
            subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)
        ]
        assert max(int(process.communicate()[0]) for process in started) == 150

    def test_the_file_holds_no_address_and_nothing_of_an_older_stretch(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = 1_000_000.0
        monkeypatch.setattr("web.counters.local.time", lambda: now)
        limit = Quota("a", 9, 60)
        for number in range(20):
            count(limit, f"198.51.100.{number}")
        assert b"198.51.100" not in (tmp_path / "rates.sqlite3").read_bytes()
        now += 60
        assert count(limit, "198.51.100.1", add=7).times == 7
        connection = rates._connection(tmp_path / "rates.sqlite3")
        assert connection.execute("SELECT count(*) FROM used").fetchone() == (1,)
        assert (tmp_path / "rates.sqlite3").stat().st_mode & 0o077 == 0

    @pytest.mark.parametrize("harm", ["garbage", "damaged", "folder", "gone"])
    def test_a_file_that_cannot_be_used_stops_nobody(self, client: Client, tmp_path: Path, harm: str) -> None:
        count(Quota("a", 9, 60), "x")
        file = tmp_path / "rates.sqlite3"
        whole = file.read_bytes()
        file.unlink()
        rates._local.__dict__.clear()
        if harm == "garbage":
            file.write_bytes(b"no database at all " * 500)
        elif harm == "damaged":
            file.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
        elif harm == "folder":
            file.mkdir()
        assert [client.get(API).status_code for _ in range(3)] == [200, 200, 200]
        if harm != "folder":
            assert count(Quota("b", 9, 60), "x").times == 1

    @pytest.mark.parametrize("harm", HARMS)
    def test_guesses_at_passwords_are_counted_whatever_happens_to_the_file(
        self, client: Client, tmp_path: Path, harm: str
    ) -> None:
        HARMS[harm](tmp_path / "rates.sqlite3")
        guess = {"username": "publisher", "password": "x"}
        told = [client.post("/admin/login/", guess).status_code for _ in range(ACCOUNT_GUESSES.times + 1)]
        assert told == [200] * ACCOUNT_GUESSES.times + [429]
        is_mended = harm not in ("folder", "nowhere", "full device", "locked")
        assert (why_not() == "") is is_mended
        if not is_mended:
            assert "each process counts by itself" in why_not()

    def test_a_file_that_can_be_used_again_is_used_again(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        file, quota = tmp_path / "rates.sqlite3", Quota("a", 9, 60)
        file.mkdir()
        assert [count(quota, "x").times for _ in range(2)] == [1, 2]
        file.rmdir()
        assert count(quota, "x").times == 3
        monkeypatch.setattr(rates, "monotonic", lambda: monotonic() + rates.TRIED_AGAIN_AFTER)
        assert count(quota, "x").times == 1
        assert why_not() == ""

    def test_a_file_that_another_one_locks_is_waited_for_once(self, tmp_path: Path) -> None:
        HARMS["locked"](tmp_path / "rates.sqlite3")
        began = monotonic()
        assert [count(Quota("a", 99, 60), "x").times for _ in range(20)] == [*range(1, 21)]
        assert monotonic() - began < 3

    def test_what_is_counted_in_memory_is_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(in_memory, "MOST_ROWS", 3)
        for who in range(9):
            in_memory.count("a", 7, bytes([who]), 1)
        assert len(in_memory._times) == 3
        in_memory.count("a", 8, b"x", 1)
        assert list(in_memory._times) == [("a", 8, b"x")]
        assert in_memory.count("a", 8, b"x", None) == 0
        assert in_memory._times == {}

    @pytest.mark.parametrize(
        ("proxies", "forwarded", "expected"),
        [
            (0, "203.0.113.9", "127.0.0.1"),
            (1, "203.0.113.9", "203.0.113.9"),
            (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
            (1, "203.0.113.9:51324", "203.0.113.9"),
            (1, "::ffff:203.0.113.9", "203.0.113.9"),
            (1, "[2001:db8::1]:443", "2001:db8::"),
            (2, "203.0.113.9, 10.0.0.1", "203.0.113.9"),
            (2, "203.0.113.9", "127.0.0.1"),
            (1, "nonsense", "127.0.0.1"),
            (1, "", "127.0.0.1"),
            (1, "2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ],
    )
    def test_only_our_own_proxies_say_who_asks(
        self, settings: Any, proxies: int, forwarded: str, expected: str
    ) -> None:
        settings.PROXIES = proxies
        assert client_of(RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})) == expected
