"""What a sentence can be filled with: facts without language, which `advisor.wording` words for a reader."""

from __future__ import annotations

from dataclasses import dataclass
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


Value = int | str | Count | Mbps | Code | tuple["Value", ...]
"""A text stands as it is; a tuple reads as a list."""

Parameters = tuple[tuple[str, Value], ...]
"""The placeholders of one sentence with what fills them."""
