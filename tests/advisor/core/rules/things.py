"""What the tables of needs share: the codes that every need of a kind finds, and things that fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from advisor.core.advice import Advice
from tests.builders import site, vnet

Case = tuple[str, dict[str, Any], set[str]]
"""A name, a need, and the exact set of codes that it finds."""

TUNNEL = {"throughput-not-guaranteed", "device-parameters"}
"""What every need with a site on VPN finds."""
SHARED = TUNNEL | {"bandwidth-shared"}
CLIENTS = {"throughput-not-guaranteed", "no-auto-reconnect"}
"""What every need with clients finds."""
BOTH = SHARED | CLIENTS
IDLE = TUNNEL | {"policy-based-idle-timeout"}

HUB = vnet("hub", "10.20.0.0/16")
SPOKE = vnet("spoke", "10.30.0.0/16")
OFFICE = site("Tilburg", "192.168.10.0/24")
POLICY_BASED = site("Tilburg", device_routing="policy-based")
SOFTWARE = site("Tilburg", device="software")
BY_CIRCUIT = site("Breda", expressroute=True)
BY_VPN = site("Tilburg", expressroute=False)


def some_clients(**fields: Any) -> dict[str, Any]:
    """Clients that fit."""
    return {"count": 5, **fields}


def hub_with(*subnets: str) -> list[dict[str, Any]]:
    """The hub with subnets in use."""
    return [vnet("hub", "10.20.0.0/24", subnets=list(subnets))]


def each_of(cases: Sequence[Case]) -> pytest.MarkDecorator:
    """Run a test for each case, with its need as `changes` and its codes as `expected`."""
    return pytest.mark.parametrize(
        ("changes", "expected"), [case[1:] for case in cases], ids=[case[0] for case in cases]
    )


def subjects_of(code: str, advice: Advice) -> list[tuple[str, ...]]:
    """The subjects of each finding with this code."""
    return [finding.subjects for finding in advice.findings if finding.code == code]
