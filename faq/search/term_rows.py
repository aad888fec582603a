"""Which rows of a table belong to a term: the rows of all terms stand one term behind the other. Pure: no Django."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable
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


class TermRowsMaker:
    """Collects the terms of rows as these come, and puts the rows in the order of their terms."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._of_row = array("i")

    def add(self, terms: Iterable[str]) -> None:
        """Add a row for each of these terms."""
        numbers = self._numbers
        self._of_row.extend([numbers.setdefault(term, len(numbers)) for term in terms])

    @property
    def terms(self) -> list[str]:
        """The terms, in the order in which they came; the number of a term is its place here."""
        return list(self._numbers)

    @property
    def of_row(self) -> Integers:
        """The number of the term of each row, in the order in which the rows came."""
        return np.array(self._of_row, np.int32)

    def made(self) -> tuple[TermRows, Integers]:
        """The table, and the order in which the rows come into it: those of one term as they came."""
        digests = np.array([digest_of(term) for term in self._numbers], np.uint64)
        ascending = np.argsort(digests)
        rank = np.empty(len(digests), np.int32)
        rank[ascending] = np.arange(len(digests), dtype=np.int32)
        rank_of_row = rank[self.of_row]
        ends = np.cumsum(np.bincount(rank_of_row, minlength=len(digests)), dtype=np.int32)
        return TermRows(digests[ascending], ends), np.argsort(rank_of_row, kind="stable").astype(np.int32)


def digest_of(term: str) -> int:
    """A number of 64 bits for a term. That two of a space have the same is too unlikely to happen."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest())
