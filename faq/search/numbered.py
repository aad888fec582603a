"""What an index needs of a document, in numbers of terms: small to keep, and quick to put together. Pure: no Django."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Sized
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faq.search.analysis import FIELDS, LENGTH_MATTERS, Analysed, pairs
from faq.search.term_rows import Integers, TermNumbers

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A document in numbers.

    `terms` has each of its index terms, and `counts` how much each counts in each of `FIELDS`: a row for each term;
    `lengths` is what all of them count in each field. `words` has its words as they are spelled. Its ways of asking
    stand one behind the other: of each way `way_sizes` has how many things it names, and `named_sizes` how many terms,
    pairs too, which stand in `named`; of each thing `thing_sizes` has how many terms it is, which stand in `things`.
    """

    terms: Integers
    counts: Numbers
    lengths: Numbers
    words: Integers
    way_sizes: Integers
    thing_sizes: Integers
    things: Integers
    named_sizes: Integers
    named: Integers


def numbered(analysed: Analysed, terms: TermNumbers, words: TermNumbers) -> Numbered:
    """A document in the numbers of its terms and words."""
    every = list(dict.fromkeys(term for counted in analysed.counted.values() for term in counted))
    fields = [analysed.counted[name] for name in FIELDS]
    ways = [[thing for thing in way if thing] for way in analysed.phrasings]
    named = [sorted({term for thing in way for term in thing} | pairs(way)) for way in ways]
    return Numbered(
        terms=terms.of(every),
        counts=np.array([[field.get(term, 0.0) for field in fields] for term in every]).reshape(-1, len(FIELDS)),
        lengths=np.array([sum(field.values()) for field in fields], np.float64),
        words=words.of(sorted(analysed.spelled)),
        way_sizes=_sizes(ways),
        thing_sizes=_sizes([thing for way in ways for thing in way]),
        things=terms.of([term for way in ways for thing in way for term in thing]),
        named_sizes=_sizes(named),
        named=terms.of([term for way in named for term in way]),
    )


def weights_of(documents: Sequence[Numbered]) -> Numbers:
    """What each term of each document counts over all fields (the tf' of BM25F), one document behind the other; there
    is one at least."""
    lengths = np.array([one.lengths for one in documents]).reshape(-1, len(FIELDS))
    slopes = np.array([LENGTH_MATTERS[name] for name in FIELDS])
    shares = np.divide(lengths, lengths.mean(axis=0), out=np.ones_like(lengths), where=lengths > 0)
    scales = np.array(list(FIELDS.values())) / (1 - slopes + slopes * shares)
    counts = np.concatenate([one.counts for one in documents])
    sizes = [len(one.terms) for one in documents]
    return np.asarray((counts * np.repeat(scales, sizes, axis=0)).sum(axis=1))


def joined(parts: Sequence[Integers]) -> Integers:
    """Rows of numbers, one behind the other."""
    return np.concatenate([np.zeros(0, np.int32), *parts])


def _sizes(rows: Iterable[Sized]) -> Integers:
    return np.array([len(row) for row in rows], np.int32)
