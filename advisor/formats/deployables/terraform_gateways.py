"""The VNets and gateways of a Terraform file, with their subnets and addresses."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.deployment_resources import (
    ClientAccess,
    PublicIp,
    VpnGateway,
)
from advisor.formats.deployables.quoting import hcl
from advisor.formats.deployables.terraform_context import (
    Context,
    each,
    for_each,
    head_of,
    ip_configuration,
    label_suffix,
)
from advisor.formats.deployables.terraform_syntax import Block, Code, Item, Value, block
from advisor.formats.deployables.terraform_variables import reference

GATEWAY_SUBNET = "GatewaySubnet"
"""The name that Azure looks for."""

PROTOCOLS = {"openvpn": "OpenVPN", "ikev2": "IkeV2", "sstp": "SSTP"}
AUTHENTICATIONS = {"certificate": "Certificate", "entra-id": "AAD", "radius": "Radius"}
LOGIN = "https://login.microsoftonline.com/"
ISSUER = "https://sts.windows.net/"
"""Of Microsoft Entra ID in the public cloud; the tenant stands behind them."""


def vnets(context: Context) -> Iterator[Block]:
    """The hub, and the VNets behind it of each subscription: made, or referred to."""
    hub = context.deployment.hub
    made: list[Item] = []
    if hub.location:
        made = [("location", context.value(hub.location)), ("address_space", context.prefixes(hub.prefixes))]
    yield block(
        head_of(context.vnet_of_hub()), ("name", hub.name), *context.in_group(), *made, comments=context.told(hub.whys)
    )
    for subscription in context.subscriptions():
        made = [("location", each("location")), ("address_space", each("prefixes"))] if hub.location else []
        yield block(
            head_of(context.vnets_behind(subscription)),
            for_each("vnets", subscription),
            ("name", each("name")),
            *context.in_group(subscription),
            *made,
        )


def subnets(context: Context) -> Iterator[Block]:
    """Each GatewaySubnet, with nothing attached to it."""
    hub = context.deployment.hub.key
    for subnet in (one for one in context.deployment.subnets if one.vnet == hub):
        made: list[Item] = [] if subnet.exists else [("address_prefixes", [context.value(subnet.prefix)])]
        yield block(
            head_of(context.subnet(subnet)),
            ("name", GATEWAY_SUBNET),
            *context.in_group(),
            ("virtual_network_name", Code(f"{context.vnet_of_hub()}.name")),
            *made,
            comments=context.told(subnet.whys),
        )
    if any(one.vnet != hub for one in context.deployment.subnets):
        for subscription in context.subscriptions():
            yield block(
                head_of(f"azurerm_subnet.gateway_subnets{label_suffix(subscription)}"),
                for_each("vnets", subscription),
                ("name", GATEWAY_SUBNET),
                *context.in_group(subscription),
                ("virtual_network_name", Code(f"{context.vnets_behind(subscription)}[each.key].name")),
                ("address_prefixes", [each("gateway_subnet")]),
            )


def public_ips(context: Context) -> Iterator[Block]:
    """The public addresses of the VPN gateways."""
    hub = context.deployment.hub.key
    for address in (one for one in context.deployment.public_ips if one.vnet == hub):
        made: list[Item] = [] if address.exists else list(_of_public_ip(context, address, None))
        yield block(
            head_of(context.public_ip(address)),
            ("name", context.value(address.name)),
            *context.in_group(),
            *made,
            comments=context.told(address.whys),
        )
    others = [one for one in context.deployment.public_ips if one.vnet != hub]
    for subscription in context.subscriptions() if others else []:
        yield block(
            head_of(f"azurerm_public_ip.gateway_addresses{label_suffix(subscription)}"),
            for_each("vnets", subscription),
            ("name", each("public_ip")),
            *context.in_group(subscription),
            *_of_public_ip(context, others[0], each("location")),
            comments=context.told(others[0].whys),
        )


def _of_public_ip(context: Context, address: PublicIp, location: Value) -> Iterator[Item]:
    yield "location", location or (context.value(address.location) if address.location else None)
    yield "allocation_method", "Static"
    yield "sku", "Standard"
    if address.zones:
        yield "zones", context.value(address.zones)


def vpn_gateways(context: Context) -> Iterator[Block]:
    """The VPN gateway of the hub, and those of the VNets that are joined to it by VPN."""
    for gateway in context.deployment.vpn_gateways[:1]:
        made: list[Item] = [] if gateway.exists else list(_of_vpn_gateway(context, gateway))
        yield block(
            head_of(context.vpn_gateway()),
            ("name", context.value(gateway.name)),
            *context.in_group(),
            *made,
            comments=context.told(
                (*gateway.whys, *(gateway.clients.whys if gateway.clients else ()), *gateway.changes)
            ),
        )
    others = context.deployment.vpn_gateways[1:]
    for subscription in context.subscriptions() if others else []:
        suffix = label_suffix(subscription)
        yield block(
            head_of(f"azurerm_virtual_network_gateway.vpn_gateways{suffix}"),
            for_each("vnets", subscription),
            ("name", each("gateway")),
            *context.in_group(subscription),
            ("location", each("location")),
            *_kind_of_vpn_gateway(context, others[0]),
            *([block("bgp_settings", ("asn", each("asn")))] if others[0].bgp else []),
            ip_configuration(
                1,
                Code(f"azurerm_subnet.gateway_subnets{suffix}[each.key].id"),
                Code(f"azurerm_public_ip.gateway_addresses{suffix}[each.key].id"),
            ),
        )


def _kind_of_vpn_gateway(context: Context, gateway: VpnGateway) -> Iterator[Item]:
    yield "type", "Vpn"
    yield "vpn_type", "RouteBased" if gateway.routing == "route-based" else "PolicyBased"
    yield "sku", gateway.sku
    yield "generation", f"Generation{gateway.generation}"
    yield "active_active", gateway.active_active
    yield "bgp_enabled", gateway.bgp


def _of_vpn_gateway(context: Context, gateway: VpnGateway) -> Iterator[Item]:
    if gateway.location:
        yield "location", context.value(gateway.location)
    yield from _kind_of_vpn_gateway(context, gateway)
    if gateway.private_address:
        yield "private_ip_address_enabled", True
    if gateway.default_site:
        site = f"azurerm_local_network_gateway.sites[{hcl(gateway.default_site)}]"
        yield "default_local_network_gateway_id", Code(f"{site}.id")
    if gateway.asn is not None:
        yield block("bgp_settings", ("asn", context.value(gateway.asn)))
    addresses = [one for one in context.deployment.public_ips if one.vnet == gateway.vnet]
    for address in addresses:
        yield ip_configuration(address.number, context.subnet_of_hub(), Code(f"{context.public_ip(address)}.id"))
    if gateway.clients:
        yield block("vpn_client_configuration", *_clients(context, gateway.clients))


def _clients(context: Context, clients: ClientAccess) -> Iterator[Item]:
    yield "address_space", [context.value(clients.pool)]
    yield "vpn_client_protocols", [PROTOCOLS[clients.protocol]]
    yield "vpn_auth_types", [AUTHENTICATIONS[clients.authentication]]
    if clients.tenant and clients.audience:
        tenant = reference(context.deployment, clients.tenant).text
        yield "aad_tenant", Code(f'"{LOGIN}${{{tenant}}}"')
        yield "aad_audience", context.value(clients.audience)
        yield "aad_issuer", Code(f'"{ISSUER}${{{tenant}}}/"')
    if clients.radius_server and clients.radius_secret:
        yield "radius_server_address", context.value(clients.radius_server)
        yield "radius_server_secret", context.value(clients.radius_secret)
    for number, data in enumerate(clients.root_certificates, start=1):
        yield block("root_certificate", ("name", f"root-{number}"), ("public_cert_data", context.value(data)))


def circuit(context: Context) -> Iterator[Block]:
    """The circuit to order, where there is one."""
    circuit = context.deployment.circuit
    if circuit is None:
        return
    body: list[Item] = [("name", circuit.name), *context.in_group(), ("location", context.value(circuit.location))]
    if circuit.port and isinstance(circuit.mbps, int):
        body += [("express_route_port_id", context.value(circuit.port)), ("bandwidth_in_gbps", circuit.mbps // 1000)]
    elif circuit.provider and circuit.peering_location:
        body += [
            ("service_provider_name", context.value(circuit.provider)),
            ("peering_location", context.value(circuit.peering_location)),
            ("bandwidth_in_mbps", context.value(circuit.mbps)),
        ]
    body.append(block("sku", ("tier", circuit.tier), ("family", "MeteredData")))
    yield block(head_of(context.circuit_address()), *body, comments=context.told(circuit.whys))


def expressroute_gateway(context: Context) -> Iterator[Block]:
    """The ExpressRoute gateway, where there is one. It has no public address."""
    gateway = context.deployment.expressroute_gateway
    if gateway is None:
        return
    comments = list(context.told(gateway.whys))
    if gateway.scale_units is not None:
        comments.append(context.commentary.say("scale-units", gateway=gateway.name, units=gateway.scale_units))
    yield block(
        head_of(context.expressroute_gateway_address()),
        ("name", gateway.name),
        *context.in_group(),
        ("location", context.value(gateway.location)),
        ("type", "ExpressRoute"),
        ("sku", gateway.sku),
        ip_configuration(1, context.subnet_of_hub(), None),
        comments=comments,
    )
