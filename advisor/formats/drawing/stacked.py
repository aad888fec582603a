"""The layout with the hub at the top and all that it joins below it, on both sides of the lines or on one. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.formats.drawing.boxes import Topology
from advisor.formats.drawing.parts import (
    Hub,
    draw_box,
    draw_keys,
    draw_links,
    first_of_height,
    links_of,
    natural_width,
    placed_in,
    reach_of,
    stack_height,
    trunks_of,
)
from advisor.formats.drawing.places import BETWEEN, GAP, MARGIN, NARROW, PAD, Layout, Placed


class Stacked:
    """Places the parts below each other, from the top."""

    def __init__(self, topology: Topology, width: int) -> None:
        self.layout = Layout(width=width)
        self._topology = topology
        boxes = [*topology.sites, *topology.vnets, *([topology.clients] if topology.clients else [])]
        links = links_of(boxes)
        kinds = trunks_of(links, ("tunnel", "clients", "peering", "circuit"))
        both = width > 2 * NARROW
        reach = reach_of(links)
        span = BETWEEN * max(len(kinds) - 1, 0)
        inner = width - 2 * MARGIN
        if both:
            box_width = min((inner - span - 2 * reach) // 2, max(natural_width(boxes), 150))
            first = width // 2 - span // 2
            edges = (first - reach, first + span + reach)
        else:
            box_width = inner - PAD - span - reach
            first = MARGIN + PAD
            edges = (0, first + span + reach)
        self._trunks = {kind: first + BETWEEN * place for place, kind in enumerate(kinds)}
        self._last = first + span
        y = self._draw_hub(inner, both=both)
        placed = [placed_in(box, box_width) for box in boxes]
        left = first_of_height(placed, stack_height(placed) // 2) if both else []
        below_hub = self._draw_circuit(y)
        joins: dict[str, list[int]] = {kind: [below_hub if kind == "circuit" else y] for kind in kinds}
        start = below_hub + 2 * GAP
        ends = [
            self._column(left, start, edges[0] - box_width, edges[0], joins),
            self._column(placed[len(left) :], start, edges[1], edges[1], joins),
        ]
        for kind, trunk in self._trunks.items():
            self.layout.line(kind, (trunk, min(joins[kind])), (trunk, max(joins[kind])))
        self.layout.height = draw_keys(self.layout, topology, max(ends) + 3 * GAP, width) + MARGIN

    def _draw_hub(self, inner: int, *, both: bool) -> int:
        """Answers where it ends."""
        width = min(inner, max(Hub.natural_width(self._topology), 200)) if both else inner
        hub = Hub(self._topology, width)
        hub.draw(self.layout, MARGIN + (inner - width) // 2, MARGIN)
        return MARGIN + hub.height

    def _draw_circuit(self, y: int) -> int:
        """The circuit on its trunk, which is the last; answers where it ends."""
        box = self._topology.circuit
        if box is None:
            return y
        placed = placed_in(box, natural_width([box]))
        top = y + 3 * GAP
        self.layout.line("circuit", (self._last, y), (self._last, top))
        draw_box(self.layout, placed, self._last - GAP, top)
        return top + placed.height

    def _column(self, column: Sequence[Placed], y: int, x: int, edge: int, joins: dict[str, list[int]]) -> int:
        for placed in column:
            draw_box(self.layout, placed, x, y + (placed.room - placed.height) // 2)
            if placed.box.links:
                draw_links(self.layout, placed, y + placed.room // 2, edge, self._trunks, joins)
            y += placed.room + GAP
        return y - GAP
