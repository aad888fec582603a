"""An address pool for clients, where a need gives none."""

from __future__ import annotations

from advisor.core.addressing import Prefix, highest_free, read_prefix
from advisor.core.need import Need

PRIVATE = tuple(read_prefix(block) for block in ("172.16.0.0/12", "192.168.0.0/16", "10.0.0.0/8"))
"""The private blocks of RFC 1918, from the one that offices use least."""

USUAL_LENGTH = 24
UNUSABLE = 2
"""The first and the last address of a pool."""


def client_pool(need: Need) -> Prefix | None:
    """The highest free block of private addresses that the clients fit in, of /24 or larger; None where there are no
    clients, where the need gives a pool, or where no block is free. It overlaps no prefix of the need.
    """
    if not need.clients.count or need.clients.pool is not None:
        return None
    length = min(USUAL_LENGTH, 32 - (need.clients.count + UNUSABLE - 1).bit_length())
    used = [prefix for vnet in need.vnets for prefix in vnet.prefixes]
    used += [prefix for site in need.sites for prefix in site.prefixes]
    used += [need.gateway_subnet] if need.gateway_subnet else []
    found = (highest_free([block], used, length) for block in PRIVATE if block.length <= length)
    return next((block for block in found if block), None)
