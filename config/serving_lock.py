"""Who serves from a database file, so that it is not replaced under them: a lock on a file beside it."""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

log = logging.getLogger(__name__)


class StillServing(Exception):  # noqa: N818 -- a state that callers answer, not a mistake
    """A process serves from the database."""


def serve_from(database: Path | None) -> None:
    """Hold the lock of a database for as long as this process lives, together with all who serve from it. Waits while
    the database is replaced. None is one without a file.
    """
    if database is None:
        return
    try:
        handle = _opened(database)  # never closed: the lock goes with the process
        fcntl.flock(handle, fcntl.LOCK_SH)
    except OSError as error:  # on a full or read-only disk readers are served all the same
        log.warning("restoring a backup cannot see that this process serves: %s", error)


@contextmanager
def nobody_serving(database: Path) -> Iterator[None]:
    """Hold the lock alone; who begins to serve waits. Raises `StillServing` where somebody holds it."""
    handle = _opened(database)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StillServing from None
        yield
    finally:
        os.close(handle)


def _opened(database: Path) -> int:
    file = database.resolve()
    return os.open(file.with_name(f"{file.name}.serving"), os.O_RDONLY | os.O_CREAT, 0o644)
