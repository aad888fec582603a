"""The whole FAQ of an edition: its contents, and all of its answers on one page, or on several where it is long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from faq.pages.context import chosen_edition, language_of
from faq.pages.paging import Paging, page_url, paged_context, paging_of
from faq.pages.public_page import public_page
from faq.store.entries import SectionHeading, answers_size, headings, sections, shown_entries
from faq.store.introductions import introductions
from faq.store.reading_order import count_entries
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
    paging = paging_of(request, count_entries(chosen.edition))
    listed = sections(chosen.edition, language)
    begins_on = paging.begins_on(listed)
    context = paged_context(request, chosen, paging) | {"contents": _contents(request, listed, begins_on, paging)}
    if "all" in request.GET or (paging.pages == 1 and answers_size(chosen.edition) <= ON_ONE_PAGE):
        template = "faq/pages/whole.html"
        shown = shown_entries(chosen.edition, language, paging.first, paging.size)
        said = introductions(chosen.edition, language)
        begun = {slug: said[slug].html for slug in said if begins_on.get(slug) == paging.number}
        context["parts"] = [
            {"section": section, "introduction": begun.get(section.slug, ""), "entries": found}
            for section in listed
            if (found := [one for one in shown if one.heading.section == section.slug])
        ]
        context["anchors"] = frozenset(one.heading.slug for one in shown)
    else:
        template = "faq/pages/contents.html"
        questions = headings(chosen.edition, language, paging.first, paging.size)
        context["parts"] = [
            {"section": section, "headings": asked}
            for section in listed
            if (asked := [one for one in questions if one.section == section.slug])
        ]
    return TemplateResponse(request, template, context)


def _contents(
    request: HttpRequest, listed: Iterable[SectionHeading], begins_on: Mapping[str, int], paging: Paging
) -> list[dict[str, Any]]:
    """Every section, and where it begins: on this page of the list, or on another one."""
    pages = {slug: "" if number == paging.number else page_url(request, number) for slug, number in begins_on.items()}
    return [{"section": section, "url": f"{pages[section.slug]}#{section.slug}"} for section in listed]
