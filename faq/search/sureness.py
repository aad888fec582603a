"""How sure it is that the first entry answers a question at all: a logistic regression over what is known of the two.

Its weights are learned, as those of the order of entries are (see weighing.py). Pure: no Django.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from faq.search.ranking import Nearness, Signals
from faq.search.ways import Numbers
from faq.search.weighing import A_FEW_THINGS, FEATURES, shipped_weights

OF_FEATURES = (
    *("coverage", "nearest", "named", "odds", "unasked"),
    *("coverage_elsewhere", "nearness_elsewhere", "nearest_elsewhere", "named_elsewhere", "odds_elsewhere"),
)
"""The features of the first entry that are signs, see `weighing.FEATURES`."""

SIGNS = (
    *OF_FEATURES,
    *("nearest_in_any", "coverage_in_all"),  # the larger of the two nearnesses, the smaller of the two coverages
    *("ahead", "ahead_of_ten"),  # of the second entry, and of the mean of the second to the tenth
    "unknown",  # the part of the question that stands nowhere
    "lacking",  # the heaviest thing that the entry lacks, as a part of the question
    "heaviest_two",  # how much it has of the two heaviest things
    "rarity",  # how rare the things are on average, beside the rarest
    *("nearest_outside", "odds_outside", "nearer_than_outside"),  # of the questions that no entry answers
    "words",  # how much its words weigh, on a logarithmic scale
    "length",  # how many things the question names
)
"""What tells whether the first entry answers. Each counts as it is and squared."""

LEAST_COVERAGE = 0.2
"""The part of a question that an entry must have to be its answer at all, which the weights cannot be relied on for in
an index that is unlike the one they were learned from."""

FAR_AHEAD = 3.0
"""How far the first entry is ahead at most, and where there is no second one."""

LEAST_ODDS = -4.0
"""What `odds_outside` is where the index has no questions that no entry answers."""

SUREST = 50.0
"""Of the logarithm of the odds that an entry answers, to either side: more makes no difference."""

LONG_QUESTION = 12.0
"""Things that a long question names; `length` counts in them, up to two of them."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What the signs mean: the mean and the spread of each, squares after the signs; their weights, and how sure the
    search must be at least."""

    mean: Numbers
    spread: Numbers
    weights: Numbers
    bias: float
    least: float

    def sure(self, signs: Numbers) -> float:
        """How sure it is, from 0 to 1; 0 where the entry has next to nothing of the question."""
        if max(signs[SIGNS.index(name)] for name in ("coverage", "coverage_elsewhere")) < LEAST_COVERAGE:
            return 0.0
        logarithm = float(((squared(signs) - self.mean) / self.spread) @ self.weights) + self.bias
        return 1 / (1 + math.exp(-max(min(logarithm, SUREST), -SUREST)))


@cache
def shipped_scale() -> Scale:
    """The scale of the weights' file. Raises KeyError for one that lacks a sign."""
    return scale_of(shipped_weights()["sureness"])


def scale_of(read: Mapping[str, Any]) -> Scale:
    """A scale as it is written: for each sign, and its square, the mean, the spread, and the weight."""
    rows = np.array([read["signs"][name] for name in NAMES], np.float64)
    return Scale(rows[:, 0], rows[:, 1], rows[:, 2], float(read["bias"]), float(read["least"]))


NAMES = (*SIGNS, *(f"{name}_squared" for name in SIGNS))
"""What is weighed, in this order."""


def squared(signs: Numbers) -> Numbers:
    """Signs, of one question or a row for each, with their squares behind them."""
    return np.concatenate([signs, signs * signs], axis=-1)


def signs_of(found: Signals, rows: Numbers, scores: Numbers, first: int, outside: Nearness | None) -> Numbers:
    """What tells whether the document that is found first answers; `rows` has the features of each. `outside` has how
    near the question comes to the subjects that no entry is about, see outside.py."""
    nearest_outside = math.sqrt(outside.nearest) if outside else 0.0
    told = dict(zip(FEATURES, rows[first].tolist(), strict=True))
    best = sorted((np.partition(scores, -10)[-10:] if len(scores) > 10 else scores).tolist(), reverse=True)
    others = best[1:]
    weights = sorted(((weight, one.share_of(first)) for weight, one in found.things), reverse=True)
    total = sum(weight for weight, _ in weights) or 1.0
    heaviest = weights[:2]
    signs = {name: told[name] for name in OF_FEATURES} | {
        "nearest_in_any": max(told["nearest"], told["nearest_elsewhere"]),
        "coverage_in_all": min(told["coverage"], told["coverage_elsewhere"]),
        "ahead": min(best[0] - others[0], FAR_AHEAD) if others else FAR_AHEAD,
        "ahead_of_ten": best[0] - sum(others) / len(others) if others else FAR_AHEAD,
        "unknown": found.unknown,
        "nearest_outside": nearest_outside,
        "odds_outside": outside.odds / A_FEW_THINGS if outside else LEAST_ODDS,
        "nearer_than_outside": told["nearest"] - nearest_outside,
        "lacking": max((weight * (1 - share) for weight, share in weights), default=0.0) / total,
        "heaviest_two": sum(weight * share for weight, share in heaviest) / (sum(one for one, _ in heaviest) or 1.0),
        "rarity": total / max(len(weights), 1) / found.rarest,
        "words": math.log1p(found.words.max(initial=0)),
        "length": min(len(weights) / LONG_QUESTION, 2.0),
    }
    return np.array([signs[name] for name in SIGNS])
