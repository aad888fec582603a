"""What edition 2026 finds of VNets beside the hub: peering, VNet-to-VNet, the classic model, prefixes."""

from __future__ import annotations

from typing import Any

from tests.advisor.core.edition_2026.builders import (
    BY_CIRCUIT,
    BY_VPN,
    HUB,
    OFFICE,
    SPOKE,
    THIRD,
    Case,
    Info,
    advise,
    each_info,
    each_of,
    finding,
    hosts,
    infos,
    problems,
    some_clients,
    spokes,
    text,
)
from tests.builders import site, vnet

CLASSIC = vnet("old", "10.50.0.0/16", model="classic")
ENCRYPTED: dict[str, Any] = {"vnet_encryption": True}
WEST = HUB | {"region": "westeurope"}
NORTH = SPOKE | {"region": "northeurope"}
NEAR = SPOKE | {"region": "West Europe"}

CASES: list[Case] = [
    ("peered", {"vnets": [HUB, SPOKE]}, set()),
    ("encrypted", {"vnets": [HUB, SPOKE], **ENCRYPTED}, set()),
    # classic-retired
    ("a classic vnet", {"vnets": [HUB, CLASSIC]}, {"classic-retired"}),
    ("a classic hub", {"vnets": [CLASSIC]}, {"classic-retired"}),
    (
        "a classic hub with transit, clients, and expressroute",
        {"vnets": [CLASSIC, SPOKE], "sites": [BY_CIRCUIT], "transit": True, "clients": some_clients()},
        {"classic-retired"},
    ),
    (
        "a classic hub and bgp",
        {"vnets": [CLASSIC], "sites": [OFFICE], "bgp": True},
        {"classic-retired"},
    ),
    # gateway-transit-not-on-basic
    (
        "basic, a site, and a peered vnet",
        {"vnets": [HUB, SPOKE], "sites": [OFFICE], "gateway_sku": "Basic"},
        {"gateway-transit-not-on-basic", "gateway-sku-too-small"},
    ),
    (
        "basic, sstp clients, and a peered vnet",
        {"vnets": [HUB, SPOKE], "clients": some_clients(protocol="sstp"), "gateway_sku": "Basic"},
        {"gateway-transit-not-on-basic", "gateway-sku-too-small", "protocol-retired"},
    ),
    (
        "policy-based and a peered vnet",
        {"vnets": [HUB, SPOKE], "sites": [OFFICE], "gateway_routing": "policy-based"},
        {"gateway-transit-not-on-basic"},
    ),
    ("basic and a peered vnet alone", {"vnets": [HUB, SPOKE], "gateway_sku": "Basic"}, set()),
    (
        "basic, a peered vnet, and a circuit",
        {"vnets": [HUB, SPOKE], "sites": [BY_CIRCUIT], "gateway_sku": "Basic"},
        set(),
    ),
    ("basic and an encrypted vnet", {"vnets": [HUB, SPOKE], "gateway_sku": "Basic", **ENCRYPTED}, set()),
    # peering-not-transitive
    ("transit and two peered", {"vnets": [HUB, SPOKE, THIRD], "transit": True}, {"peering-not-transitive"}),
    ("transit and one peered", {"vnets": [HUB, SPOKE], "transit": True, "sites": [OFFICE]}, set()),
    ("two peered", {"vnets": [HUB, SPOKE, THIRD]}, set()),
    # peering-limit-exceeded
    ("500 peered", {"vnets": spokes(500)}, set()),
    ("501 peered", {"vnets": spokes(501)}, {"peering-limit-exceeded"}),
    # transit-needs-bgp
    ("transit and two encrypted", {"vnets": [HUB, SPOKE, THIRD], "transit": True, **ENCRYPTED}, {"transit-needs-bgp"}),
    (
        "transit and two encrypted with bgp",
        {
            "vnets": [HUB | {"asn": 65_010}, SPOKE | {"asn": 65_020}, THIRD | {"asn": 65_030}],
            "transit": True,
            "bgp": True,
            **ENCRYPTED,
        },
        set(),
    ),
    ("transit, a site, and two peered", {"vnets": [HUB, SPOKE], "sites": [OFFICE], "transit": True}, set()),
    # asn-equal
    ("two encrypted with one number", {"vnets": [HUB, SPOKE], "bgp": True, **ENCRYPTED}, {"asn-equal"}),
    ("two peered with one number", {"vnets": [HUB, SPOKE], "bgp": True}, set()),
    # vpn-prefix-limit-exceeded
    ("600 prefixes", {"vnets": [vnet("hub", "10.20.0.0/16", *hosts(599))], "sites": [OFFICE]}, set()),
    (
        "601 prefixes",
        {"vnets": [vnet("hub", "10.20.0.0/16", *hosts(600))], "sites": [OFFICE]},
        {"vpn-prefix-limit-exceeded"},
    ),
    (
        "601 prefixes of two vnets",
        {"vnets": [HUB, vnet("spoke", *hosts(600))], "sites": [OFFICE]},
        {"vpn-prefix-limit-exceeded"},
    ),
    ("601 prefixes without a gateway", {"vnets": [HUB, vnet("spoke", *hosts(600))]}, set()),
]

