"""The limits of an edition as rows of the database: written from a limits file, and read as one.

Rows hold what a limits file says, field by field. `Edition.limits_digest` names what the rows of an edition hold
together: a catalogue that was read is kept until it changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connections, router

from faq.knowledge.limits import Catalogue
from faq.knowledge.limits_file import read_catalogue, written_limits
from faq.models import Edition, Limit, LimitSource
from faq.store.content_version import kept
from web.languages import LANGUAGES

READ = f"SELECT id, code, date, limits_digest FROM {Edition._meta.db_table} ORDER BY date DESC NULLS LAST, code"  # noqa: S608 -- our own table
"""The rows themselves are read once for each digest."""

_TEXTS = ("name", "note", "shown")
"""Fields of a limit that hold a text for each language."""


def write_limits(edition: Edition, raw: Mapping[str, Any]) -> bool:
    """Make the rows of an edition those of a parsed limits file, which must hold. Returns whether anything changed."""
    plain = _plain(raw)
    digest = hashlib.sha256(_ordered(plain).encode()).hexdigest() if plain else ""
    if edition.limits_digest == digest:
        return False
    edition.limit_sources.all().delete()
    edition.limits.all().delete()
    sources = LimitSource.objects.bulk_create(
        LimitSource(edition=edition, order=order, key=key, **fields)
        for order, (key, fields) in enumerate(plain.get("sources", {}).items())
    )
    by_key = {source.key: source for source in sources}
    Limit.objects.bulk_create(
        Limit(edition=edition, order=order, key=key, source=by_key[leaf["source"]], **_columns(leaf))
        for order, (key, leaf) in enumerate(written_limits(plain))
    )
    edition.limits_checked = _day(plain.get("checked"))
    edition.limits_digest = digest
    edition.save(update_fields=["limits_checked", "limits_digest"])
    return True


def read_limits(edition: Edition) -> dict[str, Any]:
    """The rows of an edition as a parsed limits file; empty where it has none."""
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
        return {code: _catalogue(key, code, digest, _day(day)) for key, code, day, digest in cursor.fetchall()}


@lru_cache(maxsize=16)
def _catalogue(key: int, code: str, digest: str, day: date | None) -> Catalogue:
    """A catalogue, read once for what the digest names."""
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
