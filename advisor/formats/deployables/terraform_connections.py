"""The far ends and the connections of a Terraform file, and the peerings."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.deployment_resources import (
    Peering,
    VNetConnection,
)
from advisor.formats.deployables.terraform_context import (
    Context,
    block_address,
    each,
    for_each,
    head_of,
    label_suffix,
    policy,
)
from advisor.formats.deployables.terraform_maps import setting
from advisor.formats.deployables.terraform_syntax import Block, Code, Item, block
from advisor.formats.deployables.terraform_variables import reference


def local_gateways(context: Context) -> Iterator[Block]:
    """The far ends of the tunnels to the sites, in one block."""
    gateways = context.deployment.local_gateways
    if not gateways:
        return
    with_bgp = [one.bgp is not None for one in gateways]
    body: list[Item] = [
        for_each("sites"),
        ("name", each("name")),
        *context.in_group(),
        ("location", context.value(gateways[0].location)),
        ("gateway_address", each("address")),
    ]
    if not all(with_bgp):
        prefixes = Code("try(each.value.prefixes, null)") if any(with_bgp) else each("prefixes")
        body.append(("address_space", prefixes))
    settings = (("asn", each("asn")), ("bgp_peering_address", each("bgp_peer")))
    if all(with_bgp):
        body.append(block("bgp_settings", *settings))
    elif any(with_bgp):
        only = Code('contains(keys(each.value), "asn") ? [each.value] : []')
        of_one = (
            ("asn", Code("bgp_settings.value.asn")),
            ("bgp_peering_address", Code("bgp_settings.value.bgp_peer")),
        )
        body.append(block('dynamic "bgp_settings"', ("for_each", only), block("content", *of_one)))
    comments = context.in_order([one.whys for one in gateways])
    yield block(head_of("azurerm_local_network_gateway.sites"), *body, comments=comments)


def site_connections(context: Context) -> Iterator[Block]:
    """The connections to the sites, in one block."""
    connections = context.deployment.site_connections
    if not connections:
        return
    first, *_ = connections  # they share what is read of it
    body: list[Item] = [
        for_each("sites"),
        ("name", each("connection")),
        *context.in_group(),
        ("location", context.value(first.location)),
        ("type", "IPsec"),
        ("connection_protocol", setting(context, "protocol")),
        ("virtual_network_gateway_id", Code(f"{context.vpn_gateway()}.id")),
        ("local_network_gateway_id", Code("azurerm_local_network_gateway.sites[each.key].id")),
        ("shared_key", Code("var.shared_keys[each.key]")),
        ("bgp_enabled", setting(context, "bgp")),
        ("dpd_timeout_seconds", first.dpd_seconds),
    ]
    if any(one.traffic_selectors for one in connections):
        body.append(("use_policy_based_traffic_selectors", setting(context, "traffic_selectors")))
    if any(one.responder_only for one in connections):
        body.append(("connection_mode", setting(context, "mode")))
    if any(one.over_private_peering for one in connections):
        body.append(("local_azure_ip_address_enabled", setting(context, "over_private_peering")))
    comments = context.in_order([one.whys for one in connections])
    body += policy(first.policy)
    yield block(head_of("azurerm_virtual_network_gateway_connection.sites"), *body, comments=comments)


def vnet_connections(context: Context) -> Iterator[Block]:
    """The two ways between the hub and the VNets of each subscription that are joined to it by VPN."""
    if not context.deployment.vnet_connections:
        return
    for subscription in context.subscriptions():
        vnet = context.vnets_in(subscription)[0].key
        for connection in context.deployment.vnet_connections:
            if connection.from_vnet == vnet or connection.to_vnet == vnet:
                yield _vnet_connection(context, connection, subscription, to_hub=connection.from_vnet == vnet)


def _vnet_connection(context: Context, connection: VNetConnection, subscription: str, to_hub: bool) -> Block:
    """One way between the hub and each VNet of a subscription; `connection` is that of the first of them."""
    suffix, hub = label_suffix(subscription), context.vpn_gateway()
    other = f"azurerm_virtual_network_gateway.vpn_gateways{suffix}[each.key]"
    way = "to_hub" if to_hub else "from_hub"
    start, end = (other, hub) if to_hub else (hub, other)
    return block(
        head_of(f"azurerm_virtual_network_gateway_connection.{way}{suffix}"),
        for_each("vnets", subscription),
        ("name", each(f"connection_{way}")),
        *context.in_group(subscription if to_hub else ""),
        ("location", each("location") if to_hub else context.value(connection.location)),
        ("type", "Vnet2Vnet"),
        ("virtual_network_gateway_id", Code(f"{start}.id")),
        ("peer_virtual_network_gateway_id", Code(f"{end}.id")),
        ("shared_key", Code("var.shared_keys[each.key]")),
        ("bgp_enabled", connection.bgp),
        ("dpd_timeout_seconds", connection.dpd_seconds),
        *policy(connection.policy),
        comments=context.told(connection.whys),
    )


def circuit_connection(context: Context) -> Iterator[Block]:
    """The connection to the circuit; to a new one once the provider has done its part."""
    connection = context.deployment.circuit_connection
    if connection is None:
        return
    body: list[Item] = []
    if connection.provisioned:
        body.append(("count", Code(f"{reference(context.deployment, connection.provisioned).text} ? 1 : 0")))
    circuit = context.value(connection.circuit) if connection.circuit else Code(f"{context.circuit_address()}.id")
    body += [
        ("name", connection.name),
        *context.in_group(),
        ("location", context.value(connection.location)),
        ("type", "ExpressRoute"),
        ("virtual_network_gateway_id", Code(f"{context.expressroute_gateway_address()}.id")),
        ("express_route_circuit_id", circuit),
    ]
    if connection.authorization_key:
        key = reference(context.deployment, connection.authorization_key).text
        body.append(("authorization_key", Code(f'{key} == "" ? null : {key}')))
    name = f"con-ergw-{connection.vnet}"
    head = head_of(block_address("azurerm_virtual_network_gateway_connection", name, exists=False))
    yield block(head, *body, comments=context.told(connection.whys))


def peerings(context: Context) -> Iterator[Block]:
    """The two sides of the peerings with the VNets of each subscription."""
    if not context.deployment.peerings:
        return
    for subscription in context.subscriptions():
        vnet = context.vnets_in(subscription)[0].key
        for peering in context.deployment.peerings:
            if vnet in (peering.from_vnet, peering.to_vnet):
                yield _peering(context, peering, subscription)


def _peering(context: Context, peering: Peering, subscription: str) -> Block:
    """One side of the peerings of the hub with each VNet of a subscription; `peering` is that of the first."""
    suffix = label_suffix(subscription)
    way = "from_hub" if peering.of_hub else "to_hub"
    hub, other = context.vnet_of_hub(), f"{context.vnets_behind(subscription)}[each.key]"
    start, end = (hub, other) if peering.of_hub else (other, hub)
    waits = [Code(one) for one in _waited_for(context, peering, suffix)]
    return block(
        head_of(f"azurerm_virtual_network_peering.{way}{suffix}"),
        for_each("vnets", subscription),
        ("name", each(f"peering_{way}")),
        *context.in_group("" if peering.of_hub else subscription),
        ("virtual_network_name", Code(f"{start}.name")),
        ("remote_virtual_network_id", Code(f"{end}.id")),
        ("allow_virtual_network_access", True),
        ("allow_forwarded_traffic", peering.allow_forwarded_traffic),
        ("allow_gateway_transit", peering.allow_gateway_transit),
        ("use_remote_gateways", peering.use_remote_gateways),
        *([("depends_on", waits)] if waits else []),
        comments=context.told(peering.whys),
    )


def _waited_for(context: Context, peering: Peering, suffix: str) -> Iterator[str]:
    """What has to be there before: for the side of the hub its GatewaySubnet, for the other side the side of the
    hub and each gateway of the hub. What exists already is not waited for.
    """
    hub = context.deployment.hub.key
    if peering.of_hub:
        made = (subnet for subnet in context.deployment.subnets if subnet.vnet == hub and not subnet.exists)
        yield from (context.subnet(subnet) for subnet in made)
        return
    yield f"azurerm_virtual_network_peering.from_hub{suffix}"
    if any(not one.exists for one in context.deployment.vpn_gateways[:1]):
        yield context.vpn_gateway()
    if context.deployment.expressroute_gateway:
        yield context.expressroute_gateway_address()
