"""What a new phrasing would do to the search: which judged queries of its edition find their answer elsewhere."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from faq.search.engine import Engine, IndexUnusable, SearchDocument
from faq.search.indexer import engine, new_engine
from faq.search.judging import Judged, judged_files, rank_of, read_judged
from faq.search.loading import documents, terms
from faq.store import content_version
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


def preview(edition: Edition, slug: str, language: str, phrasing: str) -> Preview | None:
    """What the phrasing would do to the search, worst first. None where readers do not see the text yet."""
    now = documents(edition)
    if (slug, language) not in {(one.slug, one.language) for one in now}:
        return None
    judged = [Judged(language, ITSELF, phrasing, (slug,))]
    judged += [one for path in judged_files(edition.code) for one in read_judged(path)]
    then = [_with_phrasing(one, phrasing) if (one.slug, one.language) == (slug, language) else one for one in now]
    itself, *rest = map(Move, judged, _ranks_now(now, judged, edition.code), _ranks_in(then, judged, edition.code))
    moves = sorted((move for move in rest if move.before != move.after), key=lambda move: not move.worse)
    return Preview(itself, tuple(moves), len(rest))


def _with_phrasing(document: SearchDocument, phrasing: str) -> SearchDocument:
    return replace(document, asked_as=(*document.asked_as, phrasing))


def _ranks_now(now: Sequence[SearchDocument], judged: Sequence[Judged], edition: str) -> list[int]:
    """Where each query's first acceptable entry stands: in the index that readers search, where that is ready."""
    try:
        return _ranks(engine(), judged, edition, content_version.current())
    except IndexUnusable:
        return _ranks_in(now, judged, edition)


def _ranks_in(made_of: Sequence[SearchDocument], judged: Sequence[Judged], edition: str) -> list[int]:
    """Where each query's first acceptable entry stands in an index of these documents."""
    with tempfile.TemporaryDirectory(prefix="phrasing-") as folder:
        made = new_engine(Path(folder))
        made.index(made_of, terms(), content_version=1)
        return _ranks(made, judged, edition, 1)


def _ranks(searched: Engine, judged: Sequence[Judged], edition: str, number: int) -> list[int]:
    return [rank_of(searched, one, edition, number) for one in judged]
