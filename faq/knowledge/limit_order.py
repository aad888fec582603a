"""In which order limits are listed: what people look up most comes first. Pure: no Django."""

from __future__ import annotations

from collections.abc import Iterable

from faq.knowledge.limits import Limit

FIRST = (
    "sku",
    "gateway",
    "s2s",
    "multisite",
    "p2s",
    "vnet2vnet",
    "expressroute",
    "coexist",
    "s2s_over_expressroute",
    "bgp",
    "nat",
    "forced_tunneling",
    "vnet_peering",
    "virtual_wan",
    "route_server",
    "vm_access",
    "pricing",
)
"""Groups of limits (the first part of their keys) in the order of a list. Others follow in that of their catalogue."""

LAST = ("addresses",)


def grouped(limits: Iterable[Limit]) -> dict[str, list[Limit]]:
    """The limits by their group, the groups in reading order, the limits of each in the order given."""
    groups: dict[str, list[Limit]] = {}
    for limit in limits:
        groups.setdefault(limit.key.partition(".")[0], []).append(limit)
    return dict(sorted(groups.items(), key=lambda group: _place(group[0])))


def _place(group: str) -> int:
    if group in LAST:
        return len(FIRST) + 1 + LAST.index(group)
    return FIRST.index(group) if group in FIRST else len(FIRST)
