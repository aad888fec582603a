"""What the design asks of the limits, beside what they allow."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from advisor.core.advice import ExpressRoute, LimitRow
from advisor.core.design import Design, tunnels_key
from advisor.core.need import Need
from advisor.core.protocols import most_clients_key, uses_certificates
from advisor.core.skus import expressroute_key, sku_key
from faq.knowledge.limits import Catalogue


def limit_rows(
    need: Need, catalogue: Catalogue, design: Design, expressroute: ExpressRoute | None
) -> Iterator[LimitRow]:
    """A row for each limit of which something is asked, in the order of the contract."""
    vpn = design.vpn
    if vpn and vpn.demand.tunnels:
        key = tunnels_key(vpn, vpn.sku, catalogue)
        yield _row("tunnels", vpn.demand.tunnels, key, catalogue)
    if design.clients:
        if need.clients.count is not None:
            yield _row("clients", need.clients.count, _clients_key(need, catalogue, design), catalogue)
        if need.clients.root_certificates and uses_certificates(need, catalogue):
            yield _row("root_certificates", need.clients.root_certificates, "p2s.max_root_certificates", catalogue)
    if vpn and vpn.demand.load:
        yield _row("throughput_mbps", vpn.demand.load, sku_key(catalogue, vpn.sku, "throughput"), catalogue)
    if expressroute and design.total:
        key = expressroute_key(catalogue, expressroute.gateway_sku)
        yield _row("expressroute_mbps", design.total, key, catalogue)
    if need.endpoints and "p2s.max_clients_ikev2_openvpn" in catalogue:
        keys = _endpoint_keys(catalogue, design, expressroute)
        if keys:
            yield _row("endpoints", need.endpoints, min(keys, key=catalogue.number), catalogue)


def _clients_key(need: Need, catalogue: Catalogue, design: Design) -> str:
    """What the gateway's SKU allows, in an edition where that matters."""
    most = most_clients_key(need, catalogue)
    if design.vpn is None or most == "p2s.max_clients":
        return most
    sstp = most == "p2s.max_clients_sstp"
    return sku_key(catalogue, design.vpn.sku, "p2s_sstp" if sstp else "p2s_ikev2_openvpn")


def _endpoint_keys(catalogue: Catalogue, design: Design, expressroute: ExpressRoute | None) -> list[str]:
    keys = [sku_key(catalogue, design.vpn.sku, "vms_supported")] if design.vpn else []
    return keys + ([expressroute_key(catalogue, expressroute.gateway_sku, "vms")] if expressroute else [])


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
