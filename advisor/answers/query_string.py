"""A need as an address, and back: what somebody typed into the form, read to the raw need that the core judges.

The parameters are readable and documented for portals (README, "As a portal owner"). Sites and VNets are rows: the n-th
`site`, `site_prefixes`, `site_mbps` and so on belong together; a column in which no row says anything is left out. What
was typed is kept beside what it was read as, so that an error can stand at its field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol
from urllib.parse import quote_plus, urlencode

from advisor.core.need import Need, Site
from faq.knowledge.limits import Limit

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

COLUMNS = {
    "vnet": ("name", "prefixes", "region", "subnets", "model", "subscription"),
    "site": ("name", "prefixes", "mbps", "device", "ip", "tunnels", "via"),
}
"""The columns of a row; the parameter of `name` is the kind alone, of the others `vnet_prefixes` and so on."""

DEFAULTS = {"device": "validated", "model": "resource-manager"}
"""What a column says where it is empty, if that has a name."""

VIA = {"expressroute": True, "vpn": False}
HAS_ADDRESS = {"no": False, "nee": False, "yes": True, "ja": True}
"""Whether a site has a public address at all, in the words of either language."""

WHOLE = ("clients", "pool", "systems", "roots", "client_vnets", "mbps", "subnet", "routing", "sku")
"""Parameters that stand once, beside the flags."""

CODES = {
    "want": ("sites", "clients", "vnets"),
    "unknown": ("what", "private", "sites", "clients", "vnets", "bandwidth", "routes", "gateway"),
}
"""What the wizard's own parameters may say."""

PARAMETERS = frozenset(
    {"edition", *WHOLE, *FLAGS, *CODES}
    | {kind if column == "name" else f"{kind}_{column}" for kind, columns in COLUMNS.items() for column in columns}
)
"""Every parameter that says something of a design."""


MOST_ROWS = 500
"""Sites or VNets on the pages; the API and the command take more."""

EXACT_FLOAT = 2**53
"""Below this every whole number is a float."""

_AMOUNT = re.compile(r"(\d{1,400}(?:[.,]\d{1,400})?)\s*(mbps|mbit/s|mbit|gbps|gbit/s|gbit|m|g)?", re.IGNORECASE)


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
    subnets: str = ""
    model: str = "resource-manager"
    subscription: str = ""
    ip: str = ""
    tunnels: str = ""
    via: str = ""
    errors: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed in this row."""
        said = (
            self.name,
            self.prefixes,
            self.region,
            self.mbps,
            self.subnets,
            self.subscription,
            self.ip,
            self.tunnels,
        )
        return not any(said) and not self.via

    @property
    def says_more(self) -> bool:
        """Whether it says anything that a short form leaves out."""
        more = (self.subnets, self.subscription, self.ip, self.tunnels, self.via)
        return any(more) or self.model != DEFAULTS["model"]


@dataclass(frozen=True, slots=True)
class Typed:
    """All that was typed, as it was typed. `edition` is empty where the address names none.

    Two things are the wizard's alone: `want` is what its first question chose to join, and `unknown` names the
    questions that were passed over.
    """

    edition: str
    vnets: tuple[Row, ...]
    sites: tuple[Row, ...]
    whole: Mapping[str, str]
    flags: frozenset[str]
    want: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def clients(self) -> str:
        """How many clients, as typed."""
        return self.whole["clients"]

    @property
    def pool(self) -> str:
        """Their address pool, as typed."""
        return self.whole["pool"]

    @property
    def mbps(self) -> str:
        """The total bandwidth, as typed."""
        return self.whole["mbps"]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to advise on yet."""
        rows = (*self.vnets, *self.sites)
        return all(row.is_empty for row in rows) and not (any(self.whole.values()) or self.flags)


def typed(query: Query) -> Typed:
    """What an address says."""
    return Typed(
        edition=query.get("edition", "").strip(),
        vnets=_rows(query, "vnet"),
        sites=_rows(query, "site"),
        whole={name: query.get(name, "").strip() for name in WHOLE},
        flags=frozenset(name for name in FLAGS if query.get(name, "") not in ("", "0")),
        want=_known(query, "want"),
        unknown=_known(query, "unknown"),
    )


def _known(query: Query, name: str) -> tuple[str, ...]:
    """The codes in a parameter that stands several times, each once."""
    given = query.getlist(name)[:MOST_ROWS]
    return tuple(dict.fromkeys(code for code in given if code in CODES[name]))


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
    whole = said.whole
    clients = {
        "count": _whole(whole["clients"]),
        "systems": _several(whole["systems"]),
        "pool": whole["pool"],
        "root_certificates": _whole(whole["roots"]),
        "vnets": _whole(whole["client_vnets"]),
    }
    told = {
        "clients": _said(clients),
        "bandwidth_mbps": _mbps(whole["mbps"]) if whole["mbps"] else None,
        "gateway_subnet": whole["subnet"],
        "gateway_routing": whole["routing"],
        "gateway_sku": whole["sku"],
    }
    return raw | _said(told) | {FLAGS[name]: True for name in sorted(said.flags)}, places


