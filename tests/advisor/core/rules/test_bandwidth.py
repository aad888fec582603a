"""How much the gateways carry, and how the connections share it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.advisor.core.rules.things import (
    CLIENTS,
    HUB,
    IDLE,
    OFFICE,
    SHARED,
    SPOKE,
    TUNNEL,
    Case,
    each_of,
    some_clients,
    subjects_of,
)
from tests.builders import advise, codes, site, sites, vnet

CASES: list[Case] = [
    ("one site", {"sites": [OFFICE]}, TUNNEL),
    ("two sites", {"sites": sites(2)}, SHARED),
    ("three vnets", {"vnets": [HUB, SPOKE, vnet("third")]}, {"bandwidth-shared"} | {"vnet-gateways"}),
    # bandwidth-exceeds-gateway
    (
        "200 Mbps that stays on vpn",
        {"sites": [site(bandwidth_mbps=200, expressroute=False)]},
        TUNNEL | {"site-stays-on-vpn"},
    ),
    (
        "201 Mbps that stays on vpn",
        {"sites": [site(bandwidth_mbps=201, expressroute=False)]},
        TUNNEL | {"bandwidth-exceeds-gateway"} | {"site-stays-on-vpn"},
    ),
    (
        "201 Mbps of clients",
        {"clients": some_clients(), "bandwidth_mbps": 201},
        CLIENTS | {"bandwidth-exceeds-gateway"},
    ),
    ("201 Mbps of nothing", {"bandwidth_mbps": 201}, {"nothing-to-connect"}),
    ("100 Mbps policy-based", {"sites": [site(device_routing="policy-based", bandwidth_mbps=100)]}, IDLE),
    (
        "101 Mbps policy-based",
        {"sites": [site(device_routing="policy-based", bandwidth_mbps=101)]},
        IDLE | {"bandwidth-exceeds-gateway"},
    ),
    (
        "201 Mbps on vpn beside expressroute",
        {"sites": [site(bandwidth_mbps=201, expressroute=False), site("b")], "private_path": True},
        TUNNEL
        | {"bandwidth-exceeds-gateway"}
        | {"expressroute-circuit", "expressroute-private-path", "side-by-side", "site-stays-on-vpn"},
    ),
    (
        "a backup is not sized",
        {"sites": [site(bandwidth_mbps=201)], "expressroute_backup": True},
        TUNNEL | {"backup-slower-than-circuit"} | {"expressroute-backup", "expressroute-circuit", "side-by-side"},
    ),
    # bandwidth-exceeds-expressroute, bandwidth-exceeds-vpn
    ("200 Mbps", {"sites": [site(bandwidth_mbps=200)]}, TUNNEL),
    ("200.5 Mbps", {"sites": [site(bandwidth_mbps=200.5)]}, {"bandwidth-exceeds-vpn"} | {"expressroute-circuit"}),
    (
        "more than vpn, and a circuit",
        {"sites": [site(bandwidth_mbps=201)], "expressroute_circuit": True},
        {"expressroute-circuit"},
    ),
    ("a total beside what the sites say", {"sites": [site(bandwidth_mbps=900)], "bandwidth_mbps": 50}, TUNNEL),
    (
        "10 Gbps",
        {"sites": [site(bandwidth_mbps=10000)], "private_path": True},
        {"expressroute-circuit", "expressroute-private-path"},
    ),
    (
        "more than 10 Gbps",
        {"sites": [site(bandwidth_mbps=10001)], "private_path": True},
        {"bandwidth-exceeds-expressroute"} | {"expressroute-circuit", "expressroute-private-path"},
    ),
    (
        "a backup as fast as the total",
        {"sites": [site(bandwidth_mbps=100)], "expressroute_backup": True},
        TUNNEL | {"expressroute-backup", "expressroute-circuit", "side-by-side"},
    ),
    (
        "a backup slower than the total",
        {"sites": [site(bandwidth_mbps=101)], "expressroute_backup": True},
        TUNNEL | {"backup-slower-than-circuit"} | {"expressroute-backup", "expressroute-circuit", "side-by-side"},
    ),
]


@each_of(CASES)
def test_a_need_finds_exactly_these_codes(changes: dict[str, Any], expected: set[str]) -> None:
    assert codes(advise(**changes)) == expected


@pytest.mark.parametrize(
    ("changes", "subjects"),
    [
        ({"sites": [site(bandwidth_mbps=300)]}, ("sites[0].bandwidth_mbps",)),
        ({"sites": [site()], "bandwidth_mbps": 300}, ("bandwidth_mbps",)),
    ],
)
def test_a_finding_names_its_subjects(changes: dict[str, Any], subjects: tuple[str, ...]) -> None:
    assert subjects_of("bandwidth-exceeds-vpn", advise(**changes)) == [subjects]
