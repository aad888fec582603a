"""What a search would find if an entry had one more way of asking for it. Pure: no Django."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from faq.search.analysis import Slot
from faq.search.evidence import Evidence, Postings, Space, Weighed, evidence_of, postings_of, weighed_in
from faq.search.ranking import Signals, signals, weight_of
from faq.search.ways import SELDOM


class OneMore:
    """A space as it would be with one more way of asking for one of its documents.

    How rare terms are and how long documents are on average stay as they were: one way of asking moves neither.
    """

    def __init__(self, space: Space, document: int, things: Sequence[Sequence[str]], amount: float) -> None:
        self.size, self.ways, self._space = space.size, space.ways, space
        self.document, self.amount = document, amount
        self.terms = frozenset(term for thing in things for term in thing)
        self.root = math.sqrt(sum(max(map(self.idf, thing), default=0.0) for thing in things))

    @property
    def rarest(self) -> float:
        """How rare a term is that one document holds."""
        return self._space.rarest

    def idf(self, term: str) -> float:
        """How rare a term is; a new one is as rare as any."""
        return self._space.idf(term) or (self.rarest if term in self.terms else 0.0)

    def postings(self, term: str) -> Postings:
        """The documents that hold a term."""
        before = self._space.postings(term)
        if term not in self.terms:
            return before
        place = int(np.searchsorted(before.documents, self.document))
        if place < len(before.documents) and before.documents[place] == self.document:
            amounts = before.amounts.copy()
            amounts[place] += self.amount
            return postings_of(before.documents, amounts)
        return postings_of(
            np.insert(before.documents, place, self.document), np.insert(before.amounts, place, self.amount)
        )

    def evidence(self, slot: Slot) -> Evidence:
        """What a slot gives each document and each way of asking, the new one apart."""
        return self._space.evidence(slot) if self.terms.isdisjoint(slot.terms) else evidence_of(self, slot)

    def signals(self, asked: Sequence[Slot]) -> Signals:
        """What a question has in common with each document, the new way counted."""
        found = signals(self, asked)
        total = weight_of(found.things)
        weighed = (weighed_in(self, slot) for slot in asked)
        named = sum(slot.weight * _shared(slot, self.terms) for slot in weighed)
        square = min(named * named / (total * self.root * self.root), 1.0) if self.root else 0.0
        nearest, share, odds = found.nearest.copy(), found.named.copy(), found.odds.copy()
        nearest[self.document] = max(nearest[self.document], square)
        share[self.document] = max(share[self.document], named / total)
        odds[self.document] = sum(self._odds(slot) for slot in asked)
        return replace(found, nearest=nearest, named=share, odds=odds)

    def _odds(self, slot: Slot) -> float:
        """How much likelier the document's ways name a thing, with the new one, than ways in general do."""
        found = [self._likelier(term) for term in slot.terms if term in self.terms or self.ways.naming(term)]
        return max(found, default=0.0)

    def _likelier(self, term: str) -> float:
        naming = self.ways.naming(term)
        count = int(self.ways.counts[self.document])
        share = float(naming.share[naming.documents == self.document].sum()) if naming else 0.0
        named = share * (count + 1) + (term in self.terms)
        overall = naming.overall if naming else self.ways.share_of_none
        return math.log((named / (count + 2) + SELDOM) / (overall + SELDOM))


def _shared(slot: Weighed, terms: Collection[str]) -> float:
    """How much of a slot a way with these terms names."""
    whole = max((weight for term, weight in slot.options if term in terms), default=0.0)
    if whole == 1 or not slot.inner_weight:
        return whole
    return max(whole, sum(part.weight * _shared(part, terms) for part in slot.inner) / slot.inner_weight)
