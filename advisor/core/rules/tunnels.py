"""What a tunnel to a site carries, is made with, and needs on the device."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from decimal import Decimal

from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Count, Mbps, Phrase, phrase
from advisor.core.rules.naming import hub_name, site_names, site_paths
from advisor.core.rules.overlaps import overlapped_sites
from advisor.core.skus import SMALLEST, sku_key
from faq.knowledge.limits import Catalogue


def tunnel_throughput_exceeded(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """One tunnel carries less than the gateway can (about-gateway-skus.md 2026-06-11)."""
    if design.vpn is None or design.vpn.sku == SMALLEST:
        return
    each = catalogue.number(sku_key(catalogue, design.vpn.sku, "tunnel_throughput.GCMAES256"))
    needed = {
        index: amount
        for index in design.sites.tunnels
        if index not in design.sites.backup or index in design.sites.encrypted
        if (amount := _needed(need, design, index)) is not None and amount > each * need.sites[index].tunnels
    }
    if needed:
        yield observed(
            "tunnel-throughput-exceeded",
            *_asking(need, needed),
            variant=_by_policy(design, needed),
            sites=tuple(
                _tunnels_for(need, index, amount, each, index in design.bgp_sites) for index, amount in needed.items()
            ),
            by_policy=site_names(need, (index for index in needed if index in design.sites_without_bgp)),
            sku=design.vpn.sku,
            each=Mbps(each),
        )


def _by_policy(design: Design, needed: Iterable[int]) -> str:
    """Whether all of these sites have a device without BGP, and so one tunnel, or some of them."""
    never = [index in design.sites_without_bgp for index in needed]
    return "by-policy" if all(never) else "partly-by-policy" if any(never) else ""


def _needed(need: Need, design: Design, index: int) -> Decimal | None:
    """What a site needs: what it says, or where it is all that there is, the total."""
    said = need.sites[index].bandwidth_mbps
    alone = len(need.sites) == 1 and not need.clients.some
    return design.total if said is None and alone else said


def _asking(need: Need, indices: dict[int, Decimal]) -> Iterator[str]:
    """The paths of what the sites need, and of how many tunnels they have."""
    for index in indices:
        if need.sites[index].bandwidth_mbps is not None:
            yield f"sites[{index}].bandwidth_mbps"
        yield f"sites[{index}].tunnels"
    if any(need.sites[index].bandwidth_mbps is None for index in indices):
        yield "bandwidth_mbps"


def _tunnels_for(need: Need, index: int, amount: Decimal, each: int, bgp: bool) -> Phrase:
    return phrase(
        "tunnels-for" if bgp else "needs-of",
        site=site_names(need, (index,)),
        requested=Mbps(amount),
        tunnels=Count(math.ceil(amount / each), "tunnel"),
    )


def policy_based_traffic_selectors(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A route-based gateway serves a policy-based device (vpn-gateway-connect-multiple-policybased-rm-ps.md 2020)."""
    if design.vpn and design.vpn.selector_sites:
        yield observed(
            "policy-based-traffic-selectors",
            *site_paths(design.vpn.selector_sites, "device_routing"),
            sites=site_names(need, design.vpn.selector_sites),
            allowed=Count(catalogue.number("s2s.traffic_selector_policies"), "selector"),
        )


def transit_not_over_traffic_selectors(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """What no traffic selector names does not pass (vpn-gateway-connect-multiple-policybased-rm-ps.md 2020)."""
    by_policy = design.sites_without_bgp
    if need.transit and by_policy and design.vpn:
        yield observed(
            "transit-not-over-traffic-selectors",
            *site_paths(by_policy, "device_routing"),
            "transit",
            variant="policy-based-gateway" if design.vpn.policy_based else "",
            hub=hub_name(need),
            sites=site_names(need, by_policy),
        )


def site_behind_nat(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A device behind NAT must start the tunnel (vpn-gateway-vpn-faq.md 2026-06-04)."""
    behind = tuple(index for index in design.sites.over_internet if need.sites[index].behind_nat)
    if behind:
        yield observed("site-behind-nat", *site_paths(behind, "behind_nat"), sites=site_names(need, behind))


def nat_could_solve_overlap(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """NAT rules on a site's connection give it other addresses (nat-overview.md 2024-10-16)."""
    if design.vpn is None or design.vpn.policy_based:
        return
    able = {index for index in design.sites.tunnels if not need.sites[index].policy_based_only}
    found = tuple(index for index in overlapped_sites(need) if index in able)
    if found:
        yield observed(
            "nat-could-solve-overlap",
            *site_paths(found, "prefixes"),
            sites=site_names(need, found),
            smallest=str(catalogue["nat.smallest_sku"].value),
            rules=Count(catalogue.number("nat.max_rules"), "rule"),
        )


def default_policy_weak(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """The default offers include algorithms that are outdated (secure-vpn-gateway.md 2026-08-11)."""
    if design.vpn and design.sites.tunnels and design.vpn.sku != SMALLEST:
        yield observed(
            "default-policy-weak",
            *site_paths(design.sites.tunnels),
            sites=site_names(need, design.sites.tunnels),
            group=catalogue.number("s2s.dh_group_default"),
        )


def clamp_mss(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Fragments do not pass a tunnel, so the TCP MSS must be smaller (vpn-gateway-vpn-faq.md 2026-06-04)."""
    if design.vpn and design.sites.tunnels:
        yield observed(
            "clamp-mss",
            *site_paths(design.sites.tunnels),
            sites=site_names(need, design.sites.tunnels),
            mss=Count(catalogue.number("s2s.mss_clamp"), "byte"),
        )
