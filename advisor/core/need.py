"""A need, read from JSON whole or refused whole: each field as its row says."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping
from dataclasses import MISSING, replace
from typing import Any

from advisor.core.field_readers import Record, text_sizes
from advisor.core.fields import FIELDS, SYSTEM_CODES, Clients, Field, Need, Site, VNet, fields_of
from advisor.core.kinds import Context, Inside, Members, Several, Table, Value
from advisor.core.parameters import Count
from advisor.core.refusals import SHOWN, FieldError, Refusals, Wrong
from faq.knowledge.limits import Catalogue

__all__ = ["FIELDS", "SYSTEM_CODES", "Clients", "Need", "NeedRefused", "Site", "VNet", "parse_need", "read_need"]

MOST_ITEMS = 10_000
"""VNets, sites, prefixes and subnets together."""
MOST_BYTES = 1 << 20
LONGEST_NUMBER = 400
"""Digits; a number that long is beyond what a reader of JSON need hold."""


class NeedRefused(ValueError):  # noqa: N818
    """A need that does not fit the contract, with every fault in field order."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{error.path}: {error.reason}" for error in errors[:10]))


def read_need(
    written: str | bytes,
    default_edition: str,
    catalogues: Mapping[str, Catalogue],
    *,
    without_advice: Collection[str] = (),
) -> Need:
    """Read a need from the text of a JSON document, of 1 MiB at most. Raises `NeedRefused`."""
    encoded = written if isinstance(written, bytes) else written.encode("utf-8", "surrogatepass")
    if len(encoded) > MOST_BYTES:
        raise _refused(len(encoded), Wrong("too-long", allowed=Count(MOST_BYTES, "byte")))
    try:
        raw = json.loads(encoded, parse_int=_whole)
    except json.JSONDecodeError as fault:
        wrong = Wrong("not-json-at", line=fault.lineno, column=fault.colno)
        raise _refused(encoded[:SHOWN].decode("utf-8", "replace"), wrong) from None
    except (ValueError, RecursionError):
        raise _refused(encoded[:SHOWN].decode("utf-8", "replace"), Wrong("not-json")) from None
    return parse_need(raw, default_edition, catalogues, without_advice=without_advice)


def parse_need(
    raw: object,
    default_edition: str,
    catalogues: Mapping[str, Catalogue],
    table: Table = Need,
    *,
    without_advice: Collection[str] = (),
) -> Need:
    """Read a need from parsed JSON. `catalogues` holds the limits of each edition that gives advice, `without_advice`
    the codes of those that give none; `table` has the fields.

    Raises `NeedRefused` with every fault at once, in field order.
    """
    refusals = Refusals()
    within_measure = _within_measure(raw, table, refusals)
    edition = _edition(raw, default_edition)
    if edition in without_advice:
        refusals.add("edition", edition, _no_advice(edition, catalogues))
    told = (edition,) if edition in without_advice else ()
    others = tuple(limits for code, limits in catalogues.items() if code != edition)
    context = Context(default_edition, (*catalogues, *told), catalogues.get(edition), others)
    need: Need = _read(Record(within_measure, "", refusals), table, context)
    errors = refusals.all()
    if errors:
        raise NeedRefused(errors)
    return need


def _whole(digits: str) -> int | float:
    """A whole number, or infinity where it is one that no reader takes and that is slow to make."""
    return int(digits) if len(digits) < LONGEST_NUMBER else math.inf


def _refused(value: object, wrong: Wrong) -> NeedRefused:
    refusals = Refusals()
    refusals.add("", value, wrong)
    return NeedRefused(refusals.all())


def _edition(raw: object, default_edition: str) -> str:
    """The edition that a document names, or nothing where it names none by a text."""
    edition = raw.get("edition", default_edition) if isinstance(raw, Mapping) else default_edition
    return edition if isinstance(edition, str) else ""


def _no_advice(edition: str, catalogues: Mapping[str, Catalogue]) -> Wrong:
    if not catalogues:
        return Wrong("no-advice-in-any-edition")
    return Wrong("no-advice-in-edition", edition=edition, advising=tuple(catalogues))


def _within_measure(raw: object, table: Table, refusals: Refusals) -> object:
    """The document without its lists of VNets and sites where there is too much in them to be looked at."""
    size = sum(text_sizes(raw))
    if size > MOST_BYTES:
        raise _refused(size, Wrong("too-long", allowed=Count(MOST_BYTES, "byte")))
    if not isinstance(raw, Mapping):
        return raw
    members = {field.name: field.kind for field in fields_of(table) if isinstance(field.kind, Members)}
    items = sum(_items(raw.get(name), kind) for name, kind in members.items())
    if items <= MOST_ITEMS:
        return raw
    refusals.add("", items, Wrong("too-many-items", items=items, allowed=MOST_ITEMS))
    return {name: value for name, value in raw.items() if name not in members}


def _items(members: object, kind: Members) -> int:
    """How many members, and values in their lists of prefixes and subnets, there are."""
    if not isinstance(members, list | tuple):
        return 0
    lists = [field.name for field in fields_of(kind.table) if isinstance(field.kind, Several)]
    if len(members) > MOST_ITEMS:  # too many whatever is in them
        return len(members)
    inside = (member.get(name) for member in members if isinstance(member, Mapping) for name in lists)
    return len(members) + sum(len(found) for found in inside if isinstance(found, list | tuple))


def _read(record: Record, table: Table, context: Context) -> Any:
    """Read the fields of one object in the order of their rows, then note every field that is no row."""
    here: dict[str, Any] = {}
    faulty: set[str] = set()
    within = replace(context, here=here, faulty=faulty)
    for field in fields_of(table):
        if field.default is not MISSING and record.lacks(field.name):
            here[field.name] = field.default
            continue
        faults = record.faults
        here[field.name] = _field(record, field, within)
        if record.faults > faults:
            faulty.add(field.name)
    record.finish()
    return table(**here)


def _field(record: Record, field: Field, context: Context) -> Any:
    match field.kind:
        case Value(reader, otherwise=otherwise):
            if field.is_required:
                return record.read_required(field.name, reader(context), "")
            default = otherwise(context) if otherwise else field.default
            return record.read(field.name, reader(context), default)
        case Several(item):
            return record.read_list(field.name, item.reader(context))
        case Inside(table):
            return _read(record.inside(field.name), table, context)
        case Members() as members:
            return _members(record, field, members, context)


def _members(record: Record, field: Field, members: Members, context: Context) -> Any:
    items = record.members(field.name)
    if items is None:
        return field.default
    if len(items) < members.least:
        record.refuse(field.name, [], Wrong("at-least-one"))
    return tuple(_read(item, members.table, context) for item in items)
