"""Sending one request to a server that somebody else names."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from typing import Any

import pytest

from tests.ports import free_port
from tests.receivers import receiving, self_signed
from web.outgoing import Fault, Outcome, checked_url, is_public, post

PRIVATE = [
    *["127.0.0.1", "127.8.9.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"],  # noqa: S104 -- refused
    *["224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "::ffff:127.0.0.1"],
    *["::ffff:10.0.0.1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1"],
    *["64:ff9b::7f00:1", "2002:7f00:1::", "64:ff9b::a9fe:a9fe", "2001:0:0:0:0:0:80ff:fffe"],
]


def sent(url: str, *, may_be_private: bool = False, seconds: float = 5) -> Outcome:
    """How sending a small body went."""
    return post(url, b"{}", {"X-A": "b"}, seconds=seconds, may_be_private=may_be_private)


def resolving_to(*addresses: str) -> Any:
    """A look-up that finds these addresses for every name."""

    def look_up(host: str, port: int, **_: Any) -> list[Any]:
        families = {True: socket.AF_INET6, False: socket.AF_INET}
        return [(families[":" in one], socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    return look_up


class TestAddresses:
    """Which addresses are public."""

    @pytest.mark.parametrize("address", PRIVATE)
    def test_an_address_of_a_network_of_our_own_is_not(self, address: str) -> None:
        assert not is_public(address)

    @pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "::ffff:1.1.1.1"])
    def test_one_of_the_internet_is(self, address: str) -> None:
        assert is_public(address)


class TestUrls:
    """Which URLs are sent to."""

    @pytest.mark.parametrize(
        "url",
        [
            *["http://example.org/", "ftp://example.org/", "//example.org/", "https:///x", "https://", "example.org"],
            *["https://a:b@example.org/", "https://a@example.org/", "https://example.org/#x", "https://example.org:0/"],
            *["https://example.org:99999/", "https://exa mple.org/", "https://example.org/\r\nX: y", "https://é.nl/"],
            *["https://[::1/", "file:///etc/passwd", ""],
        ],
    )
    def test_one_that_is_not_plain_https_is_refused(self, url: str) -> None:
        with pytest.raises(ValueError):  # noqa: PT011 -- of any text
            checked_url(url, may_be_plain=False)
        assert sent(url) == Outcome(fault=Fault.URL)

    def test_one_without_encryption_only_where_allowed(self) -> None:
        assert checked_url("http://example.org:81/a?b", may_be_plain=True).port == 81


class TestPrivate:
    """Nobody is led into the network of the site."""

    @pytest.mark.parametrize(
        "host",
        [
            *["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "10.0.0.1", "0.0.0.0", "0"],  # noqa: S104 -- refused
            *["2130706433", "0x7f000001", "0x7f.1", "017700000001", "127.1"],
        ],
    )
    def test_no_form_of_such_an_address_is_connected_to(self, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("it connected"))
        assert sent(f"https://{host}/").fault in (Fault.PRIVATE, Fault.NAME)

    @pytest.mark.parametrize("address", PRIVATE)
    def test_nor_a_name_that_leads_there(self, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(socket, "getaddrinfo", resolving_to("1.1.1.1", address))
        monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("it connected"))
        assert sent("https://hooks.example.org/") == Outcome(fault=Fault.PRIVATE)

    def test_the_address_that_was_judged_is_connected_to(self, monkeypatch: pytest.MonkeyPatch) -> None:
        connected: list[Any] = []

        def connect(_: socket.socket, address: Any) -> None:
            connected.append(address)
            raise ConnectionRefusedError

        monkeypatch.setattr(socket, "getaddrinfo", resolving_to("1.1.1.1", "2606:4700::1111"))
        monkeypatch.setattr(socket.socket, "connect", connect)
        assert sent("https://hooks.example.org/") == Outcome(fault=Fault.CONNECTION)
        assert connected == [("1.1.1.1", 443), ("2606:4700::1111", 443)]


class TestSending:
    """What is sent, and what becomes of it."""

    def test_the_whole_request_arrives(self) -> None:
        with receiving() as receiver:
            assert sent(f"{receiver.origin}/a?b=c", may_be_private=True) == Outcome(204)
        ((path, headers, body),) = receiver.received
        assert (path, body, headers["x-a"]) == ("/a?b=c", b"{}", "b")
        assert headers["host"] == receiver.origin.removeprefix("http://")

    @pytest.mark.parametrize(
        ("status", "fault"), [(200, None), (301, Fault.REDIRECT), (307, Fault.REDIRECT), (500, Fault.STATUS)]
    )
    def test_no_redirect_is_followed_and_only_2xx_is_delivered(self, status: int, fault: Fault | None) -> None:
        with receiving() as receiver:
            receiver.status = status
            assert sent(receiver.origin, may_be_private=True) == Outcome(status, fault)
        assert len(receiver.received) == 1

    def test_a_slow_answer_is_given_up_at_the_deadline(self) -> None:
        with receiving() as receiver:
            receiver.slow, start = True, time.monotonic()
            assert sent(receiver.origin, may_be_private=True, seconds=0.3) == Outcome(fault=Fault.TIMEOUT)
            assert time.monotonic() - start < 3

    def test_nobody_listens(self) -> None:
        assert sent(f"http://127.0.0.1:{free_port()}/", may_be_private=True) == Outcome(fault=Fault.CONNECTION)

    def test_no_such_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def unknown(*_: Any, **__: Any) -> None:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")

        monkeypatch.setattr(socket, "getaddrinfo", unknown)
        assert sent("https://no.example/") == Outcome(fault=Fault.NAME)

    def test_a_trusted_certificate_is_accepted(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        certificate = self_signed(tmp_path / "own.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with receiving(certificate) as receiver:
            assert sent(receiver.origin, may_be_private=True) == Outcome(204)

    @pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.9"])
    def test_one_that_is_not_trusted_or_of_another_host_is_not(
        self, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        certificate = self_signed(tmp_path / "own.pem", address)
        if address != "127.0.0.1":
            monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with receiving(certificate) as receiver:
            assert sent(receiver.origin, may_be_private=True) == Outcome(fault=Fault.CERTIFICATE)
        assert receiver.received == []
