"""Calling a WSGI application with a request that is there as a whole, and taking its whole answer.

The answer is taken whole so that no thread waits for a client that reads slowly. No page of the site is a stream.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What an application answered; the names of headers are in lower case."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    def on_the_wire(self, *, with_body: bool) -> bytes:
        """The answer as HTTP/1.1 writes it, after which the connection is closed."""
        status = HTTPStatus(self.status)
        lines = [f"HTTP/1.1 {status} {status.phrase}".encode()]
        lines += [name + b": " + value for name, value in self.headers if name != b"content-length"]
        lines += [b"content-length: %d" % len(self.body), b"connection: close", b"", self.body if with_body else b""]
        return b"\r\n".join(lines)


def environ_of(scope: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    """The environment of a request for WSGI (PEP 3333), from its ASGI scope and its body."""
    server, port = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode(errors="surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server,
        "SERVER_PORT": str(port or 0),
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").upper().replace("-", "_"), raw_value.decode("latin-1")
        key = name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
        joint = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{joint}{value}" if key in environ else value
    environ["CONTENT_LENGTH"] = str(len(body)) if body else environ.get("CONTENT_LENGTH", "")
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    return environ


def call(application: Application, environ: dict[str, Any]) -> Answer:
    """The whole answer of an application. Raises what it raises."""
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], Any]:
        started.append((status, headers))
        return written.append

    written: list[bytes] = []
    parts = application(environ, start_response)
    try:
        written.extend(parts)
    finally:
        getattr(parts, "close", lambda: None)()
    status, headers = started[-1]
    told = tuple((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers)
    return Answer(int(status[:3]), told, b"".join(written))
