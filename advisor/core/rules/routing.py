"""Routes and paths: BGP, transit through the hub, forced tunneling, traffic that must stay off the internet."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Code
from advisor.core.rules.naming import (
    joined_paths,
    policy_based_paths,
    site_names,
    site_paths,
    vnet_names,
    vnet_paths,
)
from faq.knowledge.limits import Catalogue


def bgp_not_supported(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """BGP runs on some SKUs, route-based, in Resource Manager, alone (vpn-gateway-bpg-faq-include.md 2016-10)."""
    if not need.bgp or design.vpn is None:
        return
    causes = list(_bgp_causes(need, catalogue, design))
    if causes:
        yield observed(
            "bgp-not-supported",
            *(path for _, paths in causes for path in paths if path.startswith("vnets")),
            *(path for _, paths in causes for path in paths if path.startswith("sites")),
            "bgp",
            *(path for _, paths in causes for path in paths if path.startswith("gateway")),
            entry_of=causes[0][0],
            causes=tuple(Code(cause) for cause, _ in causes),
            skus=catalogue.members("bgp.skus"),
        )


def _bgp_causes(need: Need, catalogue: Catalogue, design: Design) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each cause that rules BGP out, with the paths of what causes it."""
    if design.vpn and design.vpn.policy_based:
        yield "bgp-policy-based", policy_based_paths(need, design)
    if need.gateway_sku and not catalogue.flag(f"sku.{need.gateway_sku}.bgp"):
        yield "bgp-sku", ("gateway_sku",)
    if need.hub.model == "classic" and not catalogue.flag("bgp.classic_model"):
        yield "bgp-classic", ("vnets[0].model",)
    if design.expressroute and design.sites.tunnels and not catalogue.flag("coexist.er_bgp_for_s2s"):
        yield "bgp-beside-expressroute", site_paths(design.sites.tunnels)


def transit_not_across_expressroute(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Nothing passes between VPN and ExpressRoute (expressroute-howto-coexist-resource-manager.md 2016-10-10)."""
    if not need.transit or not design.expressroute or catalogue.flag("coexist.er_transit_vpn_to_er"):
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
            vpn=vnet_names(need, design.others) + site_names(need, on_vpn),
        )


def forced_tunneling_needs_route_based(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Forced tunneling takes a route-based gateway (vpn-gateway-about-forced-tunneling.md 2016-08-10)."""
    if need.forced_tunneling and design.vpn and design.vpn.policy_based:
        routed_by = policy_based_paths(need, design)
        yield observed(
            "forced-tunneling-needs-route-based",
            *(path for path in routed_by if path.startswith("sites")),
            "forced_tunneling",
            *(path for path in routed_by if path.startswith("gateway")),
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
    joined = vnet_names(need, design.others) + site_names(need, design.sites.tunnels)
    if need.transit and not need.bgp and need.hub.model == "resource-manager" and len(joined) > 1:
        yield observed(
            "transit-needs-bgp",
            *joined_paths(design),
            "transit",
            "bgp",
            variant="side-by-side" if design.expressroute and design.sites.tunnels else "",
            members=joined,
            skus=catalogue.members("bgp.skus"),
        )


def transit_static_error_prone(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Transit in the classic model relies on ranges kept by hand (vpn-gateway-vpn-faq.md 2016-12, multi-site)."""
    classic = tuple(index for index, vnet in enumerate(need.vnets) if vnet.model == "classic")
    if need.transit and classic:
        yield observed(
            "transit-static-error-prone", *vnet_paths(classic, "model"), "transit", vnets=vnet_names(need, classic)
        )
