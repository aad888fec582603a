"""What a site brings along: its device, its public address, its tunnels."""

from __future__ import annotations

from typing import Any

import pytest

from tests.advisor.core.rules.things import (
    CLIENTS,
    SHARED,
    SOFTWARE,
    TUNNEL,
    Case,
    each_of,
    some_clients,
    subjects_of,
)
from tests.builders import advise, codes, site

CASES: list[Case] = [
    # no-vpn-device
    ("no device, and clients", {"sites": [site(device="none")], "clients": some_clients()}, CLIENTS),
    (
        "no device on circuit",
        {"sites": [site(device="none")], "private_path": True},
        {"expressroute-circuit", "expressroute-private-path", "wish-unused"},
    ),
    (
        "no device, and backup",
        {"sites": [site(device="none")], "expressroute_backup": True},
        {"expressroute-backup", "expressroute-circuit"},
    ),
    ("no device", {"sites": [site(device="none")]}, {"no-vpn-device"}),
    (
        "no device that stays on vpn",
        {"sites": [site(device="none", expressroute=False)], "private_path": True},
        {"no-vpn-device"} | {"site-stays-on-vpn", "wish-unused"},
    ),
    # no-public-ipv4, public-ipv4-not-public
    ("a public address", {"sites": [site(public_ipv4="52.166.10.20")]}, TUNNEL),
    ("no public address", {"sites": [site(public_ipv4=False)]}, TUNNEL | {"no-public-ipv4"}),
    ("no public address on circuit", {"sites": [site(public_ipv4=False, expressroute=True)]}, {"expressroute-circuit"}),
    (
        "no public address, no device",
        {"sites": [site(public_ipv4=False, device="none")], "clients": some_clients()},
        CLIENTS,
    ),
    ("a private address", {"sites": [site(public_ipv4="10.1.2.3")]}, TUNNEL | {"public-ipv4-not-public"}),
    (
        "a private address on circuit",
        {"sites": [site(public_ipv4="10.1.2.3", expressroute=True)]},
        {"expressroute-circuit"},
    ),
    # redundant-tunnels-need-bgp
    ("two tunnels with bgp", {"sites": [site(tunnels=2)], "bgp": True}, SHARED | {"bgp-asn", "redundant-tunnels"}),
    ("two tunnels", {"sites": [site(tunnels=2)]}, SHARED | {"redundant-tunnels-need-bgp"}),
    (
        "two tunnels of a site on circuit",
        {"sites": [site(tunnels=2)], "private_path": True},
        {"expressroute-circuit", "expressroute-private-path", "wish-unused"},
    ),
    ("an unlisted device", {"sites": [site(device="unlisted")]}, TUNNEL | {"device-not-validated"}),
    (
        "an unlisted device on circuit",
        {"sites": [site(device="unlisted", expressroute=True)]},
        {"expressroute-circuit", "wish-unused"},
    ),
    ("software", {"sites": [SOFTWARE]}, TUNNEL | {"software-vpn"}),
]


@each_of(CASES)
def test_a_need_finds_exactly_these_codes(changes: dict[str, Any], expected: set[str]) -> None:
    assert codes(advise(**changes)) == expected


@pytest.mark.parametrize(
    ("changes", "code", "subjects"),
    [
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
    ],
)
def test_a_finding_names_its_subjects(changes: dict[str, Any], code: str, subjects: tuple[str, ...]) -> None:
    assert subjects_of(code, advise(**changes)) == [subjects]
