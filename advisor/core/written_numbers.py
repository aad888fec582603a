"""Numbers as people write them: with a point or a comma for decimals, and either, a space or an apostrophe for groups.

A group of three digits behind a single point or comma has two readings: `1.000` is a thousand where the point parts
groups, and one where it begins the decimals. Such a text is read only where it is known which of the two it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

LONGEST = 400
"""Characters of a number that is typed."""

_OTHER_SIGNS = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2019": "'"})
"""Spaces and apostrophes that part groups in print."""

_SIMPLE = re.compile(r"([0-9]+)(?:([.,])([0-9]+))?|([.,])([0-9]+)")
_GROUPED = re.compile(r"([1-9][0-9]{0,2}(?:([., '])[0-9]{3})(?:\2[0-9]{3})*)(?:([.,])([0-9]+))?")
_TWO = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


@dataclass(frozen=True, slots=True)
class TwoReadings:
    """A number that can be read in two ways: its last digits as a group, or as decimals."""

    grouped: Decimal
    decimal: Decimal


def read_number(text: str, decimal_sign: str = "") -> Decimal | TwoReadings | None:
    """The number that a text says, or its two readings; None where it says none. `decimal_sign` is the point or the
    comma where it is known which of them begins decimals.
    """
    plain = text.strip().translate(_OTHER_SIGNS)
    if len(plain) > LONGEST:
        return None
    if _TWO.fullmatch(plain):
        readings = TwoReadings(Decimal(re.sub("[.,]", "", plain)), _decimal(plain))
        if decimal_sign:
            return readings.decimal if decimal_sign in plain else readings.grouped
        return readings
    if _SIMPLE.fullmatch(plain):
        return _decimal(plain)
    found = _GROUPED.fullmatch(plain)
    if found is None or found[2] == found[3]:
        return None
    return Decimal(f"{re.sub('[^0-9]', '', found[1])}.{found[4] or 0}")


def sign_of_decimals(text: str) -> str:
    """The sign that begins decimals in the notation that a number shows: `,` for `12,5` and `1.000.000`; empty where it
    shows none.
    """
    plain = text.strip().translate(_OTHER_SIGNS)
    if len(plain) > LONGEST or _TWO.fullmatch(plain):
        return ""
    if simple := _SIMPLE.fullmatch(plain):
        return simple[2] or simple[4] or ""
    found = _GROUPED.fullmatch(plain)
    if found is None or found[2] == found[3]:
        return ""
    return found[3] or {".": ",", ",": "."}.get(found[2], "")


def write_number(number: Decimal) -> str:
    """A number as it is typed, such that it has one reading: `1.125` gets another decimal."""
    written = format(number, "f")
    return f"{written}0" if _TWO.fullmatch(written) else written


def _decimal(plain: str) -> Decimal:
    return Decimal(plain.replace(",", "."))
