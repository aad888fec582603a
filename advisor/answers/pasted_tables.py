"""Rows out of a pasted table. Pure: no Django.

What has one reading in its table is read so; what has two stays as it was pasted, for the form to ask back.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator

from advisor.answers.typed import MOST_ROWS, Row
from advisor.core.field_parameters import Rows, rows_of
from advisor.core.notations import MBPS, WHOLE, decimal_sign_of, settled

_NAMES = {"name", "naam", "site", "vnet"}
"""What the column of names is called, in a first line of column names."""

_LENGTHS = {
    "mask",
    "netmask",
    "subnet mask",
    "masker",
    "subnetmasker",
    "length",
    "prefix length",
    "lengte",
    "prefixlengte",
}
"""What a column of masks or lengths behind that of networks is called."""

_MASK = re.compile(r"/ ?[0-9]{1,2}|[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
_ADDRESS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
_DIGITS = re.compile(r"[0-9]+")
_REST_OF_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?\s*[A-Za-z/]*")
_BY_COMMAS = ","
_DECIMAL_COMMA = ","
"""Where a list is parted by semicolons, the comma begins decimals: so write the programs that make such tables."""


def pasted(text: str, kind: str) -> tuple[Row, ...]:
    """The rows of a pasted table: a line each, with tabs, semicolons or commas between name, prefixes and the rest.

    Several prefixes in one cell stand apart by spaces. A first line of column names is passed over. A mask or length
    with a column of its own is put behind its address.
    """
    separator = next((sign for sign in "\t;" if sign in text), _BY_COMMAS)
    rows = rows_of()[kind]
    lines = [[cell.strip() for cell in cells] for cells in _lines(text, separator)][: MOST_ROWS + 1]
    first = lines[0] if lines else []
    has_names = (
        bool(first) and first[0].casefold() in _NAMES and not any(char.isdigit() for char in "".join(first[1:2]))
    )
    has_lengths = has_names and "".join(first[2:3]).casefold() in _LENGTHS
    cells = [_with_numbers_whole(line, rows) if separator == _BY_COMMAS else line for line in lines[has_names:]]
    cells = [_with_length(line, has_lengths) for line in cells]
    table = [Row.of(rows, **dict(zip(rows.columns, line, strict=False))) for line in cells]
    for column in _columns_of_numbers(rows):
        table = _settled(table, column, separator)
    return tuple(table[:MOST_ROWS])


def _lines(text: str, separator: str) -> Iterator[list[str]]:
    """The cells of each line that says something; by the signs alone where quotation marks make no sense."""
    lines = [line for line in text.splitlines() if line.strip()]
    try:
        yield from list(csv.reader(lines, delimiter=separator))
    except csv.Error:
        yield from (line.split(separator) for line in lines)


def _columns_of_numbers(rows: Rows) -> list[str]:
    return [name for name, (first, *_) in rows.columns.items() if first.field.notation in (MBPS, WHOLE)]


def _with_numbers_whole(cells: list[str], rows: Rows) -> list[str]:
    """The cells of a line where a number with commas, `12,5`, was parted into several: no column behind one of numbers
    that holds no numbers itself holds bare digits.
    """
    names = list(rows.columns)
    numbers = _columns_of_numbers(rows)
    whole = list(cells)
    for place, name in enumerate(names[:-1]):
        if name in numbers and names[place + 1] not in numbers:
            while (
                len(whole) > place + 1
                and _DIGITS.fullmatch(whole[place].rpartition(_BY_COMMAS)[2])
                and _REST_OF_NUMBER.fullmatch(whole[place + 1])
            ):
                whole[place : place + 2] = [f"{whole[place]}{_BY_COMMAS}{whole[place + 1]}"]
    return whole


def _with_length(cells: list[str], is_told: bool) -> list[str]:
    """The cells of a line with the mask or length in the third behind the bare address in the second."""
    if len(cells) < 3 or not _ADDRESS.fullmatch(cells[1]):
        return cells
    length = cells[2]
    if is_told and _DIGITS.fullmatch(length):
        length = f"/{length}"
    if not _MASK.fullmatch(length):
        return [*cells[:2], *cells[3:]] if is_told and not length else cells
    joined = f"{cells[1]}{length}" if length.startswith("/") else f"{cells[1]} {length}"
    return [cells[0], joined, *cells[3:]]


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
