"""The ways of asking for the entries of a space: which terms they name, and how likely each entry's ways name them.

Pure: no Django.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int32]
Numbers = NDArray[np.floating[Any]]

NO_WAYS = np.zeros(0, np.int32)

PAIR = "~"
"""What stands between the two things of a pair."""

SHARES_KEPT = 100_000
"""Terms of which it stays in memory which documents' ways name them."""

MOST_NAMED = 0.97
"""The share of a document's ways that name a term at most, as far as one that does not name it is unlikely."""


class Ways:
    """The ways of asking of every document of a space, one behind the other: a document's question comes first.

    `starts` has where each document's ways begin, `roots` the root of what each way's things weigh together, and
    `holding` for each term the numbers of the ways that name it. `usual` has for each document how unlikely it is that
    a way of asking for it names nothing: the sum, over all terms, of the logarithm of the share of its ways without
    the term; `usual_meanings` the same over the meanings alone.
    """

    def __init__(
        self,
        starts: Integers,
        roots: Numbers,
        holding: Mapping[str, Integers],
        usual: Numbers | None = None,
        usual_meanings: Numbers | None = None,
    ) -> None:
        self.starts, self.roots, self.holding = starts, roots, holding
        self.counts = np.diff(starts, append=len(roots))
        self._owners = np.repeat(np.arange(len(starts)), self.counts)
        self._shares: dict[str, tuple[Integers, Numbers]] = {}
        if usual is None or usual_meanings is None:
            usual = self._usual(term for term in holding if not is_pair(term))
            usual_meanings = self._usual(term for term in holding if is_meaning(term))
        self.usual, self.usual_meanings = usual, usual_meanings

    @staticmethod
    def of(things: Sequence[Sequence[Sequence[Sequence[str]]]], idfs: Mapping[str, float]) -> Ways:
        """Those of documents of which the terms of each thing that each way names are given."""
        holding: dict[str, list[int]] = {}
        starts: list[int] = []
        roots: list[float] = []
        for document in things:
            starts.append(len(roots))
            for way in document:
                for term in {term for thing in way for term in thing} | pairs(way):
                    holding.setdefault(term, []).append(len(roots))
                weight = sum(max((idfs.get(term, 0.0) for term in thing), default=0.0) for thing in way)
                roots.append(math.sqrt(weight))
        return Ways(
            np.array(starts, np.int32),
            np.array(roots, np.float32),
            {term: np.array(numbers, np.int32) for term, numbers in holding.items()},
        )

    def share(self, term: str) -> tuple[Integers, Numbers]:
        """The documents of which a way names a term, and the share of its ways that do."""
        kept = self._shares.get(term)
        if kept is not None:
            return kept
        owners, times = np.unique(self._owners[self.holding.get(term, NO_WAYS)], return_counts=True)
        found = owners.astype(np.int32), (times / (self.counts[owners] + 1)).astype(np.float32)
        if len(self._shares) < SHARES_KEPT:
            self._shares[term] = found
        return found

    def overall(self, term: str) -> float:
        """The share of all ways that name a term."""
        return (len(self.holding.get(term, NO_WAYS)) + 0.5) / (len(self.roots) + 1)

    def _usual(self, terms: Iterable[str]) -> Numbers:
        found = np.zeros(len(self.starts), np.float32)
        for term in terms:
            documents, share = self.share(term)
            found[documents] += unnamed(share)
        return found


def unnamed(share: Numbers) -> Numbers:
    """The logarithm of the share of ways that do not name a term, of which no document has none."""
    return np.asarray(np.log1p(-np.minimum(share, MOST_NAMED)))


def is_meaning(term: str) -> bool:
    """Whether an index term is a meaning, not a word or a pair."""
    return term[0] == "#" and not is_pair(term)


def is_pair(term: str) -> bool:
    """Whether an index term is two things that stand beside each other."""
    return PAIR in term


def pairs(things: Sequence[Sequence[str]]) -> set[str]:
    """The pairs of things that stand beside each other in a row: of each thing its meaning, else its word."""
    names = [next(filter(is_meaning, terms), terms[0]) for terms in things if terms]
    return {f"{first}{PAIR}{second}" for first, second in pairwise(names)}
