"""Which connections a design has, and why."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.core.advice import Advice
from tests.builders import advise, site, sites, vnet


def designed(advice: Advice) -> list[tuple[str, tuple[str, ...], int]]:
    return [(found.type, found.members, found.tunnels) for found in advice.connections]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"sites": [site("a")]}, [("site-to-site", ("a",), 1)]),
        ({"sites": [site("a", tunnels=3)]}, [("site-to-site", ("a",), 3)]),
        ({"sites": [site("a", tunnels=2), site("b")]}, [("multi-site", ("a", "b"), 3)]),
        (
            {"vnets": [vnet("hub"), vnet("x"), vnet("y")], "sites": [site("a")]},
            [("site-to-site", ("a",), 1), ("vnet-to-vnet", ("x", "y"), 2)],
        ),
        ({"clients": {"count": 1}}, [("point-to-site", (), 0)]),
        (
            {"sites": [site("a"), site("b", device="none")], "clients": {"count": 1}},
            [("site-to-site", ("a",), 1), ("point-to-site", ("b",), 0)],
        ),
        ({"sites": [site("a"), site("b", device="none")]}, [("site-to-site", ("a",), 1)]),
        ({"sites": [site("a", device="none")]}, []),
        ({"sites": sites(2), "private_path": True}, [("expressroute", ("Site 1", "Site 2"), 0)]),
        ({"sites": sites(2), "expressroute_circuit": True}, [("expressroute", ("Site 1", "Site 2"), 0)]),
        (
            {"sites": [site("a", expressroute=True), site("b")]},
            [("site-to-site", ("b",), 1), ("expressroute", ("a",), 0)],
        ),
        (
            {"sites": [site("a", expressroute=True), site("b"), site("c", expressroute=False)], "private_path": True},
            [("site-to-site", ("c",), 1), ("expressroute", ("a", "b"), 0)],
        ),
        (
            {"sites": [site("a", expressroute=True, bandwidth_mbps=150), site("b", bandwidth_mbps=51)]},
            [("expressroute", ("a", "b"), 0)],
        ),
        (
            {"sites": [site("a", tunnels=2), site("b")], "expressroute_backup": True},
            [("multi-site", ("a", "b"), 3), ("expressroute", ("a", "b"), 0)],
        ),
        (
            {"sites": [site("a"), site("b", device="none")], "expressroute_backup": True, "clients": {"count": 1}},
            [("site-to-site", ("a",), 1), ("point-to-site", ("b",), 0), ("expressroute", ("a", "b"), 0)],
        ),
        (
            {"sites": [site("a", device="none")], "private_path": True, "clients": {"count": 1}},
            [("point-to-site", (), 0), ("expressroute", ("a",), 0)],
        ),
        ({"sites": [site("a", expressroute=False)], "private_path": True}, [("site-to-site", ("a",), 1)]),
        ({"private_path": True, "expressroute_circuit": True, "expressroute_backup": True}, []),
    ],
)
def test_a_need_leads_to_these_connections(changes: dict[str, Any], expected: list[Any]) -> None:
    assert designed(advise(**changes)) == expected


def rules(advice: Advice) -> dict[str, list[str]]:
    return {found.type: [reason.rule for reason in found.reasons] for found in advice.alternatives}


NOTHING = {
    "site-to-site": ["no-sites"],
    "multi-site": ["no-sites"],
    "point-to-site": ["no-clients"],
    "vnet-to-vnet": ["one-vnet"],
    "expressroute": ["no-sites"],
}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {}),
        ({"clients": {"count": 1}}, {"point-to-site": ["clients"]}),
        ({"vnets": [vnet("a"), vnet("b")]}, {"vnet-to-vnet": ["several-vnets"]}),
        (
            {"sites": [site()]},
            {"site-to-site": ["one-site"], "multi-site": ["one-site-only"], "expressroute": ["vpn-suffices"]},
        ),
        (
            {"sites": sites(2)},
            {"site-to-site": ["more-than-one-site"], "multi-site": ["several-sites"], "expressroute": ["vpn-suffices"]},
        ),
        (
            {"sites": [site(device="none")]},
            {"site-to-site": ["no-device"], "multi-site": ["no-device"], "expressroute": ["vpn-suffices"]},
        ),
        (
            {"sites": [site(expressroute=False)], "private_path": True},
            {"site-to-site": ["one-site"], "multi-site": ["one-site-only"], "expressroute": ["vpn-suffices"]},
        ),
        (
            {"sites": [site(bandwidth_mbps=201)]},
            {
                "site-to-site": ["sites-over-expressroute"],
                "multi-site": ["sites-over-expressroute"],
                "expressroute": ["bandwidth"],
            },
        ),
        (
            {"sites": [site("a", expressroute=True), site("b", device="none")]},
            {
                "site-to-site": ["no-device", "sites-over-expressroute"],
                "multi-site": ["no-device", "sites-over-expressroute"],
                "expressroute": ["site-asks-expressroute"],
            },
        ),
        (
            {
                "sites": [site(expressroute=True, bandwidth_mbps=300)],
                "private_path": True,
                "expressroute_circuit": True,
                "expressroute_backup": True,
            },
            {
                "site-to-site": ["one-site", "backup"],
                "multi-site": ["one-site-only"],
                "expressroute": ["private-path", "circuit-exists", "bandwidth", "site-asks-expressroute", "backup"],
            },
        ),
        (
            {"sites": [site(device="none")], "expressroute_backup": True},
            {
                "site-to-site": ["no-device", "sites-over-expressroute"],
                "multi-site": ["no-device", "sites-over-expressroute"],
                "expressroute": ["backup"],
            },
        ),
    ],
)
def test_each_type_says_why_or_why_not(changes: dict[str, Any], expected: dict[str, list[str]]) -> None:
    advice = advise(**changes)
    assert rules(advice) == NOTHING | expected
    chosen = {found.type: found.reasons for found in advice.alternatives if found.chosen}
    assert chosen == {found.type: found.reasons for found in advice.connections}
