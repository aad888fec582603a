"""The subnet that the hub's gateways stand in."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.addressing import highest_free
from advisor.core.client_pool import PrivateSpace
from advisor.core.design import Design, GatewaySubnet
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Count, Phrase, Value, phrase
from advisor.core.rules.naming import hub_name, vnet_names, vnet_paths
from advisor.core.rules.other_vnets import without_room
from advisor.core.rules.overlaps import proposed_blocks
from advisor.core.rules.ways_out import blocks_in_the_way, is_outside_hub
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
            steps=(*_elsewhere(need, subnet), *_to_replace(need, catalogue)),
        )


def gateway_subnet_outside_vnet(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """The gateway subnet is a part of the hub's address space (vpn-gateway-vpn-faq.md 2016-12, gateways section)."""
    subnet = design.subnet
    if subnet and subnet.given and is_outside_hub(need, subnet.given):
        yield observed(
            "gateway-subnet-outside-vnet",
            *vnet_paths((0,), "prefixes"),
            "gateway_subnet",
            given=str(subnet.given),
            hub=hub_name(need),
            prefixes=tuple(str(prefix) for prefix in need.hub.prefixes),
            steps=tuple(_elsewhere(need, subnet)),
        )


def gateway_subnet_in_use(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Nothing but gateways stands in the gateway subnet (vpn-gateway-vpn-faq.md 2016-12, gateways section)."""
    subnet = design.subnet
    if subnet is None or subnet.given is None:
        return
    blocked = blocks_in_the_way(need, subnet.given)
    if blocked:
        yield observed(
            "gateway-subnet-in-use",
            *(f"vnets[0].subnets[{index}]" for index, _ in blocked),
            "gateway_subnet",
            given=str(subnet.given),
            subnets=tuple(str(block) for _, block in blocked),
            steps=tuple(_elsewhere(need, subnet)),
        )


def _elsewhere(need: Need, subnet: GatewaySubnet) -> Iterator[Phrase]:
    """Which block to take instead of the given one, which is free once that is deleted."""
    length = subnet.proposed_length
    used = (block for block in need.hub.subnets if block != subnet.given)
    free = highest_free(need.hub.prefixes, used, length)
    if free:
        taken_now = subnet.given is not None and subnet.given.overlaps(free)
        yield phrase("subnet-free-then" if taken_now else "subnet-free", free=str(free))
    elif need.hub.prefixes:
        yield phrase("subnet-needs-prefix", hub=hub_name(need), length=length, example=_examples(need, length, 1))
    else:
        yield phrase("subnet-to-choose", hub=hub_name(need), length=length)


def _examples(need: Need, length: int, count: int) -> Value:
    """Blocks of this length to add, one for each VNet, that no network of the design has and no other proposal takes;
    nothing where there are not so many.
    """
    private, proposed = PrivateSpace(need), [*proposed_blocks(need)]
    blocks = []
    for _ in range(count):
        free = private.free(length, proposed)
        if free is None:
            return ""
        proposed.append(free)
        blocks.append(str(free))
    return phrase("such-as", blocks=tuple(blocks))


def _to_replace(need: Need, catalogue: Catalogue) -> Iterator[Phrase]:
    """What it takes to replace a subnet: a gateway that is in it goes first."""
    exists = need.gateway_routing is not None or need.gateway_sku is not None
    minutes = Count(catalogue.number("gateway.creation_time"), "minute")
    yield phrase("subnet-replace" if exists else "subnet-replace-if-made", minutes=minutes)


def gateway_subnet_no_room(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A gateway takes a subnet of its own in its VNet (vpn-gateway-vpn-faq.md 2016-12, gateways section)."""
    subnet = design.subnet
    hub = (0,) if subnet and subnet.block is None and need.hub.prefixes else ()
    others = without_room(need, catalogue, design)
    if subnet and (hub or others):
        length = subnet.proposed_length if hub else catalogue.number("gateway.subnet_recommended_prefix")
        yield observed(
            "gateway-subnet-no-room",
            *vnet_paths(hub, "prefixes"),
            *vnet_paths(others),
            hub=vnet_names(need, hub + others),
            needed=length,
            example=_examples(need, length, len(hub + others)),
        )


def gateway_subnet_below_recommended(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A gateway subnet of this size or larger is advised (vpn-gateway-vpn-faq.md 2016-12, gateways section)."""
    subnet = design.subnet
    recommended = catalogue.number("gateway.subnet_recommended_prefix")
    if subnet and subnet.given and recommended < subnet.given.length <= subnet.smallest_length:
        yield observed(
            "gateway-subnet-below-recommended",
            "gateway_subnet",
            given=str(subnet.given),
            recommended=recommended,
            steps=(*_elsewhere(need, subnet), *_to_replace(need, catalogue)),
        )
