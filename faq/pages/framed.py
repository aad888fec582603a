"""What portals show in a frame: an answer, and a search whose results open in the frame. The advisor brings its own."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from faq.pages.context import chosen_edition, known_language, language_of, page_context
from faq.pages.forms import typed_search
from faq.pages.public_page import public_page
from faq.search.service import SearchResults, find
from faq.store.editions import ChosenEdition
from faq.store.entries import find_entry
from faq.store.slugs import renamed_to
from web.htmx import HtmxHttpRequest

MOST_RESULTS = 10
"""Entries found in a frame, most of them behind the fold: it stands beside something else."""

SCRIPTS = settings.BASE_DIR / "static"
"""Where the web component is. Its addresses never change, since portals write them in their pages."""


@require_safe
@public_page
def answer(request: HtmxHttpRequest, language: str, slug: str) -> HttpResponse:
    """One question and its answer; a former slug leads on to the present one."""
    chosen = chosen_edition(request)
    shown = find_entry(chosen.edition, slug, language_of(request))
    if shown is None:
        if new_slug := renamed_to(slug, chosen.edition):
            query = f"?{request.GET.urlencode()}" if request.GET else ""
            return redirect(reverse("embed-entry", args=[language, new_slug]) + query, permanent=True)
        raise Http404(slug)
    return TemplateResponse(request, "faq/pages/framed/answer.html", page_context(request, chosen) | {"entry": shown})


@require_safe
@public_page
def search(request: HtmxHttpRequest, language: str) -> HttpResponse:
    """A search field, and the entries that answer what was typed."""
    chosen, query = chosen_edition(request), typed_search(request.GET).text
    results = find(query, language_of(request), chosen.edition, limit=MOST_RESULTS) if query else SearchResults()
    context = page_context(request, chosen) | {
        "query": query,
        "search_results": results,
        "on_site": _on_site(query, chosen),
    }
    response = TemplateResponse(request, "faq/pages/framed/search.html", context)
    if results.is_passing:
        response.headers["Cache-Control"] = "no-store"
    return response


def _on_site(query: str, chosen: ChosenEdition) -> str:
    """The search of the site itself that a frame shows a part of, in the same edition."""
    asked = {"q": query} if query else {}
    edition = {} if chosen.is_default else {"edition": chosen.edition.code}
    return "?".join(filter(None, (reverse("faq:search"), urlencode(asked | edition, quote_via=quote))))


@require_safe
def unknown(request: HttpRequest, language: str) -> HttpResponse:
    """An address below /embed/ that names no language of the site."""
    raise Http404(known_language(language))


@require_safe
def component(request: HtmxHttpRequest, name: str) -> HttpResponseBase:
    """A script of the web component, which pages of every origin may load."""
    response = _component(request, name)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@public_page
def _component(request: HtmxHttpRequest, name: str) -> HttpResponse:
    return HttpResponse((SCRIPTS / name).read_bytes(), content_type="text/javascript; charset=utf-8")
