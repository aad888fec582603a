"""Rows out of a pasted table.

What has one reading in its table is read so; what has two, or none, stays as it was pasted, for the form to ask back.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from advisor.answers.typed import MOST_ROWS, Row
from advisor.core.field_parameters import Rows, rows_of
from advisor.core.notations import MBPS, WHOLE, decimal_sign_of, settled
from advisor.wording.table_words import MASK, choices_called, columns_called, plain

_MASK = re.compile(r"/ ?[0-9]{1,2}|[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
_ADDRESS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
_DIGITS = re.compile(r"[0-9]+")
_NUMBER = re.compile(r"[0-9][0-9., ']*")
_REST_OF_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?\s*[A-Za-z/]*")
_OTHER_UNIT = re.compile(r"\b([gkt])b", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*[0-9]+$")
_QUOTED = re.compile(r'"[^"]*"')
_BY_COMMAS = ","
_DECIMAL_COMMA = ","
"""Where a list is parted by semicolons, the comma begins decimals: so write the programs that make such tables."""

_UNREAD = ""
"""The column of cells that say nothing that a row can hold."""


@dataclass(frozen=True, slots=True)
class PastedTable:
    """The rows of a table, how many more it had than the pages take, and the names of columns that were not read."""

    rows: tuple[Row, ...]
    left_out: int = 0
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Columns:
    """What stands in which place: the column of a row, a mask, or nothing that is read. `units` has the unit of the
    numbers in a place, where the name above it tells one other than Mbps.
    """

    names: tuple[str, ...]
    units: tuple[str, ...] = ()
    unread: tuple[tuple[int, str], ...] = ()
    is_named: bool = False


def pasted(text: str, kind: str, most: int = MOST_ROWS) -> PastedTable:
    """The rows of a pasted table, at most so many: a line each, with tabs, semicolons or commas between the cells.

    Several prefixes in one cell stand apart by spaces, commas or lines. A first line that names the columns, in either
    language, says their order; without one it is that of the form. A mask or length with a column of its own is put
    behind its address.
    """
    rows, separator = rows_of()[kind], _separator(text)
    lines = [cells for line in _lines(text, separator) if any(cells := [" ".join(cell.split()) for cell in line])]
    columns = _named_columns(lines[0], kind, lines[1:]) if lines else None
    body = lines[1:] if columns else lines
    order = columns or _Columns(tuple(rows.columns))
    table = [_row(cells, order, kind, rows, separator) for cells in body]
    for column in _columns_of_numbers(rows):
        table = _settled(table, column, separator)
    full = [row for row in table if not row.is_empty]
    unread = tuple(name for place, name in order.unread if any(cells[place : place + 1] != [""] for cells in body))
    return PastedTable(tuple(full[:most]), max(0, len(full) - most), unread)


def _separator(text: str) -> str:
    """What parts the cells: what stands in the first line that says something, else what stands anywhere."""
    told = _QUOTED.sub("", text)
    first = next((line for line in told.splitlines() if line.strip()), "")
    return next((sign for part in (first, told) for sign in "\t;," if sign in part), _BY_COMMAS)


def _lines(text: str, separator: str) -> list[list[str]]:
    """The cells of each line; by the signs alone where quotation marks make no sense."""
    if text.count('"') % 2 == 0:
        try:
            return list(csv.reader(text.splitlines(keepends=True), delimiter=separator))
        except csv.Error:
            pass  # a cell that is longer than any that was meant
    return [line.split(separator) for line in text.splitlines()]


def _named_columns(first: Sequence[str], kind: str, body: Sequence[Sequence[str]]) -> _Columns | None:
    """The columns that a first line names; None where it names none, and so is a row itself."""
    called = columns_called(kind)
    names = [called.get(plain(cell)) or called.get(plain(_NUMBERED.sub("", cell)), _UNREAD) for cell in first]
    known = [name for name in names if name]
    if not known or ("name" not in known and len(known) < 2):
        return None
    if any(not name and any(char.isdigit() for char in cell) for name, cell in zip(names, first, strict=True)):
        return None
    names = _with_likely(names, body)
    told = [name if name == "prefixes" or name not in names[:place] else _UNREAD for place, name in enumerate(names)]
    return _Columns(
        names=tuple(told),
        units=tuple(_unit_above(cell) if name == "mbps" else "" for name, cell in zip(told, first, strict=True)),
        unread=tuple((place, cell) for place, cell in enumerate(first) if cell and not told[place]),
        is_named=True,
    )


def _with_likely(names: Sequence[str], body: Sequence[Sequence[str]]) -> list[str]:
    """The names of columns with another one for a word that is used for two: a column of networks that is called IP,
    and one of locations where no other tells the names.
    """
    likely = list(names)
    for place, name in enumerate(names):
        holds_networks = any("/" in cell for cells in body for cell in cells[place : place + 1])
        if name == "ip" and "prefixes" not in names and holds_networks:
            likely[place] = "prefixes"
        if name == "region" and "name" not in names:
            likely[place] = "name"
    return likely


def _unit_above(cell: str) -> str:
    """The unit that the name of a column of bandwidths tells, where that is not Mbps."""
    found = _OTHER_UNIT.search(cell)
    return f"{found[1].upper()}bps" if found else ""


def _row(cells: list[str], columns: _Columns, kind: str, rows: Rows, separator: str) -> Row:
    """The row that the cells of a line say."""
    numbers = _columns_of_numbers(rows)
    if separator == _BY_COMMAS:
        cells = _with_numbers_whole(cells, columns.names, {*numbers, MASK})
    if not columns.is_named:
        cells = _with_length(cells)
    texts: dict[str, str] = {}
    masks = [cell for cell, name in zip(cells, columns.names, strict=False) if name == MASK and cell]
    for cell, name, unit in zip_longest(cells, columns.names, columns.units, fillvalue=""):
        if not cell or name in (_UNREAD, MASK):
            continue
        said = f"{cell} {unit}" if unit and _NUMBER.fullmatch(cell) else cell
        texts[name] = f"{texts[name]}, {said}" if name in texts else said
    if masks and _ADDRESS.fullmatch(texts.get("prefixes", "")):
        texts["prefixes"] = _joined(texts["prefixes"], masks[0], is_told=True)
    return Row.of(rows, **{name: _meant(text, name, kind, rows) for name, text in texts.items()})


def _meant(text: str, column: str, kind: str, rows: Rows) -> str:
    """What a cell says: the code for a word that is used for a choice, the code of a region for its name, or the text
    itself.
    """
    first = rows.columns[column][0]
    if choices := choices_called(first.name):
        return choices.get(plain(text), first.field.notation.tidy(text))
    if column == "region":
        return plain(text)
    return text


def _columns_of_numbers(rows: Rows) -> list[str]:
    return [name for name, (first, *_) in rows.columns.items() if first.field.notation in (MBPS, WHOLE)]


def _with_numbers_whole(cells: list[str], names: Sequence[str], numbers: Container[object]) -> list[str]:
    """The cells of a line where a number with commas, `12,5`, was parted into several: no column behind one of numbers
    that holds no numbers itself holds bare digits.
    """
    whole = list(cells)
    for place, name in enumerate(names):
        behind = names[place + 1] if place + 1 < len(names) else None
        if name in numbers and name != MASK and behind != _UNREAD and behind not in numbers:
            while (
                len(whole) > place + 1
                and _DIGITS.fullmatch(whole[place].rpartition(_BY_COMMAS)[2])
                and _REST_OF_NUMBER.fullmatch(whole[place + 1])
            ):
                whole[place : place + 2] = [f"{whole[place]}{_BY_COMMAS}{whole[place + 1]}"]
    return whole


def _with_length(cells: list[str]) -> list[str]:
    """The cells of a line with the mask or length in the third behind the bare address in the second."""
    if len(cells) < 3 or not _ADDRESS.fullmatch(cells[1]) or not _MASK.fullmatch(cells[2]):
        return cells
    return [cells[0], _joined(cells[1], cells[2], is_told=False), *cells[3:]]


def _joined(address: str, length: str, *, is_told: bool) -> str:
    """An address with its mask or length; bare digits are a length where the name of their column tells so."""
    if is_told and _DIGITS.fullmatch(length):
        return f"{address}/{length}"
    return f"{address}{length}" if length.startswith("/") else f"{address} {length}"


def _settled(table: Iterable[Row], column: str, separator: str) -> list[Row]:
    """The rows with the numbers of a column in the notation that its other cells, or the table, show."""
    rows = list(table)
    shown = {sign for row in rows if (sign := decimal_sign_of(row[column]))}
    by_table = separator == ";" and not shown
    sign = next(iter(shown)) if len(shown) == 1 else _DECIMAL_COMMA if by_table else ""
    if not sign:
        return rows
    return [
        # a comma is not taken for that of decimals by the semicolons alone: a thousand would become one
        row if by_table and sign in row[column] else row.having(**{column: settled(row[column], sign)})
        for row in rows
    ]
