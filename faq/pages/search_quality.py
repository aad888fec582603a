"""How good the search is: measured figures, by edition, language, and kind of question, and how they were made."""

from __future__ import annotations

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from faq.pages.context import page_context
from faq.pages.public_page import public_page
from faq.search.quality import floor_sets, recorded
from web.htmx import HtmxHttpRequest


@require_safe
@public_page
def search_quality(request: HtmxHttpRequest) -> HttpResponse:
    """The figures of the questions that the search was not tuned on."""
    quality = recorded()
    context = {"measured": quality.measured, "sets": floor_sets(quality)}
    return TemplateResponse(request, "faq/pages/search_quality.html", page_context(request) | context)
