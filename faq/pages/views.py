"""The public pages of the FAQ."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language_from_request, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from faq.desk.desk_notes import may_read_notes, note_context
from faq.desk.query_log import PER_CLIENT, count_opened, count_query
from faq.knowledge.connection_types import CONNECTION_TYPES
from faq.pages.change_links import edit_address, may_edit
from faq.pages.context import chosen_edition, edition_query, language_of, page_context, part_context
from faq.pages.forms import typed_search
from faq.pages.labels import type_name
from faq.pages.paging import ENTRIES_OF_A_SECTION, paged_context, paging_of
from faq.pages.public_page import missing_page, public_page
from faq.pages.saved_codes import opens_codes, saved_code
from faq.pages.schema_org import faq_page
from faq.search.query_text import asks_for_advice
from faq.store.edition_changes import change_of, edition_after, edition_before
from faq.store.editions import Edition, catalogue_of, known_editions
from faq.store.entries import ShownEntry, find_entry, headings, section_slugs, sections
from faq.store.introductions import NO_INTRODUCTION, introductions
from faq.store.near_slugs import nearest
from faq.store.slugs import find_short, renamed_to
from web.counters import count
from web.htmx import HtmxHttpRequest, vary_on_fragment, wants_fragment
from web.languages import DEFAULT_LANGUAGE
from web.request_limits import client_of


@require_safe
@public_page
def home(request: HtmxHttpRequest) -> HttpResponse:
    """The search field, the two ways in, and the sections."""
    chosen, language = chosen_edition(request), language_of(request)
    context = {"sections": sections(chosen.edition, language)}
    return TemplateResponse(request, "faq/pages/home.html", page_context(request, chosen) | context)


@require_safe
@public_page
def section(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """The questions of one section with their short answers; a page at a time where there are many."""
    chosen, language = chosen_edition(request), language_of(request)
    all_sections = sections(chosen.edition, language)
    shown = next((found for found in all_sections if found.slug == slug), None)
    if shown is None:
        if slug in section_slugs():  # of another edition
            return redirect(reverse("faq:home") + edition_query(chosen))
        raise Http404(slug)
    paging = paging_of(request, shown.count, ENTRIES_OF_A_SECTION)
    said = introductions(chosen.edition, language, slug=slug) if paging.number == 1 else {}
    context = {
        "section": shown,
        "sections": all_sections,
        "headings": headings(chosen.edition, language, paging.first, paging.size, section=slug),
        "introduction": said.get(slug, NO_INTRODUCTION).html,
    }
    return TemplateResponse(request, "faq/pages/section.html", paged_context(request, chosen, paging) | context)


@require_safe
def entry(request: HtmxHttpRequest, slug: str) -> HttpResponseBase:
    """One question, its answer, and the facts beside it; for the desk with its notes, and for editors with the way to
    change it, which nothing keeps.
    """
    if not (may_read_notes(request) or may_edit(request)):
        return public_entry(request, slug)
    response = entry_page(request, slug)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def entry_page(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """The page of an entry; a former slug leads on to the present one."""
    chosen, language = chosen_edition(request), language_of(request)
    shown = find_entry(chosen.edition, slug, language)
    if shown is None:
        if new_slug := renamed_to(slug, chosen.edition):
            return redirect(reverse("faq:entry", args=[new_slug]) + edition_query(chosen), permanent=True)
        if any(found.slug == slug for found in sections(chosen.edition, language)):
            return redirect(reverse("faq:section", args=[slug]) + edition_query(chosen))
        raise Http404(slug)
    context: dict[str, Any] = {"entry": shown, "structured": faq_page([shown], language, edition_query(chosen))}
    context |= _change(shown, chosen.edition, language)
    if may_read_notes(request):
        context |= note_context(shown, chosen.edition, language)
    if may_edit(request):
        context["edit_url"] = edit_address(shown)
    return TemplateResponse(request, "faq/pages/entry.html", page_context(request, chosen) | context)


def _change(shown: ShownEntry, edition: Edition, language: str) -> dict[str, Any]:
    """What became of an entry: since the edition before the one that is read, or in the newest."""
    if shown.edition != edition.code:
        return {}
    later = edition_after(edition)
    before, after = (edition, later) if later else (edition_before(edition), edition)
    change = change_of(shown.heading.slug, before, after, language) if before else None
    return {"change": change, "before": before, "after": after, "is_earlier": later is not None}


public_entry = public_page(entry_page)


@require_safe
@vary_on_fragment
@opens_codes
@public_page
def search(request: HtmxHttpRequest) -> HttpResponse:
    """The entries that answer what was typed: the reader's language first, then what only others found."""
    chosen, language = chosen_edition(request), language_of(request)
    typed = typed_search(request.GET)
    results, listed = typed.results(language, chosen.edition), sections(chosen.edition, language)
    context = {
        "typed": typed,
        "query": typed.text,
        "search_results": results,
        "other_edition": typed.in_another_edition(language, chosen.edition, results),
        "sections": listed,
        "section_choices": [(section.slug, section.title) for section in listed],
        "type_choices": [(code, type_name(code)) for code in CONNECTION_TYPES],
        "advises": asks_for_advice(typed.text),
        "unknown_code": saved_code(typed.text),
    }
    if wants_fragment(request):
        response = TemplateResponse(request, "faq/pages/_results.html", part_context(request, chosen) | context)
    else:
        response = TemplateResponse(request, "faq/pages/search.html", page_context(request, chosen) | context)
    if results.is_passing:
        response.headers["Cache-Control"] = "no-store"
    return response


