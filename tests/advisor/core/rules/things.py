"""What the tables of needs share: the codes that every need of a kind finds, and things that fit."""

from __future__ import annotations

from typing import Any

from tests.builders import site, vnet

TUNNEL = {"throughput-not-guaranteed"}
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
