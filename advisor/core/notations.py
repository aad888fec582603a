"""How a value is typed into a form or an address: as text, from which a raw value for a reader of JSON is made.

A text that no notation understands stays text, for the reader to refuse; one that it understands in more than one way
becomes `Mistyped`, which says what to ask. An empty text says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from advisor.core.parameters import Code, Typed
from advisor.core.refusals import Wrong
from advisor.core.written_addresses import address_meant, is_mask, masked_network
from advisor.core.written_numbers import TwoReadings, read_number, sign_of_decimals, write_number

_UNITS = ("mbps", "mbit/s", "mbit", "gbps", "gbit/s", "gbit", "m", "g")
"""How the unit of a bandwidth is typed, in small letters."""

UNKNOWN = "unknown"
"""What is typed for a number that is not known."""


@dataclass(frozen=True, slots=True)
class Mistyped:
    """A text that a notation refuses itself, and why. No document can hold one."""

    text: str
    wrong: Wrong


@dataclass(frozen=True, slots=True)
class Notation:
    """`read` makes a raw value of a text that is not empty, `write` the text of a typed value.

    `tidy` is done to a text before anything else. `says_default` tells that a default is written too: it has a name,
    which a choice shows. `input_mode` is the keyboard that a form asks for. `unknown` is what is typed where the value
    is not known, if that can be said.
    """

    read: Callable[[str], object]
    write: Callable[[Any], str]
    tidy: Callable[[str], str] = str.strip
    says_default: bool = False
    input_mode: str = ""
    unknown: str = ""


def _as_typed(text: str) -> object:
    return text


def _whole_or_unknown(text: str) -> int | str | Mistyped | None:
    return None if text.casefold() in (UNKNOWN, "onbekend") else _whole(text)


def _written_or_unknown(value: int | None) -> str:
    return UNKNOWN if value is None else str(value)


def _whole(text: str) -> int | str | Mistyped:
    """A whole number from `40`, `-1` or `1 000`."""
    digits = text.removeprefix("-")
    number = read_number(digits)
    if isinstance(number, TwoReadings):
        if _is_whole(number.decimal):
            return Mistyped(text, _asked_back(number))
        return Mistyped(text, Wrong("expected-whole-number", suggestion=str(int(number.grouped))))
    if number is None or not _is_whole(number) or (any(sign in digits for sign in ".,") and number < 1000):
        return text
    return -int(number) if digits != text else int(number)


def _mbps(text: str) -> int | float | str | Mistyped:
    """A bandwidth in Mbps from `25`, `12,5`, `1 Gbps`, `1.000.000` or `200 Mbit/s`."""
    positive = text.removeprefix("-")
    written, unit = _parted(positive)
    number = read_number(written)
    if number is None:
        return text
    if isinstance(number, TwoReadings):
        return Mistyped(text, _asked_back(number, unit or Code("mbps")))
    amount = number * (1000 if unit.casefold().startswith("g") else 1)
    signed = -amount if positive != text else amount
    return int(signed) if _is_whole(signed) else float(signed)


def decimal_sign_of(text: str) -> str:
    """The sign that begins decimals in the notation that a typed number shows; empty where it shows none."""
    return sign_of_decimals(_parted(text)[0])


def settled(text: str, decimal_sign: str) -> str:
    """A typed number with two readings, written so that it has the one that this sign of decimals gives it; any other
    text as it is.
    """
    written, unit = _parted(text)
    number = read_number(written, decimal_sign)
    if not isinstance(read_number(written), TwoReadings) or not isinstance(number, Decimal):
        return text
    return f"{write_number(number)} {unit}".strip()


def _parted(text: str) -> tuple[str, str]:
    """A typed bandwidth as its number and its unit, each as typed; the unit is empty where there is none."""
    for unit in _UNITS:
        if text.casefold().endswith(unit):
            return text[: -len(unit)].rstrip(), text[-len(unit) :]
    return text, ""


def _asked_back(readings: TwoReadings, unit: str | Code | None = None) -> Wrong:
    """Ask which of two readings of a number is meant, in the unit that was typed or goes without saying."""
    grouped, decimal = Typed(readings.grouped), Typed(readings.decimal)
    if unit is None:
        return Wrong("two-readings", grouped=grouped, decimal=decimal)
    if isinstance(unit, Code):
        return Wrong("two-readings-mbps", grouped=grouped, decimal=decimal, unit=unit)
    return Wrong("two-readings-unit", grouped=grouped, decimal=decimal, unit=unit)


def _is_whole(number: Decimal) -> bool:
    return number == number.to_integral_value()


_INSIDE = re.compile(r"(?<=[0-9.])\s*(/|[-\u2013\u2014])\s*(?=[0-9])")
"""A slash or a hyphen inside what is typed for one network; the spaces around it part nothing."""


def _several(text: str) -> list[str]:
    """The networks apart, each as a person types it. A mask behind an address is no network of its own: it stays with
    the address.
    """
    found: list[str] = []
    for part in re.split("[,;]", _INSIDE.sub(r"\1", text)):
        apart: list[str] = []
        for one in part.split():
            if apart and is_mask(one) and address_meant(apart[-1]):
                apart[-1] = f"{apart[-1]} {one}"
            else:
                apart.append(one)
        found += map(_network, apart)
    return found


def _network(text: str) -> str:
    """A network with a netmask in the notation of the contract; any other text as it is."""
    return masked_network(text) or text


def _joined(values: Iterable[object]) -> str:
    return ",".join(map(str, values))


def _ticked(text: str) -> str:
    return "" if text.strip() in ("", "0") else "1"


def _yes(_text: str) -> bool:
    return True


_SAID = {"yes": "1", "ja": "1", "true": "1", "on": "1", "no": "", "nee": "", "false": "", "off": "", "0": ""}
"""What people and programs write for yes and no, in small letters."""


def _yes_or_no(text: str) -> str:
    plain = text.strip()
    return _SAID.get(plain.casefold(), plain)


def _is_one(text: str) -> bool | str:
    return True if text == "1" else text


def _address(text: str) -> object:
    return {"no": False, "nee": False, "yes": True, "ja": True}.get(text.lower(), text)


def _written_address(value: str | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def _before_colon(text: str) -> str:
    return text.partition(":")[0]


def _after_colon(text: str) -> str:
    return text.partition(":")[2]


def named(values: Mapping[str, object]) -> Notation:
    """A notation with a name for each value."""
    names = {value: name for name, value in values.items()}
    return Notation(lambda text: values.get(text, text), lambda value: names[value])


AS_TYPED = Notation(_as_typed, str)
CHOSEN = Notation(_as_typed, str, says_default=True)
WHOLE = Notation(_whole, str, input_mode="numeric")
WHOLE_OR_UNKNOWN = Notation(_whole_or_unknown, _written_or_unknown, input_mode="numeric", unknown=UNKNOWN)
"""A number, or that it is not known, in the words of either language."""
MBPS = Notation(_mbps, write_number)
"""Without a keyboard of its own: a unit may stand behind the number."""
DATE = Notation(_as_typed, date.isoformat)
"""A day such as `2026-11-01`, as a form with a calendar writes it."""
SEVERAL = Notation(_several, _joined)
"""Several with commas, semicolons or spaces between them."""
TICKED = Notation(_yes, lambda yes: "1" if yes else "", _ticked)
"""A box: anything but nothing and `0` says yes."""
YES_OR_NO = Notation(_is_one, lambda yes: "1" if yes else "", _yes_or_no)
"""A choice of yes and no, in the words of either language; what says neither is no answer."""
NETWORK = Notation(_network, str)
"""A network, with its length or a netmask."""
ADDRESS = Notation(_address, _written_address)
"""An address, or whether there is one at all, in the words of either language."""
BEFORE_COLON = Notation(_before_colon, str, says_default=True)
AFTER_COLON = Notation(_after_colon, lambda value: f":{value}")
"""Two fields that are typed as one: `validated:policy-based`."""
