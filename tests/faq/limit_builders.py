"""Limits of an edition that no content file has: SKUs and kinds of limits with names of their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from faq.knowledge.limits import Catalogue, Conflict, Limit, Source

GUIDE = Source("GUIDE", "guide.md", "2031-01", "The guide")
PAPER = Source("PAPER", "paper.md", "2031-02", "The paper")


def limit(key: str, value: Any, name: str, unit: str = "tunnel", **changes: Any) -> Limit:
    """A limit; its name is alike in both languages, or is the Dutch and the English one with a bar between."""
    dutch, _, english = name.partition(" | ")
    names = {"nl": dutch, "en": english or dutch}
    fields: dict[str, Any] = {"source": GUIDE, "checked": date(2031, 1, 1), "name": names}
    return Limit(key=key, value=value, unit=unit, **fields | changes)


def both(text: str) -> dict[str, str]:
    """A text that is alike in both languages."""
    return {"nl": text, "en": text}


def catalogue(limits: Iterable[Limit]) -> Catalogue:
    """A catalogue of these limits."""
    return Catalogue("2031", {one.key: one for one in limits}, [GUIDE, PAPER])


def differing(text: str) -> tuple[Conflict, ...]:
    """What another source says instead."""
    return (Conflict(PAPER, both(text)),)
