"""Tunnels, routing and SKU of the VPN gateway."""

from __future__ import annotations

from typing import Any

from tests.advisor.core.rules.things import (
    BOTH,
    BY_CIRCUIT,
    BY_VPN,
    CLIENTS,
    HUB,
    IDLE,
    OFFICE,
    POLICY_BASED,
    SHARED,
    SOFTWARE,
    SPOKE,
    TUNNEL,
    Case,
    each_of,
    some_clients,
)
from tests.builders import advise, codes, site, sites

CASES: list[Case] = [
    # tunnel-limit-exceeded
    ("30 sites", {"sites": sites(30)}, SHARED),
    ("31 sites", {"sites": sites(31)}, SHARED | {"tunnel-limit-exceeded"}),
    (
        "30 sites and a vnet",
        {"sites": sites(30), "vnets": [HUB, SPOKE]},
        SHARED | {"tunnel-limit-exceeded"} | {"vnet-gateways"},
    ),
    ("31 sites on circuit", {"sites": sites(31, expressroute=True)}, {"expressroute-circuit"}),
    # policy-based-single-tunnel
    ("a policy-based device", {"sites": [POLICY_BASED]}, IDLE),
    (
        "an existing policy-based gateway",
        {"sites": [OFFICE], "gateway_routing": "policy-based"},
        IDLE | {"existing-gateway"},
    ),
    (
        "software has no routing to choose",
        {"sites": [site(device="software", device_routing="policy-based")]},
        TUNNEL | {"software-vpn"} | {"wish-unused"},
    ),
    (
        "a policy-based device on circuit",
        {"sites": [site(device_routing="policy-based", expressroute=True)]},
        {"expressroute-circuit", "wish-unused"},
    ),
    (
        "a policy-based device and another site",
        {"sites": [POLICY_BASED, site("b")]},
        IDLE | SHARED | {"policy-based-single-tunnel"},
    ),
    (
        "a policy-based device and a vnet",
        {"sites": [POLICY_BASED], "vnets": [HUB, SPOKE]},
        IDLE | SHARED | {"policy-based-single-tunnel"} | {"vnet-gateways"},
    ),
    (
        "a policy-based device and clients",
        {"sites": [POLICY_BASED], "clients": some_clients()},
        IDLE | BOTH | {"policy-based-single-tunnel"} | {"clients-reach"},
    ),
    (
        "a policy-based device beside expressroute",
        {"sites": [POLICY_BASED, BY_CIRCUIT]},
        IDLE | {"policy-based-single-tunnel"} | {"expressroute-circuit"},
    ),
    (
        "two tunnels to a policy-based device",
        {"sites": [site(device_routing="policy-based", tunnels=2)], "bgp": True},
        IDLE | SHARED | {"policy-based-single-tunnel", "bgp-not-supported"},
    ),
    (
        "an existing policy-based gateway and clients",
        {"clients": some_clients(), "gateway_routing": "policy-based"},
        CLIENTS | {"policy-based-idle-timeout", "policy-based-single-tunnel"} | {"existing-gateway"},
    ),
    (
        "an existing policy-based gateway and a vnet",
        {"vnets": [HUB, SPOKE], "gateway_routing": "policy-based"},
        {"policy-based-idle-timeout", "policy-based-single-tunnel"} | {"existing-gateway", "vnet-gateways"},
    ),
    # gateway-routing-mismatch
    (
        "an existing route-based gateway",
        {"sites": [OFFICE], "gateway_routing": "route-based"},
        TUNNEL | {"existing-gateway"},
    ),
    ("a policy-based device on basic", {"sites": [POLICY_BASED], "gateway_sku": "Basic"}, IDLE | {"existing-gateway"}),
    (
        "a policy-based device on an existing route-based gateway",
        {"sites": [POLICY_BASED], "gateway_routing": "route-based"},
        IDLE | {"gateway-routing-mismatch"},
    ),
    (
        "a policy-based device on standard",
        {"sites": [POLICY_BASED], "gateway_sku": "Standard"},
        IDLE | {"gateway-routing-mismatch"},
    ),
    (
        "a policy-based gateway said to be standard",
        {"sites": [OFFICE], "gateway_routing": "policy-based", "gateway_sku": "Standard"},
        IDLE | {"gateway-routing-mismatch"},
    ),
    (
        "software on a policy-based gateway",
        {"sites": [SOFTWARE], "gateway_routing": "policy-based"},
        IDLE | {"gateway-routing-mismatch", "software-vpn"} | {"existing-gateway"},
    ),
    (
        "software beside a policy-based device",
        {"sites": [POLICY_BASED, site("b", device="software")]},
        IDLE | SHARED | {"gateway-routing-mismatch", "policy-based-single-tunnel", "software-vpn"},
    ),
    # gateway-sku-too-small
    ("ten tunnels on basic", {"sites": sites(10), "gateway_sku": "Basic"}, SHARED | {"existing-gateway"}),
    (
        "eleven tunnels on basic",
        {"sites": sites(11), "gateway_sku": "Basic"},
        SHARED | {"gateway-sku-too-small"} | {"existing-gateway"},
    ),
    (
        "eleven tunnels on standard",
        {"sites": sites(11), "gateway_sku": "Standard"},
        SHARED | {"gateway-sku-too-small"} | {"existing-gateway"},
    ),
    (
        "eleven tunnels on the largest",
        {"sites": sites(11), "gateway_sku": "HighPerformance"},
        SHARED | {"existing-gateway"},
    ),
    (
        "31 tunnels on basic",
        {"sites": sites(31), "gateway_sku": "Basic"},
        SHARED | {"tunnel-limit-exceeded"} | {"existing-gateway"},
    ),
    (
        "101 Mbps on basic",
        {"sites": [site(bandwidth_mbps=101)], "gateway_sku": "Basic"},
        TUNNEL | {"gateway-sku-too-small"} | {"existing-gateway"},
    ),
    (
        "basic beside expressroute",
        {"sites": [BY_VPN, BY_CIRCUIT], "gateway_sku": "Basic"},
        TUNNEL
        | {"gateway-sku-too-small"}
        | {"existing-gateway", "expressroute-circuit", "side-by-side", "site-stays-on-vpn"},
    ),
    (
        "standard beside expressroute",
        {"sites": [BY_VPN, BY_CIRCUIT], "gateway_sku": "Standard"},
        TUNNEL | {"existing-gateway", "expressroute-circuit", "side-by-side", "site-stays-on-vpn"},
    ),
]


@each_of(CASES)
def test_a_need_finds_exactly_these_codes(changes: dict[str, Any], expected: set[str]) -> None:
    assert codes(advise(**changes)) == expected
