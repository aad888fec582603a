"""The query parameters of a need as a table to read, from the rows of its fields."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from advisor.core.field_parameters import parameters
from advisor.core.fields import Need
from advisor.core.kinds import Table
from advisor.formats.json_schema import field_schema, kind_of


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A parameter, and the field that it says (`sites[].tunnels`): what that holds, as in `integer`, its default as
    JSON (empty where it has none), and what it means.
    """

    parameter: str
    path: str
    kind: str
    default: str
    meaning: str


def parameter_table(table: Table = Need) -> Iterator[ParameterRow]:
    """Each parameter of a kind of need, in the order of the contract; two fields that are typed together, both."""
    for one in parameters(table):
        schema = field_schema(one.field)
        default = json.dumps(schema["default"]) if "default" in schema else ""
        yield ParameterRow(one.name, one.path, kind_of(schema), default, one.field.meaning)
