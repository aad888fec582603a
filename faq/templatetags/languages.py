"""How a page speaks of languages: what each is called, and what link previews call its locale."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from web.languages import ENGLISH_NAMES, LOCALES, OWN_NAMES

register = template.Library()


@register.filter
def language_name(code: str) -> str:
    """What the reader calls a language: to an English one `nl` is Dutch."""
    return _(ENGLISH_NAMES[code])


@register.filter
def own_name(code: str) -> str:
    """What a language calls itself: `nl` is Nederlands."""
    return OWN_NAMES[code]


@register.filter
def locale(code: str) -> str:
    """The locale of a language, as link previews are told: `nl` is nl_NL."""
    return LOCALES[code]
