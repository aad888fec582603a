"""Counts of this process alone, for as long as the file that all processes share cannot be used: nobody gets to guess
at passwords without end meanwhile.
"""

from __future__ import annotations

import threading

MOST_ROWS = 20_000
"""Clients counted at most, over all purposes; beyond that, the ones counted first are forgotten."""

Key = tuple[str, int, bytes]

_lock = threading.Lock()
_times: dict[Key, int] = {}


def count(purpose: str, stretch: int, who: bytes, add: int | None) -> int:
    """Add to what somebody used in a stretch of time, and answer it; None takes it away."""
    key = (purpose, stretch, who)
    with _lock:
        if add is None:
            _times.pop(key, None)
            return 0
        if key not in _times:
            _drop_older(purpose, stretch)
        times = _times.get(key, 0) + add
        _times[key] = times
        return times


def _drop_older(purpose: str, stretch: int) -> None:
    for key in [key for key in _times if key[0] == purpose and key[1] < stretch]:
        del _times[key]
    while len(_times) >= MOST_ROWS:
        del _times[next(iter(_times))]
