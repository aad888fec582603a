"""The gateways of a design as the advice names them."""

from __future__ import annotations

import math

from advisor.core.advice import ExpressRoute, Gateway
from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.skus import expressroute_key, expressroute_throughputs, sku_number
from faq.knowledge.limits import Catalogue

SCALED = "ErGwScale"
"""The gateway that is made of scale units."""
FIRST_UNITS = 10
"""So many units serve more endpoints each than those after them."""


def vpn_gateway(need: Need, catalogue: Catalogue, design: Design) -> Gateway | None:
    """The VPN gateway of the design, or None where it has none."""
    vpn = design.vpn
    if vpn is None or design.subnet is None:
        return None
    return Gateway(
        routing=vpn.routing,
        sku=vpn.sku,
        subnet=design.subnet.block,
        tunnels=vpn.demand.tunnels,
        throughput_mbps=sku_number(catalogue, vpn.sku, "throughput"),
    )


def expressroute_gateway(need: Need, catalogue: Catalogue, design: Design) -> ExpressRoute | None:
    """The smallest gateway that carries the total, and where the edition sets that too, serves the endpoints and learns
    the prefixes of the sites, the largest where none does; and the smallest circuit (rule 10).
    """
    if not design.expressroute or design.subnet is None:
        return None
    throughputs = expressroute_throughputs(catalogue, encrypted=need.expressroute_encryption)
    sku = next((sku for sku in throughputs if _serves(need, catalogue, design, sku)), [*throughputs][-1])
    circuits = circuit_bandwidths(catalogue)
    total = design.total
    return ExpressRoute(
        gateway_sku=sku,
        throughput_mbps=_scaled(need, catalogue, design) if sku == SCALED else throughputs[sku],
        circuit_mbps=None if total is None else next((mbps for mbps in circuits if mbps >= total), circuits[-1]),
        subnet=design.subnet.block,
    )


def circuit_bandwidths(catalogue: Catalogue) -> tuple[int, ...]:
    """The bandwidths of circuits in Mbps, from small to large: those that providers offer, then those of ExpressRoute
    Direct, where the edition has it.
    """
    direct = "expressroute.direct_bandwidths"
    offered = catalogue.members("expressroute.circuit_bandwidths")
    return offered + (catalogue.members(direct) if direct in catalogue else ())


def prefixes_on_circuit(need: Need, design: Design) -> int:
    """How many prefixes the sites on the circuit have together."""
    return sum(len(need.sites[index].prefixes) for index in design.sites.circuit)


def _serves(need: Need, catalogue: Catalogue, design: Design, sku: str) -> bool:
    asked = {
        "mbps": design.total or 0,
        "vms": need.endpoints or 0,
        "routes_learned": prefixes_on_circuit(need, design),
    }
    keys = {expressroute_key(catalogue, sku, fact): amount for fact, amount in asked.items()}
    return all(amount <= catalogue.number(key) for key, amount in keys.items() if key in catalogue)


def _scaled(need: Need, catalogue: Catalogue, design: Design) -> int:
    """The throughput of the gateway of scale units."""
    return scale_units(need, catalogue, design) * catalogue.number("expressroute.gateway.ErGwScale.mbps_per_unit")


def scale_units(need: Need, catalogue: Catalogue, design: Design) -> int:
    """The fewest scale units that carry the total and serve the endpoints; all of them where none do."""
    table = "expressroute.gateway.ErGwScale"
    of_unit = catalogue.number(f"{table}.mbps_per_unit")
    first = catalogue.number(f"{table}.vms_per_unit_1_10")
    further = catalogue.number(f"{table}.vms_per_unit_11_40")
    beyond = max((need.endpoints or 0) - FIRST_UNITS * first, 0)
    for_endpoints = FIRST_UNITS + math.ceil(beyond / further) if beyond else math.ceil((need.endpoints or 0) / first)
    for_total = math.ceil((design.total or 0) / of_unit)
    return min(max(for_endpoints, for_total, 1), catalogue.number(f"{table}.units_max"))
