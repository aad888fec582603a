"""What changed between two editions: the whole list, and one question side by side."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from faq.pages.context import chosen_edition, language_of, page_context
from faq.pages.paging import paged_context, paging_of
from faq.pages.public_page import public_page
from faq.store.edition_changes import (
    by_status,
    changed_entries,
    changed_limits,
    compared,
    count_changed,
    two_editions,
)
from faq.store.slugs import renamed_to
from web.htmx import HtmxHttpRequest

TOLD = ("changed", "gone", "new")
"""The kinds of change in a limit that the page shows; limits that stayed the same are left out."""


@require_safe
@public_page
def changes(request: HtmxHttpRequest) -> HttpResponse:
    """What an answer of an earlier edition gets wrong, what was added, and every limit that has another value; the
    entries a page at a time where there are many.
    """
    before, after = two_editions(request.GET.get("from", ""), request.GET.get("to", ""))
    language, chosen = language_of(request), chosen_edition(request)
    paging = paging_of(request, count_changed(before, after) if before else 0)
    context: dict[str, Any] = {"before": before, "after": after}
    if before is not None:
        limits = changed_limits(before, after) if paging.number == 1 else []
        context |= {
            "entries": by_status(changed_entries(before, after, language, paging.first, paging.size)),
            "limits": {status: [one for one in limits if one.status == status] for status in TOLD},
        }
    return TemplateResponse(request, "faq/pages/changes.html", paged_context(request, chosen, paging) | context)


@require_safe
@public_page
def entry_changes(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """One question in two editions, side by side, with what differs marked."""
    before, after = two_editions(request.GET.get("from", ""), request.GET.get("to", ""))
    found = compared(slug, before, after, language_of(request)) if before is not None else None
    if found is None:
        if present := renamed_to(slug, after):
            return redirect(f"{reverse('faq:entry-changes', args=[present])}?{request.GET.urlencode()}", permanent=True)
        raise Http404(slug)
    context = {"before": before, "after": after, "compared": found}
    return TemplateResponse(request, "faq/pages/side_by_side.html", page_context(request) | context)
