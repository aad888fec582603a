"""How well an entry answers a question: BM25F over what the question names, and how near its phrasings come to it.

Pure: no Django. A `Space` is what an index holds for one edition in one language.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Protocol

from faq.search.analysis import Slot

SATURATION = 16.0
"""How soon more of the same word stops to count (the k1 of BM25)."""

UNKNOWN_IDF_SHARE = 0.5
"""What a word that stands nowhere counts in how much of a question an entry covers, beside the rarest word."""

PARTS_TOGETHER = 1.0
"""What the parts of a name or compound count together, beside the name itself."""

NEAR_PHRASING = 4.0
"""How much a phrasing that is the question itself raises an entry's score."""

ENOUGH_COVERAGE = 0.5
"""The part of a question that some entry must cover; below it, what is found is only near the question."""

COVERAGE_POWER = 0.5
"""How strongly an entry sinks that covers only a part of the question."""

LEAST_COVERAGE = 0.3
"""The part of the best entry's coverage below which an entry is left out: more words narrow."""

NEARNESS_POWER = 1.2
"""How much sharper than the square of the cosine nearness is taken."""

LOOKED_AT_CLOSELY = 40
"""Entries, best first, whose phrasings are compared with the question."""


ENOUGH_FOUND = 300
"""Documents found by rarer things, from which on a commoner one finds no more."""

MOST_FROM_ONE_TERM = 1_000
"""Documents that one term finds at most: those where it weighs most. In a small index that is all of them."""

MOST_RANKED = 200
"""Documents that a ranking holds at most."""


class Space(Protocol):
    """What an index holds for one edition in one language."""

    size: int

    def postings(self, term: str) -> Mapping[int, float]:
        """The documents that hold a term, each with the term's weight there; empty where none does."""

    def strongest(self, term: str) -> Mapping[int, float]:
        """As `postings`, of the `MOST_FROM_ONE_TERM` documents where the term weighs most."""

    def idf(self, term: str) -> float:
        """How rare a term is, see `idf`; 0 where no document holds it."""

    def phrasings(self, document: int) -> Sequence[Phrasing]:
        """The ways in which a document's question is asked."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A way of asking: its text, its index terms, and the root of what they weigh together."""

    text: str
    terms: frozenset[str]
    root: float


@dataclass(slots=True)
class Scored:
    """A document's score and what part of the question it covers (0 to 1)."""

    document: int
    score: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best documents, best first, and how many there are in all."""

    best: list[Scored]
    total: int


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A slot with what it counts in a space: as its rarest meaning, else as its word, else as its parts together."""

    options: tuple[tuple[str, float], ...]
    weight: float
    inner: tuple[_Weighed, ...]
    inner_weight: float


def idf(size: int, count: int) -> float:
    """How rare a term is that `count` of `size` documents hold; 0 where none does."""
    return math.log(1 + (size - count + 0.5) / (count + 0.5)) if count else 0.0


def rank(space: Space, slots: Sequence[Slot]) -> Ranking:
    """The documents that answer a question, best first.

    Rare things are looked up first. Once they have found enough documents, common ones only score those: a document
    that holds nothing but common words would not come to the top.
    """
    rarest = idf(space.size, 1)
    weighed = sorted((_weighed(slot, space) for slot in slots), key=lambda slot: -slot.weight)
    total = sum(slot.weight or rarest * UNKNOWN_IDF_SHARE for slot in weighed)
    scores: dict[int, float] = {}
    covered: dict[int, float] = {}
    for slot in weighed:
        among = scores if len(scores) >= ENOUGH_FOUND else None
        for document, (score, share) in _found(slot, space, among).items():
            scores[document] = scores.get(document, 0.0) + score
            covered[document] = covered.get(document, 0.0) + slot.weight * share
    if not scores:
        return Ranking([], 0)
    least = max(covered.values()) * LEAST_COVERAGE
    enough = [
        (score * (covered[document] / total) ** COVERAGE_POWER, -document)
        for document, score in scores.items()
        if covered[document] >= least
    ]
    best = [Scored(-negative, score, covered[-negative] / total) for score, negative in nlargest(MOST_RANKED, enough)]
    looked_for = frozenset(term for slot in slots for term in slot.terms())
    for one in best[:LOOKED_AT_CLOSELY]:
        alike = [phrasing for phrasing in space.phrasings(one.document) if not looked_for.isdisjoint(phrasing.terms)]
        near = max((_nearness(phrasing, weighed, total) for phrasing in alike), default=0.0)
        one.score *= 1 + NEAR_PHRASING * near
    best.sort(key=lambda one: (-one.score, one.document))
    return Ranking(best, len(enough))


