"""Rows out of a table that somebody pasted or saved. The words above its columns are given, so this needs no Django.

What has one reading in its table is read so; what has two, or none, stays as it stands there.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from advisor.core.field_parameters import Rows, rows_of
from advisor.core.notations import MBPS, WHOLE, decimal_sign_of, settled
from advisor.wording.usual_words import MASK, plain

_MASK = re.compile(r"/ ?[0-9]{1,2}|[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
_ADDRESS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
_DIGITS = re.compile(r"[0-9]+")
_NUMBER = re.compile(r"[0-9][0-9., ']*")
_REST_OF_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?\s*[A-Za-z/]*")
_OTHER_UNIT = re.compile(r"\b([gkt])b", re.IGNORECASE)
_NUMERALS = "0123456789"
_QUOTED = re.compile(r'"[^"]*"')
_BY_COMMAS = ","
_DECIMAL_COMMA = ","
"""Where a list is parted by semicolons, the comma begins decimals: so write the programs that make such tables."""

_UNREAD = ""
"""The column of cells that say nothing that a row can hold."""


MOST_GROUPS = 4
"""Cells that a number with commas was parted into; a longer number is no bandwidth."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words that are read: for the columns, and, by the name of a parameter, for its choices. Both are as `plain`
    writes them.
    """

    columns: Mapping[str, str]
    choices: Callable[[str], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class TableRow:
    """What a row says: the text of each column that says something, and the place of its cell from 0. `number` is that
    of the row in the table, from 1, with the row of names and empty ones.
    """

    number: int
    texts: Mapping[str, str]
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TableRows:
    """The rows of a table that say something. `unread` has the columns that were not read although something stands
    in them, each as its place and its name; `named_in` is the number of the row that names the columns, None where
    none does.
    """

    rows: tuple[TableRow, ...]
    unread: tuple[tuple[int, str], ...]
    named_in: int | None


@dataclass(frozen=True, slots=True)
class _Columns:
    """What stands in which place: the column of a row, a mask, or nothing that is read. `units` has the unit of the
    numbers in a place, where the name above it tells one other than Mbps.
    """

    names: tuple[str, ...]
    units: tuple[str, ...] = ()
    unread: tuple[tuple[int, str], ...] = ()
    is_named: bool = False


class TooManyRows(ValueError):  # noqa: N818
    """A table with more rows than are read: `count` of them."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(f"{count} rows")


def read_rows(
    text: str,
    kind: str,
    words: Words,
    decimal_signs: Mapping[str, str] | None = None,
    most: int | None = None,
) -> TableRows:
    """The rows of a table of sites or VNets (`kind`): a line each, with tabs, semicolons or commas between the cells.

    Several prefixes in one cell stand apart by spaces, commas or lines. A first line that names the columns says their
    order; without one it is that of the form. A mask or length with a column of its own is put behind its address.
    `decimal_signs` has the sign that begins decimals in a table with such signs between its cells; of other tables it
    is the one that the numbers of a column show. Raises `TooManyRows` where there are more than `most` with the one
    that names the columns.
    """
    rows, separator = rows_of()[kind], separator_of(text)
    said = [(number, line) for number, line in enumerate(_lines(text, separator), 1) if any(map(str.strip, line))]
    if most is not None and len(said) > most:
        raise TooManyRows(len(said))
    widest = max(len(said[0][1]), len(rows.columns)) + MOST_GROUPS * len(rows.columns) if said else 0
    numbered = [(number, [" ".join(cell.split()) for cell in line[:widest]]) for number, line in said]
    columns = _named_columns(numbered[0][1], words.columns, numbered[1:]) if numbered else None
    body = numbered[1:] if columns else numbered
    order = columns or _Columns(tuple(rows.columns))
    numbers = _columns_of_numbers(rows)
    whole = (*numbers, MASK) if separator == _BY_COMMAS else ()
    table = [_row(number, cells, order, words, rows, whole) for number, cells in body]
    sign = (decimal_signs or {}).get(separator, "")
    for column in numbers:
        table = _settled(table, column, separator, sign)
    unread = [one for one in order.unread if any(cells[one[0] : one[0] + 1] not in ([""], []) for _, cells in body)]
    full = tuple(row for row in table if any(row.texts.values()))
    return TableRows(full, tuple(unread), numbered[0][0] if columns else None)


def first_line(text: str) -> list[str]:
    """The cells of the first line of a table that says something."""
    filled = text.lstrip()
    line = filled.split("\n", 1)[0]
    return [" ".join(cell.split()) for cell in next(iter(_lines(line, separator_of(line))), [])]


def separator_of(text: str) -> str:
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


