"""Sending one request to a server that somebody else names, without being led into the network of our own.

The name is looked up once, every address that it has is judged, and the connection goes to a judged address. No
redirect is followed, no proxy is used, and all of it together has one deadline. Free of Django and of settings.
"""

from __future__ import annotations

import http.client
import io
import queue
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, cast
from urllib.parse import SplitResult, urlsplit

MOST_READ = 65_536
"""Bytes of an answer that are read; only its status counts."""

NAT64 = IPv6Network("64:ff9b::/96")
PORTS = {"https": 443, "http": 80}

Address = tuple[socket.AddressFamily, Any]
"""A family and what its sockets connect to."""


class Fault(Enum):
    """Why nothing was delivered."""

    URL = "url"
    NAME = "name"
    PRIVATE = "private"
    CONNECTION = "connection"
    CERTIFICATE = "certificate"
    TIMEOUT = "timeout"
    REDIRECT = "redirect"
    STATUS = "status"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a request went: the status of the answer, if there was one, and the fault, if it was not delivered."""

    status: int | None = None
    fault: Fault | None = None


class _Failed(Exception):  # noqa: N818 -- it carries the fault to `post`
    def __init__(self, fault: Fault) -> None:
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment of the steady clock."""

    at: float

    def left(self) -> float:
        """Seconds that are left. Raises TimeoutError when there are none."""
        seconds = self.at - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds


def post(url: str, body: bytes, headers: Mapping[str, str], *, seconds: float, may_be_private: bool) -> Outcome:
    """Send a body to a URL, and tell how it went; never raises. Without encryption, and to addresses that are not
    public, only where that is allowed.
    """
    deadline = Deadline(time.monotonic() + seconds)
    try:
        parts = checked_url(url, may_be_plain=may_be_private)
        addresses = _looked_up(parts.hostname or "", parts.port or PORTS[parts.scheme], deadline)
        if not may_be_private and not all(is_public(sockaddr[0]) for _, sockaddr in addresses):
            return Outcome(fault=Fault.PRIVATE)
        with _connected(addresses, parts, deadline) as connection:
            return _outcome(_status(connection, _request(parts, body, headers), deadline))
    except _Failed as failed:
        return Outcome(fault=failed.fault)
    except ssl.SSLError:  # also a ValueError, where the certificate is not trusted
        return Outcome(fault=Fault.CERTIFICATE)
    except ValueError:
        return Outcome(fault=Fault.URL)
    except TimeoutError:
        return Outcome(fault=Fault.TIMEOUT)
    except http.client.HTTPException:
        return Outcome(fault=Fault.ANSWER)
    except OSError:
        return Outcome(fault=Fault.CONNECTION)


def checked_url(url: str, *, may_be_plain: bool) -> SplitResult:
    """The parts of a URL that a request can be sent to. Raises ValueError for any other."""
    if not url.isascii() or not url.isprintable() or " " in url:
        raise ValueError("a URL has only printable ASCII characters")
    parts = urlsplit(url)
    if parts.scheme not in (PORTS if may_be_plain else {"https"}):
        raise ValueError("the scheme is not allowed")
    if not parts.hostname or parts.username is not None or parts.password is not None or "#" in url or parts.port == 0:
        raise ValueError("a URL has a host, and neither a name, a password, nor a fragment")
    return parts


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also where it stands for an IPv4 address."""
    parsed = ip_address(address.partition("%")[0])
    if isinstance(parsed, IPv6Address):
        inner = _inner_address(parsed)
        if inner is not None:
            return is_public(str(inner))
        if parsed.is_site_local:
            return False
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


def _inner_address(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address leads to: a mapped one, or one of 6to4, Teredo, or NAT64."""
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def _looked_up(host: str, port: int, deadline: Deadline) -> list[Address]:
    """The addresses of a host. The look-up has no deadline of its own, so a thread does it that may be left behind."""
    answers: queue.SimpleQueue[list[Address] | OSError | UnicodeError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([(family, sockaddr) for family, _, _, _, sockaddr in found])
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=look_up, name="look-up", daemon=True).start()
    try:
        answer = answers.get(timeout=deadline.left())
    except queue.Empty:
        raise TimeoutError from None
    if not isinstance(answer, list) or not answer:
        raise _Failed(Fault.NAME)
    return answer


def _connected(addresses: list[Address], parts: SplitResult, deadline: Deadline) -> socket.socket:
    """A connection to the first of the addresses that accepts one, encrypted for https and checked by the name."""
    last: OSError = OSError("no address")
    for family, sockaddr in addresses:
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(deadline.left())
            connection.connect(sockaddr)
            if parts.scheme == "https":
                connection.settimeout(deadline.left())
                return ssl.create_default_context().wrap_socket(connection, server_hostname=parts.hostname)
        except OSError as error:
            connection.close()
            if isinstance(error, ssl.SSLError):
                raise
            last = error
        else:
            return connection
    raise last


def _request(parts: SplitResult, body: bytes, headers: Mapping[str, str]) -> bytes:
    """The request as it is sent. The host is the one of the URL, not the address that is connected to."""
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    fixed = {"Host": parts.netloc, "Content-Length": str(len(body)), "Connection": "close"}
    lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in (fixed | dict(headers)).items())]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


class _Answer(io.RawIOBase):
    """What a server answers, up to the deadline and the most that is read."""

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self._connection, self._deadline, self._room = connection, deadline, MOST_READ

    def readable(self) -> bool:
        """It is read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what there is, as the end of the answer where there is no more room."""
        self._connection.settimeout(self._deadline.left())
        read = self._connection.recv_into(memoryview(buffer)[: self._room]) if self._room else 0
        self._room -= read
        return read

    def makefile(self, mode: str) -> io.BufferedReader:
        """This, as `http.client` reads it from a socket."""
        return io.BufferedReader(self)


def _status(connection: socket.socket, request: bytes, deadline: Deadline) -> int:
    connection.settimeout(deadline.left())
    connection.sendall(request)
    response = http.client.HTTPResponse(cast(socket.socket, _Answer(connection, deadline)), method="POST")
    response.begin()
    return response.status


def _outcome(status: int) -> Outcome:
    if 200 <= status < 300:
        return Outcome(status)
    return Outcome(status, Fault.REDIRECT if 300 <= status < 400 else Fault.STATUS)
