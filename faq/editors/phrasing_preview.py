"""What a new phrasing would do to the search: which judged queries of its edition find their answer elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from faq.models import Translation
from faq.search.engine import Engine, IndexUnusable, Phrasing
from faq.search.indexer import asked
from faq.search.judging import Judged, ask, judged_queries
from faq.store.editions import Edition

ITSELF = "itself"
"""The kind of the question that is being added, beside the judged ones."""


@dataclass(frozen=True, slots=True)
class Move:
    """A query and where its first acceptable entry stands, before and after; 0 is not among the first ten."""

    judged: Judged
    before: int
    after: int

    @property
    def worse(self) -> bool:
        """Whether a reader finds the answer lower than before, or no longer."""
        return self._height(self.after) > self._height(self.before)

    @staticmethod
    def _height(rank: int) -> float:
        return rank or float("inf")


@dataclass(frozen=True, slots=True)
class Preview:
    """What a phrasing would do: to the question itself, and to which of so many judged queries."""

    itself: Move
    moves: tuple[Move, ...]
    judged: int


def preview(edition: Edition, slug: str, language: str, text: str) -> Preview | None:
    """What the phrasing would do to the search, worst first. None where readers do not see the entry yet, and while
    there is no index.

    Of the judged queries those are asked that name something of what the phrasing names; no other comes nearer to it.
    """
    if not Translation.objects.published().filter(entry__edition=edition, entry__slug=slug, language=language).exists():
        return None
    phrasing = Phrasing(edition.code, slug, language, text)
    try:
        return asked(lambda engine, number: _preview(engine, number, phrasing))[0]
    except IndexUnusable:
        return None


def _preview(engine: Engine, number: int, phrasing: Phrasing) -> Preview:
    """What a phrasing would do to an index of a content version."""
    judged = judged_queries(phrasing.edition)
    itself = _move(engine, number, Judged(phrasing.language, ITSELF, phrasing.text, (phrasing.slug,)), phrasing)
    moves = [_move(engine, number, one, phrasing) for one in _touched(engine, number, judged, phrasing)]
    moved = sorted((move for move in moves if move.before != move.after), key=lambda move: not move.worse)
    return Preview(itself, tuple(moved), len(judged))


def _touched(engine: Engine, number: int, judged: Iterable[Judged], phrasing: Phrasing) -> Iterator[Judged]:
    """The queries that name something of what a phrasing names."""
    terms = engine.named(phrasing.text, phrasing.language, phrasing.edition, number)
    for one in judged:
        if not terms.isdisjoint(engine.named(one.query, phrasing.language, phrasing.edition, number)):
            yield one


def _move(engine: Engine, number: int, judged: Judged, phrasing: Phrasing) -> Move:
    before, after = (ask(engine, judged, phrasing.edition, number, also) for also in (None, phrasing))
    return Move(judged, before.rank, after.rank)
