"""The socket on which connections come in. Who finds no room is turned away here, before anything is made for the
connection: under overload most of the time would go there.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from multiprocessing.reduction import DupFd, ForkingPickler
from pathlib import Path
from typing import Any, ClassVar

LOOKED_AT = 4096
"""Bytes of a request that are looked at for its first line."""

HELD_SECONDS = 0.15
"""After which those who were turned away are answered, together."""

MOST_HELD = 1_000
"""Who are held at most; with one more all are answered."""

REST_SECONDS = 0.025
"""For which a worker that has turned somebody away looks at no new connection: what comes meanwhile is looked at
together.
"""

LINE_SECONDS = 5
"""For which the system keeps a connection to itself on which nothing has come."""

FOR_ALL = 0o666
"""Permissions of a Unix socket."""


class Held:
    """Connections of those who are turned away, answered together after a moment: programs that ask again as soon as
    they were answered would else take the time of those who are let in.
    """

    def __init__(self) -> None:
        self._held: list[tuple[Callable[[bytes], object], bytes]] = []
        self._due: asyncio.TimerHandle | None = None

    def answer(self, write: Callable[[bytes], object], answer: bytes) -> None:
        """Write an answer soon, or at once where many are held."""
        self._held.append((write, answer))
        if len(self._held) >= MOST_HELD:
            self._answer_all()
        elif self._due is None:
            self._due = asyncio.get_running_loop().call_later(HELD_SECONDS, self._answer_all)

    def _answer_all(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None
        held, self._held = self._held, []
        for write, answer in held:
            with suppress(OSError):  # the client has gone
                write(answer)


class Door(socket.socket):
    """A listening socket. It reads nothing: what it has looked at is there for who gets the connection."""

    turned_away: ClassVar[Callable[[bytes, bytes], bytes | None]] = lambda method, target: None
    """The whole answer to a method and an address for which there is no room; None where there is."""

    held: ClassVar[Held] = Held()

    _has_taken = False

    def accept(self) -> tuple[socket.socket, Any]:
        """The next connection for which there is room. Raises BlockingIOError where there is none, and after each one:
        the event loop takes all that it gets, and the other workers are to get some.
        """
        self._has_taken = not self._has_taken
        if not self._has_taken:
            raise BlockingIOError
        has_turned_away = False
        while True:
            try:
                connection, address = super().accept()
            except OSError:
                self._has_taken = False
                if has_turned_away:
                    self._rest()
                raise
            connection.setblocking(False)
            answer = self._answer_at_once(connection)
            if answer is None:
                return connection, address
            connection.recv(LOOKED_AT)  # a connection that is closed with something unread is reset
            has_turned_away = True
            Door.held.answer(partial(_write_and_close, connection), answer)

    def _rest(self) -> None:
        """Look at the socket again in a moment, not for each connection: to be woken takes more time than to turn one
        away. The event loop has no public way to stop accepting for so short a time.
        """
        loop = asyncio.get_running_loop()
        accepting = loop._selector.get_key(self.fileno()).data[0]  # type: ignore[attr-defined]
        callback, arguments = accepting._callback, accepting._args
        loop.remove_reader(self.fileno())
        loop.call_later(REST_SECONDS, self._look_again, loop, callback, arguments)

    def _look_again(
        self, loop: asyncio.AbstractEventLoop, accept: Callable[..., Any], arguments: Iterable[Any]
    ) -> None:
        if self.fileno() >= 0:  # the worker has not ended
            loop.add_reader(self.fileno(), accept, *arguments)

    def _answer_at_once(self, connection: socket.socket) -> bytes | None:
        try:
            begin = connection.recv(LOOKED_AT, socket.MSG_PEEK)
        except OSError:
            return None
        words = begin.partition(b"\r\n")[0].split(b" ")
        return Door.turned_away(words[0], words[1]) if len(words) == 3 and begin.endswith(b"\r\n\r\n") else None


def _write_and_close(connection: socket.socket, answer: bytes) -> None:
    with connection:
        connection.send(answer)


def listen(host: str, port: int, backlog: int) -> Door:
    """A listening socket at an address (IPv4 or IPv6). Raises OSError where it is taken or not ours."""
    taken = take(host, port)
    try:
        taken.listen(backlog)
    except OSError:
        taken.close()
        raise
    return taken


def take(host: str, port: int) -> Door:
    """A socket at an address that refuses connections: the first worker that is ready listens. Raises OSError where it
    is taken or not ours.
    """
    taken = Door(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_DEFER_ACCEPT"):
            taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, LINE_SECONDS)
        taken.bind((host, port))
    except OSError:
        taken.close()
        raise
    return taken


def listen_at(path: Path, backlog: int) -> Door:
    """A Unix socket, for a proxy on the same machine. Who may enter its folder may connect: the folder keeps others
    out, as everybody may write to the socket itself. One that an earlier process left behind is replaced. Raises
    OSError where it is taken or cannot be made.
    """
    if path.is_socket() and not _is_answered(path):
        path.unlink()
    taken = Door(socket.AF_UNIX)
    try:
        taken.bind(str(path))
        path.chmod(FOR_ALL)
        taken.listen(backlog)
    except OSError:
        taken.close()
        raise
    return taken


def _is_answered(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except ConnectionRefusedError:
            return False
    return True


def _handed_on(door: Door) -> tuple[Callable[..., Door], tuple[Any, int]]:
    """How a worker process gets the socket."""
    return _taken_over, (DupFd(door.fileno()), door.family)


def _taken_over(handle: Any, family: int) -> Door:
    return Door(family, fileno=handle.detach())


ForkingPickler.register(Door, _handed_on)
