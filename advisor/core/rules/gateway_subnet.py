"""The subnet that the hub's gateways stand in."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.addressing import Blocks
from advisor.core.design import Design, GatewaySubnet
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.rules.naming import vnet_paths
from faq.knowledge.limits import Catalogue


def gateway_subnet_too_small(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Beside ExpressRoute the gateway subnet is larger (expressroute-howto-coexist-resource-manager.md 2016-10-10)."""
    subnet = design.subnet
    if subnet and subnet.given and subnet.given.length > subnet.smallest_length:
        yield observed(
            "gateway-subnet-too-small",
            "gateway_subnet",
            variant="side-by-side" if design.side_by_side else "",
            given=str(subnet.given),
            needed=subnet.smallest_length,
            recommended=catalogue.number("gateway.subnet_recommended_prefix"),
        )


def gateway_subnet_outside_vnet(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """The gateway subnet is a part of the hub's address space (vpn-gateway-vpn-faq.md 2016-12, gateways section)."""
    subnet = design.subnet
    if subnet and subnet.given and need.hub.prefixes and not Blocks(need.hub.prefixes).hold(subnet.given):
        yield observed(
            "gateway-subnet-outside-vnet",
            *vnet_paths((0,), "prefixes"),
            "gateway_subnet",
            given=str(subnet.given),
            prefixes=tuple(str(prefix) for prefix in need.hub.prefixes),
            **_instead(subnet),
        )


def gateway_subnet_in_use(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Nothing but gateways stands in the gateway subnet (vpn-gateway-vpn-faq.md 2016-12, gateways section)."""
    subnet = design.subnet
    if subnet is None or subnet.given is None:
        return
    blocked = [
        (index, block)
        for index, block in enumerate(need.hub.subnets)
        if block != subnet.given and block.overlaps(subnet.given)
    ]
    if blocked:
        yield observed(
            "gateway-subnet-in-use",
            *(f"vnets[0].subnets[{index}]" for index, _ in blocked),
            "gateway_subnet",
            given=str(subnet.given),
            subnets=tuple(str(block) for _, block in blocked),
            **_instead(subnet),
        )


def _instead(subnet: GatewaySubnet) -> dict[str, str]:
    """What the sentence says instead: the free block to take, where there is one."""
    return {"variant": "proposal", "proposal": str(subnet.proposal)} if subnet.proposal else {}


def gateway_subnet_no_room(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A gateway takes a subnet of its own in the hub (vpn-gateway-vpn-faq.md 2016-12, gateways section)."""
    subnet = design.subnet
    if subnet and subnet.block is None and need.hub.prefixes:
        yield observed(
            "gateway-subnet-no-room", *vnet_paths((0,), "prefixes"), hub=need.hub.name, needed=subnet.proposed_length
        )


def gateway_subnet_below_recommended(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A gateway subnet of this size or larger is advised (vpn-gateway-vpn-faq.md 2016-12, gateways section)."""
    subnet = design.subnet
    recommended = catalogue.number("gateway.subnet_recommended_prefix")
    if subnet and subnet.given and recommended < subnet.given.length <= subnet.smallest_length:
        yield observed(
            "gateway-subnet-below-recommended", "gateway_subnet", given=str(subnet.given), recommended=recommended
        )
