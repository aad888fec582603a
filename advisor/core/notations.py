"""How a value is typed into a form or an address: as text, from which a raw value for a reader of JSON is made.

A text that no notation understands stays text, for the reader to refuse. An empty text says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

EXACT_FLOAT = 2**53
"""Below this every whole number is a float."""

LONGEST_WHOLE = 9
"""Digits of a whole number that is typed."""

_AMOUNT = re.compile(r"(\d{1,400}(?:[.,]\d{1,400})?)\s*(mbps|mbit/s|mbit|gbps|gbit/s|gbit|m|g)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Notation:
    """`read` makes a raw value of a text that is not empty, `write` the text of a typed value.

    `tidy` is done to a text before anything else. `says_default` tells that a default is written too: it has a name,
    which a choice shows. `input_mode` is the keyboard that a form asks for.
    """

    read: Callable[[str], object]
    write: Callable[[Any], str]
    tidy: Callable[[str], str] = str.strip
    says_default: bool = False
    input_mode: str = ""


def _as_typed(text: str) -> object:
    return text


def _whole(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_WHOLE else text


def _mbps(text: str) -> int | float | str:
    """A bandwidth in Mbps from `25`, `12,5`, `1 Gbps` or `200 Mbit/s`."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return text
    amount = float(found[1].replace(",", ".")) * (1000 if (found[2] or "").lower().startswith("g") else 1)
    return int(amount) if amount.is_integer() and amount < EXACT_FLOAT else amount


def _plain(amount: Decimal) -> str:
    return format(amount, "f")


def _several(text: str) -> list[str]:
    return [one for one in re.split(r"[\s,;]+", text) if one]


def _joined(values: Iterable[object]) -> str:
    return ",".join(map(str, values))


def _ticked(text: str) -> str:
    return "" if text.strip() in ("", "0") else "1"


def _yes(_text: str) -> bool:
    return True


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
MBPS = Notation(_mbps, _plain)
"""Without a keyboard of its own: a unit may stand behind the number."""
SEVERAL = Notation(_several, _joined)
"""Several with commas, semicolons or spaces between them."""
TICKED = Notation(_yes, lambda yes: "1" if yes else "", _ticked)
"""A box: anything but nothing and `0` says yes."""
ADDRESS = Notation(_address, _written_address)
"""An address, or whether there is one at all, in the words of either language."""
BEFORE_COLON = Notation(_before_colon, str, says_default=True)
AFTER_COLON = Notation(_after_colon, lambda value: f":{value}")
"""Two fields that are typed as one: `validated:policy-based`."""
