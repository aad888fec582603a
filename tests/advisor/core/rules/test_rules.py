"""Each need finds exactly these codes, with these subjects, in this order."""

from __future__ import annotations

import re
from typing import Any

import pytest

from advisor.core.advice import SEVERITIES
from advisor.core.editions.e2016_12 import BOOK, FINDINGS, RULES
from advisor.core.need import FIELDS
from advisor.core.parameters import Count
from tests.advisor.core.rules.cases import CASES
from tests.builders import advise, codes, site, sites, vnet


@pytest.mark.parametrize(("changes", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_need_finds_exactly_these_codes(changes: dict[str, Any], expected: set[str]) -> None:
    assert codes(advise(**changes)) == expected


def test_every_code_fires_in_one_case_and_is_silent_in_another() -> None:
    fired = [expected for _, _, expected in CASES]
    assert set.union(*fired) == set(FINDINGS)
    assert set.intersection(*fired) == set()


def test_rules_stand_in_the_order_of_the_table() -> None:
    names = [rule.__name__.replace("_", "-") for rule in RULES]
    assert names == [code for code in FINDINGS if code != "more-overlaps"]


@pytest.mark.parametrize("changes", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_findings_come_by_severity_and_then_in_the_order_of_the_table(changes: dict[str, Any]) -> None:
    advice = advise(**changes)
    places = [(SEVERITIES.index(found.severity), list(FINDINGS).index(found.code)) for found in advice.findings]
    assert places == sorted(places)
    once = [found.code for found in advice.findings if found.code != "overlapping-prefixes"]
    assert len(once) == len(set(once))


@pytest.mark.parametrize("changes", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_subjects_come_in_path_order_and_once(changes: dict[str, Any]) -> None:
    for found in advise(**changes).findings:
        places = [place(path) for path in found.subjects]
        assert places == sorted(places), found
        assert len(set(found.subjects)) == len(found.subjects), found


def place(path: str) -> tuple[int, list[int]]:
    """Where a path stands: by its field in the order of the contract, then by its indices."""
    return FIELDS.index(re.split(r"[.\[]", path)[0]), [int(index) for index in re.findall(r"\[(\d+)\]", path)]


@pytest.mark.parametrize(
    ("changes", "code", "subjects"),
    [
        (
            {"vnets": [vnet("hub", "10.0.0.0/16")], "sites": [site("a", "172.16.0.0/12", "10.0.8.0/24")]},
            "overlapping-prefixes",
            ("vnets[0].prefixes[0]", "sites[0].prefixes[1]"),
        ),
        (
            {"sites": [site("a", "10.0.0.0/24")], "clients": {"pool": "10.0.0.0/16"}},
            "overlapping-prefixes",
            ("sites[0].prefixes[0]", "clients.pool"),
        ),
        (
            {"sites": [site("a"), site("b", device="none"), site("c", device="none")]},
            "no-vpn-device",
            ("sites[1].device", "sites[2].device"),
        ),
        (
            {"sites": [site("a", public_ipv4="192.168.1.1"), site("b"), site("c", public_ipv4="100.64.0.1")]},
            "public-ipv4-not-public",
            ("sites[0].public_ipv4", "sites[2].public_ipv4"),
        ),
        (
            {"clients": {"count": 1, "systems": ["windows-10", "macos", "linux"]}},
            "client-system-unsupported",
            ("clients.systems[1]", "clients.systems[2]"),
        ),
        (
            {
                "vnets": [vnet("hub", "10.0.0.0/24", subnets=["10.0.0.0/28", "10.0.0.64/28", "10.0.0.16/28"])],
                "sites": [site()],
                "gateway_subnet": "10.0.0.0/27",
            },
            "gateway-subnet-in-use",
            ("vnets[0].subnets[0]", "vnets[0].subnets[2]", "gateway_subnet"),
        ),
        ({"sites": [site(bandwidth_mbps=300)]}, "bandwidth-exceeds-vpn", ("sites[0].bandwidth_mbps",)),
        ({"sites": [site()], "bandwidth_mbps": 300}, "bandwidth-exceeds-vpn", ("bandwidth_mbps",)),
    ],
)
def test_a_finding_names_its_subjects(changes: dict[str, Any], code: str, subjects: tuple[str, ...]) -> None:
    found = [finding.subjects for finding in advise(**changes).findings if finding.code == code]
    assert found == [subjects]


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


def test_entries_are_the_urgent_ones_first_and_each_once() -> None:
    advice = advise(sites=sites(31), clients={"count": 200})
    assert len(set(advice.entries)) == len(advice.entries)
    urgent = [found.entry for found in advice.findings if found.severity != "info"]
    assert list(advice.entries[: len(urgent)]) == urgent
    known = set(BOOK.entries.values())
    assert set(advice.entries) <= known | {row.entry for row in advice.limits}
