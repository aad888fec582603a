"""The limits of gateways as tables: a row for each SKU, a column for each kind of limit.

All of it follows from the catalogue of an edition. Its keys say what stands where: `sku.Basic.s2s_tunnels` is in the
row of Basic. Its names say what rows and columns are called: what the names of a row differ in names the row
(`Tunnels on Basic`, `Tunnels on Standard`), and what they have in common names a column that has no shorter label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from faq.knowledge.limits import Catalogue, Limit, Source
from faq.pages.labels import column_name, table_name
from faq.pages.limit_names import common_name, names_apart

FAMILIES = ("sku", "expressroute.gateway")
"""Keys below which each SKU has its limits, in the order of the tables."""

Cells = Mapping[tuple[str, str], Limit]
"""The limits of a table by row and column."""


@dataclass(frozen=True, slots=True)
class Column:
    """A kind of limit: what it is called, and the source of most of its limits."""

    name: str
    source: Source


@dataclass(frozen=True, slots=True)
class Table:
    """Limits by SKU; a row has a name and a cell for each column, None where the catalogue has no such limit."""

    code: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, tuple[Limit | None, ...]], ...]

    @property
    def sources(self) -> tuple[tuple[Source, str], ...]:
        """The sources of the columns, each with the names of its columns."""
        found: dict[str, list[Column]] = {}
        for column in self.columns:
            found.setdefault(column.source.key, []).append(column)
        return tuple((columns[0].source, ", ".join(one.name for one in columns)) for columns in found.values())

    @property
    def told_whole(self) -> tuple[Limit, ...]:
        """The limits of which the table and the sources of its columns say all there is to say."""
        return tuple(
            limit
            for _, cells in self.rows
            for column, limit in zip(self.columns, cells, strict=True)
            if limit and limit.source == column.source and not limit.note and not limit.conflicts
        )

    @property
    def has_conflicts(self) -> bool:
        """Whether sources differ about a limit of the table."""
        return any(limit is not None and limit.conflicts for _, cells in self.rows for limit in cells)


def gateway_tables(catalogue: Catalogue, language: str) -> list[Table]:
    """The tables of an edition: of each family of SKUs one with the limits right below a SKU, and one for each kind of
    limit that is divided further (`sku.VpnGw1.tunnel_throughput.AES256`).
    """
    tables = []
    for family in FAMILIES:
        below = {
            limit.key.removeprefix(f"{family}."): limit for limit in catalogue if limit.key.startswith(f"{family}.")
        }
        names = _row_names(_shared(_cells(below)), language)
        for kind, cells in _by_kind(_cells(below)).items():
            if shared := _shared(cells):
                tables.append(_table(family, kind, shared, names, language))
    return tables


def _cells(below: Mapping[str, Limit]) -> dict[tuple[str, str], Limit]:
    """The limits of a family by row and column. One whose SKUs have a single limit each has a column without a code."""
    if len({limit.unit for limit in below.values()}) == 1 and not any("." in key for key in below):
        return {(key, ""): limit for key, limit in below.items()}
    parts = {key.partition("."): limit for key, limit in below.items()}
    return {(row, column): limit for (row, _, column), limit in parts.items() if column}


def _by_kind(cells: Cells) -> dict[str, dict[tuple[str, str], Limit]]:
    """The cells apart by what divides their columns; those that nothing divides come first, under an empty code."""
    kinds: dict[str, dict[tuple[str, str], Limit]] = {"": {}}
    for (row, column), limit in cells.items():
        kind, divides, _ = column.partition(".")
        kinds.setdefault(kind if divides else "", {})[row, column] = limit
    return kinds


def _shared(cells: Cells) -> dict[tuple[str, str], Limit]:
    """The cells of columns that more than one row has: what a single one has compares with nothing."""
    columns = _by_column(cells)
    return {(row, column): limit for (row, column), limit in cells.items() if len(columns[column]) > 1}


def _table(family: str, kind: str, cells: Cells, names: Mapping[str, str], language: str) -> Table:
    limits = _by_column(cells)
    columns = sorted(limits, key=lambda column: _is_prose(limits[column]))
    heads = _heads_of_kind(cells, language) if kind else _heads(cells, language)
    code = f"{family}.{kind}".strip(".")
    rows = ((names.get(row) or row, tuple(cells.get((row, column)) for column in columns)) for row in _by_row(cells))
    return Table(
        code=code,
        title=table_name(code) or common_name(cells.values(), language) or code,
        columns=tuple(Column(heads[column] or column, _main_source(limits[column])) for column in columns),
        rows=tuple(rows),
    )


def _by_row(cells: Cells) -> dict[str, list[Limit]]:
    rows: dict[str, list[Limit]] = {}
    for (row, _), limit in cells.items():
        rows.setdefault(row, []).append(limit)
    return rows


def _by_column(cells: Cells) -> dict[str, list[Limit]]:
    columns: dict[str, list[Limit]] = {}
    for (_, column), limit in cells.items():
        columns.setdefault(column, []).append(limit)
    return columns


def _heads(cells: Cells, language: str) -> dict[str, str]:
    """What the columns right below a SKU are called."""
    return {
        column: column_name(column) or common_name(limits, language) for column, limits in _by_column(cells).items()
    }


def _heads_of_kind(cells: Cells, language: str) -> dict[str, str]:
    """What the columns of one kind are called: what the names of a row differ in."""
    apart = _apart(_by_row(cells), language)
    return {column: apart[limit.key] for (_, column), limit in cells.items()}


def _is_prose(limits: Iterable[Limit]) -> bool:
    """Whether a column holds sentences: it stands last."""
    return any(limit.unit == "text" for limit in limits)


def _main_source(limits: Sequence[Limit]) -> Source:
    """The source that most limits have; of two, the one that comes first."""
    by_key = {limit.source.key: limit.source for limit in limits}
    most, _ = Counter(limit.source.key for limit in limits).most_common(1)[0]
    return by_key[most]


def _apart(lists: Mapping[str, Sequence[Limit]], language: str) -> dict[str, str]:
    return {key: name for limits in lists.values() for key, name in names_apart(limits, language).items()}


def _row_names(cells: Cells, language: str) -> dict[str, str]:
    """What each row is called: the shortest of what its names differ in from those of the other rows."""
    apart = _apart(_by_column(cells), language)
    found: dict[str, str] = {}
    for (row, _), limit in cells.items():
        name = apart.get(limit.key, "")
        if name and (row not in found or len(name) < len(found[row])):
            found[row] = name
    return found
