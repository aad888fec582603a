"""What a sentence can be filled with: facts without language, which `advisor.wording` words for a reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Count:
    """So many of something: `Count(2, "tunnel")` reads `2 tunnels`. The nouns are those of the texts."""

    number: int
    noun: str


@dataclass(frozen=True, slots=True)
class Mbps:
    """A bandwidth in Mbps."""

    amount: Decimal | int


@dataclass(frozen=True, slots=True)
class Code:
    """A code that a reader sees in words: a client system, or one of the words of the texts."""

    code: str


@dataclass(frozen=True, slots=True)
class Names:
    """Names that a visitor typed, behind what they are names of: `Names("site", ("Breda",))` reads `site Breda`."""

    kind: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of a sentence with facts of its own: one of the words of the texts, filled."""

    code: str
    parameters: Parameters = ()


def phrase(code: str, **parameters: Value) -> Phrase:
    """A phrase with its facts by name."""
    return Phrase(code, tuple(parameters.items()))


@dataclass(frozen=True, slots=True)
class Typed:
    """A number as a reader types it: with the decimal sign of the language, and without groups."""

    number: Decimal


@dataclass(frozen=True, slots=True)
class Exactly:
    """A number that identifies or is copied, such as an ASN: digits without separators."""

    number: int


@dataclass(frozen=True, slots=True)
class Day:
    """A date."""

    day: date


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Things of which one will do: a list that ends in *or*."""

    values: tuple[Value, ...]


Value = int | str | Count | Mbps | Code | Names | Phrase | Typed | Exactly | Day | AnyOf | tuple["Value", ...]
"""A text stands as it is; a tuple reads as a list."""

Parameters = tuple[tuple[str, Value], ...]
"""The placeholders of one sentence with what fills them."""
