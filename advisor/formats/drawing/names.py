"""Names that somebody typed, as a drawing can hold them. Pure."""

from __future__ import annotations


def writable(said: str) -> str:
    """A text without what XML cannot hold, what is no sign, and what turns the direction of the text after it."""
    if said.isprintable():
        return said
    return "".join(_sign(char) for char in said)


def _sign(char: str) -> str:
    if char.isprintable() or char in JOINERS:
        return char
    if char.isspace():
        return " "
    return "" if char in TURNING else "\ufffd"


JOINERS = frozenset("\u200c\u200d")
"""What holds a sign of several parts together, such as an emoji of a family."""
TURNING = frozenset("\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad")
