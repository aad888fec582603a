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

from advisor.api import router as advice
from advisor.api_schemas import need_schema
from config.htmx import HtmxHttpRequest
from config.problems import CONTENT_TYPE as PROBLEM
from config.problems import fault, problem
from faq.api import router as knowledge
from faq.models import Edition
from faq.pages import public_page


class AsWritten(JSONRenderer):
    """JSON whose words are as people write them, not as escapes."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


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
    return fault(name, request.GET.get(name), reason, known)


def document() -> dict[str, Any]:
    """The OpenAPI document, with the editions that there are."""
    told = api.get_openapi_schema(path_prefix="/api/v1")
    told["servers"] = [{"url": settings.ORIGIN}]
    codes = list(Edition.objects.values_list("code", flat=True))
    for operations in told["paths"].values():
        for operation in operations.values():
            _tell_parameters(operation, codes)
            _tell_problems(operation)
    told["paths"]["/api/v1/advice"]["post"]["requestBody"] = {
        "required": True,
        "content": {"application/json": {"schema": need_schema(codes)}},
    }
    return dict(told)


def _tell_parameters(operation: dict[str, Any], editions: Sequence[str]) -> None:
    """A parameter is absent or has a value: none of them is null. An edition is one of those there are."""
    for parameter in operation.get("parameters", []):
        schema = parameter["schema"]
        if "anyOf" in schema:
            schema |= schema.pop("anyOf")[0]
        if parameter["name"] == "edition":
            schema["enum"] = list(editions)


def _tell_problems(operation: dict[str, Any]) -> None:
    """An error has a content type of its own."""
    for code, answer in operation["responses"].items():
        if int(code) >= 400 and "content" in answer:
            answer["content"] = {PROBLEM: answer["content"]["application/json"]}


@require_safe
@public_page
def openapi(request: HtmxHttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 document."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


urlpatterns = [path("openapi.json", openapi, name="openapi"), *api.urls[0]]
app_name = "api"
