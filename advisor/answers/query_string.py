"""What is typed as an address, and back.

The parameters are readable and documented for portals (docs/embedding-and-api.md). Sites and VNets are rows: the n-th
`site`, `site_prefixes`, `site_mbps` and so on belong together; a column in which no row says anything is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Protocol
from urllib.parse import quote_plus, urlencode

from advisor.answers.typed import CODES, EDITION, IS_CHECK, MOST_ROWS, Row, Typed, whole_parameters, without_default
from advisor.core.field_parameters import Rows, parameters, rows_of
from advisor.core.fields import Need
from advisor.core.kinds import Table
from faq.knowledge.limits import Limit

PARAMETERS = frozenset({*CODES, IS_CHECK, *(one.name for one in parameters())})
"""Every parameter that says something of a design."""

Pairs = list[tuple[str, str]]
"""The parameters of an address with their values, in order."""


BESIDE: Mapping[str, Pairs] = {"roots": [("clients", "1")], "mbps": [("site", "Site 1")]}
"""What a design has to have beside a number, for a limit to be asked about."""


class Query(Protocol):
    """A query string, parsed: what Django's QueryDict offers."""

    def get(self, key: str, default: str, /) -> str:
        """The last value of a parameter."""

    def getlist(self, key: str, /) -> list[str]:
        """All its values, in order."""


def typed(query: Query, table: Table = Need) -> Typed:
    """What an address, or a posted form, says. `table` has the fields of the need."""
    return Typed(
        edition=query.get(EDITION, "").strip(),
        rows={name: _rows(query, rows) for name, rows in rows_of(table).items()},
        whole={
            one.name: without_default(one, one.field.notation.tidy(query.get(one.name, "")))
            for one in whole_parameters(table)
        },
        want=_known(query, "want"),
        unknown=_known(query, "unknown"),
        answered=_known(query, "answered"),
        table=table,
        is_check=query.get(IS_CHECK, "") == "1",
    )


def _known(query: Query, name: str) -> tuple[str, ...]:
    """The codes in a parameter that stands several times, each once."""
    given = query.getlist(name)[:MOST_ROWS]
    return tuple(dict.fromkeys(code for code in given if code in CODES[name]))


def _rows(query: Query, rows: Rows) -> tuple[Row, ...]:
    columns: dict[str, list[str]] = {}
    for column, (first, *_others) in rows.columns.items():
        tidy = first.field.notation.tidy
        columns[column] = [tidy(value) for value in query.getlist(first.name)[:MOST_ROWS]]
    return tuple(
        Row.of(rows, **{column: values[number] for column, values in columns.items() if number < len(values)})
        for number in range(max(map(len, columns.values())))
    )


def pairs_of(said: Typed) -> Pairs:
    """The parameters that say this, with nothing in them that goes without saying. Empty rows are left out."""
    pairs = [(EDITION, said.edition)] if said.edition else []
    for name, rows in reversed(list(rows_of(said.table).items())):
        full = [row for row in said.rows[name] if not row.is_empty]
        for column, (first, *_others) in rows.columns.items():
            values = ["" if row[column] == rows.defaults[column] else row[column] for row in full]
            if any(values) or (column == "name" and full):
                pairs += [(first.name, value) for value in values]
    whole = sorted(whole_parameters(said.table), key=lambda one: one.field.is_ticked)
    pairs += [(one.name, said.whole[one.name]) for one in whole if said.whole[one.name]]
    for name, codes in (("want", said.want), ("unknown", said.unknown), ("answered", said.answered)):
        pairs += [(name, code) for code in codes]
    return [*pairs, (IS_CHECK, "1")] if said.is_check else pairs


def address_of(said: Typed) -> str:
    """The query string that says this."""
    return written(pairs_of(said))


def written(pairs: Pairs) -> str:
    """Parameters as a query string that people can read."""
    return urlencode(pairs, safe="/,:", quote_via=quote_plus)


def to_check(limits: Iterable[Limit]) -> str:
    """A query string, with the field to begin at, that fills the form to just what the first of these limits that a
    design can ask for allows; empty where a design asks for none of them.
    """
    numbers = (limit for limit in limits if isinstance(limit.value, int))
    return next((filled for limit in numbers if (filled := _filled(limit.key, limit.value))), "")


def _filled(key: str, number: int) -> str:
    for one in whole_parameters():
        if fnmatchcase(key, one.field.limit):
            return written([*BESIDE.get(one.name, ()), (one.name, str(number))]) + f"#{one.name}"
    for name, rows in rows_of().items():
        if fnmatchcase(key, rows.limit):
            return written([(name, f"{rows.kind.called} {n}") for n in range(1, number + 1)]) + f"#{rows.path}-0-name"
    return ""
