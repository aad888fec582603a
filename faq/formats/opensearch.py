"""Search from the browser's address bar: an OpenSearch description per language and edition, and its suggestions."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from faq.pages.context import chosen_edition, edition_parameter, edition_query, known_language
from faq.pages.entry_urls import entry_address
from faq.pages.public_page import public_page
from faq.search.query_text import query_text
from faq.search.service import Suggested, suggest
from web.htmx import HtmxHttpRequest
from web.own_look import site_name

MOST_SUGGESTIONS = 8

LONGEST_SHORT_NAME, LONGEST_LONG_NAME = 16, 48
"""Characters that OpenSearch 1.1 has room for."""


def search_engine_name(language: str, edition: str = "") -> str:
    """What a browser calls the search in a language, or in an edition: the name of the site, cut if too long."""
    end = f" {language.upper()}"
    if edition:
        return f"{site_name()}{end} {edition}"[:LONGEST_LONG_NAME]
    name, room = site_name(), LONGEST_SHORT_NAME - len(end)
    return (name if len(name) <= room else name[: room - 1].rstrip() + "…") + end


@require_safe
@public_page
def description(request: HtmxHttpRequest, language: str) -> HttpResponse:
    """The OpenSearch 1.1 description that a browser adds as a search engine, of the edition that is asked for."""
    chosen = chosen_edition(request)
    context = {
        "origin": settings.ORIGIN,
        "language": language,
        "chosen": chosen,
        "edition_query": edition_query(chosen),
        "edition_parameter": edition_parameter(chosen),
    }
    with override(known_language(language)):
        return TemplateResponse(
            request, "faq/formats/opensearch.xml", context, content_type="application/opensearchdescription+xml"
        ).render()


@require_safe
def suggestions(request: HttpRequest, language: str) -> JsonResponse:
    """What was typed, the questions that come nearest to it, their languages left empty, and the page of each."""
    known_language(language)
    if "callback" in request.GET:
        raise BadRequest(f"callback={request.GET['callback'][:40]!r}: there is no JSONP here")
    query, chosen = query_text(request.GET.get("q", "")), chosen_edition(request)
    found = suggest(query, language, chosen.edition, MOST_SUGGESTIONS) if query else Suggested()
    pages = [entry_address(one.slug, language) + edition_query(chosen) for one in found.questions]
    response = JsonResponse(
        [query, [one.text for one in found.questions], ["" for _ in found.questions], pages],
        safe=False,
        content_type="application/x-suggestions+json",
        json_dumps_params={"ensure_ascii": False},
    )
    if found.is_passing:
        response.headers["Cache-Control"] = "no-store"
    return response
