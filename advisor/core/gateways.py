"""The gateways of a design as the advice names them."""

from __future__ import annotations

from advisor.core.advice import ExpressRoute, Gateway
from advisor.core.design import Design
from advisor.core.need import Need
from faq.knowledge.limits import Catalogue


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
        throughput_mbps=catalogue.number(f"sku.{vpn.sku}.throughput"),
    )


def expressroute_gateway(need: Need, catalogue: Catalogue, design: Design) -> ExpressRoute | None:
    """The smallest gateway and circuit that carry the total, the largest where none does (rule 10)."""
    if not design.expressroute or design.subnet is None:
        return None
    total = design.total
    skus = {
        sku: catalogue.number(f"sku.{sku}.er_gateway_throughput")
        for sku in catalogue.members("expressroute.gateway_skus")
    }
    circuits = catalogue.members("expressroute.circuit_bandwidths")
    sku = next((sku for sku, throughput in skus.items() if total is None or throughput >= total), [*skus][-1])
    circuit = None if total is None else next((mbps for mbps in circuits if mbps >= total), circuits[-1])
    return ExpressRoute(gateway_sku=sku, throughput_mbps=skus[sku], circuit_mbps=circuit, subnet=design.subnet.block)
