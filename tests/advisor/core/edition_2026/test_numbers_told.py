"""The numbers and remedies that a finding tells are those of the design: ASNs, pools, scale units, other VNets."""

from __future__ import annotations

from typing import Any

import pytest

from tests.advisor.core.edition_2026.builders import (
    BY_CIRCUIT,
    BY_VPN,
    HUB,
    OFFICE,
    SPOKE,
    THIRD,
    advise,
    finding,
    infos,
    problems,
    row,
    some_clients,
    text,
)
from tests.builders import site

NUMBERED = HUB | {"asn": 65_010}
ACROSS: dict[str, Any] = {"sites": [BY_CIRCUIT, BY_VPN], "transit": True, "bgp": True, "active_active": True}
IN_EUROPE = HUB | {"region": "West Europe"}
FAST = site("Breda", bandwidth_mbps=12_000)


@pytest.mark.parametrize("hub", [HUB, NUMBERED, HUB | {"asn": 65_515}])
def test_beside_a_route_server_the_hub_has_one_number_everywhere(hub: dict[str, Any]) -> None:
    advice = advise(vnets=[hub], **ACROSS)
    assert problems(advice) == {"transit-needs-route-server"}
    assert text(advice, "bgp-asn").startswith("VNet hub uses BGP with ASN 65515; ")


@pytest.mark.parametrize("hub", [HUB, NUMBERED])
def test_beside_a_route_server_it_is_the_other_side_that_changes(hub: dict[str, Any]) -> None:
    advice = advise(vnets=[hub, SPOKE], vnet_encryption=True, **ACROSS)
    assert problems(advice) == {"transit-needs-route-server", "asn-equal"}
    assert "(VNet spoke)." in text(advice, "asn-equal")
    assert "hub)" not in text(advice, "asn-equal")


def test_without_a_route_server_the_hub_has_its_own_number() -> None:
    advice = advise(vnets=[NUMBERED], sites=[OFFICE], bgp=True)
    assert text(advice, "bgp-asn").startswith("VNet hub uses BGP with ASN 65010; ")


def test_beside_a_route_server_the_gateway_has_two_peer_addresses() -> None:
    advice = advise(**ACROSS | {"active_active": False})
    assert "the gateway has two BGP peer addresses" in text(advice, "bgp-asn")


def test_beside_a_route_server_the_gateway_is_active_active_everywhere() -> None:
    pool = some_clients(pool="172.16.0.0/29")
    advice = advise(**ACROSS | {"active_active": False, "clients": pool})
    assert problems(advice) == {"transit-needs-route-server", "client-pool-too-small"}
    assert "needs 3 public IP addresses" in text(advice, "public-ip-addresses")
    assert "an active-active gateway accepts no pool smaller" in text(advice, "client-pool-too-small")


POOLS = [
    ({"count": 3, "pool": "172.16.0.0/29"}, True, "an active-active gateway accepts no pool smaller than a /28"),
    ({"count": 3, "pool": "172.16.0.0/30"}, False, "the gateway accepts no pool smaller than a /29"),
    ({"count": 2, "pool": "172.16.0.0/31"}, False, "the gateway accepts no pool smaller than a /29"),
    ({"count": 2, "pool": "172.16.0.0/31"}, True, "an active-active gateway accepts no pool smaller than a /28"),
    ({"count": 20, "pool": "172.16.0.0/28"}, True, "a /27 is the smallest pool with an address for 20 clients"),
    ({"count": 9, "pool": "172.16.0.0/29"}, False, "a /28 is the smallest pool with an address for 9 clients"),
]


@pytest.mark.parametrize(("clients", "active_active", "said"), POOLS)
def test_a_pool_is_too_small_for_what_is_told(clients: dict[str, Any], active_active: bool, said: str) -> None:
    advice = advise(clients=clients, active_active=active_active)
    assert problems(advice) == {"client-pool-too-small"}
    assert said in text(advice, "client-pool-too-small")


