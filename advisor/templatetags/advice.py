"""How an advice is put on a page: names for codes, numbers in the reader's notation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from babel.lists import format_list
from django import template
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from advisor.answers.typed import Typed
from advisor.wording.labels import amount, answers_to, choice_of, hint_at, named_as
from faq.pages.safe_html import drawing_html
from faq.templatetags.knowledge import copy_ways
from web.languages import DEFAULT_LANGUAGE, LANGUAGES

register = template.Library()
register.filter("named_as", named_as)
register.filter("amount", amount)
register.filter("hint_at", hint_at)


@register.filter
def with_mbps(typed: str) -> str:
    """A bandwidth as typed, with its unit where none was typed."""
    return f"{typed} " + _("Mbps") if typed[-1:].isdigit() else typed


@register.filter
def as_choice(code: str, parameter: str) -> str:
    """What a choice of a parameter is called: `{{ code|as_choice:"auth" }}`."""
    return choice_of(parameter, code)


@register.filter
def answer_to(step: str, said: Typed) -> str:
    """What was answered to a question of the wizard with two answers: `{{ step.name|answer_to:said }}`."""
    return dict(answers_to(step))["1" if step in said.flags else "0"]


@register.filter
def lacking_list(names: Sequence[str]) -> str:
    """What the wizard's questions with these names ask for, as a list in a sentence."""
    return format_list([named_as(name, "lacking") for name in names], locale=get_language() or DEFAULT_LANGUAGE)


@register.filter
def question_of(slug: str, questions: Mapping[str, str]) -> str:
    """The question of an entry, or its slug where this edition lacks it."""
    return questions.get(slug, slug)


@register.filter
def as_drawn(svg: str) -> SafeString:
    """A drawing of `advisor.formats.drawing`, which has escaped all that was typed, as a part of the page."""
    return drawing_html(svg)


@register.inclusion_tag("components/_copy.html", takes_context=True)
def copy_advice(context: Context) -> dict[str, Any]:
    """Copying an advice in any language: as it was kept where it has a code, else as its address says."""
    forms: dict[str, tuple[str, str, str]] = {}
    for code in LANGUAGES:
        with override(code):
            forms[code] = (_copied(context, "text"), _copied(context, "html"), _copied(context, "markdown"))
    return {"ways": copy_ways(_("Copy advice"), forms, context["language"])}


def _copied(context: Context, form: str) -> str:
    if case := context.get("case"):
        return reverse("advisor:case-download", args=[case, form])
    return f"{reverse('advisor:download', args=[form])}?{context.get('all_answers') or context['address']}"
