"""What was worked out last, kept up to so many bytes. Pure: no Django."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

PER_VALUE = 200
"""Bytes that a value takes besides its own: its place in the cache, and its key."""


class BoundedCache(Generic[Key, Value]):
    """Makes a value when it is asked for, and keeps those that were asked for last.

    `size_of` tells the bytes of a value, about. There are two halves: values come into the young one, and when that is
    full the old one is dropped and the young one becomes old. A value that is asked for in the old half comes into the
    young one again, and one that is larger than a half is not kept. So a hit costs one look-up, and no lock: threads
    that make the same value at the same time both keep it.
    """

    def __init__(self, make: Callable[[Key], Value], size_of: Callable[[Value], int], most_bytes: int) -> None:
        self._make, self._size_of = make, size_of
        self._half = most_bytes // 2
        self._young: dict[Key, Value] = {}
        self._old: dict[Key, Value] = {}
        self._young_bytes = 0

    def __call__(self, key: Key) -> Value:
        """The value of a key."""
        try:
            return self._young[key]
        except KeyError:
            return self._taken_in(key)

    @property
    def bytes(self) -> int:
        """The bytes of what is kept, about, at most: the old half counts as full."""
        return self._young_bytes + (self._half if self._old else 0)

    def _taken_in(self, key: Key) -> Value:
        old = self._old
        value = old[key] if key in old else self._make(key)
        size = self._size_of(value) + PER_VALUE
        if size > self._half:
            return value
        if self._young_bytes + size > self._half:
            self._old, self._young, self._young_bytes = self._young, {}, 0
        self._young[key] = value
        self._young_bytes += size
        return value
