"""A query as typed, made ready to be searched for. Pure: no Django."""

from __future__ import annotations

MAX_QUERY = 2_000
"""Characters of a query that are looked at, enough for a ticket; what is beyond is left, and the page says so."""


def in_one_line(typed: object) -> str:
    """What was typed, in one line and without control characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in str(typed or "")).split())


def query_text(typed: object) -> str:
    """What was typed, in one line, at most `MAX_QUERY` characters of it."""
    return in_one_line(typed)[:MAX_QUERY]
