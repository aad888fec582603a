"""A table of sites, as a spreadsheet saves it, to the sites of a need: in either language, columns in any order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from advisor.answers.table_rows import TableRow, TooManyRows, Words, first_line, named_columns, read_rows
from advisor.core.field_parameters import rows_of
from advisor.core.fields import DEVICES
from advisor.core.need import MOST_ITEMS
from advisor.core.refusals import Wrong
from advisor.existing.report import Item
from advisor.wording.usual_words import plain, usual_choices, usual_columns

SITE = "site"

MOST_COLUMNS = 100
LONGEST_HEADING = 100
"""Characters; nobody calls a column by more."""

LONGEST_WORD = 20
"""Characters of a word that says that something is not known."""

_CALLED = rows_of()[SITE].kind.called
_WORDS = Words(usual_columns(SITE), usual_choices)
_DECIMAL_SIGNS = {";": ","}
"""Programs that part cells with semicolons do so because a comma begins their decimals; a point then parts groups."""

_SEPARATOR_TOLD = re.compile(r"\s*sep=.[^\S\n]*(?=\n)")
"""The line that names for Excel what separates the cells."""

SIGNS_OF_A_PREFIX = 4
"""Signs between two prefixes, at most: a netmask behind an address, and a comma and spaces."""

_BETWEEN_PREFIXES = re.compile("[ ,;]")
_NOT_KNOWN = frozenset(map(plain, ("n/a", "n.a.", "n.v.t.", "tbd", "unknown", "not-known", "onbekend", "niet-bekend")))
_READ = {
    column: tuple((one.field.name, one.field.notation.read) for one in together)
    for column, together in rows_of()[SITE].columns.items()
}
"""The fields of a site that are typed in each column, and how each is read."""


@dataclass(frozen=True, slots=True)
class TableSite:
    """A site in the JSON form of a need; what the table does not say is not in it. `path` is the place of its row,
    `places` that of the cell of each field, as spreadsheets write them: `B3`.
    """

    raw: Mapping[str, object]
    path: str
    places: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableSites:
    """The sites of a table, and what of it is no field of a need. `items` is how many sites and prefixes it has."""

    sites: tuple[TableSite, ...]
    ignored: tuple[Item, ...]
    items: int


def is_table(text: str) -> bool:
    """Whether the first line of a text names columns of a table of sites."""
    first = first_line(_without_separator(text)[: MOST_COLUMNS * LONGEST_HEADING])
    if len(first) > MOST_COLUMNS or any(len(cell) > LONGEST_HEADING for cell in first):
        return False
    return named_columns(first, _WORDS.columns) is not None


def sites_of(file: str, text: str, most: int = MOST_ITEMS) -> TableSites:
    """The sites of a table. What a cell says that is not understood stays a text, for the reader of needs to refuse.

    Raises `Wrong` (`too-many-items`) for more than `most` sites and prefixes.
    """
    told = _without_separator(text)
    try:
        table = read_rows(told, SITE, _WORDS, _DECIMAL_SIGNS, most=most + 1)
    except TooManyRows as many:
        raise Wrong("too-many-items", items=many.count - 1, allowed=MOST_ITEMS) from None
    cells = [row.texts["prefixes"] for row in table.rows if row.texts.get("prefixes")]
    signs = sum(len(_BETWEEN_PREFIXES.findall(text)) for text in cells)
    items = len(table.rows) + max(len(cells), signs // SIGNS_OF_A_PREFIX)
    if items > most:
        raise Wrong("too-many-items", items=items, allowed=MOST_ITEMS)
    heading = table.named_in or 1
    columns = [Item("no-field", file, _cell(place, heading), name) for place, name in table.unread]
    read = [_site(file, row, number) for number, row in enumerate(table.rows, 1)]
    sites = tuple(site for site, _ in read)
    return TableSites(sites, (*columns, *chain.from_iterable(ignored for _, ignored in read)), items)


def _site(file: str, row: TableRow, number: int) -> tuple[TableSite, list[Item]]:
    raw: dict[str, object] = {"name": f"{_CALLED} {number}"}
    places: dict[str, str] = {}
    for column, text in row.texts.items():
        for field, read in _READ[column]:
            places[field] = _cell(row.places[column], row.number)
            if not _is_unknown(text) and (value := read(text)) not in ("", []):
                raw[field] = value
    ignored = []
    if raw.get("device", DEVICES[0]) not in DEVICES:  # the name of a product, which a need does not know
        ignored.append(Item("no-field", file, places["device"], str(raw["name"])))
        del raw["device"]
        raw.pop("device_routing", None)
    prefixes = raw.get("prefixes")
    if isinstance(prefixes, list) and any(map(_is_ipv6, prefixes)):
        ignored.append(Item("ipv6-prefix", file, places["prefixes"], str(raw["name"])))
        raw["prefixes"] = [prefix for prefix in prefixes if not _is_ipv6(prefix)]
    return TableSite(raw, str(row.number), places), ignored


def _is_unknown(text: str) -> bool:
    """Whether a cell says that something is not known, in a word or with a sign such as `?` and `-`."""
    return len(text) < LONGEST_WORD and (not any(map(str.isalnum, text)) or plain(text) in _NOT_KNOWN)


def _is_ipv6(prefix: object) -> bool:
    return isinstance(prefix, str) and prefix.count(":") > 1


def _without_separator(text: str) -> str:
    return _SEPARATOR_TOLD.sub("", text, count=1) if _SEPARATOR_TOLD.match(text) else text


def _cell(place: int, row: int) -> str:
    """A cell by the letters of its column, counted from 0, and the number of its row."""
    letters = ""
    column = place + 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"
