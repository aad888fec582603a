"""What changed between two editions: the whole list, and one question side by side."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from faq.pages.context import chosen_edition, language_of, page_context
from faq.pages.public_page import public_page
from faq.store.edition_changes import (
    by_status,
    changed_entries,
    changed_limits,
    compared,
    edition_before,
)
from faq.store.editions import Edition, find_edition, known_editions
from web.htmx import HtmxHttpRequest

TOLD = ("changed", "gone", "new")
"""What of the limits is told; the same ones are not."""


@require_safe
@public_page
def changes(request: HtmxHttpRequest) -> HttpResponse:
    """What an answer of an earlier edition gets wrong, what was added, and every limit that has another value."""
    before, after = _two(request)
    language = language_of(request)
    context: dict[str, Any] = {"before": before, "after": after}
    if before is not None:
        limits = changed_limits(before, after)
        context |= {
            "entries": by_status(changed_entries(before, after, language)),
            "limits": {status: [one for one in limits if one.status == status] for status in TOLD},
        }
    return TemplateResponse(request, "faq/pages/changes.html", page_context(request) | context)


@require_safe
@public_page
def entry_changes(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """One question in two editions, side by side, with what differs marked."""
    before, after = _two(request)
    found = compared(slug, before, after, language_of(request)) if before is not None else None
    if found is None:
        raise Http404(slug)
    context = {"before": before, "after": after, "compared": found}
    return TemplateResponse(request, "faq/pages/side_by_side.html", page_context(request) | context)


def _two(request: HttpRequest) -> tuple[Edition | None, Edition]:
    """The editions that the address names: `from`, else the one before; `to`, else the newest. An unknown one counts as
    not named; two in the wrong order change places.
    """
    newest = known_editions().first() or chosen_edition(request).edition
    named = {name: find_edition(request.GET.get(name, "")) for name in ("from", "to")}
    to = named["to"].edition if request.GET.get("to") and named["to"].unknown is None else newest
    given = named["from"].edition if request.GET.get("from") and named["from"].unknown is None else None
    if given is None or given == to:
        return edition_before(to), to
    return (to, given) if _is_later(given, to) else (given, to)


def _is_later(one: Edition, other: Edition) -> bool:
    newest_first = list(known_editions())
    return newest_first.index(one) < newest_first.index(other)
