"""The resources of a deployment with their properties as Bicep has them.

https://learn.microsoft.com/azure/templates/microsoft.network/allversions
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from advisor.core.addressing import Prefix
from advisor.core.deployment import Deployment
from advisor.core.deployment_parameters import Ask, Why
from advisor.core.deployment_resources import (
    Circuit,
    CircuitConnection,
    ClientAccess,
    ExpressRouteGateway,
    GatewaySubnet,
    IpsecPolicy,
    LocalGateway,
    Peering,
    PublicIp,
    SiteConnection,
    VNet,
    VNetConnection,
    VpnGateway,
)
from advisor.formats.deployables.bicep_syntax import Code, Symbols, Value

NETWORK = "Microsoft.Network"
GATEWAY_SUBNET = "GatewaySubnet"
"""The name that Azure looks for."""

IPSEC_POLICIES = Code("ipsecPolicies")
"""The constant with the one policy of all connections."""

PROTOCOLS = {"openvpn": "OpenVPN", "ikev2": "IkeV2", "sstp": "SSTP"}
AUTHENTICATIONS = {"certificate": "Certificate", "entra-id": "AAD", "radius": "Radius"}

Properties = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource of a file: its symbol, its type without the provider, what is in it, and why.

    `condition` is the parameter without which it is not made.
    """

    symbol: Code
    type: str
    body: Properties
    whys: tuple[Why, ...]
    exists: bool = False
    condition: Code | None = None


def resources(deployment: Deployment) -> Iterator[Resource]:
    """Every resource, in the order in which it is written."""
    symbols = Symbols(deployment)
    yield from (_vnet(symbols, one) for one in deployment.vnets)
    yield from (_subnet(symbols, one) for one in deployment.subnets)
    yield from (_public_ip(symbols, one) for one in deployment.public_ips)
    yield from (_local_gateway(symbols, one) for one in deployment.local_gateways)
    yield from (_vpn_gateway(symbols, one) for one in deployment.vpn_gateways)
    if deployment.circuit:
        yield _circuit(symbols, deployment.hub, deployment.circuit)
    if deployment.expressroute_gateway:
        yield _expressroute_gateway(symbols, deployment.expressroute_gateway)
    yield from (_site_connection(symbols, one) for one in deployment.site_connections)
    yield from (_vnet_connection(symbols, one) for one in deployment.vnet_connections)
    if deployment.circuit_connection:
        yield _circuit_connection(symbols, deployment.circuit_connection)
    yield from (_peering(symbols, deployment, one) for one in deployment.peerings)


def _vnet(symbols: Symbols, vnet: VNet) -> Resource:
    body: dict[str, Value] = {"name": vnet.name}
    if vnet.location:
        body |= {
            "location": symbols.value(vnet.location),
            "properties": {"addressSpace": {"addressPrefixes": _prefixes(symbols, vnet.prefixes)}},
        }
    return Resource(symbols.resource("vnet", vnet.key), "virtualNetworks", body, vnet.whys, vnet.exists)


def _prefixes(symbols: Symbols, prefixes: tuple[Prefix, ...] | Ask) -> Value:
    return Code(symbols.parameter(prefixes)) if isinstance(prefixes, Ask) else [str(prefix) for prefix in prefixes]


def _subnet(symbols: Symbols, subnet: GatewaySubnet) -> Resource:
    body: dict[str, Value] = {"parent": symbols.resource("vnet", subnet.vnet), "name": GATEWAY_SUBNET}
    if not subnet.exists:
        prefix = symbols.value(subnet.prefix if isinstance(subnet.prefix, Ask) else str(subnet.prefix))
        body["properties"] = {"addressPrefix": prefix}
    symbol = symbols.resource("gateway-subnet", subnet.vnet)
    return Resource(symbol, "virtualNetworks/subnets", body, subnet.whys, subnet.exists)


def _public_ip(symbols: Symbols, address: PublicIp) -> Resource:
    body: dict[str, Value] = {"name": symbols.value(address.name)}
    if address.location:
        body |= {"location": symbols.value(address.location), "sku": {"name": "Standard"}}
        if address.zones:
            body["zones"] = symbols.value(address.zones)
        body["properties"] = {"publicIPAllocationMethod": "Static"}
    symbol = symbols.resource("pip-vpngw", address.vnet, str(address.number))
    return Resource(symbol, "publicIPAddresses", body, address.whys, address.exists)


def _local_gateway(symbols: Symbols, gateway: LocalGateway) -> Resource:
    properties: dict[str, Value] = {"gatewayIpAddress": symbols.value(gateway.address)}
    if gateway.bgp:
        properties["bgpSettings"] = {
            "asn": symbols.value(gateway.bgp.asn),
            "bgpPeeringAddress": symbols.value(gateway.bgp.address),
        }
    else:
        properties["localNetworkAddressSpace"] = {"addressPrefixes": _prefixes(symbols, gateway.prefixes)}
    body = {"name": gateway.name, "location": symbols.value(gateway.location), "properties": properties}
    return Resource(symbols.resource("lgw", gateway.key), "localNetworkGateways", body, gateway.whys)


