"""Connections that are slow, silent, too large, or not HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.web.serving.running import Running, echo, everything, running
from web.serving import protocol

HOST = b"Host: x\r\n"


@pytest.fixture(scope="module")
def small() -> Iterator[Running]:
    """A small site."""
    with running(echo) as site:
        yield site


@pytest.mark.parametrize(
    ("request_line", "headers", "status"),
    [
        (b"GET /a HTTP/1.1", HOST, 200),
        (b"GET /a HTTP/1.1", b"", 400),
        (b"GET /a HTTP/1.0", b"", 200),
        (b"GET /" + b"a" * 8_190 + b" HTTP/1.1", HOST, 414),
        (b"GET /" + b"a" * 8_180 + b" HTTP/1.1", HOST, 200),
        (b"GET /a HTTP/1.1", HOST + b"X: y\r\n" * 100, 431),
        (b"GET /a HTTP/1.1", HOST + b"X: " + b"y" * 70_000 + b"\r\n", 431),
        (b"GET /a HTTP/1.1", HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n", 400),
        (b"GET /a HTTP/1.1", HOST + b"Content-Length: -1\r\n", 400),
        (b"POST /a HTTP/1.1", HOST + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", 400),
        (b"GET /a HTTP/9.9", HOST, 400),
        (b"G\xc3T /a HTTP/1.1", HOST, 400),
        (b"GET /a", HOST, 400),
        (b"\x16\x03\x01\x02\x00", b"", 400),
    ],
)
def test_a_head_is_answered_with_the_status_that_fits(
    small: Running, request_line: bytes, headers: bytes, status: int
) -> None:
    said = small.said(request_line + b"\r\n" + headers + b"Connection: close\r\n\r\n")
    assert said.startswith(f"HTTP/1.1 {status} ".encode())
    assert said.count(b"HTTP/1.1") == 1


def test_an_address_in_utf_8_is_read_as_if_it_were_encoded(small: Running) -> None:
    raw, encoded = "/é?q=café".encode(), b"/%C3%A9?q=caf%C3%A9"
    said = [
        small.said(b"GET " + target + b" HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
        for target in (raw, encoded)
    ]
    assert said[0].partition(b"\r\n\r\n")[2] == said[1].partition(b"\r\n\r\n")[2]
    assert b"q=caf%C3%A9" in said[0]


def test_a_header_with_an_underscore_does_not_stand_for_one_with_a_hyphen(small: Running) -> None:
    said = small.said(b"GET /a HTTP/1.1\r\n" + HOST + b"X_A: forged\r\nConnection: close\r\n\r\n")
    assert b"forged" not in said
    assert b"meant" in small.get("/a", **{"X-A": "meant"})[2]


def test_one_connection_carries_several_requests(small: Running) -> None:
    one = b"GET /a HTTP/1.1\r\n" + HOST + b"\r\n"
    said = small.said(one + one + b"GET /b HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
    assert said.count(b"HTTP/1.1 200") == 3


def test_silent_and_dripping_connections_keep_nobody_waiting(small: Running) -> None:
    slow = [small.connect() for _ in range(120)]
    try:
        for wire in slow[60:]:
            wire.sendall(b"GET / HT")
        began = time.monotonic()
        assert [small.get("/a")[0] for _ in range(5)] == [200] * 5
        assert time.monotonic() - began < 2
    finally:
        for wire in slow:
            wire.close()


@pytest.mark.parametrize("sent", [b"G", b"GET / HTTP/1.1\r\nHost: ", b"\r\n\r\n"])
def test_a_head_that_does_not_come_ends_the_connection(
    small: Running, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.3)
    with small.connect() as wire:
        wire.sendall(sent)
        began = time.monotonic()
        assert everything(wire) == b""
        assert time.monotonic() - began < 5


def test_between_two_requests_a_drip_does_not_keep_a_connection(
    small: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.3)
    with small.connect() as wire:
        wire.sendall(b"GET /a HTTP/1.1\r\n" + HOST + b"\r\n")
        assert b"200 OK" in wire.recv(65536)
        wire.sendall(b"\r\n")
        began = time.monotonic()
        everything(wire)
        assert time.monotonic() - began < 5


def test_who_reads_nothing_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "SEND_SECONDS", 0.3)

    def large(environ: object, start_response: object) -> list[bytes]:
        start_response("200 OK", [])  # type: ignore[operator]
        return [b"x" * 30_000_000]

    with running(large) as site, site.connect() as wire:
        wire.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
        time.sleep(2)
        assert len(everything(wire)) < 30_000_000


def test_one_connection_too_many_ends_the_one_that_was_silent_for_longest(
    small: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "MOST_CONNECTIONS", 3)
    wires = []
    for _ in range(3):
        wires.append(small.connect())
        wires[-1].sendall(b"G")
        time.sleep(0.1)
    try:
        assert small.get("/a")[0] == 200
        assert everything(wires[0]) == b""
        wires[2].sendall(b"ET /a HTTP/1.0\r\n\r\n")
        assert b"200 OK" in everything(wires[2])
    finally:
        for wire in wires:
            wire.close()
