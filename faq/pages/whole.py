"""The whole FAQ of an edition: its contents, and all of its answers on one page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from faq.pages.context import chosen_edition, language_of, page_context
from faq.pages.public_page import public_page
from faq.store.editions import Edition
from faq.store.entries import answers_size, headings, sections, shown_entries
from faq.store.introductions import NO_INTRODUCTION, introductions
from web.htmx import HtmxHttpRequest

ON_ONE_PAGE = 75_000
"""Characters of HTML of all answers that are still one page without being asked for: some 20 kB once compressed."""


@require_safe
@public_page
def whole(request: HtmxHttpRequest) -> HttpResponse:
    """Every question of an edition, with an anchor for each slug. With `?all=1`, and where they are few, with their
    answers, as a booklet to print.
    """
    chosen, language = chosen_edition(request), language_of(request)
    if "all" in request.GET or answers_size(chosen.edition) <= ON_ONE_PAGE:
        template, parts = "faq/pages/whole.html", _answered(chosen.edition, language)
    else:
        template, parts = "faq/pages/contents.html", _listed(chosen.edition, language)
    return TemplateResponse(request, template, page_context(request, chosen) | {"parts": parts})


def _listed(edition: Edition, language: str) -> list[dict[str, Any]]:
    """The sections with their questions."""
    listed = headings(edition, language)
    return [
        {"section": section, "headings": [heading for heading in listed if heading.section == section.slug]}
        for section in sections(edition, language)
    ]


def _answered(edition: Edition, language: str) -> list[dict[str, Any]]:
    """The sections with their introductions and their entries, whole."""
    entries, said = shown_entries(edition, language), introductions(edition, language)
    return [
        {
            "section": section,
            "introduction": said.get(section.slug, NO_INTRODUCTION).html,
            "entries": [shown for shown in entries if shown.heading.section == section.slug],
        }
        for section in sections(edition, language)
    ]
