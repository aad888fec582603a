"""What holds for the rules of a book together: each fires and is silent, and findings come in order."""

from __future__ import annotations

import re
from typing import Any

import pytest

from advisor.core.advice import SEVERITIES
from advisor.core.editions.e2016_12 import BOOK, FINDINGS, RULES
from advisor.core.need import FIELDS
from tests.advisor.core.rules import test_bandwidth as bandwidth
from tests.advisor.core.rules import test_clients as clients
from tests.advisor.core.rules import test_gateway_subnet as gateway_subnet
from tests.advisor.core.rules import test_overlaps as overlaps
from tests.advisor.core.rules import test_routing as routing
from tests.advisor.core.rules import test_sites as sites_tests
from tests.advisor.core.rules import test_vnets as vnets
from tests.advisor.core.rules import test_vpn_gateway as vpn_gateway
from tests.advisor.core.rules import test_wishes as wishes
from tests.builders import advise, sites

RULES_TESTS = (bandwidth, clients, gateway_subnet, overlaps, routing, sites_tests, vnets, vpn_gateway, wishes)
CASES = [case for module in RULES_TESTS for case in module.CASES]
"""The tables of all rules."""


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


def test_entries_are_the_urgent_ones_first_and_each_once() -> None:
    advice = advise(sites=sites(31), clients={"count": 200})
    assert len(set(advice.entries)) == len(advice.entries)
    urgent = [found.entry for found in advice.findings if found.severity != "info"]
    assert list(advice.entries[: len(urgent)]) == urgent
    known = set(BOOK.entries.values())
    assert set(advice.entries) <= known | {row.entry for row in advice.limits}
