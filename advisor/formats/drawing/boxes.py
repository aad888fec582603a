"""What is drawn: boxes with what stands in them, and the lines that join them to the hub. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

ORDER = ("circuit", "tunnel", "clients", "peering")
"""The kinds of lines as they leave a box, from top to bottom."""


class Link(NamedTuple):
    """A line to the hub: its kind, how many tunnels it is or which one, what it carries, whether it is crossed out."""

    kind: str
    number: str = ""
    amount: str = ""
    crossed: bool = False


class Box(NamedTuple):
    """A thing with its name, what is said below that, its lines, and what does not fit; `crossed` where that is at
    fault in the box itself.
    """

    name: str
    facts: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    marks: tuple[str, ...] = ()
    crossed: bool = False


@dataclass(frozen=True, slots=True)
class Topology:
    """All that is drawn. `keys` has the name of each kind of line in use, `not_fitting` the words before a mark."""

    title: str
    hub: Box
    subnet: Box | None
    expressroute: Box | None
    vpn: Box | None
    circuit: Box | None
    sites: tuple[Box, ...]
    vnets: tuple[Box, ...]
    clients: Box | None
    keys: Mapping[str, str]
    not_fitting: str
