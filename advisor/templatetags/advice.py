"""How an advice is put on a page: names for codes, numbers in the reader's notation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

from babel.lists import format_list
from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from advisor.answers.typed import Typed
from advisor.pages.deploy_html import deploy_html
from advisor.pages.design_request import address_in
from advisor.pages.sheet_html import body_html, connections_html, entered_html, gateways_html, head_html, ways_out_html
from advisor.wording.labels import amount, answers_to, choice_of, hint_at, named_as
from faq.pages.safe_html import advice_html
from faq.store.entries import find_question
from faq.templatetags.knowledge import copy_ways, entry_urls
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


@register.simple_tag(takes_context=True)
def advisor_url(context: Context, page: str, *args: str) -> str:
    """The address of a page of the advisor, in the portal's frame if the request came from one: `url`, remembered."""
    return address_in(context["request"], f"advisor:{page}", *args)


@register.simple_tag(takes_context=True)
def advice_head(context: Context) -> SafeString:
    """The first part of the sheet of an advice, up to what can be done with it."""
    return advice_html(head_html(context["sheet"], context["head"], str(context.get("link") or "")))


@register.simple_tag(takes_context=True)
def advice_body(context: Context) -> SafeString:
    """All below that."""
    entry_url, in_frame = entry_urls(context), bool(context.get("embedded"))
    language, edition = context["language"], context["chosen"].edition

    def entry_link(slug: str) -> str:
        question = find_question(slug, edition, language) or slug
        return f'<a href="{escape(entry_url(slug))}">{escape(question)}</a>'

    deploy = deploy_html(context["deploy"]) if context.get("deploy") else ""
    return advice_html(body_html(context["sheet"], entry_link, entry_url, in_frame=in_frame, after_steps=deploy))


@register.simple_tag(takes_context=True)
def ways_out(context: Context) -> SafeString:
    """Links to the other forms of an advice."""
    url = partial(advisor_url, context)
    return advice_html(ways_out_html(url, context["address"], str(context.get("case") or "")))


@register.simple_tag
def gateways(advice: Mapping[str, Any], gateway_subnet: str | None) -> SafeString:
    """The connections and gateways of an advice."""
    return advice_html(gateways_html(advice, gateway_subnet))


@register.simple_tag
def entered_design(entered: Mapping[str, Any]) -> SafeString:
    """A design as it was entered, or read."""
    return advice_html(entered_html(entered))


@register.simple_tag
def connections(advice: Mapping[str, Any]) -> SafeString:
    """The connections of an advice, each with its reasons."""
    return advice_html(connections_html(advice))


@register.inclusion_tag("components/_copy.html", takes_context=True)
def copy_advice(context: Context) -> dict[str, Any]:
    """Copying an advice in any language: as it was kept where it has a code, else as its address says."""
    forms = {
        code: (_copied(context, code, "text"), _copied(context, code, "html"), _copied(context, code, "markdown"))
        for code in LANGUAGES
    }
    return {"ways": copy_ways(_("Copy advice"), forms, context["language"])}


def _copied(context: Context, language: str, form: str) -> str:
    address = partial(address_in, context["request"], language=language)
    if case := context.get("case"):
        return address("advisor:case-download", case, form)
    return f"{address('advisor:download', form)}?{context.get('all_answers') or context['address']}"
