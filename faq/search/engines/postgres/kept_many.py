"""What was read last, kept up to so many bytes, and read many at once. Pure: no Django."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

Value = TypeVar("Value")


class KeptMany(Generic[Value]):
    """Values by their numbers, of which a process keeps those that were asked for last.

    `read` reads the values of many numbers, and leaves out those that are not there; `size_of` tells the bytes of one.
    """

    def __init__(
        self, read: Callable[[Sequence[int]], Mapping[int, Value]], size_of: Callable[[Value], int], most_bytes: int
    ) -> None:
        self._read, self._size_of, self._most = read, size_of, most_bytes
        self._kept: OrderedDict[int, Value] = OrderedDict()
        self._lock = threading.Lock()
        self.bytes = 0

    def __call__(self, numbers: Sequence[int]) -> list[Value]:
        """The values of these numbers, in their order; those that are not there are left out."""
        with self._lock:
            found = {number: self._kept[number] for number in numbers if number in self._kept}
            for number in found:
                self._kept.move_to_end(number)
        missing = [number for number in numbers if number not in found]
        if missing:
            new = self._read(missing)
            found |= new
            with self._lock:
                self._keep(new)
        return [found[number] for number in numbers if number in found]

    def _keep(self, values: Mapping[int, Value]) -> None:
        for number, value in values.items():
            if number not in self._kept:
                self._kept[number] = value
                self.bytes += self._size_of(value)
        while self.bytes > self._most:
            self.bytes -= self._size_of(self._kept.popitem(last=False)[1])