def _vpn_gateway(symbols: Symbols, gateway: VpnGateway) -> Resource:
    body: dict[str, Value] = {"name": symbols.value(gateway.name)}
    if gateway.location:
        body |= {
            "location": symbols.value(gateway.location),
            "properties": dict(_properties_of_vpn_gateway(symbols, gateway)),
        }
    symbol, whys = symbols.resource("vpngw", gateway.vnet), gateway.whys + gateway.changes
    return Resource(symbol, "virtualNetworkGateways", body, whys, gateway.exists)


def _properties_of_vpn_gateway(symbols: Symbols, gateway: VpnGateway) -> Iterator[tuple[str, Value]]:
    yield "gatewayType", "Vpn"
    yield "vpnType", "RouteBased" if gateway.routing == "route-based" else "PolicyBased"
    yield "vpnGatewayGeneration", f"Generation{gateway.generation}"
    yield "sku", {"name": gateway.sku, "tier": gateway.sku}
    yield "activeActive", gateway.active_active
    yield "enableBgp", gateway.bgp
    if gateway.asn is not None:
        yield "bgpSettings", {"asn": symbols.value(gateway.asn)}
    if gateway.private_address:
        yield "enablePrivateIpAddress", True
    if gateway.default_site:
        yield "gatewayDefaultSite", {"id": symbols.id("lgw", gateway.default_site)}
    addresses = (symbols.id("pip-vpngw", gateway.vnet, str(number)) for number in gateway.addresses)
    yield "ipConfigurations", _ip_configurations(symbols, gateway.vnet, addresses)
    if gateway.clients:
        yield "vpnClientConfiguration", dict(_clients(symbols, gateway.clients))


def _ip_configurations(symbols: Symbols, vnet: str, addresses: Iterable[Code | None]) -> Value:
    return [
        {
            "name": f"ipConfig{number}",
            "properties": {
                "privateIPAllocationMethod": "Dynamic",
                "subnet": {"id": symbols.id("gateway-subnet", vnet)},
                **({"publicIPAddress": {"id": address}} if address else {}),
            },
        }
        for number, address in enumerate(addresses, start=1)
    ]


def _clients(symbols: Symbols, clients: ClientAccess) -> Iterator[tuple[str, Value]]:
    pool = symbols.value(clients.pool if isinstance(clients.pool, Ask) else str(clients.pool))
    yield "vpnClientAddressPool", {"addressPrefixes": [pool]}
    yield "vpnClientProtocols", [PROTOCOLS[clients.protocol]]
    yield "vpnAuthenticationTypes", [AUTHENTICATIONS[clients.authentication]]
    if clients.root_certificates:
        yield (
            "vpnClientRootCertificates",
            [
                {"name": f"root-{number}", "properties": {"publicCertData": symbols.value(data)}}
                for number, data in enumerate(clients.root_certificates, start=1)
            ],
        )
    if clients.tenant and clients.audience:
        tenant = symbols.parameter(clients.tenant)
        yield "aadTenant", Code(f"'${{environment().authentication.loginEndpoint}}${{{tenant}}}'")
        yield "aadAudience", symbols.value(clients.audience)
        yield "aadIssuer", Code(f"'https://sts.windows.net/${{{tenant}}}/'")
    if clients.radius_server and clients.radius_secret:
        yield "radiusServerAddress", symbols.value(clients.radius_server)
        yield "radiusServerSecret", symbols.value(clients.radius_secret)


