"""What one thing that a question names gives every entry of a space, and every way of asking for it.

Pure: no Django. A `Space` is what an index holds for one edition in one language.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from faq.search.analysis import Slot
from faq.search.term_rows import Integers
from faq.search.ways import BYTES_OF_ARRAY, NO_PLACES, Naming, Numbers, Ways

SATURATION = 16.0
"""How soon more of the same word stops to count (the k1 of BM25)."""

UNKNOWN_IDF_SHARE = 0.5
"""What a word that stands nowhere counts in how much of a question an entry covers, beside the rarest word."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents that hold a term, in ascending order, each with the term's weight there, and what that gains of
    the most that the term can count."""

    documents: Integers
    amounts: Numbers
    gains: Numbers


def postings_of(documents: Integers, amounts: Numbers) -> Postings:
    """The postings of documents with the term's weight in each."""
    return Postings(documents, amounts, amounts / (amounts + SATURATION))


NOTHING = np.zeros(0, np.float32)
"""Numbers of no document."""

NOWHERE = postings_of(NO_PLACES, NOTHING)
"""The postings of a term that no document holds."""


class Space(Protocol):
    """What an index holds for one edition in one language; its documents are numbered from 0."""

    size: int
    ways: Ways

    @property
    def rarest(self) -> float:
        """How rare a term is that one document holds, of all that are indexed: a space may have only some of them."""

    def postings(self, term: str) -> Postings:
        """The documents that hold a term."""

    def idf(self, term: str) -> float:
        """How rare a term is, see `idf`; 0 where no document holds it."""

    def evidence(self, slot: Slot) -> Evidence:
        """What a slot gives each document and each way of asking."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a slot gives the documents that have anything of it, and the ways that name anything of it.

    `weight` is what the slot counts in the space, 0 where nothing has it. Of each of `documents`, in ascending order,
    `scores` has how much it scores, `covered` how much of the weight it has, and of each of `ways` `named` how much of
    the weight it names. `odds` tells how much likelier the ways of asking for each of `named_documents` name the
    slot than those of a document with no such way do, for which `absent` tells how much likelier they do than ways in
    general: sums of logarithms.
    """

    weight: float
    documents: Integers
    scores: Numbers
    covered: Numbers
    ways: Integers
    named: Numbers
    named_documents: Integers
    odds: Numbers
    absent: float

    def share_of(self, document: int) -> float:
        """How much of the slot a document has, from 0 to 1."""
        place = int(self.documents.searchsorted(document))
        held = place < len(self.documents) and self.documents[place] == document
        return float(self.covered[place]) / self.weight if held else 0.0

    @property
    def bytes(self) -> int:
        """The size in memory, about."""
        numbers = 3 * len(self.documents) + 2 * (len(self.ways) + len(self.named_documents))
        return 4 * numbers + 8 * BYTES_OF_ARRAY


@dataclass(frozen=True, slots=True)
class Weighed:
    """A slot with what it counts in a space: as its rarest meaning, else as its word, else as its parts together."""

    options: tuple[tuple[str, float], ...]
    weight: float
    inner: tuple[Weighed, ...]
    inner_weight: float


def idf(size: int, count: int) -> float:
    """How rare a term is that `count` of `size` documents hold; 0 where none does."""
    return math.log(1 + (size - count + 0.5) / (count + 0.5)) if count else 0.0


def idfs_of(size: int, counts: Integers) -> Numbers:
    """How rare each of several terms is that so many of `size` documents hold, see `idf`."""
    return np.where(counts > 0, np.log(1 + (size - counts + 0.5) / (counts + 0.5)), 0.0)


def unknown_weight(space: Space) -> float:
    """What a thing counts that stands nowhere."""
    return space.rarest * UNKNOWN_IDF_SHARE


def weighed_in(space: Space, slot: Slot) -> Weighed:
    """A slot with what it counts in a space."""
    inner = tuple(weighed_in(space, part) for part in slot.inner)
    together = sum(part.weight for part in inner)
    meanings = max((space.idf(term) for term, _ in slot.options if term[0] == "#"), default=0.0)
    words = max((space.idf(term) for term, _ in slot.options if term[0] != "#"), default=0.0)
    return Weighed(slot.options, meanings or words or together, inner, together)


def evidence_of(space: Space, slot: Slot) -> Evidence:
    """What a slot gives each document and each way of asking, worked out anew."""
    if len(slot.terms) == 1:
        return _of_one_term(space, *slot.options[0])
    weighed = weighed_in(space, slot)
    scores, shares, named = _found(weighed, space)
    documents, ways = np.flatnonzero(shares), np.flatnonzero(named)
    odds, absent = _odds([naming for term in slot.terms if (naming := space.ways.naming(term))], space.size)
    named_documents = np.flatnonzero(odds)
    return Evidence(
        weighed.weight,
        documents.astype(np.int32),
        scores[documents],
        weighed.weight * shares[documents],
        ways.astype(np.int32),
        weighed.weight * named[ways],
        named_documents.astype(np.int32),
        odds[named_documents],
        absent,
    )


def _of_one_term(space: Space, term: str, part: float) -> Evidence:
    """The same for a slot of one index term, as most are: what has the term, and what names it."""
    weight, postings, naming = space.idf(term), space.postings(term), space.ways.naming(term)
    return Evidence(
        weight,
        postings.documents,
        weight * part * (SATURATION + 1) * postings.gains,
        np.full(len(postings.documents), weight * part, np.float32),
        naming.ways if naming else NO_PLACES,
        np.full(len(naming.ways) if naming else 0, weight * part, np.float32),
        naming.documents if naming else NO_PLACES,
        naming.likelier - naming.absent if naming else NOTHING,
        naming.absent if naming else 0.0,
    )


def _found(slot: Weighed, space: Space) -> tuple[Numbers, Numbers, Numbers]:
    """Of each document its score for a slot and how much of the slot it covers; of each way how much of it it names."""
    score, covered, named = _zeros(space.size), _zeros(space.size), _zeros(len(space.ways.roots))
    for part in slot.inner:
        part_score, part_covered, part_named = _found(part, space)
        share = part.weight / (slot.inner_weight or 1)
        score += part_score
        covered += part_covered * share
        named += part_named * share
    for term, weight in slot.options:
        postings, naming = space.postings(term), space.ways.naming(term)
        gained = min(space.idf(term), slot.weight) * weight * (SATURATION + 1) * postings.gains
        better = gained > score[postings.documents]
        documents = postings.documents[better]
        score[documents] = gained[better]
        covered[documents] = weight
        if naming:
            named[naming.ways] = np.maximum(named[naming.ways], weight)
    return score, covered, named


def _odds(namings: Sequence[Naming], size: int) -> tuple[Numbers, float]:
    """Of each document, how much likelier its ways name one of the terms than those of one with no such way do; and
    how much likelier those do than ways in general. What no way names counts 0."""
    if not namings:
        return _zeros(size), 0.0
    absent = max(naming.absent for naming in namings)
    found = _zeros(size)
    for naming in namings:
        found[naming.documents] = np.maximum(found[naming.documents], naming.likelier - absent)
    return found, absent


def _zeros(size: int) -> Numbers:
    return np.zeros(size, np.float32)
