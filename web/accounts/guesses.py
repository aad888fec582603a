"""Guesses at passwords and at codes, which are counted before anything is compared, so that many at the same time gain
nothing. What was no guess is taken back, and signing in begins the count of the account again.

A name is counted as Django reads it. On a device that knows the account, its guesses are counted apart from those of
all others (web/known_devices.py).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import DatabaseError
from django.http import HttpRequest

from web.counters import Quota, count, forget
from web.known_devices import known_device
from web.request_limits import client_of

ACCOUNT_GUESSES = Quota("login-account", 5, 300)
CLIENT_GUESSES = Quota("login-client", 20, 300)
"""Failures to sign in after which an account, or a client, waits for the rest of the five minutes."""

CODE_GUESSES = Quota("login-code", 50, 24 * 3600)
"""Wrong codes after which an account waits for the rest of the day. Three of a million codes are right at any time:
without it, who has the password would find one within a year, at five guesses in five minutes.
"""

Counted = tuple[tuple[Quota, str], ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """One guess, counted: the name, what it was counted against, and the seconds to wait where it is one too many."""

    name: str
    of_account: Counted
    of_client: Counted
    wait_seconds: int

    def was_right(self) -> None:
        """Begin the count of the account again, and take back that of the client."""
        for quota, who in self.of_account:
            forget(quota, who)
        _take_back(self.of_client)

    def was_none(self) -> None:
        """Take it back: something was right, and there is more to show."""
        _take_back(self.of_account + self.of_client)

    @contextmanager
    def none_without_database(self) -> Iterator[None]:
        """Take it back where the database refuses: nobody was let in or sent away. What it raised is raised on."""
        try:
            yield
        except DatabaseError:
            self.was_none()
            raise


def password_guess(request: HttpRequest, name: str) -> Guess:
    """Count a guess at the password of an account, by the name as it was typed."""
    return _guess(request, name, (ACCOUNT_GUESSES,))


def code_guess(request: HttpRequest, name: str) -> Guess:
    """Count a guess at a code of an account, by the name as it was typed."""
    return _guess(request, name, (ACCOUNT_GUESSES, CODE_GUESSES))


def _guess(request: HttpRequest, typed: str, quotas: tuple[Quota, ...]) -> Guess:
    name = unicodedata.normalize("NFKC", typed.strip()).strip()[:150].casefold()
    device = known_device(request, name)
    of_account = tuple((quota, f"{device}@{name}" if device else name) for quota in quotas)
    of_client = ((CLIENT_GUESSES, client_of(request)),)
    waits = [used.resets_in for quota, who in of_account + of_client if (used := count(quota, who)).times > quota.times]
    return Guess(name, of_account, of_client, max(waits, default=0))


def _take_back(counted: Counted) -> None:
    for quota, who in counted:
        count(quota, who, add=-1)
