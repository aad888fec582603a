"""A need as an address, and back: what somebody typed into the form, read to the raw need that the core judges.

The parameters are readable and documented for portals (README, "As a portal owner"). Sites and VNets are rows: the n-th
`site`, `site_prefixes`, `site_mbps` and `site_device` belong together. What was typed is kept beside what it was read
as, so that an error can stand at its field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

FLAGS = {
    "private": "private_path",
    "circuit": "expressroute_circuit",
    "backup": "expressroute_backup",
    "transit": "transit",
    "bgp": "bgp",
    "forced": "forced_tunneling",
}
"""Parameters that say yes when they are there, and the field of the need that each sets."""

DEVICES = (
    "validated",
    "validated:policy-based",
    "unlisted",
    "unlisted:policy-based",
    "software",
    "none",
)
"""What a site has to end a tunnel on: a device of the contract, where needed with the routing it is limited to."""

MOST_ROWS = 200
"""Rows read from an address; a larger design does not fit in one anyway."""

_AMOUNT = re.compile(r"(\d{1,9}(?:[.,]\d{1,6})?)\s*(mbps|mbit/s|mbit|gbps|gbit/s|gbit|m|g)?", re.IGNORECASE)


class Query(Protocol):
    """A query string, parsed: what Django's QueryDict offers."""

    def get(self, key: str, default: str, /) -> str:
        """The last value of a parameter."""

    def getlist(self, key: str, /) -> list[str]:
        """All its values, in order."""


@dataclass(frozen=True, slots=True)
class Row:
    """One VNet or site as typed. `errors` has the error of each field, put there after the core has judged."""

    name: str = ""
    prefixes: str = ""
    region: str = ""
    mbps: str = ""
    device: str = "validated"
    errors: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed in this row."""
        return not (self.name or self.prefixes or self.region or self.mbps)


@dataclass(frozen=True, slots=True)
class Typed:
    """All that was typed, as it was typed. `edition` is empty where the address names none."""

    edition: str
    vnets: tuple[Row, ...]
    sites: tuple[Row, ...]
    clients: str
    pool: str
    mbps: str
    flags: frozenset[str]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to advise on yet."""
        rows = (*self.vnets, *self.sites)
        return all(row.is_empty for row in rows) and not (self.clients or self.pool or self.mbps or self.flags)


def typed(query: Query) -> Typed:
    """What an address says."""
    return Typed(
        edition=query.get("edition", "").strip(),
        vnets=_rows(query, "vnet", ("name", "prefixes", "region")),
        sites=_rows(query, "site", ("name", "prefixes", "mbps", "device")),
        clients=query.get("clients", "").strip(),
        pool=query.get("pool", "").strip(),
        mbps=query.get("mbps", "").strip(),
        flags=frozenset(name for name in FLAGS if query.get(name, "") not in ("", "0")),
    )


def raw_need(said: Typed) -> tuple[dict[str, Any], dict[str, tuple[str, int]]]:
    """The raw need for `parse_need`, and for each member's path (`sites[0]`) the kind and number of its typed row."""
    raw: dict[str, Any] = {}
    places: dict[str, tuple[str, int]] = {}
    if said.edition:
        raw["edition"] = said.edition
    for kind, rows in (("vnets", said.vnets), ("sites", said.sites)):
        members: list[dict[str, Any]] = []
        for number, row in enumerate(rows):
            if not row.is_empty:
                places[f"{kind}[{len(members)}]"] = (kind, number)
                members.append(_vnet(row, number) if kind == "vnets" else _site(row, number))
        if members:
            raw[kind] = members
    clients = {
        name: value
        for name, value in (("count", _whole(said.clients)), ("pool", said.pool or None))
        if value is not None
    }
    if clients:
        raw["clients"] = clients
    if said.mbps:
        raw["bandwidth_mbps"] = _mbps(said.mbps)
    return raw | {FLAGS[name]: True for name in sorted(said.flags)}, places


def _rows(query: Query, kind: str, fields: Sequence[str]) -> tuple[Row, ...]:
    columns = {name: query.getlist(kind if name == "name" else f"{kind}_{name}")[:MOST_ROWS] for name in fields}
    length = max(len(column) for column in columns.values())
    rows: list[dict[str, Any]] = [
        {name: column[number].strip() for name, column in columns.items() if number < len(column)}
        for number in range(length)
    ]
    return tuple(Row(**row) for row in rows)


def _vnet(row: Row, number: int) -> dict[str, Any]:
    found: dict[str, Any] = {"name": row.name or f"VNet {number + 1}", "prefixes": _prefixes(row.prefixes)}
    return found | ({"region": row.region} if row.region else {})


def _site(row: Row, number: int) -> dict[str, Any]:
    device, _, routing = row.device.partition(":")
    found: dict[str, Any] = {"name": row.name or f"Site {number + 1}", "prefixes": _prefixes(row.prefixes)}
    if row.mbps:
        found["bandwidth_mbps"] = _mbps(row.mbps)
    found["device"] = device or "validated"
    return found | ({"device_routing": routing} if routing else {})


def _prefixes(text: str) -> list[str]:
    return [prefix for prefix in re.split(r"[\s,;]+", text) if prefix]


def _whole(text: str) -> int | str | None:
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else text


def _mbps(text: str) -> int | float | str:
    """A bandwidth in Mbps from `25`, `12,5`, `1 Gbps` or `200 Mbit/s`; else the text, for the core to refuse."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return text
    amount = float(found[1].replace(",", ".")) * (1000 if (found[2] or "").lower().startswith("g") else 1)
    return int(amount) if amount.is_integer() else amount
