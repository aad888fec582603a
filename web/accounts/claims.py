"""What the claims of a token say of somebody's rights. Free of Django and of settings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from web.accounts.provider_settings import ALWAYS

SAY_HOW = ("amr", "acr", "acrs")
"""Claims that say how somebody signed in: the methods (RFC 8176), and the class or classes of authentication."""


def values_of(claims: Mapping[str, Any], name: str) -> set[str]:
    """The values of a claim, which may be one text or a list of them; none of anything else."""
    told = claims.get(name)
    return {value for value in (told if isinstance(told, list) else [told]) if isinstance(value, str)}


def roles_in(claims: Mapping[str, Any], claim: str, roles: Mapping[str, str]) -> set[str]:
    """The roles that the values of a claim give."""
    return {roles[value] for value in values_of(claims, claim) if value in roles}


def says_second_factor(claims: Mapping[str, Any], accepted: Collection[str]) -> bool:
    """Whether the provider asked for a second factor: always, or by one of the values that say so."""
    return ALWAYS in accepted or any(values_of(claims, claim) & set(accepted) for claim in SAY_HOW)
