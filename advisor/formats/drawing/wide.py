"""The wide layout: the hub in the middle, the sites on the left, the VNets on the right, the clients below. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    straightened,
    trunks_of,
)
from advisor.formats.drawing.places import (
    BETWEEN,
    CROSS,
    GAP,
    MARGIN,
    NARROWEST_BOX,
    ONE_COLUMN,
    SHORTEST,
    TO_CLIENTS,
    WIDEST,
    WIDEST_HUB,
    Layout,
    Placed,
)


class Wide:
    """Places the parts of the wide layout around the middle of its height, which is 0 until all is known."""

    def __init__(self, topology: Topology) -> None:
        self.layout = Layout()
        self._topology = topology
        sites, vnets = topology.sites, topology.vnets
        self._site_links, self._vnet_links = links_of(sites), links_of(vnets)
        self._site_trunks = trunks_of(self._site_links, ("circuit", "tunnel", "clients"))
        self._vnet_trunks = trunks_of(self._vnet_links, ("peering", "tunnel"))
        self._site_reach, self._vnet_reach = reach_of(self._site_links), reach_of(self._vnet_links)
        self._two = len(sites) > ONE_COLUMN
        self._fit()
        self._draw()

    def _fit(self) -> None:
        """The widths of the columns, smaller than natural where all together are too wide."""
        topology = self._topology
        self._node = placed_in(topology.circuit, natural_width([topology.circuit])) if topology.circuit else None
        clients = natural_width([topology.clients], WIDEST_HUB) if topology.clients else 0
        hub = max(Hub.natural_width(topology), clients)
        self._hub = Hub(topology, hub)
        site, vnet = natural_width(topology.sites), natural_width(topology.vnets)
        columns = (0 if not topology.sites else 2 if self._two else 1, 1 if topology.vnets else 0)
        fixed = hub + 2 * MARGIN + self._left_lines() + self._right_lines()
        left = WIDEST - fixed - columns[0] * site - columns[1] * vnet
        if left < 0:
            each = -(left // max(sum(columns), 1))
            site, vnet = max(site - each, NARROWEST_BOX), max(vnet - each, NARROWEST_BOX)
        self._sites = [placed_in(box, site) for box in topology.sites]
        self._vnets = [placed_in(box, vnet) for box in topology.vnets]
        self._site_width = site

    def _left_lines(self) -> int:
        """The width of the lines between the sites and the hub."""
        if not self._topology.sites:
            return 0
        trunks = BETWEEN * max(len(self._site_trunks) - 1, 0)
        node = self._node.width + SHORTEST if self._node and not self._two else 0
        return self._site_reach * (2 if self._two else 1) + trunks + SHORTEST + node

    def _right_lines(self) -> int:
        if not self._topology.vnets:
            return 0
        return SHORTEST + BETWEEN * max(len(self._vnet_trunks) - 1, 0) + self._vnet_reach

    def _draw(self) -> None:
        topology, layout, hub = self._topology, self.layout, self._hub
        lanes = {kind: hub.middles.get(kind, hub.height // 2) for kind in self._site_trunks if kind != "clients"}
        if "clients" in self._site_trunks:
            lanes["clients"] = hub.middles.get("tunnel", hub.height // 2) + BETWEEN
        top, bottom = self._passage(lanes)
        first, above, below = self._columns(bottom - top)
        heights = {
            "first": (stack_height(first) - hub.height) // 2,
            "above": stack_height(above) + GAP - top if above else 0,
            "vnets": (stack_height(self._vnets) - hub.height) // 2,
        }
        hub_top = MARGIN + max(0, *heights.values())
        if self._node and not self._two:
            hub_top = max(hub_top, MARGIN - top)
        x = MARGIN
        ends: list[int] = []
        if self._sites:
            x, ends = self._draw_sites(hub_top, (first, above, below), lanes, (top, bottom))
        lowest = hub.draw(layout, x, hub_top)
        right = x + hub.width
        clients_end = self._draw_clients(x, lowest, hub_top + hub.height)
        if self._vnets:
            right = self._draw_vnets(right, hub_top, ends)
        layout.width = right + MARGIN
        end = max([hub_top + hub.height, clients_end, *ends])
        layout.height = draw_keys(layout, topology, end + 3 * GAP, layout.width) + MARGIN

    def _passage(self, lanes: Mapping[str, int]) -> tuple[int, int]:
        """From where to where, from the top of the hub, the lines to it pass between the boxes of the second column."""
        top, bottom = min(lanes.values(), default=0) - GAP, max(lanes.values(), default=0) + GAP
        if self._node and "circuit" in lanes:
            low = lanes["circuit"] + 20
            top, bottom = min(top, low - self._node.height), max(bottom, low)
        return top, bottom

    def _columns(self, passage: int) -> tuple[list[Placed], list[Placed], list[Placed]]:
        """The sites of the first column, and of the second those above and below what passes there."""
        if not self._two:
            return self._sites, [], []
        half = (stack_height(self._sites) + passage + 2 * GAP) // 2
        first = first_of_height(self._sites, half)
        second = self._sites[len(first) :]
        above = first_of_height(second, stack_height(second) // 2)
        return first, above, second[len(above) :]

    def _draw_sites(
        self,
        hub_top: int,
        columns: tuple[list[Placed], list[Placed], list[Placed]],
        lanes: Mapping[str, int],
        passage: tuple[int, int],
    ) -> tuple[int, list[int]]:
        """Answers where the hub begins, and the ends of the columns."""
        layout, hub = self.layout, self._hub
        first, above, below = columns
        edge = MARGIN + self._site_width
        start = edge + self._site_reach
        trunks = {kind: start + BETWEEN * place for place, kind in enumerate(self._site_trunks)}
        last = start + BETWEEN * max(len(trunks) - 1, 0)
        joins: dict[str, list[int]] = {}
        top = hub_top + (hub.height - stack_height(first)) // 2
        top = straightened(first, top, {kind: hub_top + lane for kind, lane in lanes.items()})
        ends = [self._column(first, top, MARGIN, edge, trunks, joins)]
        hub_x = last + SHORTEST
        node_x = last + SHORTEST
        if self._two:
            second = last + self._site_reach
            top = hub_top + passage[0] - GAP - stack_height(above)
            self._column(above, top, second, second, trunks, joins)
            ends.append(self._column(below, hub_top + passage[1] + GAP, second, second, trunks, joins))
            hub_x = second + self._site_width + SHORTEST
            node_x = second
        elif self._node:
            hub_x = node_x + self._node.width + SHORTEST
        for kind, trunk in trunks.items():
            lane = hub_top + lanes[kind]
            reached = joins[kind] + [lane]
            if max(reached) > min(reached):
                layout.line(kind, (trunk, min(reached)), (trunk, max(reached)))
            goal = hub_x + hub.edge("tunnel" if kind == "clients" else kind)
            if kind == "circuit" and self._node:
                layout.line(kind, (trunk, lane), (node_x, lane))
                layout.line(kind, (node_x + self._node.width, lane), (goal, lane))
                draw_box(layout, self._node, node_x, lane + 20 - self._node.height)
            else:
                layout.line(kind, (trunk, lane), (goal, lane))
        return hub_x, ends

    def _column(
        self,
        column: Sequence[Placed],
        y: int,
        x: int,
        edge: int,
        trunks: Mapping[str, int],
        joins: dict[str, list[int]],
    ) -> int:
        """Boxes below each other with their lines; answers where they end."""
        for placed in column:
            draw_box(self.layout, placed, x, y + (placed.room - placed.height) // 2)
            if placed.box.links:
                draw_links(self.layout, placed, y + placed.room // 2, edge, trunks, joins)
            y += placed.room + GAP
        return y - GAP

    def _draw_vnets(self, right: int, hub_top: int, ends: list[int]) -> int:
        """Answers where the column ends on the right."""
        layout, hub = self.layout, self._hub
        trunks = {kind: right + SHORTEST + BETWEEN * place for place, kind in enumerate(self._vnet_trunks)}
        x = right + self._right_lines()
        joins: dict[str, list[int]] = {}
        lanes = {kind: hub_top + hub.middles.get(kind, hub.height // 2) for kind in trunks}
        top = straightened(self._vnets, hub_top + (hub.height - stack_height(self._vnets)) // 2, lanes)
        ends.append(self._column(self._vnets, top, x, x, trunks, joins))
        for kind, trunk in trunks.items():
            lane = lanes[kind]
            reached = joins[kind] + [lane]
            if max(reached) > min(reached):
                layout.line(kind, (trunk, min(reached)), (trunk, max(reached)))
            layout.line(kind, (right - hub.edge(kind), lane), (trunk, lane))
        return x + self._vnets[0].width

    def _draw_clients(self, x: int, lowest: int, bottom: int) -> int:
        """The clients below the hub, on a line from its VPN gateway; answers where they end."""
        box = self._topology.clients
        if box is None:
            return 0
        placed = placed_in(box, self._hub.width)
        middle, y = x + self._hub.width // 2, bottom + TO_CLIENTS
        self.layout.line("clients", (middle, lowest), (middle, y))
        if any(link.crossed for link in box.links):
            self.layout.crosses.append((middle, bottom + TO_CLIENTS // 2, CROSS))
        draw_box(self.layout, placed, x, y)
        return y + placed.height
