"""What a question has in common with every entry of a space: its words, and the ways of asking that come near it.

Pure: no Django. A `Space` is what an index holds for one edition in one language; all is worked out for its documents
at once, in arrays.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from faq.search.analysis import Slot
from faq.search.ways import Integers, Numbers, Ways, is_meaning, pairs, unnamed

SATURATION = 16.0
"""How soon more of the same word stops to count (the k1 of BM25)."""

LEAST_WEIGHT = 1e-6
"""What a way of asking weighs at least, so that one of function words alone divides by something."""

UNKNOWN_IDF_SHARE = 0.5
"""What a word that stands nowhere counts in how much of a question an entry covers, beside the rarest word."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents that hold a term, in ascending order, each with the term's weight there."""

    documents: Integers
    amounts: Numbers


SELDOM = 0.0025
"""What is added to shares of ways, so that one that no way has is unlikely, not impossible."""

NOWHERE = Postings(np.zeros(0, np.int32), np.zeros(0, np.float32))
"""The postings of a term that no document holds."""


class Space(Protocol):
    """What an index holds for one edition in one language; its documents are numbered from 0."""

    size: int
    ways: Ways

    def postings(self, term: str) -> Postings:
        """The documents that hold a term."""

    def idf(self, term: str) -> float:
        """How rare a term is, see `idf`; 0 where no document holds it."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What a question has in common with each document of a space: arrays with a number for each.

    `words` is BM25F over what the question names, `coverage` the part of the question that the document has (0 to 1),
    `nearest` how near its nearest way of asking comes (the square of the cosine, 0 to 1) and `alike` the same for all
    its ways together (the root of the mean square), `named` the part of the question that one of its ways names, and
    `title` the part of its own question that was asked.

    As in a naive Bayes classifier, in sums of logarithms, `odds` tells how much likelier ways of asking for the
    document name these things than ways of asking in general, `unasked` how likely they name nothing else, and
    `unasked_meanings` no other meaning. `pairs` tells how rare those pairs of neighboring things are that stand beside
    each other in a way of asking for the document as well, which keeps a negation with its noun.

    `of_ways` has the nearness of every way, and `things` for each thing that the question names what it weighs and how
    much of it each document has. `unknown` is the part of the question that stands nowhere.
    """

    words: Numbers
    coverage: Numbers
    nearest: Numbers
    alike: Numbers
    named: Numbers
    title: Numbers
    odds: Numbers
    unasked: Numbers
    unasked_meanings: Numbers
    pairs: Numbers
    of_ways: Numbers
    things: tuple[tuple[float, Numbers], ...]
    unknown: float


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


class OneMore:
    """A space as it would be with one more way of asking for one of its documents.

    How rare terms are and how long documents are on average stay as they were: one way of asking moves neither.
    """

    def __init__(self, space: Space, document: int, things: Sequence[Sequence[str]], amount: float) -> None:
        self.size, self.ways, self._space = space.size, space.ways, space
        self.document, self.amount = document, amount
        self.terms = frozenset(term for thing in things for term in thing)
        self.root = math.sqrt(sum(max(map(self.idf, thing), default=0.0) for thing in things))

    def idf(self, term: str) -> float:
        """How rare a term is; a new one is as rare as any."""
        return self._space.idf(term) or (idf(self.size, 1) if term in self.terms else 0.0)

    def postings(self, term: str) -> Postings:
        """The documents that hold a term."""
        before = self._space.postings(term)
        if term not in self.terms:
            return before
        place = int(np.searchsorted(before.documents, self.document))
        if place < len(before.documents) and before.documents[place] == self.document:
            amounts = before.amounts.copy()
            amounts[place] += self.amount
            return Postings(before.documents, amounts)
        return Postings(
            np.insert(before.documents, place, self.document), np.insert(before.amounts, place, self.amount)
        )

    def added(self, found: Signals, asked: Sequence[Slot], weighed: Sequence[Weighed], total: float) -> Signals:
        """The signals of a question with those of the new way."""
        named = sum(slot.weight * _shared(slot, self.terms) for slot in weighed)
        square = min(named * named / (total * self.root * self.root), 1.0) if self.root else 0.0
        nearest, share = found.nearest.copy(), found.named.copy()
        nearest[self.document] = max(nearest[self.document], square)
        share[self.document] = max(share[self.document], named / total)
        odds = found.odds.copy()
        odds[self.document] = sum(self._odds(slot) for slot in asked)
        return replace(found, nearest=nearest, named=share, odds=odds)

    def _odds(self, slot: Slot) -> float:
        """What `_odds` is for the document with the new way."""
        found = [self._likelier(term) for term in slot.terms() if term in self.ways.holding or term in self.terms]
        return max(found, default=0.0)

    def _likelier(self, term: str) -> float:
        documents, shares = self.ways.share(term)
        count = int(self.ways.counts[self.document])
        named = float(shares[documents == self.document].sum()) * (count + 1) + (term in self.terms)
        return math.log((named / (count + 2) + SELDOM) / (self.ways.overall(term) + SELDOM))


