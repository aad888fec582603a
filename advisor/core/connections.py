"""The connections of a design, and for each of the five types why it is chosen or why not."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.advice import TYPES, Alternative, Connection, Reason
from advisor.core.codes import reason
from advisor.core.design import Design, vpn_skus
from advisor.core.need import Need
from advisor.core.parameters import Count, Mbps
from faq.knowledge.limits import Catalogue


def connections(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Connection]:
    """Each type that the design has, in the order of the contract."""
    reasons = why(need, catalogue, design)
    sites = design.sites
    tunnels = sum(need.sites[index].tunnels for index in sites.tunnels)
    joined = {
        "site-to-site": (sites.tunnels, tunnels),
        "multi-site": (sites.tunnels, tunnels),
        "point-to-site": (sites.over_clients, 0),
        "expressroute": (sites.circuit, 0),
    }
    for type_ in chosen(design):
        if type_ == "vnet-to-vnet":
            members = tuple(need.vnets[index].name for index in design.others)
            yield Connection(type_, members, len(members), reasons[type_])
        else:
            indices, count = joined[type_]
            yield Connection(type_, tuple(need.sites[index].name for index in indices), count, reasons[type_])


def alternatives(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Alternative]:
    """Each of the five types with why, or why not."""
    reasons = why(need, catalogue, design)
    against = why_not(need, design)
    picked = chosen(design)
    for type_ in TYPES:
        yield Alternative(type_, type_ in picked, reasons[type_] if type_ in picked else against[type_])


def chosen(design: Design) -> tuple[str, ...]:
    """The types that the design has, in the order of the contract."""
    has = {
        "site-to-site": len(design.sites.tunnels) == 1,
        "multi-site": len(design.sites.tunnels) > 1,
        "point-to-site": design.clients,
        "vnet-to-vnet": bool(design.others),
        "expressroute": design.expressroute,
    }
    return tuple(type_ for type_ in TYPES if has[type_])


def why(need: Need, catalogue: Catalogue, design: Design) -> dict[str, tuple[Reason, ...]]:
    """For each type what speaks for it; to be read for the chosen types only."""
    sites = design.sites
    names = [site.name for site in need.sites]
    backup = (reason("backup"),) if sites.backup else ()
    by_tunnel = [names[index] for index in sites.tunnels]
    return {
        "site-to-site": (reason("one-site", site=by_tunnel[0] if by_tunnel else ""), *backup),
        "multi-site": (reason("several-sites", sites=Count(len(by_tunnel), "site")), *backup),
        "point-to-site": (reason("clients", clients=Count(need.clients.count, "client")),),
        "vnet-to-vnet": (reason("several-vnets", vnets=Count(len(need.vnets), "vnet")),),
        "expressroute": tuple(_why_expressroute(need, catalogue, design)),
    }


def _why_expressroute(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Reason]:
    for cause in design.sites.causes:
        if cause == "bandwidth" and design.total is not None:
            largest = vpn_skus(catalogue)[-1]
            allowed = catalogue.number(f"sku.{largest}.throughput")
            yield reason(cause, total=Mbps(design.total), allowed=Mbps(allowed), sku=largest)
        elif cause == "site-asks-expressroute":
            yield reason(cause, sites=tuple(site.name for site in need.sites if site.expressroute))
        else:
            yield reason(cause)


def why_not(need: Need, design: Design) -> dict[str, tuple[Reason, ...]]:
    """For each type what speaks against it; to be read for the types that are not chosen only."""
    tunnels = design.sites.tunnels
    no_tunnel = tuple(_why_no_tunnel(need, design))
    return {
        "site-to-site": no_tunnel or (reason("more-than-one-site", sites=Count(len(tunnels), "site")),),
        "multi-site": no_tunnel or (reason("one-site-only", site=need.sites[tunnels[0]].name),),
        "point-to-site": (reason("no-clients"),),
        "vnet-to-vnet": (reason("one-vnet"),),
        "expressroute": (reason("no-sites") if not need.sites else _why_vpn(need),),
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
        yield reason("no-device", sites=tuple(need.sites[index].name for index in without))
    if design.expressroute:
        yield reason("sites-over-expressroute")


def _why_vpn(need: Need) -> Reason:
    """Why no site is on ExpressRoute: nothing brings one there, or each is to stay on VPN."""
    stay = all(site.expressroute is False for site in need.sites)
    return reason("vpn-suffices", variant="asked" if stay else "")
