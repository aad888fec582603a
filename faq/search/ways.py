"""The ways of asking for the entries of a space: which terms they name, and how likely each entry's ways name them.

Pure: no Django.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faq.search.analysis import is_meaning, is_pair
from faq.search.bounded_cache import BoundedCache
from faq.search.numbered import Numbered, joined
from faq.search.term_rows import Integers, TermNumbers, TermRows

Numbers = NDArray[np.floating[Any]]

NO_PLACES = np.zeros(0, np.int32)
"""Documents, or ways, that are none."""

NAMING_BYTES_KEPT = 24_000_000
"""Bytes of what stays in memory of a space on which ways name a term: some hundred entries have less in all."""

BYTES_OF_ARRAY = 110
"""What an array takes in memory besides its numbers."""

MOST_NAMED = 0.97
"""The share of a document's ways that name a term at most, as far as one that does not name it is unlikely."""

LEAST_WEIGHT = 1e-6
"""What a way of asking weighs at least, so that one of function words alone divides by something."""

SELDOM = 0.0025
"""What is added to shares of ways, so that one that no way has is unlikely, not impossible."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Which ways name a term, and the documents that these ask for, each with three numbers: the share of its ways
    that name the term, the logarithm of how much larger that is than the share of all ways, and the logarithm of the
    share of its ways that do not. `overall` is the share of all ways, `rarity` the logarithm of how many documents
    there are to one that is asked for so, and `absent` what the first logarithm is for a document with no such way."""

    ways: Integers
    documents: Integers
    share: Numbers
    likelier: Numbers
    unnamed: Numbers
    overall: float
    rarity: float
    absent: float

    @property
    def bytes(self) -> int:
        """The size in memory, about; the ways stand in the arrays of the space."""
        return 16 * len(self.documents) + 5 * BYTES_OF_ARRAY


@dataclass(frozen=True, slots=True)
class WayArrays:
    """The ways of asking of every document of a space, one behind the other: a document's question comes first.

    `starts` has where each document's ways begin, and `roots` the root of what each way's things weigh together.
    `terms` has the rows of `holding` for each term that ways name, and these are the numbers of the ways that name it,
    in ascending order. `usual` has for each document how unlikely it is that a way of asking for it names nothing: the
    sum, over all terms, of the logarithm of the share of its ways without the term; `usual_meanings` the same over the
    meanings alone.
    """

    starts: Integers
    roots: Numbers
    terms: TermRows
    holding: Integers
    usual: Numbers
    usual_meanings: Numbers


class Ways:
    """The ways of asking of a space: what is in their arrays, and which ways name a term."""

    def __init__(self, arrays: WayArrays) -> None:
        self.starts, self.roots = arrays.starts, arrays.roots
        self.usual, self.usual_meanings = arrays.usual, arrays.usual_meanings
        self.counts = _counts(arrays.starts, len(arrays.roots))
        self.squares = np.maximum(arrays.roots * arrays.roots, LEAST_WEIGHT)
        self._terms, self._holding = arrays.terms, arrays.holding
        self._owners = _owners(self.counts)
        self.share_of_none = 0.5 / (len(arrays.roots) + 1)
        """The share of all ways that name a term which none of them does: not quite 0."""
        self.naming = BoundedCache(self._naming, _bytes_of, NAMING_BYTES_KEPT)
        """Which ways name a term; None where no way does."""

    def _naming(self, term: str) -> Naming | None:
        rows = self._terms.of(term)
        if rows is None:
            return None
        ways = self._holding[rows]
        owners = self._owners[ways]
        begins = np.append(0, np.flatnonzero(owners[1:] != owners[:-1]) + 1)
        documents, times = owners[begins], np.diff(begins, append=len(owners))
        share = (times / (self.counts[documents] + 1)).astype(np.float32)
        overall, rarity = self._in_all(term, ways, documents)
        likelier = np.log((share + SELDOM) / (overall + SELDOM))
        absent = math.log(SELDOM / (overall + SELDOM))
        return Naming(ways, documents, share, likelier, unnamed(share), overall, rarity, absent)

    def _in_all(self, term: str, ways: Integers, documents: Integers) -> tuple[float, float]:
        """The share of all ways that name a term, and its rarity."""
        return self.share_of_none * (2 * len(ways) + 1), math.log(len(self.starts) / len(documents))


def ways_of(documents: Sequence[Numbered], numbers: TermNumbers, idfs: Numbers) -> WayArrays:
    """The ways of documents, where `idfs` has how rare the term of each number is; 0 where no document holds it."""
    ways = np.array([len(one.way_sizes) for one in documents], np.int32)
    way_sizes = joined([one.way_sizes for one in documents])
    rarest = _largest(idfs[joined([one.things for one in documents])], joined([one.thing_sizes for one in documents]))
    weights = np.bincount(np.repeat(np.arange(len(way_sizes)), way_sizes), rarest, len(way_sizes))
    named = joined([one.named for one in documents])
    naming = np.repeat(np.arange(len(way_sizes), dtype=np.int32), joined([one.named_sizes for one in documents]))
    rows, order = numbers.in_rows(named)
    owners = _owners(ways)[naming]
    is_word = np.array([not is_pair(term) for term in numbers.terms], bool)
    meant = np.array([is_meaning(term) for term in numbers.terms], bool)
    return WayArrays(
        starts=(np.cumsum(ways) - ways).astype(np.int32),
        roots=np.sqrt(weights).astype(np.float32),
        terms=rows,
        holding=naming[order],
        usual=_usual(is_word[named], named, owners, ways),
        usual_meanings=_usual(meant[named], named, owners, ways),
    )


def _largest(numbers: Numbers, sizes: Integers) -> Numbers:
    """The largest of each stretch of numbers, of which the sizes are given; none is empty."""
    starts = np.cumsum(sizes) - sizes
    return np.maximum.reduceat(numbers, starts) if len(starts) else numbers


def _counts(starts: Integers, ways: int) -> Integers:
    """How many ways each document has, from where each begins and how many there are in all."""
    return np.append(starts[1:], np.int32(ways)) - starts


def _owners(counts: Integers) -> Integers:
    """The document of each way."""
    return np.repeat(np.arange(len(counts), dtype=np.int32), counts)


def _bytes_of(naming: Naming | None) -> int:
    return naming.bytes if naming else 0


def _usual(counted: NDArray[np.bool_], terms: Integers, owners: Integers, counts: Integers) -> Numbers:
    """For each document the sum of the logarithm of the share of its ways without a term, over the terms that are
    counted. Each of `terms` is named by a way of the document in the same place of `owners`."""
    named_in, times = np.unique(terms[counted].astype(np.int64) * len(counts) + owners[counted], return_counts=True)
    documents = named_in % max(len(counts), 1)
    return np.bincount(documents, unnamed(times / (counts[documents] + 1)), len(counts)).astype(np.float32)


def unnamed(share: Numbers) -> Numbers:
    """The logarithm of the share of ways that do not name a term, of which no document has none."""
    return np.asarray(np.log1p(-np.minimum(share, MOST_NAMED)))
