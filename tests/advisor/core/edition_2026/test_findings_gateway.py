"""What edition 2026 finds of the gateway: its tunnels, SKU, routing, subnet, and what exists."""

from __future__ import annotations

from typing import Any

from tests.advisor.core.edition_2026.builders import (
    BY_CIRCUIT,
    BY_POLICY,
    BY_VPN,
    HUB,
    OFFICE,
    SPOKE,
    Case,
    Info,
    advise,
    each_info,
    each_of,
    finding,
    infos,
    problems,
    some_clients,
    text,
)
from tests.builders import site, sites, vnet

POLICY_BASED: dict[str, Any] = {"gateway_routing": "policy-based"}
SOFTWARE = site("Tilburg", "192.168.10.0/24", device="software")
TOO_SMALL = "gateway-sku-too-small"

CASES: list[Case] = [
    ("100 sites", {"sites": sites(100)}, set()),
    ("101 sites", {"sites": sites(101)}, {"tunnel-limit-exceeded"}),
    ("101 sites on a circuit", {"sites": sites(101, expressroute=True)}, set()),
    (
        "100 sites and an encrypted vnet",
        {"sites": sites(100), "vnets": [HUB, SPOKE], "vnet_encryption": True},
        {"tunnel-limit-exceeded"},
    ),
    ("100 sites and a peered vnet", {"sites": sites(100), "vnets": [HUB, SPOKE]}, set()),
    # policy-based-single-tunnel
    ("an existing policy-based gateway", {"sites": [OFFICE], **POLICY_BASED}, set()),
    ("a policy-based device on it", {"sites": [BY_POLICY], **POLICY_BASED}, set()),
    ("two sites on it", {"sites": sites(2), **POLICY_BASED}, {"policy-based-single-tunnel"}),
    ("clients on it", {"clients": some_clients(), **POLICY_BASED}, {"policy-based-single-tunnel"}),
    (
        "an encrypted vnet on it",
        {"vnets": [HUB, SPOKE], "vnet_encryption": True, **POLICY_BASED},
        {"policy-based-single-tunnel"},
    ),
    ("it beside expressroute", {"sites": [BY_CIRCUIT, BY_VPN], **POLICY_BASED}, {"policy-based-single-tunnel"}),
    (
        "a peered vnet beside it",
        {"sites": [OFFICE], "vnets": [HUB, SPOKE], **POLICY_BASED},
        {"gateway-transit-not-on-basic"},
    ),
    ("policy-based devices on a new gateway", {"sites": [BY_POLICY, site("b", device_routing="policy-based")]}, set()),
    ("a policy-based device and clients", {"sites": [BY_POLICY], "clients": some_clients()}, set()),
    ("a policy-based device beside expressroute", {"sites": [BY_POLICY, BY_CIRCUIT]}, set()),
    # gateway-routing-mismatch
    ("a policy-based basic", {"sites": [OFFICE], "gateway_sku": "Basic", **POLICY_BASED}, set()),
    (
        "a policy-based az",
        {"sites": [OFFICE], "gateway_sku": "VpnGw1AZ", **POLICY_BASED},
        {"gateway-routing-mismatch"},
    ),
    (
        "a policy-based standard",
        {"sites": [OFFICE], "gateway_sku": "Standard", **POLICY_BASED},
        {"gateway-routing-mismatch", "gateway-sku-retired"},
    ),
    ("software on a policy-based gateway", {"sites": [SOFTWARE], **POLICY_BASED}, {"gateway-routing-mismatch"}),
    ("software on a new gateway", {"sites": [SOFTWARE]}, set()),
    (
        "a policy-based device on an existing route-based gateway",
        {"sites": [BY_POLICY], "gateway_routing": "route-based"},
        set(),
    ),
    ("a policy-based device on an az", {"sites": [BY_POLICY], "gateway_sku": "VpnGw1AZ"}, set()),
    # gateway-sku-too-small
    ("30 tunnels on an az", {"sites": sites(30), "gateway_sku": "VpnGw3AZ"}, set()),
    ("31 tunnels on an az", {"sites": sites(31), "gateway_sku": "VpnGw3AZ"}, {TOO_SMALL}),
    ("101 tunnels on an az", {"sites": sites(101), "gateway_sku": "VpnGw3AZ"}, {"tunnel-limit-exceeded"}),
    ("251 clients on an az", {"clients": {"count": 251}, "gateway_sku": "VpnGw1AZ"}, {TOO_SMALL}),
    ("1001 endpoints on an az", {"sites": [OFFICE], "endpoints": 1001, "gateway_sku": "VpnGw1AZ"}, {TOO_SMALL}),
    ("much on a policy-based gateway", {"sites": [OFFICE], "bandwidth_mbps": 100, **POLICY_BASED}, set()),
    (
        "too much on a policy-based gateway",
        {"sites": [OFFICE], "bandwidth_mbps": 101, **POLICY_BASED},
        {"bandwidth-exceeds-gateway"},
    ),
    # bandwidth-exceeds-gateway
    (
        "10 gbps that stays on vpn",
        {"sites": [site(bandwidth_mbps=10_000, expressroute=False, tunnels=5)], "bgp": True},
        set(),
    ),
    (
        "more than 10 gbps that stays on vpn",
        {"sites": [site(bandwidth_mbps=10_001, expressroute=False, tunnels=5)], "bgp": True},
        {"bandwidth-exceeds-gateway"},
    ),
    # active-active-not-supported
    ("active-active on a new gateway", {"sites": [OFFICE], "active_active": True}, set()),
    ("active-active on an az", {"sites": [OFFICE], "active_active": True, "gateway_sku": "VpnGw1AZ"}, set()),
    (
        "active-active on basic",
        {"sites": [OFFICE], "active_active": True, "gateway_sku": "Basic"},
        {"active-active-not-supported", TOO_SMALL},
    ),
    (
        "active-active on a policy-based gateway",
        {"sites": [OFFICE], "active_active": True, **POLICY_BASED},
        {"active-active-not-supported"},
    ),
    # gateway-sku-retired
    ("a retired sku", {"sites": [OFFICE], "gateway_sku": "VpnGw2"}, {"gateway-sku-retired"}),
    ("a sku that is not retired", {"sites": [OFFICE], "gateway_sku": "VpnGw2AZ"}, set()),
    ("basic is not retired", {"sites": [OFFICE], "gateway_sku": "Basic"}, set()),
    ("a retired sku where no gateway is needed", {"gateway_sku": "VpnGw2"}, set()),
    # endpoint-limit-exceeded
    ("9000 endpoints", {"sites": [OFFICE], "endpoints": 9000}, set()),
    ("9001 endpoints", {"sites": [OFFICE], "endpoints": 9001}, {"endpoint-limit-exceeded"}),
    ("endpoints without a gateway", {"vnets": [HUB, SPOKE], "endpoints": 60_000}, set()),
    (
        "9001 endpoints beside expressroute",
        {"sites": [BY_CIRCUIT, BY_VPN], "endpoints": 9001},
        {"endpoint-limit-exceeded"},
    ),
    # gateway-subnet-…
    (
        "outside the hub",
        {"sites": [OFFICE], "gateway_subnet": "10.30.0.0/27"},
        {"gateway-subnet-outside-vnet"},
    ),
    ("inside the hub", {"sites": [OFFICE], "gateway_subnet": "10.20.0.0/27"}, set()),
    (
        "over a subnet in use",
        {
            "vnets": [vnet("hub", "10.20.0.0/16", subnets=["10.20.0.0/24"])],
            "sites": [OFFICE],
            "gateway_subnet": "10.20.0.0/27",
        },
        {"gateway-subnet-in-use"},
    ),
    ("no room", {"vnets": [vnet("hub", "10.20.0.0/28")], "sites": [OFFICE]}, {"gateway-subnet-no-room"}),
    ("just room", {"vnets": [vnet("hub", "10.20.0.0/27")], "sites": [OFFICE]}, set()),
    (
        "no room in an encrypted vnet",
        {"vnets": [HUB, vnet("spoke", "10.30.0.0/28")], "vnet_encryption": True},
        {"gateway-subnet-no-room"},
    ),
    (
        "no room in a peered vnet, which needs none",
        {"vnets": [HUB, vnet("b", "10.30.0.0/28")], "sites": [OFFICE]},
        set(),
    ),
    (
        "a small subnet",
        {"sites": [OFFICE], "gateway_subnet": "10.20.0.0/28"},
        {"gateway-subnet-too-small"},
    ),
    (
        "a small subnet of a gateway that stays",
        {"sites": [OFFICE], "gateway_subnet": "10.20.0.0/28", "gateway_sku": "VpnGw1AZ"},
        {"gateway-subnet-below-recommended"},
    ),
]

