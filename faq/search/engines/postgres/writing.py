"""Writing the index: documents are taken in, changed, and taken away in place, and the statistics with them.

All is done in one transaction of the caller: searches see the index as it was until that ends. Pure: no Django.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np

from faq.search.analysis import analysed
from faq.search.engine import Key, SearchDocument
from faq.search.engines.postgres import lexemes, tables
from faq.search.engines.postgres.packing import Packed, as_stored, packed, roots_of
from faq.search.engines.postgres.state import have_release_before_build_anew
from faq.search.engines.postgres.tables import CONFIGURATIONS, Cursor
from faq.search.engines.stored import digest_of_document, record_of
from faq.search.evidence import idfs_of
from faq.search.terms import Term, Thesaurus
from faq.search.ways import Numbers

AT_A_TIME = 200
"""Documents that are written together."""

MOST_HELD = 300_000
"""Changes of the statistics that are held in memory before they are written."""

REWEIGHED_BEYOND = 1.2
"""How many times as many, or as few, documents there may be as when all ways of asking were weighed: then they are
weighed again, since terms have become rarer or more common."""


@dataclass(slots=True)
class _Changes:
    """What becomes of the statistics: of each term, by space and digest, how many more documents hold it, ways name it,
    and documents are asked for by it; of each word how many more have it; and of each space the documents, ways, and
    lengths of fields that it has more.
    """

    terms: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    words: dict[tuple[int, str], int] = field(default_factory=dict)
    spaces: dict[int, Numbers] = field(default_factory=dict)

    def count(self, space: int, holding: Iterable[int], naming: Sequence[int], words: Iterable[str], by: int) -> None:
        """Count a document that comes (`by` is 1) or goes (-1)."""
        for digest in holding:
            self._of(space, digest)[0] += by
        for digest in naming:
            self._of(space, digest)[1] += by
        for digest in set(naming):
            self._of(space, digest)[2] += by
        for word in words:
            self.words[space, word] = self.words.get((space, word), 0) + by

    def lengthen(self, space: int, ways: int, lengths: Numbers, by: int) -> None:
        """Count its ways of asking and the lengths of its fields."""
        more = by * np.array([1, ways, *lengths.tolist()], np.float64)
        self.spaces[space] = self.spaces.get(space, np.zeros(len(more))) + more

    def _of(self, space: int, digest: int) -> list[int]:
        return self.terms.setdefault((space, digest), [0, 0, 0])


class Writer:
    """Writes documents into the tables, by the terms that the index has."""

    def __init__(self, cursor: Cursor, terms: Sequence[Term]) -> None:
        self._cursor, self._thesaurus = cursor, Thesaurus(terms)
        self._changes = _Changes()
        self._first_added: int | None = None
        self._spaces = self._known_spaces()

    def take_in(self, documents: Iterable[SearchDocument], told: Callable[[int], None]) -> None:
        """Write documents in the place of those of the same keys; `told` is called for each."""
        rest = iter(documents)
        while some := list(islice(rest, AT_A_TIME)):
            self._take_away([(self._space(key_of(one)), one.slug) for one in some])
            rows = []
            for document in some:
                rows.append((document, packed(analysed(document, self._thesaurus))))
                told(1)
            self._add(rows)
            self._write_statistics(at_least=MOST_HELD)

    def take_away(self, keys: Collection[Key]) -> None:
        """Take documents away; those that are not there are left out."""
        rest = iter(keys)
        while some := list(islice(rest, AT_A_TIME)):
            self._take_away([(self._space(key), key.slug) for key in some])
            self._write_statistics(at_least=MOST_HELD)

    def finish(self, content_version: int, *, weigh_all: bool) -> int:
        """Write the statistics, weigh the ways of asking of new documents, or of all, and say which content this is.
        Returns how many documents there are.
        """
        self._write_statistics(at_least=0)
        self._cursor.execute("SELECT coalesce(sum(documents), 0) FROM search_2_space WHERE edition <> ''")
        documents = int(self._cursor.fetchone()[0])
        self._cursor.execute("SELECT weighed FROM search_2_index")
        weighed = int(self._cursor.fetchone()[0])
        every = weigh_all or not weighed / REWEIGHED_BEYOND <= documents <= weighed * REWEIGHED_BEYOND
        if every:
            self._weigh(0)
            self._cursor.execute(tables.ANALYZE)
        elif self._first_added is not None:
            self._weigh(self._first_added)
        self._cursor.execute(
            "UPDATE search_2_index SET content_version = %s, documents = %s, weighed = %s",
            (content_version, documents, documents if every else weighed),
        )
        have_release_before_build_anew(self._cursor)
        return documents

    def _known_spaces(self) -> dict[tuple[str, str], int]:
        self._cursor.execute("SELECT edition, language, id FROM search_2_space")
        return {(edition, language): number for edition, language, number in self._cursor.fetchall()}

    def _space(self, key: Key) -> int:
        place = key.edition, key.language
        if place not in self._spaces:
            self._cursor.execute("INSERT INTO search_2_space (edition, language) VALUES (%s, %s) RETURNING id", place)
            self._spaces[place] = int(self._cursor.fetchone()[0])
        return self._spaces[place]

    def _take_away(self, places: Sequence[tuple[int, str]]) -> None:
        self._cursor.execute(
            "DELETE FROM search_2_way USING search_2_document d, "
            "unnest(%s::integer[], %s::text[]) AS gone (space, slug) "
            "WHERE d.space = gone.space AND d.slug = gone.slug AND document = d.id "
            "RETURNING d.id, d.space, d.terms, d.named, d.lengths, way_sizes, words",
            ([space for space, _ in places], [slug for _, slug in places]),
        )
        gone = self._cursor.fetchall()
        for _, space, terms, named, lengths, way_sizes, words in gone:
            holding = as_stored(np.frombuffer(terms, np.uint64))
            self._changes.count(space, holding, as_stored(np.frombuffer(named, np.uint64)), words, -1)
            ways = len(np.frombuffer(way_sizes, np.uint16))
            self._changes.lengthen(space, ways, np.frombuffer(lengths, np.float32), -1)
        self._cursor.execute("DELETE FROM search_2_document WHERE id = ANY(%s)", ([row[0] for row in gone],))

    def _add(self, rows: Sequence[tuple[SearchDocument, Packed]]) -> None:
        self._cursor.execute("SELECT nextval('search_2_document_id_seq') FROM generate_series(1, %s)", (len(rows),))
        numbers = [number for (number,) in self._cursor.fetchall()]
        if self._first_added is None:
            self._first_added = numbers[0]
        self._cursor.executemany(
            "INSERT INTO search_2_document (id, space, slug, digest, section, connection_types, record, lexemes, "
            "terms, counts, lengths, named, naming, roots, usual, usual_meanings) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s::jsonb, to_tsvector(%s::regconfig, %s) || %s::tsvector, "
            "%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (number, *_document_row(document, one, self._space(key_of(document))))
                for number, (document, one) in zip(numbers, rows, strict=True)
            ],
        )
        self._cursor.executemany(
            "INSERT INTO search_2_way (document, way_sizes, thing_sizes, things, words) VALUES (%s, %s, %s, %s, %s)",
            [
                (number, one.way_sizes.tobytes(), one.thing_sizes.tobytes(), one.things.tobytes(), list(one.words))
                for number, (_, one) in zip(numbers, rows, strict=True)
            ],
        )
        for document, one in rows:
            space = self._space(key_of(document))
            self._changes.count(space, as_stored(one.terms), as_stored(one.named), one.words, 1)
            self._changes.lengthen(space, len(one.way_sizes), one.lengths, 1)

    def _write_statistics(self, at_least: int) -> None:
        """Write what was counted, where it is more than so much."""
        changes = self._changes
        if len(changes.terms) + len(changes.words) < at_least:
            return
        self._changes = _Changes()
        self._cursor.execute(
            "INSERT INTO search_2_term AS known SELECT * FROM "
            "unnest(%s::integer[], %s::bigint[], %s::integer[], %s::integer[], %s::integer[]) "
            "ON CONFLICT (space, digest) DO UPDATE SET documents = known.documents + excluded.documents, "
            "ways = known.ways + excluded.ways, named_documents = known.named_documents + excluded.named_documents",
            _columns([(*key, *more) for key, more in sorted(changes.terms.items()) if any(more)], 5),
        )
        self._cursor.execute(
            "INSERT INTO search_2_word AS known SELECT * FROM unnest(%s::integer[], %s::text[], %s::integer[]) "
            "ON CONFLICT (space, word) DO UPDATE SET documents = known.documents + excluded.documents",
            _columns([(*key, more) for key, more in sorted(changes.words.items()) if more], 3),
        )
        gone = [key for key, more in changes.terms.items() if min(more) < 0]
        self._cursor.execute(
            "DELETE FROM search_2_term t USING unnest(%s::integer[], %s::bigint[]) AS one (space, digest) "
            "WHERE t.space = one.space AND t.digest = one.digest AND t.documents <= 0 AND t.ways <= 0",
            _columns(gone, 2),
        )
        fewer = [key for key, more in changes.words.items() if more < 0]
        self._cursor.execute(
            "DELETE FROM search_2_word w USING unnest(%s::integer[], %s::text[]) AS one (space, word) "
            "WHERE w.space = one.space AND w.word = one.word AND w.documents <= 0",
            _columns(fewer, 2),
        )
        for space, (documents, ways, *lengths) in changes.spaces.items():
            self._cursor.execute(
                "UPDATE search_2_space SET documents = documents + %s, ways = ways + %s, lengths = "
                "(SELECT array_agg(before + more ORDER BY place) FROM "
                "unnest(lengths, %s::float8[]) WITH ORDINALITY AS one (before, more, place)) WHERE id = %s",
                (int(documents), int(ways), lengths, space),
            )

    def _weigh(self, first: int) -> None:
        """Weigh the ways of asking of the documents from this number on, by how rare terms are. The numbers of those
        that were added are above all others.
        """
        while True:
            self._cursor.execute(
                "SELECT id, space, way_sizes, thing_sizes, things FROM search_2_document "
                "JOIN search_2_way ON document = id WHERE id >= %s ORDER BY id LIMIT %s",
                (first, AT_A_TIME),
            )
            rows = self._cursor.fetchall()
            if not rows:
                return
            first = rows[-1][0] + 1
            roots: list[tuple[bytes, int]] = []
            for space in {row[1] for row in rows}:
                inside = [row for row in rows if row[1] == space]
                roots += self._roots_of(space, inside)
            self._cursor.executemany("UPDATE search_2_document SET roots = %s WHERE id = %s", roots)

    def _roots_of(self, space: int, rows: Sequence[Any]) -> Iterator[tuple[bytes, int]]:
        things = [np.frombuffer(row[4], np.uint64) for row in rows]
        known, places = np.unique(np.concatenate(things), return_inverse=True)
        self._cursor.execute("SELECT documents FROM search_2_space WHERE id = %s", (space,))
        size = int(self._cursor.fetchone()[0])
        self._cursor.execute(
            "SELECT digest, documents FROM search_2_term WHERE space = %s AND digest = ANY(%s)",
            (space, as_stored(known)),
        )
        held: Mapping[int, int] = dict(self._cursor.fetchall())
        rarities = idfs_of(size, np.array([held.get(digest, 0) for digest in as_stored(known)], np.int32))[places]
        ends = np.cumsum([len(one) for one in things])
        for row, part in zip(rows, np.split(rarities, ends[:-1]), strict=True):
            sizes = np.frombuffer(row[2], np.uint16), np.frombuffer(row[3], np.uint16)
            yield roots_of(*sizes, part).tobytes(), row[0]


def known_digests(cursor: Cursor) -> dict[Key, bytes]:
    """The digest of each document that the index has."""
    cursor.execute(
        "SELECT edition, language, slug, digest FROM search_2_document JOIN search_2_space ON search_2_space.id = space"
    )
    return {Key(*key): bytes(digest) for *key, digest in cursor.fetchall()}


def key_of(document: SearchDocument) -> Key:
    """Which document it is."""
    return Key(document.edition, document.language, document.slug)


def _document_row(document: SearchDocument, one: Packed, space: int) -> tuple[Any, ...]:
    return (
        space,
        document.slug,
        digest_of_document(document),
        document.section,
        list(document.connection_types),
        json.dumps(record_of(document), ensure_ascii=False),
        CONFIGURATIONS.get(document.language, "simple"),
        lexemes.texts_of(document),
        lexemes.own_lexemes(one, space),
        one.terms.tobytes(),
        one.counts.astype(np.float32).tobytes(),
        one.lengths.astype(np.float32).tobytes(),
        one.named.tobytes(),
        one.naming.tobytes(),
        b"",
        one.usual,
        one.usual_meanings,
    )


def _columns(rows: Sequence[Sequence[Any]], count: int) -> list[list[Any]]:
    """Rows as the columns that `unnest` makes rows of again."""
    return [[row[place] for row in rows] for place in range(count)]
