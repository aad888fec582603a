"""What edition 2026 finds of ExpressRoute: bandwidth, prefixes, regions, transit, encryption, backup."""

from __future__ import annotations

from typing import Any

import pytest

from tests.advisor.core.edition_2026.builders import (
    BY_CIRCUIT,
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
    hosts,
    infos,
    problems,
    some_clients,
    text,
)
from tests.builders import site, vnet

REGION = "expressroute-gateway-not-in-region"
DIRECT = "expressroute-direct-needed"
BOTH: dict[str, Any] = {"sites": [BY_CIRCUIT, BY_VPN]}
LARGE: dict[str, Any] = {"sites": [BY_CIRCUIT | {"bandwidth_mbps": 10_001}]}
BACKED_UP: dict[str, Any] = {"sites": [OFFICE], "expressroute_backup": True}
ENCRYPTED: dict[str, Any] = {"sites": [OFFICE], "private_path": True, "expressroute_encryption": True}


def on_circuit(count: int) -> list[dict[str, Any]]:
    """A site on a circuit with so many prefixes."""
    return [site("Breda", *hosts(count), expressroute=True)]


def hub_in(region: str | None) -> list[dict[str, Any]]:
    """The hub in a region."""
    return [HUB | {"region": region}]


CASES: list[Case] = [
    ("a circuit", {"sites": [BY_CIRCUIT]}, set()),
    # bandwidth-exceeds-vpn
    ("10 gbps", {"sites": [site(bandwidth_mbps=10_000, tunnels=5)], "bgp": True}, set()),
    ("more than 10 gbps", {"sites": [site(bandwidth_mbps=10_001)]}, {"bandwidth-exceeds-vpn", DIRECT}),
    # bandwidth-exceeds-expressroute, expressroute-direct-needed
    ("10 gbps on a circuit", {"sites": [BY_CIRCUIT | {"bandwidth_mbps": 10_000}]}, set()),
    ("more on a circuit", LARGE, {DIRECT}),
    ("40 gbps", {"sites": [BY_CIRCUIT | {"bandwidth_mbps": 40_000}]}, {DIRECT}),
    (
        "more than 40 gbps",
        {"sites": [BY_CIRCUIT | {"bandwidth_mbps": 40_001}]},
        {DIRECT, "bandwidth-exceeds-expressroute"},
    ),
    (
        "encrypted, 10 gbps",
        {
            "sites": [BY_CIRCUIT | {"bandwidth_mbps": 10_000, "tunnels": 5}],
            "bgp": True,
            "expressroute_encryption": True,
        },
        set(),
    ),
    (
        "encrypted, more",
        {
            "sites": [BY_CIRCUIT | {"bandwidth_mbps": 10_001, "tunnels": 5}],
            "bgp": True,
            "expressroute_encryption": True,
        },
        {DIRECT, "bandwidth-exceeds-expressroute", "bandwidth-exceeds-gateway"},
    ),
    # expressroute-gateway-not-in-region
    ("scale units in west europe", LARGE | {"vnets": hub_in("West Europe")}, {DIRECT, REGION}),
    ("scale units in north europe", LARGE | {"vnets": hub_in("northeurope")}, {DIRECT}),
    ("a fixed sku in west europe", {"sites": [BY_CIRCUIT], "vnets": hub_in("westeurope")}, set()),
    # expressroute-premium-needed
    ("4000 prefixes on a circuit", {"sites": on_circuit(4000)}, set()),
    ("4001 prefixes on a circuit", {"sites": on_circuit(4001)}, {"expressroute-premium-needed"}),
    # expressroute-prefix-limit-exceeded
    ("9500 prefixes on a circuit", {"sites": on_circuit(9500)}, {"expressroute-premium-needed"}),
    (
        "9501 prefixes on a circuit",
        {"sites": on_circuit(9501)},
        {"expressroute-premium-needed", "expressroute-prefix-limit-exceeded"},
    ),
    ("1000 prefixes of vnets", {"sites": [BY_CIRCUIT], "vnets": [HUB, vnet("b", *hosts(999))]}, set()),
    (
        "1001 prefixes of vnets",
        {"sites": [BY_CIRCUIT], "vnets": [HUB, vnet("b", *hosts(1000))]},
        {"expressroute-prefix-limit-exceeded"},
    ),
    # transit-needs-route-server
    ("transit between both", BOTH | {"transit": True}, {"transit-needs-route-server"}),
    ("both without transit", BOTH, set()),
    (
        "transit to an encrypted vnet",
        {"sites": [BY_CIRCUIT], "vnets": [HUB, SPOKE], "vnet_encryption": True, "transit": True},
        {"transit-needs-route-server"},
    ),
    ("transit to a peered vnet", {"sites": [BY_CIRCUIT], "vnets": [HUB, SPOKE], "transit": True}, set()),
    (
        "transit between both on basic",
        BOTH | {"transit": True, "gateway_sku": "Basic"},
        {"transit-needs-route-server", "gateway-sku-too-small"},
    ),
    # private-path-not-for-backup
    ("a private path and a backup", BACKED_UP | {"private_path": True}, {"private-path-not-for-backup"}),
    ("a backup", BACKED_UP, set()),
    ("bgp beside expressroute", BOTH | {"bgp": True}, set()),
]

