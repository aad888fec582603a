"""An edition in one language as a search needs it: its words, and those of its documents that may answer.

Pure: no Django.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faq.search import asking
from faq.search.analysis import FIELDS, LENGTH_MATTERS, Slot
from faq.search.correct import Vocabulary
from faq.search.engines.postgres.packing import Places, digests_of
from faq.search.engines.postgres.statistics import SpaceTotals, Statistics
from faq.search.engines.postgres.tables import Cursor
from faq.search.engines.postgres.vocabulary import StoredVocabulary
from faq.search.evidence import NOWHERE, Evidence, Postings, evidence_of, idf, postings_of
from faq.search.term_rows import Digests, Integers, TermRows
from faq.search.terms import Thesaurus
from faq.search.ways import BYTES_OF_ARRAY, Numbers, WayArrays, Ways

Records = Callable[[Sequence[int]], Sequence[Mapping[str, Any]]]
"""Reads what is kept of documents to show them, by the numbers of their rows."""


class StoredWords:
    """What the index knows of the words of one edition in one language, without any document."""

    def __init__(self, language: str, statistics: Statistics, thesaurus: Thesaurus) -> None:
        self.language, self.statistics, self.thesaurus = language, statistics, thesaurus
        self.vocabulary: Vocabulary = StoredVocabulary(statistics, thesaurus.words[language])

    @property
    def rarest(self) -> float:
        """How rare a term is that one document holds."""
        return idf(self.statistics.space.documents, 1)

    def idf(self, term: str) -> float:
        """How rare a term is; 0 where no document holds it."""
        documents = self.statistics.space.documents
        return idf(documents, min(self.statistics.times(term).documents, documents))

    def knows(self, term: str) -> bool:
        """Whether any document holds a term."""
        return self.statistics.times(term).documents > 0


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as its row has it, see `packing.Packed`: it is not changed, but written anew under another number."""

    id: int
    facts: asking.Facts
    terms: Digests
    counts: Numbers
    lengths: Numbers
    named: Digests
    naming: Places
    roots: Numbers
    usual: float
    usual_meanings: float

    @property
    def bytes(self) -> int:
        """The size in memory, about."""
        arrays = (self.terms, self.counts, self.lengths, self.named, self.naming, self.roots)
        return sum(BYTES_OF_ARRAY + array.nbytes for array in arrays) + 500


READ = (
    "SELECT id, slug, section, connection_types, terms, counts, lengths, named, naming, roots, usual, usual_meanings "
    "FROM search_2_document WHERE id = ANY(%s)"
)
"""What reads documents, by their numbers."""


