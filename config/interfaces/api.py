"""The one JSON API of the site, below /api/v1/: the knowledge of `faq` and the advice of `advisor`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from advisor.api.router import router as advice
from advisor.formats.json_schema import need_schema
from advisor.service import advising_editions
from faq.api.parameters import UNKNOWN
from faq.api.router import router as knowledge
from faq.pages.public_page import public_page
from faq.store.editions import edition_codes
from faq.store.entries import section_slugs
from web.htmx import HtmxHttpRequest
from web.problems import CONTENT_TYPE as PROBLEM
from web.problems import fault, problem


class AsWritten(JSONRenderer):
    """JSON whose words are as people write them, not as escapes."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


def _header(description: str, kind: str = "string") -> dict[str, Any]:
    return {"description": description, "schema": {"type": kind}}


RATES = {
    "RateLimit-Policy": _header('How much may be asked: `"api";q=6000;w=60` is 6,000 requests in 60 seconds.'),
    "RateLimit": _header('How much of it is left: `"api";r=5999;t=42`, and in how many seconds it begins anew.'),
    "RateLimit-Limit": _header("The same in the older form: requests in a minute.", "integer"),
    "RateLimit-Remaining": _header("Requests that are left.", "integer"),
    "RateLimit-Reset": _header("Seconds until it begins anew.", "integer"),
}
WAITS = {"Retry-After": _header("Seconds to wait.", "integer")}
VALIDATORS = {
    "ETag": _header("Names this answer."),
    "Last-Modified": _header("When what readers see last changed."),
}
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "schema": {"type": "string"},
    "description": "The ETag of an answer that is there already; 304 where nothing changed.",
}

api = NinjaAPI(
    title="Gatewijzer",
    version="1",
    description="Answers about Azure VPN gateways with their limits and sources, and advice on a design. All of it is "
    "public and may be read by programs; errors are problem details (RFC 9457) with every fault at once.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    renderer=AsWritten(),
    openapi_extra={"info": {"license": {"name": "MIT", "identifier": "MIT"}}},
)
api.add_router("", knowledge, tags=["knowledge"])
api.add_router("", advice, tags=["advice"])


@api.exception_handler(ValidationError)
def refused(request: HttpRequest, refusal: ValidationError) -> HttpResponse:
    """400 with every parameter that is not right."""
    return problem(400, "A parameter is not right", [_fault(request, error) for error in refusal.errors])


def _fault(request: HttpRequest, error: Mapping[str, Any]) -> dict[str, Any]:
    name = str(error["loc"][-1])
    known = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
    reason = f"one of: {', '.join(known)}" if known else str(error["msg"])
    if error["type"] == UNKNOWN:
        return fault(name, request.GET.get(name), f"there is no such parameter; {reason}", known, typed=name)
    return fault(name, request.GET.get(name), reason, known)


def document() -> dict[str, Any]:
    """The OpenAPI document, with the editions that there are."""
    told = api.get_openapi_schema(path_prefix="/api/v1")
    told["servers"] = [{"url": settings.ORIGIN}]
    codes, advising = edition_codes(), advising_editions()
    known = {"edition": codes, "section": section_slugs()}
    for operations in told["paths"].values():
        for method, operation in operations.items():
            _tell_parameters(operation, known)
            _tell_answers(operation, is_kept=method == "get")
    told["paths"]["/api/v1/advice"]["post"]["requestBody"] = {
        "required": True,
        "content": {"application/json": {"schema": need_schema(advising or codes)}},
    }
    return dict(told)


def _tell_parameters(operation: dict[str, Any], known: Mapping[str, Sequence[str]]) -> None:
    """A parameter is absent or has a value: none of them is null. An edition, or a section, is one that is known."""
    for parameter in operation.get("parameters", []):
        schema = parameter["schema"]
        if "anyOf" in schema:
            schema |= schema.pop("anyOf")[0]
        if parameter["name"] in known:
            schema["enum"] = list(known[parameter["name"]])


def _tell_answers(operation: dict[str, Any], *, is_kept: bool) -> None:
    """What every operation answers: an error as problem details, 429 beyond the rate, 304 where nothing changed."""
    answers = operation["responses"]
    answers[429] = {"description": "Too Many Requests", "content": answers[400]["content"], "headers": WAITS}
    for code, answer in answers.items():
        if int(code) >= 400:
            answer["content"] = {PROBLEM: next(iter(answer["content"].values()))}
        answer["headers"] = answer.get("headers", {}) | RATES
    if is_kept:
        answers[200]["headers"] |= VALIDATORS
        answers[304] = {"description": "Not Modified", "headers": RATES | VALIDATORS}
        operation.setdefault("parameters", []).append(IF_NONE_MATCH)
    operation["responses"] = {code: answers[code] for code in sorted(answers, key=int)}


@require_safe
@public_page
def openapi(request: HtmxHttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 document."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


urlpatterns = [path("openapi.json", openapi, name="openapi"), *api.urls[0]]
app_name = "api"