def _circuit(symbols: Symbols, hub: VNet, circuit: Circuit) -> Resource:
    properties: dict[str, Value] = {}
    if circuit.port and isinstance(circuit.mbps, int):
        properties |= {"expressRoutePort": {"id": symbols.value(circuit.port)}, "bandwidthInGbps": circuit.mbps // 1000}
    elif circuit.provider and circuit.peering_location:
        properties["serviceProviderProperties"] = {
            "serviceProviderName": symbols.value(circuit.provider),
            "peeringLocation": symbols.value(circuit.peering_location),
            "bandwidthInMbps": symbols.value(circuit.mbps),
        }
    body: dict[str, Value] = {
        "name": circuit.name,
        "location": symbols.value(circuit.location),
        "sku": {"name": f"{circuit.tier}_MeteredData", "tier": circuit.tier, "family": "MeteredData"},
        "properties": properties,
    }
    return Resource(symbols.resource("erc", hub.key), "expressRouteCircuits", body, circuit.whys)


def _expressroute_gateway(symbols: Symbols, gateway: ExpressRouteGateway) -> Resource:
    properties: dict[str, Value] = {
        "gatewayType": "ExpressRoute",
        "sku": {"name": gateway.sku, "tier": gateway.sku},
        "ipConfigurations": _ip_configurations(symbols, gateway.vnet, [None]),
    }
    if gateway.scale_units is not None:
        bounds = {"min": gateway.scale_units, "max": gateway.scale_units}
        properties["autoScaleConfiguration"] = {"bounds": bounds}
    body = {"name": gateway.name, "location": symbols.value(gateway.location), "properties": properties}
    return Resource(symbols.resource("ergw", gateway.vnet), "virtualNetworkGateways", body, gateway.whys)


def _reference(of: Code) -> Value:
    """A reference to a gateway, with the properties that the types demand."""
    return {"id": of, "properties": {}}


def _policy(policy: IpsecPolicy | None) -> Properties:
    return {"ipsecPolicies": IPSEC_POLICIES} if policy else {}


def _site_connection(symbols: Symbols, connection: SiteConnection) -> Resource:
    properties: dict[str, Value] = {
        "connectionType": "IPsec",
        "connectionProtocol": symbols.value(connection.protocol),
        "virtualNetworkGateway1": _reference(symbols.id("vpngw", connection.vnet)),
        "localNetworkGateway2": _reference(symbols.id("lgw", connection.key)),
        "sharedKey": symbols.value(connection.shared_key),
        "enableBgp": connection.bgp,
        "dpdTimeoutSeconds": connection.dpd_seconds,
        **_policy(connection.policy),
    }
    if connection.traffic_selectors:
        properties["usePolicyBasedTrafficSelectors"] = True
    if connection.responder_only:
        properties["connectionMode"] = "ResponderOnly"
    if connection.over_private_peering:
        properties["useLocalAzureIpAddress"] = True
    body = {"name": connection.name, "location": symbols.value(connection.location), "properties": properties}
    return Resource(
        symbols.resource("con-vpngw", connection.vnet, connection.key), "connections", body, connection.whys
    )


def _vnet_connection(symbols: Symbols, connection: VNetConnection) -> Resource:
    properties: dict[str, Value] = {
        "connectionType": "Vnet2Vnet",
        "connectionProtocol": "IKEv2",
        "virtualNetworkGateway1": _reference(symbols.id("vpngw", connection.from_vnet)),
        "virtualNetworkGateway2": _reference(symbols.id("vpngw", connection.to_vnet)),
        "sharedKey": symbols.value(connection.shared_key),
        "enableBgp": connection.bgp,
        "dpdTimeoutSeconds": connection.dpd_seconds,
        **_policy(connection.policy),
    }
    body = {"name": connection.name, "location": symbols.value(connection.location), "properties": properties}
    symbol = symbols.resource("con-vpngw", connection.from_vnet, connection.to_vnet)
    return Resource(symbol, "connections", body, connection.whys)


def _circuit_connection(symbols: Symbols, connection: CircuitConnection) -> Resource:
    circuit = symbols.value(connection.circuit) if connection.circuit else symbols.id("erc", connection.vnet)
    properties: dict[str, Value] = {
        "connectionType": "ExpressRoute",
        "virtualNetworkGateway1": _reference(symbols.id("ergw", connection.vnet)),
        "peer": {"id": circuit},
    }
    if connection.authorization_key:
        key = symbols.parameter(connection.authorization_key)
        properties["authorizationKey"] = Code(f"empty({key}) ? null : {key}")
    body = {"name": connection.name, "location": symbols.value(connection.location), "properties": properties}
    condition = Code(symbols.parameter(connection.provisioned)) if connection.provisioned else None
    symbol = symbols.resource("con-ergw", connection.vnet)
    return Resource(symbol, "connections", body, connection.whys, condition=condition)


def _peering(symbols: Symbols, deployment: Deployment, peering: Peering) -> Resource:
    waits = list(_waited_for(symbols, deployment, peering))
    body: dict[str, Value] = {
        "parent": symbols.resource("vnet", peering.from_vnet),
        "name": peering.name,
        "properties": {
            "remoteVirtualNetwork": {"id": symbols.id("vnet", peering.to_vnet)},
            "allowVirtualNetworkAccess": True,
            "allowForwardedTraffic": peering.allow_forwarded_traffic,
            "allowGatewayTransit": peering.allow_gateway_transit,
            "useRemoteGateways": peering.use_remote_gateways,
        },
        **({"dependsOn": waits} if waits else {}),
    }
    symbol = symbols.resource("peer", peering.from_vnet, peering.to_vnet)
    return Resource(symbol, "virtualNetworks/virtualNetworkPeerings", body, peering.whys)


def _waited_for(symbols: Symbols, deployment: Deployment, peering: Peering) -> Iterator[Code]:
    """What has to be there before: for the side of the hub its GatewaySubnet, for the other side the side of the hub
    and each gateway of the hub. What exists already is not waited for.
    """
    hub = deployment.hub.key
    if peering.of_hub:
        made = (subnet for subnet in deployment.subnets if subnet.vnet == hub and not subnet.exists)
        yield from (symbols.resource("gateway-subnet", subnet.vnet) for subnet in made)
        return
    yield symbols.resource("peer", hub, peering.from_vnet)
    yield from (symbols.resource("vpngw", one.vnet) for one in deployment.vpn_gateways if not one.exists)
    if deployment.expressroute_gateway:
        yield symbols.resource("ergw", hub)
