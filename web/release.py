"""Which release and set-up this process serves: what decides, besides the content, how a page looks.

Machines of different releases serve at the same time while a new one is installed: none may show a page of another.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

ROOMS = ("config", "web", "faq", "advisor", "templates", "static", "locale")
"""The folders with code, data, templates, scripts, and translations."""

PACKAGES = "requirements.lock"
"""What the site is installed with, where it is there."""

MANIFEST = "staticfiles.json"
"""Under which URLs the static files were collected."""

LEFT_OUT = frozenset({"__pycache__"})


def release() -> str:
    """A digest that is the same on machines with the same release and the same settings, and on no other."""
    return _digest(settings.BASE_DIR, settings.STATIC_ROOT, settings.CONTENT_DIR, settings.SET_UP)


@lru_cache(maxsize=1)
def _digest(base: Path, static: Path, content: Path, set_up: str) -> str:
    """Made once, in some 50 ms: a worker asks for it before its first request, while its files are still those that it
    runs.
    """
    made = blake2b(set_up.encode(), digest_size=16)
    for path in _files(base, content):
        _add(made, str(path.relative_to(base)), path)
    _add(made, MANIFEST, static / MANIFEST)
    return made.hexdigest()


def _files(base: Path, content: Path) -> Iterator[Path]:
    """The files of the project. The content is in the database, and has a version of its own."""
    for room in ROOMS:
        for path in sorted((base / room).rglob("*")):
            if path.is_file() and not LEFT_OUT & set(path.parts) and not path.is_relative_to(content):
                yield path
    yield base / PACKAGES


def _add(made: blake2b, name: str, path: Path) -> None:
    found = path.read_bytes() if path.is_file() else b""
    made.update(f"{name}\0{len(found)}\0".encode() + found)
