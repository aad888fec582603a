"""The connections of a design with what speaks for each, and what speaks against the other types.

The tables are keyed by connection type; in which order the types come, and which there are, the rule book says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.core.advice import Connection, Reason
from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.observations import reason
from advisor.core.parameters import Count, Mbps, Value
from advisor.core.rules.naming import site_names
from advisor.core.rules.sites import without_public_address
from advisor.core.skus import vpn_skus
from faq.knowledge.limits import Catalogue

Reasons = Mapping[str, tuple[Reason, ...]]
"""By connection type."""


def connections(need: Need, catalogue: Catalogue, design: Design) -> dict[str, Connection]:
    """The connections that the design has, by type."""
    sites = design.sites
    site_names = [site.name for site in need.sites]
    tunnels = sum(need.sites[index].tunnels for index in sites.tunnels)
    has = {
        "site-to-site": len(sites.tunnels) == 1,
        "multi-site": len(sites.tunnels) > 1,
        "point-to-site": design.clients,
        "vnet-to-vnet": bool(design.others),
        "expressroute": design.expressroute,
    }
    joined = {
        "site-to-site": ([site_names[index] for index in sites.tunnels], tunnels),
        "multi-site": ([site_names[index] for index in sites.tunnels], tunnels),
        "point-to-site": ([site_names[index] for index in sites.over_clients], 0),
        "vnet-to-vnet": ([need.vnets[index].name for index in design.others], len(design.others)),
        "expressroute": ([site_names[index] for index in sites.circuit], 0),
    }
    reasons = _why(need, catalogue, design)
    return {
        type_: Connection(type_, tuple(members), count, reasons[type_])
        for type_, (members, count) in joined.items()
        if has[type_]
    }


def _why(need: Need, catalogue: Catalogue, design: Design) -> Reasons:
    """For each type what speaks for it; to be read for the chosen types only."""
    sites = design.sites
    backup = (reason("backup", sites=site_names(need, sites.backup)),) if sites.backup else ()
    by_tunnel = site_names(need, sites.tunnels)
    return {
        "site-to-site": (reason("one-site", sites=by_tunnel), *backup),
        "multi-site": (reason("several-sites", sites=Count(len(sites.tunnels), "site")), *backup),
        "point-to-site": (_why_clients(need),),
        "vnet-to-vnet": (reason("several-vnets", vnets=Count(len(need.vnets), "vnet")),),
        "expressroute": tuple(_why_expressroute(need, catalogue, design)),
    }


def _why_clients(need: Need) -> Reason:
    if need.clients.count is None:
        return reason("clients", variant="unknown")
    return reason("clients", clients=Count(need.clients.count, "client"))


def _why_expressroute(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Reason]:
    for cause in design.sites.causes:
        if cause == "bandwidth" and design.total is not None:
            largest = vpn_skus(catalogue)[-1]
            allowed = catalogue.number(f"sku.{largest}.throughput")
            yield reason(cause, total=Mbps(design.total), allowed=Mbps(allowed), sku=largest)
        elif cause == "site-asks-expressroute":
            yield reason(
                cause, sites=site_names(need, (index for index, site in enumerate(need.sites) if site.expressroute))
            )
        elif cause == "backup":
            yield reason(cause, sites=site_names(need, design.sites.backup or design.sites.circuit))
        else:
            yield reason(cause)


def why_not(need: Need, catalogue: Catalogue, design: Design) -> Reasons:
    """For each type what speaks against it; to be read for the types that are not chosen only."""
    tunnels = design.sites.tunnels
    no_tunnel = tuple(_why_no_tunnel(need, design))
    return {
        "site-to-site": no_tunnel or (reason("more-than-one-site", sites=Count(len(tunnels), "site")),),
        "multi-site": no_tunnel or (reason("one-site-only", sites=site_names(need, tunnels)),),
        "point-to-site": (reason("no-clients"),),
        "vnet-to-vnet": (reason("one-vnet"),),
        "expressroute": (reason("no-sites") if not need.sites else _why_vpn(need, catalogue, design),),
    }


def _why_no_tunnel(need: Need, design: Design) -> Iterator[Reason]:
    """Why no site takes a VPN tunnel, if none does."""
    if design.sites.tunnels:
        return
    if not need.sites:
        yield reason("no-sites")
    without = sorted({*design.sites.over_clients, *design.sites.left_out})
    if need.expressroute_backup:
        without = list(range(len(need.sites)))
    if without:
        yield reason("no-device", sites=site_names(need, without))
    if design.expressroute:
        yield reason("sites-over-expressroute", sites=site_names(need, design.sites.circuit))


def _why_vpn(need: Need, catalogue: Catalogue, design: Design) -> Reason:
    """Why no site is on ExpressRoute: nothing brings one there, or each is to stay on VPN.

    Where VPN does not carry the whole design, the reason says so, as the findings do.
    """
    beyond = tuple(_beyond_vpn(need, catalogue, design))
    if all(site.expressroute is False for site in need.sites):
        return reason(
            "vpn-suffices", variant="asked-beyond" if beyond else "asked", sites=len(need.sites), beyond=beyond
        )
    return reason("vpn-suffices", variant="beyond" if beyond else "", beyond=beyond)


def _beyond_vpn(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Value]:
    """What of the design the VPN gateway does not carry: tunnels, bandwidth, sites."""
    vpn = design.vpn
    if vpn:
        policy_based = "s2s.tunnels_policy_based_gateway"
        tunnels = catalogue.number(policy_based if vpn.policy_based else f"sku.{vpn.skus[-1]}.s2s_tunnels")
        if vpn.demand.tunnels > tunnels:
            yield Count(vpn.demand.tunnels, "tunnel")
        if vpn.demand.load is not None and vpn.demand.load > catalogue.number(f"sku.{vpn.skus[-1]}.throughput"):
            yield Mbps(vpn.demand.load)
    beside_policy_based = vpn.policy_based_sites if vpn and (design.clients or design.others) else ()
    without_tunnel = site_names(
        need,
        sorted({*design.sites.left_out, *without_public_address(need, catalogue, design), *beside_policy_based}),
    )
    if without_tunnel.names:
        yield without_tunnel
