"""A document as rows of the index hold it: its words and ways of asking in numbers, as bytes that are read at once.

Terms are told by their digests (`term_rows.digest_of`), so that no table of numbers must be kept. Pure: no Django.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faq.search.analysis import FIELDS, Analysed, is_meaning, is_pair, pairs
from faq.search.term_rows import Digests, digest_of
from faq.search.ways import Numbers, unnamed

Places = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Packed:
    """A document in numbers.

    `terms` has the digests of its index terms, and `counts` how much each counts in each of `FIELDS`, a row for each;
    `lengths` is what all of them count in each field. `named` has a digest for each term that a way of asking names,
    pairs too, and `naming` the number of that way. Of each way `way_sizes` has how many things it names, and of each
    thing `thing_sizes` how many terms, which stand in `things`. `usual` and `usual_meanings` are those of
    `ways.WayArrays`. `words` are its words as they are spelled; `any_terms` and `asked_terms` the terms themselves, of
    the whole document and of its ways.
    """

    terms: Digests
    counts: Numbers
    lengths: Numbers
    named: Digests
    naming: Places
    way_sizes: Places
    thing_sizes: Places
    things: Digests
    usual: float
    usual_meanings: float
    words: tuple[str, ...]
    any_terms: tuple[str, ...]
    asked_terms: tuple[str, ...]


def packed(analysed: Analysed) -> Packed:
    """A document in numbers."""
    every = tuple(dict.fromkeys(term for counted in analysed.counted.values() for term in counted))
    fields = [analysed.counted[name] for name in FIELDS]
    ways = [[thing for thing in way if thing] for way in analysed.phrasings]
    named = [sorted({term for thing in way for term in thing} | pairs(way)) for way in ways]
    times = Counter(term for way in named for term in way)
    return Packed(
        terms=digests_of(every),
        counts=np.array([[field.get(term, 0.0) for field in fields] for term in every], np.float32).reshape(
            -1, len(FIELDS)
        ),
        lengths=np.array([sum(field.values()) for field in fields], np.float32),
        named=digests_of(term for way in named for term in way),
        naming=np.repeat(np.arange(len(named), dtype=np.uint16), [len(way) for way in named]),
        way_sizes=_sizes(ways),
        thing_sizes=_sizes([thing for way in ways for thing in way]),
        things=digests_of(term for way in ways for thing in way for term in thing),
        usual=_usual((count for term, count in times.items() if not is_pair(term)), len(ways)),
        usual_meanings=_usual((count for term, count in times.items() if is_meaning(term)), len(ways)),
        words=tuple(sorted(analysed.spelled)),
        any_terms=every,
        asked_terms=tuple(times),
    )


def digests_of(terms: Iterable[str]) -> Digests:
    """The digest of each term."""
    return np.array([digest_of(term) for term in terms], np.uint64)


def as_stored(digests: Digests) -> list[int]:
    """Digests as a column of whole numbers holds them, which has a sign."""
    stored: list[int] = digests.view(np.int64).tolist()
    return stored


def roots_of(way_sizes: Places, thing_sizes: Places, rarities: Numbers) -> Numbers:
    """The root of what each way's things weigh together: each thing as its rarest term. `rarities` has how rare each
    term of each thing is.
    """
    starts = np.cumsum(thing_sizes, dtype=np.int64) - thing_sizes
    rarest = np.maximum.reduceat(rarities, starts) if len(starts) else rarities
    ways = np.repeat(np.arange(len(way_sizes)), way_sizes)
    return np.sqrt(np.bincount(ways, rarest, len(way_sizes))).astype(np.float32)


def _usual(counts: Iterable[int], ways: int) -> float:
    """How unlikely it is that a way of asking names none of some terms, of which so many of the ways name each."""
    return float(unnamed(np.array(list(counts), np.float64) / (ways + 1)).sum())


def _sizes(rows: Iterable[Sequence[object]]) -> Places:
    return np.array([len(row) for row in rows], np.uint16)
