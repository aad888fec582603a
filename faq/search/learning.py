"""The weights of the search, learned from judged queries: what each feature must count so that answers come first.

Ranking is a softmax over the entries of one question, sureness a logistic regression; both are small enough for plain
gradient descent (Adam), start at zero, and are drawn to zero, so that the same queries give the same weights.
Pure: no Django.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faq.search.ranking import Nearness, Signals
from faq.search.sureness import NAMES, Scale, signs_of, squared
from faq.search.ways import Numbers
from faq.search.weighing import FEATURES, in_order_of

STEPS = 300
RATE = 0.1
DRAWN_TO_ZERO, SURENESS_DRAWN_TO_ZERO = 0.003, 0.003
"""How strongly the weights of the order, and those of sureness, are drawn to zero: per step, in proportion to them."""

LEAST_SPREAD = 0.001
"""What signs are divided by at least: one that is the same for all questions tells nothing."""

MOST_COMPARED = 60
"""Entries of a question that are compared, the likeliest first."""

WRONGLY_NEAR = 0.025
"""The share of right first entries that may be called near only: well below the 4 % that is asked for, as other queries
differ from these."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A judged question: the features of its entries, a row each, which of them answer it, and what it has in common
    with them and with the subjects that no entry is about."""

    rows: Numbers
    answers: NDArray[np.bool_]
    found: Signals
    outside: Nearness | None


def learned(lessons: Sequence[Lesson]) -> dict[str, Any]:
    """The weights that these questions teach, as their file holds them."""
    ranking = learn_ranking(lessons)
    signs, right = zip(*_first_entries(lessons, ranking), strict=True)
    scale = learn_sureness(np.array(signs), np.array(right))
    rows = zip(NAMES, scale.mean, scale.spread, scale.weights, strict=True)
    return {
        "ranking": {name: _rounded(weight) for name, weight in zip(FEATURES, ranking, strict=True)},
        "sureness": {
            "bias": _rounded(scale.bias),
            "least": _rounded(scale.least),
            "signs": {name: [_rounded(number) for number in numbers] for name, *numbers in rows},
        },
    }


def _first_entries(lessons: Sequence[Lesson], ranking: Numbers) -> Iterator[tuple[Numbers, bool]]:
    """The signs of the first entry of each question, and whether it is right; not of those where another answers."""
    for lesson in lessons:
        scores = lesson.rows @ ranking
        order = in_order_of(scores, lesson.rows)
        if len(order) and (lesson.answers[order[0]] or not lesson.answers.any()):
            signs = signs_of(lesson.found, lesson.rows, scores, int(order[0]), lesson.outside)
            yield signs, bool(lesson.answers[order[0]])


def _rounded(number: float) -> float:
    return round(float(number), 4)


def learn_ranking(lessons: Sequence[Lesson]) -> Numbers:
    """The weights that make it likeliest that the first entry answers."""
    compared = [_likeliest(lesson) for lesson in lessons if lesson.answers.any()]

    def slope(weights: Numbers) -> Numbers:
        total = np.zeros_like(weights)
        for rows, answers in compared:
            chances = _softmax(rows @ weights)
            right = chances * answers
            total += (chances - right / (right.sum() + 1e-12)) @ rows
        return np.asarray(total / len(compared))

    return _descended(slope, lessons[0].rows.shape[1], DRAWN_TO_ZERO)


def learn_sureness(signs: Numbers, right: NDArray[np.bool_]) -> Scale:
    """What the signs of the first entries mean, of which some were right; the others are those of questions without an
    answer. Both outcomes count the same, however many there are of each."""
    rows = squared(signs)
    mean, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), LEAST_SPREAD)
    with_bias = np.concatenate([(rows - mean) / spread, np.ones((len(rows), 1))], axis=1)
    share = np.where(right, 0.5 / max(right.sum(), 1), 0.5 / max((~right).sum(), 1))

    def slope(weights: Numbers) -> Numbers:
        chances = 1 / (1 + np.exp(-(with_bias @ weights)))
        return np.asarray(((chances - right) * share) @ with_bias)

    weights = _descended(slope, with_bias.shape[1], SURENESS_DRAWN_TO_ZERO)
    scale = Scale(mean, spread, weights[:-1], float(weights[-1]), 0.0)
    surenesses = [scale.sure(one) for one in signs[right]]
    return replace(scale, least=float(np.quantile(surenesses, WRONGLY_NEAR)))


def _likeliest(lesson: Lesson) -> tuple[Numbers, NDArray[np.bool_]]:
    chosen = np.argsort(-lesson.rows.sum(axis=1), kind="stable")[:MOST_COMPARED]
    return lesson.rows[chosen], lesson.answers[chosen]


def _softmax(scores: Numbers) -> Numbers:
    risen = np.exp(scores - scores.max())
    return np.asarray(risen / risen.sum())


def _descended(slope: Callable[[Numbers], Numbers], size: int, drawn: float) -> Numbers:
    """The weights at which the slope, and what draws them to zero, are in balance."""
    weights: Numbers = np.zeros(size)
    mean: Numbers = np.zeros(size)
    square: Numbers = np.zeros(size)
    for step in range(1, STEPS + 1):
        now = slope(weights) + drawn * weights
        mean = 0.9 * mean + 0.1 * now
        square = 0.999 * square + 0.001 * now * now
        weights = weights - RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights
