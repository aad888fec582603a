"""The parts of a layout: boxes with their text, the lines that join them, the hub, and the key. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil

from advisor.formats.drawing.boxes import Box, Link, Topology
from advisor.formats.drawing.measure import ASCENT, LINE, cut, width_of, wrapped
from advisor.formats.drawing.places import (
    BETWEEN,
    CROSS,
    CROSS_ROOM,
    GAP,
    MARGIN,
    NARROWEST_BOX,
    PAD,
    SAMPLE,
    SHORTEST,
    SMALL_CROSS,
    WIDEST_BOX,
    WIDEST_HUB,
    Frame,
    Layout,
    Placed,
    Row,
    Text,
)


def natural_width(boxes: Iterable[Box], widest: int = WIDEST_BOX) -> int:
    """How wide these boxes are that all their text fits in, within bounds; labels of marks are wrapped."""
    widths = [0.0]
    for box in boxes:
        widths.append(width_of(box.name, True) + CROSS_ROOM * box.crossed)
        widths += [width_of(fact) for fact in box.facts]
        widths += [min(width_of(mark, True), 130) + CROSS_ROOM for mark in box.marks]
    return min(max(ceil(max(widths)) + 2 * PAD + 1, NARROWEST_BOX), widest)


def placed_in(box: Box, width: int) -> Placed:
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


def draw_box(layout: Layout, placed: Placed, x: int, y: int, *, heavy: bool = False, height: int = 0) -> None:
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


def label_width(links: Iterable[Link]) -> int:
    """The room for what stands along these lines."""
    said = {text for link in links for text in (link.number, link.amount) if text}
    return ceil(max((width_of(text) for text in said), default=0))


def reach_of(links: Sequence[Link]) -> int:
    """The length of lines that leaves room for what stands along them, and for a cross."""
    return max(label_width(links) + 10, SHORTEST) + CROSS_ROOM * any(link.crossed for link in links)


def links_of(boxes: Iterable[Box]) -> list[Link]:
    return [link for box in boxes for link in box.links]


def trunks_of(links: Iterable[Link], order: Sequence[str]) -> tuple[str, ...]:
    kinds = {link.kind for link in links}
    return tuple(kind for kind in order if kind in kinds)


def link_middles(placed: Placed, y: int) -> Iterator[tuple[Link, int]]:
    """The lines of a box around this height, each with the height at which it runs."""
    at = y - sum(map(_room_of, placed.box.links)) // 2
    for link in placed.box.links:
        above, below = _rooms_of(link)
        yield link, at + above
        at += above + below


def straightened(column: Sequence[Placed], top: int, lanes: Mapping[str, int]) -> int:
    """Where a column begins that was to begin at `top`: moved by the few pixels that a line would stand beside the lane
    which it leads into, so that it runs straight; never off the drawing.
    """
    apart, y = [], top
    for placed in column:
        apart += [lanes[link.kind] - middle for link, middle in link_middles(placed, y + placed.room // 2)]
        y += placed.room + GAP
    nearest = min(apart, key=abs, default=0)
    return top + nearest if abs(nearest) < LINE and top + nearest >= MARGIN else top


def draw_links(
    layout: Layout, placed: Placed, y: int, edge: int, trunks: Mapping[str, int], ends: dict[str, list[int]]
) -> None:
    """The lines from the edge of a box to the trunks, each with its labels; notes in `ends` where each joins."""
    side = 1 if all(trunk > edge for trunk in trunks.values()) else -1
    nearest = min(abs(trunk - edge) for trunk in trunks.values())
    for link, middle in link_middles(placed, y):
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


def draw_keys(layout: Layout, topology: Topology, y: int, width: int) -> int:
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


class Hub:
    """The hub with its gateway subnet and the gateways in it, and where lines reach these, from its top."""

    def __init__(self, topology: Topology, width: int) -> None:
        self.width = width
        self._hub = placed_in(topology.hub, width)
        self._subnet = placed_in(topology.subnet, width - 2 * PAD) if topology.subnet else None
        gateways = {"circuit": topology.expressroute, "tunnel": topology.vpn}
        self._gateways = {kind: placed_in(box, width - 4 * PAD) for kind, box in gateways.items() if box}
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
        inner = [natural_width(gateways, WIDEST_HUB) + 4 * PAD if gateways else 0]
        if topology.subnet:
            inner.append(natural_width([topology.subnet], WIDEST_HUB) + 2 * PAD)
        return min(max(natural_width([topology.hub], WIDEST_HUB), *inner), WIDEST_HUB)

    def edge(self, kind: str) -> int:
        """How far inside the edge of the hub a line of a kind ends."""
        return 2 * PAD if kind in self._gateways else 0

    def draw(self, layout: Layout, x: int, y: int) -> int:
        """Draw it, and answer where the lowest gateway ends."""
        draw_box(layout, self._hub, x, y, heavy=True, height=self.height)
        top = y + self._hub.height
        if self._subnet:
            draw_box(layout, self._subnet, x + PAD, top, height=self._subnet_height)
            top += self._subnet.height
        for gateway in self._gateways.values():
            draw_box(layout, gateway, x + 2 * PAD, top)
            top += gateway.height + GAP
        return top - GAP if self._gateways else y + self.height


def stack_height(column: Sequence[Placed]) -> int:
    return sum(placed.room + GAP for placed in column) - GAP if column else 0


def first_of_height(column: Sequence[Placed], height: int) -> list[Placed]:
    """The first of these, until they are about so high."""
    found: list[Placed] = []
    reached = 0
    for placed in column:
        if reached + placed.room // 2 > height:
            break
        found.append(placed)
        reached += placed.room + GAP
    return found