def nearest_phrasing(space: Space, document: int, slots: Sequence[Slot]) -> Phrasing | None:
    """The way of asking a document's question that comes nearest to these slots; None where none shares anything."""
    weighed = [_weighed(slot, space) for slot in slots]
    total = sum(slot.weight for slot in weighed)
    near = [(_nearness(phrasing, weighed, total), phrasing) for phrasing in space.phrasings(document)] if total else []
    best = max(near, key=lambda one: one[0], default=None)
    return best[1] if best and best[0] else None


def _weighed(slot: Slot, space: Space) -> _Weighed:
    inner = tuple(_weighed(part, space) for part in slot.inner)
    together = sum(part.weight for part in inner)
    meanings = max((space.idf(term) for term, _ in slot.options if term[0] == "#"), default=0.0)
    words = max((space.idf(term) for term, _ in slot.options if term[0] != "#"), default=0.0)
    return _Weighed(slot.options, meanings or words or together * PARTS_TOGETHER, inner, together)


def _found(slot: _Weighed, space: Space, among: Collection[int] | None) -> dict[int, tuple[float, float]]:
    """The documents that hold what a slot asks for, of all or `among` some: their score, and how much of it they
    cover."""
    found: dict[int, tuple[float, float]] = {}
    for part in slot.inner:
        share = PARTS_TOGETHER * part.weight / (slot.inner_weight or 1)
        for document, (score, covered) in _found(part, space, among).items():
            before = found.get(document, (0.0, 0.0))
            found[document] = (before[0] + score * PARTS_TOGETHER, before[1] + covered * share)
    for term, weight in slot.options:
        rarity = min(space.idf(term), slot.weight) * weight * (SATURATION + 1)
        postings = space.strongest(term) if among is None else _among(space.postings(term), among)
        for document, amount in postings.items():
            score = rarity * amount / (amount + SATURATION)
            if document not in found or score > found[document][0]:
                found[document] = (score, weight)
    return found


def _among(postings: Mapping[int, float], among: Collection[int]) -> Mapping[int, float]:
    if len(postings) <= len(among):
        return postings
    return {document: postings[document] for document in among if document in postings}


def _nearness(phrasing: Phrasing, slots: Sequence[_Weighed], total: float) -> float:
    """How near a phrasing comes to the question: 0 nothing in common, 1 the same."""
    shared = sum(slot.weight * _shared(slot, phrasing.terms) for slot in slots)
    if not phrasing.root:
        return 0.0
    return float(min(1.0, shared * shared / (total * phrasing.root * phrasing.root)) ** NEARNESS_POWER)


def _shared(slot: _Weighed, terms: frozenset[str]) -> float:
    best = 0.0
    for term, weight in slot.options:
        if term in terms and weight > best:
            best = weight
    if best == 1 or not slot.inner_weight:
        return best
    return max(
        best, PARTS_TOGETHER * sum(part.weight * _shared(part, terms) for part in slot.inner) / slot.inner_weight
    )


def phrasing_of(space: Space, text: str, things: Sequence[Sequence[str]]) -> Phrasing:
    """A phrasing as an index keeps it (per thing its terms), with what it weighs in a space."""
    weight = sum(max(map(space.idf, thing), default=0.0) for thing in things)
    return Phrasing(text, frozenset(term for thing in things for term in thing), math.sqrt(weight))
