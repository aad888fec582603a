"""The findings about a VPN over a circuit, and a backup beside it, do not contradict the others."""

from __future__ import annotations

from typing import Any

import pytest

from tests.advisor.core.edition_2026.builders import OFFICE, advise, problems, text
from tests.builders import site

ENCRYPTED: dict[str, Any] = {"sites": [OFFICE], "expressroute_encryption": True, "bgp": True}
BACKED_UP: dict[str, Any] = {**ENCRYPTED, "expressroute_backup": True}
PRIVATE: dict[str, Any] = {**ENCRYPTED, "private_path": True}
WITHOUT = site("Goes", "192.168.30.0/24", device="none")

WORDS: list[tuple[str, dict[str, Any], str]] = [
    (
        "expressroute-backup",
        BACKED_UP,
        "For site Tilburg, also create VPN over the internet as the backup, with 1 tunnel in all. Advertise the same "
        "prefixes over it as over the circuit, not the longer ones of the VPN over private peering: the backup is then "
        "used only when the circuit fails. It works for private peering only.",
    ),
    (
        "expressroute-backup",
        {**BACKED_UP, "sites": [OFFICE, WITHOUT]},
        "For site Tilburg, also create VPN over the internet as the backup, with 1 tunnel in all; without a VPN device "
        "there is no backup for Goes. Advertise the same prefixes over it as over the circuit, not the longer ones of "
        "the VPN over private peering: the backup is then used only when the circuit fails. It works for private "
        "peering only.",
    ),
    (
        "expressroute-backup",
        {"sites": [OFFICE], "expressroute_backup": True},
        "For site Tilburg, create VPN too, as the backup, with 1 tunnel in all. ExpressRoute stays the primary path as "
        "long as the prefixes over both paths are the same; the backup works for private peering only.",
    ),
    (
        "expressroute-private-path",
        PRIVATE,
        "The traffic of site Tilburg to and from VNet hub goes over the circuit, not over the public internet: "
        "advertise the prefixes of this location over the circuit and the VPN over it only.",
    ),
    (
        "expressroute-private-path",
        {**PRIVATE, "expressroute_backup": True},
        "The traffic of site Tilburg to and from VNet hub goes over the circuit, not over the public internet, as long "
        "as the circuit works.",
    ),
    (
        "expressroute-private-path",
        {"sites": [OFFICE], "private_path": True},
        "The traffic of site Tilburg to and from VNet hub goes over the circuit, not over the public internet: "
        "advertise the prefixes of this location over the circuit only.",
    ),
    (
        "redundant-tunnels",
        {**BACKED_UP, "sites": [OFFICE | {"tunnels": 2}]},
        "Redundant tunnels with BGP (site Tilburg: 4 tunnels): provide each tunnel on site with an IP address (public "
        "for a tunnel over the internet, private for a tunnel over private peering), a BGP peer address, and a local "
        "network gateway of its own. In all, the design has 4 tunnels; VpnGw1AZ supports 30 tunnels.",
    ),
    (
        "redundant-tunnels",
        {"sites": [OFFICE | {"tunnels": 2}], "bgp": True},
        "Redundant tunnels with BGP (site Tilburg: 2 tunnels): provide each tunnel on site with a public IP address, a "
        "BGP peer address, and a local network gateway of its own. In all, the design has 2 tunnels; VpnGw1AZ supports "
        "30 tunnels.",
    ),
    (
        "no-vpn-device",
        {**PRIVATE, "sites": [OFFICE, WITHOUT]},
        "There is no VPN device at site Goes. Your options: install a validated VPN device or software such as RRAS "
        "there or do without the encryption over ExpressRoute.",
    ),
    (
        "no-vpn-device",
        {"sites": [OFFICE, WITHOUT]},
        "There is no VPN device at site Goes. Your options: install a validated VPN device or software such as RRAS "
        "there (with a public IPv4 address), connect this site with ExpressRoute, or have the computers there connect "
        "as point-to-site clients (at most 10,000 clients at the same time).",
    ),
    (
        "single-circuit",
        {"sites": [OFFICE], "private_path": True},
        "One circuit at one peering location is a single point of failure for site Tilburg: use ExpressRoute Metro, or "
        "a second circuit at another location. A VPN as the backup would cross the public internet.",
    ),
    (
        "single-circuit",
        {"sites": [OFFICE], "expressroute_circuit": True},
        "One circuit at one peering location is a single point of failure for site Tilburg: use ExpressRoute Metro, a "
        "second circuit at another location, or a VPN as the backup.",
    ),
]


@pytest.mark.parametrize(("code", "changes", "said"), WORDS)
def test_each_sentence_holds_for_the_paths_of_the_design(code: str, changes: dict[str, Any], said: str) -> None:
    assert text(advise(**changes), code) == said


def test_a_site_without_a_device_is_told_once() -> None:
    assert problems(advise(**PRIVATE | {"sites": [OFFICE, WITHOUT]})) == {"no-vpn-device"}