INFOS: list[Info] = [
    ("expressroute-encryption", "sites on a circuit", ENCRYPTED, True),
    ("expressroute-encryption", "not asked for", ENCRYPTED | {"expressroute_encryption": False}, False),
    ("expressroute-encryption", "no circuit", {"sites": [OFFICE], "expressroute_encryption": True}, False),
    ("single-circuit", "a circuit", {"sites": [BY_CIRCUIT]}, True),
    ("single-circuit", "a circuit and a backup", BACKED_UP, False),
    (
        "single-circuit",
        "a backup without a device",
        {"sites": [site(device="none")], "expressroute_backup": True},
        True,
    ),
    ("single-circuit", "no circuit", {"sites": [OFFICE]}, False),
    ("existing-circuit-unused", "a circuit without sites", {"expressroute_circuit": True}, True),
    ("existing-circuit-unused", "a circuit with a site", {"sites": [OFFICE], "expressroute_circuit": True}, False),
    ("backup-slower-than-circuit", "a slow backup", BACKED_UP | {"bandwidth_mbps": 651}, True),
    ("backup-slower-than-circuit", "a fast one", BACKED_UP | {"bandwidth_mbps": 650}, False),
    ("expressroute-circuit", "a circuit", {"sites": [BY_CIRCUIT]}, True),
    ("expressroute-circuit", "no circuit", {"sites": [OFFICE]}, False),
    ("expressroute-private-path", "a private path", {"sites": [OFFICE], "private_path": True}, True),
    ("expressroute-private-path", "a circuit", {"sites": [BY_CIRCUIT]}, False),
    ("expressroute-backup", "a backup", BACKED_UP, True),
    ("expressroute-backup", "no backup", {"sites": [BY_CIRCUIT]}, False),
    ("side-by-side", "both", BOTH, True),
    ("side-by-side", "one", {"sites": [BY_CIRCUIT]}, False),
]


@each_of(CASES)
def test_a_need_finds_exactly_these_problems(changes: dict[str, Any], expected: set[str]) -> None:
    assert problems(advise(**changes)) == expected


@each_info(INFOS)
def test_a_need_is_told_this_or_not(code: str, changes: dict[str, Any], fires: bool) -> None:
    assert (code in infos(advise(**changes))) == fires


@pytest.mark.parametrize(
    "region",
    [
        "Belgium Central",
        "Japan East",
        "Qatar Central",
        "Southeast Asia",
        "West Europe",
        "West India",
        "West US 2",
        "South Central US",
        "East US 2",
    ],
)
def test_in_these_regions_there_are_no_scale_units(region: str) -> None:
    for written in (region, region.lower().replace(" ", "")):
        assert REGION in problems(advise(**LARGE, vnets=hub_in(written)))
    assert region in text(advise(**LARGE, vnets=hub_in(region)), REGION)


def test_where_the_region_is_unknown_nothing_is_said_of_it() -> None:
    assert problems(advise(**LARGE, vnets=hub_in(None))) == {DIRECT}


@pytest.mark.parametrize(("active_active", "variant"), [(False, "not-active-active"), (True, "")])
def test_a_route_server_takes_active_active_and_its_number(active_active: bool, variant: str) -> None:
    advice = advise(**BOTH, transit=True, active_active=active_active)
    found = finding(advice, "transit-needs-route-server")
    assert found.variant == variant
    assert ("active_active" in found.subjects) != active_active
    said = text(advice, "transit-needs-route-server")
    assert "65515" in said
    assert ("make it active-active" in said) != active_active


def test_on_basic_active_active_is_part_of_what_is_too_small() -> None:
    advice = advise(**BOTH, transit=True, gateway_sku="Basic")
    assert "active-active" in text(advice, "gateway-sku-too-small")


def test_who_encrypts_is_told_of_skus_throughput_and_prefixes() -> None:
    said = text(advise(**ENCRYPTED), "expressroute-encryption")
    for part in ("VpnGw1AZ", "650 Mbps", "longer prefixes"):
        assert part in said


def test_three_ways_lead_from_one_circuit() -> None:
    said = text(advise(sites=[BY_CIRCUIT]), "single-circuit")
    for part in ("Metro", "second circuit", "VPN"):
        assert part in said


def test_clients_beside_expressroute_fit() -> None:
    assert problems(advise(sites=[BY_CIRCUIT], clients=some_clients())) == set()


def test_too_many_prefixes_of_vnets_cut_the_connection() -> None:
    advice = advise(sites=[BY_CIRCUIT], vnets=[HUB, vnet("b", *hosts(1000))])
    assert "the connection drops" in text(advice, "expressroute-prefix-limit-exceeded")
