"""Addresses that others keep: of an entry in a language, and a short one that survives renames."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, override

from faq.store.editions import default_code, edition_codes
from faq.store.slugs import short_code
from web.languages import DEFAULT_LANGUAGE


def entry_address(slug: str, language: str) -> str:
    """The absolute address of an entry's page in a language."""
    return settings.ORIGIN + entry_path(slug, language)


def edition_suffix(code: str) -> str:
    """What an address ends in to stay in an edition: nothing in the site's default, else `?edition=…`."""
    return "" if code == default_code(edition_codes()) else "?" + urlencode({"edition": code})


def entry_path(slug: str, language: str) -> str:
    """The path of an entry's page in a language."""
    return _path("faq:entry", language, get_script_prefix(), slug)


def framed_entry_path(slug: str, language: str) -> str:
    """The path of what a portal's frame shows of an entry in a language."""
    return _path("embed-entry", language, get_script_prefix(), language, slug)


def section_path(slug: str, language: str) -> str:
    """The path of a section's page in a language."""
    return _path("faq:section", language, get_script_prefix(), slug)


def page_path(view: str) -> str:
    """The path of a page of the site that has no parameters, in the language of the reader."""
    return _path(view, get_language() or DEFAULT_LANGUAGE, get_script_prefix())


@lru_cache(maxsize=10_000)
def _path(view: str, language: str, prefix: str, *args: str) -> str:
    """A path, remembered: a page names many, and making one takes a while. `prefix` is that of the site."""
    with override(language):
        return reverse(view, args=args)


def short_address(slug: str) -> str:
    """The absolute short address of an entry."""
    return settings.ORIGIN + reverse("short", args=[short_code(slug)])
