"""How an advice is put on a page: names for codes, numbers in the reader's notation."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from advisor.names import amount, named_as

register = template.Library()
register.filter("named_as", named_as)
register.filter("amount", amount)


@register.filter
def question_of(slug: str, questions: Mapping[str, str]) -> str:
    """The question of an entry, or its slug where this edition lacks it."""
    return questions.get(slug, slug)
