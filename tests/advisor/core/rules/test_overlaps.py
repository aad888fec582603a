"""Prefixes that overlap."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.core.parameters import Count
from tests.advisor.core.rules.things import (
    CLIENTS,
    HUB,
    OFFICE,
    SHARED,
    TUNNEL,
    Case,
    each_of,
    some_clients,
    subjects_of,
)
from tests.builders import advise, codes, site, sites, vnet

CASES: list[Case] = [
    # overlapping-prefixes
    ("prefixes beside each other", {"vnets": [HUB], "sites": [site("a", "10.21.0.0/16")]}, TUNNEL),
    ("a hub overlaps itself", {"vnets": [vnet("hub", "10.0.0.0/8", "10.1.0.0/16")], "sites": [OFFICE]}, TUNNEL),
    ("hub and site", {"vnets": [HUB], "sites": [site("a", "10.20.3.0/24")]}, TUNNEL | {"overlapping-prefixes"}),
    ("site and site", {"sites": sites(2, prefixes=["10.0.0.0/8"])}, SHARED | {"overlapping-prefixes"}),
    ("hub and vnet", {"vnets": [HUB, vnet("b", "10.0.0.0/8")]}, {"overlapping-prefixes"} | {"vnet-gateways"}),
    (
        "hub and pool",
        {"vnets": [HUB], "clients": some_clients(pool="10.20.0.0/24")},
        CLIENTS | {"overlapping-prefixes"},
    ),
    (
        "a pool that nobody uses",
        {"vnets": [HUB], "clients": {"pool": "10.20.0.0/24"}},
        {"nothing-to-connect", "overlapping-prefixes"},
    ),
    (
        "sites on circuit",
        {"sites": sites(2, prefixes=["10.0.0.0/8"]), "private_path": True},
        {"overlapping-prefixes"} | {"expressroute-circuit", "expressroute-private-path"},
    ),
    # more-overlaps: 14 sites make 91 pairs, 15 make 105
    (
        "91 pairs",
        {"sites": sites(14, prefixes=["10.0.0.0/8"], expressroute=True)},
        {"overlapping-prefixes"} | {"expressroute-circuit"},
    ),
    (
        "105 pairs",
        {"sites": sites(15, prefixes=["10.0.0.0/8"], expressroute=True)},
        {"overlapping-prefixes", "more-overlaps"} | {"expressroute-circuit"},
    ),
]


@each_of(CASES)
def test_a_need_finds_exactly_these_codes(changes: dict[str, Any], expected: set[str]) -> None:
    assert codes(advise(**changes)) == expected


@pytest.mark.parametrize(
    ("changes", "subjects"),
    [
        (
            {"vnets": [vnet("hub", "10.0.0.0/16")], "sites": [site("a", "172.16.0.0/12", "10.0.8.0/24")]},
            ("vnets[0].prefixes[0]", "sites[0].prefixes[1]"),
        ),
        (
            {"sites": [site("a", "10.0.0.0/24")], "clients": {"pool": "10.0.0.0/16"}},
            ("sites[0].prefixes[0]", "clients.pool"),
        ),
    ],
)
def test_a_finding_names_its_subjects(changes: dict[str, Any], subjects: tuple[str, ...]) -> None:
    assert subjects_of("overlapping-prefixes", advise(**changes)) == [subjects]


def test_one_finding_per_pair_of_members_names_their_first_prefixes() -> None:
    advice = advise(
        vnets=[vnet("hub", "10.0.0.0/8", "172.16.0.0/12")],
        sites=[site("a", "192.168.0.0/16", "172.16.5.0/24", "10.1.0.0/16"), site("b", "10.1.0.0/24")],
    )
    pairs = [found.subjects for found in advice.findings if found.code == "overlapping-prefixes"]
    assert pairs == [
        ("vnets[0].prefixes[0]", "sites[0].prefixes[2]"),
        ("vnets[0].prefixes[0]", "sites[1].prefixes[0]"),
        ("sites[0].prefixes[2]", "sites[1].prefixes[0]"),
    ]


def test_beyond_a_hundred_pairs_the_rest_is_counted() -> None:
    advice = advise(sites=sites(15, prefixes=["10.0.0.0/8"], expressroute=True))
    assert sum(found.code == "overlapping-prefixes" for found in advice.findings) == 100
    (more,) = (found for found in advice.findings if found.code == "more-overlaps")
    assert dict(more.parameters)["pairs"] == Count(105, "pair")
