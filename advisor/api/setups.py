"""The part of the JSON API that reads an existing setup: files in, a need and the report on them out."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from ninja import Field, Query, Router

from advisor.existing.named_files import named_apart
from advisor.existing.report import IGNORED, MISSING, UNDERSTOOD, SetupFile, SetupRefused
from advisor.formats.json_schema import setup_schema
from advisor.formats.setup_report import refusal_to_json, report_to_json
from advisor.service import read_files
from faq.api.parameters import EditionCode, KnownParameters, Language
from faq.api.schemas import ProblemOut
from web.counters import Quota, count
from web.languages import DEFAULT_LANGUAGE
from web.problems import fault, problem
from web.request_intake import UNREADABLE
from web.request_limits import client_of
from web.uploaded_files import uploaded

router = Router()

FILE = "file"
"""The field of a form that holds a file; it stands there once for each."""

BODY = "body"
"""What a body that is one file is called in the report."""

NO_STORE = {"Cache-Control": "no-store"}

CODES = {"understood": UNDERSTOOD, "ignored": IGNORED, "missing": MISSING}
"""The codes of each part of the report."""

_ANY_JSON = {"schema": {"description": "One file as the body."}}
_ANY_TEXT = {"schema": {"description": "One file as the body.", "type": "string"}}
_FORM = {
    "schema": {
        "title": "SetupFiles",
        "type": "object",
        "properties": {FILE: {"type": "array", "items": {"type": "string", "format": "binary"}, "minItems": 1}},
        "required": [FILE],
        "additionalProperties": False,
    }
}


class NeedQuery(KnownParameters):
    """Of which edition the need is, and in which language the report is."""

    edition: EditionCode | None = Field(
        None, description="The edition of the need; the site's default where absent. A design names its own."
    )
    lang: Language = Field(DEFAULT_LANGUAGE, description="The language of the texts; all else is the same in both.")


@router.post(
    "/need",
    operation_id="read_setup",
    summary="Read an existing setup",
    response={400: ProblemOut, 413: ProblemOut, 422: ProblemOut},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"multipart/form-data": _FORM, "application/json": _ANY_JSON, "text/plain": _ANY_TEXT},
        },
        "responses": {
            200: {
                "description": "The need and the report",
                "content": {"application/json": {"schema": setup_schema(CODES)}},
            }
        },
    },
)
def need(request: HttpRequest, asked: Query[NeedQuery]) -> HttpResponse:
    """The design that stands in the files of an existing setup: output of `az` or of the REST API, ARM templates with
    their parameters, a state or plan of Terraform, tables of sites, or a design. At most 20 files, 2 MiB each, 5 MiB
    together. The response tells what was understood, what was left out, and what the advisor would like to know; send
    `need` to `advice`. The input is not stored, and no key in it is read or repeated. 422 with every fault at once,
    each at its file.
    """
    quota = Quota("setups", settings.POSTS_PER_MINUTE, 60)  # one may take two seconds
    used = count(quota, client_of(request))
    if used.times > quota.times:
        reason = f"at most {quota.times} requests in {quota.seconds} seconds"
        return problem(
            429, "Too Many Requests", [fault("", None, reason)], **NO_STORE, **{"Retry-After": str(used.resets_in)}
        )
    try:
        files = _files(request)
    except (MultiPartParserError, SuspiciousOperation, *UNREADABLE, OSError):
        return problem(400, "Invalid body", [fault("", None, "the parts of this form cannot be read")], **NO_STORE)
    unknown = sorted({*request.POST, *request.FILES} - {FILE}) if _is_form(request) else []
    if unknown:
        faults = [fault(name, None, f"the only field is {FILE!r}", (FILE,), typed=name) for name in unknown]
        return problem(400, "Invalid body", faults, **NO_STORE)
    try:
        found, reading = read_files(files, asked.edition or "")
    except SetupRefused as refused:
        return problem(422, "Files not read", refusal_to_json(refused.errors, asked.lang), **NO_STORE)
    told = report_to_json(found, reading, asked.lang)
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False}, headers=NO_STORE)


def _is_form(request: HttpRequest) -> bool:
    return request.content_type == "multipart/form-data"


def _files(request: HttpRequest) -> tuple[SetupFile, ...]:
    """The files of a form, or the body as one."""
    sent = uploaded(request, FILE) if _is_form(request) else [(BODY, request.read())]
    return tuple(named_apart(sent))
