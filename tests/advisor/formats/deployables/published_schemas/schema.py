"""A published schema as data, and what is wrong with a body or a block by it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
NETWORK = "azure-mgmt-network"
"""The file of Azure's own types."""
AZURERM = ("azurerm-4.62.1", "azurerm-5.10.0")
"""The files of the Terraform provider: the oldest version that has each argument of the starters, and the newest."""

SCALARS: Mapping[str, type | tuple[type, ...]] = {"str": str, "bool": bool, "int": int, "float": (int, float)}


class Expression:
    """A value that is not known before the file is run: a parameter, a reference. It fits every kind of value."""

    def __repr__(self) -> str:
        return "an expression"


EXPRESSION = Expression()


@dataclass(frozen=True, slots=True)
class Field:
    """One property: `kind` is `str`, `bool`, `int`, `float`, `any`, or the name of another type of the schema."""

    kind: str
    many: bool
    required: bool
    read_only: bool
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """Types by name, each with its fields by name; resources by type, as `Microsoft.Network/virtualNetworks`."""

    made_from: str
    types: Mapping[str, Mapping[str, Field]]
    resources: Mapping[str, str]

    def problems(self, resource: str, body: Mapping[str, object]) -> list[str]:
        """What is wrong with the body of a resource, in the order of the body; an empty list where nothing is.

        The body holds what the resource itself has: `location`, `properties` and so on, without the name of a Bicep
        resource or the meta-arguments of Terraform. What is not known yet stands in it as `EXPRESSION`.
        """
        return list(self._problems(self.resources[resource], body, resource))

    def _problems(self, name: str, body: Mapping[str, object], path: str) -> Iterator[str]:
        fields = self.types[name]
        for key, value in body.items():
            place = f"{path}.{key}"
            if key not in fields:
                yield f"{place}: {name} has no such property in {self.made_from}"
            elif fields[key].read_only:
                yield f"{place}: only Azure sets it"
            else:
                yield from self._wrong(fields[key], value, place)
        yield from (f"{path}.{key}: missing" for key, field in fields.items() if field.required and key not in body)

    def _wrong(self, field: Field, value: object, place: str) -> Iterator[str]:
        if value is EXPRESSION:
            return
        if not field.many:
            yield from self._wrong_one(field, value, place)
        elif isinstance(value, list | tuple):
            for index, one in enumerate(value):
                yield from self._wrong_one(field, one, f"{place}[{index}]")
        else:
            yield f"{place}: {value!r} is no list"

    def _wrong_one(self, field: Field, value: object, place: str) -> Iterator[str]:
        if value is EXPRESSION or field.kind == "any":
            return
        if field.kind in SCALARS:
            if not isinstance(value, SCALARS[field.kind]) or (field.kind != "bool" and isinstance(value, bool)):
                yield f"{place}: {value!r} is no {field.kind}"
            elif field.values and value not in field.values:
                yield f"{place}: {value!r} is none of {', '.join(field.values)}"
        elif isinstance(value, Mapping):
            yield from self._problems(field.kind, value, place)
        else:
            yield f"{place}: {value!r} is no {field.kind}"


@cache
def schema(name: str) -> Schema:
    """The schema in the file of that name."""
    written = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return Schema(
        made_from=written["made_from"],
        types={
            name: {key: _field(row, written["values"]) for key, row in fields.items()}
            for name, fields in written["types"].items()
        },
        resources=written["resources"],
    )


def _field(row: str, values: Mapping[str, list[str]]) -> Field:
    """One field as it stands in a file: `str`, `[Ipconfiguration] required`, `str read-only`, `str =DhGroup`."""
    kind, *marks = row.split(" ")
    named = next((mark[1:] for mark in marks if mark.startswith("=")), None)
    return Field(
        kind=kind.strip("[]"),
        many=kind.startswith("["),
        required="required" in marks,
        read_only="read-only" in marks,
        values=tuple(values[named]) if named else (),
    )


def network_problems(resource: str, body: Mapping[str, object]) -> list[str]:
    """What is wrong with the body of a resource of `Microsoft.Network`, for Bicep and for the REST API."""
    return schema(NETWORK).problems(resource, body)


def azurerm_problems(resource: str, body: Mapping[str, object]) -> list[str]:
    """What is wrong with a block of Terraform (`azurerm_subnet`, `data.azurerm_subnet`) in any version allowed."""
    return [problem for name in AZURERM for problem in schema(name).problems(resource, body)]
