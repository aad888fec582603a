"""A form: what was typed, the need it makes, and each error at the field where it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _

from advisor.answers.typed import MOST_ROWS, Row, Typed, raw_need, whole_parameters
from advisor.core.editions import EDITIONS
from advisor.core.field_parameters import Parameter, parameters_by_path, rows_of
from advisor.core.kinds import Table, Value
from advisor.core.need import Need, NeedRefused, parse_need
from advisor.core.refusals import FieldError
from advisor.wording.labels import choice_of, hint_of, label_of, place_of, placeholder_of
from advisor.wording.sentences import form_texts
from faq.knowledge.limits import Catalogue

LEAST_ROWS = {"vnet": 2, "site": 3}
"""Rows that stand ready to be filled in, where nobody said how many."""

ELSEWHERE = "form"
"""Where an error stands that is of no field."""

_INDEX = re.compile(r"\[\d+\]")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class FieldFault:
    """An error as a page shows it: the field where it stands, what that is called, a sentence, the value given, and
    what may be meant, with the words for that.
    """

    anchor: str
    field: str
    text: str
    value: str
    suggestion: str | None
    suggested: str


@dataclass(frozen=True, slots=True)
class FormField:
    """One field as a form shows it. `choices` are codes with their words; without any it is typed,
    or ticked where it is a box. `unknown` is what a box beside it sends where the value is not known, if it can
    be said.
    """

    id: str
    name: str
    label: str
    value: str
    faults: tuple[FieldFault, ...]
    hint: str
    placeholder: str
    input_mode: str
    unknown: str
    choices: tuple[tuple[str, str], ...]
    is_box: bool

    @property
    def column(self) -> str:
        """Of a field in a row, the column that it stands in."""
        return self.id.rpartition("-")[2]

    @property
    def is_unknown(self) -> bool:
        """Whether it was said that the value is not known."""
        return bool(self.unknown) and self.value == self.unknown


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row as a form shows it: the fields in the row itself, and `more` behind it."""

    typed: Row
    brief: tuple[FormField, ...]
    more: tuple[FormField, ...]

    @property
    def errors(self) -> Mapping[str, tuple[FieldFault, ...]]:
        """The faults of each column that has any."""
        return {field.column: field.faults for field in (*self.brief, *self.more) if field.faults}


@dataclass(frozen=True, slots=True)
class FormGroup:
    """The fields beside those of rows that belong together, in the order of the contract."""

    inputs: tuple[FormField, ...]
    boxes: tuple[FormField, ...]


@dataclass(frozen=True)
class AdviceForm:
    """The form after reading: what was typed, the need that it makes or None, and every fault.

    `catalogue` has the limits of the edition that is shown, `ready` says how many rows stand there at least.
    """

    said: Typed
    need: Need | None
    faults: tuple[FieldFault, ...]
    catalogue: Catalogue
    ready: Mapping[str, int]

    @cached_property
    def faults_at(self) -> Mapping[str, tuple[FieldFault, ...]]:
        """The faults at each field, by its anchor."""
        found: dict[str, tuple[FieldFault, ...]] = {}
        for fault in self.faults:
            found[fault.anchor] = (*found.get(fault.anchor, ()), fault)
        return found

    @cached_property
    def rows(self) -> Mapping[str, tuple[FormRow, ...]]:
        """The rows typed, and empty ones until there are enough, by what their parameters begin with (`site`)."""
        return {name: tuple(self._rows(name)) for name in self.said.rows}

    @cached_property
    def groups(self) -> Mapping[str, FormGroup]:
        """The fields beside those of rows, by the group that they are of."""
        groups: dict[str, list[FormField]] = {}
        for one in whole_parameters(self.said.table):
            if one.field.group and self._is_shown(one, self.said.whole[one.name]):
                groups.setdefault(one.field.group, []).append(self._field(one, self.said.whole[one.name], one.name))
        return {
            group: FormGroup(tuple(one for one in found if not one.is_box), tuple(one for one in found if one.is_box))
            for group, found in groups.items()
        }

    def _is_shown(self, parameter: Parameter, value: str) -> bool:
        """Whether a field stands in the form: one that the edition has no use for does if it was said."""
        book = EDITIONS.get(self.catalogue.edition)
        return bool(value) or book is None or parameter.path not in book.unused_fields

    def _rows(self, name: str) -> Iterator[FormRow]:
        rows, typed = rows_of(self.said.table)[name], self.said.rows[name]
        wanted = max(1, min(self.ready.get(name, LEAST_ROWS.get(name, 1)), MOST_ROWS))
        for number, row in enumerate((*typed, *[Row.of(rows)] * (wanted - len(typed)))):
            fields = tuple(
                self._field(first, row[column], f"{rows.path}-{number}-{column}", number)
                for column, (first, *_together) in rows.columns.items()
            )
            brief = len(rows.kind.brief)
            shown = zip(rows.columns.values(), fields, strict=True)
            more = tuple(field for (first, *_), field in [*shown][brief:] if self._is_shown(first, field.value))
            yield FormRow(row, fields[:brief], more)

    def _field(self, parameter: Parameter, value: str, anchor: str, number: int | None = None) -> FormField:
        name, field = parameter.name, parameter.field
        return FormField(
            id=anchor,
            name=name,
            label=label_of("hub" if (name, number) == ("vnet", 0) else name),
            value=value,
            faults=self.faults_at.get(anchor, ()),
            hint=hint_of(name),
            placeholder=placeholder_of(name),
            input_mode=field.notation.input_mode,
            unknown=field.notation.unknown,
            choices=self._choices(parameter, value),
            is_box=field.is_ticked and not parameter.rows,
        )

    def _choices(self, parameter: Parameter, value: str) -> tuple[tuple[str, str], ...]:
        """The choices of a field; where its value is none of them, it stands open, and sends that value again."""
        field = parameter.field
        if not isinstance(field.kind, Value) or field.kind.choices is None:
            return ()
        codes = (*([] if field.said_default else [""]), *field.kind.choices(self.catalogue))
        is_open = [] if value in codes else [(value, _("Choose…"))]
        return (*is_open, *((code, choice_of(parameter.name, code)) for code in codes))


