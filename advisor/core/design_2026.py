"""The design that answers a need by the rules of edition 2026: peering, today's SKUs, retired SKUs, encryption."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from advisor.core.addressing import highest_free
from advisor.core.design import (
    Demand,
    Design,
    GatewaySubnet,
    Joined,
    VpnGateway,
    join_sites,
    known_sum,
    lacking,
    vpn_load,
)
from advisor.core.need import Need
from advisor.core.protocols import counts_over_sstp, uses_certificates
from advisor.core.skus import IN_PLACE, SMALLEST, retired_skus, sku_key, skus_with, vpn_skus
from faq.knowledge.limits import Catalogue


def make_design(need: Need, catalogue: Catalogue) -> Design:
    """The design for a need, by the rules of edition 2026. Raises `UnknownLimit`."""
    total = need.bandwidth_mbps if need.bandwidth_mbps is not None else known_sum(need.sites)
    sites = _with_encryption(need, join_sites(need, total, catalogue))
    behind = tuple(range(1, len(need.vnets)))
    others, peered = (behind, ()) if need.vnet_encryption else ((), behind)
    clients = need.clients.some
    vpn = None
    if sites.tunnels or others or clients:
        vpn = _vpn_gateway(need, total, sites, others, peered, catalogue)
    return Design(
        total=total,
        sites=sites,
        others=others,
        clients=clients,
        vpn=vpn,
        subnet=_gateway_subnet(need, sites, vpn, catalogue),
        peered=peered,
    )


def _with_encryption(need: Need, sites: Joined) -> Joined:
    """Sites on the circuit take a tunnel over it too, where what crosses it must be encrypted."""
    if not need.expressroute_encryption or not sites.circuit:
        return sites
    encrypted = tuple(index for index in sites.circuit if need.sites[index].device != "none")
    return replace(
        sites,
        tunnels=tuple(sorted({*sites.tunnels, *encrypted})),
        encrypted=encrypted,
        unencrypted=tuple(index for index in sites.circuit if index not in encrypted),
    )


def successor(sku: str, catalogue: Catalogue) -> str:
    """What a gateway with this SKU has become, or becomes: the SKU itself where it is not retired."""
    return str(catalogue[sku_key(catalogue, sku, "successor")].value) if sku in retired_skus(catalogue) else sku


def _vpn_gateway(
    need: Need,
    total: Decimal | None,
    sites: Joined,
    others: tuple[int, ...],
    peered: tuple[int, ...],
    catalogue: Catalogue,
) -> VpnGateway:
    by_policy = tuple(index for index in sites.tunnels if need.sites[index].policy_based_only)
    demand = Demand(
        tunnels=sum(sites.tunnels_of(need, index) for index in sites.tunnels) + len(others),
        load=total if sites.encrypted else vpn_load(need, total, sites),
        bgp=need.bgp and (bool(others) or not by_policy or by_policy != sites.tunnels),
        side_by_side=bool(sites.circuit),
        active_active=need.active_active or needs_route_server(need, sites, others),
        clients=need.clients.at_least if need.clients.some else 0,
        sstp=counts_over_sstp(need, catalogue),
        endpoints=need.endpoints or 0,
        advanced=tuple(_advanced(need, by_policy, peered, catalogue)),
    )
    existing = successor(need.gateway_sku, catalogue) if need.gateway_sku else None
    if need.gateway_routing == "policy-based":
        skus = skus_with(catalogue, "policy_based")
        return VpnGateway("policy-based", (), demand, skus, skus, skus[0], existing, (), by_policy)
    skus = vpn_skus(catalogue)
    fitting = tuple(
        sku
        for sku in skus
        if not any(lacking(sku, demand, catalogue)) and (sku != SMALLEST or need.dev_test or existing == SMALLEST)
    )
    at_least = fitting[fitting.index(existing) :] if existing in fitting else fitting
    sku = (at_least or skus[-1:])[0]
    return VpnGateway("route-based", (), demand, skus, fitting, sku, existing, by_policy, by_policy)


def needs_route_server(need: Need, sites: Joined, others: tuple[int, ...]) -> bool:
    """Whether something on ExpressRoute and something on VPN are to reach each other."""
    on_vpn = {*sites.tunnels, *sites.over_clients} - {*sites.circuit}
    return need.transit and bool(sites.circuit) and bool(on_vpn or others)


def _advanced(need: Need, by_policy: tuple[int, ...], peered: tuple[int, ...], catalogue: Catalogue) -> Iterator[str]:
    """What the design has that the smallest SKU does not serve, apart from what its row in the catalogue says."""
    has_sstp = counts_over_sstp(need, catalogue) and need.gateway_sku == SMALLEST
    if need.clients.some and not has_sstp:
        yield "point-to-site"
    elif need.clients.some and not uses_certificates(need, catalogue):
        yield "sign-in"
    if peered:
        yield "gateway-transit"
    if by_policy and need.gateway_routing != "policy-based":  # such a gateway has selectors of its own
        yield "traffic-selectors"


def _gateway_subnet(need: Need, sites: Joined, vpn: VpnGateway | None, catalogue: Catalogue) -> GatewaySubnet | None:
    """One size is proposed for every gateway; a smaller one is allowed where a gateway stays in it, or is a Basic."""
    if vpn is None and not sites.circuit:
        return None
    length = catalogue.number("gateway.subnet_recommended_prefix")
    return GatewaySubnet(
        given=need.gateway_subnet,
        proposal=highest_free(need.hub.prefixes, need.hub.subnets, length),
        proposed_length=length,
        smallest_length=catalogue.number(_smallest_key(need, sites, vpn)),
    )


def _smallest_key(need: Need, sites: Joined, vpn: VpnGateway | None) -> str:
    if sites.circuit:
        return "gateway.subnet_prefix_er_coexist" if vpn else "gateway.subnet_new_prefix"
    if vpn and (vpn.sku == SMALLEST or (need.gateway_sku or "").startswith(IN_PLACE)):
        return "gateway.subnet_min_prefix"
    if need.gateway_sku and need.gateway_sku != SMALLEST:
        return "gateway.subnet_legacy_migration_prefix"
    return "gateway.subnet_new_prefix"
