"""The connections of a design with what speaks for each, and what speaks against the other types.

The tables are keyed by connection type; in which order the types come, and which there are, the rule book says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.core.advice import Connection, Reason
from advisor.core.design import Design, tunnels_key
from advisor.core.need import Need
from advisor.core.observations import reason
from advisor.core.parameters import Count, Day, Mbps, Value, phrase
from advisor.core.protocols import day_of
from advisor.core.rules.naming import site_names
from advisor.core.rules.sites import without_public_address
from advisor.core.skus import sku_number, vpn_skus
from faq.knowledge.limits import Catalogue

Reasons = Mapping[str, tuple[Reason, ...]]
"""By connection type."""


def connections(need: Need, catalogue: Catalogue, design: Design) -> dict[str, Connection]:
    """The connections that the design has, by type."""
    sites = design.sites
    site_names = [site.name for site in need.sites]
    tunnels = sum(sites.tunnels_of(need, index) for index in sites.tunnels)
    has = {
        "site-to-site": len(sites.tunnels) == 1,
        "multi-site": len(sites.tunnels) > 1,
        "point-to-site": design.clients,
        "vnet-to-vnet": bool(design.others),
        "expressroute": design.expressroute,
        "vnet-peering": bool(design.peered),
    }
    joined = {
        "site-to-site": ([site_names[index] for index in sites.tunnels], tunnels),
        "multi-site": ([site_names[index] for index in sites.tunnels], tunnels),
        "point-to-site": ([site_names[index] for index in sites.over_clients], 0),
        "vnet-to-vnet": ([need.vnets[index].name for index in design.others], len(design.others)),
        "expressroute": ([site_names[index] for index in sites.circuit], 0),
        "vnet-peering": ([need.vnets[index].name for index in design.peered], 0),
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
    encrypted = (reason("expressroute-encryption", sites=site_names(need, sites.encrypted)),) if sites.encrypted else ()
    by_tunnel = site_names(need, sites.tunnels)
    several = (reason("several-vnets", vnets=Count(len(need.vnets), "vnet")),)
    return {
        "site-to-site": (reason("one-site", sites=by_tunnel), *backup, *encrypted),
        "multi-site": (reason("several-sites", sites=Count(len(sites.tunnels), "site")), *backup, *encrypted),
        "point-to-site": (_why_clients(need, catalogue),),
        "vnet-to-vnet": several,
        "vnet-peering": several,
        "expressroute": tuple(_why_expressroute(need, catalogue, design)),
    }


def _why_clients(need: Need, catalogue: Catalogue) -> Reason:
    sign_in = _sign_in(need, catalogue)
    if need.clients.count is None:
        return reason("clients", variant="unknown", sign_in=sign_in)
    return reason("clients", clients=Count(need.clients.count, "client"), sign_in=sign_in)


def _sign_in(need: Need, catalogue: Catalogue) -> tuple[Value, ...]:
    """Until when an app that was registered by hand lets clients sign in with Entra ID, in an edition that knows it."""
    ending = "p2s.entra_manual_app_end"
    if need.clients.authentication != "entra-id" or ending not in catalogue:
        return ()
    until = catalogue.day(ending)
    return (phrase("sign-in-ended" if day_of(need, catalogue) >= until else "sign-in-ends", until=Day(until)),)


def _why_expressroute(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Reason]:
    for cause in design.sites.causes:
        if cause == "bandwidth" and design.total is not None:
            largest = vpn_skus(catalogue)[-1]
            allowed = sku_number(catalogue, largest, "throughput")
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
        "vnet-to-vnet": (reason("peering-suffices") if design.peered else reason("one-vnet"),),
        "vnet-peering": (reason("encryption-asked") if design.others else reason("one-vnet"),),
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
        if vpn.demand.tunnels > catalogue.number(tunnels_key(vpn, vpn.skus[-1], catalogue)):
            yield Count(vpn.demand.tunnels, "tunnel")
        if vpn.demand.load is not None and vpn.demand.load > sku_number(catalogue, vpn.skus[-1], "throughput"):
            yield Mbps(vpn.demand.load)
    beside_policy_based = vpn.policy_based_sites if vpn and (design.clients or design.others) else ()
    without_tunnel = site_names(
        need,
        sorted({*design.sites.left_out, *without_public_address(need, catalogue, design), *beside_policy_based}),
    )
    if without_tunnel.names:
        yield without_tunnel
