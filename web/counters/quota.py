"""How much of something a client may have in a stretch of time, and how much of it was used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quota:
    """At most `times` in each stretch of `seconds`, for one `purpose`."""

    purpose: str
    times: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Count:
    """How often in this stretch, and the seconds until the next begins."""

    times: int
    resets_in: int
