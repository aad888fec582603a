"""The SKUs of gateways and what the catalogue of an edition says of each, whichever table that stands in."""

from __future__ import annotations

from faq.knowledge.limits import Catalogue

SMALLEST = "Basic"
"""The smallest SKU; of today's it lacks what all others have."""

IN_PLACE = "VpnGw"
"""How the names of the SKUs begin that Azure upgrades in place; the older ones go along with their public address."""


def vpn_skus(catalogue: Catalogue) -> tuple[str, ...]:
    """The SKUs that a new VPN gateway can have, from small to large."""
    return catalogue.members("gateway.vpn_skus")


def existing_skus(catalogue: Catalogue) -> tuple[str, ...]:
    """The SKUs that a gateway which exists can have: those, and where the edition has any, those that were retired."""
    return vpn_skus(catalogue) + retired_skus(catalogue)


def retired_skus(catalogue: Catalogue) -> tuple[str, ...]:
    """The SKUs that only a gateway which exists can have; none where the edition retired none."""
    retired = "gateway.vpn_skus_retired"
    return catalogue.members(retired) if retired in catalogue else ()


def sku_key(catalogue: Catalogue, sku: str, fact: str) -> str:
    """The key of what a VPN SKU is or allows: `sku.Standard.throughput`, or of the generation that new gateways get,
    `sku.VpnGw2AZ_Gen2.throughput`.
    """
    generation = f"sku.generation.{sku}"
    table = f"{sku}_Gen{catalogue.number(generation)}" if generation in catalogue else sku
    return f"sku.{table}.{fact}"


def sku_number(catalogue: Catalogue, sku: str, fact: str) -> int:
    """How many or how much of something a VPN SKU allows."""
    return catalogue.number(sku_key(catalogue, sku, fact))


def sku_flag(catalogue: Catalogue, sku: str, fact: str) -> bool:
    """Whether a VPN SKU has something."""
    return catalogue.flag(sku_key(catalogue, sku, fact))


def skus_with(catalogue: Catalogue, fact: str) -> tuple[str, ...]:
    """The SKUs for new VPN gateways that have something, from small to large."""
    return tuple(sku for sku in vpn_skus(catalogue) if sku_flag(catalogue, sku, fact))


def nearest_sku(catalogue: Catalogue, other: Catalogue, sku: str) -> str:
    """The SKU for new gateways whose throughput is nearest to that of a SKU of another edition."""
    aim = sku_number(other, sku, "throughput")
    return min(vpn_skus(catalogue), key=lambda one: abs(sku_number(catalogue, one, "throughput") - aim))


def goes_up_in_place(catalogue: Catalogue, sku: str) -> bool:
    """Whether a gateway with this SKU keeps its address when it gets a larger one; the smallest of today does not."""
    return sku != SMALLEST or "gateway.upgrade_from_basic" not in catalogue


def expressroute_throughputs(catalogue: Catalogue, *, encrypted: bool = False) -> dict[str, int]:
    """The Mbps that each gateway for ExpressRoute carries at most, by SKU, from small to large; `encrypted` leaves out
    those that carry no VPN over the circuit.
    """
    skus = catalogue.members("expressroute.gateway_skus")
    without = [sku for sku in skus if encrypted and not _carries_vpn(catalogue, sku)]
    return {sku: catalogue.number(expressroute_key(catalogue, sku)) for sku in skus if sku not in without}


def _carries_vpn(catalogue: Catalogue, sku: str) -> bool:
    said = f"expressroute.gateway.{sku}_ipsec_over_expressroute"
    return said not in catalogue or catalogue.flag(said)


def expressroute_key(catalogue: Catalogue, sku: str, fact: str = "mbps") -> str:
    """The key of what an ExpressRoute gateway allows at most; edition 2016-12 has its throughput with the SKUs."""
    table = f"expressroute.gateway_tables.{sku}"
    if table not in catalogue:
        return f"sku.{sku}.er_gateway_{'throughput' if fact == 'mbps' else fact}"
    of_gateway = f"expressroute.gateway.{catalogue[table].value}"
    most = f"{of_gateway}_max.{fact}"
    return most if most in catalogue else f"{of_gateway}.{fact}"
