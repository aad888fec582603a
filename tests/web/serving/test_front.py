"""What stands before the application: whole bodies, bounded work, and an answer to everyone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.web.serving.running import Environ, Running, echo, everything, running
from web.serving import bodies
from web.serving.admission import Bounds

POST = b"POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"


class Slow:
    """An application that works until it is released, and notes each path it works on."""

    def __init__(self) -> None:
        self.release, self.began = threading.Event(), list[str]()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer when released."""
        self.began.append(environ["PATH_INFO"])
        self.release.wait(10)
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    def wait_for(self, count: int) -> None:
        """Until it works on so many."""
        until = time.monotonic() + 5
        while len(self.began) < count and time.monotonic() < until:
            time.sleep(0.01)


def test_the_surplus_is_told_at_once_and_the_rest_is_answered() -> None:
    slow = Slow()
    with running(slow, Bounds(1, 1, 5.0)) as site, ThreadPoolExecutor(8) as clients:
        first = clients.submit(site.get, "/1")
        slow.wait_for(1)
        second = clients.submit(site.get, "/2")
        time.sleep(0.2)
        began = time.monotonic()
        status, headers, body = site.get("/3")
        assert (status, headers["retry-after"], body) == (503, "2", b"busy")
        assert time.monotonic() - began < 2
        assert site.get("/healthz")[::2] == (200, b"ok\n")
        slow.release.set()
        assert [first.result()[0], second.result()[0]] == [200, 200]
    assert slow.began == ["/1", "/2"]
    assert ("GET", "/3", 503) in site.finished


@pytest.mark.parametrize("request_head", [b"GET /3 HTTP/1.1\r\nHost: x\r\n\r\n", POST + b"Content-Length: 2\r\n\r\n{}"])
def test_it_is_told_on_a_connection_that_was_open_as_well(request_head: bytes) -> None:
    slow = Slow()
    with running(slow, Bounds(1, 0, 5.0)) as site, site.connect() as wire, ThreadPoolExecutor(2) as clients:
        wire.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        said = b""
        while not said.endswith(b"ok\n"):
            said += wire.recv(65536)
        first = clients.submit(site.get, "/1")
        slow.wait_for(1)
        wire.sendall(request_head)
        assert b" 503 " in wire.recv(65536)
        slow.release.set()
        assert first.result()[0] == 200


def test_a_head_request_gets_no_body_where_there_is_no_room() -> None:
    slow = Slow()
    with running(slow, Bounds(1, 0, 5.0)) as site, ThreadPoolExecutor(2) as clients:
        first = clients.submit(site.get, "/1")
        slow.wait_for(1)
        assert site.said(b"HEAD /2 HTTP/1.1\r\nHost: x\r\n\r\n").endswith(b"\r\n\r\n")
        slow.release.set()
        first.result()


def test_a_request_whose_client_has_left_is_not_worked_on() -> None:
    slow = Slow()
    with running(slow, Bounds(1, 5, 30.0)) as site, ThreadPoolExecutor(2) as clients:
        first = clients.submit(site.get, "/1")
        slow.wait_for(1)
        with site.connect() as wire:
            wire.sendall(b"GET /left HTTP/1.1\r\nHost: x\r\n\r\n")
            time.sleep(0.3)
        time.sleep(0.3)
        slow.release.set()
        assert first.result()[0] == 200
        assert site.get("/after")[0] == 200
    assert slow.began == ["/1", "/after"]
    assert ("GET", "/left", 0) in site.finished


def test_a_slow_reader_takes_no_place() -> None:
    def large(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [])
        return [b"x" * (10_000_000 if environ["PATH_INFO"] == "/large" else 1)]

    with running(large, Bounds(1, 2, 5.0)) as site:
        wires = [site.connect() for _ in range(5)]
        for wire in wires:
            wire.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
            time.sleep(0.1)
        assert site.get("/small")[0] == 200
        for wire in wires:
            wire.close()


@pytest.fixture
def small() -> Iterable[Running]:
    """A site whose bodies have at most 1,000 bytes."""
    with running(echo, most_bytes=1_000) as site:
        yield site


def test_a_body_is_read_whole_before_anyone_works_on_it(small: Running) -> None:
    with small.connect() as wire:
        wire.sendall(POST + b"Content-Length: 10\r\n\r\n01234")
        time.sleep(0.2)
        assert small.front.gates["all"].working == 0
        wire.sendall(b"56789")
        assert everything(wire).endswith(b" 10")


@pytest.mark.parametrize("head", [b"Content-Length: 5000\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n7d0\r\n"])
def test_one_that_is_too_long_comes_to_the_application_as_refused(small: Running, head: bytes) -> None:
    with small.connect() as wire:
        wire.sendall(POST + head + b"x" * 2_000)
        assert everything(wire).endswith(b" 0")


def test_one_that_does_not_come_is_told_so(small: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "SECONDS", 0.2)
    assert small.said(POST + b"Content-Length: 10\r\n\r\n0").startswith(b"HTTP/1.1 408 ")


def test_all_bodies_together_are_bounded(small: Running) -> None:
    small.front._bodies._most_held = 1_500
    with small.connect() as first, small.connect() as second:
        for wire in (first, second):
            wire.sendall(POST + b"Content-Length: 1000\r\n\r\n" + b"x" * 900)
            time.sleep(0.2)
        assert b" 503 " in second.recv(65536)
        first.sendall(b"x" * 100)
        assert everything(first).endswith(b" 1000")


def test_an_application_that_fails_is_answered_for(caplog: pytest.LogCaptureFixture) -> None:
    def broken(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        raise RuntimeError("broken")

    with running(broken) as site:
        status, headers, _ = site.get("/a")
        assert (status, site.get("/healthz")[0]) == (500, 200)
    assert headers["x-request-id"] in caplog.text


def test_head_has_the_length_and_no_body(small: Running) -> None:
    def sized(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Length", "12")])
        return []

    with running(sized) as site:
        status, headers, body = site.get("/a", method="HEAD")
    assert (status, headers["content-length"], body) == (200, "12", b"")


def test_many_clients_that_ask_again_at_once_leave_time_for_those_who_are_let_in() -> None:
    def works(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        until = time.thread_time() + 0.02
        while time.thread_time() < until:
            pass
        start_response("200 OK", [])
        return [b"ok"]

    with running(works, Bounds(1, 2, 5.0)) as site, ThreadPoolExecutor(20) as clients:
        until = time.monotonic() + 2

        def ask_again(_: int) -> list[int]:
            seen = []
            while time.monotonic() < until:
                seen.append(site.get("/a")[0])
            return seen

        statuses = [status for seen in clients.map(ask_again, range(20)) for status in seen]
    assert statuses.count(200) > 20
    assert statuses.count(503) < 20 / 0.15 * 4
