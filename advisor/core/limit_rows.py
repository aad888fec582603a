"""What the design asks of the limits, beside what they allow."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from advisor.core.advice import ExpressRoute, LimitRow
from advisor.core.design import Design
from advisor.core.need import Need
from faq.knowledge.limits import Catalogue


def limit_rows(
    need: Need, catalogue: Catalogue, design: Design, expressroute: ExpressRoute | None
) -> Iterator[LimitRow]:
    """A row for each limit of which something is asked, in the order of the contract."""
    vpn = design.vpn
    if vpn and vpn.demand.tunnels:
        key = "s2s.tunnels_policy_based_gateway" if vpn.policy_based else f"sku.{vpn.sku}.s2s_tunnels"
        yield _row("tunnels", vpn.demand.tunnels, key, catalogue)
    if design.clients:
        if need.clients.count is not None:
            yield _row("clients", need.clients.count, "p2s.max_clients", catalogue)
        if need.clients.root_certificates:
            yield _row("root_certificates", need.clients.root_certificates, "p2s.max_root_certificates", catalogue)
    if vpn and vpn.demand.load:
        yield _row("throughput_mbps", vpn.demand.load, f"sku.{vpn.sku}.throughput", catalogue)
    if expressroute and design.total:
        key = f"sku.{expressroute.gateway_sku}.er_gateway_throughput"
        yield _row("expressroute_mbps", design.total, key, catalogue)


def _row(key: str, requested: int | Decimal, limit_key: str, catalogue: Catalogue) -> LimitRow:
    limit = catalogue[limit_key]
    allowed = catalogue.number(limit_key)
    return LimitRow(
        key=key,
        requested=requested,
        allowed=allowed,
        unit=limit.unit,
        status=_status(requested, allowed),
        source=limit.source,
        entry=limit.entry,
        note=limit.note,
    )


def _status(requested: int | Decimal, allowed: int) -> str:
    """Near is 80 % or more of what is allowed, where that is 5 or more."""
    if requested > allowed:
        return "exceeded"
    return "near" if allowed >= 5 and requested >= Decimal(allowed * 4) / 5 else "ok"
