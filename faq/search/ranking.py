"""What a question has in common with every entry of a space: its words, and the ways of asking that come near it.

Pure: no Django. All is worked out for the documents of a space at once, in arrays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from faq.search.analysis import Slot, is_meaning, pairs
from faq.search.evidence import Evidence, Space, unknown_weight
from faq.search.term_rows import Integers
from faq.search.ways import NO_PLACES, Naming, Numbers, Ways


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

    `things` has for each thing that the question names what it weighs and what it gives. `unknown`
    is the part of the question that stands nowhere, and `rarest` how rare a term is that one document holds.
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
    things: tuple[tuple[float, Evidence], ...]
    unknown: float
    rarest: float


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a question comes to any document of a space: the highest `nearest` and `odds` of its signals."""

    nearest: float
    odds: float


def signals(space: Space, asked: Sequence[Slot]) -> Signals:
    """What a question has in common with each document."""
    found = [space.evidence(slot) for slot in asked]
    things = tuple((one.weight or unknown_weight(space), one) for one in found)
    total = weight_of(things)
    ways = space.ways
    named = _named(found, ways)
    of_way = named / ways.squares
    square = np.minimum(named * of_way / total, 1)
    documents = _joined([one.documents for one in found])
    asked_for = _asked_for(asked, ways)
    return Signals(
        words=_sum(documents, [one.scores for one in found], space.size),
        coverage=_sum(documents, [one.covered for one in found], space.size) / total,
        nearest=np.maximum.reduceat(square, ways.starts),
        alike=np.sqrt(np.add.reduceat(square * square, ways.starts) / ways.counts),
        named=np.maximum.reduceat(named, ways.starts) / total,
        title=np.minimum(of_way[ways.starts], 1),
        odds=_odds(found, space.size),
        unasked=ways.usual - _unnamed(asked_for.values(), space.size),
        unasked_meanings=ways.usual_meanings
        - _unnamed([naming for term, naming in asked_for.items() if is_meaning(term)], space.size),
        pairs=_pairs(asked, ways),
        things=things,
        unknown=sum(weight for weight, one in things if not one.weight) / total,
        rarest=space.rarest,
    )


def nearness(space: Space, asked: Sequence[Slot]) -> Nearness:
    """How near a question comes to any document."""
    found = [space.evidence(slot) for slot in asked]
    total = weight_of((one.weight or unknown_weight(space), one) for one in found)
    named = _named(found, space.ways)
    square = named * named / (space.ways.squares * total)
    return Nearness(min(float(square.max(initial=0.0)), 1.0), float(_odds(found, space.size).max(initial=0.0)))


def weight_of(things: Iterable[tuple[float, Evidence]]) -> float:
    """What a whole question weighs; never 0."""
    return sum(weight for weight, _ in things) or 1.0


def _named(found: Sequence[Evidence], ways: Ways) -> Numbers:
    """How much of the weight of a question each way names. In single precision: there are many ways, and what is worked
    out for each of them takes most of the time."""
    named = _sum(_joined([one.ways for one in found]), [one.named for one in found], len(ways.roots))
    return named.astype(np.float32)


def _odds(found: Sequence[Evidence], size: int) -> Numbers:
    """How much likelier each document's ways name the things of a question than ways in general do."""
    documents = _joined([one.named_documents for one in found])
    return _sum(documents, [one.odds for one in found], size) + sum(one.absent for one in found)


def _pairs(asked: Sequence[Slot], ways: Ways) -> Numbers:
    """How rare the pairs of things are that stand side by side in the question and in a way of asking."""
    namings = [naming for pair in pairs([slot.terms for slot in asked]) if (naming := ways.naming(pair))]
    rarities = [np.full(len(naming.documents), naming.rarity) for naming in namings]
    return _sum(_joined([naming.documents for naming in namings]), rarities, len(ways.starts))


def _asked_for(asked: Sequence[Slot], ways: Ways) -> dict[str, Naming]:
    """The terms of a question that any way names, and which do."""
    terms = {term for slot in asked for term in slot.terms}
    return {term: naming for term in terms if (naming := ways.naming(term))}


def _unnamed(namings: Collection[Naming], size: int) -> Numbers:
    """How unlikely it is that ways of asking for each of so many documents name none of these terms."""
    return _sum(_joined([naming.documents for naming in namings]), [naming.unnamed for naming in namings], size)


def _joined(parts: Sequence[Integers]) -> Integers:
    return np.concatenate(parts) if parts else NO_PLACES


def _sum(places: Integers, parts: Sequence[Numbers], size: int) -> Numbers:
    """The sum of the numbers that each place is given, of so many places; the numbers come in parts."""
    if not parts:
        return np.zeros(size)
    return np.bincount(places, np.concatenate(parts), size).astype(np.float64, copy=False)
