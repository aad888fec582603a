"""What point-to-site asks of its clients and allows them."""

from __future__ import annotations

from typing import Any

from tests.advisor.core.rules.things import (
    BOTH,
    BY_CIRCUIT,
    CLIENTS,
    OFFICE,
    Case,
    each_of,
    some_clients,
    subjects_of,
)
from tests.builders import advise, codes, vnet

CASES: list[Case] = [
    ("clients", {"clients": some_clients()}, CLIENTS),
    ("clients and a site", {"sites": [OFFICE], "clients": some_clients()}, BOTH | {"clients-reach"}),
    ("128 clients", {"clients": {"count": 128}}, CLIENTS),
    ("129 clients", {"clients": {"count": 129}}, CLIENTS | {"client-limit-exceeded"}),
    ("windows 7", {"clients": some_clients(systems=["windows-7", "windows-10"])}, CLIENTS),
    ("windows 11", {"clients": some_clients(systems=["windows-11"])}, CLIENTS | {"client-system-unsupported"}),
    ("another system", {"clients": some_clients(systems=["other"])}, CLIENTS | {"client-system-unsupported"}),
    ("a /25 for 126", {"clients": {"count": 126, "pool": "172.16.0.0/25"}}, CLIENTS),
    ("a /25 for 127", {"clients": {"count": 127, "pool": "172.16.0.0/25"}}, CLIENTS | {"client-pool-too-small"}),
    ("a /32 for 1", {"clients": {"count": 1, "pool": "172.16.0.1/32"}}, CLIENTS | {"client-pool-too-small"}),
    ("20 roots", {"clients": some_clients(root_certificates=20)}, CLIENTS),
    (
        "21 roots",
        {"clients": some_clients(root_certificates=21)},
        CLIENTS | {"root-certificate-limit-exceeded"},
    ),
    ("21 roots of nobody", {"clients": {"root_certificates": 21}}, {"nothing-to-connect"}),
    (
        "clients beside expressroute",
        {"sites": [BY_CIRCUIT], "clients": some_clients()},
        CLIENTS | {"clients-reach", "expressroute-circuit", "side-by-side"},
    ),
    (
        "clients on a classic hub",
        {"vnets": [vnet("hub", model="classic")], "clients": some_clients()},
        CLIENTS,
    ),
    (
        "clients on a classic hub beside expressroute",
        {"vnets": [vnet("hub", model="classic")], "sites": [BY_CIRCUIT], "clients": some_clients()},
        CLIENTS | {"point-to-site-beside-expressroute"} | {"clients-reach", "expressroute-circuit", "side-by-side"},
    ),
    ("clients of two vnets", {"clients": some_clients(vnets=2)}, CLIENTS | {"client-pools-must-differ"}),
]


@each_of(CASES)
def test_a_need_finds_exactly_these_codes(changes: dict[str, Any], expected: set[str]) -> None:
    assert codes(advise(**changes)) == expected


def test_a_finding_names_its_subjects() -> None:
    advice = advise(clients={"count": 1, "systems": ["windows-10", "macos", "linux"]})
    assert subjects_of("client-system-unsupported", advice) == [("clients.systems[1]", "clients.systems[2]")]
