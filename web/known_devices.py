"""Devices on which an account has signed in before. Guesses of others do not lock it out there: somebody who knows a
name could otherwise keep its owner away for as long as they like (OWASP calls this a device cookie).

The cookie holds no name: for each account that signed in, a keyed digest and a random number that counts for its
guesses.
"""

from __future__ import annotations

import hmac
import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

COOKIE = "known-device"
SALT = "gatewijzer.known-device"
SECONDS = 365 * 24 * 3600
MOST_ACCOUNTS = 5
"""That one device is known for; with one more the first is forgotten."""


def known_device(request: HttpRequest, name: str) -> str | None:
    """The number of the device where an account has signed in on it, by its name; None where it has not."""
    found = _kept(request).get(_digest(name))
    return found if isinstance(found, str) else None


def remember(request: HttpRequest, response: HttpResponseBase, name: str) -> None:
    """Let the device know an account that has just signed in, under a new number."""
    others = {digest: number for digest, number in _kept(request).items() if digest != _digest(name)}
    kept = dict([*others.items()][1 - MOST_ACCOUNTS :]) | {_digest(name): secrets.token_hex(8)}
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=SALT),
        max_age=SECONDS,
        path=settings.LOGIN_PATH,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def _kept(request: HttpRequest) -> dict[str, Any]:
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return {}
    return kept if isinstance(kept, dict) else {}


def _digest(name: str) -> str:
    return hmac.digest(settings.SECRET_KEY.encode(), f"{SALT}:{name}".encode(), "sha256").hex()[:16]
