"""From a need to an advice: the design, what the rules find in it, and what to read about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from advisor.core.advice import Advice, ExpressRoute, Finding, Gateway
from advisor.core.client_pool import client_pool
from advisor.core.codes import FINDINGS, SEVERITIES
from advisor.core.connections import alternatives, connections
from advisor.core.design import Design, make_design
from advisor.core.limit_rows import limit_rows
from advisor.core.need import Need
from advisor.core.rules import RULES
from faq.knowledge.limits import Catalogue


def decide(need: Need, catalogue: Catalogue) -> Advice:
    """The advice for a need by the limits of its edition.

    Raises `UnknownLimit` where the catalogue lacks a limit, ValueError where it is another edition's.
    """
    if catalogue.edition != need.edition:
        raise ValueError(f"the need is of edition {need.edition}, the limits are of {catalogue.edition}")
    design = make_design(need, catalogue)
    expressroute = _expressroute(catalogue, design)
    findings = _ordered(found for rule in RULES for found in rule(need, catalogue, design))
    advice = Advice(
        edition=need.edition,
        verdict=_verdict(findings),
        connections=tuple(connections(need, catalogue, design)),
        gateway=_gateway(catalogue, design),
        expressroute=expressroute,
        limits=tuple(limit_rows(need, catalogue, design, expressroute)),
        findings=findings,
        alternatives=tuple(alternatives(need, catalogue, design)),
        entries=(),
        client_pool=client_pool(need),
    )
    return replace(advice, entries=tuple(dict.fromkeys(entry for entry in _entries(advice) if entry)))


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By severity, then in the order of the table; findings of one code keep theirs."""
    places = {code: place for place, code in enumerate(FINDINGS)}
    return tuple(sorted(findings, key=lambda found: (SEVERITIES.index(found.severity), places[found.code])))


def _verdict(findings: Iterable[Finding]) -> str:
    severities = {found.severity for found in findings}
    if "error" in severities:
        return "does-not-fit"
    return "fits-with-warnings" if "warning" in severities else "fits"


def _gateway(catalogue: Catalogue, design: Design) -> Gateway | None:
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


def _expressroute(catalogue: Catalogue, design: Design) -> ExpressRoute | None:
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


def _entries(advice: Advice) -> Iterator[str | None]:
    """What to read, the most urgent first: errors and warnings, then reasons, limits and infos."""
    yield from (found.entry for found in advice.findings if found.severity != "info")
    yield from (reason.entry for connection in advice.connections for reason in connection.reasons)
    yield from (reason.entry for alternative in advice.alternatives for reason in alternative.reasons)
    yield from (row.entry for row in advice.limits)
    yield from (found.entry for found in advice.findings if found.severity == "info")
