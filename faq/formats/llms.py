"""llms.txt: what a language model may read here, and in which form."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from faq.pages.context import chosen_edition, edition_query
from faq.pages.paging import ENTRIES_ON_A_PAGE
from faq.pages.public_page import public_page
from faq.store.entries import headings, sections
from faq.store.reading_order import count_entries
from web.htmx import HtmxHttpRequest
from web.languages import in_order


@require_safe
@public_page
def llms(request: HtmxHttpRequest) -> HttpResponse:
    """The sections and entries of an edition in each language, and where else to look; the sections alone where there
    are many entries.
    """
    chosen = chosen_edition(request)
    edition = chosen.edition
    is_short = count_entries(edition) <= ENTRIES_ON_A_PAGE
    listed = [
        (language, headings(edition, language) if is_short else [], sections(edition, language))
        for language in in_order("en")
    ]
    context = {"listed": listed, "edition": edition, "edition_query": edition_query(chosen), "origin": settings.ORIGIN}
    return TemplateResponse(request, "faq/formats/llms.txt", context, content_type="text/plain; charset=utf-8")
