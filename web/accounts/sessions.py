"""Whether a session has shown all that its account asks for. Where it has not, its visitor is nobody, on every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from web.accounts.factors import factor_of

REQUIRED = "required"
"""The setting SECOND_FACTOR where every account has to show a second factor."""

FACTOR = "second-factor"
"""What a session knows of the second factor that was shown: its number."""

BY_PROVIDER = "second-factor-by-provider"
"""What it knows where the provider of the sign-in asked for one."""


class OnlyVerifiedSessions:
    """Lets a session give the rights of its account only while it has shown what the account asks for. Stands behind
    the middleware that knows the account.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        signed_in, signed_in_later = request.user, request.auser

        async def verified_later() -> Any:
            user = await signed_in_later()
            return await sync_to_async(_verified)(request, user)

        request.user = SimpleLazyObject(lambda: _verified(request, signed_in))  # type: ignore[assignment]
        request.auser = verified_later
        return self.get_response(request)


def _verified(request: HttpRequest, user: Any) -> Any:
    if user.is_authenticated and not has_shown_enough(user, request.session):
        return AnonymousUser()
    return user


def has_shown_enough(user: Any, session: Mapping[str, Any]) -> bool:
    """Whether a session has shown what its account asks for by now. A factor that was added, removed, or replaced since
    ends the sessions that did not show it.
    """
    factor = factor_of(user)
    if FACTOR in session:
        return bool(session[FACTOR] == factor)
    return BY_PROVIDER in session or (factor is None and settings.SECOND_FACTOR != REQUIRED)
