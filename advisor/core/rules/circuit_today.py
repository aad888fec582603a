"""Circuits by today's rules: what providers do not sell, encryption over them, and transit by a route server."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.design import Design
from advisor.core.design_2026 import needs_route_server
from advisor.core.gateways import SCALED, expressroute_gateway
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Count, Exactly, Mbps, Phrase, phrase
from advisor.core.rules.naming import bandwidth_paths, hub_name, member_names, site_names, site_paths, vnet_paths
from advisor.core.skus import expressroute_key, sku_number
from faq.knowledge.limits import Catalogue


def expressroute_direct_needed(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Providers sell circuits up to a bandwidth; beyond it come ports of one's own (expressroute-faqs.md 2026)."""
    offered = catalogue.members("expressroute.circuit_bandwidths")[-1]
    direct = catalogue.members("expressroute.direct_bandwidths")
    if design.expressroute and design.total is not None and design.total > offered:
        yield observed(
            "expressroute-direct-needed",
            *bandwidth_paths(need, range(len(need.sites))),
            requested=Mbps(design.total),
            allowed=Mbps(offered),
            circuit=Mbps(next((mbps for mbps in direct if mbps >= design.total), direct[-1])),
        )


def expressroute_gateway_not_in_region(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """The gateway of scale units is not in every region (scalable-gateway.md 2025-11-06)."""
    gateway = expressroute_gateway(need, catalogue, design)
    without = {_plain(name): name for name in catalogue.members("expressroute.gateway.ErGwScale_regions_without")}
    region = _plain(need.hub.region or "")
    if gateway and gateway.gateway_sku == SCALED and region in without:
        fixed = [sku for sku in catalogue.members("expressroute.gateway_skus") if sku != SCALED][-1]
        yield observed(
            "expressroute-gateway-not-in-region",
            *vnet_paths((0,), "region"),
            hub=hub_name(need),
            region=without[region],
            sku=SCALED,
            fixed=fixed,
            throughput=Mbps(catalogue.number(expressroute_key(catalogue, fixed))),
            endpoints=Count(catalogue.number(expressroute_key(catalogue, fixed, "vms")), "endpoint"),
        )


def _plain(region: str) -> str:
    """A region without case and spaces: `West Europe` is `westeurope`."""
    return "".join(region.casefold().split())


def expressroute_encryption(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A VPN over private peering encrypts what crosses a circuit (site-to-site-vpn-private-peering.md 2023-07-28)."""
    encrypted = design.sites.encrypted
    if design.expressroute and need.expressroute_encryption:
        yield observed(
            "expressroute-encryption",
            *site_paths(design.sites.circuit),
            "expressroute_encryption",
            variant="" if encrypted and design.vpn else "none",
            hub=hub_name(need),
            sites=site_names(need, encrypted),
            sku=design.vpn.sku if design.vpn else "",
            throughput=Mbps(sku_number(catalogue, design.vpn.sku, "throughput") if design.vpn else 0),
        )


def _instead(need: Need, asn: int) -> Phrase | str:
    """The ASN that the hub has been given, where it must have another."""
    given = need.hub.asn
    return phrase("instead-of-asn", given=Exactly(given)) if given not in {None, asn} and given else ""


def transit_needs_route_server(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Between ExpressRoute and VPN a route server passes routes on (vpn-gateway-vpn-faq.md 2026-06-04)."""
    sites = design.sites
    if not needs_route_server(need, sites, design.others):
        return
    on_vpn = sorted({*sites.tunnels, *sites.over_clients} - {*sites.circuit})
    yield observed(
        "transit-needs-route-server",
        *vnet_paths(design.others),
        *site_paths(sorted({*on_vpn, *sites.circuit})),
        "transit",
        *(() if need.active_active else ("active_active",)),
        variant="" if need.active_active else "not-active-active",
        instead=_instead(need, catalogue.number("coexist.vpn_asn")),
        hub=hub_name(need),
        circuit=site_names(need, sites.circuit),
        vpn=member_names(need, design.others, on_vpn),
        asn=Exactly(catalogue.number("coexist.vpn_asn")),
    )
