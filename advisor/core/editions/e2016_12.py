"""The rule book of edition 2016-12, by the documents of that year."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.connections import connections, why_not
from advisor.core.design import make_design
from advisor.core.editions.base import Rule, RuleBook, entries_of, keys_of_members
from advisor.core.gateways import expressroute_gateway, vpn_gateway
from advisor.core.limit_rows import limit_rows
from advisor.core.rules import bandwidth, clients, gateway_subnet, overlaps, routing, sites, vnets
from advisor.core.rules import vpn_gateway as vpn
from faq.knowledge.connection_types import CONNECTION_TYPES
from faq.knowledge.limits import Catalogue

FINDINGS = {
    "overlapping-prefixes": "error",
    "more-overlaps": "error",
    "tunnel-limit-exceeded": "error",
    "policy-based-single-tunnel": "error",
    "gateway-routing-mismatch": "error",
    "gateway-sku-too-small": "error",
    "bandwidth-exceeds-gateway": "error",
    "bandwidth-exceeds-expressroute": "error",
    "no-vpn-device": "error",
    "no-public-ipv4": "error",
    "public-ipv4-not-public": "error",
    "redundant-tunnels-need-bgp": "error",
    "bgp-not-supported": "error",
    "transit-not-across-expressroute": "error",
    "forced-tunneling-needs-route-based": "error",
    "forced-tunneling-needs-site": "error",
    "client-limit-exceeded": "error",
    "client-system-unsupported": "error",
    "client-pool-too-small": "error",
    "root-certificate-limit-exceeded": "error",
    "point-to-site-beside-expressroute": "error",
    "gateway-subnet-too-small": "error",
    "gateway-subnet-outside-vnet": "error",
    "gateway-subnet-in-use": "error",
    "gateway-subnet-no-room": "error",
    "bandwidth-exceeds-vpn": "warning",
    "private-path-not-for-clients": "warning",
    "private-path-not-for-backup": "warning",
    "transit-needs-bgp": "warning",
    "transit-static-error-prone": "warning",
    "classic-and-resource-manager-mixed": "warning",
    "device-not-validated": "warning",
    "gateway-subnet-below-recommended": "warning",
    "nothing-to-connect": "info",
    "existing-circuit-unused": "info",
    "software-vpn": "info",
    "policy-based-idle-timeout": "info",
    "bandwidth-shared": "info",
    "throughput-not-guaranteed": "info",
    "backup-slower-than-circuit": "info",
    "inter-region-charges": "info",
    "peering-possible": "info",
    "vnets-can-share-circuit": "info",
    "no-auto-reconnect": "info",
    "client-pools-must-differ": "info",
}
"""Each finding code with its severity. The codes are public and stay as they are; the order is that of the contract."""

REASONS = (
    "one-site",
    "several-sites",
    "clients",
    "several-vnets",
    "private-path",
    "circuit-exists",
    "bandwidth",
    "site-asks-expressroute",
    "backup",
    "no-sites",
    "one-site-only",
    "more-than-one-site",
    "no-device",
    "sites-over-expressroute",
    "no-clients",
    "one-vnet",
    "vpn-suffices",
)
"""Why a connection is chosen, then why not; public too."""

CAUSES = ("bgp-policy-based", "bgp-sku", "bgp-classic", "bgp-beside-expressroute")
"""What rules BGP out."""

RULES: tuple[Rule, ...] = (
    overlaps.overlapping_prefixes,
    vpn.tunnel_limit_exceeded,
    vpn.policy_based_single_tunnel,
    vpn.gateway_routing_mismatch,
    vpn.gateway_sku_too_small,
    bandwidth.bandwidth_exceeds_gateway,
    bandwidth.bandwidth_exceeds_expressroute,
    sites.no_vpn_device,
    sites.no_public_ipv4,
    sites.public_ipv4_not_public,
    sites.redundant_tunnels_need_bgp,
    routing.bgp_not_supported,
    routing.transit_not_across_expressroute,
    routing.forced_tunneling_needs_route_based,
    routing.forced_tunneling_needs_site,
    clients.client_limit_exceeded,
    clients.client_system_unsupported,
    clients.client_pool_too_small,
    clients.root_certificate_limit_exceeded,
    clients.point_to_site_beside_expressroute,
    gateway_subnet.gateway_subnet_too_small,
    gateway_subnet.gateway_subnet_outside_vnet,
    gateway_subnet.gateway_subnet_in_use,
    gateway_subnet.gateway_subnet_no_room,
    bandwidth.bandwidth_exceeds_vpn,
    routing.private_path_not_for_clients,
    routing.private_path_not_for_backup,
    routing.transit_needs_bgp,
    routing.transit_static_error_prone,
    vnets.classic_and_resource_manager_mixed,
    sites.device_not_validated,
    gateway_subnet.gateway_subnet_below_recommended,
    vnets.nothing_to_connect,
    vnets.existing_circuit_unused,
    sites.software_vpn,
    vpn.policy_based_idle_timeout,
    bandwidth.bandwidth_shared,
    bandwidth.throughput_not_guaranteed,
    bandwidth.backup_slower_than_circuit,
    vnets.inter_region_charges,
    vnets.peering_possible,
    vnets.vnets_can_share_circuit,
    clients.no_auto_reconnect,
    clients.client_pools_must_differ,
)
"""In the order of the findings."""


def limit_keys(catalogue: Catalogue) -> Iterator[str]:
    """Every key that this book reads."""
    yield from keys_of_members(
        catalogue,
        "gateway.vpn_skus",
        "sku.{}.s2s_tunnels",
        "sku.{}.throughput",
        "sku.{}.bgp",
        "sku.{}.er_coexist",
        "sku.{}.policy_based",
    )
    yield from keys_of_members(catalogue, "expressroute.gateway_skus", "sku.{}.er_gateway_throughput")
    yield from (
        "addresses.not_public",
        "bgp.classic_model",
        "bgp.skus",
        "coexist.er_bgp_for_s2s",
        "coexist.er_p2s.classic",
        "coexist.er_p2s.resource_manager",
        "coexist.er_transit_vpn_to_er",
        "expressroute.circuit_bandwidths",
        "expressroute.vnets_per_circuit",
        "gateway.creation_time",
        "gateway.subnet_min_prefix",
        "gateway.subnet_prefix_er_coexist",
        "gateway.subnet_recommended_prefix",
        "p2s.auto_reconnect",
        "p2s.client_os",
        "p2s.max_clients",
        "p2s.max_root_certificates",
        "s2s.idle_timeout_policy_based",
        "s2s.tunnels_policy_based_gateway",
        "vnet_peering.peerings_per_vnet.default",
        "vnet_peering.peerings_per_vnet.max",
    )


BOOK = RuleBook(
    connection_types=CONNECTION_TYPES,
    findings=FINDINGS,
    reasons=REASONS,
    causes=CAUSES,
    entries=entries_of("2016-12"),
    limit_keys=limit_keys,
    make_design=make_design,
    rules=RULES,
    connections=connections,
    why_not=why_not,
    vpn_gateway=vpn_gateway,
    expressroute_gateway=expressroute_gateway,
    limit_rows=limit_rows,
)
