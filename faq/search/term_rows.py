"""Which rows of a table belong to a term: the rows of all terms stand one term behind the other. Pure: no Django."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int32]
Digests = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class TermRows:
    """The terms of a table and the rows of each: `digests` has a number for each term, in ascending order, and `ends`
    the row that its rows end before."""

    digests: Digests
    ends: Integers

    def of(self, term: str) -> slice | None:
        """The rows of a term; None where it has none."""
        wanted = np.uint64(digest_of(term))
        place = int(self.digests.searchsorted(wanted))
        if place == len(self.digests) or self.digests[place] != wanted:
            return None
        return slice(int(self.ends[place - 1]) if place else 0, int(self.ends[place]))


class TermNumbers:
    """A number for each term that came, from 0 on. `terms` has them in the order of their numbers."""

    def __init__(self) -> None:
        self.terms: list[str] = []
        self._numbers: dict[str, int] = {}
        self._digests = array("Q")

    def of(self, terms: Sequence[str]) -> Integers:
        """The numbers of terms; a new one gets the next."""
        for term in terms:
            if term not in self._numbers:
                self._numbers[term] = len(self.terms)
                self.terms.append(term)
                self._digests.append(digest_of(term))
        return np.array([self._numbers[term] for term in terms], np.int32)

    def in_rows(self, of_row: Integers) -> tuple[TermRows, Integers]:
        """The table of rows of which the number of each one's term is given, and the order in which the rows come into
        it: those of one term as they came."""
        counts = np.bincount(of_row, minlength=len(self.terms))
        digests = np.array(self._digests, np.uint64)
        held = np.flatnonzero(counts)
        ascending = held[np.argsort(digests[held])]
        rank = np.zeros(len(digests), np.int32)
        rank[ascending] = np.arange(len(ascending), dtype=np.int32)
        order = np.argsort(rank[of_row], kind="stable").astype(np.int32)
        return TermRows(digests[ascending], np.cumsum(counts[ascending], dtype=np.int32)), order


def digest_of(term: str) -> int:
    """A number of 64 bits for a term. That two of a space have the same is too unlikely to happen."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest())
