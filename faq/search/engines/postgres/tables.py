"""The tables of the index, which stand in the database of the site and are read on its replicas too.

Their names end with the form of the index: a release of another form makes tables of its own beside those that the
release before it still searches. Pure: no Django, and no driver: a cursor is given.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, LiteralString, Protocol

FORM = 2
"""Raised whenever what is stored or how words are made changes, so that an older index is built anew."""

CONFIGURATIONS: Mapping[str, str] = {"nl": "dutch", "en": "english"}
"""The text search configuration of PostgreSQL for each language; others are split into words and not stemmed."""


class Cursor(Protocol):
    """What is used of a cursor of the driver."""

    def execute(self, query: LiteralString, parameters: Sequence[Any] | Mapping[str, Any] | None = None, /) -> Any:
        """Run a statement."""

    def executemany(self, query: LiteralString, parameters: Sequence[Sequence[Any]], /) -> Any:
        """Run a statement for each row of parameters."""

    def fetchone(self) -> Any:
        """The next row of the result; None after the last."""

    def fetchall(self) -> list[Any]:
        """The rows of the result that are left."""


# The form stands in the names by hand: a statement is never put together.
CREATE: tuple[LiteralString, ...] = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    """CREATE TABLE search_2_index (
        id smallint PRIMARY KEY CHECK (id = 1),
        content_version bigint NOT NULL,
        documents integer NOT NULL,
        weighed integer NOT NULL,
        terms jsonb NOT NULL,
        terms_digest text NOT NULL
    )""",
    """CREATE TABLE search_2_space (
        id serial PRIMARY KEY,
        edition text NOT NULL,
        language text NOT NULL,
        documents integer NOT NULL DEFAULT 0,
        ways integer NOT NULL DEFAULT 0,
        lengths double precision[] NOT NULL DEFAULT '{0,0,0,0}',
        UNIQUE (edition, language)
    )""",
    """CREATE TABLE search_2_document (
        id bigserial PRIMARY KEY,
        space integer NOT NULL REFERENCES search_2_space,
        slug text NOT NULL,
        digest bytea NOT NULL,
        section text NOT NULL,
        connection_types text[] NOT NULL,
        record jsonb NOT NULL,
        lexemes tsvector NOT NULL,
        terms bytea NOT NULL,
        counts bytea NOT NULL,
        lengths bytea NOT NULL,
        named bytea NOT NULL,
        naming bytea NOT NULL,
        roots bytea NOT NULL,
        usual real NOT NULL,
        usual_meanings real NOT NULL,
        UNIQUE (space, slug)
    ) WITH (toast_tuple_target = 128)""",
    "CREATE INDEX search_2_by_lexeme ON search_2_document USING gin (lexemes) WITH (fastupdate = off)",
    """CREATE TABLE search_2_way (
        document bigint PRIMARY KEY REFERENCES search_2_document ON DELETE CASCADE,
        way_sizes bytea NOT NULL,
        thing_sizes bytea NOT NULL,
        things bytea NOT NULL,
        words text[] NOT NULL
    )""",
    """CREATE TABLE search_2_term (
        space integer NOT NULL,
        digest bigint NOT NULL,
        documents integer NOT NULL,
        ways integer NOT NULL,
        named_documents integer NOT NULL,
        PRIMARY KEY (space, digest)
    )""",
    """CREATE TABLE search_2_word (
        space integer NOT NULL,
        word text NOT NULL,
        documents integer NOT NULL,
        PRIMARY KEY (space, word)
    )""",
    "CREATE INDEX search_2_by_spelling ON search_2_word USING gin (word gin_trgm_ops) WITH (fastupdate = off)",
    "CREATE INDEX search_2_by_beginning ON search_2_word (space, word text_pattern_ops)",
)
"""What makes the tables. `search_2_index` has one row: what the index is of. A space is an edition in one language,
with the sums of the lengths of each field. What is large of a document stands apart from its row, so that
rows can be gone through quickly. A document has its words and ways of asking in numbers, see packing.py. What
`search_2_way` has is needed when the index is written, not when it is searched.
"""

EXISTS: LiteralString = "SELECT to_regclass('search_2_index') IS NOT NULL"

LOCKED: LiteralString = "SELECT pg_advisory_xact_lock(7410041)"
"""One at a time writes the index; the number is nobody else's in a database of this site."""


ANALYZE: LiteralString = "ANALYZE search_2_document, search_2_way, search_2_term, search_2_word"
"""Tells PostgreSQL how much there is of what, after much was written: else it plans as for empty tables."""


def from_jsonb(value: Any) -> Any:
    """A value of jsonb, which some drivers give as text."""
    return json.loads(value) if isinstance(value, str) else value


def is_there(cursor: Cursor) -> bool:
    """Whether the tables of this form are there."""
    cursor.execute(EXISTS)
    return bool(cursor.fetchone()[0])


def create(cursor: Cursor) -> None:
    """Make the tables, empty. The account needs the right to make tables, and `pg_trgm` (which the owner of a database
    may install since PostgreSQL 13).
    """
    for statement in CREATE:
        cursor.execute(statement)
