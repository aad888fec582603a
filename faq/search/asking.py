"""A question put to the spaces of an index: ranked in every language, and joined. Pure: no Django."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np

from faq.search.analysis import FIELDS, Slot, slots_of
from faq.search.engine import Hit, Matches, Phrasing, Query, Suggestion
from faq.search.evidence import Space
from faq.search.learning import Lesson
from faq.search.one_more import OneMore
from faq.search.outside import OUTSIDE
from faq.search.passages import mark_of_name, mark_of_words
from faq.search.query_text import query_words
from faq.search.ranking import Nearness, Signals, nearness, signals
from faq.search.sureness import shipped_scale, signs_of
from faq.search.term_rows import Integers
from faq.search.understanding import Understood, Words, begun, open_spaces, understood
from faq.search.ways import Numbers
from faq.search.weighing import features, in_order_of, of_language, ranking_weights

HIGHEST = 80.0
"""Of a score's logarithm: what is told is a number, however long a question is."""

FAR_BELOW = 5.0
"""How far the logarithm of an entry's score may be below that of the best one's for the entry to answer as well."""

MOST_ANSWERS = 7
"""Entries of a language that answer one question at most: a question that more answer equally well is none."""

NEAR_WAY = 4.0
"""How much a way of asking that begins like what was typed raises an entry among the suggestions."""


class Facts(NamedTuple):
    """What a search must know of every document that it finds."""

    slug: str
    section: str
    connection_types: Sequence[str]


class FullSpace(Space, Words, Protocol):
    """A space with the words to mend a question by and the records to show."""

    name: str

    @property
    def facts(self) -> Sequence[Facts]:
        """What a search must know of each document."""

    @property
    def places(self) -> Mapping[str, int]:
        """The number of each document by its slug."""

    def places_in(self, other: FullSpace) -> Integers:
        """The number of each document in another space of the edition; -1 where that has none."""

    def records(self, documents: Sequence[int]) -> Sequence[Mapping[str, Any]]:
        """What is kept of documents to show them."""


Spaces = Mapping[tuple[str, str], FullSpace]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one space answers: what was looked for there, and what that has in common with each document."""

    space: FullSpace
    slots: Sequence[Slot]
    signals: Signals


@dataclass(frozen=True, slots=True)
class _Found:
    """What is shown of an answer: the best documents with their scores, how many there are in all, and the score from
    which on they answer."""

    answer: _Answer
    best: Sequence[tuple[int, float]]
    total: int
    least: float


def search(
    query: Query, spaces: Spaces, limit: int, also: Phrasing | None = None, asked: Understood | None = None
) -> Matches:
    """The entries that answer a question: those that the reader's language has, then those that only others have.
    `asked` is what it asks for, where that is known already.
    """
    asked = asked or understood(query, spaces, also)
    answers = [
        answered(space, asked.slots[space.language], _more(space, query.edition, also))
        for space in open_spaces(query, spaces)
    ]
    outside = _outside(answers, spaces)
    judged = [_judged(answer, rows, outside) for answer, rows in zip(answers, features_of(answers), strict=True)]
    sureness = max((one.sureness for one in judged), default=0.0)
    only_near = sureness < shipped_scale().least
    least = math.inf if only_near else max((one.highest for one in judged), default=0.0) * math.exp(-FAR_BELOW)
    found: list[_Found] = []
    for place, (answer, one) in enumerate(zip(answers, judged, strict=True)):
        ranked = one.order
        for earlier in answers[:place]:
            ranked = ranked[answer.space.places_in(earlier.space)[ranked] < 0]
        if query.section or query.connection_type:
            ranked = ranked[[_within(answer.space.facts[number], query) for number in ranked.tolist()]]
        best = [(number, float(one.scores[number])) for number in ranked[:limit].tolist()]
        found.append(_Found(answer, best, len(ranked), least))
    own = [one for one in found if one.answer.space.language == query.language]
    elsewhere = [one for one in found if one.answer.space.language != query.language]
    return Matches(
        own=_hits(own),
        elsewhere=_hits(elsewhere),
        own_total=sum(one.total for one in own),
        elsewhere_total=sum(one.total for one in elsewhere),
        corrected=" ".join(asked.meant) if asked.meant != asked.typed else None,
        sureness=sureness,
        only_near=only_near,
    )


def lesson(query: Query, spaces: Spaces, slugs: Collection[str]) -> Lesson:
    """A judged question in the reader's language, for the weights to be learned from; `slugs` answer it."""
    asked = understood(query, spaces)
    answers = [answered(space, asked.slots[space.language]) for space in open_spaces(query, spaces)]
    own = answers[0]
    right = np.array([facts.slug in slugs for facts in own.space.facts])
    return Lesson(features_of(answers)[0], right, own.signals, _outside(answers, spaces))


