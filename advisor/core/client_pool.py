"""Free blocks of private addresses: a pool for clients, and what a network can be renumbered to."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.core.addressing import Blocks, Prefix, highest_outside, read_prefix
from advisor.core.need import Need
from advisor.core.written_addresses import BITS

PRIVATE = tuple(read_prefix(block) for block in ("172.16.0.0/12", "192.168.0.0/16", "10.0.0.0/8"))
"""The private blocks of RFC 1918, from the one that offices use least."""

USUAL_LENGTH = 24
UNUSABLE = 2
"""The first and the last address of a pool."""


def client_pool(need: Need) -> Prefix | None:
    """The pool to propose: where there are clients without a pool, or where the given one overlaps a VNet or site.

    None where no block is free either.
    """
    given, used = need.clients.pool, Blocks(_member_prefixes(need))
    overlaps = given is not None and used.last_overlapping(given) is not None
    return free_pool(need, need.clients.at_least) if overlaps or (need.clients.some and given is None) else None


def proposed_pools(need: Need) -> tuple[Prefix, ...]:
    """What advice may propose as the pool of the clients, where there are any: other proposals keep clear of it."""
    if not need.clients.some and need.clients.pool is None:
        return ()
    return tuple(pool for pool in (free_pool(need, need.clients.at_least), client_pool(need)) if pool)


def free_pool(need: Need, clients: int) -> Prefix | None:
    """The highest free block of private addresses that so many clients fit in, of /24 or larger; None where none is
    free. It overlaps no prefix of the need.
    """
    length = min(USUAL_LENGTH, BITS - (clients + UNUSABLE - 1).bit_length())
    return PrivateSpace(need).free(length)


class PrivateSpace:
    """The private addresses that no VNet, site, or gateway subnet of a need uses; these are sorted once."""

    def __init__(self, need: Need) -> None:
        self._used = Blocks([*_member_prefixes(need), *([need.gateway_subnet] if need.gateway_subnet else [])])

    def free(self, length: int, proposed: Iterable[Prefix] = ()) -> Prefix | None:
        """The highest free block of this length that overlaps nothing that was proposed already."""
        taken = (self._used, Blocks(proposed))
        found = (highest_outside([block], taken, length) for block in PRIVATE)
        return next((block for block in found if block), None)


def _member_prefixes(need: Need) -> list[Prefix]:
    """The prefixes of all VNets and sites."""
    of_vnets = [prefix for vnet in need.vnets for prefix in vnet.prefixes]
    return of_vnets + [prefix for site in need.sites for prefix in site.prefixes]
