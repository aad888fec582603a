"""What joins sites and VNets to the VPN gateway: local network gateways, connections, and how each is encrypted."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.addressing import Prefix, single
from advisor.core.deployment_gateways import default_site
from advisor.core.deployment_names import FreeNames
from advisor.core.deployment_parameters import Ask, Why, by_fact
from advisor.core.deployment_plan import Plan, Tunnel
from advisor.core.deployment_resources import (
    BgpPeer,
    IpsecPolicy,
    LocalGateway,
    SiteAccess,
    SiteConnection,
    VNetConnection,
)
from advisor.core.need import Site
from advisor.core.parameters import Exactly
from advisor.core.rules.naming import site_names, vnet_names

IKE_ENCRYPTION, IKE_INTEGRITY, DH_GROUP = "AES256", "SHA256", "DHGroup14"
IPSEC_ENCRYPTION, IPSEC_INTEGRITY, PFS_GROUP = "GCMAES256", "GCMAES256", "PFS2048"
"""The one custom policy. The default offers of Azure include group 2, SHA-1 and 3DES and no perfect forward secrecy
when Azure starts, which strongSwan and others refuse; the figures of throughput are those of GCMAES256.
"""

IKE_VERSIONS = ("IKEv2", "IKEv1")
"""The one that is advised first."""


def ipsec_policy(plan: Plan) -> IpsecPolicy | None:
    """The policy of every connection; None where the SKU takes none. Lifetimes are the default of a custom policy."""
    if not plan.takes_policy:
        return None
    return IpsecPolicy(
        ike_encryption=IKE_ENCRYPTION,
        ike_integrity=IKE_INTEGRITY,
        dh_group=DH_GROUP,
        ipsec_encryption=IPSEC_ENCRYPTION,
        ipsec_integrity=IPSEC_INTEGRITY,
        pfs_group=PFS_GROUP,
        sa_lifetime_seconds=plan.catalogue.number("s2s.ike_phase2_lifetime.route"),
        sa_size_kilobytes=plan.catalogue.number("s2s.ike_phase2_lifetime_kb.route"),
    )


def local_gateways(plan: Plan) -> Iterator[LocalGateway]:
    """One for each tunnel to a site."""
    for tunnel in plan.tunnels:
        site = plan.need.sites[tunnel.site]
        bgp = _has_bgp(plan, tunnel.site)
        yield LocalGateway(
            key=tunnel.key,
            site=tunnel.site,
            typed=site.name,
            number=tunnel.number,
            name=f"lgw-{tunnel.key}",
            location=plan.location(0),
            address=_address(plan, site, tunnel),
            prefixes=site.prefixes if site.prefixes or bgp else Ask("prefixes", plan.keys[1][tunnel.site]),
            bgp=BgpPeer(Ask("asn", tunnel.key), Ask("bgp-peer", tunnel.key)) if bgp else None,
            whys=tuple(_whys_of_local_gateway(plan, tunnel, bgp)),
        )


def _has_bgp(plan: Plan, index: int) -> bool:
    """Whether routes are exchanged with a site: not with a policy-based device, whose traffic selectors are fixed."""
    return plan.bgp and index in plan.design.bgp_sites


def _address(plan: Plan, site: Site, tunnel: Tunnel) -> str | Ask:
    """The address that Azure connects to. Known is at most the public one, and each tunnel has another."""
    given = site.public_ipv4
    if isinstance(given, str) and tunnel.first and not tunnel.private and _is_public(plan, given):
        return given
    return Ask("public-ip", tunnel.key)


def _is_public(plan: Plan, address: str) -> bool:
    """Whether it is one that Azure reaches: behind NAT the device itself may have another."""
    return not plan.not_public.hold(single(address))


def _whys_of_local_gateway(plan: Plan, tunnel: Tunnel, bgp: bool) -> Iterator[Why]:
    site = plan.need.sites[tunnel.site]
    named = site_names(plan.need, [tunnel.site])
    if tunnel.private:
        yield by_fact(plan.catalogue, "s2s_over_expressroute.prefixes", "site-private-address", site=named)
    elif site.behind_nat:
        yield by_fact(plan.catalogue, "s2s.behind_nat_allowed", "site-nat-address", site=named)
    else:
        yield by_fact(plan.catalogue, "s2s.public_ipv4_required", "site-address", site=named)
    if bgp:
        fact = "bgp.local_network_gateway_prefix"
        prefixes = tuple(str(prefix) for prefix in site.prefixes)
        yield by_fact(plan.catalogue, fact, "site-bgp" if prefixes else "site-bgp-unknown", prefixes=prefixes)


def site_connections(plan: Plan) -> Iterator[SiteConnection]:
    """One for each local network gateway."""
    policy, free = ipsec_policy(plan), FreeNames()
    for tunnel in plan.tunnels:
        site = plan.need.sites[tunnel.site]
        yield SiteConnection(
            key=tunnel.key,
            vnet=plan.hub,
            name=free.take(f"con-vpngw-{plan.hub}-{tunnel.key}"),
            location=plan.location(0),
            shared_key=Ask("shared-key", tunnel.key),
            protocol=_protocol(plan, tunnel.site),
            bgp=_has_bgp(plan, tunnel.site),
            dpd_seconds=plan.catalogue.number("s2s.dpd_timeout.default"),
            policy=policy,
            traffic_selectors=_by_selectors(plan, tunnel.site),
            responder_only=site.behind_nat and not tunnel.private,
            over_private_peering=tunnel.private,
            whys=tuple(_whys_of_connection(plan, tunnel)),
        )


def _by_selectors(plan: Plan, index: int) -> bool:
    return plan.vpn is not None and plan.takes_policy and index in plan.vpn.selector_sites


def _protocol(plan: Plan, index: int) -> str | Ask:
    """IKEv2; a policy-based gateway has IKEv1 only, and of a policy-based device one does not know."""
    if plan.vpn and plan.vpn.policy_based:
        return IKE_VERSIONS[1]
    return Ask("connection-protocol", plan.keys[1][index]) if _by_selectors(plan, index) else IKE_VERSIONS[0]


def _whys_of_connection(plan: Plan, tunnel: Tunnel) -> Iterator[Why]:
    yield _why_policy(plan)
    if _by_selectors(plan, tunnel.site):
        yield by_fact(plan.catalogue, "s2s.traffic_selectors_need_custom_policy", "connection-selectors")
    if tunnel.private:
        yield by_fact(plan.catalogue, "s2s_over_expressroute.prefixes", "connection-private")
    elif tunnel.site in plan.design.sites.backup:
        yield by_fact(plan.catalogue, "coexist.s2s_and_expressroute", "connection-backup")
    if plan.need.sites[tunnel.site].behind_nat and not tunnel.private:
        yield by_fact(plan.catalogue, "s2s.behind_nat_allowed", "connection-responder")


def _why_policy(plan: Plan) -> Why:
    if plan.takes_policy:
        group = Exactly(plan.catalogue.number("s2s.dh_group_default"))
        return by_fact(plan.catalogue, "s2s.dh_group_default", "connection-policy", group=group)
    return by_fact(plan.catalogue, "s2s.custom_policy_skus", "connection-without-policy")


def vnet_connections(plan: Plan) -> Iterator[VNetConnection]:
    """Two for each VNet that is joined to the hub by VPN, one each way; the key of both is one."""
    policy = ipsec_policy(plan)
    free = FreeNames(connection.name for connection in site_connections(plan))
    for index in plan.design.others:
        key = plan.keys[0][index]
        both = vnet_names(plan.need, (0, index))
        for start, end, at in ((plan.hub, key, 0), (key, plan.hub, index)):
            yield VNetConnection(
                from_vnet=start,
                to_vnet=end,
                name=free.take(f"con-vpngw-{start}-{end}"),
                location=plan.location(at),
                shared_key=Ask("shared-key", key),
                bgp=plan.bgp,
                dpd_seconds=plan.catalogue.number("s2s.dpd_timeout.default"),
                policy=policy,
                whys=(
                    by_fact(plan.catalogue, "vnet2vnet.encrypted", "connection-of-pair", vnets=both),
                    _why_policy(plan),
                ),
            )


def site_accesses(plan: Plan) -> Iterator[SiteAccess]:
    """Each site that takes a tunnel, as its device has to know it."""
    for index in plan.design.sites.tunnels:
        site = plan.need.sites[index]
        given = site.public_ipv4
        tunnels = tuple(tunnel.key for tunnel in plan.tunnels if tunnel.site == index)
        yield SiteAccess(
            index=index,
            key=plan.keys[1][index],
            typed=site.name,
            device=site.device,
            policy_based=site.policy_based_only,
            behind_nat=site.behind_nat,
            public_ipv4=given if isinstance(given, str) else None,
            own_prefixes=site.prefixes,
            reached=tuple(_reached(plan, index)),
            tunnels=tunnels,
            bgp=_has_bgp(plan, index),
            asn=site.asn,
            takes_internet=default_site(plan) in tunnels,
            findings=plan.findings_of_sites.get(index, ()),
        )


def _reached(plan: Plan, index: int) -> Iterator[tuple[str, tuple[Prefix, ...]]]:
    """The VNets that a site reaches: the hub, those that use its gateway by peering, and, where the gateways pass
    routes on, those that are joined to it by VPN; traffic selectors pass none on.
    """
    passed_on = plan.design.others if plan.need.transit and _has_bgp(plan, index) else ()
    for reached in sorted({0, *plan.design.peered, *passed_on}):
        vnet = plan.need.vnets[reached]
        yield vnet.name, vnet.prefixes
