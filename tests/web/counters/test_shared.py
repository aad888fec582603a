"""How often each client asked for something, on several machines that share a Redis."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from django.test import Client

from config.caches import redis_of
from tests.redis_server import RedisServer, redis_server
from tests.served import ROOT
from web import redis_connection
from web.accounts.guesses import ACCOUNT_GUESSES
from web.counters import Quota, count, forget, in_memory, why_not
from web.counters import local as rates

QUOTA = Quota("a", 9, 60)


@pytest.fixture(scope="module")
def running() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture(autouse=True)
def redis(
    running: RedisServer, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[RedisServer]:
    """An empty Redis, and a machine with a folder of its own, in a stretch that does not end meanwhile."""
    running.stop()
    running.start()
    settings.CACHE = redis_of(running.url)
    other_machine(settings, tmp_path / "first")
    monkeypatch.setattr("web.counters.shared.time", lambda: 1_800_000_000.0)
    monkeypatch.setattr("web.counters.local.time", lambda: 1_800_000_000.0)
    monkeypatch.setattr(in_memory, "_times", {})
    yield running
    running.go_on()


def other_machine(settings: Any, folder: Path) -> None:
    """Go on as a machine with this folder."""
    folder.mkdir(exist_ok=True)
    settings.DATA_DIR = folder
    rates._local.__dict__.clear()


def test_machines_share_a_count(settings: Any, tmp_path: Path) -> None:
    assert [count(QUOTA, "x").times for _ in range(2)] == [1, 2]
    other_machine(settings, tmp_path / "second")
    assert [count(QUOTA, "x").times, count(QUOTA, "x", add=0).times, count(QUOTA, "y").times] == [3, 3, 1]
    assert not (tmp_path / "second" / "rates.sqlite3").exists()
    forget(QUOTA, "x")
    other_machine(settings, tmp_path / "first")
    assert count(QUOTA, "x").times == 1
    assert why_not() == ""


def test_no_address_is_kept_and_a_count_goes_with_its_stretch(
    redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def keys() -> list[bytes]:
        return sorted(key for key in redis.client.scan_iter() if key != b"gatewijzer:try")

    count(QUOTA, "198.51.100.7")
    (first,) = keys()
    assert b"198.51" not in first
    assert 0 < redis.client.ttl(first) <= QUOTA.seconds + 60
    monkeypatch.setattr("web.counters.shared.time", lambda: 1_800_000_060.0)
    assert count(QUOTA, "198.51.100.7").times == 1
    (digest, later) = {key.rpartition(b":")[2] for key in keys()}
    assert digest != later


def test_two_processes_with_folders_of_their_own_share_a_count(redis: RedisServer, tmp_path: Path) -> None:
    code = (
        "import django; django.setup(); from web.counters import Quota, count; "
        "print([count(Quota('a', 9, 86_400 * 365), 'x').times for _ in range(50)][-1])"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            env=os.environ
            | {
                "CACHE_URL": redis.url,
                "GATEWIJZER_DATA": str(tmp_path / name),
                "GATEWIJZER_SECRET_KEY": "een-sleutel-die-lang-genoeg-is-voor-deze-proef-0123456789",
                "DJANGO_SETTINGS_MODULE": "config.settings",
            },
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("first", "second")
    ]
    assert max(int(process.communicate()[0]) for process in started) == 100


@pytest.mark.django_db
def test_five_guesses_over_two_machines_stay_five(client: Client, settings: Any, tmp_path: Path) -> None:
    told = []
    for number in range(ACCOUNT_GUESSES.times + 1):
        other_machine(settings, tmp_path / ("first", "second")[number % 2])
        told.append(client.post("/admin/login/", {"username": "publisher", "password": "x"}).status_code)
    assert told == [200] * ACCOUNT_GUESSES.times + [429]


@pytest.mark.django_db
@pytest.mark.parametrize("harm", ["stop", "hang", "full", "flush"])
def test_guesses_stay_limited_whatever_happens_to_redis(client: Client, redis: RedisServer, harm: str) -> None:
    guess = {"username": "publisher", "password": "x"}
    client.post("/admin/login/", guess)
    if harm == "full":
        redis.client.config_set("maxmemory", "1")
    elif harm == "flush":
        redis.client.flushall()
    else:
        getattr(redis, harm)()
    began = monotonic()
    told = [client.post("/admin/login/", guess).status_code for _ in range(ACCOUNT_GUESSES.times + 1)]
    assert told == [200] * ACCOUNT_GUESSES.times + [429]
    assert monotonic() - began < 3
    assert ("each machine counts by itself" in why_not()) is (harm != "flush")


def test_counting_goes_on_in_redis_when_it_is_back(redis: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [count(QUOTA, "x").times for _ in range(3)] == [1, 2, 3]
    redis.hang()
    assert [count(QUOTA, "x").times for _ in range(2)] == [1, 2]
    redis.go_on()
    assert count(QUOTA, "x").times == 3
    monkeypatch.setattr(redis_connection, "monotonic", lambda: monotonic() + redis_connection.LEFT_ALONE_SECONDS)
    # what Redis took while it hung may have been counted; what was counted there before is
    assert count(QUOTA, "x").times in (4, 5)
    assert why_not() == ""
