"""Bodies in chunks, sent to a real server: read wherever a body is, within the same bound."""

from __future__ import annotations

import http.client
import json
import socket
from urllib.parse import urlsplit

import pytest

from tests.served import Site

pytestmark = pytest.mark.any_database

NEED = json.dumps({"sites": [{"name": "Tilburg", "prefixes": ["192.168.10.0/24"]}]}).encode()
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
}


def post(site: Site, path: str, body: bytes | list[bytes], content_type: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(urlsplit(site.origin).netloc, timeout=20)
    headers = {"Content-Type": content_type, "Accept": "application/json, text/event-stream", "Origin": site.origin}
    try:
        is_chunked = isinstance(body, list)
        connection.request("POST", path, body, headers, encode_chunked=is_chunked)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def split(body: bytes, size: int = 7) -> list[bytes]:
    return [body[start : start + size] for start in range(0, len(body), size)]


def test_the_api_reads_one(site: Site) -> None:
    status, told = post(site, "/api/v1/advice?lang=en", split(NEED), "application/json")
    assert (status, json.loads(told)["connections"][0]["members"]) == (200, ["Tilburg"])


@pytest.mark.parametrize("path", ["/mcp", "/mcp/"])
def test_an_assistant_may_send_one(site: Site, path: str) -> None:
    status, told = post(site, path, split(json.dumps(INITIALIZE).encode()), "application/json")
    assert (status, json.loads(told)["result"]["serverInfo"]["name"]) == (200, "gatewijzer")


def test_a_form_may_be_sent_as_one(site: Site) -> None:
    kind = "application/x-www-form-urlencoded"
    status, told = post(site, "/en/search/text/", split(b"text=How+many+clients+can+connect+at+once"), kind)
    assert (status, told) == post(site, "/en/search/text/", b"text=How+many+clients+can+connect+at+once", kind)
    assert status == 200
    assert b"How many clients can connect at once" in told


@pytest.mark.parametrize(("path", "most"), [("/api/v1/advice", 2**21), ("/mcp", 2**20), ("/nl/search/text/", 2**21)])
def test_one_beyond_the_bound_is_refused(site: Site, path: str, most: int) -> None:
    block = b" " * 2**16
    assert post(site, path, [block] * (most // len(block)) + [b"x"], "application/json")[0] == 413


def test_one_without_end_is_refused_while_it_is_sent(site: Site) -> None:
    with socket.create_connection(("127.0.0.1", urlsplit(site.origin).port or 0), timeout=20) as wire:
        wire.sendall(b"POST /api/v1/advice HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n")
        try:
            for _ in range(40):
                wire.sendall(b"10000\r\n" + b" " * 2**16 + b"\r\n")
        except OSError:
            pass  # the server has closed it
        assert b" 413 " in wire.recv(4096)


@pytest.mark.parametrize("chunks", [b"zz\r\n{}\r\n0\r\n\r\n", b"2\r\n{}xx0\r\n\r\n", b"-2\r\n{}\r\n0\r\n\r\n"])
def test_broken_chunks_are_refused(site: Site, chunks: bytes) -> None:
    with socket.create_connection(("127.0.0.1", urlsplit(site.origin).port or 0), timeout=20) as wire:
        head = b"POST /api/v1/advice HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
        wire.sendall(head + chunks)
        assert wire.recv(4096).startswith(b"HTTP/1.1 400 ")
