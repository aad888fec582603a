"""How often each client asked for something, in a file that processes share."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory

from tests.served import ROOT
from web.counters import Quota, count, forget
from web.counters import local as rates
from web.request_limits import client_of

pytestmark = pytest.mark.django_db


API = "/api/v1/sections"


@pytest.fixture(autouse=True)
def _own_counts(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts of its own for each test, in a stretch that does not end meanwhile."""
    monkeypatch.setattr("web.counters.local.time", lambda: 1_800_000_000.0)
    settings.DATA_DIR = tmp_path
    rates._local.__dict__.clear()


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
