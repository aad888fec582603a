"""The one-page form: what was typed, the need it makes, and each error at the field where it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from advisor.answers.query_string import FLAGS, MOST_ROWS, Query, Row, Typed, raw_need, typed
from advisor.core.need import Need, NeedRefused, parse_need
from advisor.core.refusals import FieldError
from advisor.wording.sentences import common_texts
from faq.knowledge.limits import Catalogue

LEAST_ROWS = {"vnets": 2, "sites": 3}
"""Rows that stand ready to be filled in."""

FIELD_OF = {
    "name": "name",
    "prefixes": "prefixes",
    "subnets": "subnets",
    "model": "model",
    "subscription": "subscription",
    "public_ipv4": "ip",
    "tunnels": "tunnels",
    "expressroute": "via",
    "region": "region",
    "bandwidth_mbps": "mbps",
    "device": "device",
    "device_routing": "device",
}
"""The column of a row that a member's field of the need was typed in."""

WHOLE_FIELD_OF = {
    "clients.count": "clients",
    "clients.pool": "pool",
    "clients.systems": "systems",
    "clients.root_certificates": "roots",
    "clients.vnets": "client_vnets",
    "bandwidth_mbps": "mbps",
    "gateway_subnet": "subnet",
    "gateway_routing": "routing",
    "gateway_sku": "sku",
    "edition": "edition",
    **{field: name for name, field in FLAGS.items()},
}


@dataclass(frozen=True, slots=True)
class FieldFault:
    """An error as a page shows it: a sentence, the value that was given, and what may be meant."""

    anchor: str
    text: str
    value: str
    suggestion: str | None


@dataclass(frozen=True, slots=True)
class AdviceForm:
    """The form after reading: rows to show, the need or None, and every fault with where it belongs."""

    said: Typed
    vnets: tuple[Row, ...]
    sites: tuple[Row, ...]
    need: Need | None
    faults: tuple[FieldFault, ...]
    field_faults: Mapping[str, tuple[FieldFault, ...]]


def read_form(query: Query, default_edition: str, catalogues: Mapping[str, Catalogue], language: str) -> AdviceForm:
    """Read what an address says, and judge it. `catalogues` holds the limits of each edition that can be asked for.

    An edition that is not there is left out: the page says which one it reads.
    """
    said = typed(query)
    raw, places = raw_need(said if said.edition in catalogues else replace(said, edition=""))
    need: Need | None = None
    errors: tuple[FieldError, ...] = ()
    try:
        need = None if said.is_empty else parse_need(raw, default_edition, catalogues)
    except NeedRefused as refused:
        errors = refused.errors
    rows = {"vnets": list(said.vnets), "sites": list(said.sites)}
    faults: list[FieldFault] = []
    field_faults: dict[str, tuple[FieldFault, ...]] = {}
    for error in errors:
        row = places.get(error.path.partition("].")[0] + "]") or places.get(error.path)
        if row:
            kind, number = row
            column = FIELD_OF.get(error.path.partition("].")[2].partition("[")[0], "name")
            fault = _fault(error, f"{kind}-{number}-{column}", language)
            here = rows[kind][number]
            rows[kind][number] = replace(here, errors={**here.errors, column: (*here.errors.get(column, ()), fault)})
        else:
            field = WHOLE_FIELD_OF.get(error.path.partition("[")[0], "form")
            fault = _fault(error, field, language)
            field_faults[field] = (*field_faults.get(field, ()), fault)
        faults.append(fault)
    ready, _, count = query.get("add", "").partition(":")
    more = int(count) if count.isascii() and count.isdecimal() and len(count) < 4 else 0
    return AdviceForm(
        said=said,
        vnets=_filled_up(rows["vnets"], LEAST_ROWS["vnets"], more if ready == "vnet" else 0),
        sites=_filled_up(rows["sites"], LEAST_ROWS["sites"], more if ready == "site" else 0),
        need=need,
        faults=tuple(faults),
        field_faults=field_faults,
    )


def _fault(error: FieldError, anchor: str, language: str) -> FieldFault:
    value = "" if error.value is None else str(error.value)
    return FieldFault(anchor, common_texts().refusal(error, language), value, error.suggestion)


def one_more(said: Typed, kind: str) -> str:
    """What an address says to have one row more ready than stood there, empty ones too: `site:4`."""
    rows = said.sites if kind == "site" else said.vnets
    return f"{kind}:{len(rows) + 1}"


def _filled_up(rows: list[Row], least: int, ready: int) -> tuple[Row, ...]:
    wanted = max(least, len(rows), min(ready, MOST_ROWS))
    return (*rows, *(Row() for _ in range(wanted - len(rows))))
