"""What has to be set on the devices that make the tunnels, and in the subscription for their sites."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Count
from advisor.core.rules.naming import hub_name, site_names, site_paths
from faq.knowledge.limits import Catalogue


def device_parameters(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """The IKE version and lifetimes go with the gateway's type (vpn-gateway-about-vpn-devices.md 2016-09-13). Of a
    device with traffic selectors another rule tells.
    """
    if design.vpn is None:
        return
    by_selectors = design.vpn.selector_sites
    sites = tuple(index for index in design.sites.tunnels if index not in by_selectors)
    if not sites:
        return
    kind = "policy" if design.vpn.policy_based else "route"
    yield observed(
        "device-parameters",
        *site_paths(sites),
        variant=design.vpn.routing,
        sites=site_names(need, sites),
        phase_1=Count(catalogue.number(f"s2s.ike_phase1_lifetime.{kind}"), "second"),
        phase_2=Count(catalogue.number(f"s2s.ike_phase2_lifetime.{kind}"), "second"),
        group=catalogue.number("s2s.dh_group_default"),
        mss=Count(catalogue.number("s2s.mss_clamp"), "byte"),
        key_length=Count(catalogue.number("s2s.psk_max_length"), "character"),
    )


def local_network_sites_limit(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A classic subscription has so many local network sites (azure-virtual-network-limits.md 2016-10)."""
    allowed = catalogue.number("gateway.local_network_sites_per_subscription")
    if need.hub.model == "classic" and len(design.sites.tunnels) > allowed:
        yield observed(
            "local-network-sites-limit",
            "vnets[0].model",
            *site_paths(design.sites.tunnels),
            hub=hub_name(need),
            sites=Count(len(design.sites.tunnels), "site"),
            allowed=Count(allowed, "site"),
        )
