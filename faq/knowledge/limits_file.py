"""The limits file of an edition, `content/<edition>/limits.toml`: read as a catalogue, or refused with every fault.

Pure: no Django. Each number stands in a file once; another key can have the same value by `same_as`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from faq.knowledge.limits import Catalogue, Conflict, Limit, Source
from faq.knowledge.source_dates import date_parts
from faq.knowledge.units import UNITS
from web.languages import LANGUAGES

RESERVED = frozenset({"checked", "sources"})
"""Top-level keys of a limits file that are not groups of limits."""

_FIELDS = frozenset(
    {
        "value",
        "range",
        "same_as",
        "shown",
        "unit",
        "source",
        "checked",
        "entry",
        "name",
        "note",
        "conflicts",
        "valid_from",
        "valid_to",
    }
)


LARGEST = 10**12
"""No limit is larger; every page and program can show it."""

_SOURCE_FIELDS = ("document", "date", "title", "url", "copy_date")


class LimitError(ValueError):
    """A limits file that does not hold; `problems` has a (key, reason) pair for each fault found."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{key}: {reason}" for key, reason in problems))


def read_catalogue(edition: str, raw: Mapping[str, Any], edition_date: date | None = None) -> Catalogue:
    """Make a catalogue from the parsed TOML of a limits file. Raises `LimitError` with every fault at once.

    What a source later than `edition_date` says instead is marked as changed since; without a date nothing is.
    """
    sources = {key: _source(key, found) for key, found in raw.get("sources", {}).items()}
    problems = [
        (f"sources.{key}", fault) for key, found in raw.get("sources", {}).items() for fault in _source_faults(found)
    ]
    checked = _day(raw.get("checked"))
    leaves = dict(written_limits(raw))
    limits: dict[str, Limit] = {}
    for key, leaf in leaves.items():
        faults = list(_faults(leaf, leaves, sources))
        problems += [(key, fault) for fault in faults]
        if checked and not faults:
            limits[key] = _limit(key, leaf, leaves, sources, checked, edition_date)
    if leaves and checked is None:
        problems.append(("checked", f"{raw.get('checked', '')!r} is not a date such as 2016-12-05"))
    if problems:
        raise LimitError(problems)
    return Catalogue(edition, limits, sources.values(), edition_date)


def written_limits(raw: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each limit of a parsed limits file as it is written there, with its key, in order."""
    return ((key, leaf) for key, leaf in _leaves(raw) if key.split(".")[0] not in RESERVED)


def _source(key: str, found: Mapping[str, Any]) -> Source:
    fields = {field: str(found[field]) for field in _SOURCE_FIELDS if found.get(field)}
    return Source(key, **({"document": "", "date": ""} | fields))


def _source_faults(found: Mapping[str, Any]) -> Iterator[str]:
    if not found.get("document") or not found.get("date"):
        yield "a source needs a document and a date"
    for unknown in sorted(found.keys() - set(_SOURCE_FIELDS)):
        yield f"unknown field {unknown!r}"
    if not str(found.get("url", "https://")).startswith("https://"):
        yield f"url: {found['url']!r} does not begin with https://"
    if "copy_date" in found and date_parts(str(found["copy_date"])) is None:
        yield f"copy_date: {found['copy_date']!r} is not a date such as 2016-12-05"


def _day(value: object) -> date | None:
    """A date, also of its ISO text; None for anything else."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _leaves(node: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, child in node.items():
        if not isinstance(child, Mapping):
            continue
        key = f"{prefix}.{name}" if prefix else name
        if child.keys() & {"value", "range", "same_as"}:
            yield key, child
        else:
            yield from _leaves(child, key)


def _faults(
    leaf: Mapping[str, Any], leaves: Mapping[str, Mapping[str, Any]], sources: Mapping[str, Source]
) -> Iterator[str]:
    for unknown in sorted(leaf.keys() - _FIELDS):
        yield f"unknown field {unknown!r}"
    if len(leaf.keys() & {"value", "range", "same_as"}) != 1:
        yield "needs exactly one of value, range and same_as"
    if leaf.get("source") not in sources:
        yield f"unknown source {leaf.get('source')!r}"
    for field in ("name", "note", "shown"):
        if set(leaf.get(field, LANGUAGES)) != set(LANGUAGES):
            yield f"{field} needs nl and en"
    if "name" not in leaf:
        yield "needs a name in nl and en"
    yield from _day_faults(leaf)
    if "same_as" not in leaf:
        yield from _value_faults(leaf, sources)
    elif "same_as" in leaves.get(leaf["same_as"], leaf):
        yield f"same_as points at {leaf['same_as']!r}, which holds no value"


def _day_faults(leaf: Mapping[str, Any]) -> Iterator[str]:
    days = {name: _day(leaf[name]) for name in ("checked", "valid_from", "valid_to") if name in leaf}
    for name, day in days.items():
        if day is None:
            yield f"{name}: {leaf[name]!r} is not a date such as 2016-12-05"
    first, last = days.get("valid_from"), days.get("valid_to")
    if first and last and first > last:
        yield "valid_from is after valid_to"
    if leaf.get("unit") == "date" and _day(leaf.get("value")) is None:
        yield f"a date is written like 2016-12-05, not {leaf.get('value')!r}"


def _value_faults(leaf: Mapping[str, Any], sources: Mapping[str, Source]) -> Iterator[str]:
    if leaf.get("unit") not in UNITS:
        yield f"unknown unit {leaf.get('unit')!r}"
    value = leaf.get("range", leaf.get("value"))
    for number in value if isinstance(value, list) else [value]:
        if isinstance(number, int | float) and not 0 <= number <= LARGEST:
            yield f"a value must be a number from 0 to {LARGEST}"
    if leaf.get("unit") == "text" and set(leaf.get("value", ())) != set(LANGUAGES):
        yield "a text needs nl and en"
    for conflict in leaf.get("conflicts", ()):
        if conflict.get("source") not in sources or set(conflict.get("text", ())) != set(LANGUAGES):
            yield "a conflict needs a known source and a text in nl and en"


def _limit(
    key: str,
    leaf: Mapping[str, Any],
    leaves: Mapping[str, Mapping[str, Any]],
    sources: Mapping[str, Source],
    checked: date,
    edition_date: date | None,
) -> Limit:
    held = leaves[leaf["same_as"]] if "same_as" in leaf else leaf
    value = held.get("range", held.get("value"))
    if held["unit"] == "date":
        value = _day(value)
    return Limit(
        key=key,
        value=tuple(value) if isinstance(value, list) else value,
        unit=held["unit"],
        source=sources[leaf["source"]],
        checked=_day(leaf.get("checked")) or checked,
        name=leaf["name"],
        is_range="range" in held,
        entry=leaf.get("entry", held.get("entry")),
        note=leaf.get("note"),
        in_words=leaf.get("shown", held.get("shown")),
        valid_from=_day(leaf["valid_from"]) if "valid_from" in leaf else None,
        valid_to=_day(leaf["valid_to"]) if "valid_to" in leaf else None,
        conflicts=tuple(
            _conflict(sources[conflict["source"]], conflict["text"], edition_date)
            for conflict in leaf.get("conflicts", ())
        ),
    )


def _conflict(source: Source, text: Mapping[str, str], edition_date: date | None) -> Conflict:
    """Later is a source whose year, month, or day, as far as it says, comes after the edition's."""
    is_later = edition_date is not None and source.date > edition_date.isoformat()[: len(source.date)]
    return Conflict(source, text, source.date[:4] if is_later else None)
