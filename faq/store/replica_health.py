"""What a process that answers visitors knows of its databases: which answer, and which replicas are too far behind.

`faq.store.replica_watch` tells it what it sees, twice a second; requests tell it what failed. A process that does not
watch knows nothing, and asks the primary alone.
"""

from __future__ import annotations

import random
import threading
import time
from collections import deque
from dataclasses import dataclass, field

from django.conf import settings

PRIMARY = "default"

SILENT_AFTER = 3.0
"""Seconds without a word of the watch after which a database counts as not answering: its look at it hangs."""

NOT_LOOKED_AT = "it has not been looked at yet"
OTHER_DATABASE = "it is a copy of another database"
NO_REPLICA = "it does not follow a primary"


@dataclass(frozen=True, slots=True)
class Look:
    """What a database said: its content version, whether it follows a primary, and whose copy it is (the identifier of
    its cluster, empty where that may not be read).
    """

    number: int
    is_replica: bool
    system: str = ""


@dataclass(slots=True)
class _Known:
    look: Look | None = None
    seen_at: float = 0.0
    fault: str = NOT_LOOKED_AT


@dataclass(slots=True)
class Health:
    """What is known of all databases, by their aliases. Times are of the monotonic clock."""

    replicas: tuple[str, ...]
    lag_seconds: float
    known: dict[str, _Known] = field(default_factory=dict)
    numbers: deque[tuple[float, int]] = field(default_factory=lambda: deque(maxlen=1_000))
    """When the primary was first seen with each of its last content versions."""

    def __post_init__(self) -> None:
        self.known = {alias: _Known() for alias in (PRIMARY, *self.replicas)}

    def saw(self, alias: str, look: Look, now: float) -> None:
        """A database answered."""
        self.known[alias] = _Known(look, now, "")
        if alias == PRIMARY and (not self.numbers or self.numbers[-1][1] != look.number):
            if self.numbers and look.number < self.numbers[-1][1]:  # it was put back to a backup
                self.numbers.clear()
            self.numbers.append((now, look.number))

    def failed(self, alias: str, reason: str) -> None:
        """A database did not answer: it is left alone until the watch sees it again."""
        self.known[alias].fault = reason.strip() or "it does not answer"

    def why_unreachable(self, alias: str, now: float) -> str:
        """Why nobody need ask a database; empty where it answers."""
        return self.known[alias].fault or ("it does not answer in time" if self.is_silent(alias, now) else "")

    def is_silent(self, alias: str, now: float) -> bool:
        """Whether a database answered, and the watch has no word of it since: also where a request failed meanwhile,
        as others may wait for it.
        """
        known = self.known[alias]
        return known.look is not None and now - known.seen_at > SILENT_AFTER

    def why_unused(self, alias: str, now: float) -> str:
        """Why no reader is sent to a replica; empty where readers are."""
        known, primary = self.known[alias], self.known[PRIMARY]
        if fault := self.why_unreachable(alias, now):
            return fault
        if known.look is None:
            return NOT_LOOKED_AT
        if primary.look and primary.look.system and known.look.system not in ("", primary.look.system):
            return OTHER_DATABASE
        if self.why_unreachable(PRIMARY, now):  # it cannot be behind what nobody can reach
            return ""
        if not known.look.is_replica:
            return NO_REPLICA
        behind = self._behind_for(known.look.number, now)
        return f"it has been behind the primary for {behind:.0f} s" if behind > self.lag_seconds else ""

    def readers_use(self, now: float) -> list[str]:
        """The replicas that readers are sent to, the best one first: those with the newest content, in any order."""
        usable = [alias for alias in self.replicas if not self.why_unused(alias, now)]
        random.shuffle(usable)
        return sorted(usable, key=self._number, reverse=True)

    def _number(self, alias: str) -> int:
        look = self.known[alias].look
        return look.number if look else 0

    def _behind_for(self, number: int, now: float) -> float:
        """Seconds since the primary was first seen with newer content than this."""
        return next((now - at for at, newer in self.numbers if newer > number), 0.0)


_lock = threading.Lock()
_health: Health | None = None


def replica_aliases() -> tuple[str, ...]:
    """The replicas of the settings."""
    return tuple(alias for alias in settings.DATABASES if alias != PRIMARY)


def begin() -> Health:
    """Know of the databases from now on."""
    global _health
    with _lock:
        _health = Health(replica_aliases(), settings.REPLICA_LAG_SECONDS)
        return _health


def end() -> None:
    """Know nothing any more."""
    global _health
    _health = None


def is_watched() -> bool:
    """Whether this process knows of its databases."""
    return _health is not None


def saw(alias: str, look: Look) -> None:
    """The watch saw this."""
    if _health is not None:
        with _lock:
            _health.saw(alias, look, time.monotonic())


def failed(alias: str, reason: str) -> None:
    """A database did not answer, for this reason."""
    if _health is not None and alias in _health.known:
        with _lock:
            _health.failed(alias, reason)


def why_unreachable(alias: str) -> str:
    """Why nobody need ask a database now; empty where it answers, or where this process does not know."""
    if _health is None or alias not in _health.known:
        return ""
    reason = _health.why_unreachable(alias, time.monotonic())
    return "" if reason == NOT_LOOKED_AT else reason


def is_silent(alias: str) -> bool:
    """Whether a database answered, and gives no word now: who waits for it waits in vain."""
    return _health is not None and alias in _health.known and _health.is_silent(alias, time.monotonic())


def readers_use() -> list[str]:
    """The replicas that readers are sent to, the best one first; none in a process that does not watch."""
    return _health.readers_use(time.monotonic()) if _health is not None else []


def unused() -> dict[str, str]:
    """The replicas that no reader is sent to, and why."""
    if _health is None:
        return {}
    now = time.monotonic()
    return {alias: reason for alias in _health.replicas if (reason := _health.why_unused(alias, now))}


def why_not_all() -> str:
    """Which replicas are not used, and why, in a sentence; empty where all are."""
    return "; ".join(f"{alias}: {reason}" for alias, reason in unused().items())
