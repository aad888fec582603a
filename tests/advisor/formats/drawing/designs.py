"""Designs to draw, of every kind, and what is drawn of them."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

from advisor.core.advice import Advice
from advisor.core.need import Need
from advisor.formats.drawing.boxes import Box, Topology
from advisor.formats.drawing.layout import layouts_of
from advisor.formats.drawing.places import Layout
from advisor.formats.drawing.svg import to_svg
from advisor.formats.drawing.topology import topology_of
from advisor.wording.sentences import load_texts
from tests import builders as of_2016
from tests.advisor.core.edition_2026 import builders as of_2026
from tests.builders import site, vnet

SVG = "{http://www.w3.org/2000/svg}"
LANGUAGES = ("nl", "en")

HUB = vnet("hub", "10.20.0.0/16")
SPOKES = [vnet(f"spoke {number}", f"10.{30 + number}.0.0/16") for number in range(1, 5)]
LONG = "Vestiging Amsterdam-Zuidoost, gebouw C, verdieping 4, achter de receptie (nieuw)"
HOSTILE = (
    "<script>x()</script>",
    "]]>&amp;\"'",
    "a\u0000b\u0007c\ufffe",
    "\u202eABC\u2066",
    "👨\u200d👩\u200d👧 ☎️",
    "שלום",
    "中文网络",
)


def so_many(count: int, mbps: float | None = 5) -> list[dict[str, Any]]:
    """So many sites with a prefix of their own."""
    return [
        site(f"Site {number}", f"192.168.{number}.0/24", bandwidth_mbps=mbps)
        if number < 256
        else site(f"Site {number}", f"172.{16 + number // 256}.{number % 256}.0/24", bandwidth_mbps=mbps)
        for number in range(1, count + 1)
    ]


TILBURG = site("Tilburg", "192.168.10.0/24", bandwidth_mbps=25)
FAULTY = [
    site("Breda", "192.168.10.0/25", public_ipv4=False, bandwidth_mbps=25),
    site("Goes", "192.168.11.0/24", device="none"),
    site("Eindhoven", "192.168.12.0/24", device="unlisted", tunnels=2, bandwidth_mbps=12.5),
    site("Zwolle", "192.168.13.0/24", public_ipv4="10.1.2.3", device="software"),
]
KIOSK = site("Kiosk", "10.20.4.0/24", device="none")
EVERYTHING: dict[str, Any] = {
    "name": "Alles",
    "vnets": [HUB, *SPOKES],
    "sites": [*so_many(14, 50), KIOSK, *(one | {"expressroute": False} for one in FAULTY)],
    "clients": {"count": 300, "pool": "10.20.0.0/30"},
    "expressroute_circuit": True,
    "expressroute_backup": True,
    "bgp": True,
    "active_active": True,
}

BOTH_LONG = [vnet(LONG, "10.20.0.0/16", "10.21.0.0/16"), vnet(LONG[1:], "10.31.0.0/16")]
MANY_SPOKES = [vnet(f"spoke {number}", f"10.{30 + number}.0.0/16") for number in range(30)]
ON_CIRCUIT: dict[str, Any] = {"sites": so_many(3, 50), "private_path": True}
OLD: dict[str, dict[str, Any]] = {
    "nothing": {},
    "one site": {"sites": so_many(1)},
    "three sites": {"sites": so_many(3)},
    "twelve sites": {"vnets": [HUB, SPOKES[0]], "sites": so_many(12), "clients": {"count": 40}},
    "thirty-one sites": {"sites": so_many(31, None)},
    "long names": {"vnets": BOTH_LONG, "sites": [site(LONG[2:], "192.168.1.0/24", "192.168.2.0/24")]},
    "clients only": {"clients": {"count": 40}},
    "two VNets": {"vnets": [HUB, SPOKES[0]]},
    "backup": ON_CIRCUIT | {"expressroute_backup": True},
    "faulty sites": {
        "vnets": [HUB, vnet("spoke", "10.20.128.0/17")],
        "sites": [TILBURG, *FAULTY],
        "gateway_subnet": "10.20.0.0/30",
    },
    "too many tunnels": {"sites": so_many(31)},
    "too many clients": {"sites": so_many(2), "clients": {"count": 200, "root_certificates": 21}},
    "hostile names": {"sites": [site(name, f"192.168.{number}.0/24") for number, name in enumerate(HOSTILE)]},
}
TODAY: dict[str, dict[str, Any]] = {
    "thirty sites": {"sites": so_many(30)},
    "thirty sites on a circuit": {"vnets": [HUB, *SPOKES], "sites": so_many(30, 100), "private_path": True},
    "a hundred sites": {"sites": so_many(100), "clients": {"count": 10}},
    "clients of unknown number": {"clients": {"count": None}},
    "peered VNets": {"vnets": [HUB, *SPOKES], "sites": so_many(2)},
    "thirty VNets": {"vnets": [HUB, *MANY_SPOKES]},
    "encrypted on a circuit": ON_CIRCUIT | {"expressroute_encryption": True, "expressroute_backup": True},
    "large numbers": {"vnets": [HUB, *SPOKES], "sites": so_many(12, 9_999_999.5), "expressroute_circuit": True},
    "everything": EVERYTHING,
}
DESIGNS = (*OLD, *TODAY)
"""The names of all designs, of the edition of 2016 and of today's."""


def advised(name: str) -> tuple[Need, Advice]:
    """A design of the table and what is advised for it."""
    fields = {"vnets": [HUB]} | (OLD | TODAY)[name]
    if name in OLD:
        return of_2016.need(**fields), of_2016.advise(**fields)
    return of_2026.need(**fields), of_2026.advise(**fields)


def topology(name: str, language: str = "nl") -> Topology:
    """What is drawn of a design of the table."""
    need, advice = advised(name)
    return topology_of(need, advice, load_texts(advice.edition), language)


def layouts(name: str, language: str = "nl") -> tuple[Layout, ...]:
    """Its layouts, from narrow to wide."""
    return layouts_of(topology(name, language))


def parsed(layout: Layout, title: str = "") -> ET.Element:
    """A layout as a parsed SVG."""
    return ET.fromstring(to_svg(layout, title))  # noqa: S314 -- our own


def boxes_of(drawn: Topology) -> list[Box]:
    """All its boxes."""
    parts = (drawn.hub, drawn.subnet, drawn.expressroute, drawn.vpn, drawn.circuit, drawn.clients)
    return [*(part for part in parts if part), *drawn.sites, *drawn.vnets]


def words_of(svg: ET.Element) -> list[str]:
    """All that is to be read in a drawing."""
    return [(text.text or "") + "".join(part.tail or "" for part in text) for text in svg.iter(f"{SVG}text")]
