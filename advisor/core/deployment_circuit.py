"""ExpressRoute in a deployment: the gateway, a circuit to order, and the connection between them."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.deployment_parameters import Ask, Why, by_fact
from advisor.core.deployment_plan import Plan
from advisor.core.deployment_resources import Circuit, CircuitConnection, ExpressRouteGateway
from advisor.core.gateways import SCALED
from advisor.core.parameters import Count, Mbps
from advisor.core.skus import expressroute_key


def expressroute_gateway(plan: Plan) -> ExpressRouteGateway | None:
    """The gateway of the hub, or None where no site is on a circuit."""
    advised = plan.advice.expressroute
    if advised is None:
        return None
    units = None
    if advised.gateway_sku == SCALED:
        units = advised.throughput_mbps // plan.catalogue.number(_OF_UNIT)
    return ExpressRouteGateway(
        vnet=plan.hub,
        name=f"ergw-{plan.hub}",
        location=plan.location(0),
        sku=advised.gateway_sku,
        scale_units=units,
        whys=tuple(_whys_of_gateway(plan, advised.gateway_sku, advised.throughput_mbps, units)),
    )


_OF_UNIT = f"expressroute.gateway.{SCALED}.mbps_per_unit"


def _whys_of_gateway(plan: Plan, sku: str, throughput: int, units: int | None) -> Iterator[Why]:
    if units is None:
        key = expressroute_key(plan.catalogue, sku)
        yield by_fact(plan.catalogue, key, "circuit-gateway-sku", sku=sku, throughput=Mbps(throughput))
    else:
        of_unit = Mbps(plan.catalogue.number(_OF_UNIT))
        told = Count(units, "scale-unit")
        yield by_fact(plan.catalogue, _OF_UNIT, "circuit-gateway-units", sku=sku, units=told, of_unit=of_unit)
    yield by_fact(plan.catalogue, "expressroute.public_ip_gateway", "circuit-gateway-without-address")


def circuit(plan: Plan) -> Circuit | None:
    """The circuit to order, or None where there is one already or none is needed. Above what providers offer it is a
    circuit on a port of one's own.
    """
    advised = plan.advice.expressroute
    if advised is None or plan.need.expressroute_circuit:
        return None
    offered = plan.catalogue.members("expressroute.circuit_bandwidths")
    direct = advised.circuit_mbps is not None and advised.circuit_mbps > offered[-1]
    return Circuit(
        name=f"erc-{plan.hub}",
        location=plan.location(0),
        mbps=advised.circuit_mbps or Ask("circuit-mbps"),
        tier="Premium" if _needs_premium(plan) else "Standard",
        provider=None if direct else Ask("expressroute-provider"),
        peering_location=None if direct else Ask("expressroute-peering-location"),
        port=Ask("expressroute-port-id") if direct else None,
        whys=tuple(_whys_of_circuit(plan, advised.circuit_mbps, direct)),
    )


def _needs_premium(plan: Plan) -> bool:
    return any(found.code == "expressroute-premium-needed" for found in plan.advice.findings)


def _whys_of_circuit(plan: Plan, mbps: int | None, direct: bool) -> Iterator[Why]:
    if direct:
        largest = Mbps(plan.catalogue.members("expressroute.circuit_bandwidths")[-1])
        yield by_fact(plan.catalogue, "expressroute.direct_bandwidths", "circuit-direct", largest=largest)
    elif mbps is not None:
        yield by_fact(plan.catalogue, "expressroute.circuit_bandwidths", "circuit-size", mbps=Mbps(mbps))
    else:
        yield by_fact(plan.catalogue, "expressroute.circuit_bandwidths", "circuit-size-unknown")
    if _needs_premium(plan):
        routes = plan.catalogue.number("expressroute.routes_private_standard")
        yield by_fact(plan.catalogue, "expressroute.routes_private_standard", "circuit-premium", routes=routes)


def circuit_connection(plan: Plan) -> CircuitConnection | None:
    """The connection of the gateway: to the circuit that is there, or once the provider has done its part."""
    if plan.advice.expressroute is None:
        return None
    there = plan.need.expressroute_circuit
    return CircuitConnection(
        name=f"con-ergw-{plan.hub}",
        vnet=plan.hub,
        location=plan.location(0),
        circuit=Ask("expressroute-circuit-id") if there else None,
        authorization_key=Ask("authorization-key") if there else None,
        provisioned=None if there else Ask("circuit-provisioned"),
        whys=(by_fact(plan.catalogue, "expressroute.redundant_pair", "circuit-there" if there else "circuit-ordered"),),
    )
