"""How many documents and ways of asking of the whole index have a term, or a word as it is spelled.

What was asked once stays in memory for as long as the index does. Pure: no Django.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from faq.search.analysis import FIELDS
from faq.search.engines.postgres.packing import as_stored, digests_of
from faq.search.engines.postgres.tables import Cursor

Open = Callable[[], AbstractContextManager[Cursor]]
"""Gives a cursor on the database that the index is read from."""

TERMS_KEPT = 200_000
"""Terms of which a process keeps the numbers, at some 200 bytes each; then it begins again."""


@dataclass(frozen=True, slots=True)
class Times:
    """How many documents hold a term, how many ways of asking name it, and of how many documents those are."""

    documents: int = 0
    ways: int = 0
    named_documents: int = 0


UNKNOWN = Times()


@dataclass(frozen=True, slots=True)
class SpaceTotals:
    """An edition in one language: its number, how many documents and ways of asking it has, and the mean length of each
    field of a document.
    """

    id: int
    documents: int
    ways: int
    mean_lengths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a space of one content version knows of terms and words. `want` asks for many at once."""

    space: SpaceTotals
    open: Open
    _times: dict[str, Times] = field(default_factory=dict)
    _words: dict[str, int | None] = field(default_factory=dict)

    def times(self, term: str) -> Times:
        """How often a term stands in the space."""
        if term not in self._times:
            self.want([term])
        return self._times.get(term, UNKNOWN)

    def documents_with(self, word: str) -> int | None:
        """How many documents have a word as it is spelled; None where none has."""
        if word not in self._words:
            self.want((), [word])
        return self._words.get(word)

    def want(self, terms: Iterable[str], words: Iterable[str] = ()) -> None:
        """Ask for the terms and words that are not known yet."""
        new_terms = [term for term in dict.fromkeys(terms) if term not in self._times]
        new_words = [word for word in dict.fromkeys(words) if word not in self._words]
        if len(self._times) + len(self._words) > TERMS_KEPT:
            self._times.clear()
            self._words.clear()
        if new_terms:
            self._times.update(self._times_of(new_terms))
        if new_words:
            self._words.update(self._documents_with(new_words))

    def _times_of(self, terms: list[str]) -> dict[str, Times]:
        stored = as_stored(digests_of(terms))
        with self.open() as cursor:
            cursor.execute(
                "SELECT digest, documents, ways, named_documents FROM search_2_term "
                "WHERE space = %s AND digest = ANY(%s)",
                (self.space.id, stored),
            )
            found = {digest: Times(*numbers) for digest, *numbers in cursor.fetchall()}
        return {term: found.get(digest, UNKNOWN) for term, digest in zip(terms, stored, strict=True)}

    def _documents_with(self, words: list[str]) -> dict[str, int | None]:
        with self.open() as cursor:
            cursor.execute(
                "SELECT word, documents FROM search_2_word WHERE space = %s AND word = ANY(%s)", (self.space.id, words)
            )
            return dict.fromkeys(words) | dict(cursor.fetchall())


def totals_of(cursor: Cursor) -> dict[tuple[str, str], SpaceTotals]:
    """The spaces of the index, by edition and language; those without documents are left out."""
    cursor.execute("SELECT edition, language, id, documents, ways, lengths FROM search_2_space WHERE documents > 0")
    return {(row[0], row[1]): _totals(row) for row in cursor.fetchall()}


def _totals(row: Any) -> SpaceTotals:
    _, _, number, documents, ways, lengths = row
    means = np.array(lengths, np.float64) / documents
    return SpaceTotals(number, documents, ways, tuple(means.reshape(len(FIELDS)).tolist()))
