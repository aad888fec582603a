"""The advisor's part of the JSON API: a need in, the advice or a file to deploy it with out."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from ninja import Field, Path, Query, Router
from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from advisor.api.schemas import NotDeployableOut
from advisor.api.setups import router as setups
from advisor.core.addressing import AddressError, read_address
from advisor.core.deployment import EXISTING, VNETS, DeploymentRefused, Options
from advisor.core.need import MOST_BYTES, Need, NeedRefused
from advisor.deployables import NOT_OF_EDITION, deployable, format_of, in_deployable_edition, refusal_in_words
from advisor.formats.as_json import errors_to_json, finding_to_json, to_json
from advisor.formats.deployables import FORMATS
from advisor.formats.json_schema import ADVICE
from advisor.service import advise, read
from advisor.wording.sentences import common_texts, load_texts
from faq.api.parameters import KnownParameters, Language, one_of
from faq.api.schemas import ProblemOut
from web.languages import DEFAULT_LANGUAGE
from web.problems import fault, problem, problem_with

router = Router()
router.add_router("", setups)


def _addresses(given: list[str]) -> list[str]:
    try:
        return [read_address(one) for one in given]
    except AddressError:
        raise PydanticCustomError("address", "no IPv4 address") from None


Address = Annotated[str, Field(json_schema_extra={"format": "ipv4"})]
Addresses = Annotated[list[Address], AfterValidator(_addresses)]
VNets = Annotated[str, one_of(lambda: list(VNETS)), Field(json_schema_extra={"enum": list(VNETS)})]
FORMAT_MEANS = "The form of the file."
FORMAT_CODES = [one.code for one in FORMATS]
FormatCode = Annotated[
    str,
    WithJsonSchema({"type": "string", "description": FORMAT_MEANS, "enum": FORMAT_CODES, "examples": FORMAT_CODES[:1]}),
    Path(description=FORMAT_MEANS),
]


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


class DeployableQuery(KnownParameters):
    """What a file to deploy with needs beside the design."""

    lang: Language = Field(
        DEFAULT_LANGUAGE, description="The language of comments and descriptions; all else is the same in both."
    )
    vnets: VNets = Field(EXISTING, description="Whether the VNets exist, or are made as well.")
    site: str | None = Field(
        None, max_length=80, description="For which site; for `swanctl` and `device`, if several sites have a tunnel."
    )
    gateway_ip: Addresses = Field(
        [],
        max_length=8,
        description="The addresses of the gateway in the order of its tunnels, for `swanctl` and `device`; a word "
        "stands for one that is not given.",
    )


@router.post(
    "/deployables/{format}",
    operation_id="deployable",
    summary="Deploy",
    response={400: ProblemOut, 404: ProblemOut, 409: NotDeployableOut, 422: ProblemOut},
    openapi_extra={
        "responses": {200: {"description": "The file", "content": {"text/plain": {"schema": {"type": "string"}}}}},
    },
)
def deployable_file(request: HttpRequest, format: FormatCode, asked: Query[DeployableQuery]) -> HttpResponse:
    """A file to deploy a design with, which an engineer reviews and runs. 409 with the reason if there is none of this
    format, 422 with every fault at once if the design is invalid.
    """
    form = format_of(format)
    if form is None:
        with override(asked.lang):
            reason = _("Use one of: %(known)s.") % {"known": ", ".join(FORMAT_CODES)}
        return problem(404, "Unknown format", [fault("format", format, reason, FORMAT_CODES)])
    try:
        need = read(request.read(MOST_BYTES + 1))
        written = deployable(need, form, Options(asked.vnets, asked.site, tuple(asked.gateway_ip)), asked.lang)
    except NeedRefused as refused:
        told = errors_to_json(refused.errors, common_texts(), asked.lang)
        return problem(422, "Invalid design", told["errors"])
    except DeploymentRefused as refused:
        return _not_deployable(need, refused, asked.lang)
    return HttpResponse(written, content_type="text/plain; charset=utf-8")


def _not_deployable(need: Need, refused: DeploymentRefused, language: str) -> HttpResponse:
    """Why there is no file; for the errors of a design that does not fit, as the advice tells them."""
    detail = refusal_in_words(refused, language)
    if newer := in_deployable_edition(need, language) if refused.reason == NOT_OF_EDITION else None:
        detail += f" {newer[1]}"
    texts = load_texts(need.edition)
    findings = [finding_to_json(found, texts, language) for found in refused.findings]
    return problem_with(409, "Not deployable", reason=refused.reason, detail=detail, findings=findings)
