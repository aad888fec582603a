"""A small site behind the front and its connections, in a thread of the test."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from uvicorn import Server

from web.serving.admission import Bounds
from web.serving.door import Door, listen
from web.serving.front import Front, Plan
from web.serving.server import configured
from web.serving.wsgi_call import Answer

Environ = dict[str, Any]
Finished = list[tuple[str, str, int]]

SURPLUS = Answer(503, ((b"retry-after", b"2"),), b"busy")


class Running:
    """Where it is, and what it has answered: method, path, and status of each request (0 where the client had gone)."""

    def __init__(self, port: int, front: Front, finished: Finished) -> None:
        self.port, self.front, self.finished = port, front, finished

    def connect(self, timeout: float = 10) -> socket.socket:
        """A connection on which nothing has been sent."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def said(self, request: bytes, timeout: float = 10) -> bytes:
        """All that is answered to these bytes, until the connection is closed."""
        with self.connect(timeout) as wire:
            wire.sendall(request)
            return everything(wire)

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()


def everything(wire: socket.socket) -> bytes:
    """What comes until the other side closes, or cuts off."""
    parts = []
    try:
        while part := wire.recv(65536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


@contextmanager
def running(
    application: Callable[[Environ, Callable[..., Any]], Iterable[bytes]],
    bounds: Bounds = Bounds(4, 8, 5.0),  # noqa: B008 -- it cannot change
    most_bytes: int = 100_000,
) -> Iterator[Running]:
    """Serve a WSGI application, all of whose requests are of one kind."""
    finished: Finished = []
    front = Front(
        application,
        Plan(
            kind_of=lambda scope: "all",
            bounds={"all": bounds},
            most_bytes=lambda path: most_bytes,
            surplus=lambda path: SURPLUS,
            warm_up=lambda: None,
            finished=lambda scope, identifier, kind, status, seconds: finished.append(
                (scope["method"], scope["path"], status)
            ),
        ),
    )
    was, Door.turned_away = Door.turned_away, front.turned_away_at_the_door
    door = listen("127.0.0.1", 0, 256)
    server = Server(configured(front, 1))
    thread = threading.Thread(target=server.run, args=([door],))
    thread.start()
    try:
        until = time.monotonic() + 10
        while not server.started and time.monotonic() < until:
            time.sleep(0.01)
        yield Running(door.getsockname()[1], front, finished)
    finally:
        server.should_exit = True
        thread.join(30)
        Door.turned_away = was


def echo(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answers with the address, a header, and the number of bytes of the body."""
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['PATH_INFO']}?{environ['QUERY_STRING']} {environ.get('HTTP_X_A', '')} {len(body)}".encode()]
