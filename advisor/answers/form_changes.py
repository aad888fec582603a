"""What the buttons of the form do to what was typed: rows that are added, removed, duplicated and pasted, and a
suggestion that is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from advisor.answers.form import LEAST_ROWS, AdviceForm, FieldFault
from advisor.answers.pasted_tables import PastedTable, pasted
from advisor.answers.query_string import Query
from advisor.answers.typed import MOST_ROWS, Row, Typed, whole_parameters
from advisor.core.field_parameters import Parameter, rows_of
from advisor.core.kinds import Several

OF_ITS_OWN = {"site": ("name", "prefixes", "ip"), "vnet": ("name", "prefixes", "subnets", "asn")}
"""Columns that a duplicate of a row does not share with it."""

LONGEST_UNREAD = 200
"""Characters of the names of columns that an address repeats."""


@dataclass(frozen=True, slots=True)
class Change:
    """The answers after a button was pressed: what it `did`, the `kinds` of rows that it changed, how many rows of each
    kind stand there now, the field to go on with, what a removed row was called, and the table that was read.
    """

    said: Typed
    ready: Mapping[str, int]
    did: str = ""
    kinds: tuple[str, ...] = ()
    goes_to: str = ""
    name: str = ""
    table: PastedTable | None = None

    @property
    def kind(self) -> str:
        """The rows that were changed last, if any were."""
        return self.kinds[-1] if self.kinds else ""

    @property
    def standing(self) -> str:
        """What an address says to have as many rows there, which has no empty ones itself: `site:4,vnet:1`."""
        usual = {kind: max(LEAST_ROWS.get(kind, 1), sum(map(_is_full, self.said.rows[kind]))) for kind in self.ready}
        told = [kind for kind, count in self.ready.items() if kind in self.kinds or count != usual[kind]]
        return ",".join(f"{kind}:{self.ready[kind]}" for kind in told)

    @property
    def goes_to_in_address(self) -> str:
        """The field to go on with where the answers come from an address: rows that say something stand first there."""
        path, number, column = self.goes_to.rsplit("-", 2) if self.goes_to.count("-") > 1 else ("", "", "")
        kind = next((name for name, rows in rows_of(self.said.table).items() if rows.path == path), "")
        if not kind:
            return self.goes_to
        rows = self.said.rows[kind]
        places = [*range(max(len(rows), self.ready[kind]))]
        order = sorted(places, key=lambda place: place >= len(rows) or rows[place].is_empty)
        return f"{path}-{order.index(int(number))}-{column}"


@dataclass(frozen=True, slots=True)
class PasteReport:
    """What was read of a pasted table: how many rows of which kind, how many of them have something to correct, how
    many were left out, and the names of columns that were not read.
    """

    kind: str
    read: int
    to_correct: int
    left_out: int
    unread: str


def changed(said: Typed, given: Query, *, is_asked: bool) -> Change:
    """The answers after the button that `given` names, if it names one. Where advice `is_asked` for, tables that stand
    in the form are read too: nothing that was typed is passed over.
    """
    before = Change(said, {kind: len(rows) for kind, rows in said.rows.items() if rows})
    for did, change in _BUTTONS.items():
        kind, _, number = given.get(did, "").partition(":")
        if kind in said.rows:
            return change(before, kind, number, given.get(f"{kind}_table", ""))
    for kind in said.rows if is_asked else ():
        if table := given.get(f"{kind}_table", "").strip():
            before = _with_table(before, kind, "", table)
    return before


def _with_row(change: Change, kind: str, _number: str, _table: str) -> Change:
    count = min(max(1, change.ready.get(kind, LEAST_ROWS.get(kind, 1))) + 1, MOST_ROWS)
    return _done(change, "add", kind, change.said.rows[kind], count, count - 1)


def _without_row(change: Change, kind: str, number: str, _table: str) -> Change:
    rows = change.said.rows[kind]
    if (place := _place(number, rows)) is None:
        return change
    left = (*rows[:place], *rows[place + 1 :])
    count = max(1, len(left))
    return replace(
        _done(change, "remove", kind, left, count, min(place, count - 1)), name=rows[place]["name"] or str(place + 1)
    )


def _with_duplicate(change: Change, kind: str, number: str, _table: str) -> Change:
    rows = change.said.rows[kind]
    place = _place(number, rows)
    if place is None or len(rows) >= MOST_ROWS:
        return change
    copy = rows[place].having(**dict.fromkeys(OF_ITS_OWN[kind], ""))
    more = (*rows[: place + 1], copy, *rows[place + 1 :])
    return _done(change, "duplicate", kind, more, len(more), place + 1)


def _with_table(change: Change, kind: str, _number: str, text: str) -> Change:
    """The rows of a table below those that say something."""
    full = tuple(row for row in change.said.rows[kind] if _is_full(row))
    table = pasted(text, kind, MOST_ROWS - len(full))
    rows = (*full, *table.rows)
    count = max(len(rows), LEAST_ROWS.get(kind, 1))
    return replace(_done(change, "paste", kind, rows, count, len(full) if table.rows else 0), table=table)


_BUTTONS: Mapping[str, Callable[[Change, str, str, str], Change]] = {
    "add": _with_row,
    "remove": _without_row,
    "duplicate": _with_duplicate,
    "paste": _with_table,
}


def _done(change: Change, did: str, kind: str, rows: tuple[Row, ...], count: int, number: int) -> Change:
    return replace(
        change,
        said=change.said.with_rows(**{kind: rows}),
        ready={**change.ready, kind: count},
        did=did,
        kinds=(*change.kinds, kind),
        goes_to=f"{rows_of(change.said.table)[kind].path}-{number}-name",
    )


def _place(number: str, rows: tuple[Row, ...]) -> int | None:
    return int(number) if number.isascii() and number.isdecimal() and int(number[:4]) < len(rows) else None


def _is_full(row: Row) -> bool:
    return not row.is_empty


def with_suggestion(change: Change, faults: Iterable[FieldFault], taken: str) -> Change:
    """The answers with what was suggested in place of what is wrong: `taken` is the field and the wrong value, with a
    space between them.
    """
    anchor, _, value = taken.partition(" ")
    fault = next((one for one in faults if (one.anchor, one.value) == (anchor, value) and one.suggestion), None)
    if fault is None:
        return change
    suggestion, said = str(fault.suggestion), change.said
    if one := next((one for one in whole_parameters(said.table) if one.name == anchor), None):
        text = _corrected(one, said.whole[anchor], value, suggestion)
        return replace(
            change, said=replace(said, whole={**said.whole, anchor: text}), did="take", goes_to=anchor, name=fault.field
        )
    path, number, column = anchor.rsplit("-", 2)
    kind, rows = next((name, rows) for name, rows in rows_of(said.table).items() if rows.path == path)
    texts = list(said.rows[kind])
    row = texts[int(number)]
    corrected = _corrected(rows.columns[column][0], row[column], value, suggestion)
    texts[int(number)] = row.having(**{column: corrected})
    return replace(
        change,
        said=said.with_rows(**{kind: tuple(texts)}),
        did="take",
        kinds=(kind,),
        goes_to=anchor,
        name=fault.field,
    )


def _corrected(parameter: Parameter, text: str, wrong: str, right: str) -> str:
    """The text of a field with the right value in place of the wrong one, which may be one of several."""
    if not isinstance(parameter.field.kind, Several):
        return right
    parts = parameter.field.notation.read(text)
    return ", ".join(right if part == wrong else str(part) for part in parts) if isinstance(parts, list) else right


def report_of(kind: str, table: PastedTable, judged: AdviceForm) -> PasteReport:
    """What was read of a table that stands in the form now, below what stood there."""
    return _report(judged, kind, len(table.rows), table.left_out, ", ".join(table.unread))


def as_parameter(kind: str, table: PastedTable) -> str:
    """The same for an address: `site:12:0:Contact`."""
    return f"{kind}:{len(table.rows)}:{table.left_out}:{', '.join(table.unread)[:LONGEST_UNREAD]}"


def report_in(parameter: str, judged: AdviceForm) -> PasteReport | None:
    """What an address says of a table that was read, or None where it says nothing of the kind."""
    kind, read, left_out, unread = [*parameter.split(":", 3), "", "", "", ""][:4]
    if kind not in judged.rows or not all(
        one.isascii() and one.isdecimal() and len(one) < 7 for one in (read, left_out)
    ):
        return None
    return _report(judged, kind, int(read), int(left_out), unread[:LONGEST_UNREAD])


def _report(judged: AdviceForm, kind: str, read: int, left_out: int, unread: str) -> PasteReport:
    to_correct = sum(1 for _ in faults_of_last(judged, kind, read, each_row=True))
    return PasteReport(kind, read, to_correct, left_out, unread)


def faults_of_last(judged: AdviceForm, kind: str, count: int, *, each_row: bool = False) -> Iterator[str]:
    """The fields with a fault in the last so many rows of a kind that say something; of each row only the first, if
    asked.
    """
    full = [row for row in judged.rows[kind] if not row.typed.is_empty]
    for row in full[len(full) - min(count, len(full)) :]:
        at_fault = [field.id for field in (*row.brief, *row.more) if field.faults]
        yield from at_fault[:1] if each_row else at_fault
