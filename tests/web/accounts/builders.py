"""Accounts with a second factor, and the codes that their app shows."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django_otp.oath import hotp

from web.accounts.factors import add_factor

KEY = "3132333435363738393031323334353637383930"
"""The key of the test values of RFC 6238."""

BEGIN = 1_800_000_000
"""When the clock of these tests begins: the first second of a step."""

PASSWORD = "een-lang-wachtwoord"


class Clock:
    """The seconds that the site reads from its clock."""

    def __init__(self) -> None:
        self.now = float(BEGIN)

    def __call__(self) -> float:
        return self.now

    def code(self, steps: int = 0) -> str:
        """What an app shows, on a clock that is so many steps of half a minute ahead."""
        return f"{hotp(bytes.fromhex(KEY), int(self.now) // 30 + steps):06}"


def give_factor(user: User, clock: Clock) -> list[str]:
    """Set a second factor up, and go on to the next step; its recovery codes."""
    codes = add_factor(user, KEY, clock.code())
    assert codes is not None
    clock.now += 30
    return codes


def password(client: Client, name: str = "somebody", typed: str = PASSWORD, **more: Any) -> Any:
    """What the page answers to a name and a password."""
    return client.post("/admin/login/", {"username": name, "password": typed}, **more)


def code(client: Client, typed: str, **more: Any) -> Any:
    """What the page answers to a code."""
    return client.post("/admin/login/code/", {"code": typed}, **more)


def is_signed_in(client: Client) -> bool:
    """Whether the admin is open."""
    return client.get("/admin/").status_code == 200
