"""VNets beside the hub, and circuits: what connecting them brings along."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Count
from advisor.core.rules.naming import hub_name, vnet_names, vnet_paths
from faq.knowledge.limits import Catalogue


def classic_and_resource_manager_mixed(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Two deployment models are set up by different means (vpn-gateway-about-vpngateways.md 2016-10-18)."""
    classic = [index for index, vnet in enumerate(need.vnets) if vnet.model == "classic"]
    if classic and len(classic) < len(need.vnets):
        modern = [index for index, vnet in enumerate(need.vnets) if vnet.model != "classic"]
        yield observed(
            "classic-and-resource-manager-mixed",
            *vnet_paths(range(len(need.vnets)), "model"),
            classic=vnet_names(need, classic),
            resource_manager=vnet_names(need, modern),
        )


def nothing_to_connect(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A connection joins a VNet to something (vpn-gateway-vpn-faq.md 2016-12, cross-premises options)."""
    if not need.sites and not design.clients and len(need.vnets) == 1:
        yield observed("nothing-to-connect", hub=hub_name(need))


def existing_circuit_unused(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A circuit costs the same whether it is used or not (expressroute-faqs.md 2016-10-10)."""
    if need.expressroute_circuit and not design.expressroute:
        yield observed("existing-circuit-unused", "expressroute_circuit", hub=hub_name(need))


def inter_region_charges(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Traffic that crosses regions is charged (vpn-gateway-vpn-faq.md 2016-12, multi-site section)."""
    hub = _region(need, 0)
    apart = [index for index in range(1, len(need.vnets)) if hub and _region(need, index) not in {"", hub}]
    if apart:
        yield observed(
            "inter-region-charges",
            *vnet_paths((0, *apart), "region"),
            hub=hub_name(need),
            vnets=vnet_names(need, apart),
        )


def peering_possible(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """VNets of one region can be peered without a gateway (virtual-network-peering-overview.md 2016-10-17)."""
    near = in_region_of_hub(need, design)
    if near:
        yield observed(
            "peering-possible",
            *vnet_paths((0, *near)),
            vnets=vnet_names(need, (0, *near)),
            peerings=catalogue.number("vnet_peering.peerings_per_vnet.default"),
            most=catalogue.number("vnet_peering.peerings_per_vnet.max"),
        )


def in_region_of_hub(need: Need, design: Design) -> tuple[int, ...]:
    """The Resource Manager VNets in the known region of a hub that is one too: those that it can be peered with."""
    hub = _region(need, 0)
    if not hub or need.hub.model != "resource-manager":
        return ()
    return tuple(
        index
        for index in design.others
        if _region(need, index) == hub and need.vnets[index].model == "resource-manager"
    )


def vnets_can_share_circuit(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """One circuit serves several VNets (expressroute-faqs.md 2016-10-10)."""
    if design.expressroute and design.others:
        allowed = catalogue.number("expressroute.vnets_per_circuit")
        yield observed(
            "vnets-can-share-circuit",
            *vnet_paths(range(len(need.vnets))),
            variant="more" if len(need.vnets) > allowed else "",
            vnets=Count(len(need.vnets), "vnet"),
            allowed=Count(allowed, "vnet"),
        )


def _region(need: Need, index: int) -> str:
    """A region without case and spaces; empty where it is unknown."""
    return "".join((need.vnets[index].region or "").casefold().split())
