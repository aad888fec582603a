"""The VNets and gateways of a script for az, with their subnets, addresses and far ends."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.deployment_parameters import Ask
from advisor.core.deployment_resources import (
    ClientAccess,
    GatewaySubnet,
    LocalGateway,
    PublicIp,
    VNet,
    VpnGateway,
)
from advisor.formats.deployables.az_script import FROM_INPUT, QUIET, Script
from advisor.formats.deployables.az_syntax import (
    Code,
    Option,
    command,
    options,
    variable,
    variable_name,
)

GATEWAY_SUBNET = "GatewaySubnet"
"""The name that Azure looks for."""

ZONE_OPTIONS = Code('${ZONE_OPTIONS[@]+"${ZONE_OPTIONS[@]}"}')
"""The option with the zones, or nothing: an older Bash takes an empty array for one that is not set."""

PROTOCOLS = {"openvpn": "OpenVPN", "ikev2": "IkeV2", "sstp": "SSTP"}
AUTHENTICATIONS = {"certificate": "Certificate", "entra-id": "AAD", "radius": "Radius"}
LOGIN = "https://login.microsoftonline.com/"
ISSUER = "https://sts.windows.net/"
"""Of Microsoft Entra ID in the public cloud; the tenant stands behind them."""


def vnet_lines(script: Script, vnet: VNet) -> list[str]:
    """A VNet that is made."""
    given = options(name=vnet.name, location=script.at(vnet.location), address_prefixes=script.words(vnet.prefixes))
    return script.made(vnet.key, "vnet create", given, vnet.whys)


def subnet_lines(script: Script, subnet: GatewaySubnet) -> list[str]:
    """A GatewaySubnet."""
    name = script.name_of(subnet.vnet)
    given = options(vnet_name=name, name=GATEWAY_SUBNET, address_prefixes=script.word(subnet.prefix))
    return script.made(subnet.vnet, "vnet subnet create", given, subnet.whys)


def public_ip_lines(script: Script, address: PublicIp) -> list[str]:
    """A public address of a VPN gateway."""
    given = options(
        name=script.word(address.name),
        location=script.at(address.location),
        sku="Standard",
        allocation_method="Static",
    )
    if address.zones:
        given.append((ZONE_OPTIONS.text, []))
    return script.made(address.vnet, "public-ip create", given, address.whys)


def local_gateway_lines(script: Script, gateway: LocalGateway) -> list[str]:
    """The far end of a tunnel to a site."""
    given = options(
        name=gateway.name,
        location=script.at(gateway.location),
        gateway_ip_address=script.word(gateway.address),
    )
    if gateway.bgp:
        given += options(asn=script.word(gateway.bgp.asn), bgp_peering_address=script.word(gateway.bgp.address))
    else:
        given += options(address_prefixes=script.words(gateway.prefixes))
    return script.made(script.deployment.hub.key, "local-gateway create", given, gateway.whys)


def vpn_gateway_lines(script: Script, gateway: VpnGateway) -> list[str]:
    """A VPN gateway, which is made while the command waits, and its further certificates."""
    addresses = [one for one in script.deployment.public_ips if one.vnet == gateway.vnet]
    default_site = next((one for one in script.deployment.local_gateways if one.key == gateway.default_site), None)
    given = options(
        name=script.word(gateway.name),
        location=script.at(gateway.location),
        vnet=script.name_of(gateway.vnet),
        public_ip_addresses=[script.word(one.name) for one in addresses],
        gateway_type="Vpn",
        vpn_type="RouteBased" if gateway.routing == "route-based" else "PolicyBased",
        sku=gateway.sku,
        vpn_gateway_generation=f"Generation{gateway.generation}",
        asn=None if gateway.asn is None else script.word(gateway.asn),
        gateway_default_site=default_site.name if default_site else None,
        enable_private_ip="true" if gateway.private_address else None,
    )
    clients = gateway.clients
    lines = [*script.told(gateway.whys), *(script.told(clients.whys) if clients else ())]
    given = [*script.group_of(gateway.vnet), *given, *(_clients(script, clients) if clients else []), *QUIET]
    secret = "psk radius | " if clients and clients.radius_secret else ""
    lines += command("network vnet-gateway create", given, secret)
    for number, data in enumerate(clients.root_certificates if clients else (), start=1):
        if number > 1:
            lines += _root_certificate(script, gateway, number, data)
    return lines


def _clients(script: Script, clients: ClientAccess) -> list[Option]:
    given = options(
        address_prefixes=script.word(clients.pool),
        client_protocol=PROTOCOLS[clients.protocol],
        vpn_auth_type=AUTHENTICATIONS[clients.authentication],
    )
    if clients.root_certificates:
        first = clients.root_certificates[0]
        given += options(root_cert_name="root-1", root_cert_data=variable(first))
    if clients.tenant and clients.audience:
        tenant = variable_name(clients.tenant)
        given += options(
            aad_tenant=Code(f'"{LOGIN}${{{tenant}}}"'),
            aad_audience=variable(clients.audience),
            aad_issuer=Code(f'"{ISSUER}${{{tenant}}}/"'),
        )
    if clients.radius_server:
        given += options(radius_server=variable(clients.radius_server), radius_secret=FROM_INPUT)
    return given


def _root_certificate(script: Script, gateway: VpnGateway, number: int, data: Ask) -> Iterator[str]:
    given = options(gateway_name=script.word(gateway.name), name=f"root-{number}", public_cert_data=variable(data))
    group = script.group_of(gateway.vnet)
    yield from command("network vnet-gateway root-cert create", [*group, *given, *QUIET])


def circuit_lines(script: Script) -> Iterator[list[str]]:
    """The circuit to order, where there is one."""
    circuit = script.deployment.circuit
    if circuit is None:
        return
    given = options(name=circuit.name, location=script.at(circuit.location))
    if circuit.port and isinstance(circuit.mbps, int):
        given += options(express_route_port=variable(circuit.port), bandwidth=[circuit.mbps // 1000, "Gbps"])
    elif circuit.provider and circuit.peering_location:
        given += options(
            provider=variable(circuit.provider),
            peering_location=variable(circuit.peering_location),
            bandwidth=[script.word(circuit.mbps), "Mbps"],
        )
    given += options(sku_tier=circuit.tier, sku_family="MeteredData")
    yield script.made(script.deployment.hub.key, "express-route create", given, circuit.whys)


def expressroute_gateway_lines(script: Script) -> Iterator[list[str]]:
    """The ExpressRoute gateway, where there is one."""
    gateway = script.deployment.expressroute_gateway
    if gateway is None:
        return
    given = options(
        name=gateway.name,
        location=script.at(gateway.location),
        vnet=script.name_of(gateway.vnet),
        gateway_type="ExpressRoute",
        sku=gateway.sku,
        min_scale_unit=gateway.scale_units,
        max_scale_unit=gateway.scale_units,
    )
    yield script.made(gateway.vnet, "vnet-gateway create", given, gateway.whys)
