"""The subnet that the hub's gateways stand in."""

from __future__ import annotations

from typing import Any

from tests.advisor.core.rules.things import (
    BY_CIRCUIT,
    BY_VPN,
    HUB,
    OFFICE,
    TUNNEL,
    Case,
    each_of,
    hub_with,
    subjects_of,
)
from tests.builders import advise, codes, site, vnet

CASES: list[Case] = [
    (
        "a given /28",
        {"sites": [OFFICE], "vnets": [HUB], "gateway_subnet": "10.20.0.0/28"},
        TUNNEL | {"kept-gateway-subnet"},
    ),
    (
        "a given /29",
        {"sites": [OFFICE], "vnets": [HUB], "gateway_subnet": "10.20.0.0/29"},
        TUNNEL | {"gateway-subnet-below-recommended"} | {"kept-gateway-subnet"},
    ),
    (
        "a given /30",
        {"sites": [OFFICE], "vnets": [HUB], "gateway_subnet": "10.20.0.0/30"},
        TUNNEL | {"gateway-subnet-too-small"},
    ),
    (
        "a /27 beside expressroute",
        {"sites": [BY_VPN, BY_CIRCUIT], "vnets": [HUB], "gateway_subnet": "10.20.0.0/27"},
        TUNNEL | {"expressroute-circuit", "kept-gateway-subnet", "side-by-side", "site-stays-on-vpn"},
    ),
    (
        "a /28 beside expressroute",
        {"sites": [BY_VPN, BY_CIRCUIT], "vnets": [HUB], "gateway_subnet": "10.20.0.0/28"},
        TUNNEL | {"gateway-subnet-too-small"} | {"expressroute-circuit", "side-by-side", "site-stays-on-vpn"},
    ),
    (
        "a /29 for expressroute alone",
        {"sites": [BY_CIRCUIT], "vnets": [HUB], "gateway_subnet": "10.20.0.0/29"},
        {"gateway-subnet-below-recommended"} | {"expressroute-circuit", "kept-gateway-subnet"},
    ),
    ("a /30 and no gateway", {"gateway_subnet": "10.20.0.0/30"}, {"nothing-to-connect"} | {"wish-unused"}),
    (
        "a given subnet, no prefixes",
        {"sites": [OFFICE], "gateway_subnet": "10.20.0.0/28"},
        TUNNEL | {"kept-gateway-subnet"},
    ),
    (
        "a given subnet elsewhere",
        {"sites": [OFFICE], "vnets": [HUB], "gateway_subnet": "10.21.0.0/28"},
        TUNNEL | {"gateway-subnet-outside-vnet"},
    ),
    (
        "a given subnet across two prefixes",
        {
            "sites": [OFFICE],
            "vnets": [vnet("hub", "10.20.0.0/29", "10.20.0.8/29")],
            "gateway_subnet": "10.20.0.0/28",
        },
        TUNNEL | {"gateway-subnet-outside-vnet"},
    ),
    (
        "a given subnet that is there",
        {"sites": [OFFICE], "vnets": hub_with("10.20.0.0/28"), "gateway_subnet": "10.20.0.0/28"},
        TUNNEL | {"kept-gateway-subnet"},
    ),
    (
        "a given subnet in another",
        {"sites": [OFFICE], "vnets": hub_with("10.20.0.0/27"), "gateway_subnet": "10.20.0.0/28"},
        TUNNEL | {"gateway-subnet-in-use"},
    ),
    (
        "a given subnet around another",
        {"sites": [OFFICE], "vnets": hub_with("10.20.0.16/28"), "gateway_subnet": "10.20.0.0/27"},
        TUNNEL | {"gateway-subnet-in-use"},
    ),
    (
        "room for a /28",
        {"sites": [OFFICE], "vnets": hub_with("10.20.0.0/25", "10.20.0.128/26", "10.20.0.192/27", "10.20.0.240/28")},
        TUNNEL,
    ),
    (
        "no room for a /28",
        {"sites": [OFFICE], "vnets": hub_with("10.20.0.0/25", "10.20.0.128/25")},
        TUNNEL | {"gateway-subnet-no-room"},
    ),
    (
        "no room for a /27",
        {
            "sites": [BY_VPN, BY_CIRCUIT],
            "vnets": hub_with("10.20.0.0/25", "10.20.0.128/26", "10.20.0.192/27", "10.20.0.240/28"),
        },
        TUNNEL | {"gateway-subnet-no-room"} | {"expressroute-circuit", "side-by-side", "site-stays-on-vpn"},
    ),
    ("no room, no gateway", {"vnets": hub_with("10.20.0.0/24")}, {"nothing-to-connect"}),
]


@each_of(CASES)
def test_a_need_finds_exactly_these_codes(changes: dict[str, Any], expected: set[str]) -> None:
    assert codes(advise(**changes)) == expected


def test_a_finding_names_its_subjects() -> None:
    advice = advise(
        vnets=[vnet("hub", "10.0.0.0/24", subnets=["10.0.0.0/28", "10.0.0.64/28", "10.0.0.16/28"])],
        sites=[site()],
        gateway_subnet="10.0.0.0/27",
    )
    subjects = ("vnets[0].subnets[0]", "vnets[0].subnets[2]", "gateway_subnet")
    assert subjects_of("gateway-subnet-in-use", advice) == [subjects]
