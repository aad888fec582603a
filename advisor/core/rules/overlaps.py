"""Prefixes of different members must not overlap, and what to do where they do."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from advisor.core.addressing import Prefix, enclosing, find_overlaps, without
from advisor.core.client_pool import PrivateSpace, client_pool, proposed_pools
from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Count, Names, Value, phrase
from advisor.core.rules.naming import natural_order
from advisor.core.written_addresses import BITS
from faq.knowledge.limits import Catalogue

MOST_PAIRS = 100
"""Pairs that are named one by one; more are counted."""
MOST_REMAINING = 10
"""Prefixes that remain of a larger one which are named; more are counted."""


@dataclass(frozen=True, slots=True)
class _Member:
    """The hub, another VNet, a site, or the client pool: its position in path order, and what it is a name of."""

    place: tuple[int, int]
    kind: str
    name: str
    path: str
    prefixes: tuple[Prefix, ...]

    @property
    def named(self) -> Names:
        """The member as a sentence calls it."""
        return Names(self.kind, (self.name,))


def overlapping_prefixes(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """VNets, sites and the client pool must not overlap (vpn-gateway-vpn-faq.md 2016-12, multi-site section)."""
    found, pairs, _space = _found(need)
    yield from found
    if pairs > MOST_PAIRS:
        yield observed("more-overlaps", pairs=Count(pairs, "pair"), named=MOST_PAIRS)


def overlapped_sites(need: Need) -> tuple[int, ...]:
    """The sites with addresses that a VNet or another site has too."""
    members = tuple(member for member in _members(need) if member.kind != "pool")
    space = _Space(need, members)
    sites = [member for member in members if member.kind == "site"]
    shared = [site for site in sites if any(space.is_shared(site, prefix) for prefix in site.prefixes)]
    return tuple(sorted(site.place[1] for site in shared))


def proposed_blocks(need: Need) -> tuple[Prefix, ...]:
    """The blocks that advice proposes for the clients and for networks to renumber."""
    return _found(need)[2].proposed


def _found(need: Need) -> tuple[list[Observation], int, _Space]:
    """An observation for each pair that is named, how many pairs there are, and what is proposed for them.

    Proposals are made in the order of the names, so that another order of the same design changes none.
    """
    members = tuple(_members(need))
    overlaps, pairs = find_overlaps([member.prefixes for member in members], MOST_PAIRS)
    space = _Space(need, members)
    found = []
    for overlap in sorted(overlaps, key=lambda one: (one.member, one.other)):
        first, second = members[overlap.member], members[overlap.other]
        variant, facts = _way_out(
            need, (first, first.prefixes[overlap.prefix]), (second, second.prefixes[overlap.other_prefix]), space
        )
        ends = sorted(((first, overlap.prefix), (second, overlap.other_prefix)), key=lambda end: end[0].place)
        subjects = tuple(member.path.format(prefix) for member, prefix in ends)
        places = [member.place for member, _ in ends]
        found.append((places, Observation("overlapping-prefixes", subjects, tuple(facts.items()), variant)))
    found.sort(key=itemgetter(0))
    return [observation for _, observation in found], pairs, space


def _way_out(
    need: Need, first: tuple[_Member, Prefix], second: tuple[_Member, Prefix], space: _Space
) -> tuple[str, dict[str, Value]]:
    """Which sentence tells what to do about two prefixes that overlap, and with what facts.

    Blocks are equal, or one holds the other: then what remains of the larger one can take its place.
    """
    (member, prefix), (other, other_prefix) = first, second
    if other.kind == "pool":
        pool = client_pool(need)
        facts: dict[str, Value] = {"pool": str(other_prefix), "prefix": str(prefix), "member": member.named}
        return ("pool", facts | {"proposal": str(pool)}) if pool else ("pool-none-free", facts)
    if prefix != other_prefix:
        (outer, large), (inner, small) = sorted((first, second), key=lambda end: end[1].length)
        left = space.remaining(outer, large)
        if left:
            return "larger", {
                "outer": outer.named,
                "large": str(large),
                "inner": inner.named,
                "small": str(small),
                "remaining": _shortened(left),
                "prefixes": len(left),
                **_renumbered(space, inner, small),
            }
    renumbered = other if other.kind == "vnet" or member.kind == "site" else member
    block = other_prefix if renumbered is other else prefix
    return "equal" if prefix == other_prefix else "renumber", {
        "first": member.named,
        "first_prefix": str(prefix),
        "second": other.named,
        "second_prefix": str(other_prefix),
        **_renumbered(space, renumbered, block),
    }


def _renumbered(space: _Space, member: _Member, block: Prefix) -> dict[str, Value]:
    """Who is to be renumbered, and to which free block of the same size, where there is one."""
    free = space.free(member, block)
    proposal = phrase("renumber-to", proposal=str(free)) if free else ""
    return {"renumbered": member.named, "proposal": proposal}


def _shortened(prefixes: Sequence[Prefix]) -> tuple[Value, ...]:
    """The first of these prefixes, and how many more there are."""
    named = tuple(str(prefix) for prefix in prefixes[:MOST_REMAINING])
    more = len(prefixes) - len(named)
    return (*named, phrase("more", count=more)) if more else named


class _Space:
    """What of the address space is still to be had; each answer is worked out once."""

    def __init__(self, need: Need, members: Sequence[_Member]) -> None:
        self._owners: dict[Prefix, set[tuple[int, int]]] = {}
        for member in members:
            for prefix in member.prefixes:
                self._owners.setdefault(prefix, set()).add(member.place)
        self._prefixes = sorted(self._owners)
        self._remaining: dict[tuple[tuple[int, int], Prefix], tuple[Prefix, ...]] = {}
        self._free: dict[tuple[tuple[int, int], Prefix], Prefix | None] = {}
        self._private = PrivateSpace(need)
        self._pools = proposed_pools(need)

    def remaining(self, member: _Member, prefix: Prefix) -> tuple[Prefix, ...]:
        """What remains of a prefix of a member outside those of the others; nothing where they have all of it."""
        key = (member.place, prefix)
        if key not in self._remaining:
            self._remaining[key] = without(prefix, self._of_others(member, prefix))
        return self._remaining[key]

    def is_shared(self, member: _Member, prefix: Prefix) -> bool:
        """Whether another member has addresses of this prefix of a member."""
        return any(True for _ in self._of_others(member, prefix))

    def _of_others(self, member: _Member, prefix: Prefix) -> Iterator[Prefix]:
        """The prefixes of others that hold this one, and those inside it."""
        inside = slice(bisect_left(self._prefixes, prefix), bisect_right(self._prefixes, Prefix(prefix.last, BITS)))
        for block in (*enclosing(prefix), *self._prefixes[inside]):
            if self._owners.get(block, set()) - {member.place}:
                yield block

    def free(self, member: _Member, block: Prefix) -> Prefix | None:
        """A block of private addresses of the same size that nobody has, for this block of a member alone: no other
        proposal overlaps it.
        """
        key = (member.place, block)
        if key not in self._free:
            self._free[key] = self._private.free(block.length, self.proposed)
        return self._free[key]

    @property
    def proposed(self) -> tuple[Prefix, ...]:
        """What has been proposed so far, the client pool first."""
        return (*self._pools, *(block for block in self._free.values() if block))


def _members(need: Need) -> Iterator[_Member]:
    """The members in an order that does not depend on how sites and VNets behind the hub are listed."""
    vnets = [
        _Member((0, index), "vnet", vnet.name, f"vnets[{index}].prefixes[{{}}]", vnet.prefixes)
        for index, vnet in enumerate(need.vnets)
    ]
    sites = [
        _Member((1, index), "site", site.name, f"sites[{index}].prefixes[{{}}]", site.prefixes)
        for index, site in enumerate(need.sites)
    ]
    yield vnets[0]
    yield from sorted(vnets[1:], key=lambda member: natural_order(member.name))
    yield from sorted(sites, key=lambda member: natural_order(member.name))
    if need.clients.pool:
        yield _Member((2, 0), "pool", "", "clients.pool", (need.clients.pool,))
