"""Addresses that others keep: of an entry in a language, and a short one that survives renames."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from faq.models import Entry

READABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No sign that is taken for another when it is read aloud or written down: no 0, 1, I, L, O or U."""

SHORT_LENGTH = 6
"""Signs of a short address: 30⁶ codes, so that a thousand slugs share one with a chance of 1 in 1,500."""


def entry_address(slug: str, language: str) -> str:
    """The absolute address of an entry's page in a language."""
    return settings.ORIGIN + _entry_path(slug, language)


@lru_cache(maxsize=10_000)
def _entry_path(slug: str, language: str) -> str:
    """The path of an entry's page, remembered: a list of results names many, and making one takes a while."""
    with override(language):
        return reverse("faq:entry", args=[slug])


def short_code(slug: str) -> str:
    """The short code of a slug, always the same; an entry has one for each slug that it ever had."""
    number = int.from_bytes(blake2b(slug.encode(), digest_size=8).digest())
    signs = []
    for _ in range(SHORT_LENGTH):
        number, place = divmod(number, len(READABLE))
        signs.append(READABLE[place])
    return "".join(signs).lower()


def short_address(slug: str) -> str:
    """The absolute short address of an entry."""
    return settings.ORIGIN + reverse("short", args=[short_code(slug)])


def find_short(code: str) -> str | None:
    """The slug of the published entry that a short code stands for, by its present or a former slug."""
    wanted = code.lower()
    entries = Entry.objects.filter(published_at__isnull=False).values_list("slug", "former_slugs")
    known = [(slug, former) for slug, former in entries.order_by("edition__date", "slug")]
    for slug, former in known:
        if any(short_code(each) == wanted for each in (slug, *former)):
            return slug
    return None
