"""How well an entry answers a question, from what the two have in common: a weighted sum, whose weights are learned.

The weights are in weights.toml, which `manage.py learn_weights` writes from the tuning half of the judged queries.
Pure: no Django.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from faq.search.ranking import Signals
from faq.search.term_rows import Integers
from faq.search.ways import Numbers

WEIGHTS = Path(__file__).with_name("weights.toml")

SIGNALS = (
    *("words", "coverage", "nearness", "nearest", "alike", "named", "title"),
    *("odds", "unasked", "unasked_meanings", "pairs"),
)
"""What an entry is judged by in each language, see `of_language`."""

FEATURES = (*(f"{name}" for name in SIGNALS), *(f"{name}_elsewhere" for name in SIGNALS))
"""What an entry is judged by: its signals in the reader's language, then those of its best text in another."""

LEAST_WORDS = -8.0
"""What `words` is where an entry has none of the words; the best entry's is 0."""

NEARNESS_POWER = 1.2
"""How much sharper than the square of the cosine `nearness` is taken."""

A_FEW_THINGS = 5.0
"""What sums over the things of a question are divided by, so that no feature is much larger than another."""

COVERAGE = SIGNALS.index("coverage")

OF_TRANSLATION = np.array(
    [{"words": 1.0, "title": 0.7, "unasked": 1.0, "unasked_meanings": 1.0}.get(name, 0.5) for name in SIGNALS],
    np.float32,
)
"""What the signals of an entry's text in another language are of those in the reader's, for the entries and the tuning
queries as shipped: words, and what is not asked, are much the same; of most others the translation has half."""

LEAST_COVERAGE = 0.3
"""The part of the best entry's coverage below which an entry is left out."""


@cache
def shipped_weights() -> Mapping[str, Any]:
    """What the file of the weights holds."""
    return tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))


@cache
def ranking_weights() -> Numbers:
    """What each feature counts in the order of entries, as shipped. Raises KeyError for a file that lacks one."""
    return np.array([shipped_weights()["ranking"][name] for name in FEATURES], np.float32)


def of_language(signals: Signals) -> Numbers:
    """The signals of each document of a space as they are weighed, a row each, see `SIGNALS`."""
    most = signals.words.max(initial=0)
    words = np.log1p(signals.words) - np.log1p(most) if most else np.full_like(signals.words, LEAST_WORDS)
    columns = (
        np.maximum(words, LEAST_WORDS),
        signals.coverage,
        signals.nearest**NEARNESS_POWER,
        np.sqrt(signals.nearest),
        signals.alike,
        signals.named,
        signals.title,
        signals.odds / A_FEW_THINGS,
        signals.unasked / A_FEW_THINGS,
        signals.unasked_meanings / A_FEW_THINGS,
        signals.pairs / A_FEW_THINGS,
    )
    return np.array(columns, np.float32).T


def features(own: Numbers, elsewhere: Sequence[tuple[Numbers, Integers]]) -> Numbers:
    """The features of each document of a space, a row each, from its own rows. `elsewhere` has the rows of other
    spaces, each with the number there of each document, -1 where that has none. A document that has no text elsewhere
    gets what a translation of it would have, see `OF_TRANSLATION`."""
    best = np.full_like(own, -np.inf)
    for rows, places in elsewhere:
        there = rows[places]
        there[places < 0] = -np.inf
        best = np.maximum(best, there)
    untranslated = np.isneginf(best[:, 0])
    if untranslated.any():
        best[untranslated] = _translated(own[untranslated], [rows for rows, _ in elsewhere])
    return np.concatenate([own, best], axis=1)


def _translated(own: Numbers, elsewhere: Sequence[Numbers]) -> Numbers:
    """What translations of documents would have: no more than the best one has in its language."""
    expected = own * OF_TRANSLATION
    return np.minimum(expected, np.maximum.reduce([rows.max(axis=0) for rows in elsewhere])) if elsewhere else expected


def in_order_of(scores: Numbers, rows: Numbers) -> Integers:
    """The documents that have enough of a question, best first: more words narrow."""
    coverage = np.maximum(rows[:, COVERAGE], rows[:, COVERAGE + len(SIGNALS)])
    most = coverage.max(initial=0)
    if not most:
        return np.zeros(0, np.int32)
    enough = np.flatnonzero(coverage >= most * LEAST_COVERAGE).astype(np.int32)
    return enough[np.argsort(-scores[enough], kind="stable")]