INFOS: list[Info] = [
    ("policy-based-idle-timeout", "an existing policy-based gateway", {"sites": [OFFICE], **POLICY_BASED}, True),
    ("policy-based-idle-timeout", "a policy-based device", {"sites": [BY_POLICY]}, False),
    ("bandwidth-shared", "one tunnel", {"sites": [OFFICE]}, False),
    ("bandwidth-shared", "two tunnels", {"sites": sites(2)}, True),
    ("throughput-not-guaranteed", "a site", {"sites": [OFFICE]}, True),
    ("throughput-not-guaranteed", "clients", {"clients": some_clients()}, True),
    ("throughput-not-guaranteed", "encrypted vnets", {"vnets": [HUB, SPOKE], "vnet_encryption": True}, False),
    ("existing-gateway", "one", {"sites": [OFFICE], "gateway_sku": "VpnGw1AZ"}, True),
    ("existing-gateway", "none", {"sites": [OFFICE]}, False),
    ("kept-gateway-subnet", "a good one", {"sites": [OFFICE], "gateway_subnet": "10.20.0.0/27"}, True),
    ("kept-gateway-subnet", "a small one", {"sites": [OFFICE], "gateway_subnet": "10.20.0.0/28"}, False),
    ("active-active", "asked for", {"sites": [OFFICE], "active_active": True}, True),
    ("active-active", "not asked for", {"sites": [OFFICE]}, False),
    ("active-active-advised", "a site", {"sites": [OFFICE]}, True),
    ("active-active-advised", "it is asked for", {"sites": [OFFICE], "active_active": True}, False),
    ("active-active-advised", "for tests", {"sites": [OFFICE], "dev_test": True, "bgp": True}, False),
    ("active-active-advised", "basic", {"sites": [OFFICE], "gateway_sku": "Basic"}, False),
    ("active-active-advised", "no tunnel to a site", {"clients": some_clients()}, False),
    ("public-ip-addresses", "a vpn gateway", {"sites": [OFFICE]}, True),
    ("public-ip-addresses", "expressroute alone", {"sites": [BY_CIRCUIT]}, False),
    ("basic-sku-limits", "basic advised", {"sites": [OFFICE], "dev_test": True}, True),
    ("basic-sku-limits", "basic given", {"sites": [OFFICE], "bgp": True, "gateway_sku": "Basic"}, True),
    ("basic-sku-limits", "policy-based", {"sites": [OFFICE], **POLICY_BASED}, True),
    ("basic-sku-limits", "another", {"sites": [OFFICE]}, False),
    ("basic-sku-limits", "basic given and no gateway needed", {"gateway_sku": "Basic"}, False),
    ("wish-unused", "a gateway that is not needed", {"gateway_sku": "VpnGw1AZ"}, True),
    ("wish-unused", "a gateway that is", {"sites": [OFFICE], "gateway_sku": "VpnGw1AZ"}, False),
    ("nothing-to-connect", "one vnet", {}, True),
    ("nothing-to-connect", "two vnets", {"vnets": [HUB, SPOKE]}, False),
]


