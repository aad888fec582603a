"""What Terraform's provider for Azure calls the types and properties of resources, next to Azure's own names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from advisor.existing.references import VNET
from advisor.existing.resource_types import CIRCUIT, CONNECTION, GATEWAY, LOCAL_GATEWAY, NETWORK, PARTS, PEERING


@dataclass(frozen=True, slots=True)
class Row:
    """A property: Azure's path, Terraform's, and the rows of what is inside where it is a list of blocks.

    A part of Terraform's path that is a list is a block that is there once.
    """

    azure: str
    terraform: str
    inside: tuple[Row, ...] = ()


_COMMON = (
    Row("id", "id"),
    Row("name", "name"),
    Row("location", "location"),
    Row("resourceGroup", "resource_group_name"),
)
_SUBNET = (
    Row("name", "name"),
    Row("id", "id"),
    Row("addressPrefixes", "address_prefixes"),
    Row("addressPrefix", "address_prefix"),
)
_CLIENTS = "vpnClientConfiguration"

ROWS: Mapping[str, tuple[Row, ...]] = {
    VNET: (
        *_COMMON,
        Row("addressSpace.addressPrefixes", "address_space"),
        Row("subnets", "subnet", _SUBNET),
        Row("dhcpOptions.dnsServers", "dns_servers"),
        Row("ddosProtectionPlan", "ddos_protection_plan"),
    ),
    f"{VNET}/subnets": (*_COMMON, *_SUBNET[2:], Row("virtualNetwork.id", "virtual_network_id")),
    PEERING: (
        *_COMMON,
        Row("virtualNetwork.id", "virtual_network_id"),
        Row("remoteVirtualNetwork.id", "remote_virtual_network_id"),
        Row("allowGatewayTransit", "allow_gateway_transit"),
        Row("useRemoteGateways", "use_remote_gateways"),
    ),
    GATEWAY: (
        *_COMMON,
        Row("gatewayType", "type"),
        Row("vpnType", "vpn_type"),
        Row("sku.name", "sku"),
        Row("activeActive", "active_active"),
        Row("enableBgp", "bgp_enabled"),
        Row("enableBgp", "enable_bgp"),
        Row("vpnGatewayGeneration", "generation"),
        Row("ipConfigurations", "ip_configuration", (Row("subnet.id", "subnet_id"),)),
        Row("bgpSettings.asn", "bgp_settings.asn"),
        Row(
            "bgpSettings.bgpPeeringAddresses",
            "bgp_settings.peering_addresses",
            (Row("customBgpIpAddresses", "apipa_addresses"),),
        ),
        Row("gatewayDefaultSite.id", "default_local_network_gateway_id"),
        Row("customRoutes.addressPrefixes", "custom_route.address_prefixes"),
        Row("virtualNetworkGatewayPolicyGroups", "policy_group"),
        Row("enableBgpRouteTranslationForNat", "bgp_route_translation_for_nat_enabled"),
        Row("enableDnsForwarding", "dns_forwarding_enabled"),
        Row("allowRemoteVnetTraffic", "remote_vnet_traffic_enabled"),
        Row("allowVirtualWanTraffic", "virtual_wan_traffic_enabled"),
        Row(f"{_CLIENTS}.vpnClientAddressPool.addressPrefixes", "vpn_client_configuration.address_space"),
        Row(f"{_CLIENTS}.vpnClientProtocols", "vpn_client_configuration.vpn_client_protocols"),
        Row(f"{_CLIENTS}.vpnAuthenticationTypes", "vpn_client_configuration.vpn_auth_types"),
        Row(
            f"{_CLIENTS}.vpnClientRootCertificates", "vpn_client_configuration.root_certificate", (Row("name", "name"),)
        ),
        Row(
            f"{_CLIENTS}.vpnClientRevokedCertificates",
            "vpn_client_configuration.revoked_certificate",
            (Row("name", "name"),),
        ),
        Row(f"{_CLIENTS}.aadTenant", "vpn_client_configuration.aad_tenant"),
        Row(f"{_CLIENTS}.radiusServerAddress", "vpn_client_configuration.radius_server_address"),
        Row(f"{_CLIENTS}.radiusServers", "vpn_client_configuration.radius_server", (Row("address", "address"),)),
        Row(f"{_CLIENTS}.vpnClientIpsecPolicies", "vpn_client_configuration.ipsec_policy", (Row("group", "dh_group"),)),
    ),
    LOCAL_GATEWAY: (
        *_COMMON,
        Row("localNetworkAddressSpace.addressPrefixes", "address_space"),
        Row("gatewayIpAddress", "gateway_address"),
        Row("fqdn", "gateway_fqdn"),
        Row("bgpSettings.asn", "bgp_settings.asn"),
        Row("bgpSettings.bgpPeeringAddress", "bgp_settings.bgp_peering_address"),
    ),
    CONNECTION: (
        *_COMMON,
        Row("connectionType", "type"),
        Row("virtualNetworkGateway1.id", "virtual_network_gateway_id"),
        Row("localNetworkGateway2.id", "local_network_gateway_id"),
        Row("virtualNetworkGateway2.id", "peer_virtual_network_gateway_id"),
        Row("peer.id", "express_route_circuit_id"),
        Row("enableBgp", "bgp_enabled"),
        Row("enableBgp", "enable_bgp"),
        Row("usePolicyBasedTrafficSelectors", "use_policy_based_traffic_selectors"),
        Row("useLocalAzureIpAddress", "local_azure_ip_address_enabled"),
        Row("ipsecPolicies", "ipsec_policy", (Row("dhGroup", "dh_group"),)),
        Row("trafficSelectorPolicies", "traffic_selector_policy", (Row("local", "local_address_cidrs"),)),
        Row("connectionMode", "connection_mode"),
        Row("connectionProtocol", "connection_protocol"),
        Row("gatewayCustomBgpIpAddresses", "custom_bgp_addresses", (Row("primary", "primary"),)),
        Row("ingressNatRules", "ingress_nat_rule_ids"),
        Row("egressNatRules", "egress_nat_rule_ids"),
        Row("expressRouteGatewayBypass", "express_route_gateway_bypass"),
        Row("enablePrivateLinkFastPath", "private_link_fast_path_enabled"),
    ),
    CIRCUIT: (
        *_COMMON,
        Row("serviceProviderProperties.bandwidthInMbps", "bandwidth_in_mbps"),
        Row("bandwidthInGbps", "bandwidth_in_gbps"),
    ),
}
"""Of each type that is read, the properties that are read of it."""

TYPES: Mapping[str, str] = {
    "azurerm_virtual_network": VNET,
    "azurerm_subnet": f"{VNET}/subnets",
    "azurerm_virtual_network_peering": PEERING,
    "azurerm_virtual_network_gateway": GATEWAY,
    "azurerm_virtual_network_gateway_nat_rule": f"{GATEWAY}/natrules",
    "azurerm_local_network_gateway": LOCAL_GATEWAY,
    "azurerm_virtual_network_gateway_connection": CONNECTION,
    "azurerm_express_route_circuit": CIRCUIT,
    "azurerm_express_route_circuit_peering": f"{CIRCUIT}/peerings",
    "azurerm_express_route_circuit_connection": f"{CIRCUIT}/peerings/connections",
    "azurerm_express_route_circuit_authorization": f"{CIRCUIT}/authorizations",
    "azurerm_public_ip": PARTS[0],
    "azurerm_express_route_port": PARTS[1],
    "azurerm_virtual_wan": f"{NETWORK}virtualwans",
    "azurerm_virtual_hub": f"{NETWORK}virtualhubs",
    "azurerm_virtual_hub_connection": f"{NETWORK}virtualhubs/hubvirtualnetworkconnections",
    "azurerm_vpn_gateway": f"{NETWORK}vpngateways",
    "azurerm_vpn_gateway_connection": f"{NETWORK}vpngateways/vpnconnections",
    "azurerm_vpn_site": f"{NETWORK}vpnsites",
    "azurerm_vpn_server_configuration": f"{NETWORK}vpnserverconfigurations",
    "azurerm_point_to_site_vpn_gateway": f"{NETWORK}p2svpngateways",
    "azurerm_express_route_gateway": f"{NETWORK}expressroutegateways",
    "azurerm_express_route_connection": f"{NETWORK}expressroutegateways/expressrouteconnections",
}
"""Azure's type of each type of the provider that is known; the others have none that matters here."""


