"""The FAQ's part of the JSON API: search and suggestions. What is asked wrongly gets every error at once, with 400."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from faq.forms import ApiSearchForm
from faq.models import Edition
from faq.reading import find_edition
from faq.search.service import Found, Result, find, suggest


@require_safe
def search(request: HttpRequest) -> JsonResponse:
    """`GET /api/v1/search?q=…&lang=nl&edition=2016-12&limit=10`: the entries that answer a question, best first."""
    form = ApiSearchForm(request.GET)
    if not form.is_valid():
        return _refusal(form)
    asked = form.cleaned_data
    edition = find_edition(asked["edition"]).edition
    found = find(
        asked["q"],
        asked["lang"],
        edition,
        section=asked["section"],
        connection_type=asked["type"],
        limit=asked["limit"],
    )
    return JsonResponse(as_json(asked["q"], asked["lang"], edition, found))


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """`GET /api/v1/suggest?q=…&lang=nl`: ways of asking that begin like what was typed so far."""
    form = ApiSearchForm(request.GET)
    if not form.is_valid():
        return _refusal(form)
    asked = form.cleaned_data
    edition = find_edition(asked["edition"]).edition
    found = suggest(asked["q"], asked["lang"], edition, min(asked["limit"], 10))
    listed = [{"text": one.text, "slug": one.slug, "url": _url(one.slug, asked["lang"])} for one in found]
    return JsonResponse({"query": asked["q"], "language": asked["lang"], "suggestions": listed})


def as_json(query: str, language: str, edition: Edition, found: Found) -> dict[str, Any]:
    """What a search found, in the form of the API. `only_near` says that no entry is the answer,
    `plain` that the index was not ready.
    """
    return {
        "query": query,
        "language": language,
        "edition": edition.code,
        "corrected": found.corrected,
        "total": found.total,
        "results": [_shown(result) for result in found.results],
        "other_language": [_shown(result) for result in found.other_language],
        "only_near": found.only_near,
        "plain": found.plainly,
    }


def _shown(result: Result) -> dict[str, Any]:
    return {
        "slug": result.slug,
        "question": result.plain_question,
        "url": _url(result.slug, result.language),
        "excerpt": result.excerpt,
        "score": round(result.score, 4),
        "section": result.section,
        "language": result.language,
    }


def _url(slug: str, language: str) -> str:
    with override(language):
        return settings.ORIGIN + reverse("faq:entry", args=[slug])


def _refusal(form: ApiSearchForm) -> JsonResponse:
    errors = [
        {"field": field, "value": form.data.get(field, "")[:200], "message": " ".join(map(str, messages))}
        for field, messages in form.errors.items()
    ]
    return JsonResponse({"errors": errors}, status=400)
