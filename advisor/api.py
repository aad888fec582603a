"""The advisor's part of the JSON API: a need in, the advice out; and the limits that it goes by."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from advisor.advising import advise
from advisor.core.need import MOST_BYTES, NeedRefused
from advisor.core.refusals import nearest
from advisor.exports import errors_to_json, to_json
from advisor.texts import load_texts
from faq.limits import LANGUAGES, Limit
from faq.models import Edition
from faq.publishing import catalogue_of
from faq.reading import default_edition

AS_WRITTEN = {"ensure_ascii": False}


@csrf_exempt  # nothing is kept and no account counts: another site can do here only what anybody can
@require_POST
def advice(request: HttpRequest) -> JsonResponse:
    """`POST /api/v1/advice?lang=nl` with a Need: the Advice, or 422 with every fault of the need."""
    language = request.GET.get("lang", settings.LANGUAGE_CODE)
    if language not in LANGUAGES:
        return _problem(400, "lang", language, LANGUAGES)
    try:
        _, found = advise(request.read(MOST_BYTES + 1))
    except NeedRefused as refused:
        told = errors_to_json(refused.errors, load_texts(), language)
        return _told({"title": "The need does not fit the contract", "status": 422} | told)
    return JsonResponse(to_json(found, load_texts(), language), json_dumps_params=AS_WRITTEN)


@require_safe
def limits(request: HttpRequest) -> JsonResponse:
    """`GET /api/v1/limits?edition=2016-12`: the limits of an edition, each with its source and when checked."""
    code = request.GET.get("edition") or default_edition().code
    editions = {edition.code: edition for edition in Edition.objects.all()}
    if code not in editions:
        return _problem(400, "edition", code[:200], editions)
    catalogue = catalogue_of(editions[code])
    listed = {"edition": code, "limits": [_limit(limit) for limit in catalogue]}
    return JsonResponse(listed, json_dumps_params=AS_WRITTEN)


def _limit(limit: Limit) -> dict[str, Any]:
    return {
        "key": limit.key,
        "name": dict(limit.name),
        "value": limit.value,
        "unit": limit.unit,
        "source": {"document": limit.source.document, "date": limit.source.date},
        "checked": limit.checked.isoformat(),
        "note": dict(limit.note) if limit.note else None,
        "conflicts": [
            {"document": conflict.source.document, "date": conflict.source.date, "text": dict(conflict.text)}
            for conflict in limit.conflicts
        ],
        "entry": limit.entry,
    }


def _problem(status: int, field: str, value: str, known: Any) -> JsonResponse:
    error = {
        "path": field,
        "value": value[:200],
        "reason": f"one of: {', '.join(known)}",
        "suggestion": nearest(value[:200], known),
    }
    return _told({"title": "A parameter is not right", "status": status, "errors": [error]})


def _told(problem: dict[str, Any]) -> JsonResponse:
    """Problem details (RFC 9457)."""
    return JsonResponse(
        {"type": "about:blank"} | problem,
        status=problem["status"],
        content_type="application/problem+json",
        json_dumps_params=AS_WRITTEN,
    )
