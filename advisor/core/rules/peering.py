"""VNets that are peered with the hub: what they share with it, what not, and what that costs."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Count
from advisor.core.rules.naming import hub_name, vnet_names, vnet_paths
from advisor.core.rules.ways_out import recreation_minutes
from advisor.core.skus import SMALLEST
from faq.knowledge.limits import Catalogue

TWO_SIDES = 2
"""With more VNets than this, some are joined through the hub only, which a peering does not do."""


def peering_limit_exceeded(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A VNet has so many peerings (azure-virtual-network-limits.md, undated copy)."""
    allowed, requested = catalogue.number("vnet_peering.peerings_per_vnet"), len(design.peered)
    if requested > allowed:
        yield observed(
            "peering-limit-exceeded",
            *vnet_paths(design.peered),
            hub=hub_name(need),
            requested=Count(requested, "peering"),
            allowed=Count(allowed, "peering"),
            excess=requested - allowed,
            wan_vnets=Count(catalogue.number("virtual_wan.vnets_per_hub"), "vnet"),
        )


def gateway_transit_not_on_basic(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A peered VNet uses the hub's gateway, but not one with the smallest SKU (about-gateway-skus.md 2026-06-11)."""
    vpn = design.vpn
    if vpn is None or not design.peered or not (vpn.policy_based or need.gateway_sku == SMALLEST):
        return
    yield observed(
        "gateway-transit-not-on-basic",
        *vnet_paths(design.peered),
        *(("gateway_routing",) if vpn.policy_based else ()),
        *(("gateway_sku",) if need.gateway_sku else ()),
        variant="policy-based" if vpn.policy_based else "sku",
        hub=hub_name(need),
        vnets=vnet_names(need, design.peered),
        advised=vpn.sku,
        minutes=recreation_minutes(catalogue),
    )


def peering_not_transitive(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Two VNets that are peered with the hub do not reach each other through it (virtual-networks-faq.md 2026)."""
    if need.transit and len(design.peered) > 1 and not catalogue.flag("vnet_peering.transitive"):
        yield observed(
            "peering-not-transitive",
            *vnet_paths(design.peered),
            "transit",
            hub=hub_name(need),
            vnets=vnet_names(need, design.peered),
        )


def gateway_transit(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Peered VNets use the gateways of the hub, by a setting on each side (vpn-gateway-vpn-faq.md 2026-06-04)."""
    if design.peered and (design.vpn or design.expressroute):
        yield observed(
            "gateway-transit",
            *vnet_paths((0, *design.peered)),
            variant=_when(need, design),
            hub=hub_name(need),
            vnets=vnet_names(need, design.peered),
        )


def _when(need: Need, design: Design) -> str:
    """Whether the gateway must be another one first, and else whether clients need a new profile."""
    if design.vpn and (design.vpn.policy_based or need.gateway_sku == SMALLEST):
        return "later"
    return "clients" if design.clients else ""


def peering_charges(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Traffic over a peering is charged at both ends (virtual-network-peering-overview.md 2026)."""
    if design.peered:
        yield observed(
            "peering-charges",
            *vnet_paths((0, *design.peered)),
            hub=hub_name(need),
            vnets=vnet_names(need, design.peered),
        )


def peering_instead_of_vpn(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """VNets of any region can be peered where their traffic need not be encrypted by IPsec (2026 only)."""
    modern = tuple(index for index in (0, *design.others) if need.vnets[index].model == "resource-manager")
    if design.others and 0 in modern and len(modern) > 1:
        yield observed(
            "peering-possible",
            *vnet_paths(modern),
            variant="transit" if need.transit and len(modern) > TWO_SIDES else "",
            vnets=vnet_names(need, modern),
            hub=hub_name(need),
            peerings=catalogue.number("vnet_peering.peerings_per_vnet"),
        )


def one_client_connection(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A client has one connection at a time, and reaches more over peering (vpn-gateway-vpn-faq.md 2026-06-04)."""
    if design.clients and need.clients.vnets > 1:
        yield observed(
            "one-client-connection",
            "clients.vnets",
            hub=hub_name(need),
            others=Count(need.clients.vnets - 1, "other-vnet"),
        )