def in_azures_form(
    type_: str, attributes: Mapping[str, object], holder: str
) -> tuple[dict[str, object], dict[str, str]]:
    """The properties of a resource under Azure's names, and the path of each in the file; `holder` is the path of the
    attributes.
    """
    body: dict[str, object] = {}
    written: dict[str, str] = {}
    for row in ROWS.get(type_, _COMMON[:2]):
        path, value = _at(attributes, row.terraform)
        if value is None or row.azure in written:
            continue
        written[row.azure] = f"{holder}.{path}"
        _set(body, row.azure, list(_blocks(value, row.inside)) if row.inside else value)
    return body, written


def _at(attributes: object, path: str) -> tuple[str, object]:
    """A value by its path, with that path as the file has it."""
    walked = ""
    for part in path.split("."):
        if isinstance(attributes, list):
            attributes, walked = (attributes[0] if attributes else None), f"{walked}[0]"
        if not isinstance(attributes, Mapping):
            return walked, None
        attributes, walked = attributes.get(part), f"{walked}.{part}" if walked else part
    return walked, attributes


def _blocks(value: object, rows: tuple[Row, ...]) -> Iterator[Mapping[str, object]]:
    for block in value if isinstance(value, list) else [value]:
        if isinstance(block, Mapping):
            inside: dict[str, object] = {}
            for row in rows:
                _, found = _at(block, row.terraform)
                if found is not None:
                    _set(inside, row.azure, found)
            yield inside


def _set(body: dict[str, object], path: str, value: object) -> None:
    *outer, name = path.split(".")
    for part in outer:
        inner = body.setdefault(part, {})
        if not isinstance(inner, dict):
            return
        body = inner
    body[name] = value
