"""What a process has read of an index: of one content version, until a later one is asked for. Pure: no Django."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Opened(Generic[T]):
    """Reads what there is of a content version when that is first asked for. What is of a later one serves as well.

    `read` is given the content version and what was read before, None at first; what it raises is raised here.
    """

    def __init__(self, read: Callable[[int, T | None], T]) -> None:
        self._read = read
        self._opened: tuple[int, T] | None = None
        self._opening = threading.Lock()

    @property
    def version(self) -> int | None:
        """The content version of what was read last; None before."""
        return self._opened[0] if self._opened else None

    def of(self, content_version: int) -> T:
        """What was read of a content version."""
        opened = self._opened
        if opened is None or opened[0] < content_version:
            with self._opening:  # one thread reads the files, the others wait for it
                opened = self._opened
                if opened is None or opened[0] < content_version:
                    before = opened[1] if opened else None
                    opened = self._opened = content_version, self._read(content_version, before)
        return opened[1]
