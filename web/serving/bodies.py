"""Bodies of requests, read whole before a thread works on them, within bounds of size, time, and memory."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from web.serving.admission import Busy, Gone

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

SECONDS = 20.0
"""In which a body is there: 2 MB on a line of 1 Mbit/s."""

MOST_HELD = 64 * 1024 * 1024
"""Bytes of all bodies together that a worker holds while they come in."""


class Bodies:
    """Reads bodies, and knows how many bytes of them are held."""

    def __init__(self, most_held: int = MOST_HELD) -> None:
        self._most_held = most_held
        self._held = 0

    async def read(self, receive: Receive, most: int, declared: int) -> bytes | None:
        """A body; None where it has more than `most` bytes, or says so in `declared`. Raises `Gone` where the client
        leaves, `Busy` where all bodies together are too large, and TimeoutError.
        """
        if declared > most:
            return None
        body, more = bytearray(), True
        try:
            async with asyncio.timeout(SECONDS):
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise Gone
                    part, more = message["body"], message["more_body"]
                    body += part
                    self._held += len(part)
                    if len(body) > most:
                        return None
                    if self._held > self._most_held:
                        raise Busy
            return bytes(body)
        finally:
            self._held -= len(body)