def named_columns(first: Sequence[str], called: Mapping[str, str]) -> list[str] | None:
    """The column that each cell of a first line names, or nothing; None where it names none, and so is a row itself."""
    names = [called.get(plain(cell)) or called.get(plain(cell.rstrip(_NUMERALS)), _UNREAD) for cell in first]
    known = [name for name in names if name]
    if not known or ("name" not in known and len(known) < 2):
        return None
    if any(not name and any(char.isdigit() for char in cell) for name, cell in zip(names, first, strict=True)):
        return None
    return names


def _named_columns(
    first: Sequence[str], called: Mapping[str, str], body: Sequence[tuple[int, Sequence[str]]]
) -> _Columns | None:
    names = named_columns(first, called)
    if names is None:
        return None
    names = _with_likely(names, body)
    told = [name if name == "prefixes" or name not in names[:place] else _UNREAD for place, name in enumerate(names)]
    return _Columns(
        names=tuple(told),
        units=tuple(_unit_above(cell) if name == "mbps" else "" for name, cell in zip(told, first, strict=True)),
        unread=tuple((place, cell) for place, cell in enumerate(first) if cell and not told[place]),
        is_named=True,
    )


def _with_likely(names: Sequence[str], body: Sequence[tuple[int, Sequence[str]]]) -> list[str]:
    """The names of columns with another one for a word that is used for two: a column of networks that is called IP,
    and one of locations where no other tells the names.
    """
    likely = list(names)
    for place, name in enumerate(names):
        holds_networks = (
            name == "ip"
            and "prefixes" not in names
            and any("/" in cell for _, cells in body for cell in cells[place : place + 1])
        )
        if holds_networks:
            likely[place] = "prefixes"
        if name == "region" and "name" not in names:
            likely[place] = "name"
    return likely


def _unit_above(cell: str) -> str:
    """The unit that the name of a column of bandwidths tells, where that is not Mbps."""
    found = _OTHER_UNIT.search(cell)
    return f"{found[1].upper()}bps" if found else ""


def _row(number: int, cells: list[str], columns: _Columns, words: Words, rows: Rows, whole: Sequence[str]) -> TableRow:
    """The row that the cells of a line say. Numbers in the columns `whole` may have been parted at their commas."""
    if whole:
        cells = _with_numbers_whole(cells, columns.names, whole)
    if not columns.is_named:
        cells = _with_length(cells)
    texts: dict[str, str] = {}
    places: dict[str, int] = {}
    masks = [cell for cell, name in zip(cells, columns.names, strict=False) if name == MASK and cell]
    told = zip_longest(cells[: len(columns.names)], columns.names, columns.units, fillvalue="")
    for place, (cell, name, unit) in enumerate(told):
        if not cell or name in (_UNREAD, MASK):
            continue
        said = f"{cell} {unit}" if unit and _NUMBER.fullmatch(cell) else cell
        texts[name] = f"{texts[name]}, {said}" if name in texts else said
        places.setdefault(name, place)
    if masks and _ADDRESS.fullmatch(texts.get("prefixes", "")):
        texts["prefixes"] = _joined(texts["prefixes"], masks[0], is_told=True)
    return TableRow(number, {name: _meant(text, name, words, rows) for name, text in texts.items()}, places)


def _meant(text: str, column: str, words: Words, rows: Rows) -> str:
    """What a cell says: the code for a word that is used for a choice, the code of a region for its name, or the text
    itself.
    """
    first = rows.columns[column][0]
    if choices := words.choices(first.name):
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
            end = place + 1
            while (
                end < min(len(whole), place + MOST_GROUPS)
                and _DIGITS.fullmatch(whole[end - 1].rpartition(_BY_COMMAS)[2])
                and _REST_OF_NUMBER.fullmatch(whole[end])
            ):
                end += 1
            whole[place:end] = [_BY_COMMAS.join(whole[place:end])]
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


def _settled(table: Iterable[TableRow], column: str, separator: str, sign: str) -> list[TableRow]:
    """The rows with the numbers of a column in the notation that its other cells, or the table, show; where the sign
    that begins decimals is known, in that one.
    """
    rows = list(table)
    shown = {found for row in rows if (found := decimal_sign_of(row.texts.get(column, "")))}
    by_table = separator == ";" and not shown and not sign
    sign = sign or (next(iter(shown)) if len(shown) == 1 else _DECIMAL_COMMA if by_table else "")
    if not sign:
        return rows
    return [
        # a comma is not taken for that of decimals by the semicolons alone: a thousand would become one
        row if by_table and sign in row.texts.get(column, "") else _with_settled(row, column, sign)
        for row in rows
    ]


def _with_settled(row: TableRow, column: str, sign: str) -> TableRow:
    said = row.texts.get(column, "")
    meant = settled(said, sign) if "." in said or "," in said else said
    return row if meant == said else replace(row, texts={**row.texts, column: meant})
