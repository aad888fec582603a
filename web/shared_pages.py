"""The second shelf of rendered pages: in Redis, for all machines, where one is set. A page is then rendered once.

What is stored names the release, the version of the content and when that began, and all that the first shelf keeps a
page under: no process ever reads a page that it would not have rendered. It is signed with the secret key of the site,
so that nobody who can write to Redis writes pages.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b, sha256
from typing import Any

import brotli
from django.conf import settings

from web import redis_connection
from web.page_cache import LARGEST_KEPT, KeptPage, Key
from web.redis_connection import Unavailable
from web.release import release

SECONDS = 3600
"""For which a page is stored at most; one of an older version or release goes then."""

ROOM = "pages"
"""Under which key it is counted how many bytes were stored: a flood of pages must leave room for the counts."""

ENCODING, PLAIN = "br", "identity"
"""A page is stored compressed, which takes a fifth of the room; a picture as it is."""

SIGNATURE_BYTES = 16
LENGTH_BYTES = 4
"""Of the signature that a value begins with, and of the length of its header."""


@dataclass(frozen=True, slots=True)
class SharedPages:
    """Pages that all machines share, in about `room` bytes; `release` is that of this process."""

    room: int
    release: Callable[[], str] = release

    def is_open(self) -> bool:
        """Whether a Redis is set."""
        return redis_connection.is_set()

    def get(self, version: int, changed_at: datetime, key: Key) -> KeptPage | None:
        """A page that any machine has rendered; None where there is none, or nothing that is right."""
        where = self._where(version, changed_at, key)
        with suppress(Unavailable):
            if value := redis_connection.read(where):
                return unpacked(value, where)
        return None

    def put(self, version: int, changed_at: datetime, key: Key, page: KeptPage) -> None:
        """Store a page for the others, if there is room."""
        where = self._where(version, changed_at, key)
        with suppress(Unavailable):
            redis_connection.store(where, packed(page, where), SECONDS, room=ROOM, most=self.room)

    def _where(self, version: int, changed_at: datetime, key: Key) -> str:
        """The key of a page. The time tells versions apart that have the same number, as after a restored backup."""
        told = json.dumps([self.release(), version, changed_at.isoformat(), *key])
        return f"page:{version}:{blake2b(told.encode(), digest_size=20, key=_secret()).hexdigest()}"


def packed(page: KeptPage, where: str) -> bytes:
    """A page as it is stored under a key: its signature, and a header of JSON before the bytes of its body."""
    encoding = PLAIN if page.is_picture else ENCODING
    header = {
        "encoding": encoding,
        "bytes": len(page.body),
        "etag": page.etag,
        "last_modified": page.last_modified,
        "headers": page.headers,
    }
    written = json.dumps(header).encode()
    told = len(written).to_bytes(LENGTH_BYTES, "big") + written + page.in_encoding(encoding)
    return _signature(where, told) + told


def unpacked(value: bytes, where: str) -> KeptPage | None:
    """The page in a value that stands under a key; None where it is damaged, foreign, or of another key."""
    signature, told = value[:SIGNATURE_BYTES], value[SIGNATURE_BYTES:]
    if not hmac.compare_digest(signature, _signature(where, told)):
        return None
    end = LENGTH_BYTES + int.from_bytes(told[:LENGTH_BYTES], "big")
    try:
        return _page(json.loads(told[LENGTH_BYTES:end]), told[end:])
    except (ValueError, KeyError, TypeError, brotli.error):  # of a later release with the same secret key
        return None


def _page(header: dict[str, Any], stored: bytes) -> KeptPage | None:
    is_plain = header["encoding"] == PLAIN
    body = stored if is_plain else brotli.decompress(stored)
    if len(body) != header["bytes"] or len(body) > LARGEST_KEPT:
        return None
    compressed = {} if is_plain else {ENCODING: stored}
    return KeptPage(body, header["etag"], header["last_modified"], header["headers"], compressed)


def _signature(where: str, told: bytes) -> bytes:
    return blake2b(where.encode() + b"\0" + told, digest_size=SIGNATURE_BYTES, key=_secret()).digest()


def _secret() -> bytes:
    """The key of signatures and of keys, which is that of nothing else."""
    return sha256(b"gatewijzer.shared-pages:" + settings.SECRET_KEY.encode()).digest()