def typed_of(need: Need) -> Typed:
    """What to type for a need: read again it is the same need."""
    clients = need.clients
    return Typed(
        edition=need.edition,
        vnets=tuple(
            Row(
                name=vnet.name,
                prefixes=_joined(vnet.prefixes),
                region=vnet.region or "",
                subnets=_joined(vnet.subnets),
                model=vnet.model,
                subscription=vnet.subscription or "",
            )
            for vnet in need.vnets
        ),
        sites=tuple(_site_row(site) for site in need.sites),
        whole={
            "clients": str(clients.count or ""),
            "pool": str(clients.pool or ""),
            "systems": ",".join(clients.systems),
            "roots": "" if clients.root_certificates is None else str(clients.root_certificates),
            "client_vnets": "" if clients.vnets == 1 else str(clients.vnets),
            "mbps": _plain(need.bandwidth_mbps),
            "subnet": str(need.gateway_subnet or ""),
            "routing": need.gateway_routing or "",
            "sku": need.gateway_sku or "",
        },
        flags=frozenset(name for name, field in FLAGS.items() if getattr(need, field)),
    )


def address_of(said: Typed) -> str:
    """The query string that says this, with nothing in it that goes without saying. Empty rows are left out."""
    pairs = [("edition", said.edition)] if said.edition else []
    for kind, rows in (("site", said.sites), ("vnet", said.vnets)):
        full = [row for row in rows if not row.is_empty]
        for column in COLUMNS[kind]:
            values = [getattr(row, column) for row in full]
            values = ["" if value == DEFAULTS.get(column) else value for value in values]
            if any(values) or (column == "name" and full):
                pairs += [(kind if column == "name" else f"{kind}_{column}", value) for value in values]
    pairs += [(name, said.whole[name]) for name in WHOLE if said.whole[name]]
    pairs += [(name, "1") for name in FLAGS if name in said.flags]
    pairs += [("want", want) for want in said.want] + [("unknown", step) for step in said.unknown]
    return urlencode(pairs, safe="/,:", quote_via=quote_plus)


def to_check(limits: Iterable[Limit]) -> str:
    """A query string, with the field to begin at, that fills the form to just what the first of these limits that a
    design can ask for allows; empty where a design asks for none of them.
    """
    for limit in limits:
        value = limit.value
        if limit.key == "p2s.max_clients":
            return f"clients={value}#clients"
        if limit.key == "p2s.max_root_certificates":
            return f"clients=1&roots={value}#roots"
        if limit.key.endswith(".throughput"):
            return f"site=Site+1&mbps={value}#mbps"
        if limit.key.endswith(".s2s_tunnels"):
            return "&".join(f"site=Site+{number}" for number in range(1, int(str(value)) + 1)) + "#sites-0-name"
    return ""


def _site_row(site: Site) -> Row:
    ip = site.public_ipv4
    return Row(
        name=site.name,
        prefixes=_joined(site.prefixes),
        mbps=_plain(site.bandwidth_mbps),
        device=site.device + (":policy-based" if site.device_routing == "policy-based" else ""),
        ip=("" if ip else "no") if isinstance(ip, bool) else ip,
        tunnels="" if site.tunnels == 1 else str(site.tunnels),
        via="" if site.expressroute is None else next(name for name, on in VIA.items() if on == site.expressroute),
    )


def _rows(query: Query, kind: str) -> tuple[Row, ...]:
    names = {column: kind if column == "name" else f"{kind}_{column}" for column in COLUMNS[kind]}
    columns = {column: query.getlist(name)[:MOST_ROWS] for column, name in names.items()}
    rows: list[dict[str, Any]] = [
        {
            column: values[number].strip() or DEFAULTS.get(column, "")
            for column, values in columns.items()
            if number < len(values)
        }
        for number in range(max(map(len, columns.values())))
    ]
    return tuple(Row(**row) for row in rows)


def _vnet(row: Row, number: int) -> dict[str, Any]:
    told = {
        "region": row.region,
        "subnets": _several(row.subnets),
        "subscription": row.subscription,
        "model": row.model,
    }
    return {"name": row.name or f"VNet {number + 1}", "prefixes": _several(row.prefixes)} | _said(told)


def _site(row: Row, number: int) -> dict[str, Any]:
    device, _, routing = row.device.partition(":")
    told = {
        "bandwidth_mbps": _mbps(row.mbps) if row.mbps else None,
        "device": device,
        "device_routing": routing,
        "public_ipv4": HAS_ADDRESS.get(row.ip.lower(), row.ip),
        "tunnels": _whole(row.tunnels),
        "expressroute": VIA.get(row.via, row.via),
    }
    return {"name": row.name or f"Site {number + 1}", "prefixes": _several(row.prefixes)} | _said(told)


def _said(told: Mapping[str, Any]) -> dict[str, Any]:
    """What was said at all: no or nought is said, an empty field is not."""
    return {name: value for name, value in told.items() if value not in (None, "", [], {})}


def _several(text: str) -> list[str]:
    return [one for one in re.split(r"[\s,;]+", text) if one]


def _joined(prefixes: Sequence[object]) -> str:
    return ",".join(map(str, prefixes))


def _plain(amount: Decimal | None) -> str:
    return "" if amount is None else format(amount, "f")


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
    return int(amount) if amount.is_integer() and amount < EXACT_FLOAT else amount
