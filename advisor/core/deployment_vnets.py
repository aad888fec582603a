"""The VNets of a deployment, their gateway subnets, and the peerings between them."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.addressing import highest_free
from advisor.core.deployment_names import FreeNames
from advisor.core.deployment_parameters import Ask, Why, by_fact, why
from advisor.core.deployment_plan import Plan
from advisor.core.deployment_resources import GatewaySubnet, Peering, VNet
from advisor.core.parameters import Exactly, Names
from advisor.core.rules.naming import hub_name


def vnets(plan: Plan) -> Iterator[VNet]:
    """Every VNet of the design, the hub first; those behind it are all joined to it."""
    is_new = plan.vnets == "new"
    for index, vnet in enumerate(plan.need.vnets):
        key, name = plan.keys[0][index], plan.azure_names[index]
        renamed = (why("vnet-renamed", vnet=Names("vnet", (vnet.name,)), name=name),) if name != vnet.name else ()
        yield VNet(
            key=key,
            typed=vnet.name,
            name=name,
            exists=not is_new,
            location=plan.location(index) if is_new else None,
            prefixes=vnet.prefixes or (Ask("vnet-prefixes", key) if is_new else ()),
            subscription=plan.subscription_of(vnet),
            whys=(*renamed, *_whys_of_vnet(plan, index)),
        )


def _whys_of_vnet(plan: Plan, index: int) -> Iterator[Why]:
    if index == 0:
        yield by_fact(plan.catalogue, "gateway.per_vnet", "vnet-hub")
    elif index in plan.design.peered:
        yield by_fact(plan.catalogue, "vnet_peering.gateway_transit", "vnet-peered", hub=hub_name(plan.need))
    else:
        yield by_fact(plan.catalogue, "vnet2vnet.encrypted", "vnet-joined", hub=hub_name(plan.need))


def gateway_subnets(plan: Plan) -> Iterator[GatewaySubnet]:
    """One for each VNet with a new gateway; where the hub's VPN gateway is there already, so is its subnet."""
    advised = plan.advice.gateway or plan.advice.expressroute
    makes_vpn = plan.vpn is not None and not plan.gateway_exists
    if advised and (makes_vpn or plan.design.expressroute):
        in_use = plan.gateway_exists and plan.vpn is not None
        whys = (_in_use(plan),) if in_use else tuple(_whys_of_hub_subnet(plan))
        yield GatewaySubnet(plan.hub, in_use, advised.subnet or Ask("gateway-subnet"), whys)
    length = plan.catalogue.number("gateway.subnet_recommended_prefix")
    for index in plan.design.others:
        vnet, key = plan.need.vnets[index], plan.keys[0][index]
        block = highest_free(vnet.prefixes, vnet.subnets, length)
        size = by_fact(plan.catalogue, "gateway.subnet_recommended_prefix", "subnet-of-its-own", length=Exactly(length))
        yield GatewaySubnet(key, False, block or Ask("gateway-subnet", key), (size, _left_alone(plan)))


def _whys_of_hub_subnet(plan: Plan) -> Iterator[Why]:
    key = "gateway.subnet_recommended_prefix"
    length = Exactly(plan.catalogue.number(key))
    yield by_fact(plan.catalogue, key, "subnet-given" if plan.need.gateway_subnet else "subnet-size", length=length)
    yield _left_alone(plan)


def _in_use(plan: Plan) -> Why:
    return by_fact(plan.catalogue, "coexist.er_gateway_order", "subnet-in-use")


def _left_alone(plan: Plan) -> Why:
    return by_fact(plan.catalogue, "gateway.subnet_nsg_allowed", "subnet-left-alone")


def peerings(plan: Plan) -> Iterator[Peering]:
    """Two for each VNet that is peered with the hub, the side of the hub first."""
    has_gateway = plan.vpn is not None or plan.design.expressroute
    transit = plan.need.transit
    free = FreeNames()
    for index in plan.design.peered:
        key = plan.keys[0][index]
        yield Peering(
            from_vnet=plan.hub,
            to_vnet=key,
            name=free.take(f"peer-{plan.hub}-{key}"),
            of_hub=True,
            allow_gateway_transit=has_gateway,
            use_remote_gateways=False,
            allow_forwarded_traffic=transit,
            whys=tuple(_whys_of_peering(plan, "peering-hub", has_gateway)),
        )
        yield Peering(
            from_vnet=key,
            to_vnet=plan.hub,
            name=free.take(f"peer-{key}-{plan.hub}"),
            of_hub=False,
            allow_gateway_transit=False,
            use_remote_gateways=has_gateway,
            allow_forwarded_traffic=transit,
            whys=tuple(_whys_of_peering(plan, "peering-spoke", has_gateway)),
        )


def _whys_of_peering(plan: Plan, code: str, has_gateway: bool) -> Iterator[Why]:
    if has_gateway:
        yield by_fact(plan.catalogue, "vnet_peering.gateway_transit", code, hub=hub_name(plan.need))
    else:
        yield by_fact(plan.catalogue, "vnet_peering.bandwidth_limit", "peering-without-gateway")
    if plan.need.transit:
        yield by_fact(plan.catalogue, "vnet_peering.transitive", "peering-forwarded")
