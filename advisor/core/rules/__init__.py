"""The rules of edition 2016-12, in the order of the table of finding codes.

A rule reads a need, the limits and the design that follows from them, and says what it finds. None sees what another
found; only `advisor.core.decide` combines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from advisor.core.advice import Finding
from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.rules import bandwidth, clients, gateway_subnet, overlaps, routing, sites, vnets, vpn_gateway
from faq.knowledge.limits import Catalogue

Rule = Callable[[Need, Catalogue, Design], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    overlaps.overlapping_prefixes,
    vpn_gateway.tunnel_limit_exceeded,
    vpn_gateway.policy_based_single_tunnel,
    vpn_gateway.gateway_routing_mismatch,
    vpn_gateway.gateway_sku_too_small,
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
    vpn_gateway.policy_based_idle_timeout,
    bandwidth.bandwidth_shared,
    bandwidth.throughput_not_guaranteed,
    bandwidth.backup_slower_than_circuit,
    vnets.inter_region_charges,
    vnets.peering_possible,
    vnets.vnets_can_share_circuit,
    clients.no_auto_reconnect,
    clients.client_pools_must_differ,
)
