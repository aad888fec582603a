"""What a wish brings along: BGP, forced tunneling, other VNets, what exists, circuits, and what is unused."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.formats.as_json import to_json
from advisor.wording.sentences import load_texts
from tests.advisor.core.rules.things import (
    BOTH,
    BY_CIRCUIT,
    BY_VPN,
    CLIENTS,
    HUB,
    OFFICE,
    POLICY_BASED,
    SHARED,
    SPOKE,
    TUNNEL,
    Case,
    each_of,
    some_clients,
    subjects_of,
)
from tests.builders import EDITION, advise, codes, site, sites, vnet

CLASSIC = vnet("hub", "10.20.0.0/16", model="classic")
BY_BOTH = [BY_CIRCUIT, BY_VPN]
OWN_ASN = vnet("spoke", "10.30.0.0/16", asn=65_020)
FULL = vnet("spoke", "10.30.0.0/28", subnets=["10.30.0.0/28"])
ON_BOTH = TUNNEL | {"expressroute-circuit", "side-by-side", "site-stays-on-vpn"}
BY_BGP = TUNNEL | {"bgp-asn"}

CASES: list[Case] = [
    (
        "what came after the edition",
        {"sites": [site(behind_nat=True)], "clients": some_clients(protocol="ikev2"), "endpoints": 5, "dev_test": True},
        BOTH | {"clients-reach", "field-not-used"},
    ),
    (
        "what came after the edition, at its default",
        {"sites": [site(behind_nat=False)], "vnet_encryption": False},
        TUNNEL,
    ),
    ("bgp to a site", {"sites": [OFFICE], "bgp": True}, BY_BGP),
    ("bgp between two defaults", {"vnets": [HUB, SPOKE], "bgp": True}, {"asn-equal", "bgp-asn", "vnet-gateways"}),
    ("bgp between two numbers", {"vnets": [HUB, OWN_ASN], "bgp": True}, {"bgp-asn", "vnet-gateways"}),
    ("two defaults without bgp", {"vnets": [HUB, SPOKE]}, {"vnet-gateways"}),
    (
        "a site with the hub's number",
        {"sites": [site(asn=65_515)], "bgp": True},
        BY_BGP | {"asn-reserved", "asn-equal"},
    ),
    ("a site with a number of its own", {"sites": [site(asn=65_010)], "bgp": True}, BY_BGP),
    ("the hub with the default", {"vnets": [vnet(asn=65_515)], "sites": [OFFICE], "bgp": True}, BY_BGP),
    (
        "a reserved number in Azure",
        {"vnets": [vnet(asn=65_520)], "sites": [OFFICE], "bgp": True},
        BY_BGP | {"asn-reserved"},
    ),
    ("a number of IANA", {"sites": [site(asn=64_500)], "bgp": True}, BY_BGP | {"asn-reserved"}),
    ("numbers without bgp", {"sites": [site(asn=65_010)]}, TUNNEL | {"wish-unused"}),
    ("forced tunneling", {"sites": [OFFICE], "forced_tunneling": True}, TUNNEL | {"forced-tunneling"}),
    (
        "forced tunneling with bgp",
        {"sites": [OFFICE], "forced_tunneling": True, "bgp": True},
        BY_BGP | {"forced-tunneling", "default-route-not-over-bgp"},
    ),
    (
        "forced tunneling over a circuit",
        {"sites": [BY_CIRCUIT], "forced_tunneling": True},
        {"forced-tunneling", "expressroute-circuit"},
    ),
    ("forced tunneling over both", {"sites": BY_BOTH, "forced_tunneling": True}, ON_BOTH | {"forced-tunneling"}),
    (
        "forced tunneling over both, classic",
        {"vnets": [CLASSIC], "sites": BY_BOTH, "forced_tunneling": True},
        ON_BOTH | {"forced-tunneling-over-expressroute-only"},
    ),
    (
        "forced tunneling over a circuit, classic",
        {"vnets": [CLASSIC], "sites": [BY_CIRCUIT], "forced_tunneling": True},
        {"forced-tunneling", "expressroute-circuit"},
    ),
    (
        "forced tunneling to clients",
        {"sites": [site(device="none")], "clients": some_clients(), "forced_tunneling": True},
        CLIENTS | {"wish-unused"},
    ),
    ("no room in a vnet", {"vnets": [HUB, FULL]}, {"vnet-gateways", "gateway-subnet-no-room"}),
    ("active-active", {"sites": [OFFICE], "active_active": True}, TUNNEL | {"active-active"}),
    (
        "active-active on standard",
        {"sites": [OFFICE], "active_active": True, "gateway_sku": "Standard"},
        TUNNEL | {"active-active-not-supported", "existing-gateway"},
    ),
    (
        "active-active on the largest",
        {"sites": [OFFICE], "active_active": True, "gateway_sku": "HighPerformance"},
        TUNNEL | {"active-active", "existing-gateway"},
    ),
    (
        "active-active and a policy-based device",
        {"sites": [POLICY_BASED], "active_active": True},
        TUNNEL | {"active-active-not-supported", "policy-based-idle-timeout"},
    ),
    ("active-active of nothing", {"active_active": True}, {"nothing-to-connect", "wish-unused"}),
    ("clients, no number", {"clients": {"count": None}}, CLIENTS | {"client-count-unknown"}),
    (
        "clients and a site with bgp",
        {"sites": [OFFICE], "clients": some_clients(), "bgp": True},
        BOTH | {"bgp-asn", "clients-reach"},
    ),
    (
        "clients and a classic hub",
        {"vnets": [CLASSIC], "sites": [OFFICE], "clients": some_clients()},
        BOTH | {"clients-reach"},
    ),
    ("clients alone", {"clients": some_clients()}, CLIENTS),
    (
        "a public prefix",
        {"vnets": [vnet("hub", "20.0.0.0/16")], "sites": [OFFICE]},
        TUNNEL | {"public-space-of-others"},
    ),
    ("carrier-grade NAT within", {"vnets": [vnet("hub", "100.64.0.0/16")], "sites": [OFFICE]}, TUNNEL),
    ("around a private block", {"sites": [site("a", "10.0.0.0/7")]}, TUNNEL | {"public-space-of-others"}),
    ("a public pool", {"clients": some_clients(pool="20.0.0.0/24")}, CLIENTS | {"public-space-of-others"}),
    (
        "two tunnels with bgp",
        {"sites": [site(tunnels=2)], "bgp": True},
        SHARED | {"bgp-asn", "redundant-tunnels"},
    ),
    (
        "transit",
        {"sites": sites(2), "transit": True, "bgp": True},
        SHARED | {"bgp-asn", "transit"},
    ),
    (
        "transit that bgp cannot give",
        {"sites": sites(2), "transit": True, "bgp": True, "gateway_sku": "Basic"},
        SHARED | {"bgp-not-supported", "gateway-sku-too-small", "transit", "existing-gateway", "bgp-asn"},
    ),
    (
        "a spoke in the region, and a site",
        {
            "vnets": [vnet("hub", region="westeurope"), vnet("spoke", region="West Europe")],
            "sites": [OFFICE],
        },
        SHARED | {"vnet-gateways", "peering-possible", "peering-gateway-transit"},
    ),
    (
        "a spoke in the region alone",
        {"vnets": [vnet("hub", region="westeurope"), vnet("spoke", region="westeurope")]},
        {"vnet-gateways", "peering-possible"},
    ),
    ("standard that stays", {"sites": [OFFICE], "gateway_sku": "Standard"}, TUNNEL | {"existing-gateway"}),
    (
        "a gateway and nothing to join",
        {"gateway_sku": "Standard", "gateway_routing": "route-based", "gateway_subnet": "10.0.0.0/27"},
        {"nothing-to-connect", "wish-unused"},
    ),
    (
        "backup of one of two",
        {"sites": [site("a"), site("b", device="none")], "expressroute_backup": True},
        TUNNEL | {"expressroute-circuit", "expressroute-backup", "side-by-side"},
    ),
    (
        "a private path of nothing",
        {"vnets": [HUB, SPOKE], "private_path": True, "expressroute_backup": True},
        {"vnet-gateways", "wish-unused"},
    ),
    (
        "21 sites of a classic hub",
        {"vnets": [CLASSIC], "sites": sites(21)},
        SHARED | {"local-network-sites-limit"},
    ),
    ("20 sites of a classic hub", {"vnets": [CLASSIC], "sites": sites(20)}, SHARED),
]


@each_of(CASES)
def test_a_need_finds_exactly_these_codes(changes: dict[str, Any], expected: set[str]) -> None:
    assert codes(advise(**changes)) == expected


def said(code: str, language: str, **changes: Any) -> str:
    """What the finding with this code says."""
    advice = to_json(advise(**changes), load_texts(EDITION), language)
    (text,) = (found["text"] for found in advice["findings"] if found["code"] == code)
    return str(text)


@pytest.mark.parametrize(
    "number", [8075, 8076, 12076, 65517, 65518, 65519, 65520, 23456, 64496, 64511, 65551, 4294967295]
)
def test_reserved_numbers_are_for_no_side(number: int) -> None:
    for changes in ({"vnets": [vnet(asn=number)]}, {"sites": [site(asn=number)]}):
        assert "asn-reserved" in codes(advise(**changes))


@pytest.mark.parametrize("number", [1, 8074, 8077, 64495, 64512, 65001, 65514, 65516, 65552, 4294967294])
def test_other_numbers_are_free(number: int) -> None:
    for changes in ({"vnets": [vnet(asn=number)]}, {"sites": [site(asn=number)]}):
        assert "asn-reserved" not in codes(advise(**changes))


def test_the_subjects_of_equal_numbers_are_both_sides() -> None:
    advice = advise(vnets=[HUB, SPOKE, OWN_ASN | {"name": "other"}], sites=[site(asn=65_515)], bgp=True)
    assert subjects_of("asn-equal", advice) == [("vnets[0].asn", "vnets[1].asn", "sites[0].asn")]


def test_no_room_names_each_vnet_without_it() -> None:
    full = vnet("hub", "10.20.0.0/28", subnets=["10.20.0.0/28"])
    assert subjects_of("gateway-subnet-no-room", advise(vnets=[HUB, FULL])) == [("vnets[1]",)]
    assert subjects_of("gateway-subnet-no-room", advise(vnets=[full, FULL])) == [("vnets[0].prefixes", "vnets[1]")]
    assert subjects_of("gateway-subnet-no-room", advise(vnets=[full], sites=[OFFICE])) == [("vnets[0].prefixes",)]


@pytest.mark.parametrize("count", [1, 2])
def test_active_active_chooses_the_sku(count: int) -> None:
    gateway = advise(sites=sites(count), active_active=True).gateway
    assert gateway is not None
    assert gateway.sku == "HighPerformance"


@pytest.mark.parametrize("language", ["nl", "en"])
class TestTexts:
    """Names, numbers, and blocks of the design itself."""

    def test_bgp_names_numbers_and_the_peer_address(self, language: str) -> None:
        text = said("bgp-asn", language, vnets=[HUB], sites=[site("Goes", asn=65_010)], bgp=True)
        for fact in ("65515", "65010", "Goes", "10.20.255.254", "10.20.0.0/16", "65520"):
            assert fact in text
        assert "65.515" not in text

    def test_the_default_site_is_named_or_to_choose(self, language: str) -> None:
        one = said("forced-tunneling", language, sites=[site("Goes")], forced_tunneling=True)
        two = said("forced-tunneling", language, sites=[site("Goes"), site("Veere")], forced_tunneling=True)
        assert "0.0.0.0/0" in one
        assert "Goes" in one
        assert "Veere" in two
        assert {"nl": "kies één standaardsite", "en": "choose one default site"}[language] in two

    def test_subnets_that_are_forced_are_named(self, language: str) -> None:
        hub = vnet("hub", "10.20.0.0/16", subnets=["10.20.1.0/24", "10.20.255.224/27"])
        changes = {"vnets": [hub], "sites": [OFFICE], "gateway_subnet": "10.20.255.224/27"}
        text = said("forced-tunneling", language, forced_tunneling=True, **changes)
        assert "10.20.1.0/24" in text
        assert "10.20.255.224/27" not in text

    def test_each_other_vnet_gets_a_block(self, language: str) -> None:
        text = said("vnet-gateways", language, vnets=[HUB, SPOKE, vnet("c")])
        assert "VNet spoke: 10.30.255.240/28" in text
        assert "VNet c" in text
        assert {"nl": "2 gateways", "en": "2 gateways"}[language] in text

    def test_one_of_several_skus_will_do(self, language: str) -> None:
        text = said("vnet-gateways", language, vnets=[HUB, OWN_ASN], bgp=True)
        assert {"nl": "Standard of HighPerformance", "en": "Standard or HighPerformance"}[language] in text

    def test_a_wish_that_does_nothing_is_named_with_its_reason(self, language: str) -> None:
        text = said("wish-unused", language, sites=[site("Goes", asn=65_010)])
        assert "65010" in text
        assert "site Goes" in text

    def test_public_prefixes_are_named_with_whose_they_are(self, language: str) -> None:
        text = said("public-space-of-others", language, sites=[site("Goes", "100.0.1.0/24")])
        assert "100.0.1.0/24 (site Goes)" in text
