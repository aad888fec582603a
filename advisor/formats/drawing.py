"""The topology of an advice as an SVG drawing, with its text twin. Pure: no Django.

Everything is drawn in the colour of the text around it. The kinds of lines differ in form, not in colour, and each
bears its name: a solid line is an IPsec tunnel, a thick one a circuit, a dashed one the clients' tunnels, a dotted one
a peering.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from advisor.core.advice import Advice, Connection
from advisor.core.need import Need
from advisor.core.parameters import Code, Value
from advisor.core.rules.naming import clients_of, hub_name
from advisor.wording.sentences import Texts

MOST_DRAWN = 10
"""Sites, and VNets, that get a box of their own; the others share one that counts them."""

WIDTH, BOX, GAP, TOP = 760, 46, 14, 24
LEFT, HUB, RIGHT = (10, 200), (288, 184), (550, 200)
"""Where each column of boxes begins, and how wide it is."""

NARROW_HUB, BRANCH, TRUNK = (10, 300), (90, 220), 30
"""Where the hub and the boxes below it begin in a narrow drawing, how wide they are, and where the first trunk is."""

NAME_LENGTH = 24
KEYS_A_ROW, KEY_ROW, KEY_MARGIN = 3, 24, 16
"""How many kinds of lines are explained beside each other below a wide drawing, and the room that takes."""
LINES: Mapping[str, dict[str, str]] = {
    "site-to-site": {"stroke-width": "2"},
    "multi-site": {"stroke-width": "2"},
    "vnet-to-vnet": {"stroke-width": "2"},
    "point-to-site": {"stroke-width": "2", "stroke-dasharray": "7 5"},
    "expressroute": {"stroke-width": "6"},
    "vnet-peering": {"stroke-width": "2", "stroke-dasharray": "1 4"},
}
KEYS: Mapping[str, str] = {
    "site-to-site": "tunnel",
    "multi-site": "tunnel",
    "vnet-to-vnet": "tunnel",
    "point-to-site": "clients",
    "expressroute": "circuit",
    "vnet-peering": "peering",
}
"""What the line of each type is called: the texts have a name for each of these keys."""


@dataclass(frozen=True, slots=True)
class Box:
    """A thing in the drawing: its name, what stands below that, and the types of the lines to the hub."""

    name: str
    below: str
    lines: tuple[str, ...]


def draw(need: Need, advice: Advice, texts: Texts, language: str) -> str:
    """The drawing as the text of an SVG element, which stands alone or in a page: sites on the left, VNets right."""
    left, right = list(_left(need, advice, texts, language)), list(_vnets(need, advice, texts, language))
    rows = max(len(left), len(right), 1)
    kinds = _kinds(advice)
    keys = KEY_ROW * max(-(-len(kinds) // KEYS_A_ROW), 1)
    height = TOP * 2 + rows * (BOX + GAP) - GAP + KEY_MARGIN + keys
    middle = (height - KEY_MARGIN - keys) / 2
    width = WIDTH if right or len(advice.connections) > 2 else HUB[0] + HUB[1] + 10
    svg = _sheet(need, advice, texts, language, width, height)
    for column, boxes, end in ((LEFT, left, HUB[0]), (RIGHT, right, HUB[0] + HUB[1])):
        for number, box in enumerate(boxes):
            y = middle - (len(boxes) * (BOX + GAP) - GAP) / 2 + number * (BOX + GAP)
            start = column[0] + column[1] if column is LEFT else column[0]
            _draw_lines(svg, box, (start, y + BOX / 2), (end, middle + _spread(number, len(boxes))))
            _draw_box(svg, box, column, y)
    _draw_hub(svg, need, advice, HUB, middle)
    for number, kind in enumerate(kinds):
        row, place = divmod(number, KEYS_A_ROW)
        _draw_key(svg, kind, texts, language, (LEFT[0] + place * 240, height - keys + 10 + row * KEY_ROW))
    return ET.tostring(svg, encoding="unicode")


def draw_narrow(need: Need, advice: Advice, texts: Texts, language: str) -> str:
    """The same for a narrow page: the hub above, and all that it joins below it, each on a branch of its own."""
    boxes = [*_left(need, advice, texts, language), *_vnets(need, advice, texts, language)]
    kinds = _kinds(advice)
    trunks = {KEYS[kind]: TRUNK + 14 * number for number, kind in enumerate(kinds)}
    hub_height = _hub_height(advice)
    first = TOP / 2 + hub_height + 2 * GAP
    key = first + len(boxes) * (BOX + GAP)
    height = key + 24 * len(kinds) + GAP
    svg = _sheet(need, advice, texts, language, NARROW_HUB[0] * 2 + NARROW_HUB[1], height)
    for number, box in enumerate(boxes):
        y = first + number * (BOX + GAP)
        for place, line in enumerate(box.lines):
            at = y + BOX / 2 + (place - (len(box.lines) - 1) / 2) * 9
            path = f"M{trunks[KEYS[line]]} {TOP / 2 + hub_height:g}V{at:g}H{BRANCH[0]}"
            ET.SubElement(svg, "path", {"d": path} | LINES[line])
        _draw_box(svg, box, BRANCH, y)
    _draw_hub(svg, need, advice, NARROW_HUB, TOP / 2 + hub_height / 2)
    for number, kind in enumerate(kinds):
        _draw_key(svg, kind, texts, language, (NARROW_HUB[0], key + GAP + number * 24))
    return ET.tostring(svg, encoding="unicode")


def _sheet(need: Need, advice: Advice, texts: Texts, language: str, width: float, height: float) -> ET.Element:
    """An empty drawing with its title and what it shows in words."""
    svg = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width:g} {height:g}",
            "role": "img",
            "class": "topology",
            "fill": "none",
            "stroke": "currentColor",
            "font-family": "system-ui, sans-serif",
            "font-size": "13",
        },
    )
    title = texts.drawn("title", language, hub=hub_name(need))
    ET.SubElement(svg, "title").text = _writable(f"{need.name}: {title}" if need.name else title)
    ET.SubElement(svg, "desc").text = _writable(" ".join(tell(need, advice, texts, language)))
    return svg


def tell(need: Need, advice: Advice, texts: Texts, language: str) -> Iterator[str]:
    """What the drawing shows, in sentences."""
    gateways = _gateways(advice) or (texts.drawn("none", language),)
    yield texts.drawn("hub", language, hub=need.hub.name, gateways=gateways)
    for connection in advice.connections:
        members: Value = connection.members or clients_of(need)
        unknown = "-unknown" if isinstance(members, Code) else ""
        yield texts.drawn(connection.type + unknown, language, members=members, tunnels=connection.tunnels)
    for box in (*_left(need, advice, texts, language), *_vnets(need, advice, texts, language)):
        if not box.lines:
            yield texts.drawn("unjoined", language, name=box.name)


def _left(need: Need, advice: Advice, texts: Texts, language: str) -> Iterator[Box]:
    """The sites, and the clients below them."""
    boxes = [
        Box(site.name, _listed(site.prefixes), _lines_to(site.name, advice.connections, ("point-to-site",)))
        for site in need.sites
    ]
    yield from _few(boxes, texts, language, "sites")
    if need.clients.some:
        pool = str(need.clients.pool) if need.clients.pool else ""
        yield Box(texts.drawn("clients", language, clients=clients_of(need)), pool, ("point-to-site",))


def _vnets(need: Need, advice: Advice, texts: Texts, language: str) -> Iterator[Box]:
    boxes = [
        Box(vnet.name, _listed(vnet.prefixes), _lines_to(vnet.name, advice.connections, ())) for vnet in need.vnets[1:]
    ]
    return _few(boxes, texts, language, "vnets")


def _few(boxes: Sequence[Box], texts: Texts, language: str, kind: str) -> Iterator[Box]:
    """The boxes, of which those that do not fit are one that counts them."""
    fit = len(boxes) if len(boxes) <= MOST_DRAWN else MOST_DRAWN - 1
    yield from boxes[:fit]
    if boxes[fit:]:
        lines = tuple(kind for kind in LINES if any(kind in box.lines for box in boxes[fit:]))
        yield Box(texts.drawn(f"more-{kind}", language, count=len(boxes) - fit), "", lines)


def _lines_to(name: str, connections: Sequence[Connection], but: Sequence[str]) -> tuple[str, ...]:
    return tuple(one.type for one in connections if name in one.members and one.type not in but)


def _listed(prefixes: Sequence[object]) -> str:
    shown = ", ".join(map(str, prefixes[:1]))
    return f"{shown} +{len(prefixes) - 1}" if len(prefixes) > 1 else shown


def _gateways(advice: Advice) -> tuple[str, ...]:
    found = []
    if advice.gateway:
        found.append(f"VPN {advice.gateway.sku}")
    if advice.expressroute:
        found.append(f"ExpressRoute {advice.expressroute.gateway_sku}")
    return tuple(found)


def _spread(number: int, count: int) -> float:
    """How far from its middle a line meets the hub, so that lines do not run into one point."""
    return (number - (count - 1) / 2) * min(14.0, 60 / max(count, 1))


def _draw_lines(svg: ET.Element, box: Box, start: tuple[float, float], end: tuple[float, float]) -> None:
    for number, kind in enumerate(box.lines):
        shift = (number - (len(box.lines) - 1) / 2) * 9
        places = {"x1": start[0], "y1": start[1] + shift, "x2": end[0], "y2": end[1] + shift}
        ET.SubElement(svg, "line", {name: f"{place:g}" for name, place in places.items()} | LINES[kind])


def _draw_box(svg: ET.Element, box: Box, column: tuple[int, int], y: float) -> None:
    x, width = column
    frame = {"x": str(x), "y": f"{y:g}", "width": str(width), "height": str(BOX), "rx": "3"}
    ET.SubElement(svg, "rect", frame | ({} if box.lines else {"stroke-dasharray": "2 4"}))
    _text(svg, x + width / 2, y + (20 if box.below else 28), _short(box.name), "600")
    if box.below:
        _text(svg, x + width / 2, y + 37, _short(box.below), "400")


def _below_hub(advice: Advice) -> tuple[str, ...]:
    """What stands below the name of the hub: its gateways and their subnet."""
    block = next((one.subnet for one in (advice.gateway, advice.expressroute) if one and one.subnet), None)
    return (*_gateways(advice), *((str(block),) if block else ()))


def _hub_height(advice: Advice) -> int:
    return 34 + 18 * (1 + len(_below_hub(advice)))


def _draw_hub(svg: ET.Element, need: Need, advice: Advice, column: tuple[int, int], middle: float) -> None:
    x, width = column
    lines = [_short(need.hub.name, 18), *_below_hub(advice)]
    height = _hub_height(advice)
    frame = {"x": str(x), "y": f"{middle - height / 2:g}", "width": str(width), "height": str(height), "rx": "3"}
    ET.SubElement(svg, "rect", frame | {"class": "hub", "stroke-width": "3"})
    for number, line in enumerate(lines):
        _text(svg, x + width / 2, middle - height / 2 + 28 + number * 18, line, "400" if number else "700")


def _kinds(advice: Advice) -> list[str]:
    """A connection type for each kind of line in use."""
    return list({KEYS[one.type]: one.type for one in advice.connections}.values())


def _draw_key(svg: ET.Element, kind: str, texts: Texts, language: str, at: tuple[float, float]) -> None:
    """A kind of line with its name."""
    x, y = at
    ET.SubElement(svg, "line", {"x1": f"{x:g}", "x2": f"{x + 44:g}", "y1": f"{y:g}", "y2": f"{y:g}"} | LINES[kind])
    _text(svg, x + 54, y + 4, texts.drawn(f"key-{KEYS[kind]}", language), "400", "start")


def _text(svg: ET.Element, x: float, y: float, said: str, weight: str, anchor: str = "middle") -> None:
    place = {"x": f"{x:g}", "y": f"{y:g}", "text-anchor": anchor, "font-weight": weight}
    ET.SubElement(svg, "text", place | {"fill": "currentColor", "stroke": "none"}).text = _writable(said)


def _short(name: str, longest: int = NAME_LENGTH) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def _writable(said: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(char if char.isprintable() or char == " " else "\ufffd" for char in said)
