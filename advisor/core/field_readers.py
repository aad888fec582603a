"""Reading fields: each reader takes a raw value and gives the typed one, or raises `Wrong` with the reason.

Nothing here knows what a need is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from advisor.core.addressing import AddressError, Prefix, read_address, read_prefix
from advisor.core.notations import MBPS, WHOLE, Mistyped, Notation
from advisor.core.parameters import Count
from advisor.core.refusals import Refusals, Wrong
from faq.knowledge.source_dates import date_meant

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
"""How a day is written; Python reads more."""

T = TypeVar("T")
D = TypeVar("D")


class Record:
    """One object of a document, read field by field in the order of the contract."""

    def __init__(self, raw: object, path: str, refusals: Refusals) -> None:
        self._path = path
        self._refusals = refusals
        self._known: list[str] = []
        self._raw: Mapping[object, object] = {}
        self._is_object = isinstance(raw, Mapping)
        if isinstance(raw, Mapping):
            self._raw = raw
        else:
            refusals.add(path, raw, Wrong("expected-object"))

    def lacks(self, name: str) -> bool:
        """Whether the object does not have this field, which may be left out and is read by that."""
        if name in self._raw:
            return False
        self._known.append(name)
        return True

    def read(self, name: str, reader: Callable[[object], T], default: D) -> T | D:
        """The field's value, or the default where it is absent or wrong. `null` is absent where the default is None."""
        self._known.append(name)
        value = self._raw.get(name, default)
        if value is default:
            return default
        return self._take(self._at(name), value, reader, default)

    def read_required(self, name: str, reader: Callable[[object], T], placeholder: T) -> T:
        """The field's value; where it is absent that is a fault, and the placeholder stands in."""
        self._known.append(name)
        if name not in self._raw:
            if self._is_object:
                self._refusals.add(self._at(name), None, Wrong("missing-field"))
            return placeholder
        return self._take(self._at(name), self._raw[name], reader, placeholder)

    def read_list(self, name: str, reader: Callable[[object], T]) -> tuple[T, ...]:
        """The values of a list, each read by itself; what is wrong is left out."""
        missing = object()
        read = (self._take(path, item, reader, missing) for path, item in self._items(name) or ())
        return tuple(item for item in read if item is not missing)  # type: ignore[misc]

    def members(self, name: str) -> list[Record] | None:
        """The objects of a list; None where there is no list."""
        items = self._items(name)
        return None if items is None else [Record(item, path, self._refusals) for path, item in items]

    def inside(self, name: str) -> Record:
        """An object inside this one; an empty one where it is absent."""
        self._known.append(name)
        return Record(self._raw.get(name, {}), self._at(name), self._refusals)

    @property
    def faults(self) -> int:
        """How many faults were found so far, in the whole document."""
        return self._refusals.count

    def refuse(self, name: str, value: object, wrong: Wrong) -> None:
        """Note a fault of a field that no reader of single values sees."""
        self._refusals.add(self._at(name), value, wrong)

    def finish(self) -> None:
        """Note every field that nothing reads."""
        for name, value in self._raw.items():
            if name not in self._known:
                self.refuse(str(name), value, Wrong("unknown-field", likely=self._known, written=str(name)))

    def _items(self, name: str) -> list[tuple[str, object]] | None:
        """The items of a list, each with its path; None where there is no list."""
        self._known.append(name)
        if name not in self._raw:
            return None
        value = self._raw[name]
        if not isinstance(value, list | tuple):
            self._refusals.add(self._at(name), value, Wrong("expected-list"))
            return None
        return [(f"{self._at(name)}[{index}]", item) for index, item in enumerate(value)]

    def _at(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def _take(self, path: str, value: object, reader: Callable[[object], T], otherwise: D) -> T | D:
        if isinstance(value, Mistyped):
            self._refusals.add(path, value.text, value.wrong)
            return otherwise
        try:
            return reader(value)
        except Wrong as wrong:
            self._refusals.add(path, value, wrong)
            return otherwise


def text(value: object) -> str:
    """A text of whole Unicode characters."""
    if not isinstance(value, str):
        raise Wrong("expected-text")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise Wrong("not-unicode")
    return value


def name(longest: int) -> Callable[[object], str]:
    """A reader of names: not empty, not longer than this, no space at either end."""

    def read(value: object) -> str:
        written = text(value)
        if not written.strip():
            raise Wrong("name-empty")
        if len(written) > longest:
            raise Wrong("name-too-long", longest=Count(longest, "character"))
        if written != written.strip():
            raise Wrong("name-spaces")
        return written

    return read


def code(codes: Iterable[str]) -> Callable[[object], str]:
    """A reader of one of these codes."""
    allowed = tuple(codes)

    def read(value: object) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise Wrong("unknown-code", likely=allowed, codes=allowed)
        return value

    return read


def yes_no(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Wrong("expected-yes-no")
    return value


def whole_number(minimum: int, maximum: int) -> Callable[[object], int]:
    """A reader of whole numbers from the one to the other."""

    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise Wrong("expected-whole-number", suggestion=_number_meant(value, WHOLE))
        if value < minimum:
            raise Wrong("number-too-small", minimum=minimum)
        if value > maximum:
            raise Wrong("number-too-large", maximum=maximum)
        return value

    return read


def or_unknown(reader: Callable[[object], T]) -> Callable[[object], T | None]:
    """A reader that also takes null, which says that the value is not known."""
    return lambda value: None if value is None else reader(value)


def amount(maximum: int) -> Callable[[object], Decimal]:
    """A reader of numbers from 0 to this one, as the decimal that was written."""

    def read(value: object) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Wrong("expected-number", suggestion=_number_meant(value, MBPS))
        if not _finite(value):
            raise Wrong("not-finite")
        if value < 0:
            raise Wrong("number-too-small", minimum=0)
        if value > maximum:
            raise Wrong("number-too-large", maximum=maximum)
        written = Decimal(repr(value))
        return Decimal(int(written)) if written == written.to_integral_value() else written

    return read


def _number_meant(value: object, notation: Notation) -> str | None:
    """The number that a text is written for. Raises `Wrong`, which asks back, where it has two readings."""
    if not isinstance(value, str) or not value.strip():
        return None
    meant = notation.read(value.strip())
    if isinstance(meant, Mistyped):
        raise meant.wrong
    return str(meant) if isinstance(meant, int | float) else None


def prefix(value: object) -> Prefix:
    """An IPv4 prefix without host bits."""
    try:
        return read_prefix(text(value))
    except AddressError as refused:
        raise Wrong(refused.reason, suggestion=refused.suggestion) from None


def address_or_yes_no(value: object) -> str | bool:
    """An IPv4 address, or whether there is one."""
    if isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise Wrong("expected-address-or-yes-no")
    try:
        return read_address(value)
    except AddressError as refused:
        raise Wrong(refused.reason, suggestion=refused.suggestion) from None


def _finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def text_sizes(raw: object) -> Iterator[int]:
    """The length in bytes of each text in a document, names of fields included."""
    pending = [raw]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            yield len(item.encode("utf-8", "surrogatepass"))
        elif item is None or isinstance(item, int | float):
            continue  # before the slow question whether it is a mapping: a document may have a million of them
        elif isinstance(item, Mapping):
            pending += item.keys()
            pending += item.values()
        elif isinstance(item, list | tuple):
            pending += item


def day(first: date | None = None, last: date | None = None) -> Callable[[object], date]:
    """A reader of a date such as `2026-11-01`, from the first to the last day."""

    def read(value: object) -> date:
        if not isinstance(value, str):
            raise Wrong("expected-date")
        try:
            found = date.fromisoformat(value) if DAY.fullmatch(value) else None
        except ValueError:
            found = None
        if found is None:
            raise Wrong("expected-date", suggestion=_day_meant(value))
        if first and last and not first <= found <= last:
            nearest = first if found < first else last
            raise Wrong(
                "date-out-of-range", suggestion=nearest.isoformat(), first=first.isoformat(), last=last.isoformat()
            )
        return found

    return read


def _day_meant(text: str) -> str | None:
    """The day that a text evidently means: `1-11-2026` is `2026-11-01`. None for a month or a year alone."""
    meant = date_meant(text)
    return meant if meant and len(meant) == len("2026-11-01") else None
