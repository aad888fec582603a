"""What weights of the second opinion do, on queries that the other engine's weights were not learned from.

The other engine fits the tuning half so well that a second opinion would seem to add little. So its weights are learned
from four fifths of the queries and tried on the rest, five times; the queries about one entry are in one fifth.
Pure: no Django.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faq.search.learning import Lesson, learn_ranking
from faq.search.ways import Numbers
from faq.search.weighing import in_order_of

PARTS = 5


@dataclass(frozen=True, slots=True)
class Trial:
    """A question to the other engine, which did not learn from it: the entries that it found, best first, with the
    logarithms of their scores, and which of them answer."""

    question: int
    entries: NDArray[np.integer]
    scores: Numbers
    answers: NDArray[np.bool_]


def part_of(slug: str) -> int:
    """The part that the questions about an entry are in; the same at every run."""
    return hashlib.sha256(slug.encode()).digest()[0] % PARTS


def trials(lessons: Sequence[Lesson], parts: Sequence[int], most: int) -> Iterator[Trial]:
    """Every question that has an answer, with at most so many entries."""
    for part in range(PARTS):
        weights = learn_ranking([lesson for lesson, its in zip(lessons, parts, strict=True) if its != part])
        for question, lesson in enumerate(lessons):
            if parts[question] == part and lesson.answers.any():
                scores = lesson.rows @ weights
                best = in_order_of(scores, lesson.rows)[:most]
                yield Trial(question, best, scores[best], lesson.answers[best])


def rank_with(trial: Trial, distances: Numbers, weight: float) -> int:
    """Where the first entry that answers stands, from 1, with these distances in meaning; 0 where none does."""
    order = np.argsort(weight * distances - trial.scores, kind="stable")
    right = np.flatnonzero(trial.answers[order])
    return int(right[0]) + 1 if len(right) else 0
