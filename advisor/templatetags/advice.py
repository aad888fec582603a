"""How an advice is put on a page: names for codes, numbers in the reader's notation."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString, mark_safe

from advisor.link import to_check
from advisor.names import amount, named_as

register = template.Library()
register.filter("named_as", named_as)
register.filter("amount", amount)
register.filter("to_check", to_check)


@register.filter
def question_of(slug: str, questions: Mapping[str, str]) -> str:
    """The question of an entry, or its slug where this edition lacks it."""
    return questions.get(slug, slug)


@register.filter
def as_drawn(svg: str) -> SafeString:
    """A drawing of `advisor.drawing`, which ElementTree has escaped, as a part of the page."""
    return mark_safe(svg)  # noqa: S308 -- written by ElementTree
