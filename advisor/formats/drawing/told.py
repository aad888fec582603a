"""The drawing in words: sentences that say all that is drawn."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.formats.drawing.boxes import Box, Topology


def tell(topology: Topology) -> Iterator[str]:
    """What the drawing shows, from the hub outward, a sentence for each box."""
    gateways = [box for box in (topology.subnet, topology.expressroute, topology.vpn, topology.circuit) if box]
    members = [*topology.sites, *topology.vnets, *([topology.clients] if topology.clients else [])]
    yield f"{topology.title}."
    for box in (topology.hub, *gateways, *members):
        said = "; ".join(_said(box, topology))
        yield f"{box.name}: {said}." if said else f"{box.name}."


def _said(box: Box, topology: Topology) -> Iterator[str]:
    yield from box.facts
    for link in box.links:
        details = ", ".join(part for part in (link.number, link.amount) if part)
        key = topology.keys[link.kind]
        yield f"{key} ({details})" if details else key
    for mark in box.marks:
        yield f"{topology.not_fitting}: {mark}"
