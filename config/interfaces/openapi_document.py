"""The OpenAPI document that ninja makes of the routers, finished: what every operation answers besides, the values that
are known, and each object under a name of its own, so that a strict validator and the generators of clients take it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from web.problems import CONTENT_TYPE as PROBLEM

Schema = dict[str, Any]

COMPONENTS = "#/components/schemas/"


OF_A_DESIGN = {"/api/v1/advice", "/api/v1/deployables/{format}"}
"""The paths that a design is sent to."""


def _header(description: str, kind: str = "string") -> dict[str, Any]:
    return {"description": description, "schema": {"type": kind}}


RATES = {
    "RateLimit-Policy": _header('The quota: `"api";q=6000;w=60` is 6,000 requests in 60 seconds.'),
    "RateLimit": _header('What is left of it: `"api";r=5999;t=42`, and in how many seconds it starts again.'),
    "RateLimit-Limit": _header("The same in the older form: requests in a minute.", "integer"),
    "RateLimit-Remaining": _header("Requests that are left.", "integer"),
    "RateLimit-Reset": _header("Seconds until it starts again.", "integer"),
}
WAITS = {"Retry-After": _header("Seconds to wait.", "integer")}
VALIDATORS = {
    "ETag": _header("Identifies this version of the answer."),
    "Last-Modified": _header("When what readers see last changed."),
}
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "schema": {"type": "string"},
    "description": "The ETag of an answer that the client has; 304 if nothing changed.",
}


def finished(told: Mapping[str, Any], known: Mapping[str, Sequence[str]], need: Schema) -> Schema:
    """The document of ninja with what is `known` as the values of a parameter, and the schema of a `need` as the body
    of what is asked about a design. The one that is given stays as it is.
    """
    document: Schema = json.loads(json.dumps(told))
    for operations in document["paths"].values():
        for method, operation in operations.items():
            _tell_parameters(operation, known)
            _tell_answers(operation, is_kept=method == "get")
    body = {"required": True, "content": {"application/json": {"schema": need}}}
    for path in OF_A_DESIGN & document["paths"].keys():
        document["paths"][path]["post"]["requestBody"] = body
    schemas = document["components"]["schemas"]
    if "SearchText" in schemas:
        _tell_known_values(schemas["SearchText"], known)
    document["paths"] = _named(document["paths"], schemas)
    used = _used(document["paths"], schemas)
    document["components"]["schemas"] = {name: schemas[name] for name in sorted(used)}
    return document


def _tell_parameters(operation: Schema, known: Mapping[str, Sequence[str]]) -> None:
    """A parameter is absent or has a value: none of them is null. An edition, or a section, is one that is known. Its
    examples stand in its schema: beside that, ninja writes a list where OpenAPI wants a map.
    """
    for parameter in operation.get("parameters", []):
        schema = parameter["schema"]
        parameter.pop("examples", None)
        if "anyOf" in schema:
            schema |= schema.pop("anyOf")[0]
        if parameter["name"] in known:
            schema["enum"] = list(known[parameter["name"]])


def _tell_known_values(body: Schema, known: Mapping[str, Sequence[str]]) -> None:
    """An edition, or a section, in the body of a request is one that is known, or null."""
    for name, schema in body["properties"].items():
        if name in known:
            schema["anyOf"][0]["enum"] = list(known[name])


def _tell_answers(operation: Schema, *, is_kept: bool) -> None:
    """What every operation answers: an error as problem details, 429 beyond the rate, 304 where nothing changed,
    414 to a URL that is too long.
    """
    answers = operation["responses"]
    answers["429"] = {"description": "Too Many Requests", "content": answers["400"]["content"], "headers": WAITS}
    for code, answer in answers.items():
        if int(code) >= 400:
            answer["content"] = {PROBLEM: next(iter(answer["content"].values()))}
        answer["headers"] = answer.get("headers", {}) | RATES
    answers["414"] = {"description": "URI Too Long: the server answers this itself, with a page."}
    if is_kept:
        answers["200"]["headers"] |= VALIDATORS
        answers["304"] = {"description": "Not Modified", "headers": RATES | VALIDATORS}
        operation.setdefault("parameters", []).append(IF_NONE_MATCH)
    operation["responses"] = {code: answers[code] for code in sorted(answers, key=int)}


def _named(told: Any, schemas: Schema) -> Any:
    """The same, with each object that has a title as a reference to a component of that name, added to `schemas`:
    generators make a class of a component, and of an object within another a class for each place. Raises ValueError
    where two objects that differ have one name.
    """
    if isinstance(told, list):
        return [_named(one, schemas) for one in told]
    if not isinstance(told, dict):
        return told
    inner = {key: _named(one, schemas) for key, one in told.items()}
    if told.get("type") != "object" or "properties" not in told or "title" not in told:
        return inner
    name = inner["title"]
    if schemas.setdefault(name, inner) != inner:
        raise ValueError(f"two schemas are named {name}")
    return {"$ref": f"{COMPONENTS}{name}"}


def _used(told: Any, schemas: Mapping[str, Any]) -> set[str]:
    """The names of the components that this refers to, and those that they refer to."""
    used: set[str] = set()
    waiting = list(_references(told))
    while waiting:
        if (name := waiting.pop()) not in used:
            used.add(name)
            waiting += _references(schemas[name])
    return used


def _references(told: Any) -> Iterator[str]:
    if isinstance(told, list):
        for one in told:
            yield from _references(one)
    elif isinstance(told, dict):
        if isinstance(name := told.get("$ref"), str):
            yield name.removeprefix(COMPONENTS)
        for one in told.values():
            yield from _references(one)
