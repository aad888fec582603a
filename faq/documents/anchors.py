"""Anchors in HTML tags, and the slugs that come of them or of a heading's words."""

from __future__ import annotations

import re
import unicodedata

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_SLUG = 200

_A_TAG = re.compile(r"<a\b[^<>]{0,1000}>|</a\s{0,9}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![\w-])(name|id|href)\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE)
_FOLDED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})


def split_anchors(text: str) -> tuple[tuple[str, ...], str]:
    """The names of the anchors in a text, in order, and the text without them. Code is not looked at: leave it out.

    What an anchor surrounds stays; a link (`href`) is no anchor and stays whole.
    """
    if "<" not in text:
        return (), text
    names: list[str] = []
    kept: list[str] = []
    position = 0
    open_anchor = False
    for tag in _A_TAG.finditer(text):
        if tag[0][1] == "/":
            drop, open_anchor = open_anchor, False
        else:
            found = names_of(tag[0])
            drop = found is not None
            open_anchor = drop and not tag[0].endswith("/>")
            names += found or ()
        if drop:
            kept.append(text[position : tag.start()])
            position = tag.end()
    kept.append(text[position:])
    return tuple(names), "".join(kept)


def names_of(tag: str) -> tuple[str, ...] | None:
    """The names that an opening tag gives its place, or None where it is a link or names nothing."""
    names: dict[str, None] = {}
    for attribute, *values in _ATTRIBUTE.findall(tag):
        if attribute.lower() == "href":
            return None
        names["".join(values).strip()] = None
    return tuple(names) or None


def clean_anchor(anchor: str) -> str | None:
    """An anchor as a slug (lower case; hyphens for underscores and dots), or None where it cannot be one."""
    slug = re.sub(r"[-_.]+", "-", anchor.strip().lower()).strip("-")
    return slug if SLUG.fullmatch(slug) and len(slug) <= MAX_SLUG else None


def slug_of(text: str) -> str:
    """A slug made of a heading's words, as GitHub makes its anchors but in plain letters; empty where none are left."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(_FOLDED))
    words = re.sub(r"[^a-z0-9\s_-]", "", folded)
    slug = re.sub(r"[\s_-]+", "-", words).strip("-")
    if len(slug) > MAX_SLUG:
        slug = slug[: MAX_SLUG + 1].rpartition("-")[0] or slug[:MAX_SLUG]
    return slug


def unique(slug: str, taken: set[str]) -> str:
    """The slug, or the slug with the first number after it that is free. It is added to what is taken."""
    free, number = slug, 0
    while free in taken:
        number += 1
        free = f"{slug[: MAX_SLUG - 8].rstrip('-')}-{number}"
    taken.add(free)
    return free
