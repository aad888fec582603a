"""Needs of every shape, for properties that hold for all of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from advisor.core.addressing import Prefix
from advisor.core.need import SYSTEM_CODES


@st.composite
def blocks(draw: st.DrawFn, inside: Prefix, shortest: int, longest: int) -> str:
    """A block inside another, so that blocks often meet."""
    length = draw(st.integers(max(shortest, inside.length), longest))
    offset = draw(st.integers(0, inside.size - 1))
    return str(Prefix((inside.first + offset) >> (32 - length) << (32 - length), length))


SPACE = Prefix(10 << 24, 16)
prefixes = st.lists(blocks(SPACE, 18, 30), max_size=3)
bandwidths = st.none() | st.sampled_from([0, 0.1, 40, 99.9, 100, 100.1, 150, 200, 201, 9999, 10_001, 999_999_999])

asns = st.sampled_from([None, None, 65_010, 65_020, 65_515, 12_076, 64_500, 4_200_000_000])


@st.composite
def vnets(draw: st.DrawFn) -> list[dict[str, Any]]:
    """One VNet or more, the first with subnets in use."""
    count = draw(st.integers(1, 4) | st.just(12))
    found: list[dict[str, Any]] = []
    for index in range(count):
        space = draw(prefixes)
        inside = [draw(blocks(read(prefix), 20, 32)) for prefix in space if draw(st.booleans())]
        found.append(
            {
                "name": f"VNet {index}",
                "prefixes": space,
                "subnets": inside,
                "region": draw(st.sampled_from([None, "westeurope", "West Europe", "uksouth"])),
                "model": draw(st.sampled_from(["resource-manager", "resource-manager", "classic"])),
                "asn": draw(asns),
            }
        )
    return found


def read(text: str) -> Prefix:
    """A prefix out of its text."""
    address, length = text.split("/")
    first = 0
    for octet in address.split("."):
        first = first * 256 + int(octet)
    return Prefix(first, int(length))


@st.composite
def sites(draw: st.DrawFn) -> list[dict[str, Any]]:
    """No site, some, or more than a gateway takes."""
    count = draw(st.integers(0, 4) | st.sampled_from([11, 31]))
    alike = draw(st.booleans())
    found: list[dict[str, Any]] = []
    for index in range(count):
        if alike and found:
            found.append(found[0] | {"name": f"Site {index}"})
            continue
        found.append(
            {
                "name": f"Site {index}",
                "prefixes": draw(prefixes),
                "device": draw(st.sampled_from(["validated", "validated", "unlisted", "software", "none"])),
                "device_routing": draw(st.sampled_from(["route-based", "route-based", "policy-based"])),
                "public_ipv4": draw(st.sampled_from([True, False, "52.166.10.20", "10.1.2.3"])),
                "bandwidth_mbps": draw(bandwidths),
                "tunnels": draw(st.integers(1, 3)),
                "expressroute": draw(st.sampled_from([None, None, True, False])),
                "asn": draw(asns),
            }
        )
    return found


clients = st.fixed_dictionaries(
    {
        "count": st.sampled_from([None, 0, 0, 1, 14, 127, 128, 129, 1000]),
        "systems": st.lists(st.sampled_from(SYSTEM_CODES), max_size=3),
        "pool": st.none() | blocks(SPACE, 18, 32) | st.just("172.16.0.0/24"),
        "root_certificates": st.sampled_from([None, 0, 1, 20, 21]),
        "vnets": st.integers(1, 3),
    }
)

needs: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "vnets": vnets(),
        "sites": sites(),
        "clients": clients,
        "bandwidth_mbps": st.none() | bandwidths,
        "private_path": st.booleans(),
        "expressroute_circuit": st.booleans(),
        "expressroute_backup": st.booleans(),
        "transit": st.booleans(),
        "bgp": st.booleans(),
        "forced_tunneling": st.booleans(),
        "gateway_subnet": st.none() | blocks(SPACE, 26, 31),
        "gateway_routing": st.sampled_from([None, None, "route-based", "policy-based"]),
        "gateway_sku": st.sampled_from([None, None, "Basic", "Standard", "HighPerformance"]),
        "active_active": st.booleans(),
    }
)
