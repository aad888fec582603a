"""The Redis that the site is set up with, by its URL."""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote

from config.server_urls import split_url

FORMS = (
    "write redis://user:password@host:port/0, rediss:// for TLS, or unix:///folder/redis.sock, with special characters "
    "of the user and password percent-encoded"
)

USUAL_PORT = 6379

MOST_DATABASES = 10_000
"""A number of a database beyond it is a mistake."""

PARAMETERS = {
    "redis": frozenset[str](),
    "rediss": frozenset({"ssl_ca_certs", "ssl_certfile", "ssl_keyfile"}),
    "unix": frozenset({"db"}),
}
"""What a URL may say after its `?`, by its scheme: files for TLS, and the number of the database behind a socket."""


def redis_of(url: str) -> dict[str, Any] | None:
    """The Redis that a URL names, as redis-py's client takes it; None for an empty one. Raises ValueError with the
    reason, which repeats nothing of the URL.
    """
    if not url:
        return None
    parts, port = split_url(url, FORMS)
    if parts.scheme not in PARAMETERS or parts.fragment or not url.isprintable() or " " in url:
        raise ValueError(FORMS)
    made = _socket(parts) if parts.scheme == "unix" else _host(parts, port)
    known = {"username": unquote(parts.username or ""), "password": unquote(parts.password or "")}
    return made | {name: value for name, value in known.items() if value}


def _host(parts: SplitResult, port: int | None) -> dict[str, Any]:
    if not parts.hostname:
        raise ValueError(FORMS)
    files = _parameters(parts)
    return {
        "host": parts.hostname,
        "port": port or USUAL_PORT,
        "db": _number(parts.path.removeprefix("/")),
        **({"ssl": True} if parts.scheme == "rediss" else {}),
        **files,
    }


def _socket(parts: SplitResult) -> dict[str, Any]:
    path = unquote(parts.path)
    if parts.hostname or not path.startswith("/") or path.endswith("/"):
        raise ValueError("name the socket from the root, after three slashes: unix:///run/redis/redis.sock")
    return {"unix_socket_path": path, "db": _number(_parameters(parts).get("db", ""))}


def _parameters(parts: SplitResult) -> dict[str, str]:
    given = parse_qsl(parts.query, keep_blank_values=True)
    found, allowed = dict(given), PARAMETERS[parts.scheme]
    if len(found) < len(given) or not found.keys() <= allowed:
        raise ValueError(
            f"the parameters of a URL with {parts.scheme}: are, each at most once: {', '.join(sorted(allowed))}"
            if allowed
            else f"a URL with {parts.scheme}: has no parameters"
        )
    return found


def _number(text: str) -> int:
    if text and not (text.isascii() and text.isdecimal() and int(text) < MOST_DATABASES):
        raise ValueError("the database of Redis is a number, such as redis://host/0")
    return int(text or 0)
