"""Signing in by OpenID Connect, after mozilla-django-oidc: it keeps state, nonce, and PKCE, and trades the code for a
token. What it leaves open is closed here: who the token is for and from, how it is signed, and whom it stands for.
"""

from __future__ import annotations

from typing import Any

import jwt
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.utils import import_from_settings
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView

from web.accounts.claims import says_second_factor
from web.accounts.pending import admit
from web.accounts.provider import endpoints, fetched
from web.accounts.provider_accounts import Reason, SignInRefused, account_of

ALGORITHM = "RS256"
LEEWAY = 30
"""Seconds that the clocks of the provider and of the site may differ."""

REQUIRED = ("iss", "aud", "exp", "iat", "sub", "nonce")
"""Claims without which a token is not trusted (OpenID Connect Core 1.0, section 2, and the nonce that we sent)."""

BY_PROVIDER = "second_factor_by_provider"
"""The attribute of an account that says so until it is signed in."""


def setting(name: str, *default: Any) -> Any:
    """What the package reads from Django's settings; where the provider is, it is asked for when it is needed."""
    if name == "OIDC_OP_USER_ENDPOINT":
        return ""  # the token tells what is asked of it
    if name in ("OIDC_OP_AUTHORIZATION_ENDPOINT", "OIDC_OP_TOKEN_ENDPOINT", "OIDC_OP_JWKS_ENDPOINT"):
        found = endpoints()
        return {"AUTHORIZATION": found.authorization, "TOKEN": found.token, "JWKS": found.keys}[name.split("_")[2]]
    return import_from_settings(name, *default)


class Flow(OIDCAuthenticationBackend):
    """From the code that somebody brings back to their account."""

    get_settings = staticmethod(setting)

    def get_token(self, payload: dict[str, str]) -> dict[str, Any]:
        """The tokens for a code."""
        return fetched("POST", self.OIDC_OP_TOKEN_ENDPOINT, payload)

    def retrieve_matching_jwk(self, token: str) -> jwt.PyJWK:
        """The key of the provider that a token names. Raises ValueError where there is none."""
        wanted = jwt.get_unverified_header(token).get("kid")
        for key in fetched("GET", self.OIDC_OP_JWKS_ENDPOINT).get("keys", []):
            if key.get("kid") == wanted and key.get("kty") == "RSA" and key.get("use", "sig") == "sig":
                return jwt.PyJWK(key, ALGORITHM)
        raise ValueError("the provider has no such key")

    def get_payload_data(self, token: str, key: jwt.PyJWK) -> dict[str, Any]:
        """The claims of a token for this site, of the provider, that has not expired. Raises jwt.PyJWTError."""
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            audience=self.OIDC_RP_CLIENT_ID,
            issuer=settings.OIDC_ISSUER,
            leeway=LEEWAY,
            options={"require": list(REQUIRED)},
        )
        if claims.get("azp", self.OIDC_RP_CLIENT_ID) != self.OIDC_RP_CLIENT_ID:
            raise jwt.InvalidAudienceError("the token was made for another program")
        return claims

    def get_or_create_user(self, access_token: str, id_token: str, payload: dict[str, Any]) -> User:
        """The account of who has these claims. Raises SignInRefused."""
        user = account_of(payload)
        setattr(user, BY_PROVIDER, says_second_factor(payload, settings.OIDC_MFA))
        return user


class Begin(OIDCAuthenticationRequestView):
    """Sends somebody to the provider."""

    get_settings = staticmethod(setting)


class Callback(OIDCAuthenticationCallbackView):
    """Takes somebody back from the provider. What is not right is raised; `web.accounts.provider_pages` tells it."""

    get_settings = staticmethod(setting)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Sign in who comes back with a code, once for each time that somebody was sent."""
        waiting = request.session.get("oidc_states", {})
        state = request.GET.get("state")
        if state not in waiting:
            raise SignInRefused(Reason.EXPIRED)
        if "error" in request.GET:  # who was signed in already stays so
            request.session["oidc_states"] = {other: kept for other, kept in waiting.items() if other != state}
            raise SignInRefused(Reason.DECLINED)
        response: HttpResponse = super().get(request)
        return response

    def login_success(self) -> HttpResponse:
        """Sign the account in, or ask for its second factor where the provider did not."""
        by_provider: bool = getattr(self.user, BY_PROVIDER)
        return admit(self.request, self.user, self.user.backend, self.success_url, by_provider=by_provider)

    def login_failure(self) -> HttpResponse:
        """There was no code."""
        raise SignInRefused(Reason.EXPIRED)