INFOS: list[Info] = [
    ("peering-possible", "encrypted", {"vnets": [HUB, SPOKE], **ENCRYPTED}, True),
    ("peering-possible", "encrypted in two regions", {"vnets": [WEST, NORTH], **ENCRYPTED}, True),
    ("peering-possible", "peered", {"vnets": [HUB, SPOKE]}, False),
    ("peering-possible", "encrypted and classic", {"vnets": [HUB, CLASSIC], **ENCRYPTED}, False),
    ("vnet-gateways", "encrypted", {"vnets": [HUB, SPOKE], **ENCRYPTED}, True),
    ("vnet-gateways", "peered", {"vnets": [HUB, SPOKE]}, False),
    ("vnets-can-share-circuit", "encrypted", {"vnets": [HUB, SPOKE], "sites": [BY_CIRCUIT], **ENCRYPTED}, True),
    ("vnets-can-share-circuit", "peered", {"vnets": [HUB, SPOKE], "sites": [BY_CIRCUIT]}, False),
    ("inter-region-charges", "peered in two regions", {"vnets": [WEST, NORTH]}, True),
    ("inter-region-charges", "peered in one region", {"vnets": [WEST, NEAR]}, False),
    ("gateway-transit", "peered and a vpn gateway", {"vnets": [HUB, SPOKE], "sites": [OFFICE]}, True),
    ("gateway-transit", "peered and an expressroute gateway", {"vnets": [HUB, SPOKE], "sites": [BY_CIRCUIT]}, True),
    ("gateway-transit", "peered alone", {"vnets": [HUB, SPOKE]}, False),
    ("gateway-transit", "encrypted", {"vnets": [HUB, SPOKE], "sites": [OFFICE], **ENCRYPTED}, False),
    ("peering-charges", "peered", {"vnets": [WEST, NEAR]}, True),
    ("peering-charges", "encrypted", {"vnets": [WEST, NEAR], **ENCRYPTED}, False),
    ("bgp-asn", "bgp", {"sites": [OFFICE], "bgp": True}, True),
    ("bgp-asn", "no bgp", {"sites": [OFFICE]}, False),
    ("transit", "bgp between sites", {"sites": [OFFICE, site("b")], "bgp": True, "transit": True}, True),
    ("transit", "no bgp", {"sites": [OFFICE, site("b")], "transit": True}, False),
]


@each_of(CASES)
def test_a_need_finds_exactly_these_problems(changes: dict[str, Any], expected: set[str]) -> None:
    assert problems(advise(**changes)) == expected


@each_info(INFOS)
def test_a_need_is_told_this_or_not(code: str, changes: dict[str, Any], fires: bool) -> None:
    assert (code in infos(advise(**changes))) == fires


def test_gateway_transit_tells_both_settings_and_no_gateway_of_its_own() -> None:
    said = text(advise(vnets=[HUB, SPOKE], sites=[OFFICE]), "gateway-transit")
    for part in ("allow gateway transit", "remote gateway", "no gateway of its own"):
        assert part in said


def test_three_ways_lead_from_one_peered_vnet_to_another() -> None:
    said = text(advise(vnets=[HUB, SPOKE, THIRD], transit=True), "peering-not-transitive")
    for part in ("peer them with each other", "firewall", "Virtual WAN"):
        assert part in said


def test_both_ends_pay_for_peering_also_within_a_region() -> None:
    said = text(advise(vnets=[WEST, NEAR]), "peering-charges")
    assert "at both ends, also within a region" in said


def test_every_classic_vnet_is_named() -> None:
    found = finding(advise(vnets=[CLASSIC, HUB, CLASSIC | {"name": "older", "prefixes": []}]), "classic-retired")
    assert found.subjects == ("vnets[0].model", "vnets[2].model")


def test_another_asn_of_the_hub_gives_way_to_that_of_the_route_server() -> None:
    across = {"sites": [BY_CIRCUIT, BY_VPN], "transit": True, "bgp": True, "active_active": True}
    told = text(advise(vnets=[{**HUB, "asn": 65_010}], **across), "transit-needs-route-server")
    assert "set ASN 65515, instead of 65010, on the VPN gateway" in told
    assert "instead" not in text(advise(**across), "transit-needs-route-server")
