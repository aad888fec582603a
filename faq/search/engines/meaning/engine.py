"""A second opinion by meaning: another engine finds the entries, a sentence model helps to put them in order.

The order is by the logarithm of the other engine's score, less the distance in meaning times a weight. What is found,
how sure it is, and what is suggested remain the other engine's. Pure: no Django.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from faq.search.engine import (
    Documents,
    Engine,
    Health,
    Hit,
    Matches,
    Phrasing,
    Progress,
    Query,
    Suggestion,
    untold,
)
from faq.search.engines.meaning.encoder import Encoder, Vectors
from faq.search.engines.meaning.vectors import EntryVectors, read_vectors, written_vectors
from faq.search.engines.opened import Opened
from faq.search.engines.verified_folder import SealedFolder
from faq.search.terms import Term

FORM = 2
"""Raised whenever what is stored changes, so that older vectors are made again; so are those of another model."""

WEIGHT = 50.0
"""How much the distance in meaning (1 less the cosine) takes off the logarithm of a score. It is the best of those that
`manage.py weigh_meaning` tries on the tuning half; from 30 to 80 there is little difference."""

COMPARED = 20
"""Entries that are put in order, the best first: on the tuning half as good as 50."""

LONGEST = 400
"""Characters of a question that are compared: the time grows with them, and the longest tuning query has 370."""

SMALLEST = 1e-300
"""What a score is taken as at least: it is divided by, and has a logarithm."""

QUESTIONS_KEPT = 256
"""Questions whose vectors a process keeps: one search asks several editions."""


class MeaningEngine:
    """Another engine, and a folder with the vectors of the entries, shared by the processes of one machine."""

    is_shared = False

    def __init__(self, inner: Engine, encoder: Encoder, folder: Path) -> None:
        self._inner, self._encoder = inner, encoder
        self._sealed = SealedFolder(folder, f"{FORM} {encoder.name}")
        self._opened = Opened(self._read)
        self._of_question = lru_cache(QUESTIONS_KEPT)(encoder.of_question)

    def index(
        self,
        documents: Documents,
        terms: Sequence[Term],
        content_version: int,
        progress: Progress = untold,
    ) -> None:
        """Make the vectors of the texts that changed, then the index of the other engine."""
        made = 0

        def told(done: int) -> None:
            nonlocal made
            made = done
            progress(done, done + len(documents))

        with self._sealed.replaced(content_version, len(documents)) as folder:
            for name, data in written_vectors(
                tuple(documents), self._encoder, self._sealed.usable_files(), told
            ).items():
                (folder / name).write_bytes(data)

        def onward(done: int, steps: int) -> None:
            progress(made + len(documents) * done // max(steps, 1), made + len(documents))

        self._inner.index(documents, terms, content_version, onward)

    def take_in(self, documents: Documents, terms: Sequence[Term], progress: Progress = untold) -> None:
        """What the other engine does; vectors are kept on disk."""
        self._inner.take_in(documents, terms, progress)

    def search(self, query: Query, content_version: int, limit: int, also: Phrasing | None = None) -> Matches:
        """What the other engine finds, the first entries in the reader's language in the order that meaning adds to.
        Raises `IndexUnusable`."""
        vectors = self._opened.of(content_version)
        found = self._inner.search(query, content_version, max(limit, COMPARED), also)
        compared, rest = found.own[:COMPARED], found.own[COMPARED:]
        if len(compared) > 1:
            asked = self._of_question(asked_for(query, found))
            stored = vectors.of([(query.edition, hit.language, hit.slug) for hit in compared])
            compared = in_order(compared, asked, stored)
            compared = _as_many_answer(compared, found.own)
        own = (*compared, *_below(rest, found.own, compared))
        return replace(found, own=own[:limit], elsewhere=tuple(_first_of_each_language(found.elsewhere, limit)))

    def named(self, text: str, language: str, edition: str, content_version: int) -> frozenset[str]:
        """What the other engine says."""
        return self._inner.named(text, language, edition, content_version)

    def suggest(self, query: Query, content_version: int, limit: int) -> list[Suggestion]:
        """What the other engine suggests."""
        return self._inner.suggest(query, content_version, limit)

    def open(self, content_version: int) -> None:
        """Read the index of the other engine and the vectors. Raises `IndexUnusable`."""
        self._inner.open(content_version)
        self._opened.of(content_version)

    def verify(self, content_version: int) -> None:
        """Look at the index of the other engine and the vectors on disk. Raises `IndexUnusable`."""
        self._inner.verify(content_version)
        self._sealed.verified_names(content_version)

    def opened(self) -> int | None:
        """The content version that both have read; None where one has not."""
        read = self._inner.opened(), self._opened.version
        return None if None in read else min(version for version in read if version is not None)

    def health(self) -> Health:
        """How the other engine's index is; as if there were none where the vectors are not of the same content."""
        inner = self._inner.health()
        return inner if self._sealed.health().content_version == inner.content_version else Health(None, 0)

    def _read(self, content_version: int, before: EntryVectors | None) -> EntryVectors:
        return read_vectors(self._sealed.read(content_version))


def asked_for(query: Query, found: Matches) -> str:
    """What of a question is compared: what was meant, not what was typed, and not all of a ticket."""
    return (found.corrected or query.text)[:LONGEST]


def in_order(hits: Sequence[Hit], asked: Vectors, stored: Vectors) -> tuple[Hit, ...]:
    """Entries that were found, each with its vector in a row, in the order that meaning adds to, with new scores."""
    distances = 1 - stored @ asked
    scored = [
        replace(hit, score=math.exp(math.log(max(hit.score, SMALLEST)) - WEIGHT * distance))
        for hit, distance in zip(hits, distances.tolist(), strict=True)
    ]
    return tuple(sorted(scored, key=lambda hit: -hit.score))


def _as_many_answer(hits: Sequence[Hit], found: Sequence[Hit]) -> tuple[Hit, ...]:
    """Entries in a new order, of which as many answer, from the first on, as did in the order in which they were found:
    the scores of meaning lie too far apart to tell that."""
    answers = sum(hit.answers for hit in found)
    return tuple(replace(hit, answers=place < answers) for place, hit in enumerate(hits))


def _below(rest: Sequence[Hit], found: Sequence[Hit], compared: Sequence[Hit]) -> Iterator[Hit]:
    """The entries that were not compared: their scores stay in proportion, and below those of the others."""
    if rest:
        share = compared[-1].score / max(found[len(compared) - 1].score, SMALLEST)
        yield from (replace(hit, score=hit.score * share) for hit in rest)


def _first_of_each_language(hits: Sequence[Hit], limit: int) -> Iterator[Hit]:
    """At most so many entries of each language."""
    counts: dict[str, int] = {}
    for hit in hits:
        counts[hit.language] = counts.get(hit.language, 0) + 1
        if counts[hit.language] <= limit:
            yield hit
