"""What a field of a document can hold: how it is read from JSON, what its JSON Schema says, and how it is typed.

Nothing here knows what a need is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from advisor.core import field_readers as readers
from advisor.core.addressing import Blocks, Prefix
from advisor.core.notations import (
    ADDRESS,
    AS_TYPED,
    DATE,
    MBPS,
    NETWORK,
    TICKED,
    WHOLE,
    WHOLE_OR_UNKNOWN,
    YES_OR_NO,
    Notation,
)
from advisor.core.refusals import Wrong
from advisor.core.skus import existing_skus, nearest_sku
from faq.knowledge.limits import Catalogue

LONGEST_NAME = 80
LARGEST_ASN = 4_294_967_295
"""The last number of 32 bits."""

LARGEST_NUMBER = 999_999_999
"""No number of a design is larger: no network has so many of anything, or so many Mbps, and every page can show it."""

YEARS_AHEAD = 5
"""So many years from the start of an edition its facts are told; beyond that they are too uncertain."""

Reader = Callable[[object], Any]
Schema = Mapping[str, Any]
Table = type
"""A dataclass whose fields are rows of `fields.py`."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader may have to know beside the value.

    `editions` are those that the document may name, `catalogue` has the limits of the one that it names, None where
    there are none; `others` has those of the other editions. `names` are those taken so far, folded. `here` is what was
    read of the same object so far, `faulty` the fields of it with a fault.
    """

    default_edition: str
    editions: tuple[str, ...]
    catalogue: Catalogue | None
    others: tuple[Catalogue, ...] = ()
    names: set[str] = field(default_factory=set)
    here: Mapping[str, Any] = field(default_factory=dict)
    faulty: Set[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Value:
    """One value. `choices` are the codes that it can be, by the limits of an edition. `otherwise` gives what stands
    where the field is absent, if that depends on the document.
    """

    reader: Callable[[Context], Reader]
    schema: Schema
    notation: Notation = AS_TYPED
    choices: Callable[[Catalogue], tuple[str, ...]] | None = None
    otherwise: Callable[[Context], Any] | None = None


@dataclass(frozen=True, slots=True)
class Several:
    """A list of values, each read by itself."""

    item: Value


@dataclass(frozen=True, slots=True)
class Inside:
    """An object with the fields of a table."""

    table: Table


@dataclass(frozen=True, slots=True)
class Members:
    """A list of objects with the fields of a table, at least so many where there is a list.

    They are typed as rows: the columns `brief` stand in the row itself, the others behind it. Without a name a row is
    called `called` with its number.
    """

    table: Table
    called: str
    brief: tuple[str, ...]
    least: int = 0


Kind = Value | Several | Inside | Members


def always(reader: Reader) -> Callable[[Context], Reader]:
    """A reader that needs to know nothing."""
    return lambda _context: reader


def code(codes: Iterable[str], notation: Notation = AS_TYPED, choices: Iterable[str] | None = None) -> Value:
    """One of these codes. `choices` are what can be typed, if that is not the codes themselves."""
    known = tuple(codes)
    offered = known if choices is None else tuple(choices)
    schema = {"type": "string", "enum": list(known)}
    return Value(always(readers.code(known)), schema, notation, lambda _catalogue: offered)


def whole_number(least: int, most: int = LARGEST_NUMBER) -> Value:
    """A whole number from the one to the other."""
    schema = {"type": "integer", "minimum": least, "maximum": most}
    return Value(always(readers.whole_number(least, most)), schema, WHOLE)


def count_or_unknown(least: int, most: int = LARGEST_NUMBER) -> Value:
    """A whole number from the one to the other, or null where it is not known."""
    number = {"type": "integer", "minimum": least, "maximum": most}
    schema = {"anyOf": [number, {"type": "null"}]}
    return Value(always(readers.or_unknown(readers.whole_number(least, most))), schema, WHOLE_OR_UNKNOWN)


def yes_no(notation: Notation = TICKED, *choices: str) -> Value:
    """Yes or no: a box, unless it is typed as one of these choices."""
    offered = (lambda _catalogue: choices) if choices else None
    return Value(always(readers.yes_no), {"type": "boolean"}, notation, offered)


def text(*examples: str) -> Value:
    """Any text."""
    return Value(always(readers.text), {"type": "string"} | ({"examples": list(examples)} if examples else {}))


def _unique_name(context: Context) -> Reader:
    """Each name is taken only once, without regard to case: of two alike the later is at fault."""
    well_formed = readers.name(LONGEST_NAME)

    def read(value: object) -> str:
        name = well_formed(value)
        if name.casefold() in context.names:
            raise Wrong("name-taken")
        context.names.add(name.casefold())
        return name

    return read


def _block_inside(context: Context) -> Reader:
    """A block in one of the object's prefixes; any block where one of those has a fault."""
    if "prefixes" in context.faulty:
        return readers.prefix
    address_space = Blocks(context.here["prefixes"])

    def read(value: object) -> Prefix:
        block = readers.prefix(value)
        if not address_space.hold(block):
            raise Wrong("subnet-outside-vnet")
        return block

    return read


def _day(context: Context) -> Reader:
    """A day from the start of the edition to five years on, where its facts change with time; else any day."""
    catalogue = context.catalogue
    if catalogue is None or catalogue.start is None or not catalogue.changes_with_time:
        return readers.day()
    return readers.day(catalogue.start, _years_after(catalogue.start, YEARS_AHEAD))


def _years_after(day: date, years: int) -> date:
    """The same day so many years later; February 28 for one that not every year has."""
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)


def _vpn_sku(context: Context) -> Reader:
    """A VPN SKU of the edition; any text where there is no such edition. Of a SKU of another edition the nearest one is
    meant.
    """
    catalogue = context.catalogue
    if catalogue is None:
        return readers.text
    read_code = readers.code(existing_skus(catalogue))

    def read(value: object) -> str:
        try:
            return read_code(value)
        except Wrong as wrong:
            known = next((other for other in context.others if value in existing_skus(other)), None)
            if known is not None:
                wrong.suggestion = nearest_sku(catalogue, known, str(value))
            raise

    return read


_CIDR = {"type": "string", "description": "An IPv4 network with its length and no host bits, such as 10.20.0.0/16."}

PREFIX = Value(always(readers.prefix), _CIDR, NETWORK)
BLOCK_INSIDE = Value(_block_inside, _CIDR)
AMOUNT = Value(
    always(readers.amount(LARGEST_NUMBER)), {"type": "number", "minimum": 0, "maximum": LARGEST_NUMBER}, MBPS
)
YES_NO = yes_no()
YES_NO_IN_ROW = yes_no(YES_OR_NO, "1")
"""In a row it is a choice: a box that is not ticked is not sent, and the columns would no longer belong together."""
NAME = Value(_unique_name, {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME})
ADDRESS_OR_YES_NO = Value(
    always(readers.address_or_yes_no), {"anyOf": [{"type": "boolean"}, {"type": "string", "format": "ipv4"}]}, ADDRESS
)
EDITION = Value(
    lambda context: readers.code(context.editions),
    {"type": "string"},
    otherwise=lambda context: context.default_edition,
)
ASN = whole_number(1, LARGEST_ASN)
DAY = Value(_day, {"type": "string", "format": "date"}, DATE)
DESIGN_NAME = Value(always(readers.name(LONGEST_NAME)), {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME})
VPN_SKU = Value(_vpn_sku, {"type": "string"}, choices=existing_skus)
