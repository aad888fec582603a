"""Redis as the site asks it: whatever happens to it, the answer comes at once, or none."""

from __future__ import annotations

import logging
import re
import socket
import threading
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any

import pytest

from config.caches import redis_of
from tests.deploy.nginx import certificate
from tests.ports import free_port
from tests.redis_server import RedisServer, redis_server
from tests.served import ROOT
from web import redis_connection
from web.redis_connection import LEFT_ALONE_SECONDS, SECONDS, Unavailable, add, evicts, forget, read, store, why_not


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def running() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture
def redis(running: RedisServer, settings: Any) -> Iterator[RedisServer]:
    """A Redis that runs and is empty, whatever the test before did to it."""
    running.stop()
    running.start()
    settings.CACHE = redis_of(running.url)
    yield running
    running.go_on()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(redis_connection, "monotonic", made)
    return made


def full(redis: RedisServer) -> None:
    redis.client.config_set("maxmemory", "1")


def read_only(redis: RedisServer) -> None:
    redis.client.replicaof("127.0.0.1", "1")


def password(redis: RedisServer) -> None:
    redis.stop()
    redis.start("--requirepass", "another")


HARMS: dict[str, tuple[Callable[[RedisServer], None], str]] = {
    "stopped": (RedisServer.stop, "Connection refused"),
    "hung": (RedisServer.hang, "Timeout"),
    "full": (full, "maxmemory"),
    "read-only": (read_only, "read only"),
    "password": (password, "Authentication"),
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_redis_of_no_use_is_asked_once_and_then_left_alone(
    redis: RedisServer, clock: Clock, harm: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert add("a", 1, 60) == 1
    harming, reason = HARMS[harm]
    harming(redis)
    began = monotonic()
    for _ in range(20):
        with pytest.raises(Unavailable, match=reason):
            add("a", 1, 60)
    assert monotonic() - began < 2 * SECONDS + 0.3
    assert reason in why_not()
    clock.now += LEFT_ALONE_SECONDS
    with pytest.raises(Unavailable, match=reason):  # tried once more, with a value to write
        read("a")
    told = [record.getMessage() for record in caplog.records if record.name == "web.redis_connection"]
    assert len(told) == 1
    assert reason in told[0]


def test_a_redis_that_is_back_is_used_again_and_told_once(
    redis: RedisServer, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    redis.stop()
    with pytest.raises(Unavailable):
        add("a", 1, 60)
    redis.start()
    with pytest.raises(Unavailable):
        add("a", 1, 60)
    clock.now += LEFT_ALONE_SECONDS
    assert [add("a", 1, 60) for _ in range(3)] == [1, 2, 3]
    assert why_not() == ""
    told = [record.levelno for record in caplog.records if record.name == "web.redis_connection"]
    assert told == [logging.WARNING] * 2


def test_a_redis_that_was_restarted_or_flushed_in_between_is_used_at_once(redis: RedisServer) -> None:
    assert add("a", 1, 60) == 1
    redis.stop()
    redis.start()
    assert add("a", 1, 60) == 1
    redis.client.flushall()
    assert add("a", 1, 60) == 1


def test_threads_that_ask_a_hung_redis_wait_once_and_one_tries_again(redis: RedisServer, clock: Clock) -> None:
    add("a", 1, 60)
    redis.hang()
    with pytest.raises(Unavailable):
        read("a")
    clock.now += LEFT_ALONE_SECONDS
    waited: list[float] = []

    def ask() -> None:
        began = monotonic()
        with pytest.raises(Unavailable):
            read("a")
        waited.append(monotonic() - began)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(took > SECONDS / 2 for took in waited) == 1


def test_a_reason_never_holds_the_password(redis: RedisServer, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CACHE = redis_of(f"redis://:a-secret@127.0.0.1:{redis.port}")
    assert "a-secret" not in why_not()
    repeated = redis_connection._without_password("unknown command AUTH, with args beginning with: a-secret")
    assert repeated.endswith("with: …")


def test_what_is_added_and_stored_expires(redis: RedisServer) -> None:
    add("a", 5, 60)
    assert (add("a", -1, 60), add("a", 0, 60)) == (4, 4)
    assert 55 < redis.client.ttl("gatewijzer:a") <= 60
    forget("a")
    assert add("a", 1, 60) == 1
    assert store("b", b"\x00\xff", 60, room="room", most=10)
    assert read("b") == b"\x00\xff"
    assert 55 < redis.client.ttl("gatewijzer:b") <= 60
    assert 55 < redis.client.ttl("gatewijzer:room") <= 60


def test_what_is_stored_fits_into_its_room(redis: RedisServer) -> None:
    assert [store(name, b"1234", 60, room="room", most=10) for name in "abc"] == [True, True, False]
    assert [read(name) for name in "abc"] == [b"1234", b"1234", None]
    redis.client.delete("gatewijzer:room")
    assert store("c", b"1234", 60, room="room", most=10)


def test_an_account_that_may_do_little_is_enough(redis: RedisServer, settings: Any) -> None:
    page = (ROOT / "docs/operating.md").read_text()
    (rights,) = re.findall(r"`(~gatewijzer:\*[^`]*)`", page)
    made = ("ACL", "SETUSER", "gate", "on", ">a-password", *rights.split())
    redis.client.execute_command(*made)  # type: ignore[no-untyped-call]
    settings.CACHE = redis_of(f"redis://gate:a-password@127.0.0.1:{redis.port}/3")
    assert add("a", 1, 60) == 1
    assert store("b", b"1", 60, room="room", most=10)
    assert read("b") == b"1"
    forget("a")
    assert (evicts(), why_not()) == ("", "")


def test_a_policy_that_evicts_counts_is_told(redis: RedisServer) -> None:
    assert evicts() == ""
    redis.client.config_set("maxmemory-policy", "allkeys-lru")
    assert evicts() == "allkeys-lru"


def test_redis_is_reached_by_a_socket_and_by_tls(
    redis: RedisServer, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.deploy.nginx.HOST", "localhost")
    certificate(redis.folder)
    port = free_port()
    files = ("--tls-cert-file", f"{redis.folder}/fullchain.pem", "--tls-key-file", f"{redis.folder}/privkey.pem")
    path = f"{redis.folder}/redis.sock"
    redis.stop()
    redis.start("--unixsocket", path, "--tls-port", str(port), *files, "--tls-auth-clients", "no")
    settings.CACHE = redis_of(f"unix://{path}?db=1")
    assert add("a", 1, 60) == 1
    settings.CACHE = redis_of(f"rediss://localhost:{port}/1?ssl_ca_certs={redis.folder}/fullchain.pem")
    assert add("a", 1, 60) == 2
    for other in (
        f"rediss://127.0.0.1:{port}/1?ssl_ca_certs={redis.folder}/fullchain.pem",
        f"rediss://localhost:{port}/1",
    ):
        settings.CACHE = redis_of(other)
        assert "certificate" in why_not().lower()


@pytest.mark.parametrize("said", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x16\x03\x01\r\n", b":1\r\n:1\r\n", b""])
def test_what_is_no_redis_is_left_alone(settings: Any, said: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            with listening.accept()[0] as connection:
                connection.recv(1024)
                connection.sendall(said)

        answering = threading.Thread(target=answer)
        answering.start()
        settings.CACHE = redis_of(f"redis://:word@127.0.0.1:{listening.getsockname()[1]}")
        assert why_not()
        answering.join()
