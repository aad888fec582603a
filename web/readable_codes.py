"""Codes that people read aloud and write down."""

from __future__ import annotations

READABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No sign that is taken for another when it is read aloud or written down: no 0, 1, I, L, O or U."""


def spelled(number: int, length: int) -> str:
    """So many readable signs that stand for a number; what does not fit in them is left out."""
    signs = []
    for _ in range(length):
        number, place = divmod(number, len(READABLE))
        signs.append(READABLE[place])
    return "".join(signs)
