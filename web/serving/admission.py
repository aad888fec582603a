"""How many requests of a kind are worked on at once, how many wait, and for how long."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


class Busy(Exception):  # noqa: N818 -- an answer to a client, not a mistake of ours
    """There is no room, and none came in time."""


class Gone(Exception):  # noqa: N818 -- likewise
    """The client left before its request was worked on."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """At most `at_once` requests are worked on, and at most `waiting` more wait, each for at most `seconds`."""

    at_once: int
    waiting: int
    seconds: float


class Gate:
    """Lets requests through within its bounds, first come, first served. Belongs to one event loop."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.working = 0
        self._queue: deque[asyncio.Future[None]] = deque()

    @property
    def waiting(self) -> int:
        """How many requests wait."""
        return len(self._queue)

    @property
    def is_full(self) -> bool:
        """Whether one more request would be turned away at once."""
        return self.working >= self.bounds.at_once and len(self._queue) >= self.bounds.waiting

    async def enter(self, left: Callable[[], Awaitable[None]]) -> None:
        """Take a place, which `leave` gives back. `left` ends when the client has gone. Raises `Busy` at once where too
        many wait, or when the wait took too long, and `Gone`.
        """
        if self.working < self.bounds.at_once:
            self.working += 1
            return
        if self.is_full:
            raise Busy
        place = asyncio.get_running_loop().create_future()
        self._queue.append(place)
        gone = asyncio.ensure_future(left())
        try:
            await asyncio.wait((place, gone), timeout=self.bounds.seconds, return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                raise Gone
            if not place.done():
                raise Busy
        except BaseException:
            if place.done():
                self.leave()
            else:
                self._queue.remove(place)
            raise
        finally:
            gone.cancel()

    def leave(self) -> None:
        """Give a place to who waits for the longest."""
        if self._queue:
            self._queue.popleft().set_result(None)
        else:
            self.working -= 1