@csrf_exempt
@require_POST
def count_search(request: HttpRequest) -> HttpResponse:
    """Count what was searched for in an edition, and that a result was opened. It keeps nothing about who asked, so no
    token is needed. What a client asks beyond its bound is not counted.
    """
    if count(PER_CLIENT, client_of(request)).times > PER_CLIENT.times:
        return HttpResponse(status=204)
    query, language = typed_search(request.POST).text, language_of(request)
    edition = chosen_edition(request).edition.code
    if request.POST.get("new"):
        count_query(query, language, edition)
    if request.POST.get("slug"):
        count_opened(query, language, edition)
    return HttpResponse(status=204)


@require_safe
@public_page
def editions(request: HtmxHttpRequest) -> HttpResponse:
    """Which editions there are, and the documents that they rest on."""
    language = language_of(request)
    described = [
        (edition, edition.name(language), edition.description(language), catalogue_of(edition))
        for edition in known_editions()
    ]
    return TemplateResponse(request, "faq/pages/editions.html", page_context(request) | {"described": described})


@require_safe
@public_page
def about(request: HtmxHttpRequest) -> HttpResponse:
    """What the site is, whom it is for, and how its answers come about."""
    return TemplateResponse(request, "faq/pages/about.html", page_context(request))


@require_safe
@vary_on_headers("Accept-Language")
def to_language(request: HttpRequest, path: str = "") -> HttpResponse:
    """Send an address without a language on to the one that the visitor asks for; Dutch when in doubt."""
    language = get_language_from_request(request)
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    with override(language):
        return redirect(reverse("faq:home") + path.removesuffix("/") + ("/" if path else "") + query)


@require_safe
@vary_on_headers("Accept-Language")
def short(request: HttpRequest, code: str) -> HttpResponse:
    """Lead on from a short address to its entry, in the edition of the address and in the visitor's language."""
    chosen = chosen_edition(request)
    slug = find_short(code, chosen.edition)
    if slug is None:
        raise Http404(code)
    with override(get_language_from_request(request)):
        return redirect(reverse("faq:entry", args=[slug]) + edition_query(chosen))


@require_safe
def unknown_language(request: HttpRequest, code: str, path: str = "") -> HttpResponse:
    """Send an address in a language that the site lacks on to the default one, which says so."""
    query = request.GET.copy()
    query["language"] = code
    return redirect(f"/{DEFAULT_LANGUAGE}/{path}?{query.urlencode()}")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 with the reason, where it is ours to tell."""
    reason = str(exception) if isinstance(exception, BadRequest) else ""
    context = page_context(request) | {"reason": reason}
    return TemplateResponse(request, "400.html", context, status=400)


def not_found(request: HtmxHttpRequest, exception: Exception) -> HttpResponse:
    """404 with a search field and the entries nearest to what was asked for."""

    def rendered() -> TemplateResponse:
        chosen, language = chosen_edition(request), language_of(request)
        asked = request.path.rstrip("/").rpartition("/")[2]
        context = {"asked": asked, "headings": nearest(asked, chosen.edition, language)}
        return TemplateResponse(request, "404.html", page_context(request, chosen) | context)

    return missing_page(request, rendered)
