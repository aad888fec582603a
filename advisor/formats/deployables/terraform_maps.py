"""The constants of a Terraform file: one map of the sites, one of the VNets behind the hub."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.core.deployment_resources import (
    VpnGateway,
)
from advisor.formats.deployables.quoting import hcl
from advisor.formats.deployables.terraform_context import (
    Context,
    is_same,
    label_suffix,
)
from advisor.formats.deployables.terraform_syntax import Block, Code, Item, Noted, Value

Entry = dict[str, Value]


def maps(context: Context) -> Iterator[Block]:
    """The constants: sites, then the VNets behind the hub, those of each further subscription apart."""
    found: list[Item] = []
    if context.deployment.local_gateways:
        found.append(("sites", dict(_sites(context))))
    found.extend((f"vnets{label_suffix(one)}", dict(_others(context, one))) for one in context.subscriptions())
    if found:
        yield Block("locals", tuple(found))


def _sites(context: Context) -> Iterator[tuple[str, Value]]:
    """The tunnels to the sites by key, each with the reasons that not every one has."""
    everywhere = context.common([one.whys for one in context.deployment.local_gateways])
    everywhere |= context.common([one.whys for one in context.deployment.site_connections])
    varying = _varying(context)
    pairs = zip(context.deployment.local_gateways, context.deployment.site_connections, strict=True)
    for gateway, connection in pairs:
        entry: Entry = {
            "name": gateway.name,
            "connection": connection.name,
            "address": context.value(gateway.address),
        }
        if gateway.bgp:
            entry["asn"] = context.value(gateway.bgp.asn)
            entry["bgp_peer"] = context.value(gateway.bgp.address)
        else:
            entry["prefixes"] = context.prefixes(gateway.prefixes)
        entry |= {name: values[connection.key] for name, values in varying.items()}
        told = [one for one in context.told(gateway.whys + connection.whys) if one not in everywhere]
        yield hcl(gateway.key), Noted(entry, tuple(told))


def _varying(context: Context) -> Mapping[str, Mapping[str, Value]]:
    """The settings of connections in which those of the sites differ, by name and by site."""
    return {name: values for name, values in _settings(context).items() if not is_same(values)}


def _settings(context: Context) -> Mapping[str, Mapping[str, Value]]:
    """What is set on the connection of each site, by name in azurerm and by key."""
    connections = context.deployment.site_connections
    return {
        "protocol": {one.key: context.value(one.protocol) for one in connections},
        "bgp": {one.key: one.bgp for one in connections},
        "traffic_selectors": {one.key: one.traffic_selectors for one in connections},
        "mode": {one.key: "ResponderOnly" if one.responder_only else "Default" for one in connections},
        "over_private_peering": {one.key: one.over_private_peering for one in connections},
    }


def setting(context: Context, name: str) -> Value:
    """A setting of the connections: what all have, or what the entry of each says."""
    values = _settings(context)[name]
    return next(iter(values.values())) if is_same(values) else Code(f"each.value.{name}")


def _others(context: Context, subscription: str) -> Iterator[tuple[str, Value]]:
    """The VNets behind the hub in a subscription, each with the names of what belongs to it."""
    for vnet in context.vnets_in(subscription):
        entry: Entry = {"name": vnet.name}
        if vnet.location:
            entry["location"] = context.value(vnet.location)
            entry["prefixes"] = context.prefixes(vnet.prefixes)
        whys = list(vnet.whys)
        for subnet in (one for one in context.deployment.subnets if one.vnet == vnet.key):
            entry["gateway_subnet"] = context.value(subnet.prefix)
            whys.extend(subnet.whys)
        for gateway in (one for one in context.deployment.vpn_gateways if one.vnet == vnet.key):
            entry |= _gateway_names(context, gateway)
            whys.extend(gateway.whys)
        for connection in context.deployment.vnet_connections:
            if vnet.key in (connection.from_vnet, connection.to_vnet):
                way = "connection_to_hub" if connection.from_vnet == vnet.key else "connection_from_hub"
                entry[way] = connection.name
        for peering in context.deployment.peerings:
            if vnet.key in (peering.from_vnet, peering.to_vnet):
                entry["peering_from_hub" if peering.of_hub else "peering_to_hub"] = peering.name
        yield hcl(vnet.key), Noted(entry, context.told(whys))


def _gateway_names(context: Context, gateway: VpnGateway) -> Entry:
    (address,) = (one for one in context.deployment.public_ips if one.vnet == gateway.vnet)
    entry: Entry = {"gateway": context.value(gateway.name), "public_ip": context.value(address.name)}
    if gateway.location:
        entry["location"] = context.value(gateway.location)
    if gateway.asn is not None:
        entry["asn"] = context.value(gateway.asn)
    return entry
