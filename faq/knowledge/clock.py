"""Whether the clock can be believed before something is deleted by it. Pure.

A clock that jumps ahead, on a machine whose battery is empty or by a slip of the hand, would make everything old. So a
time counts only if it follows soon upon the last one that counted, or once the clock has stood by it for a day: that is
how a site that was off for a week goes on deleting a day later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

PLAUSIBLE = timedelta(days=1)
"""How far a time may be from the last one that counted."""

STEADY = timedelta(days=1)
"""How long the clock must stand by a time that is further."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The latest time that counted, and the first one that was doubted since; None where none is in doubt."""

    trusted: datetime
    doubted: datetime | None = None


def read_clock(last: Reading | None, now: datetime) -> tuple[Reading, bool]:
    """What is remembered after the clock says `now`, and whether that counts."""
    if last is None or now < last.trusted - PLAUSIBLE:
        return Reading(now), False
    if now <= last.trusted + PLAUSIBLE:
        return Reading(max(last.trusted, now)), True
    if last.doubted is None or now < last.doubted:
        return Reading(last.trusted, now), False
    if now < last.doubted + STEADY:
        return last, False
    return Reading(now), True