def suggest(query: Query, spaces: Spaces, limit: int) -> list[Suggestion]:
    """The questions of the entries that come nearest to what was typed so far, whose last word may be unfinished."""
    space = spaces.get((query.edition, query.language))
    if space is None or not (slots := begun(query, space)):
        return []
    found = signals(space, slots)
    scores = np.sqrt(found.coverage) * found.words * (1 + NEAR_WAY * found.nearest)
    best = np.argsort(-scores, kind="stable")[:limit]
    records = space.records(best[found.nearest[best] > 0].tolist())
    return [Suggestion(record["question"], record["slug"], record["section_title"]) for record in records]


def answered(space: FullSpace, slots: Sequence[Slot], more: OneMore | None = None) -> _Answer:
    """What the things that a question names have in common with the documents of a space."""
    return _Answer(space, slots, more.signals(slots) if more else signals(space, slots))


def _more(space: FullSpace, edition: str, also: Phrasing | None) -> OneMore | None:
    """The space with a phrasing more, where that is one of its documents'."""
    if also is None or (also.edition, also.language) != (edition, space.language) or also.slug not in space.places:
        return None
    things = [slot.terms for slot in slots_of(query_words(also.text), space.language, space.thesaurus)]
    return OneMore(space, space.places[also.slug], things, FIELDS["asked_as"])


def _outside(answers: Sequence[_Answer], spaces: Spaces) -> Nearness | None:
    """How near a question, as the reader's language takes it, comes to the subjects that no entry is about."""
    space = spaces.get((OUTSIDE, answers[0].space.language)) if answers else None
    return nearness(space, answers[0].slots) if space else None


@dataclass(frozen=True, slots=True)
class _Judged:
    """The documents of a space that have enough of a question, best first, the score of every document, and how sure
    it is that the first one answers."""

    order: Integers
    scores: Numbers
    sureness: float

    @property
    def highest(self) -> float:
        """The score of the first document; 0 where there is none."""
        return float(self.scores[self.order[0]]) if len(self.order) else 0.0


def _judged(answer: _Answer, rows: Numbers, outside: Nearness | None) -> _Judged:
    scores = rows @ ranking_weights()
    order = in_order_of(scores, rows)
    if not len(order):
        return _Judged(order, scores, 0.0)
    signs = signs_of(answer.signals, rows, scores, int(order[0]), outside)
    return _Judged(order, np.exp(np.minimum(scores, HIGHEST)), shipped_scale().sure(signs))


def features_of(answers: Sequence[_Answer]) -> list[Numbers]:
    """For each of the spaces that were asked the features of its documents, with what the other spaces say of them."""
    rows = [of_language(answer.signals) for answer in answers]
    return [
        features(
            rows[place],
            [
                (rows[other], answer.space.places_in(answers[other].space))
                for other in range(len(answers))
                if other != place
            ],
        )
        for place, answer in enumerate(answers)
    ]


def _within(facts: Facts, query: Query) -> bool:
    return query.section in ("", facts.section) and (
        not query.connection_type or query.connection_type in facts.connection_types
    )


def _hits(found: Iterable[_Found]) -> tuple[Hit, ...]:
    """What is shown of the first documents of each language."""
    hits: list[Hit] = []
    for one in found:
        if one.best:
            matched, records = _matched(one.answer), one.answer.space.records([place for place, _ in one.best])
            hits += (
                _hit(record, score, matched, number < MOST_ANSWERS and score >= one.least)
                for number, (record, (_, score)) in enumerate(zip(records, one.best, strict=True))
            )
    return tuple(hits)


def _matched(answer: _Answer) -> frozenset[str]:
    """What is marked in a document: the words that were typed, and what else is called what they name."""
    return frozenset(mark for slot in answer.slots for mark in _marks_of(slot, answer.space) if mark)


def _marks_of(slot: Slot, space: FullSpace) -> Iterator[str]:
    """The marks of a thing; of words that are no name as a whole those of the things that they name one by one."""
    language, words = space.language, slot.word.split(" ")
    yield mark_of_words(words, language)
    keys = [term[1:] for term, _ in slot.options if term[0] == "#"]
    names = [name for key in keys for name in space.thesaurus.called(key, words, language)]
    yield from (mark_of_name(name, language) for name in names)
    if len(words) > 1:
        yield from (mark_of_words([word], language) for word in words)
        if not names:
            yield from (mark for part in slot.inner for mark in _marks_of(part, space))


def _hit(record: Mapping[str, Any], score: float, matched: frozenset[str], answers: bool) -> Hit:
    return Hit(
        slug=record["slug"],
        language=record["language"],
        score=score,
        section=record["section"],
        section_title=record["section_title"],
        connection_types=tuple(record["connection_types"]),
        question=record["question"],
        summary=record["summary"],
        answer=record["answer"],
        matched=matched,
        answers=answers,
    )
