"""What portals show in a frame: an answer, and a search whose results open in the frame. The advisor brings its own."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from faq.pages.context import chosen_edition, known_language, language_of, page_context
from faq.pages.forms import SearchForm
from faq.pages.public_page import public_page
from faq.search.service import SearchResults, find
from faq.store.entries import find_entry, renamed_to
from web.htmx import HtmxHttpRequest

MOST_RESULTS = 6
"""Results in a frame: it stands beside something else."""

FEW = 3
"""With fewer results in the frame's own language, those that only words of the other found are shown as well."""

SCRIPT = settings.BASE_DIR / "static" / "gateway-faq.js"
"""The web component. It has an address that never changes, since portals write it in their pages."""


@require_safe
@public_page
def answer(request: HtmxHttpRequest, language: str, slug: str) -> HttpResponse:
    """One question and its answer; a former slug leads on to the present one."""
    chosen = chosen_edition(request)
    shown = find_entry(chosen.edition, slug, language_of(request))
    if shown is None:
        if new_slug := renamed_to(slug):
            query = f"?{request.GET.urlencode()}" if request.GET else ""
            return redirect(reverse("embed-entry", args=[language, new_slug]) + query, permanent=True)
        raise Http404(slug)
    return TemplateResponse(request, "faq/pages/framed/answer.html", page_context(request, chosen) | {"entry": shown})


@require_safe
@public_page
def search(request: HtmxHttpRequest, language: str) -> HttpResponse:
    """A search field, and the entries that answer what was typed."""
    chosen, form = chosen_edition(request), SearchForm(request.GET)
    form.is_valid()
    query = form.cleaned_data["q"]
    found = find(query, language_of(request), chosen.edition, limit=MOST_RESULTS) if query else SearchResults()
    other = found.elsewhere if len(found.results) < FEW else ()
    context = page_context(request, chosen) | {
        "query": query,
        "found": found,
        "form": form,
        "other_language": other,
        "shown": len(found.results) + len(other),
    }
    response = TemplateResponse(request, "faq/pages/framed/search.html", context)
    if found.from_database:
        response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def unknown(request: HttpRequest, language: str) -> HttpResponse:
    """An address below /embed/ that names no language of the site."""
    raise Http404(known_language(language))


@require_safe
def component(request: HtmxHttpRequest) -> HttpResponseBase:
    """The script of the web component, which pages of every origin may load."""
    response = _component(request)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@public_page
def _component(request: HtmxHttpRequest) -> HttpResponse:
    return HttpResponse(SCRIPT.read_bytes(), content_type="text/javascript; charset=utf-8")
