"""What somebody typed, as texts: between an address, a form or a pasted table on one side and a need on the other.

What was typed is kept beside what it is read as, so that an error can stand at its field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from advisor.core.field_parameters import Parameter, Rows, parameters, rows_of
from advisor.core.fields import Need, fields_of
from advisor.core.kinds import Inside, Members, Table
from advisor.core.notations import UNKNOWN

MOST_ROWS = 500
"""Sites or VNets on the pages; the API and the command take more."""

EDITION = "edition"

QUESTIONS = (
    "what",
    "private",
    "circuit",
    "backup",
    "circuit_encrypt",
    "sites",
    "clients",
    "systems",
    "auth",
    "vnets",
    "encrypt",
    "bandwidth",
    "routes",
    "gateway",
    "subnet",
)
"""What the wizard asks everyone whom it concerns."""

IS_CHECK = "check"
"""The parameter that says, with `1`, that the design is a set-up that stands."""

CODES = {"want": ("sites", "clients", "vnets"), "unknown": QUESTIONS, "answered": QUESTIONS}
"""What the wizard's own parameters may say."""


@dataclass(frozen=True, slots=True)
class Row:
    """One VNet or site as typed: the text of each column."""

    rows: Rows
    texts: Mapping[str, str]

    @classmethod
    def of(cls, rows: Rows, **texts: str) -> Row:
        """A row that says this; a column that says nothing has its default, where that has a name."""
        return cls(rows, {column: texts.get(column, "") or rows.defaults[column] for column in rows.columns})

    def __getitem__(self, column: str) -> str:
        return self.texts[column]

    def having(self, **texts: str) -> Row:
        """The row with other texts in these columns."""
        return Row.of(self.rows, **{**self.texts, **texts})

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed in this row; a choice that has a default is not typed."""
        return not any(text for column, text in self.texts.items() if not self.rows.defaults[column])

    @property
    def says_more(self) -> bool:
        """Whether it says anything in a column that stands behind the row."""
        return any(
            text != self.rows.defaults[column]
            for column, text in self.texts.items()
            if column not in self.rows.kind.brief
        )


@dataclass(frozen=True, slots=True)
class Typed:
    """All that was typed. `edition` is empty where none was named; `rows` are by the parameter that they begin with,
    `whole` has the text of every other parameter, `1` where a box was ticked. `table` has the fields of the need.

    Three things are the wizard's alone: `want` is what its first question chose to join, `unknown` names the questions
    that were passed over, and `answered` those whose answer says nothing else, such as no. `is_check` says that it was
    read from a set-up that stands, whose advice is a check.
    """

    edition: str
    rows: Mapping[str, tuple[Row, ...]]
    whole: Mapping[str, str]
    want: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    table: Table = Need
    is_check: bool = False

    @property
    def vnets(self) -> tuple[Row, ...]:
        """The VNets, the hub first."""
        return self.rows["vnet"]

    @property
    def sites(self) -> tuple[Row, ...]:
        """The sites."""
        return self.rows["site"]

    @property
    def clients(self) -> str:
        """How many clients."""
        return self.whole["clients"]

    @property
    def pool(self) -> str:
        """Their address pool."""
        return self.whole["pool"]

    @property
    def mbps(self) -> str:
        """The total bandwidth."""
        return self.whole["mbps"]

    @property
    def flags(self) -> frozenset[str]:
        """The boxes that were ticked."""
        return frozenset(
            one.name for one in whole_parameters(self.table) if one.field.is_ticked and self.whole[one.name]
        )

    @property
    def assumed(self) -> tuple[str, ...]:
        """The questions for which the advice assumes something: those that were passed over, and the number of clients
        where that was said to be unknown, whether by the wizard, the form, a link, or the files of a setup.
        """
        is_open = self.clients == UNKNOWN and "clients" not in self.unknown
        return (*self.unknown, "clients") if is_open else self.unknown

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to advise on yet."""
        return all(row.is_empty for rows in self.rows.values() for row in rows) and not any(self.whole.values())

    def with_rows(self, **rows: tuple[Row, ...]) -> Typed:
        """The same with other rows: `said.with_rows(site=())`."""
        return replace(self, rows={**self.rows, **rows})


def whole_parameters(table: Table = Need) -> tuple[Parameter, ...]:
    """The parameters that stand once in an address, but for the edition."""
    return tuple(one for one in parameters(table) if not one.rows and one.name != EDITION)


def without_default(parameter: Parameter, text: str) -> str:
    """What is typed in a parameter that stands once: nothing where that is its default, which goes without saying."""
    return "" if text == parameter.field.said_default else text


def raw_need(said: Typed) -> tuple[dict[str, Any], dict[str, int]]:
    """The raw need for `parse_need`, and for each member's path (`sites[0]`) the number of its row as typed."""
    raw: dict[str, Any] = _raw(said.table, said.whole.__getitem__)
    places: dict[str, int] = {}
    if said.edition:
        raw[EDITION] = said.edition
    for name, rows in rows_of(said.table).items():
        members: list[dict[str, Any]] = []
        for number, row in enumerate(said.rows[name]):
            if not row.is_empty:
                places[f"{rows.path}[{len(members)}]"] = number
                called = {"name": f"{rows.kind.called} {number + 1}"}
                members.append(called | _raw(rows.kind.table, row.__getitem__))
        if members:
            raw[rows.path] = members
    return raw, places


def _raw(table: Table, text_of: Callable[[str], str]) -> dict[str, Any]:
    """What the parameters of a table say: no, nought and not known are said, an empty text is not."""
    raw: dict[str, Any] = {}
    for field in fields_of(table):
        if isinstance(field.kind, Inside):
            value: object = _raw(field.kind.table, text_of)
        elif isinstance(field.kind, Members) or field.parameter in ("", EDITION):
            continue
        else:
            text = text_of(field.parameter)
            value = field.notation.read(text) if text else ""
        if value not in ("", [], {}):
            raw[field.name] = value
    return raw


def typed_of(need: Need) -> Typed:
    """What to type for a need: read again it is the same need."""
    table = type(need)
    return Typed(
        edition=need.edition,
        rows={
            name: tuple(_row(rows, member) for member in getattr(need, rows.path))
            for name, rows in rows_of(table).items()
        },
        whole={
            one.name: without_default(one, one.field.written(attrgetter(one.path)(need)))
            for one in whole_parameters(table)
        },
        table=table,
    )


def _row(rows: Rows, member: object) -> Row:
    texts = {
        column: "".join(one.field.written(getattr(member, one.field.name)) for one in together)
        for column, together in rows.columns.items()
    }
    return Row.of(rows, **texts)
