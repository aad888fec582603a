"""The target that is the wire: bytes on a connection, in one piece or two, and what the protocol makes of them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any

from uvicorn.server import ServerState

from tests.hostile.fuzz.target import Target
from web.serving.protocol import BoundedProtocol
from web.serving.server import configured

STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")
HEAD = b"Host: a\r\n"


class _Site:
    """An ASGI application that answers with 200, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    async def __call__(self, scope: Any, receive: Callable[..., Any], send: Callable[..., Any]) -> None:
        """Read the body, then answer."""
        self.asked.append((scope["method"], scope["path"]))
        assert scope["raw_path"].isascii()
        while (message := await receive())["type"] == "http.request" and message.get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    def turned_away(self, scope: Any) -> None:
        """There is room for everybody."""


class _Wire(asyncio.Transport):
    """A connection in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.closed = False

    def write(self, data: Any) -> None:
        """What is answered. Nothing is after it was closed."""
        if not self.closed:
            self.written += data

    def close(self) -> None:
        """No more is answered."""
        self.closed = True

    abort = close

    def is_closing(self) -> bool:
        """Whether no more is answered."""
        return self.closed

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Where it comes from."""
        return {"peername": ("192.0.2.1", 1), "sockname": ("127.0.0.1", 8000)}.get(name, default)

    def pause_reading(self) -> None:
        """Nothing waits here."""

    resume_reading = pause_reading


async def _exchanged(pieces: list[bytes]) -> tuple[bytes, list[tuple[str, str]], list[dict[str, Any]]]:
    site, wire, raised = _Site(), _Wire(), list[dict[str, Any]]()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: raised.append(context))
    config = configured(site, 1)
    config.load()
    config.loaded_app = site
    protocol = BoundedProtocol(config=config, server_state=ServerState(), app_state={}, _loop=loop)
    protocol.connection_made(wire)
    for piece in pieces:
        if not wire.closed:
            protocol.data_received(piece)
        await asyncio.sleep(0)
    for _ in range(6):
        await asyncio.sleep(0)
    protocol.connection_lost(None)
    await asyncio.sleep(0)
    return wire.written, site.asked, raised


def exchange(given: bytes) -> tuple[list[int], list[tuple[str, str]]]:
    """The statuses that are answered to the bytes of a connection, and what the site was asked. Raises AssertionError
    where something was raised, an answer has another status than those for what cannot be read, or the pieces in which
    the bytes come make a difference to what is asked.
    """
    whole = asyncio.run(_exchanged([given]))
    half = len(given) // 2
    parted = asyncio.run(_exchanged([given[:half], given[half:]]))
    for written, asked, raised in (whole, parted):
        assert not raised, raised[0]
        statuses = [int(found) for found in STATUS.findall(written)]
        assert set(statuses) <= {100, 200, 400, 414, 431}, statuses
        assert statuses.count(200) <= len(asked)
    return [int(found) for found in STATUS.findall(whole[0])], whole[1]


def _read(given: bytes) -> None:
    exchange(given)


def targets() -> list[Target]:
    """The one target."""
    seeds = [
        b"GET /nl/?q=a HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET /b HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    ]
    parts = [
        *[
            b"\r\n",
            b"\n",
            b"\r",
            b" ",
            b"\t",
            b"\0",
            b":",
            b"0\r\n\r\n",
            b"Content-Length: 3\r\n",
            b"HTTP/1.1",
            b"HTTP/2.0",
        ],
        *[
            b"Transfer-Encoding: chunked\r\n",
            b"Transfer-Encoding: xchunked\r\n",
            b"Content-Length: +3\r\n",
            b"GET ",
            b"PRI *",
        ],
        *[
            b"Content-Length: 99999999999999999999\r\n",
            b"Host: b\r\n",
            b"X_Y: z\r\n",
            b"Expect: 100-continue\r\n",
            b"OPTIONS *",
        ],
        *[
            b"Connection: close\r\n",
            b"Upgrade: h2c\r\n",
            b"CONNECT a:1",
            b"http://evil/ ",
            b"\xff\xfe",
            "é".encode(),
            b";a=b",
        ],
    ]
    return [Target("wire", _read, seeds, parts)]
