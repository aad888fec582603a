"""The reference page of the API, made from its OpenAPI document, so that the two never differ."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from advisor.formats.json_schema import kind_of
from config.interfaces.api import document
from faq.pages.context import page_context
from faq.pages.public_page import public_page
from web.htmx import HtmxHttpRequest

Schema = Mapping[str, Any]
Spoken = tuple[tuple[str, bool], ...]
"""A text in parts: the words, and whether they are code."""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a document; `path` is written as `sites[].name`."""

    path: str
    kind: str
    required: bool
    default: str
    description: Spoken


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back with a status, which `phrase` says in words."""

    status: str
    phrase: str
    content_types: tuple[str, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that the API does."""

    id: str
    method: str
    path: str
    summary: str
    description: Spoken
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    example: str
    address: str
    answers: tuple[Answer, ...]


@require_safe
@public_page
def reference(request: HtmxHttpRequest) -> HttpResponse:
    """Every operation of the API with its parameters, its answers and an example to try."""
    told = document()
    context = {"operations": list(operations(told)), "server": told["servers"][0]["url"]}
    return TemplateResponse(request, "config/interfaces/reference.html", page_context(request) | context)


@require_safe
@public_page
def reference_twin(request: HtmxHttpRequest) -> HttpResponse:
    """The same as Markdown."""
    context = {"operations": list(operations(document())), "server": settings.ORIGIN}
    page = f"{settings.ORIGIN}{reverse('reference')}"
    return TemplateResponse(
        request,
        "config/interfaces/reference.md",
        context,
        content_type="text/markdown; charset=utf-8",
        headers={"Link": f'<{page}>; rel="canonical"'},
    )


def operations(told: Schema) -> Iterator[Operation]:
    """The operations of an OpenAPI document, in its order."""
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            examples = _resolved(body, told).get("examples", ())
            asked = [one for one in operation.get("parameters", ()) if one["in"] != "header"]
            yield Operation(
                id=operation["operationId"],
                method=method.upper(),
                path=path,
                summary=operation["summary"],
                description=_spoken(operation.get("description", "")),
                parameters=tuple(map(_parameter, asked)),
                body=tuple(_fields(body, told)),
                example=json.dumps(examples[0]) if examples else "",
                address=_address(path, asked),
                answers=tuple(_answer(str(code), answer, told) for code, answer in operation["responses"].items()),
            )


def _address(path: str, parameters: Sequence[Schema]) -> str:
    """The path with an example for each parameter that has to be there."""
    needed = {one["name"]: one for one in parameters if one.get("required")}
    within = {name: one["schema"]["examples"][0] for name, one in needed.items() if one["in"] == "path"}
    query = {name: one["schema"]["examples"][0] for name, one in needed.items() if one["in"] == "query"}
    spoken = {"lang": "en"} if any(one["name"] == "lang" for one in parameters) else {}
    asked = urlencode(query | spoken)
    return path.format(**within) + (f"?{asked}" if asked else "")


def _parameter(parameter: Schema) -> Field:
    schema = parameter["schema"]
    return Field(
        path=parameter["name"],
        kind=kind_of(schema),
        required=parameter.get("required", False),
        default=str(schema.get("default", "")),
        description=_spoken(schema.get("description", "")),
    )


def _answer(status: str, answer: Schema, told: Schema) -> Answer:
    contents = answer.get("content", {})
    schemas = [content["schema"] for content in contents.values() if "schema" in content]
    phrase = HTTPStatus(int(status)).phrase
    return Answer(status, phrase, tuple(contents), tuple(_fields(schemas[0], told)) if schemas else ())


def _fields(schema: Schema, told: Schema, prefix: str = "") -> Iterator[Field]:
    """The fields of an object, each followed by those within it."""
    resolved = _resolved(schema, told)
    for name, field in resolved.get("properties", {}).items():
        inner = _resolved(field, told)
        yield Field(
            path=f"{prefix}{name}",
            kind=kind_of(inner),
            required=name in resolved.get("required", ()),
            default=json.dumps(inner["default"]) if "default" in inner else "",
            description=_spoken(field.get("description", inner.get("description", "") if "$ref" not in field else "")),
        )
        if inner.get("type") == "array":
            yield from _fields(inner["items"], told, f"{prefix}{name}[].")
        else:
            yield from _fields(inner, told, f"{prefix}{name}.")


def _spoken(text: str) -> Spoken:
    return tuple((part, bool(number % 2)) for number, part in enumerate(text.split("`")) if part)


def _resolved(schema: Schema, told: Schema) -> Schema:
    """A schema in place of a reference to it, or of a choice between it and null."""
    if "$ref" in schema:
        return dict(told["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    options = [option for option in schema.get("anyOf", ()) if option.get("type") != "null"]
    if len(options) == 1:
        kept = {key: value for key, value in schema.items() if key != "anyOf"}
        return dict(_resolved(options[0], told)) | kept | {"nullable": True}
    return schema
