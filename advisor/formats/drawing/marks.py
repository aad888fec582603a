"""Where a finding is marked in a drawing, and whether a box itself is at fault or its line. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from advisor.core.advice import Finding

PLACES: Mapping[str, str] = {
    "more-overlaps": "hub",
    "tunnel-limit-exceeded": "vpn",
    "policy-based-single-tunnel": "vpn",
    "gateway-routing-mismatch": "vpn",
    "bandwidth-exceeds-gateway": "vpn",
    "bandwidth-exceeds-expressroute": "expressroute",
    "bgp-not-supported": "vpn",
    "transit-not-across-expressroute": "hub",
    "forced-tunneling-needs-route-based": "vpn",
    "forced-tunneling-needs-site": "hub",
    "forced-tunneling-over-expressroute-only": "hub",
    "point-to-site-beside-expressroute": "clients",
    "gateway-subnet-too-small": "subnet",
    "gateway-subnet-outside-vnet": "subnet",
    "gateway-subnet-in-use": "subnet",
    "active-active-not-supported": "vpn",
    "client-route-limit-exceeded": "clients",
    "traffic-selector-limit-exceeded": "sites",
    "expressroute-prefix-limit-exceeded": "circuit",
    "peering-limit-exceeded": "hub",
    "gateway-transit-not-on-basic": "vpn",
}
"""Where an error is marked that is not, or not only, at fault in what it is about; any other is marked there."""

INSTEAD: Mapping[str, str] = {
    "vpn": "expressroute",
    "expressroute": "hub",
    "circuit": "expressroute",
    "subnet": "hub",
    "clients": "hub",
}
"""Where a mark goes of which the place is not drawn."""

OF_BOXES = frozenset({"prefixes", "pool", "asn", "model", "subnets"})
"""The fields that are at fault in a box itself, and not in its line."""

Place = tuple[str, int]
"""What can be marked: `("sites", 2)`, `("vpn", 0)`."""


class Mark(NamedTuple):
    """What does not fit at one place: a code with its label, and whether that is at fault in the box itself."""

    code: str
    label: str
    in_box: bool


def subjects_of(finding: Finding) -> dict[Place, bool]:
    """The places that a finding is about, each with whether it is at fault in the box itself."""
    found: dict[Place, bool] = {}
    for subject in finding.subjects:
        if read := _place(subject):
            found[read[0]] = found.get(read[0], False) or read[1]
    return found


def _place(subject: str) -> tuple[Place, bool] | None:
    kind, _, rest = subject.partition("[")
    if kind in {"sites", "vnets"}:
        index, _, field = rest.partition("]")
        hub = kind == "vnets" and index == "0"
        return ("hub", 0) if hub else (kind, int(index)), hub or field.lstrip(".").partition("[")[0] in OF_BOXES
    group, _, field = subject.partition(".")
    if group == "clients":
        return ("clients", 0), field in OF_BOXES
    return (("subnet", 0), True) if subject == "gateway_subnet" else None
