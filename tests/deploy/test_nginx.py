"""deploy/nginx.conf in front of the services of deploy/systemd, over TLS."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.databases import sqlite_at
from config.request_kinds import BOUNDS
from tests.deploy.conftest import Server
from tests.deploy.nginx import CONFIGURATION, HOST, Proxy, nginx
from tests.deploy.units import Place
from web.request_intake import most_bytes
from web.serving import bodies, protocol

STRANGER = "127.0.0.7"
"""A client that is not this machine itself."""

SLOW_MACHINE = 1.5
"""Seconds that a machine may add on which other tests run."""


def value(directive: str) -> str:
    """What a directive of nginx.conf says that stands there once."""
    (found,) = re.findall(rf"^\s*{directive} ([^;]+);", CONFIGURATION.read_text(), re.MULTILINE)
    return str(found)


def megabytes(directive: str) -> list[int]:
    """What a directive says for the site, and then for the paths with bounds of their own."""
    found = re.findall(rf"^\s*{directive} ([0-9]+)m;", CONFIGURATION.read_text(), re.MULTILINE)
    return [int(one) for one in found]


def seconds(directive: str) -> float:
    """The same as a time."""
    return float(value(directive).removesuffix("s"))


def test_its_bounds_are_those_of_the_site() -> None:
    bounds = [most_bytes(path) // 1024**2 for path in ("/nl/", "/api/v1/need")]
    assert megabytes("client_max_body_size") == bounds
    assert megabytes("client_body_buffer_size") == bounds
    assert seconds("client_header_timeout") == protocol.HEAD_SECONDS
    assert seconds("client_body_timeout") == bodies.SECONDS
    assert seconds("send_timeout") == protocol.SEND_SECONDS
    longest_in_turn = max(bounds.seconds for bounds in BOUNDS.values())
    longest_write = sqlite_at(Path("any.sqlite3"))["OPTIONS"]["timeout"]
    assert longest_in_turn + longest_write < seconds("proxy_read_timeout") < seconds("send_timeout")
    line = int(value("large_client_header_buffers").split()[1].removesuffix("k")) * 1024
    assert line > protocol.LONGEST_TARGET + 100


def test_plain_http_is_redirected_with_path_and_query(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.proxy.plain, timeout=20)
    connection.request("GET", "/nl/search/?q=bgp", headers={"Host": HOST})
    answer = connection.getresponse()
    connection.close()
    assert answer.status == 301
    assert answer.headers["Location"] == f"https://{HOST}/nl/search/?q=bgp"


def test_a_redirect_leads_nowhere_else_whatever_host_is_asked(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.proxy.plain, timeout=20)
    connection.request("GET", "/", headers={"Host": "evil.example.net"})
    assert connection.getresponse().headers["Location"] == f"https://{HOST}/"
    connection.close()


def test_a_page_over_tls_has_what_belongs_to_https(server: Server) -> None:
    answer, body = server.proxy.ask("/nl/")
    assert answer.status == 200
    assert b"<html" in body
    assert answer.headers.get_all("Strict-Transport-Security") == ["max-age=31536000"]
    assert answer.headers["Server"] == "nginx"
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]


def test_old_versions_of_tls_are_refused(server: Server) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    versions = set()
    with server.proxy.connect() as modern:
        versions.add(modern.version())
    with context.wrap_socket(server.proxy.opened(), server_hostname=HOST) as older:
        versions.add(older.version())
    assert versions == {"TLSv1.2", "TLSv1.3"}
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    with server.proxy.opened() as raw, pytest.raises(ssl.SSLError, match="ALERT_PROTOCOL_VERSION"):
        context.wrap_socket(raw, server_hostname=HOST)


def test_pages_come_over_http_2(server: Server) -> None:
    """The host stands in `:authority` there, and has to reach the site."""
    server.proxy.trust.set_alpn_protocols(["h2"])
    try:
        with server.proxy.connect() as connection:
            assert connection.selected_alpn_protocol() == "h2"
            headers = {":method": "GET", ":scheme": "https", ":path": "/nl/", ":authority": HOST}
            packed = b"".join(
                b"\0" + bytes([len(name)]) + name.encode() + bytes([len(text)]) + text.encode()
                for name, text in headers.items()
            )
            settings = _frame(4, 0, 0, b"")
            connection.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + settings + _frame(1, 5, 1, packed))
            frames = _frames(connection)
            assert b"\x88" in frames[1]  # the status 200
            assert b"<html" in frames[0]
    finally:
        server.proxy.trust.set_alpn_protocols(["http/1.1"])


def _frame(kind: int, flags: int, stream: int, content: bytes) -> bytes:
    """A frame of HTTP/2 (RFC 9113)."""
    return len(content).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + content


def _frames(connection: ssl.SSLSocket) -> dict[int, bytes]:
    """The contents of the frames of each kind until a stream ends: 0 has the body, 1 the headers."""
    with connection.makefile("rb") as stream:
        frames: dict[int, bytes] = {}
        while True:
            head = stream.read(9)
            kind, flags = head[3], head[4]
            frames[kind] = frames.get(kind, b"") + stream.read(int.from_bytes(head[:3], "big"))
            if kind in (0, 1) and flags & 1:
                return frames


def test_each_client_is_counted_by_its_own_address_whatever_it_claims(server: Server) -> None:
    def left(client: str, claimed: str) -> int:
        headers = {"X-Forwarded-For": claimed, "Forwarded": f"for={claimed}", "X-Real-IP": claimed}
        answer, _ = server.proxy.ask("/api/v1/search?q=bgp", headers, client=client)
        return int(answer.headers["RateLimit-Remaining"])

    first = left(STRANGER, "203.0.113.1")
    assert left(STRANGER, "203.0.113.2") == first - 1
    assert left(STRANGER, "127.0.0.8") == first - 2
    assert left("127.0.0.8", "203.0.113.1") == first


def test_a_claimed_scheme_does_not_reach_the_site(server: Server) -> None:
    answer, _ = server.proxy.ask("/nl/", {"X-Forwarded-Proto": "http"})
    assert answer.status == 200


@pytest.mark.parametrize(
    ("path", "form"), [("/nl/feedback/", "text/html"), ("/api/v1/advice", "application/problem+json")]
)
def test_a_body_that_is_too_large_is_refused_in_the_form_of_the_path(server: Server, path: str, form: str) -> None:
    most = most_bytes(path)
    answer, body = server.proxy.ask(path, {"Content-Type": "application/json"}, method="POST", body=b" " * (most + 1))
    assert answer.status == 413
    assert answer.headers.get_content_type() == form
    if form == "text/html":
        assert "hooguit 2 MB" in body.decode()
        assert "at most 2 MB" in body.decode()
    else:
        assert json.loads(body)["status"] == 413


def test_a_body_of_the_largest_size_reaches_the_site(server: Server) -> None:
    body = b" " * most_bytes("/api/v1/advice")
    answer, _ = server.proxy.ask("/api/v1/advice", {"Content-Type": "application/json"}, method="POST", body=body)
    assert answer.headers["X-Request-ID"]
    assert answer.status in (400, 422)


@pytest.mark.parametrize(("length", "status"), [(protocol.LONGEST_TARGET, 200), (protocol.LONGEST_TARGET + 1, 414)])
def test_the_site_decides_how_long_an_address_may_be(server: Server, length: int, status: int) -> None:
    answer, _ = server.proxy.ask("/nl/?x=".ljust(length, "a"))
    assert answer.status == status


def test_slow_clients_keep_nobody_waiting(server: Server) -> None:
    slow = [server.proxy.connect(STRANGER) for _ in range(60)]
    stop = threading.Event()

    def drip() -> None:
        for connection in slow:
            connection.sendall(b"GET /nl/ HTTP/1.1\r\nHost: ")
        while not stop.wait(0.2):
            for connection in slow:
                connection.sendall(b"g")

    dripping = threading.Thread(target=drip)
    dripping.start()
    try:
        for number in range(15):
            began = time.monotonic()
            answer, _ = server.proxy.ask(f"/nl/?visit={number}")
            assert answer.status == 200
            assert time.monotonic() - began < 1 + SLOW_MACHINE
    finally:
        stop.set()
        dripping.join()
        for connection in slow:
            connection.close()


def test_one_address_has_a_hundred_requests_under_way_at_most(server: Server) -> None:
    begun = b"POST /nl/feedback/ HTTP/1.1\r\nHost: " + HOST.encode() + b"\r\nContent-Length: 10\r\n\r\n"
    under_way = [server.proxy.connect(STRANGER) for _ in range(100)]
    try:
        for connection in under_way:
            connection.sendall(begun)
        time.sleep(0.5)
        refused, _ = server.proxy.ask("/nl/", client=STRANGER)
        assert refused.status == 429
        assert refused.headers["Retry-After"]
        answer, _ = server.proxy.ask("/nl/", client="127.0.0.8")
        assert answer.status == 200
    finally:
        for connection in under_way:
            connection.close()


@pytest.mark.parametrize("path", ["/metrics", "/%6Detrics", "//metrics", "/./metrics", "/x/../metrics?x", "/METRICS"])
def test_the_metrics_are_closed_to_the_outside(server: Server, path: str) -> None:
    answer, body = server.proxy.ask(path, {"X-Forwarded-For": "127.0.0.1"}, client=STRANGER)
    assert answer.status in (301, 404)
    assert b"gatewijzer_" not in body


def test_the_metrics_are_there_for_the_machine_itself(server: Server) -> None:
    answer, body = server.proxy.ask("/metrics")
    assert answer.status == 200
    assert b"gatewijzer_requests_total" in body


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_static_files_are_immutable_and_compressed(server: Server, coding: str) -> None:
    _, page = server.proxy.ask("/nl/")
    (address,) = re.findall(r'href="(/static/site\.[0-9a-f]+\.css)"', page.decode())
    answer, _ = server.proxy.ask(address, {"Accept-Encoding": coding})
    assert answer.status == 200
    assert answer.headers["Content-Encoding"] == coding
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_page_that_a_browser_has_is_not_sent_again(server: Server) -> None:
    answer, _ = server.proxy.ask("/nl/faq/", {"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    again, body = server.proxy.ask("/nl/faq/", {"If-None-Match": answer.headers["ETag"], "Accept-Encoding": "gzip"})
    assert (again.status, body) == (304, b"")


def test_a_reload_of_the_site_fails_no_request(server: Server) -> None:
    statuses: list[int] = []
    waits: list[float] = []
    stop = threading.Event()

    def visit() -> None:
        while not stop.is_set():
            began = time.monotonic()
            answer, _ = server.proxy.ask(f"/nl/search/?q=bgp+{began}")
            statuses.append(answer.status)
            waits.append(time.monotonic() - began)
            time.sleep(0.02)

    visitors = [threading.Thread(target=visit) for _ in range(3)]
    for visitor in visitors:
        visitor.start()
    os.kill(server.site, signal.SIGHUP)
    time.sleep(6)
    stop.set()
    for visitor in visitors:
        visitor.join()
    assert set(statuses) == {200}
    assert len(statuses) > 20
    assert max(waits) < 1 + SLOW_MACHINE


def test_the_log_of_nginx_has_neither_addresses_nor_queries(server: Server) -> None:
    server.proxy.ask("/nl/search/?q=janssen", {"Referer": "https://intranet.example.org/janssen"}, client=STRANGER)
    time.sleep(0.2)
    log = server.proxy.log()
    assert re.search(r"^\S+ GET /nl/search/ 200 \d+ [\d.]+$", log, re.MULTILINE)
    assert "janssen" not in log
    assert "127.0.0." not in log


@pytest.fixture(scope="module")
def alone(place: Place) -> Iterator[Proxy]:
    """nginx in front of a site that is down."""
    down = Place(place.folder / "down")
    down.folder.mkdir(exist_ok=True)
    with nginx(down, place.folder / "nginx-alone") as proxy:
        yield proxy


def test_a_site_that_is_down_has_a_page_in_both_languages(alone: Proxy) -> None:
    answer, body = alone.ask("/nl/faq/")
    assert answer.status == 502
    assert 'lang="nl"' in body.decode()
    assert 'lang="en"' in body.decode()
    assert "Probeer het over een minuut opnieuw" in body.decode()
    assert answer.headers.get_content_type() == "text/html"
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/api/v1/search?q=bgp", "/mcp"])
def test_a_site_that_is_down_answers_programs_with_a_problem(alone: Proxy, path: str) -> None:
    answer, body = alone.ask(path)
    assert answer.headers.get_content_type() == "application/problem+json"
    assert json.loads(body)["status"] == answer.status == 502


def test_the_pages_of_nginx_are_not_pages_of_the_site(alone: Proxy) -> None:
    answer, _ = alone.ask("/nginx-pages/502.html")
    assert answer.status == 404
