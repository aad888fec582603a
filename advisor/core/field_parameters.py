"""How the fields of a need are typed: as parameters of an address, and as rows with columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from advisor.core.fields import Field, Need, fields_of, once
from advisor.core.kinds import Inside, Members, Table


@dataclass(frozen=True, slots=True)
class Parameter:
    """A field of a need as it is typed: its `name` in an address, its `column` where it stands in a row of members that
    begins with `rows` (else both are empty), and its `path` in the document, as in `sites[].bandwidth_mbps`.
    """

    name: str
    path: str
    field: Field
    rows: str = ""
    column: str = ""


@once
def parameters(table: Table = Need) -> tuple[Parameter, ...]:
    """Every field of a kind of need that can be typed, in the order of the contract."""
    return tuple(_parameters(table))


def _parameters(table: Table, path: str = "") -> Iterator[Parameter]:
    for field in fields_of(table):
        here = f"{path}{field.name}"
        match field.kind:
            case Members(members):
                yield from (_column(field, one) for one in fields_of(members) if one.parameter)
            case Inside(inner):
                yield from _parameters(inner, f"{here}.")
            case _ if field.parameter:
                yield Parameter(field.parameter, here, field)


def _column(members: Field, field: Field) -> Parameter:
    rows, column = members.parameter, field.parameter
    name = rows if column == "name" else f"{rows}_{column}"
    return Parameter(name, f"{members.name}[].{field.name}", field, rows, column)


@once
def parameters_by_path(table: Table = Need) -> Mapping[str, Parameter]:
    """The same by their path in the document."""
    return {one.path: one for one in parameters(table)}


@dataclass(frozen=True, slots=True)
class Rows:
    """Members of a need, typed as rows. `limit` is that of their field. `columns` holds the parameters that are typed
    in each column: those that stand in the row itself first. `defaults` is what a column says where nothing is typed in
    it, if that has a name.
    """

    path: str
    kind: Members
    limit: str
    columns: Mapping[str, tuple[Parameter, ...]]
    defaults: Mapping[str, str]


@once
def rows_of(table: Table = Need) -> Mapping[str, Rows]:
    """What is typed as rows in a kind of need, by the parameter that rows begin with: `vnet`, `site`."""
    found: dict[str, Rows] = {}
    for field in fields_of(table):
        if isinstance(field.kind, Members):
            of_rows = [one for one in parameters(table) if one.rows == field.parameter]
            names = dict.fromkeys((*field.kind.brief, *(one.column for one in of_rows)))
            columns = {name: tuple(one for one in of_rows if one.column == name) for name in names}
            defaults = {name: "".join(one.field.said_default for one in typed) for name, typed in columns.items()}
            found[field.parameter] = Rows(field.name, field.kind, field.limit, columns, defaults)
    return found
