"""Prefixes of different members must not overlap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from advisor.core.addressing import Prefix, find_overlaps
from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Code, Count
from faq.knowledge.limits import Catalogue

MOST_PAIRS = 100
"""Pairs that are named one by one; more are counted."""


@dataclass(frozen=True, slots=True)
class _Member:
    """The hub, another VNet, a site or the client pool. `place` is its position in path order."""

    place: tuple[int, int]
    name: str | Code
    path: str
    prefixes: tuple[Prefix, ...]


def overlapping_prefixes(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """VNets, sites and the client pool must not overlap (vpn-gateway-vpn-faq.md 2016-12, multi-site section)."""
    members = tuple(_members(need))
    overlaps, pairs = find_overlaps([member.prefixes for member in members], MOST_PAIRS)
    ends = [
        sorted(
            ((members[overlap.member], overlap.prefix), (members[overlap.other], overlap.other_prefix)),
            key=lambda end: end[0].place,
        )
        for overlap in overlaps
    ]
    for (member, prefix), (other, other_prefix) in sorted(ends, key=lambda pair: [end[0].place for end in pair]):
        yield observed(
            "overlapping-prefixes",
            member.path.format(prefix),
            other.path.format(other_prefix),
            first=member.name,
            first_prefix=str(member.prefixes[prefix]),
            second=other.name,
            second_prefix=str(other.prefixes[other_prefix]),
        )
    if pairs > MOST_PAIRS:
        yield observed("more-overlaps", pairs=Count(pairs, "pair"), named=MOST_PAIRS)


def _members(need: Need) -> Iterator[_Member]:
    """The members in an order that does not depend on how sites and VNets behind the hub are listed."""
    vnets = [
        _Member((0, index), vnet.name, f"vnets[{index}].prefixes[{{}}]", vnet.prefixes)
        for index, vnet in enumerate(need.vnets)
    ]
    sites = [
        _Member((1, index), site.name, f"sites[{index}].prefixes[{{}}]", site.prefixes)
        for index, site in enumerate(need.sites)
    ]
    yield vnets[0]
    yield from sorted(vnets[1:], key=_by_name)
    yield from sorted(sites, key=_by_name)
    if need.clients.pool:
        yield _Member((2, 0), Code("client-pool"), "clients.pool", (need.clients.pool,))


def _by_name(member: _Member) -> list[tuple[int, str]]:
    """A key that sorts `Site 2` before `Site 10`."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split("([0-9]+)", str(member.name))]
