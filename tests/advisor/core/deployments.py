"""Deployments of small needs of edition 2026."""

from __future__ import annotations

from typing import Any

from advisor.core.decide import decide
from advisor.core.deployment import Deployment, Options, deployment_of
from advisor.core.deployment_parameters import Parameter
from tests.advisor.core.edition_2026.builders import catalogue, need

CERTIFIED = {"count": 10}
"""Clients that say no more than how many they are."""


def deployed(options: Options | None = None, /, **fields: Any) -> Deployment:
    """What is deployed for a need with these fields, of a hub with room."""
    asked = need(**fields)
    return deployment_of(asked, decide(asked, catalogue()), catalogue(), options or Options())


def parameter(deployment: Deployment, code: str, key: str = "") -> Parameter:
    """The one parameter with this code and key."""
    (found,) = (one for one in deployment.parameters if (one.code, one.ask.key) == (code, key))
    return found


def codes(deployment: Deployment) -> list[str]:
    """The codes of the parameters that every format asks for, with the key of each behind it."""
    return [f"{one.code}:{one.ask.key}" if one.ask.key else one.code for one in deployment.parameters if not one.only]
