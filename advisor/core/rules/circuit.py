"""What a circuit asks of the engineer: to order or link it, what stays off the internet, the backup beside it."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.design import Design
from advisor.core.gateways import SCALED, expressroute_gateway, scale_units
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Count, Mbps, Value, phrase
from advisor.core.rules.kept_gateway import stands
from advisor.core.rules.naming import hub_name, site_names, site_paths
from advisor.core.rules.ways_out import has_classic
from advisor.core.skus import sku_number
from faq.knowledge.limits import Catalogue


def expressroute_circuit(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A circuit is ordered for a bandwidth, and linked to the gateway (expressroute-faqs.md 2016-10-10)."""
    gateway = expressroute_gateway(need, catalogue, design)
    if gateway is None:
        return
    yield observed(
        "expressroute-circuit",
        *site_paths(design.sites.circuit),
        *(("expressroute_circuit",) if need.expressroute_circuit else ()),
        variant=("existing" if need.expressroute_circuit else "new")
        + ("" if gateway.circuit_mbps is not None else "-unknown"),
        sites=site_names(need, design.sites.circuit),
        sku=with_units(need, catalogue, design, gateway.gateway_sku),
        circuit=Mbps(gateway.circuit_mbps or 0),
        hub=hub_name(need),
    )


def with_units(need: Need, catalogue: Catalogue, design: Design, sku: str) -> Value:
    """The SKU of the gateway, with how many scale units it needs where it is made of them."""
    if sku != SCALED:
        return sku
    units = Count(scale_units(need, catalogue, design), "scale-unit")
    return phrase("sku-with-units", sku=sku, units=units)


def expressroute_private_path(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Over ExpressRoute nothing crosses the internet (vpn-gateway-vpn-faq.md 2016-12, cross-premises options)."""
    circuit = design.sites.circuit
    if need.private_path and circuit:
        others = tuple(index for index in range(len(need.sites)) if index not in set(circuit))
        yield observed(
            "expressroute-private-path",
            *site_paths(range(len(need.sites))),
            "private_path",
            variant="partly" if others else _beside_the_path(design),
            sites=site_names(need, circuit),
            others=site_names(need, others),
            hub=hub_name(need),
        )


def _beside_the_path(design: Design) -> str:
    """What of VPN is beside a circuit that all sites are on: a backup over the internet, a VPN over it, or nothing."""
    if design.sites.backup:
        return "with-vpn"
    return "encrypted" if design.sites.encrypted else "wholly"


def expressroute_backup(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """ExpressRoute stays the primary link beside a VPN (expressroute-howto-coexist-resource-manager.md 2016-10-10)."""
    circuit, backup = design.sites.circuit, design.sites.backup
    if not need.expressroute_backup or not circuit:
        return
    without = tuple(index for index in circuit if index not in set(backup))
    yield observed(
        "expressroute-backup",
        *site_paths(circuit),
        "expressroute_backup",
        variant=("none" if not backup else "partly" if without else "all")
        + ("-encrypted" if {*backup} & {*design.sites.encrypted} else ""),
        sites=site_names(need, backup),
        without=site_names(need, without),
        tunnels=Count(sum(need.sites[index].tunnels for index in backup), "tunnel"),
    )


def side_by_side(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """The ExpressRoute gateway is made first (expressroute-howto-coexist-resource-manager.md 2016-10-10)."""
    gateway, subnet = expressroute_gateway(need, catalogue, design), design.subnet
    if gateway is None or design.vpn is None or design.vpn.policy_based or subnet is None:
        return
    fits = subnet.block is not None and subnet.block.length <= subnet.smallest_length
    yield observed(
        "side-by-side",
        *site_paths(sorted({*design.sites.circuit, *design.sites.tunnels})),
        variant=("existing-" if _beside_existing(need, catalogue, design) else "")
        + ("subnet" if fits else "no-subnet"),
        hub=hub_name(need),
        expressroute_sku=gateway.gateway_sku,
        sku=design.vpn.sku,
        subnet=str(subnet.block),
        length=subnet.smallest_length,
    )


def _beside_existing(need: Need, catalogue: Catalogue, design: Design) -> bool:
    """Whether the VPN gateway is there already and stays; in 2016-12 the one for ExpressRoute must be the first."""
    return not has_classic(catalogue) and stands(need, catalogue, design)


def site_stays_on_vpn(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """What stays off the circuit crosses the internet (vpn-gateway-vpn-faq.md 2016-12, cross-premises options)."""
    stays = tuple(index for index, site in enumerate(need.sites) if site.expressroute is False)
    if stays:
        yield observed(
            "site-stays-on-vpn",
            *site_paths(stays, "expressroute"),
            variant="gateway" if design.vpn else "no-gateway",
            sites=site_names(need, stays),
            sku=design.vpn.sku if design.vpn else "",
            throughput=Mbps(sku_number(catalogue, design.vpn.sku, "throughput") if design.vpn else 0),
        )
