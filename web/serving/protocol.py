"""A connection, with bounds on time and size that uvicorn leaves to a proxy: the site also holds without one."""

from __future__ import annotations

import asyncio
from string import printable
from typing import Any
from urllib.parse import quote

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from web.serving.door import Door

HEAD_SECONDS = 10.0
"""In which the head of a request is there, counted from the connection or from the end of the answer before it."""

SEND_SECONDS = 60.0
"""After which a connection is cut whose client reads nothing of what it asked for."""

LONGEST_TARGET = 8190
"""Bytes of an address: a changed number carries two designs of 2,000 characters in it."""

LARGEST_HEAD = 64 * 1024
"""Bytes of an address and its headers."""

MOST_HEADERS = 100

MOST_CONNECTIONS = 1_000
"""Of a worker. One more closes the one that has been silent for the longest."""

LAST_REQUEST_SECONDS = 1.0
"""For which a worker that ends leaves an idle connection open, for a request that is on its way."""

MOST_DISCARDED = 8 * 1024 * 1024
"""Bytes of a body that still come when its answer has been sent, as of one that is too long: then it is cut off."""

CLOSE = (b"connection", b"close")


class RefusedHead(Exception):  # noqa: N818 -- an answer to a client, not a mistake of ours
    """The head of a request that is answered with a status of its own."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class BoundedProtocol(HttpToolsProtocol):
    """HTTP/1.1 as uvicorn speaks it. Who sends a head too slowly, or never, is closed; so is who reads nothing. A head
    that is too large is refused with 414 or 431, one without a host with 400 (RFC 9112). A header with an underscore is
    left out, as a WSGI application cannot tell `X_Y` from `X-Y`.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._head_due: asyncio.TimerHandle | None = None
        self._read_due: asyncio.TimerHandle | None = None
        self._size = 0
        self._discarded = 0
        self._refused = 400

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head; where there are too many connections, close the one that waited longest."""
        if len(self.connections) >= MOST_CONNECTIONS:
            silent = [other for other in self.connections if isinstance(other, BoundedProtocol) and other._head_due]
            if silent:
                min(silent, key=lambda other: other._head_due.when() if other._head_due else 0.0).transport.abort()
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._stop_waiting()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read what came. Between two requests, whatever comes begins the wait for the next head."""
        super().data_received(_in_ascii(data) if self._is_between_requests else data)
        if self._head_due is None and self._is_between_requests:
            self._await_head()

    def on_message_begin(self) -> None:
        """Measure another head."""
        super().on_message_begin()
        self._size = self._discarded = 0

    def on_url(self, url: bytes) -> None:
        """A part of the address."""
        super().on_url(url)
        if len(self.url) > LONGEST_TARGET:
            self._refuse(414)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header."""
        self._size += len(name) + len(value)
        if self._size > LARGEST_HEAD or len(self.headers) >= MOST_HEADERS:
            self._refuse(431)
        if b"_" not in name:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is there: begin to answer."""
        version = self.parser.get_http_version()
        if version not in ("1.0", "1.1") or (version == "1.1" and not any(name == b"host" for name, _ in self.headers)):
            self._refuse(400)
        self._stop_waiting()
        super().on_headers_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """Begin with a request, unless there is no room for it: then the answer is one write, without a task, so that
        ten requests too many do not take the time of one that is answered.
        """
        turned_away = app.turned_away(cycle.scope)
        if turned_away is None:
            super()._start_asgi_task(cycle, app)
            return
        cycle.response_started = cycle.response_complete = True
        Door.held.answer(self._write_and_close, turned_away)

    def on_body(self, body: bytes) -> None:
        """A part of the body."""
        super().on_body(body)
        if self.cycle.response_complete:
            self._discarded += len(body)
            if self._discarded > MOST_DISCARDED:
                self.transport.abort()

    def on_response_complete(self) -> None:
        """Wait for the next head, or for the client to read what is left."""
        super().on_response_complete()
        if self.transport.is_closing():
            self.loop.call_later(SEND_SECONDS, self.transport.abort)

    def send_400_response(self, msg: str) -> None:
        """Refuse what cannot be read, with the status that fits."""
        self._stop_waiting()
        head = STATUS_LINE[self._refused] + b"content-length: 0\r\nconnection: close\r\n\r\n"
        self.transport.write(head)
        self.transport.close()

    def shutdown(self) -> None:
        """End after the request that is under way, or that comes within a moment."""
        if self._is_between_requests:
            if CLOSE not in self.server_state.default_headers:
                self.server_state.default_headers = [*self.server_state.default_headers, CLOSE]
            self.loop.call_later(LAST_REQUEST_SECONDS, self._close_idle)
        else:
            self.cycle.keep_alive = False

    def pause_writing(self) -> None:
        """The client reads too slowly: give it a while."""
        super().pause_writing()
        self._read_due = self.loop.call_later(SEND_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """The client reads on."""
        super().resume_writing()
        if self._read_due is not None:
            self._read_due.cancel()
            self._read_due = None

    def timeout_keep_alive_handler(self) -> None:
        """Nothing came after an answer."""
        super().timeout_keep_alive_handler()
        self.loop.call_later(SEND_SECONDS, self.transport.abort)

    def _write_and_close(self, answer: bytes) -> None:
        self.transport.write(answer)
        self.transport.close()

    @property
    def _is_between_requests(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _await_head(self) -> None:
        self._head_due = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._head_due is not None:
            self._head_due.cancel()
            self._head_due = None

    def _close_idle(self) -> None:
        if self._is_between_requests:
            self.transport.close()

    def _refuse(self, status: int) -> None:
        self._refused = status
        raise RefusedHead(status)


def _in_ascii(data: bytes) -> bytes:
    """What begins a request, with its address percent-encoded where a program wrote it in UTF-8, as in `?q=café`."""
    line, end, rest = data.partition(b"\r\n")
    return data if line.isascii() else quote(line, safe=printable).encode() + end + rest
