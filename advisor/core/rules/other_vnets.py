"""VNets beside the hub: the gateways that they need of their own, or the hub's that they can use."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.addressing import Prefix, highest_free
from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import AnyOf, Count, Names, Phrase, Value, phrase
from advisor.core.rules.bgp import equal_asns, proposed_asns
from advisor.core.rules.naming import hub_name, member_names, site_paths, vnet_names, vnet_paths
from advisor.core.rules.vnets import in_region_of_hub
from advisor.core.rules.ways_out import bgp_causes
from advisor.core.skus import skus_with
from faq.knowledge.limits import Catalogue


def block_in(need: Need, index: int, catalogue: Catalogue) -> Prefix | None:
    """A free block for the gateway subnet of a VNet beside the hub, of the size that is advised."""
    vnet = need.vnets[index]
    return highest_free(vnet.prefixes, vnet.subnets, catalogue.number("gateway.subnet_recommended_prefix"))


def without_room(need: Need, catalogue: Catalogue, design: Design) -> tuple[int, ...]:
    """The VNets beside the hub of which the prefixes are given and hold no such block."""
    return tuple(
        index for index in design.others if need.vnets[index].prefixes and block_in(need, index, catalogue) is None
    )


def vnet_gateways(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """VNet-to-VNet takes a gateway on each side (vpn-gateway-vnet-vnet-rm-ps.md 2016-08-31)."""
    if not design.others:
        return
    count = len(design.others)
    yield observed(
        "vnet-gateways",
        *vnet_paths(design.others),
        variant="bgp" if need.bgp else "plain",
        vnets=vnet_names(need, design.others),
        gateways=Count(count, "gateway"),
        connections=Count(count * catalogue.number("vnet2vnet.connection_resources"), "connection"),
        blocks=tuple(block_to_propose(need, index, catalogue) for index in design.others),
        skus=AnyOf(skus_with(catalogue, "bgp")),
        minutes=Count(catalogue.number("gateway.creation_time"), "minute"),
    )


def block_to_propose(need: Need, index: int, catalogue: Catalogue) -> Phrase:
    """A VNet with the block for its gateway subnet, or with the size of one where its prefixes are not given."""
    vnet = Names("vnet", (need.vnets[index].name,))
    if not need.vnets[index].prefixes:
        recommended = catalogue.number("gateway.subnet_recommended_prefix")
        return phrase("subnet-size-in", vnet=vnet, length=recommended)
    block = block_in(need, index, catalogue)
    return phrase("subnet-in", vnet=vnet, block=str(block)) if block else phrase("no-subnet-in", vnet=vnet)


def peering_gateway_transit(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A peered VNet can use the hub's gateway, not one of its own (virtual-network-peering-overview.md 2016-10-17)."""
    near = in_region_of_hub(need, design)
    if not near or not (need.sites or design.clients):
        return
    if catalogue.flag("vnet_peering.own_gateway_with_remote_gateway") or catalogue.flag("vnet_peering.transitive"):
        return
    yield observed(
        "peering-gateway-transit",
        *vnet_paths((0, *near)),
        hub=hub_name(need),
        vnets=vnet_names(need, near),
    )


def transit(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Transit in Resource Manager runs over BGP on each connection (vpn-gateway-bpg-faq-include.md 2016-10)."""
    if not need.transit or not need.bgp or need.hub.model == "classic":
        return
    sites = design.bgp_sites
    if design.bgp_connections > 1:
        impossible = any(bgp_causes(need, catalogue, design))
        clash = {} if impossible else _clash(need, catalogue, design)
        facts: dict[str, Value] = {
            "hub": hub_name(need),
            "members": member_names(need, design.others, sites),
            "connections": Count(design.bgp_connections, "connection"),
            **clash,
        }
        subjects = (*vnet_paths(design.others), *site_paths(sites), "transit", "bgp")
        variant = "impossible" if impossible else "same-asn" if clash else "possible"
        yield Observation("transit", subjects, tuple(facts.items()), variant)


def _clash(need: Need, catalogue: Catalogue, design: Design) -> dict[str, Value]:
    """Who has the same number as another, and numbers that they can have instead; nothing where nobody has."""
    vnets, sites = equal_asns(need, catalogue, design)
    if not vnets and not sites:
        return {}
    return {"same": member_names(need, vnets, sites), "proposed": proposed_asns(need, catalogue, vnets, sites)}
