"""The limits of an edition as rows of the database: written from a limits file, and read as one.

Rows hold what a limits file says, field by field; what was changed on the site lies over them. `Edition.limits_digest`
and `Edition.changed_limits_digest` name what both hold together: a catalogue that was read is kept until one changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connections, router

from faq.knowledge.changed_limits import Leaf, with_changes
from faq.knowledge.limits import Catalogue
from faq.knowledge.limits_file import read_catalogue, written_limits
from faq.models import Edition, Limit, LimitSource
from faq.store.content_version import kept
from web.languages import LANGUAGES

T = TypeVar("T", Limit, LimitSource)

_COLUMNS = "id, code, date, limits_digest, changed_limits_digest"
READ = f"SELECT {_COLUMNS} FROM {Edition._meta.db_table} ORDER BY date DESC NULLS LAST, code"  # noqa: S608 -- our own
"""The rows themselves are read once for each digest."""

_TEXTS = ("name", "note", "shown")
"""Fields of a limit that hold a text for each language."""


def write_limits(edition: Edition, raw: Mapping[str, Any]) -> bool:
    """Make the rows of an edition those of a parsed limits file, which must hold. Returns whether anything changed."""
    plain = _plain(raw)
    digest = hashlib.sha256(_ordered(plain).encode()).hexdigest() if plain else ""
    if edition.limits_digest == digest:
        return False
    sources = _written_over(
        LimitSource(edition=edition, order=order, key=key, **dict.fromkeys(LimitSource.FIELDS, "") | fields)
        for order, (key, fields) in enumerate(plain.get("sources", {}).items())
    )
    by_key = {source.key: source for source in sources}
    limits = _written_over(
        Limit(edition=edition, order=order, key=key, source=by_key[leaf["source"]], **_columns(leaf))
        for order, (key, leaf) in enumerate(written_limits(plain))
    )
    edition.limits.exclude(key__in=[limit.key for limit in limits]).delete()
    edition.limit_sources.exclude(key__in=by_key).delete()
    edition.limits_checked = _day(plain.get("checked"))
    edition.limits_digest = digest
    edition.save(update_fields=["limits_checked", "limits_digest"])
    return True


def _written_over(rows: Iterable[T]) -> list[T]:
    """Write rows over those with the same key, which keep their number: a form that is open still finds its limit."""
    wanted = list(rows)
    if not wanted:
        return []
    model = type(wanted[0])
    kept = dict(model._default_manager.filter(edition=wanted[0].edition).values_list("key", "pk"))
    for row in wanted:
        row.pk = kept.get(row.key)
    columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    model._default_manager.bulk_update([row for row in wanted if row.pk], columns, batch_size=100)
    model._default_manager.bulk_create([row for row in wanted if not row.pk])
    return wanted


def read_limits(edition: Edition) -> dict[str, Any]:
    """The limits of an edition as a parsed limits file, with what was changed on the site; empty where it has none."""
    return with_changes(loaded_limits(edition), changed_leaves(edition))


def changed_leaves(edition: Edition) -> dict[str, Leaf]:
    """The limits of an edition that were changed on the site, as `faq.knowledge.changed_limits` writes them, by key."""
    if not edition.changed_limits_digest:
        return {}
    newest = {change.key: change.leaf for change in edition.limit_changes.all()}
    return {key: leaf for key, leaf in newest.items() if leaf is not None}


def loaded_limits(edition: Edition) -> dict[str, Any]:
    """The rows of an edition as a parsed limits file, as it was loaded; empty where it has none."""
    if not edition.limits_digest:
        return {}
    raw: dict[str, Any] = {"checked": edition.limits_checked} if edition.limits_checked else {}
    raw["sources"] = {
        source.key: {name: value for name in LimitSource.FIELDS if (value := getattr(source, name))}
        for source in edition.limit_sources.all()
    }
    for limit in edition.limits.select_related("source"):
        table = raw
        *groups, last = limit.key.split(".")
        for group in groups:
            table = table.setdefault(group, {})
        table[last] = dict(_leaf(limit))
    return raw


@kept
def catalogues() -> dict[str, Catalogue]:
    """The limits of every edition by its code, newest first. One small query."""
    with connections[router.db_for_read(Edition)].cursor() as cursor:
        cursor.execute(READ)
        return {
            code: _catalogue(key, code, (loaded, changed), _day(day))
            for key, code, day, loaded, changed in cursor.fetchall()
        }


@lru_cache(maxsize=16)
def _catalogue(key: int, code: str, digests: tuple[str, str], day: date | None) -> Catalogue:
    """A catalogue, read once for what the digests name."""
    return read_catalogue(code, read_limits(Edition.objects.get(pk=key)), day)


def _ordered(plain: Mapping[str, Any]) -> str:
    """A limits file in writing, its limits in their order and the fields of each in one of their own."""
    leaves = [[key, dict(leaf)] for key, leaf in written_limits(plain)]
    return json.dumps([plain.get("checked"), list(plain.get("sources", {}).items()), leaves], sort_keys=True)


def _columns(leaf: Mapping[str, Any]) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "value": leaf.get("range", leaf.get("value")),
        "is_range": "range" in leaf,
        "conflicts": leaf.get("conflicts", []),
    }
    columns |= {name: leaf[name] for name in ("unit", "same_as", "entry") if name in leaf}
    columns |= {name: _day(leaf[name]) for name in ("checked", "valid_from", "valid_to") if name in leaf}
    for name in _TEXTS:
        columns |= {f"{name}_{language}": leaf.get(name, {}).get(language, "") for language in LANGUAGES}
    return columns


def _leaf(limit: Limit) -> Iterator[tuple[str, Any]]:
    """The fields of a row as a limits file has them; a limit without a value of its own names the one that has it."""
    if limit.same_as:
        yield "same_as", limit.same_as
    else:
        yield ("range" if limit.is_range else "value"), limit.value
        yield "unit", limit.unit
    yield "source", limit.source.key
    for name in ("checked", "entry", "valid_from", "valid_to"):
        if value := getattr(limit, name):
            yield name, value
    for name in _TEXTS:
        if texts := {language: text for language in LANGUAGES if (text := getattr(limit, f"{name}_{language}"))}:
            yield name, texts
    if limit.conflicts:
        yield "conflicts", limit.conflicts


def _plain(value: Any) -> Any:
    """Parsed TOML as JSON values: a date becomes its ISO text."""
    if isinstance(value, Mapping):
        return {name: _plain(child) for name, child in value.items()}
    if isinstance(value, list):
        return [_plain(child) for child in value]
    return value.isoformat() if isinstance(value, date) else value


def _day(value: date | str | None) -> date | None:
    """A date, of a text as JSON and SQLite have it."""
    return date.fromisoformat(value) if isinstance(value, str) else value
