"""Which account somebody has who signed in at the provider, and which roles follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, User
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from web.accounts.claims import roles_in
from web.accounts.models import ProviderIdentity
from web.accounts.provider_settings import SUPERUSER

LONGEST_NAME, LONGEST_SUBJECT = 150, 255
"""Characters of the name of an account, and of who somebody is to the provider."""


class Reason(Enum):
    """Why somebody is not signed in by the provider."""

    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    DECLINED = "declined"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    NAMELESS = "nameless"
    DEACTIVATED = "deactivated"
    SUPERUSER = "superuser"
    NO_ROLE = "no-role"


class SignInRefused(Exception):  # noqa: N818 -- it carries the reason to the page that tells it
    """Somebody is not signed in by the provider."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class ProviderBackend(ModelBackend):
    """Signs in who comes back from the provider. It stands in AUTHENTICATION_BACKENDS while a provider is set, so that
    its sessions end when none is.
    """

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest, nonce: str, code_verifier: str
    ) -> User | None:
        """The account of who comes back. Raises what `web.accounts.provider_flow` raises."""
        from web.accounts.provider_flow import Flow  # it brings an HTTP client along

        found: User | None = Flow().authenticate(request, nonce=nonce, code_verifier=code_verifier)
        return found


def account_of(claims: Mapping[str, Any]) -> User:
    """The account of somebody with these claims, with the roles that they give. Raises SignInRefused, and ValueError
    where the claims name nobody.
    """
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise ValueError("the subject is no text, or is too long")
    granted = roles_in(claims, settings.OIDC_ROLES_CLAIM, settings.OIDC_ROLES)
    with transaction.atomic():
        identity = _identity(subject) or _linked(claims, subject, granted)
        user = User.objects.select_for_update().get(pk=identity.user_id)
        if user.is_active and settings.OIDC_ROLES:
            _follow(user, granted)
    if not user.is_active:
        raise SignInRefused(Reason.DEACTIVATED)
    if not user.is_staff:
        raise SignInRefused(Reason.NO_ROLE)
    return user


def _identity(subject: str) -> ProviderIdentity | None:
    return ProviderIdentity.objects.filter(issuer=settings.OIDC_ISSUER, subject=subject).first()


def _linked(claims: Mapping[str, Any], subject: str, granted: set[str]) -> ProviderIdentity:
    """Link somebody who comes for the first time to the account of their name, or to a new one. Whoever is linked
    already, or may do everything without the provider saying so, is nobody else's to become.
    """
    name = _name_in(claims)
    found = list(get_user_model().objects.filter(username__iexact=name)[:2])
    if not found:
        if settings.OIDC_UNKNOWN != "create":
            raise SignInRefused(Reason.UNKNOWN)
        if settings.OIDC_ROLES and not granted:
            raise SignInRefused(Reason.NO_ROLE)
        found = [User.objects.create_user(name, email=str(claims.get("email", ""))[:254])]
    elif len(found) > 1 or found[0].provider_identities.filter(issuer=settings.OIDC_ISSUER).exists():
        raise SignInRefused(Reason.UNKNOWN)
    elif found[0].is_superuser and SUPERUSER not in granted:
        raise SignInRefused(Reason.SUPERUSER)
    return ProviderIdentity.objects.create(user=found[0], issuer=settings.OIDC_ISSUER, subject=subject)


def _name_in(claims: Mapping[str, Any]) -> str:
    """The name of the account, which a claim tells. An e-mail address counts only if the provider has verified it."""
    claim: str = settings.OIDC_USERNAME_CLAIM
    name = claims.get(claim)
    if claim == "email" and claims.get("email_verified") is not True:
        raise SignInRefused(Reason.NAMELESS)
    try:
        if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
            raise SignInRefused(Reason.NAMELESS)
        UnicodeUsernameValidator()(name)
    except ValidationError:
        raise SignInRefused(Reason.NAMELESS) from None
    return name


def _follow(user: User, granted: set[str]) -> None:
    """Give an account just those of the roles in the setting that it was granted; other groups stay as they are."""
    ruled = set(settings.OIDC_ROLES.values())
    user.groups.remove(*Group.objects.filter(name__in=ruled - granted))
    user.groups.add(*Group.objects.filter(name__in=granted))
    user.is_staff = bool(granted)
    if SUPERUSER in ruled:
        user.is_superuser = SUPERUSER in granted
    user.save(update_fields=["is_staff", "is_superuser"])
