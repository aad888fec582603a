"""A Terraform file as two parsers read it: its blocks, and what they are once `for_each` is evaluated."""

from __future__ import annotations

import io
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import hcl2
import tfparse

from tests.advisor.formats.deployables.published_schemas.azurerm import META
from tests.advisor.formats.deployables.published_schemas.schema import EXPRESSION


def evaluated(text: str) -> Mapping[str, list[dict[str, Any]]]:
    """The blocks by kind, each resource as often as its map says, with literal values and those of maps filled in."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "main.tf").write_text(text, encoding="utf-8")
        parsed: Mapping[str, list[dict[str, Any]]] = tfparse.load_from_path(folder)
        return parsed


def counts(text: str) -> Counter[str]:
    """How many of each kind of resource are made; those that are only referred to are not counted."""
    found: Counter[str] = Counter()
    for kind, blocks in evaluated(text).items():
        if kind.startswith("azurerm_"):
            made = [one for one in blocks if not one["__tfmeta"]["path"].startswith("data.")]
            found.update(_kind(kind, one) for one in made)
    return found


def _kind(kind: str, block: Mapping[str, Any]) -> str:
    """Gateways and connections apart by their type."""
    return f"{kind} {block['type']}" if kind.endswith(("_gateway", "_connection")) and "type" in block else kind


def blocks(text: str) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Each resource and data source: its type, its name, and its body as a schema judges it."""
    parsed = hcl2.load(io.StringIO(text))
    for section, prefix in (("resource", ""), ("data", "data.")):
        for one in parsed.get(section, []):
            for kind, named in one.items():
                for name, body in named.items() if isinstance(named, dict) else ():
                    yield prefix + kind.strip('"'), name.strip('"'), _body(body)


def _body(raw: Mapping[str, Any]) -> dict[str, object]:
    body: dict[str, object] = {}
    for key, value in raw.items():
        if key == "dynamic":
            for dynamic in value:
                for name, inner in dynamic.items():
                    body[name.strip('"')] = _body(inner["content"][0])
        elif key not in META and not key.startswith("__"):
            body[key] = _value(key, value)
    return body


SEVERAL = {"ip_configuration", "root_certificate"}
"""Blocks that may stand more than once."""


def _value(key: str, value: Any) -> object:
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        inner = [_body(one) for one in value]
        return inner if key in SEVERAL else inner[0]
    if isinstance(value, list):
        return [_value(key, one) for one in value]
    if isinstance(value, bool | int):
        return value
    if isinstance(value, str) and value.startswith('"') and "${" not in value.replace("$${", ""):
        return value.strip('"')
    return EXPRESSION
