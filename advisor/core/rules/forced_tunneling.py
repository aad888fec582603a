"""Forced tunneling that fits: which way internet traffic goes, and what has to be set for it."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Phrase, phrase
from advisor.core.rules.naming import hub_name, site_names, site_paths, vnet_names
from advisor.core.rules.ways_out import has_classic
from faq.knowledge.limits import Catalogue


def forced_tunneling_over_expressroute_only(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """In a classic VNet it goes over ExpressRoute only (expressroute-howto-coexist-classic.md 2016-10-10)."""
    if _over_expressroute_only(need, catalogue, design):
        yield observed(
            "forced-tunneling-over-expressroute-only",
            "vnets[0].model",
            *site_paths(sorted({*design.sites.tunnels, *design.sites.circuit})),
            "forced_tunneling",
            hub=hub_name(need),
            circuit=site_names(need, design.sites.circuit),
        )


def _over_expressroute_only(need: Need, catalogue: Catalogue, design: Design) -> bool:
    return (
        need.forced_tunneling
        and design.side_by_side
        and need.hub.model == "classic"
        and has_classic(catalogue)
        and not catalogue.flag("forced_tunneling.with_er_coexist_classic")
    )


def forced_tunneling(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A route table and a default site, or 0.0.0.0/0 over ExpressRoute (vpn-gateway-about-forced-tunneling.md 2016)."""
    tunnels, circuit = design.sites.tunnels, design.sites.circuit
    if not need.forced_tunneling or not (tunnels or circuit) or _over_expressroute_only(need, catalogue, design):
        return
    if design.vpn and design.vpn.policy_based:
        return
    yield observed(
        "forced-tunneling",
        *site_paths(sorted({*tunnels, *circuit})),
        "forced_tunneling",
        variant=_variant(design),
        circuit=site_names(need, circuit),
        default_site=_default_site(need, tunnels),
        subnets=_subnets(need, design),
        hub=hub_name(need) if tunnels else vnet_names(need, (0, *design.peered)),
    )


def _variant(design: Design) -> str:
    """Over what the traffic goes, and whether no site can advertise the default route over the VPN."""
    if not design.sites.tunnels:
        return "expressroute"
    over = "both" if design.sites.circuit else "vpn"
    return over if design.bgp_sites else f"{over}-by-policy"


def _default_site(need: Need, tunnels: tuple[int, ...]) -> Phrase:
    word = "default-site" if len(tunnels) == 1 else "default-site-to-choose"
    return phrase(word, sites=site_names(need, tunnels))


def _subnets(need: Need, design: Design) -> Phrase:
    """The subnets in use that need the route table, or that they are not known, and those of the peered VNets."""
    forced = tuple(str(block) for block in need.hub.subnets if block != need.gateway_subnet)
    of_hub = (
        phrase("forced-subnets", subnets=forced) if forced else phrase("forced-subnets-unknown", hub=hub_name(need))
    )
    if not design.peered:
        return of_hub
    return phrase("forced-subnets-and-peered", of_hub=of_hub, vnets=vnet_names(need, design.peered))
