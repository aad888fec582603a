"""The advice contract as JSON Schema, for the OpenAPI document: the Need that goes in, from the rows of its fields, and
the Advice that comes out, written by hand.

What a schema cannot say (host bits, a subnet within its VNet, names that are alike) is refused with 422 all the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING
from typing import Any

from advisor.core.editions import EDITIONS
from advisor.core.fields import ROUTINGS, Field, Need, fields_of
from advisor.core.kinds import AMOUNT, DAY, PREFIX, Inside, Members, Several, Table, Value

Schema = dict[str, Any]

TYPES = tuple(dict.fromkeys(type_ for book in EDITIONS.values() for type_ in book.connection_types))
"""The connection types of all rule books."""


def _of(kind: str, **more: Any) -> Schema:
    return {"type": kind} | more


def _list(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items} | more


def _object(properties: dict[str, Schema], required: tuple[str, ...] | None = None, **more: Any) -> Schema:
    """An object with just these properties, all of them required unless it says which."""
    needed = list(properties if required is None else required)
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        **({"required": needed} if needed else {}),
        **more,
    }


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _one_of(codes: tuple[str, ...], **more: Any) -> Schema:
    return {"type": "string", "enum": list(codes)} | more


def need_schema(editions: Sequence[str], table: Table = Need) -> Schema:
    """The schema of a need on a site that has these editions. `table` has its fields."""
    schema = _record(table) | {"examples": [EXAMPLE]}
    edition = schema["properties"]["edition"] | {"enum": list(editions)}
    return schema | {"properties": schema["properties"] | {"edition": edition}}


def setup_schema(parts: Mapping[str, Sequence[str]]) -> Schema:
    """The schema of what is read from the files of a setup: the need, and the parts of the report with their codes. The
    need is the component of that name.
    """
    lines = {
        part: _list(
            _object(
                {"code": _one_of(tuple(codes)), "file": TEXT, "path": TEXT, "subject": TEXT, "text": TEXT},
                title=f"{part.capitalize()}Line",
            )
        )
        for part, codes in parts.items()
    }
    return _object({"need": {"$ref": "#/components/schemas/Need"}, **lines}, title="Setup")


def _record(table: Table) -> Schema:
    """The schema of an object, from the rows of its fields."""
    rows = fields_of(table)
    required = tuple(row.name for row in rows if row.is_required)
    return _object({row.name: field_schema(row) for row in rows}, required, title=table.__name__)


def field_schema(row: Field) -> Schema:
    """The schema of one field: what its kind can hold, its default and what it means."""
    meaning = {"description": row.meaning} if row.meaning else {}
    match row.kind:
        case Value(schema=schema) if row.default is None:
            return _or_null({**schema, **meaning})
        case Value(schema=schema):
            default = {} if row.default is MISSING else {"default": row.default}
            return {**schema, **default, **meaning}
        case Several(item):
            return _list(dict(item.schema), default=[], **meaning)
        case Inside(table):
            return _record(table) | meaning
        case Members(table, least=least):
            bounds: Schema = {"minItems": least} if least else {"default": []}
            return _list(_record(table), **bounds, **meaning)


def kind_of(schema: Mapping[str, Any]) -> str:
    """A type in words: `integer 1–50`, `nl | en`, `list of string`."""
    if "enum" in schema:
        kind = " | ".join(map(str, schema["enum"]))
    elif "anyOf" in schema:
        kind = " | ".join(map(kind_of, schema["anyOf"]))
    elif schema.get("type") == "array":
        kind = f"list of {kind_of(schema['items'])}"
    else:
        kind = str(schema.get("type", "any" if "$ref" not in schema else "object"))
    if "minimum" in schema and "maximum" in schema:
        kind += f" {schema['minimum']}–{schema['maximum']}"
    return f"{kind} | null" if schema.get("nullable") else kind


EXAMPLE = {
    "vnets": [{"name": "hub", "prefixes": ["10.20.0.0/16"]}],
    "sites": [{"name": "Tilburg", "prefixes": ["192.168.10.0/24"], "bandwidth_mbps": 25}],
}

TEXT = _of("string")
CIDR = dict(PREFIX.schema)
MBPS = dict(AMOUNT.schema)
COUNT = _of("integer", minimum=0)
REASON = _object({"rule": TEXT, "text": TEXT, "entry": _or_null(TEXT)}, title="Reason")

ADVICE = _object(
    {
        "edition": TEXT,
        "verdict": _one_of(("fits", "fits-with-warnings", "does-not-fit")),
        "connections": _list(
            _object(
                {"type": _one_of(TYPES), "members": _list(TEXT), "tunnels": COUNT, "reasons": _list(REASON)},
                title="Connection",
            )
        ),
        "gateway": _or_null(
            _object(
                {
                    "routing": _one_of(ROUTINGS),
                    "sku": TEXT,
                    "subnet": _or_null(CIDR),
                    "tunnels": COUNT,
                    "throughput_mbps": MBPS,
                },
                title="Gateway",
            )
        ),
        "expressroute": _or_null(
            _object(
                {
                    "gateway_sku": TEXT,
                    "throughput_mbps": MBPS,
                    "circuit_mbps": _or_null(MBPS),
                    "subnet": _or_null(CIDR),
                },
                title="ExpressRoute",
            )
        ),
        "limits": _list(
            _object(
                {
                    "key": TEXT,
                    "requested": MBPS,
                    "allowed": MBPS,
                    "unit": _one_of(("tunnel", "client", "certificate", "Mbps", "endpoint")),
                    "status": _one_of(("ok", "near", "exceeded")),
                    "source": _or_null(_object({"document": TEXT, "date": TEXT}, title="LimitSource")),
                    "entry": _or_null(TEXT),
                },
                title="LimitRow",
            )
        ),
        "findings": _list(
            _object(
                {
                    "code": TEXT,
                    "severity": _one_of(("error", "warning", "info")),
                    "subjects": _list(TEXT),
                    "text": TEXT,
                    "entry": _or_null(TEXT),
                },
                title="Finding",
            )
        ),
        "alternatives": _list(
            _object({"type": _one_of(TYPES), "chosen": _of("boolean"), "reasons": _list(REASON)}, title="Alternative"),
            minItems=min(len(book.connection_types) for book in EDITIONS.values()),
            maxItems=max(len(book.connection_types) for book in EDITIONS.values()),
        ),
        "entries": _list(TEXT),
        "client_pool": _or_null(
            CIDR | {"description": "A pool proposed for clients, where the design has none or its pool overlaps."}
        ),
        "as_of": _or_null(dict(DAY.schema) | {"description": "The day of which the facts hold."}),
        "next_steps": _list(
            _object({"code": TEXT, "text": TEXT}, title="Step"),
            description="What to do, in order; of a design that does not fit, that its errors are solved.",
        ),
    },
    title="Advice",
)
