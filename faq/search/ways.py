"""The ways of asking for the entries of a space: which terms they name, and how likely each entry's ways name them.

Pure: no Django.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faq.search.bounded_cache import BoundedCache
from faq.search.term_rows import Integers, TermRows, TermRowsMaker

Numbers = NDArray[np.floating[Any]]

NO_PLACES = np.zeros(0, np.int32)
"""Documents, or ways, that are none."""

PAIR = "~"
"""What stands between the two things of a pair."""

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
    share of its ways that do not. `overall` is the share of all ways, and `absent` what the first logarithm is for a
    document with no such way."""

    ways: Integers
    documents: Integers
    share: Numbers
    likelier: Numbers
    unnamed: Numbers
    overall: float
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
        overall = (len(ways) + 0.5) / (len(self._owners) + 1)
        likelier = np.log((share + SELDOM) / (overall + SELDOM))
        absent = math.log(SELDOM / (overall + SELDOM))
        return Naming(ways, documents, share, likelier, _unnamed(share), overall, absent)


def ways_of(documents: Sequence[Sequence[Sequence[Sequence[str]]]], idfs: Mapping[str, float]) -> WayArrays:
    """The ways of documents of which the terms of each thing that each way names are given."""
    maker = TermRowsMaker()
    naming, starts, roots = array("i"), array("i"), array("f")
    for document in documents:
        starts.append(len(roots))
        for way in document:
            terms = {term for thing in way for term in thing} | pairs(way)
            maker.add(terms)
            naming.extend([len(roots)] * len(terms))
            roots.append(math.sqrt(sum(max((idfs.get(term, 0.0) for term in thing), default=0.0) for thing in way)))
    counts = _counts(np.array(starts, np.int32), len(roots))
    holding = np.array(naming, np.int32)
    owners = _owners(counts)[holding]
    of_row = maker.of_row
    rows, order = maker.made()
    return WayArrays(
        starts=np.array(starts, np.int32),
        roots=np.array(roots, np.float32),
        terms=rows,
        holding=holding[order],
        usual=_usual([not is_pair(term) for term in maker.terms], of_row, owners, counts),
        usual_meanings=_usual([is_meaning(term) for term in maker.terms], of_row, owners, counts),
    )


def is_meaning(term: str) -> bool:
    """Whether an index term is a meaning, not a word or a pair."""
    return term[0] == "#" and not is_pair(term)


def is_pair(term: str) -> bool:
    """Whether an index term is two things that stand beside each other."""
    return PAIR in term


def pairs(things: Iterable[Sequence[str]]) -> set[str]:
    """The pairs of things that stand beside each other in a row: of each thing its meaning, else its word."""
    names = [next(filter(is_meaning, terms), terms[0]) for terms in things if terms]
    return {f"{first}{PAIR}{second}" for first, second in pairwise(names)}


def _counts(starts: Integers, ways: int) -> Integers:
    """How many ways each document has, from where each begins and how many there are in all."""
    return np.append(starts[1:], np.int32(ways)) - starts


def _owners(counts: Integers) -> Integers:
    """The document of each way."""
    return np.repeat(np.arange(len(counts), dtype=np.int32), counts)


def _bytes_of(naming: Naming | None) -> int:
    return naming.bytes if naming else 0


def _usual(counted: Sequence[bool], terms: Integers, owners: Integers, counts: Integers) -> Numbers:
    """For each document the sum of the logarithm of the share of its ways without a term, over the terms that are
    counted. Each of `terms` is named by a way of the document in the same place of `owners`."""
    rows = np.array(counted, bool)[terms]
    named_in, times = np.unique(terms[rows].astype(np.int64) * len(counts) + owners[rows], return_counts=True)
    documents = named_in % len(counts)
    return np.bincount(documents, _unnamed(times / (counts[documents] + 1)), len(counts)).astype(np.float32)


def _unnamed(share: Numbers) -> Numbers:
    """The logarithm of the share of ways that do not name a term, of which no document has none."""
    return np.asarray(np.log1p(-np.minimum(share, MOST_NAMED)))