def signals(space: Space, slots: Iterable[Slot], more: OneMore | None = None) -> Signals:
    """What a question has in common with each document, where that is given with one more way of asking."""
    asked = list(slots)
    weighed = [_weighed(slot, more or space) for slot in asked]
    unknown = idf(space.size, 1) * UNKNOWN_IDF_SHARE
    total = sum(slot.weight or unknown for slot in weighed) or 1.0
    ways = space.ways
    words, covered, named = _zeros(space.size), _zeros(space.size), _zeros(len(ways.roots))
    things = []
    for slot in weighed:
        score, share, shared = _found(slot, more or space)
        things.append((slot.weight or unknown, share))
        words += score
        covered += slot.weight * share
        named += slot.weight * shared
    of_way = named / np.maximum(ways.roots * ways.roots, LEAST_WEIGHT)
    square = np.minimum(named / total * of_way, 1)
    found = Signals(
        words=words,
        coverage=covered / total,
        nearest=np.maximum.reduceat(square, ways.starts),
        alike=_alike(square, ways),
        named=np.maximum.reduceat(named, ways.starts) / total,
        title=np.minimum(of_way[ways.starts], 1),
        odds=sum((_odds(slot, ways) for slot in asked), _zeros(space.size)),
        unasked=_unasked(ways.usual, {term for slot in asked for term in slot.terms()}, ways),
        unasked_meanings=_unasked(
            ways.usual_meanings, {term for slot in asked for term in slot.terms() if is_meaning(term)}, ways
        ),
        pairs=_pairs(asked, ways),
        of_ways=square,
        things=tuple(things),
        unknown=sum(unknown for slot in weighed if not slot.weight) / total,
    )
    return more.added(found, asked, weighed, total) if more else found


def _odds(slot: Slot, ways: Ways) -> Numbers:
    """How much likelier each document's ways name a thing than ways in general do; 0 for what no way names."""
    found: Numbers | None = None
    for term in slot.terms():
        if term not in ways.holding:
            continue
        overall = ways.overall(term) + SELDOM
        documents, share = ways.share(term)
        likelier = np.full(len(ways.starts), math.log(SELDOM / overall), np.float32)
        likelier[documents] = np.log((share + SELDOM) / overall)
        found = likelier if found is None else np.maximum(found, likelier)
    return _zeros(len(ways.starts)) if found is None else found


def _pairs(slots: Sequence[Slot], ways: Ways) -> Numbers:
    """How rare the pairs of things are that stand side by side in the question and in a way of asking."""
    found = _zeros(len(ways.starts))
    for pair in pairs([list(slot.terms()) for slot in slots]):
        documents, _ = ways.share(pair)
        if len(documents):
            found[documents] += math.log(len(found) / len(documents))
    return found


def _unasked(usual: Numbers, terms: Iterable[str], ways: Ways) -> Numbers:
    """How likely ways of asking for each document name no other terms than these."""
    found = usual.copy()
    for term in terms:
        documents, share = ways.share(term)
        found[documents] -= unnamed(share)
    return found


def nearest_way(space: Space, found: Signals, document: int) -> int:
    """Which of a document's ways of asking comes nearest, from 1; 0 where none has anything of what was asked."""
    start = int(space.ways.starts[document])
    end = int(space.ways.starts[document + 1]) if document + 1 < space.size else len(space.ways.roots)
    best = int(np.argmax(found.of_ways[start:end]))
    return best + 1 if found.of_ways[start + best] else 0


def _alike(square: Numbers, ways: Ways) -> Numbers:
    return np.sqrt(np.add.reduceat(square * square, ways.starts) / ways.counts)


def _zeros(size: int) -> Numbers:
    return np.zeros(size, np.float32)


def _shared(slot: Weighed, terms: Collection[str]) -> float:
    """How much of a slot a way with these terms names."""
    whole = max((weight for term, weight in slot.options if term in terms), default=0.0)
    if whole == 1 or not slot.inner_weight:
        return whole
    return max(whole, sum(part.weight * _shared(part, terms) for part in slot.inner) / slot.inner_weight)


def _weighed(slot: Slot, space: Space) -> Weighed:
    inner = tuple(_weighed(part, space) for part in slot.inner)
    together = sum(part.weight for part in inner)
    meanings = max((space.idf(term) for term, _ in slot.options if term[0] == "#"), default=0.0)
    words = max((space.idf(term) for term, _ in slot.options if term[0] != "#"), default=0.0)
    return Weighed(slot.options, meanings or words or together, inner, together)


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
        rarity = min(space.idf(term), slot.weight) * weight * (SATURATION + 1)
        postings = space.postings(term)
        gained = rarity * postings.amounts / (postings.amounts + SATURATION)
        better = gained > score[postings.documents]
        documents = postings.documents[better]
        score[documents] = gained[better]
        covered[documents] = weight
        holding = space.ways.holding.get(term)
        if holding is not None:
            named[holding] = np.maximum(named[holding], weight)
    return score, covered, named
