"""Large tables of cases, and drawn examples: a test run takes a part of each, `make exhaustive` takes all."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

EVERY = bool(os.environ.get("EVERY_CASE"))

Case = TypeVar("Case")


def some(cases: Iterable[Case], one_in: int, first: int = 0) -> list[Case]:
    """One case in so many, beginning with the one at `first`; all of them where every case is asked for."""
    listed = list(cases)
    return listed if EVERY else listed[first::one_in]


def thinned(names: Sequence[str], most: int, one_in: int) -> list[bool]:
    """Which cases run, by the names of their tests in order: of a test with more than so many cases one in so many; all
    where every case is asked for.
    """
    times, before = Counter(names), Counter[str]()
    kept = []
    for name in names:
        kept.append(EVERY or times[name] <= most or before[name] % one_in == 0)
        before[name] += 1
    return kept


def examples(of_all: int) -> int:
    """How many examples Hypothesis draws: a sixth; all of them where every case is asked for."""
    return of_all if EVERY else of_all // 6
