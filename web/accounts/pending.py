"""Between the password and the code: the account that has shown the one and not yet the other. It is not signed in."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from web.accounts.factors import factor_of
from web.accounts.sessions import BY_PROVIDER, FACTOR, REQUIRED

KEY = "to-be-verified"
SECONDS = 600
"""How long a code may be awaited after the password."""


@dataclass(frozen=True, slots=True)
class Pending:
    """An account that has yet to show a code or set one up, by which backend it came, and where it wants to go."""

    user: User
    backend: str
    next_url: str


def admit(
    request: HttpRequest, user: User, backend: str, next_url: str, *, by_provider: bool = False
) -> HttpResponseRedirect:
    """Sign an account in whose password was right, or which a provider vouches for; or have it show a second factor
    first, or set one up, where it must.
    """
    has_factor = factor_of(user) is not None
    if by_provider or not (has_factor or settings.SECOND_FACTOR == REQUIRED):
        return sign_in(request, Pending(user, backend, next_url), {BY_PROVIDER: True} if by_provider else {})
    request.session.flush()
    request.session.set_expiry(SECONDS)
    request.session[KEY] = {
        "account": user.pk,
        "hash": user.get_session_auth_hash(),
        "backend": backend,
        "until": time.time() + SECONDS,
        "next": next_url,
    }
    return HttpResponseRedirect(reverse("sign-in-code" if has_factor else "second-factor-set-up"))


def pending_in(request: HttpRequest) -> Pending | None:
    """The account that waits in a session; None where there is none, where it took too long, or where its password or
    rights have changed since.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    kept: dict[str, Any] | None = request.session.get(KEY)
    if not kept or kept["until"] < time.time():
        return None
    user = User.objects.filter(pk=kept["account"], is_active=True, is_staff=True).first()
    if user is None or not constant_time_compare(kept["hash"], user.get_session_auth_hash()):
        return None
    return Pending(user, kept["backend"], kept["next"])


def sign_in(request: HttpRequest, pending: Pending, shown: dict[str, Any]) -> HttpResponseRedirect:
    """Sign in an account that has shown everything, in a new session that knows what was shown."""
    request.session.flush()
    auth.login(request, pending.user, pending.backend)
    request.session.update(shown)
    return HttpResponseRedirect(pending.next_url)


def sign_in_with_factor(request: HttpRequest, pending: Pending) -> HttpResponseRedirect:
    """The same, where the account has shown its second factor."""
    return sign_in(request, pending, {FACTOR: factor_of(pending.user)})
