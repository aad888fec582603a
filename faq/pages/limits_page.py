"""Every limit of an edition: filtered, by SKU, and one by one."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from faq.knowledge.limit_order import grouped
from faq.pages.change_links import may_edit_limits
from faq.pages.context import chosen_edition, language_of, page_context, part_context
from faq.pages.limit_filter import filtered
from faq.pages.limit_tables import gateway_tables
from faq.pages.public_page import public_page
from faq.search.query_text import in_one_line
from faq.store.editions import catalogue_of
from web.htmx import HtmxHttpRequest, vary_on_fragment, wants_fragment

LONGEST_FILTER = 200
"""Characters of a filter; of a longer one the beginning counts."""


@require_safe
@vary_on_fragment
def limits(request: HtmxHttpRequest) -> HttpResponseBase:
    """The limits of an edition, or those that a filter names: value, source and date, and what other sources say; for
    those who may change them with the way to do it, which nothing keeps.
    """
    if not may_edit_limits(request):
        return public_limits(request)
    response = limits_found(request, may_edit=True)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def limits_found(request: HtmxHttpRequest, *, may_edit: bool = False) -> HttpResponse:
    """The page, or its list alone for htmx."""
    chosen, language = chosen_edition(request), language_of(request)
    catalogue = catalogue_of(chosen.edition)
    typed = in_one_line(request.GET.get("filter"))[:LONGEST_FILTER]
    found = filtered(catalogue, typed)
    tables = [] if typed else gateway_tables(catalogue, language)
    told_whole = {limit.key for table in tables for limit in table.told_whole}
    context = {
        "filter": typed,
        "may_edit_limits": may_edit,
        "total": len(catalogue),
        "found": len(found),
        "groups": grouped(limit for limit in found if limit.key not in told_whole).items(),
        "tables": tables,
    }
    if wants_fragment(request):
        return TemplateResponse(request, "faq/pages/_limits_found.html", part_context(request, chosen) | context)
    return TemplateResponse(request, "faq/pages/limits.html", page_context(request, chosen) | context)


@public_page
def public_limits(request: HtmxHttpRequest) -> HttpResponse:
    """The page as everybody who may change nothing sees it."""
    return limits_found(request)