def read_documents(cursor: Cursor, numbers: Sequence[int]) -> list[StoredDocument]:
    """The documents of these numbers."""
    cursor.execute(READ, (list(numbers),))
    return [
        StoredDocument(
            number,
            asking.Facts(slug, section, tuple(types)),
            np.frombuffer(terms, np.uint64),
            np.frombuffer(counts, np.float32).reshape(-1, len(FIELDS)),
            np.frombuffer(lengths, np.float32),
            np.frombuffer(named, np.uint64),
            np.frombuffer(naming, np.uint16),
            np.frombuffer(roots, np.float32),
            usual,
            usual_meanings,
        )
        for number, slug, section, types, terms, counts, lengths, named, naming, roots, usual, usual_meanings in (
            cursor.fetchall()
        )
    ]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Documents of a space that may answer, and what they have of the terms that are asked for: `postings` has the rows
    of `holding` and `amounts` for each term.
    """

    facts: tuple[asking.Facts, ...]
    numbers: tuple[int, ...]
    postings: TermRows
    holding: Integers
    amounts: Numbers
    ways: WayArrays


def candidates_of(documents: Sequence[StoredDocument], totals: SpaceTotals, terms: Collection[str]) -> Candidates:
    """Documents of a space as candidates; of the terms those alone that are asked for."""
    asked = np.sort(digests_of(terms))
    every_term, sizes = _joined([one.terms for one in documents], np.uint64)
    places = _places_of(every_term, asked)
    owners = np.repeat(np.arange(len(documents), dtype=np.int32), sizes)[places]
    counts = np.concatenate([np.zeros((0, len(FIELDS)), np.float32), *(one.counts for one in documents)])[places]
    lengths = np.array([one.lengths for one in documents]).reshape(-1, len(FIELDS))
    amounts = (counts * _scales(lengths, totals.mean_lengths)[owners]).sum(axis=1)
    postings, order = _in_rows(every_term[places])
    every_named, named_sizes = _joined([one.named for one in documents], np.uint64)
    every_naming, _ = _joined([one.naming for one in documents], np.uint16)
    every_root, way_counts = _joined([one.roots for one in documents], np.float32)
    starts = (np.cumsum(way_counts) - way_counts).astype(np.int32)
    places = _places_of(every_named, asked)
    naming = every_naming[places] + np.repeat(starts, named_sizes)[places]
    way_terms, way_order = _in_rows(every_named[places])
    return Candidates(
        facts=tuple(one.facts for one in documents),
        numbers=tuple(one.id for one in documents),
        postings=postings,
        holding=owners[order],
        amounts=amounts.astype(np.float32)[order],
        ways=WayArrays(
            starts=starts,
            roots=every_root,
            terms=way_terms,
            holding=naming.astype(np.int32)[way_order],
            usual=np.array([one.usual for one in documents], np.float32),
            usual_meanings=np.array([one.usual_meanings for one in documents], np.float32),
        ),
    )


def _joined(parts: Sequence[NDArray[Any]], kind: type[Any]) -> tuple[NDArray[Any], Integers]:
    """Rows of numbers, one behind the other, and how many each has."""
    return np.concatenate([np.zeros(0, kind), *parts]), np.array([len(part) for part in parts], np.int32)


def _scales(lengths: Numbers, means: Sequence[float]) -> Numbers:
    """What a word counts in each field of each document (the weights of BM25F), by how long the field is."""
    mean, slopes = np.array(means), np.array([LENGTH_MATTERS[name] for name in FIELDS])
    shares = np.divide(lengths, mean, out=np.ones(lengths.shape), where=(lengths > 0) & (mean > 0))
    return np.asarray(np.array(list(FIELDS.values())) / (1 - slopes + slopes * shares))


def _places_of(digests: Digests, wanted: Digests) -> Integers:
    """Where any of the wanted digests stand, which are in ascending order."""
    if not len(wanted):
        return np.zeros(0, np.int32)
    nearest = np.minimum(wanted.searchsorted(digests), len(wanted) - 1)
    return np.flatnonzero(wanted[nearest] == digests).astype(np.int32)


def _in_rows(digests: Digests) -> tuple[TermRows, Integers]:
    """The table of rows of which the digest of each one's term is given, and the order in which they come into it."""
    order = np.argsort(digests, kind="stable").astype(np.int32)
    known, counts = np.unique(digests, return_counts=True)
    return TermRows(known, np.cumsum(counts, dtype=np.int32)), order


class _WaysOfSome(Ways):
    """The ways of asking for some documents; how many ways and documents there are in all is known of every term."""

    def __init__(self, arrays: WayArrays, statistics: Statistics) -> None:
        super().__init__(arrays)
        self._statistics = statistics
        self.share_of_none = 0.5 / (statistics.space.ways + 1)

    def _in_all(self, term: str, ways: Integers, documents: Integers) -> tuple[float, float]:
        space, times = self._statistics.space, self._statistics.times(term)
        # The statistics are those of the documents, or a moment older or newer.
        named, among = max(times.ways, len(ways)), max(times.named_documents, len(documents))
        return self.share_of_none * (2 * named + 1), math.log(max(space.documents, among) / among)


class CandidateSpace(StoredWords):
    """Some documents of an edition in one language, which a search ranks; numbered from 0."""

    def __init__(self, words: StoredWords, candidates: Candidates, records: Records, asked: Collection[str]) -> None:
        self.language, self.statistics = words.language, words.statistics
        self.thesaurus, self.vocabulary = words.thesaurus, words.vocabulary
        self.name = ""
        self.facts, self.size = candidates.facts, len(candidates.facts)
        self.places = {one.slug: place for place, one in enumerate(candidates.facts)}
        self.ways: Ways = _WaysOfSome(candidates.ways, words.statistics)
        self._candidates, self._records, self._asked = candidates, records, frozenset(asked)
        self._evidence: dict[Slot, Evidence] = {}

    def places_in(self, other: asking.FullSpace) -> Integers:
        """The number of each document in another space of the edition; -1 where that has none."""
        return np.array([other.places.get(one.slug, -1) for one in self.facts], np.int32)

    def postings(self, term: str) -> Postings:
        """The documents that hold a term, one of those that were asked for. Raises KeyError for any other."""
        if term not in self._asked:
            raise KeyError(term)
        rows = self._candidates.postings.of(term)
        found = self._candidates
        return NOWHERE if rows is None else postings_of(found.holding[rows], found.amounts[rows])

    def evidence(self, slot: Slot) -> Evidence:
        """What a slot gives each document and each way of asking."""
        if slot not in self._evidence:
            self._evidence[slot] = evidence_of(self, slot)
        return self._evidence[slot]

    def records(self, documents: Sequence[int]) -> Sequence[Mapping[str, Any]]:
        """What is kept of documents to show them."""
        return self._records([self._candidates.numbers[document] for document in documents])
