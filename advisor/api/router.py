"""The advisor's part of the JSON API: a need in, the advice out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Field, Query, Router

from advisor.core.need import MOST_BYTES, NeedRefused
from advisor.formats.as_json import errors_to_json, to_json
from advisor.formats.json_schema import ADVICE
from advisor.service import advise, read
from advisor.wording.sentences import common_texts, load_texts
from faq.api.parameters import KnownParameters, Language
from faq.api.schemas import ProblemOut
from web.languages import DEFAULT_LANGUAGE
from web.problems import problem

router = Router()


class AdviceQuery(KnownParameters):
    """In which language."""

    lang: Language = Field(DEFAULT_LANGUAGE, description="The language of the texts; all else is the same in both.")


@router.post(
    "/advice",
    operation_id="advise",
    summary="Advise",
    response={400: ProblemOut, 422: ProblemOut},
    openapi_extra={
        "responses": {200: {"description": "The advice", "content": {"application/json": {"schema": ADVICE}}}},
    },
)
def advice(request: HttpRequest, asked: Query[AdviceQuery]) -> HttpResponse:
    """Advice on a design: connection types, gateway, every limit that applies, what to know, and why not the others.
    422 with every fault at once if the design is invalid.
    """
    try:
        found = advise(read(request.read(MOST_BYTES + 1)))
    except NeedRefused as refused:
        told = errors_to_json(refused.errors, common_texts(), asked.lang)
        return problem(422, "Invalid design", told["errors"])
    told = to_json(found, load_texts(found.edition), asked.lang)
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
