"""What VNets can be joined by, and a need that joins nothing."""

from __future__ import annotations

from typing import Any

from tests.advisor.core.rules.things import (
    BY_CIRCUIT,
    BY_VPN,
    HUB,
    SPOKE,
    TUNNEL,
    Case,
    each_of,
)
from tests.builders import advise, codes, vnet

CASES: list[Case] = [
    ("nothing asked", {}, {"nothing-to-connect"}),
    ("two vnets", {"vnets": [HUB, SPOKE]}, {"vnet-gateways"}),
    ("clients asked for without any", {"clients": {"systems": ["other"], "vnets": 2}}, {"nothing-to-connect"}),
    ("two classic vnets", {"vnets": [vnet("a", model="classic"), vnet("b", model="classic")]}, {"vnet-gateways"}),
    (
        "a circuit that nobody uses",
        {"sites": [BY_VPN], "expressroute_circuit": True},
        TUNNEL | {"existing-circuit-unused"} | {"site-stays-on-vpn"},
    ),
    (
        "a circuit and nothing",
        {"expressroute_circuit": True},
        {"nothing-to-connect", "existing-circuit-unused"},
    ),
    (
        "regions apart",
        {"vnets": [vnet("a", region="West Europe"), vnet("b", region="ukSouth")]},
        {"inter-region-charges"} | {"vnet-gateways"},
    ),
    (
        "one region, written twice",
        {"vnets": [vnet("a", region="West Europe"), vnet("b", region="westeurope")]},
        {"peering-possible"} | {"vnet-gateways"},
    ),
    ("a region unknown", {"vnets": [vnet("a", region="westeurope"), vnet("b")]}, {"vnet-gateways"}),
    (
        "one region, one classic",
        {"vnets": [vnet("a", region="westeurope"), vnet("b", region="westeurope", model="classic")]},
        {"classic-and-resource-manager-mixed"} | {"vnet-gateways"},
    ),
    (
        "vnets beside a circuit",
        {"sites": [BY_CIRCUIT], "vnets": [HUB, SPOKE]},
        {"vnets-can-share-circuit"} | {"expressroute-circuit", "side-by-side", "vnet-gateways"},
    ),
]


@each_of(CASES)
def test_a_need_finds_exactly_these_codes(changes: dict[str, Any], expected: set[str]) -> None:
    assert codes(advise(**changes)) == expected