@each_of(CASES)
def test_a_need_finds_exactly_these_problems(changes: dict[str, Any], expected: set[str]) -> None:
    assert problems(advise(**changes)) == expected


@each_info(INFOS)
def test_a_need_is_told_this_or_not(code: str, changes: dict[str, Any], fires: bool) -> None:
    assert (code in infos(advise(**changes))) == fires


def test_it_counts_the_public_addresses() -> None:
    for changes, count in (
        ({}, "1 public IP address"),
        ({"clients": some_clients()}, "1 public IP address"),
        ({"active_active": True}, "2 public IP addresses"),
        ({"active_active": True, "clients": some_clients()}, "3 public IP addresses"),
    ):
        assert f"needs {count}" in text(advise(sites=[OFFICE], **changes), "public-ip-addresses")
    advised = text(advise(sites=[OFFICE]), "active-active-advised")
    assert "2 public IP addresses" in advised
    beside = text(advise(sites=[OFFICE], clients=some_clients()), "active-active-advised")
    assert "3 public IP addresses" in beside


def test_the_gateway_with_the_least_room_for_endpoints_is_named() -> None:
    both = advise(sites=[BY_CIRCUIT, BY_VPN], endpoints=60_000)
    assert "the largest VPN gateway (VpnGw5AZ) supports at most 9,000" in text(both, "endpoint-limit-exceeded")
    alone = advise(sites=[BY_CIRCUIT], endpoints=60_000)
    assert "the largest ExpressRoute gateway (ErGwScale)" in text(alone, "endpoint-limit-exceeded")
    policy_based = advise(sites=[OFFICE], endpoints=201, **POLICY_BASED)
    assert "(Basic) supports at most 200" in text(policy_based, "endpoint-limit-exceeded")


def test_a_policy_based_gateway_is_never_too_small() -> None:
    advice = advise(sites=sites(11), bgp=True, active_active=True, gateway_sku="Basic", **POLICY_BASED)
    assert problems(advice) == {
        "policy-based-single-tunnel",
        "bgp-not-supported",
        "active-active-not-supported",
    }


def test_a_way_to_expressroute_is_shown_beside_a_policy_based_device_that_stays() -> None:
    """Its gateway is route-based, and stands beside ExpressRoute."""
    asked = [BY_POLICY, site("Goes", public_ipv4=False)]
    assert "ExpressRoute" in text(advise(sites=asked), "no-public-ipv4")


def test_idle_timeout_is_five_minutes() -> None:
    assert "5" in text(advise(sites=[OFFICE], **POLICY_BASED), "policy-based-idle-timeout")
    assert finding(advise(sites=[OFFICE], **POLICY_BASED), "policy-based-idle-timeout").subjects == ("gateway_routing",)