UNITS: list[tuple[dict[str, Any], str, str, int]] = [
    ({"sites": [FAST]}, "12 scale units", "expressroute_mbps", 40_000),
    ({"sites": [FAST | {"bandwidth_mbps": 39_001}]}, "40 scale units", "expressroute_mbps", 40_000),
    ({"sites": [FAST | {"bandwidth_mbps": 45_000}]}, "40 scale units", "expressroute_mbps", 40_000),
    ({"sites": [BY_CIRCUIT], "endpoints": 13_000}, "7 scale units", "endpoints", 50_000),
    ({"sites": [BY_CIRCUIT], "endpoints": 20_001}, "11 scale units", "endpoints", 50_000),
]


@pytest.mark.parametrize(("changes", "units", "limit", "allowed"), UNITS)
def test_the_scale_units_are_told(changes: dict[str, Any], units: str, limit: str, allowed: int) -> None:
    advice = advise(**changes)
    assert f"with SKU ErGwScale ({units}) in VNet hub" in text(advice, "expressroute-circuit")
    assert advice.expressroute is not None
    assert advice.expressroute.throughput_mbps == int(units.split()[0]) * 1000
    assert row(advice, limit).allowed == allowed
    note = row(advice, limit).note
    assert note is not None
    assert note["en"] == "With 40 scale units, the maximum."


def test_a_gateway_of_a_fixed_sku_has_no_scale_units() -> None:
    assert "scale unit" not in text(advise(sites=[BY_CIRCUIT]), "expressroute-circuit")


WORDS: list[tuple[str, dict[str, Any], str]] = [
    (
        "expressroute-gateway-not-in-region",
        {"vnets": [IN_EUROPE], "sites": [FAST]},
        "ErGwScale is not available in West Europe, the region of VNet hub: put a hub VNet with the gateway in another "
        "region, or limit the design to what ErGw3AZ supports (10 Gbps and 11,000 endpoints).",
    ),
    (
        "endpoint-limit-exceeded",
        {"sites": [OFFICE], "endpoints": 9500},
        "You entered 9,500 endpoints, but the largest VPN gateway (VpnGw5AZ) supports at most 9,000 endpoints: spread "
        "them over gateways in 2 VNets.",
    ),
    (
        "transit-needs-route-server",
        {**ACROSS, "vnets": [NUMBERED]},
        "Between ExpressRoute (site Breda) and VPN (site Tilburg), only Azure Route Server passes routes on: create "
        "one in VNet hub, and set ASN 65515, instead of 65010, on the VPN gateway.",
    ),
    (
        "one-client-connection",
        {"clients": some_clients(vnets=2)},
        "A client has one connection at a time. Have it connect to VNet hub, and peer 1 other VNet with VNet hub: it "
        "then reaches that VNet too.",
    ),
    (
        "one-client-connection",
        {"clients": some_clients(vnets=3)},
        "A client has one connection at a time. Have it connect to VNet hub, and peer 2 other VNets with VNet hub: it "
        "then reaches those VNets too.",
    ),
    (
        "peering-possible",
        {"vnets": [HUB, SPOKE, THIRD], "vnet_encryption": True, "transit": True},
        "If the traffic between VNets hub, spoke, and third need not be encrypted by IPsec, use VNet peering: it needs "
        "no gateway, has no bandwidth limit, and works between regions too, with at most 500 peerings per VNet. "
        "Peering is not transitive: peer the VNets with each other too, or route the traffic through a firewall in "
        "VNet hub.",
    ),
]


@pytest.mark.parametrize(("code", "changes", "said"), WORDS)
def test_each_sentence_tells_the_numbers_of_the_design(code: str, changes: dict[str, Any], said: str) -> None:
    assert text(advise(**changes), code) == said


def test_a_peering_between_two_has_no_third_to_reach() -> None:
    two = advise(vnets=[HUB, SPOKE], vnet_encryption=True, transit=True)
    without = advise(vnets=[HUB, SPOKE, THIRD], vnet_encryption=True)
    for advice in (two, without):
        assert "peering-possible" in infos(advice)
        assert finding(advice, "peering-possible").variant == ""
