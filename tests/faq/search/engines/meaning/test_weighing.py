"""Weights of the second opinion, tried on questions that the other engine did not learn from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import pytest

from faq.search.engines.meaning import weighing
from faq.search.engines.meaning.weighing import PARTS, Trial, part_of, rank_with, trials
from faq.search.learning import Lesson
from faq.search.ranking import Signals
from faq.search.ways import Numbers
from faq.search.weighing import FEATURES


def lesson(right: int | None) -> Lesson:
    """A question with three entries, of which one answers."""
    rows = np.ones((3, len(FEATURES)), np.float32)
    rows[:, 0] = [3, 2, 1]
    return Lesson(rows, np.array([place == right for place in range(3)]), cast(Signals, None), None)


def test_no_question_is_tried_with_weights_that_were_learned_from_its_part(monkeypatch: pytest.MonkeyPatch) -> None:
    lessons = [lesson(0), lesson(1), lesson(2), lesson(0), lesson(1), lesson(None), lesson(2)]
    parts = [0, 1, 2, 3, 4, 0, 0]
    learned: list[list[int]] = []

    def noted(given: Sequence[Lesson]) -> Numbers:
        learned.append([next(n for n, one in enumerate(lessons) if one is each) for each in given])
        return np.array([1.0, *np.zeros(len(FEATURES) - 1)])

    monkeypatch.setattr(weighing, "learn_ranking", noted)
    found = list(trials(lessons, parts, 2))
    assert [trial.question for trial in found] == [0, 6, 1, 2, 3, 4]
    assert learned == [[n for n in range(7) if parts[n] != part] for part in range(PARTS)]
    assert found[0].entries.tolist() == [0, 1]
    assert found[0].answers.tolist() == [True, False]


def test_a_distance_in_meaning_counts_by_its_weight() -> None:
    trial = Trial(0, np.array([4, 5]), np.array([1.0, 0.5]), np.array([False, True]))
    distances = np.array([0.2, 0.1])
    assert [rank_with(trial, distances, weight) for weight in (0, 4, 6)] == [2, 2, 1]
    nothing = Trial(0, np.array([4]), np.array([1.0]), np.array([False]))
    assert rank_with(nothing, distances[:1], 0) == 0


def test_the_parts_are_the_same_at_every_run() -> None:
    assert [part_of(slug) for slug in ("what-is-a-tunnel", "what-is-expressroute")] == [
        part_of("what-is-a-tunnel"),
        part_of("what-is-expressroute"),
    ]
    assert {part_of(f"entry-{number}") for number in range(100)} == set(range(PARTS))
