"""The ways of asking for the entries of a space: which terms they name, and how likely each entry's ways name them.

Pure: no Django.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int32]
Numbers = NDArray[np.floating[Any]]
Digests = NDArray[np.uint64]

NO_PLACES = np.zeros(0, np.int32)
"""Documents, or ways, that are none."""

PAIR = "~"
"""What stands between the two things of a pair."""

NAMINGS_KEPT = 20_000
"""Terms of which it stays in memory which ways name them."""

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


@dataclass(frozen=True, slots=True)
class WayArrays:
    """The ways of asking of every document of a space, one behind the other: a document's question comes first.

    `starts` has where each document's ways begin, and `roots` the root of what each way's things weigh together.
    `digests` has those of the terms that ways name, in ascending order, and `holding` the numbers of the ways that
    name each, one term behind the other, to the place that `ends` has. `usual` has for each document how unlikely it
    is that a way of asking for it names nothing: the sum, over all terms, of the logarithm of the share of its ways
    without the term; `usual_meanings` the same over the meanings alone.
    """

    starts: Integers
    roots: Numbers
    digests: Digests
    ends: Integers
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
        self._digests, self._ends, self._holding = arrays.digests, arrays.ends, arrays.holding
        self._owners = np.repeat(np.arange(len(arrays.starts), dtype=np.int32), self.counts)
        self._kept: dict[str, Naming | None] = {}

    def naming(self, term: str) -> Naming | None:
        """Which ways name a term; None where no way does."""
        try:
            return self._kept[term]
        except KeyError:
            if len(self._kept) >= NAMINGS_KEPT:
                self._kept.clear()
            found = self._kept[term] = self._naming(term)
            return found

    def _naming(self, term: str) -> Naming | None:
        wanted = np.uint64(digest_of(term))
        place = int(np.searchsorted(self._digests, wanted))
        if place == len(self._digests) or self._digests[place] != wanted:
            return None
        ways = self._holding[self._ends[place - 1] if place else 0 : self._ends[place]]
        documents, times = np.unique(self._owners[ways], return_counts=True)
        share = (times / (self.counts[documents] + 1)).astype(np.float32)
        overall = (len(ways) + 0.5) / (len(self._owners) + 1)
        likelier = np.log((share + SELDOM) / (overall + SELDOM))
        absent = math.log(SELDOM / (overall + SELDOM))
        return Naming(ways, documents.astype(np.int32), share, likelier, _unnamed(share), overall, absent)


def ways_of(documents: Sequence[Sequence[Sequence[Sequence[str]]]], idfs: Mapping[str, float]) -> WayArrays:
    """The ways of documents of which the terms of each thing that each way names are given."""
    naming: dict[str, list[int]] = {}
    starts: list[int] = []
    roots: list[float] = []
    for document in documents:
        starts.append(len(roots))
        for way in document:
            for term in {term for thing in way for term in thing} | pairs(way):
                naming.setdefault(term, []).append(len(roots))
            weight = sum(max((idfs.get(term, 0.0) for term in thing), default=0.0) for thing in way)
            roots.append(math.sqrt(weight))
    digests = {term: digest_of(term) for term in naming}
    terms = sorted(naming, key=digests.__getitem__)
    counts = _counts(np.array(starts, np.int32), len(roots))
    owners = np.repeat(np.arange(len(starts), dtype=np.int32), counts)
    return WayArrays(
        starts=np.array(starts, np.int32),
        roots=np.array(roots, np.float32),
        digests=np.array([digests[term] for term in terms], np.uint64),
        ends=np.cumsum([len(naming[term]) for term in terms], dtype=np.int32),
        holding=np.concatenate([np.zeros(0, np.int32), *(np.array(naming[term], np.int32) for term in terms)]),
        usual=_usual([naming[term] for term in terms if not is_pair(term)], owners, counts),
        usual_meanings=_usual([naming[term] for term in terms if is_meaning(term)], owners, counts),
    )


def digest_of(term: str) -> int:
    """A number of 64 bits for a term. That two of a space have the same is too unlikely to happen."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest())


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


def _usual(naming: Sequence[Sequence[int]], owners: Integers, counts: Integers) -> Numbers:
    """For each document the sum, over some terms, of the logarithm of the share of its ways without the term."""
    if not naming:
        return np.zeros(len(counts), np.float32)
    terms = np.repeat(np.arange(len(naming)), [len(ways) for ways in naming])
    named_in, times = np.unique(terms * len(counts) + owners[np.concatenate(naming)], return_counts=True)
    documents = named_in % len(counts)
    logarithms = _unnamed(times / (counts[documents] + 1))
    return np.bincount(documents, logarithms, len(counts)).astype(np.float32)


def _unnamed(share: Numbers) -> Numbers:
    """The logarithm of the share of ways that do not name a term, of which no document has none."""
    return np.asarray(np.log1p(-np.minimum(share, MOST_NAMED)))
