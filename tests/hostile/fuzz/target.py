"""What is fuzzed: something that reads bytes of a stranger, and what holds whatever they are."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MOST_SECONDS = 1.0
"""Of the processor, for one input."""

LARGEST = 20_000
"""Bytes of an input; a table of 9,900 rows is a test of its own."""

FOUND = Path(__file__).parent / "found"
"""A folder for each target that once failed, with the inputs that it failed on."""


@dataclass(frozen=True, slots=True)
class Target:
    """A reader of bytes. `read` raises for whatever it may not do: a refusal is no failure and does not leave it.
    `seeds` are good inputs, `parts` what such an input is made of, and `one_in` how much longer it takes than others:
    it gets one in so many of the inputs.
    """

    name: str
    read: Callable[[bytes], None]
    seeds: Sequence[bytes]
    parts: Sequence[bytes] = ()
    one_in: int = 1

    @property
    def known(self) -> list[bytes]:
        """The inputs on which it failed before it was mended."""
        return [path.read_bytes() for path in sorted((FOUND / self.name).glob("*"))]


@dataclass(slots=True)
class Judge:
    """Tries inputs on a target and keeps the first one of each failure, by the place in the code where it arose, or
    `slow`.
    """

    target: Target
    tried: int = 0
    slowest: float = 0.0
    failures: dict[str, bytes] = field(default_factory=dict)

    def judge(self, given: bytes) -> None:
        """Try an input."""
        self.tried += 1
        seconds = self._read(given)
        if seconds > MOST_SECONDS:
            seconds = min(seconds, self._read(given))  # the first of a kind fills what is kept for all
        self.slowest = max(self.slowest, seconds)
        if seconds > MOST_SECONDS:
            self.failures.setdefault("slow", given)

    def _read(self, given: bytes) -> float:
        began = time.thread_time()
        try:
            self.target.read(given)
        except Exception as fault:
            where = traceback.extract_tb(fault.__traceback__)[-1]
            self.failures.setdefault(f"{type(fault).__name__} {Path(where.filename).name}:{where.lineno}", given)
        return time.thread_time() - began


def reported(judge: Judge) -> dict[str, Any]:
    """What became of the inputs, as JSON takes it."""
    failures = {where: given.decode("latin-1") for where, given in judge.failures.items()}
    return {"inputs": judge.tried, "slowest": round(judge.slowest, 3), "failures": failures}
