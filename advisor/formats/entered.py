"""A design as it was entered: a table of its sites and one of its VNets, and its other answers, in the active language.

Each table has the columns in which a row says something, with the name first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from advisor.answers.typed import Typed, typed_of, whole_parameters
from advisor.core.field_parameters import Parameter, rows_of
from advisor.core.need import Need
from advisor.core.notations import ADDRESS, MBPS, SEVERAL, TICKED
from advisor.wording.labels import amount, choice_of, entered_as, named_as
from faq.knowledge.units import SYSTEMS

UNSAID = frozenset({"name", "as_of"})
"""Answers that the head of an advice has."""


@dataclass(frozen=True, slots=True)
class EnteredTable:
    """The members of one kind: what they are, their columns, and for each member a text in every column."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Entered:
    """All that a design says: its tables, and its other answers, each with what it is called."""

    tables: tuple[EnteredTable, ...]
    answers: tuple[tuple[str, str], ...]


def entered(need: Need) -> Entered:
    """What a need says, as somebody would type it; what goes without saying is left out."""
    said = typed_of(need)
    return Entered(tuple(_tables(said)), tuple(_answers(said)))


def _tables(said: Typed) -> Iterator[EnteredTable]:
    for name, rows in reversed(list(rows_of(said.table).items())):
        members = said.rows[name]
        columns = [
            (column, together[0])
            for column, together in rows.columns.items()
            if column == "name" or any(row[column] != rows.defaults[column] for row in members)
        ]
        if members:
            yield EnteredTable(
                named_as(name, "members"),
                tuple(entered_as(first.name) for _column, first in columns),
                tuple(tuple(_text(first, row[column]) for column, first in columns) for row in members),
            )


def _answers(said: Typed) -> Iterator[tuple[str, str]]:
    for one in whole_parameters(said.table):
        text = said.whole[one.name]
        if text and one.name not in UNSAID:
            yield entered_as(one.name), _text(one, text)


def _text(parameter: Parameter, text: str) -> str:
    """What was typed, with the words for what was chosen and the reader's notation of numbers."""
    notation = parameter.field.notation
    if not text:
        return ""
    if notation is TICKED:
        return _("yes")
    if notation is ADDRESS and text in ("yes", "no"):
        return _("yes") if text == "yes" else _("no")
    if notation.unknown and text == notation.unknown:
        return _("not known")
    if notation is MBPS:
        return amount(float(text), "Mbps")
    if notation is SEVERAL:
        return ", ".join(SYSTEMS.get(one, one) for one in text.split(","))
    return choice_of(parameter.name, text)
