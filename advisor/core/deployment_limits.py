"""The keys of the catalogue that the files of a deployment read, beyond those of the rule book of the edition."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.editions.base import keys_of_members
from advisor.core.skus import sku_key, vpn_skus
from faq.knowledge.limits import Catalogue

DEPLOYABLE = "gateway.deployable"
"""The key of whether what an edition advises can still be made."""

_KEYS = (
    "bgp.default_asn",
    "bgp.local_network_gateway_prefix",
    "bgp.peer_ip",
    "bgp.peer_ip_not_public_ip",
    "bgp.timers.hold",
    "bgp.timers.keepalive",
    "coexist.er_gateway_order",
    "coexist.s2s_and_expressroute",
    "expressroute.public_ip_gateway",
    "expressroute.redundant_pair",
    "forced_tunneling.mechanism",
    "gateway.active_active_advised",
    "gateway.az_sku_in_region_without_zones",
    "gateway.creation_time",
    "gateway.ike_by_type",
    "gateway.legacy_migration",
    "gateway.per_vnet",
    "gateway.public_ip_changes_on_recreate",
    "gateway.subnet_nsg_allowed",
    "gateway.upgrade_non_az_to_az",
    "gateway.upgrade_within_az",
    "p2s.certificate_types",
    "p2s.protocols",
    "p2s.radius_on_premises_path",
    "s2s.behind_nat_allowed",
    "s2s.custom_policy_skus",
    "s2s.dpd_timeout.default",
    "s2s.ike_phase1_lifetime.policy",
    "s2s.ike_phase1_lifetime.route",
    "s2s.ike_phase2_lifetime.policy",
    "s2s.ike_phase2_lifetime.route",
    "s2s.ike_phase2_lifetime_kb.policy",
    "s2s.ike_phase2_lifetime_kb.route",
    "s2s.pfs",
    "s2s.psk_charset",
    "s2s.psk_max_length",
    "s2s.psk_min_length",
    "s2s.public_ipv4_required",
    "s2s.traffic_selectors_need_custom_policy",
    "s2s.tunnel_mtu",
    "s2s_over_expressroute.prefixes",
    "s2s_over_expressroute.skus",
    "vnet2vnet.encrypted",
    "vnet2vnet.gateway_type",
    "vnet_peering.bandwidth_limit",
    "vnet_peering.gateway_transit",
    "vnet_peering.transitive",
)


def is_deployable(catalogue: Catalogue) -> bool:
    """Whether what an edition advises can still be made."""
    return DEPLOYABLE in catalogue and catalogue.flag(DEPLOYABLE)


def limit_keys(catalogue: Catalogue) -> Iterator[str]:
    """Every key that the files of a deployment read; none where the edition has no files. What hangs on a missing list
    goes unnamed.
    """
    if not is_deployable(catalogue):
        return
    yield from _KEYS
    yield from keys_of_members(catalogue, "gateway.vpn_skus")
    if "gateway.vpn_skus" in catalogue:
        yield from (sku_key(catalogue, sku, "zone_redundant") for sku in vpn_skus(catalogue))


def missing_limits(catalogue: Catalogue) -> tuple[str, ...]:
    """The keys that the files of a deployment read and the catalogue lacks."""
    return tuple(dict.fromkeys(key for key in limit_keys(catalogue) if key not in catalogue))
