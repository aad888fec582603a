"""Where everything of a drawing stands, by the width of its words: in three layouts, all with letters of one size.

In the wide one the hub is in the middle, with the sites on the left in one column or two, the VNets on the right and
the clients below. In the others the hub is at the top, and all that it joins hangs below it, on both sides of the lines
or on one. Lines run straight across or down, and all places are whole CSS pixels. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from advisor.formats.drawing.measure import ASCENT, LINE, cut, width_of, wrapped
from advisor.formats.drawing.topology import Box, Link, Topology

WIDEST, MIDDLE, NARROW = 960, 640, 280
"""No layout of each kind is wider, in CSS pixels."""
STEPS = (460, 640, 800, 960)
"""The widths of a page from which it shows another layout; its stylesheet has a rule for each."""

MARGIN, PAD, GAP = 2, 8, 5
"""Around the drawing, inside a box beside its text, and between boxes."""
BETWEEN = 10
"""From one trunk, the line that several share, to the next."""
CROSS, SMALL_CROSS, CROSS_ROOM = 6, 4, 16
"""Half of a cross on a line or box, half of one before its label, and the room that either takes."""
SHORTEST = 22
"""The least length of a line from a box to its trunk."""
NARROWEST_BOX, WIDEST_BOX, WIDEST_HUB = 116, 200, 230
ONE_COLUMN = 8
"""So many sites stand in one column of the wide layout; more stand in two."""
TO_CLIENTS = 44
SAMPLE = 34
"""The length of a line that explains its kind."""


class Text(NamedTuple):
    """A line of text with the place of its foot; `whole` where it is cut."""

    x: int
    y: int
    said: str
    bold: bool = False
    whole: str = ""


class Frame(NamedTuple):
    """The outline of a box; that of the hub is heavy."""

    x: int
    y: int
    width: int
    height: int
    heavy: bool = False


Segment = tuple[int, int, int, int]
"""From one place to another, across or down."""


@dataclass(slots=True)
class Layout:
    """All that is drawn, with its places. `lines` are by their kind, `joints` are where a line joins a trunk that
    others cross, `crosses` have the half of their size.
    """

    width: int = 0
    height: int = 0
    frames: list[Frame] = field(default_factory=list)
    lines: dict[str, list[Segment]] = field(default_factory=dict)
    joints: list[tuple[int, int]] = field(default_factory=list)
    crosses: list[tuple[int, int, int]] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    @property
    def step(self) -> int:
        """The first of the steps at which there is room for it."""
        return next(step for step in STEPS if self.width <= step)

    def line(self, kind: str, *places: tuple[int, int]) -> None:
        """A line of a kind through these places, each straight across from or below the one before."""
        segments = self.lines.setdefault(kind, [])
        segments.extend((*start, *end) for start, end in pairwise(places))


class Row(NamedTuple):
    """A line of text in a box: `marked` where a small cross stands before it."""

    said: str
    bold: bool = False
    whole: str = ""
    marked: bool = False


class Placed(NamedTuple):
    """A box with the lines of its text, its width, and its height together with that of the lines beside it."""

    box: Box
    rows: tuple[Row, ...]
    width: int
    height: int
    room: int


def layouts_of(topology: Topology) -> tuple[Layout, ...]:
    """The layouts of a drawing for a page, from narrow to wide. One that is no wider than the middle one takes its
    place, and one that is wider than any page is left out.
    """
    wide = wide_layout(topology)
    middle = (stacked_layout(topology, MIDDLE),) if wide.width > MIDDLE else ()
    return (stacked_layout(topology, NARROW), *middle, *((wide,) if wide.width <= WIDEST else ()))


def widest_layout(topology: Topology) -> Layout:
    """The layout of a drawing that stands alone."""
    wide = wide_layout(topology)
    return wide if wide.width <= WIDEST else stacked_layout(topology, MIDDLE)


def wide_layout(topology: Topology) -> Layout:
    """The hub in the middle, sites left, VNets right, clients below."""
    return _Wide(topology).layout


def stacked_layout(topology: Topology, width: int) -> Layout:
    """The hub at the top, and what it joins below it: on both sides of the trunks where there is room for that."""
    return _Stacked(topology, width).layout


# What stands in a box


def _natural_width(boxes: Iterable[Box], widest: int = WIDEST_BOX) -> int:
    """How wide these boxes are that all their text fits in, within bounds; labels of marks are wrapped."""
    widths = [0.0]
    for box in boxes:
        widths.append(width_of(box.name, True) + CROSS_ROOM * box.crossed)
        widths += [width_of(fact) for fact in box.facts]
        widths += [min(width_of(mark, True), 130) + CROSS_ROOM for mark in box.marks]
    return min(max(ceil(max(widths)) + 2 * PAD + 1, NARROWEST_BOX), widest)


def _placed(box: Box, width: int) -> Placed:
    rows = tuple(_rows(box, width - 2 * PAD))
    height = len(rows) * LINE + GAP
    return Placed(box, rows, width, height, max(height, sum(map(_room_of, box.links))))


def _rows(box: Box, width: int) -> Iterator[Row]:
    yield _row(box.name, width - CROSS_ROOM * box.crossed, bold=True)
    for fact in box.facts:
        yield _row(fact, width)
    for mark in box.marks:
        first = True
        for line in wrapped(mark, width - CROSS_ROOM, True):
            yield Row(line, bold=True, marked=first)
            first = False


def _row(said: str, width: int, *, bold: bool = False) -> Row:
    shown = cut(said, width, bold)
    return Row(shown, bold, said if shown != said else "")


def _labels(link: Link) -> tuple[str, str]:
    """What stands above a line and below it."""
    return (link.number, link.amount) if link.number else (link.amount, "")


def _rooms_of(link: Link) -> tuple[int, int]:
    """The height that a line takes above and below it, with what stands there."""
    above, below = _labels(link)
    return LINE + 2 if above else BETWEEN // 2, LINE + 2 if below else BETWEEN // 2


def _room_of(link: Link) -> int:
    return sum(_rooms_of(link))


def _draw_box(layout: Layout, placed: Placed, x: int, y: int, *, heavy: bool = False, height: int = 0) -> None:
    layout.frames.append(Frame(x, y, placed.width, height or placed.height, heavy))
    if placed.box.crossed:
        layout.crosses.append((x + placed.width - PAD - CROSS, y + GAP // 2 + LINE // 2, CROSS))
    foot = y + GAP // 2 + ASCENT
    labelled = False
    for row in placed.rows:
        labelled = labelled or row.marked
        if row.marked:
            layout.crosses.append((x + PAD + SMALL_CROSS, foot - 5, SMALL_CROSS))
        shift = CROSS_ROOM if labelled else 0
        layout.texts.append(Text(x + PAD + shift, foot, row.said, row.bold, row.whole))
        foot += LINE


# Lines


def _label_width(links: Iterable[Link]) -> int:
    """The room for what stands along these lines."""
    said = {text for link in links for text in (link.number, link.amount) if text}
    return ceil(max((width_of(text) for text in said), default=0))


def _reach(links: Sequence[Link]) -> int:
    """The length of lines that leaves room for what stands along them, and for a cross."""
    return max(_label_width(links) + 10, SHORTEST) + CROSS_ROOM * any(link.crossed for link in links)


def _links(boxes: Iterable[Box]) -> list[Link]:
    return [link for box in boxes for link in box.links]


def _trunks(links: Iterable[Link], order: Sequence[str]) -> tuple[str, ...]:
    kinds = {link.kind for link in links}
    return tuple(kind for kind in order if kind in kinds)


def _draw_links(
    layout: Layout, placed: Placed, y: int, edge: int, trunks: Mapping[str, int], ends: dict[str, list[int]]
) -> None:
    """The lines from the edge of a box to the trunks, each with its labels; notes in `ends` where each joins."""
    links = placed.box.links
    at = y - sum(map(_room_of, links)) // 2
    side = 1 if all(trunk > edge for trunk in trunks.values()) else -1
    nearest = min(abs(trunk - edge) for trunk in trunks.values())
    for link in links:
        above, below = _rooms_of(link)
        middle = at + above
        at += above + below
        trunk = trunks[link.kind]
        layout.line(link.kind, (edge, middle), (trunk, middle))
        if len(trunks) > 1 and link.kind != "circuit":
            layout.joints.append((trunk, middle))
        if link.crossed:
            layout.crosses.append((edge + side * (CROSS + 3), middle, CROSS))
        start = edge + 4 + CROSS_ROOM * link.crossed if side > 0 else edge - nearest + 5
        for label, foot in zip(_labels(link), (middle - 6, middle + ASCENT + 2), strict=True):
            if label:
                layout.texts.append(Text(start, foot, label))
        ends.setdefault(link.kind, []).append(middle)


def _draw_keys(layout: Layout, topology: Topology, y: int, width: int) -> int:
    """The kinds of lines with their names, in rows as wide as the drawing; answers where they end."""
    marked = bool(layout.crosses)
    x, foot = MARGIN, y
    for kind, said in (*topology.keys.items(), *([("cross", topology.not_fitting)] if marked else [])):
        sample = SAMPLE if kind != "cross" else 2 * CROSS
        needed = sample + 8 + ceil(width_of(said))
        if x > MARGIN and x + needed > width:
            x, foot = MARGIN, foot + LINE + GAP
        middle = foot + LINE // 2
        if kind == "cross":
            layout.crosses.append((x + CROSS, middle, CROSS))
        else:
            layout.line(kind, (x, middle), (x + sample, middle))
        layout.texts.append(Text(x + sample + 8, foot + ASCENT, said))
        layout.width = max(layout.width, x + needed + MARGIN)
        x += needed + 24
    return foot + LINE if topology.keys or marked else y - GAP


# The hub


class _Hub:
    """The hub with its gateway subnet and the gateways in it, and where lines reach these, from its top."""

    def __init__(self, topology: Topology, width: int) -> None:
        self.width = width
        self._hub = _placed(topology.hub, width)
        self._subnet = _placed(topology.subnet, width - 2 * PAD) if topology.subnet else None
        gateways = {"circuit": topology.expressroute, "tunnel": topology.vpn}
        self._gateways = {kind: _placed(box, width - 4 * PAD) for kind, box in gateways.items() if box}
        inside = sum(one.height + GAP for one in self._gateways.values())
        self._subnet_height = self._subnet.height + inside if self._subnet else 0
        self.height = self._hub.height + (self._subnet_height + PAD if self._subnet else 0)
        self.middles: dict[str, int] = {"peering": GAP // 2 + LINE // 2}
        top = self._hub.height + (self._subnet.height if self._subnet else 0)
        for kind, gateway in self._gateways.items():
            self.middles[kind] = top + gateway.height // 2
            top += gateway.height + GAP

    @staticmethod
    def natural_width(topology: Topology) -> int:
        """How wide it is that all its text fits in."""
        gateways = [box for box in (topology.expressroute, topology.vpn) if box]
        inner = [_natural_width(gateways, WIDEST_HUB) + 4 * PAD if gateways else 0]
        if topology.subnet:
            inner.append(_natural_width([topology.subnet], WIDEST_HUB) + 2 * PAD)
        return min(max(_natural_width([topology.hub], WIDEST_HUB), *inner), WIDEST_HUB)

    def edge(self, kind: str) -> int:
        """How far inside the edge of the hub a line of a kind ends."""
        return 2 * PAD if kind in self._gateways else 0

    def draw(self, layout: Layout, x: int, y: int) -> int:
        """Draw it, and answer where the lowest gateway ends."""
        _draw_box(layout, self._hub, x, y, heavy=True, height=self.height)
        top = y + self._hub.height
        if self._subnet:
            _draw_box(layout, self._subnet, x + PAD, top, height=self._subnet_height)
            top += self._subnet.height
        for gateway in self._gateways.values():
            _draw_box(layout, gateway, x + 2 * PAD, top)
            top += gateway.height + GAP
        return top - GAP if self._gateways else y + self.height


def _stack_height(column: Sequence[Placed]) -> int:
    return sum(placed.room + GAP for placed in column) - GAP if column else 0


# The wide layout


class _Wide:
    """Places the parts of the wide layout around the middle of its height, which is 0 until all is known."""

    def __init__(self, topology: Topology) -> None:
        self.layout = Layout()
        self._topology = topology
        sites, vnets = topology.sites, topology.vnets
        self._site_links, self._vnet_links = _links(sites), _links(vnets)
        self._site_trunks = _trunks(self._site_links, ("circuit", "tunnel", "clients"))
        self._vnet_trunks = _trunks(self._vnet_links, ("peering", "tunnel"))
        self._site_reach, self._vnet_reach = _reach(self._site_links), _reach(self._vnet_links)
        self._two = len(sites) > ONE_COLUMN
        self._fit()
        self._draw()

    def _fit(self) -> None:
        """The widths of the columns, smaller than natural where all together are too wide."""
        topology = self._topology
        self._node = _placed(topology.circuit, _natural_width([topology.circuit])) if topology.circuit else None
        clients = _natural_width([topology.clients], WIDEST_HUB) if topology.clients else 0
        hub = max(_Hub.natural_width(topology), clients)
        self._hub = _Hub(topology, hub)
        site, vnet = _natural_width(topology.sites), _natural_width(topology.vnets)
        columns = (0 if not topology.sites else 2 if self._two else 1, 1 if topology.vnets else 0)
        fixed = hub + 2 * MARGIN + self._left_lines() + self._right_lines()
        left = WIDEST - fixed - columns[0] * site - columns[1] * vnet
        if left < 0:
            each = -(left // max(sum(columns), 1))
            site, vnet = max(site - each, NARROWEST_BOX), max(vnet - each, NARROWEST_BOX)
        self._sites = [_placed(box, site) for box in topology.sites]
        self._vnets = [_placed(box, vnet) for box in topology.vnets]
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
            "first": (_stack_height(first) - hub.height) // 2,
            "above": _stack_height(above) + GAP - top if above else 0,
            "vnets": (_stack_height(self._vnets) - hub.height) // 2,
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
        layout.height = _draw_keys(layout, topology, end + 3 * GAP, layout.width) + MARGIN

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
        half = (_stack_height(self._sites) + passage + 2 * GAP) // 2
        first = _until(self._sites, half)
        second = self._sites[len(first) :]
        above = _until(second, _stack_height(second) // 2)
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
        ends = [self._column(first, hub_top + (hub.height - _stack_height(first)) // 2, MARGIN, edge, trunks, joins)]
        hub_x = last + SHORTEST
        node_x = last + SHORTEST
        if self._two:
            second = last + self._site_reach
            top = hub_top + passage[0] - GAP - _stack_height(above)
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
                _draw_box(layout, self._node, node_x, lane + 20 - self._node.height)
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
            _draw_box(self.layout, placed, x, y + (placed.room - placed.height) // 2)
            if placed.box.links:
                _draw_links(self.layout, placed, y + placed.room // 2, edge, trunks, joins)
            y += placed.room + GAP
        return y - GAP

    def _draw_vnets(self, right: int, hub_top: int, ends: list[int]) -> int:
        """Answers where the column ends on the right."""
        layout, hub = self.layout, self._hub
        trunks = {kind: right + SHORTEST + BETWEEN * place for place, kind in enumerate(self._vnet_trunks)}
        x = right + self._right_lines()
        joins: dict[str, list[int]] = {}
        top = hub_top + (hub.height - _stack_height(self._vnets)) // 2
        ends.append(self._column(self._vnets, top, x, x, trunks, joins))
        for kind, trunk in trunks.items():
            lane = hub_top + hub.middles.get(kind, hub.height // 2)
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
        placed = _placed(box, self._hub.width)
        middle, y = x + self._hub.width // 2, bottom + TO_CLIENTS
        self.layout.line("clients", (middle, lowest), (middle, y))
        if any(link.crossed for link in box.links):
            self.layout.crosses.append((middle, bottom + TO_CLIENTS // 2, CROSS))
        _draw_box(self.layout, placed, x, y)
        return y + placed.height


def _until(column: Sequence[Placed], height: int) -> list[Placed]:
    """The first of these, until they are about so high."""
    found: list[Placed] = []
    reached = 0
    for placed in column:
        if reached + placed.room // 2 > height:
            break
        found.append(placed)
        reached += placed.room + GAP
    return found


# The hub at the top


class _Stacked:
    """Places the parts below each other, from the top."""

    def __init__(self, topology: Topology, width: int) -> None:
        self.layout = Layout(width=width)
        self._topology = topology
        boxes = [*topology.sites, *topology.vnets, *([topology.clients] if topology.clients else [])]
        links = _links(boxes)
        kinds = _trunks(links, ("tunnel", "clients", "peering", "circuit"))
        both = width > 2 * NARROW
        reach = _reach(links)
        span = BETWEEN * max(len(kinds) - 1, 0)
        inner = width - 2 * MARGIN
        if both:
            box_width = min((inner - span - 2 * reach) // 2, max(_natural_width(boxes), 150))
            first = width // 2 - span // 2
            edges = (first - reach, first + span + reach)
        else:
            box_width = inner - PAD - span - reach
            first = MARGIN + PAD
            edges = (0, first + span + reach)
        self._trunks = {kind: first + BETWEEN * place for place, kind in enumerate(kinds)}
        self._last = first + span
        y = self._draw_hub(inner, both=both)
        placed = [_placed(box, box_width) for box in boxes]
        left = _until(placed, _stack_height(placed) // 2) if both else []
        below_hub = self._draw_circuit(y)
        joins: dict[str, list[int]] = {kind: [below_hub if kind == "circuit" else y] for kind in kinds}
        start = below_hub + 2 * GAP
        ends = [
            self._column(left, start, edges[0] - box_width, edges[0], joins),
            self._column(placed[len(left) :], start, edges[1], edges[1], joins),
        ]
        for kind, trunk in self._trunks.items():
            self.layout.line(kind, (trunk, min(joins[kind])), (trunk, max(joins[kind])))
        self.layout.height = _draw_keys(self.layout, topology, max(ends) + 3 * GAP, width) + MARGIN

    def _draw_hub(self, inner: int, *, both: bool) -> int:
        """Answers where it ends."""
        width = min(inner, max(_Hub.natural_width(self._topology), 200)) if both else inner
        hub = _Hub(self._topology, width)
        hub.draw(self.layout, MARGIN + (inner - width) // 2, MARGIN)
        return MARGIN + hub.height

    def _draw_circuit(self, y: int) -> int:
        """The circuit on its trunk, which is the last; answers where it ends."""
        box = self._topology.circuit
        if box is None:
            return y
        placed = _placed(box, _natural_width([box]))
        top = y + 3 * GAP
        self.layout.line("circuit", (self._last, y), (self._last, top))
        _draw_box(self.layout, placed, self._last - GAP, top)
        return top + placed.height

    def _column(self, column: Sequence[Placed], y: int, x: int, edge: int, joins: dict[str, list[int]]) -> int:
        for placed in column:
            _draw_box(self.layout, placed, x, y + (placed.room - placed.height) // 2)
            if placed.box.links:
                _draw_links(self.layout, placed, y + placed.room // 2, edge, self._trunks, joins)
            y += placed.room + GAP
        return y - GAP
