"""Routes and paths: BGP, transit through the hub, forced tunneling, traffic that must stay off the internet."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Phrase, phrase
from advisor.core.rules.naming import (
    member_names,
    policy_based_paths,
    site_names,
    site_paths,
    vnet_names,
    vnet_paths,
)
from advisor.core.rules.vpn_gateway import how_to_enlarge
from advisor.core.rules.ways_out import (
    bgp_can_be_turned_on,
    bgp_causes,
    bgp_skus,
    passes_to_expressroute,
    ways_to_route_based,
)
from advisor.core.skus import skus_with
from faq.knowledge.limits import Catalogue

FORCED_BY = frozenset({"private-path", "bandwidth"})
"""What brings sites to ExpressRoute that VPN cannot give them."""


def bgp_not_supported(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """BGP runs on some SKUs, route-based, in Resource Manager, alone (vpn-gateway-bpg-faq-include.md 2016-10)."""
    if not need.bgp or design.vpn is None or (design.tunnels and not design.bgp_connections):
        return  # where no connection can have it, BGP does nothing, which another rule tells
    causes = list(bgp_causes(need, catalogue, design))
    if causes:
        yield observed(
            "bgp-not-supported",
            *(path for _, paths in causes for path in paths if path.startswith("vnets")),
            *(path for _, paths in causes for path in paths if path.startswith("sites")),
            "bgp",
            *(path for _, paths in causes for path in paths if path.startswith("gateway")),
            entry_of=causes[0][0],
            causes=tuple(phrase(cause, sku=need.gateway_sku or "") for cause, _ in causes),
            steps=tuple(_steps_to_bgp(need, catalogue, design, [cause for cause, _ in causes])),
        )


def _steps_to_bgp(need: Need, catalogue: Catalogue, design: Design, causes: list[str]) -> Iterator[Phrase]:
    """What takes each cause away. A policy-based gateway is not resized: it is made again, with a SKU that has BGP."""
    skus = skus_with(catalogue, "bgp")
    if "bgp-policy-based" in causes:
        yield from ways_to_route_based(need, catalogue, design)
        if "bgp-classic" not in causes:
            yield phrase("step-bgp-sku", skus=skus)
    elif "bgp-sku" in causes and "bgp-classic" not in causes and design.vpn:
        advised = design.vpn.sku if design.vpn.sku in skus else skus[0]
        yield phrase(f"step-resize-{how_to_enlarge(need, catalogue, design)}", advised=advised)
    if "bgp-classic" in causes:
        yield phrase("step-resource-manager", skus=skus)
    if "bgp-beside-expressroute" in causes:
        if design.sites.backup or {*design.sites.causes} & FORCED_BY:
            yield phrase("step-all-expressroute", sites=site_names(need, design.sites.tunnels))
        else:
            yield phrase("step-one-path")


def transit_not_across_expressroute(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Nothing passes between VPN and ExpressRoute (expressroute-howto-coexist-resource-manager.md 2016-10-10)."""
    if not need.transit or not design.expressroute or passes_to_expressroute(catalogue):
        return
    sites = design.sites
    on_vpn = sorted({*sites.tunnels, *sites.over_clients} - {*sites.circuit})
    if on_vpn or design.others:
        yield observed(
            "transit-not-across-expressroute",
            *vnet_paths(design.others),
            *site_paths(sorted({*on_vpn, *sites.circuit})),
            "transit",
            circuit=site_names(need, sites.circuit),
            vpn=vnet_names(need, design.others).names + site_names(need, on_vpn).names,
            ways=tuple(_ways_to_one_path(need, catalogue, design)),
        )


def _ways_to_one_path(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Phrase]:
    """All on one of the two, where what brought sites to ExpressRoute and the number of VNets allow it."""
    can_have_tunnels = all(
        need.sites[index].device != "none" and need.sites[index].public_ipv4 is not False
        for index in design.sites.circuit
    )
    if can_have_tunnels and not {*design.sites.causes} & FORCED_BY:
        yield phrase("way-all-vpn")
    allowed = catalogue.number("expressroute.vnets_per_circuit")
    if len(need.vnets) <= allowed:
        yield phrase("way-all-expressroute")
    yield phrase("way-no-transit")


def forced_tunneling_needs_route_based(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Forced tunneling takes a route-based gateway (vpn-gateway-about-forced-tunneling.md 2016-08-10)."""
    if need.forced_tunneling and design.vpn and design.vpn.policy_based:
        routed_by = policy_based_paths(need, design)
        yield observed(
            "forced-tunneling-needs-route-based",
            *(path for path in routed_by if path.startswith("sites")),
            "forced_tunneling",
            *(path for path in routed_by if path.startswith("gateway")),
            steps=tuple(ways_to_route_based(need, catalogue, design)),
        )


def forced_tunneling_needs_site(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Forced tunneling takes a site to send the traffic to (vpn-gateway-about-forced-tunneling.md 2016-08-10)."""
    if need.forced_tunneling and not need.sites:
        yield observed("forced-tunneling-needs-site", "forced_tunneling")


def private_path_not_for_clients(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Point-to-site crosses the internet (vpn-gateway-vpn-faq.md 2016-12, cross-premises options)."""
    if need.private_path and design.clients:
        yield observed("private-path-not-for-clients", "clients.count", "private_path")


def private_path_not_for_backup(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A VPN backup crosses the internet (vpn-gateway-vpn-faq.md 2016-12, cross-premises options)."""
    if need.private_path and design.sites.backup:
        yield observed(
            "private-path-not-for-backup",
            "private_path",
            "expressroute_backup",
            sites=site_names(need, design.sites.backup),
        )


def transit_needs_bgp(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Transit in Resource Manager takes BGP (vpn-gateway-bpg-faq-include.md 2016-10)."""
    joined = (*vnet_paths(design.others), *site_paths(design.bgp_sites))
    if need.transit and not need.bgp and need.hub.model == "resource-manager" and len(joined) > 1:
        yield observed(
            "transit-needs-bgp",
            *joined,
            "transit",
            "bgp",
            variant=_transit_variant(need, catalogue, design),
            members=member_names(need, design.others, design.bgp_sites),
            skus=bgp_skus(catalogue, design),
        )


def _transit_variant(need: Need, catalogue: Catalogue, design: Design) -> str:
    if design.expressroute and design.sites.tunnels and not catalogue.flag("coexist.er_bgp_for_s2s"):
        return "side-by-side"
    return "" if bgp_can_be_turned_on(need, catalogue, design) else "no-bgp"


def transit_static_error_prone(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Transit in the classic model relies on ranges kept by hand (vpn-gateway-vpn-faq.md 2016-12, multi-site)."""
    classic = tuple(index for index, vnet in enumerate(need.vnets) if vnet.model == "classic")
    if need.transit and classic:
        yield observed(
            "transit-static-error-prone", *vnet_paths(classic, "model"), "transit", vnets=vnet_names(need, classic)
        )