def read_form(
    said: Typed,
    default_edition: str,
    catalogues: Mapping[str, Catalogue],
    language: str,
    *,
    ready: Mapping[str, int] | None = None,
) -> AdviceForm:
    """Judge what was typed. `catalogues` holds the limits of each edition that can be asked for, `ready` how many rows
    are to stand there at least (`{"site": 4}`).

    An edition that is not there is left out: the page says which one it shows.
    """
    known = said if said.edition in catalogues else replace(said, edition="")
    need, faults = _judged(known, default_edition, catalogues, language)
    return AdviceForm(said, need, faults, catalogues[known.edition or default_edition], ready or {})


def _judged(
    said: Typed, default_edition: str, catalogues: Mapping[str, Catalogue], language: str
) -> tuple[Need | None, tuple[FieldFault, ...]]:
    """The need that was typed, if something was and it is right, else every fault."""
    if said.is_empty:
        return None, ()
    raw, places = raw_need(said)
    try:
        return parse_need(raw, default_edition, catalogues, said.table), ()
    except NeedRefused as refused:
        errors = refused.errors
    return None, tuple(_fault(error, said, places, language) for error in errors)


def _fault(error: FieldError, said: Typed, places: Mapping[str, int], language: str) -> FieldFault:
    parameter = parameters_by_path(said.table).get(_INDEX.sub("[]", error.path).removesuffix("[]"))
    value = "" if error.value is None else str(error.value)
    has_choices = parameter is not None and _is_chosen(parameter)
    told = replace(
        error,
        reason="no-choice" if has_choices and error.reason == "unknown-code" else error.reason,
        parameters=(*error.parameters, ("value", value)),
    )
    suggestion = error.suggestion or ""
    return FieldFault(
        anchor=_anchor(parameter, error, places),
        field=_field_in_words(parameter, error, said, places),
        text=form_texts().refusal(told, language),
        value=value,
        suggestion=error.suggestion,
        suggested=choice_of(parameter.name, suggestion) if parameter and has_choices and suggestion else suggestion,
    )


def _is_chosen(parameter: Parameter) -> bool:
    """Whether a field is one of choices."""
    return isinstance(parameter.field.kind, Value) and parameter.field.kind.choices is not None


def _anchor(parameter: Parameter | None, error: FieldError, places: Mapping[str, int]) -> str:
    """The field where something was typed that an error is about: `sites[1].prefixes[0]` stands in `sites-3-prefixes`,
    if two rows before it are empty.
    """
    if parameter is None:
        return ELSEWHERE
    member = error.path.partition(".")[0]
    kind = member.partition("[")[0]
    return f"{kind}-{places[member]}-{parameter.column}" if parameter.rows else parameter.name


def anchor_at(path: str, table: Table = Need) -> str:
    """The field of a form that says what stands at a path of a need: `sites-2-mbps` for `sites[2].bandwidth_mbps`. Of a
    whole member, or of all of them, it is a name; empty where no field says it.
    """
    member, _sep, rest = path.partition(".")
    for rows in rows_of(table).values():
        if _INDEX.sub("", member) == rows.path:
            number = _NUMBER.findall(member)
            parameter = parameters_by_path(table).get(f"{rows.path}[].{_INDEX.sub('', rest)}")
            column = parameter.column if parameter else "name"
            return f"{rows.path}-{number[0] if number else 0}-{column}"
    parameter = parameters_by_path(table).get(_INDEX.sub("", path))
    return parameter.name if parameter and parameter.field.group else ""


def _field_in_words(parameter: Parameter | None, error: FieldError, said: Typed, places: Mapping[str, int]) -> str:
    """What the field is called that an error is about: of a row, with the name of that, or its number without one; the
    design where it is about no field.
    """
    if parameter is None:
        return _("The design")
    if not parameter.rows:
        return label_of(parameter.name)
    number = places[error.path.partition(".")[0]]
    name = said.rows[parameter.rows][number]["name"] or str(number + 1)
    return place_of(parameter.rows, parameter.column, name)


def ready_rows(add: str) -> dict[str, int]:
    """How many rows of each kind stand there, from what an address says: `site:4,vnet:1`."""
    counts = (part.partition(":") for part in add.split(","))
    return {name: int(count) for name, _, count in counts if count.isascii() and count.isdecimal() and len(count) < 4}


def one_more(said: Typed, name: str) -> str:
    """What an address says to have one row more ready than stood there, empty ones too: `site:4`."""
    return f"{name}:{len(said.rows.get(name, ())) + 1}"
