"""Which documents may answer a question: those that have most of what is rare in it, found by the text search.

A question of common words alone would find half of the index; so the rarest things are looked for first, and as many
more as the number of documents that they are found in allows. Pure: no Django.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from faq.search.analysis import Slot, pairs
from faq.search.engines.postgres.lexemes import ASKED, SPACE, any_of
from faq.search.engines.postgres.space import StoredWords
from faq.search.engines.postgres.tables import CONFIGURATIONS, Cursor
from faq.search.evidence import idf

MOST = 60
"""Documents of a language that may answer, at most; a space that has no more is ranked as a whole."""

LEAST = 20
"""Documents that are ranked at least, where the space has so many: how far the first one is ahead tells how sure it
is."""

LOOKED_THROUGH = 5_000
"""Documents that are looked through for all things of a question together."""

ALL = "SELECT slug FROM search_2_document WHERE space = %s ORDER BY id LIMIT %s"

FOUND = """
    SELECT slug FROM search_2_document JOIN (
        SELECT id, sum(weight) AS weight FROM (
            SELECT found.id, asked.weight
            FROM unnest(%(own)s::text[], %(words)s::text[], %(weights)s::float8[], %(most)s::bigint[])
                AS asked (own, words, weight, most)
            CROSS JOIN LATERAL (
                SELECT id FROM (
                    SELECT id, space, section, connection_types FROM search_2_document
                    WHERE lexemes @@ (asked.own::tsquery || plainto_tsquery(%(configuration)s::regconfig, asked.words))
                        AND lexemes @@ %(of_space)s::tsquery  -- so that the index leaves out all other spaces
                    OFFSET 0  -- by the index of lexemes, and by no other
                ) AS held
                WHERE space = %(space)s
                    AND (%(section)s = '' OR section = %(section)s)
                    AND (%(type)s = '' OR %(type)s = ANY (connection_types))
                LIMIT asked.most
            ) AS found
        ) AS every GROUP BY id ORDER BY weight DESC, id LIMIT %(limit)s
    ) AS best USING (id)
    ORDER BY weight DESC, id
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A thing to look for: our lexemes for it, words that PostgreSQL stems itself, what it counts, and how many
    documents have it, about."""

    own: str
    words: str
    weight: float
    documents: int


def slugs_of(
    cursor: Cursor, words: StoredWords, slots: Sequence[Slot], section: str = "", connection_type: str = ""
) -> list[str]:
    """The entries of a space that may answer, the likeliest first; only some are of a section or a type of connection
    where that is asked for."""
    space = words.statistics.space
    if space.documents <= MOST:
        cursor.execute(ALL, (space.id, MOST))
        return [slug for (slug,) in cursor.fetchall()]
    wanted = _affordable(_wanted(words, slots))
    found = _found(cursor, words, wanted, "", "")
    if section or connection_type:
        found += _found(cursor, words, wanted, section, connection_type)
    if len(found) < LEAST:
        cursor.execute(ALL, (space.id, LEAST))
        found += [slug for (slug,) in cursor.fetchall()]
    return list(dict.fromkeys(found))


def terms_of(slots: Iterable[Slot]) -> frozenset[str]:
    """The index terms of things, and of those that stand beside each other."""
    things = [slot.terms for slot in slots]
    return frozenset(term for thing in things for term in thing) | pairs(things)


def _found(cursor: Cursor, words: StoredWords, wanted: Sequence[Wanted], section: str, kind: str) -> list[str]:
    cursor.execute(
        FOUND,
        {
            "own": [one.own for one in wanted],
            "words": [one.words for one in wanted],
            "weights": [one.weight for one in wanted],
            "most": [min(2 * one.documents + MOST, LOOKED_THROUGH) for one in wanted],
            "configuration": CONFIGURATIONS.get(words.language, "simple"),
            "space": words.statistics.space.id,
            "of_space": f"{SPACE}{words.statistics.space.id}",
            "section": section,
            "type": kind,
            "limit": MOST,
        },
    )
    return [slug for (slug,) in cursor.fetchall()]


def _affordable(wanted: Iterable[Wanted]) -> list[Wanted]:
    """The rarest things: as many as may be looked through, and one at least."""
    found: list[Wanted] = []
    documents = 0
    for one in sorted(wanted, key=lambda one: one.documents):
        documents += one.documents
        if found and documents > LOOKED_THROUGH:
            break
        found.append(one)
    return found


def _wanted(words: StoredWords, slots: Sequence[Slot]) -> Iterator[Wanted]:
    """What may be looked for: each thing anywhere, each in a way of asking, and what stands beside each other there."""
    statistics = words.statistics
    statistics.want(terms_of(slots))
    for slot in _every(slots):
        terms = [term for term, _ in slot.options]
        times = [statistics.times(term) for term in terms]
        weight = max((words.idf(term) for term in terms), default=0.0) or words.rarest
        yield Wanted(any_of(terms), slot.word, weight, max(one.documents for one in times))
        if asked := max(one.named_documents for one in times):
            yield Wanted(any_of(ASKED + term for term in terms), "", weight, asked)
    for pair in pairs([slot.terms for slot in slots]):
        if asked := statistics.times(pair).named_documents:
            yield Wanted(any_of([ASKED + pair]), "", idf(statistics.space.documents, asked), asked)


def _every(slots: Iterable[Slot]) -> Iterator[Slot]:
    """Things, and those that they are made of."""
    for slot in slots:
        if slot.options:
            yield slot
        yield from _every(slot.inner)
