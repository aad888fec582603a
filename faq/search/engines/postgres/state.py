"""What the index in the database is of: its content version, its terms, and how many documents it has.

Pure: no Django.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from faq.search.engine import IndexUnusable
from faq.search.engines.postgres import tables
from faq.search.engines.postgres.tables import Cursor
from faq.search.engines.stored import terms_from_json, terms_to_json
from faq.search.terms import Term


@dataclass(frozen=True, slots=True)
class State:
    """The content version of an index, its documents, and the digest of its terms."""

    content_version: int
    documents: int
    terms_digest: str


def state_of(cursor: Cursor, content_version: int = 0) -> State:
    """What the index is of. Raises `IndexUnusable` where there is none, or one of an earlier content version."""
    found = _row(cursor) if tables.is_there(cursor) else None
    if found is None:
        raise IndexUnusable("there is no index in the database")
    if found.content_version < content_version:
        raise IndexUnusable(f"the index is of content version {found.content_version}, not of {content_version}")
    return found


def terms_in(cursor: Cursor) -> tuple[Term, ...]:
    """The terms of an index that is there."""
    cursor.execute("SELECT terms FROM search_2_index")
    (stored,) = cursor.fetchone()
    return terms_from_json(tables.from_jsonb(stored))


def begun(cursor: Cursor, terms: Sequence[Term]) -> bool:
    """Begin to write the index, alone; whether it has these terms already. The tables are made where there are none."""
    cursor.execute(tables.LOCKED)
    if not tables.is_there(cursor):
        tables.create(cursor)
    found = _row(cursor)
    if found and found.terms_digest == digest_of_terms(terms):
        return True
    cursor.execute(
        "INSERT INTO search_2_index (id, content_version, documents, weighed, terms, terms_digest) "
        "VALUES (1, 0, 0, 0, %s::jsonb, %s) "
        "ON CONFLICT (id) DO UPDATE SET terms = excluded.terms, terms_digest = excluded.terms_digest",
        (json.dumps(terms_to_json(terms), ensure_ascii=False), digest_of_terms(terms)),
    )
    return False


def is_behind_release_before(cursor: Cursor) -> bool:
    """Whether the release before, which has an index of its own, has taken in changes since this one was written: each
    change is told to one of them only.
    """
    if not _has_index_of_release_before(cursor):
        return False
    cursor.execute(
        "SELECT EXISTS (SELECT 1 FROM search_1_index AS before, search_2_index AS own "
        "WHERE before.content_version > own.content_version)"
    )
    return bool(cursor.fetchone()[0])


def have_release_before_build_anew(cursor: Cursor) -> None:
    """Have the release before build its own index anew, should it run again: it is not told of the changes that are
    taken in here. Until then it searches what it has.
    """
    if _has_index_of_release_before(cursor):
        cursor.execute("UPDATE search_1_index SET terms_digest = '' WHERE terms_digest <> ''")


def digest_of_terms(terms: Sequence[Term]) -> str:
    """A digest of terms: an index of others is written anew."""
    return hashlib.sha256(repr(tuple(terms)).encode()).hexdigest()


def _has_index_of_release_before(cursor: Cursor) -> bool:
    cursor.execute("SELECT to_regclass('search_1_index') IS NOT NULL")
    return bool(cursor.fetchone()[0])


def _row(cursor: Cursor) -> State | None:
    cursor.execute("SELECT content_version, documents, terms_digest FROM search_2_index")
    found = cursor.fetchone()
    return State(*found) if found else None
