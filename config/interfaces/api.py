"""The one JSON API of the site, below /api/v1/: the knowledge of `faq` and the advice of `advisor`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from advisor.api.router import router as advice
from advisor.formats.json_schema import need_schema
from advisor.service import advising_editions
from config.interfaces.openapi_document import finished
from faq.api.parameters import UNKNOWN, SearchText
from faq.api.reasons import known_values, reason_of
from faq.api.router import router as knowledge
from faq.pages.public_page import public_page
from faq.store.editions import edition_codes
from faq.store.entries import section_slugs
from web.htmx import HtmxHttpRequest
from web.problems import INVALID_PARAMETER, SHOWN, fault, language_asked, problem


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
    """400 with every parameter that is not right, in the language that is asked for."""
    with language_asked(request):
        return problem(400, INVALID_PARAMETER, [_fault(request, error) for error in refusal.errors])


def _fault(request: HttpRequest, error: Mapping[str, Any]) -> dict[str, Any]:
    name = str(error["loc"][-1])
    if error["type"] == "extra_forbidden":
        error = {**error, "type": UNKNOWN, "ctx": {"expected": ", ".join(map(repr, SearchText.model_fields))}}
    typed = name if error["type"] == UNKNOWN else None
    value = _in_body(request, name) if error["loc"][0] == "body" else request.GET.get(name)
    return fault(name, value, reason_of(error), known_values(error), typed=typed)


def _in_body(request: HttpRequest, name: str) -> Any:
    """What an object in the body of a request has under a name."""
    given = json.loads(request.body or b"null")
    return given.get(name) if isinstance(given, dict) else given


@api.exception_handler(HttpError)
def unread(request: HttpRequest, failed: HttpError) -> HttpResponse:
    """400 for a body that is not JSON."""
    with language_asked(request):
        told = fault("", request.body[:SHOWN].decode(errors="replace"), _("Must be a JSON object."))
        return problem(failed.status_code, "Invalid body", [told])


def document() -> dict[str, Any]:
    """The OpenAPI document, with the editions that there are."""
    codes, advising = edition_codes(), advising_editions()
    known = {"edition": codes, "from": codes, "to": codes, "section": section_slugs()}
    told = finished(api.get_openapi_schema(path_prefix="/api/v1"), known, need_schema(advising or codes))
    return told | {"servers": [{"url": settings.ORIGIN}]}


@require_safe
@public_page
def openapi(request: HtmxHttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 document."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


urlpatterns = [path("openapi.json", openapi, name="openapi"), *api.urls[0]]
app_name = "api"
