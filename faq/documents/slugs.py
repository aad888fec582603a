"""Slugs: an anchor as a slug, or a slug made of a heading's words."""

from __future__ import annotations

import re
import unicodedata

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_SLUG = 200

_FOLDED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})


def clean_anchor(anchor: str) -> str | None:
    """An anchor as a slug (lower case; hyphens for underscores and dots), or None where it cannot be one."""
    slug = re.sub(r"[-_.]+", "-", anchor.strip().lower()).strip("-")
    return slug if len(slug) <= MAX_SLUG and SLUG.fullmatch(slug) else None


def slug_of(text: str) -> str:
    """A slug made of a heading's words, as GitHub makes its anchors but in plain letters; empty where none are left."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(_FOLDED))
    words = re.sub(r"[^a-z0-9\s_-]", "", folded)
    slug = re.sub(r"[\s_-]+", "-", words).strip("-")
    if len(slug) > MAX_SLUG:
        slug = slug[: MAX_SLUG + 1].rpartition("-")[0] or slug[:MAX_SLUG]
    return slug


def numbered_slug(slug: str, taken: set[str]) -> str:
    """A slug for the second, third, … of several that have the same one: with the first number that is free."""
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"


class FreeSlugs:
    """Hands out slugs that nothing else in the document has."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = set(taken)
        self._numbers: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """The slug, or with the first free number after it."""
        free = wanted
        while free in self._taken:
            number = self._numbers[wanted] = self._numbers.get(wanted, 0) + 1
            free = f"{wanted[: MAX_SLUG - 8].rstrip('-')}-{number}"
        self._taken.add(free)
        return free
