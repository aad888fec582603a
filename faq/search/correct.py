"""Typing errors, mended with the words that an index holds. Pure: no Django.

One edit is forgiven from five letters, two from nine; shorter words (vpn, bgp, ike) are never touched, nor are words
that people use.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

COMMON_WORDS = Path(__file__).with_name("common_words")
"""A file for each language with the words that people use most, and where the list comes from."""

ONE_EDIT_FROM = 5
TWO_EDITS_FROM = 9
SHORTEST_HALF = 4
"""Letters of the shorter half of a word that is taken as two known words written as one."""
LAST_SIGN = chr(sys.maxunicode)
"""The sign that stands behind every other in an alphabetical list."""
LONGEST_WORD = 40
"""Letters of a word that is still mended."""


@cache
def common_words(language: str) -> frozenset[str]:
    """Words that people use in a language, whether an index has them or not: none of them is an error. The words of
    English are among them in every language, for the trade speaks it."""
    files = (COMMON_WORDS / f"{code}.txt" for code in (language, "en"))
    lines = chain.from_iterable(path.read_text(encoding="utf-8").splitlines() for path in files if path.is_file())
    return frozenset(line for line in lines if not line.startswith("#"))


def edits_forgiven(word: str) -> int:
    """How many edits a word may be away from the one that was meant."""
    if not word.isalpha() or len(word) > LONGEST_WORD:
        return 0
    return (len(word) >= ONE_EDIT_FROM) + (len(word) >= TWO_EDITS_FROM)


class Vocabulary:
    """The words of an index in one language, each with the number of documents that hold it."""

    def __init__(self, words: Mapping[str, int], also: Iterable[str] = ()) -> None:
        self._words = dict.fromkeys(also, 0) | dict(words)
        self._sorted = sorted(self._words)
        self._by_length: dict[int, list[str]] = {}
        for word in self._words:
            self._by_length.setdefault(len(word), []).append(word)
        self.nearest = lru_cache(maxsize=4_000)(self._nearest)
        self.halves = lru_cache(maxsize=4_000)(self._halves)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def starting_with(self, beginning: str, limit: int) -> list[str]:
        """The most used words that begin like this."""
        first, end = (bisect_left(self._sorted, bound) for bound in (beginning, beginning + LAST_SIGN))
        return most_used({word: self._words[word] for word in self._sorted[first:end]}, limit)

    def near(self, word: str, edits: int) -> Mapping[str, int]:
        """Words that may be so many edits away, those that are among them, each with the number of documents."""
        lengths = range(len(word) - edits, len(word) + edits + 1)
        return {other: self._words[other] for length in lengths for other in self._by_length.get(length, ())}

    def _nearest(self, word: str, edits: int) -> str | None:
        """The known word that is at most so many edits away: the fewest first, then the same beginning, then the
        most used. None where there is none."""
        choices = self.near(word, edits)
        close = process.extract(word, list(choices), scorer=OSA.distance, score_cutoff=edits, limit=20)
        ranked = sorted(close, key=lambda one: (one[1], one[0][0] != word[0], -choices[one[0]], one[0]))
        return ranked[0][0] if ranked else None

    def _halves(self, word: str) -> tuple[str, str] | None:
        """Two known words that a word is written together from, the longest first half preferred."""
        for end in range(len(word) - SHORTEST_HALF, SHORTEST_HALF - 1, -1):
            for first in (word[:end], word[:end].removesuffix("s")):
                if len(first) >= SHORTEST_HALF and first in self and word[end:] in self:
                    return first, word[end:]
        return None


def most_used(words: Mapping[str, int], limit: int) -> list[str]:
    """So many of these words: those that most documents hold, shorter ones first where they are equal."""
    return sorted(words, key=lambda word: (-words[word], len(word), word))[:limit]


def mended(word: str, vocabularies: Sequence[Vocabulary]) -> tuple[str, ...] | None:
    """What an unknown word was meant to be, as one word or two; None where nothing is near. Earlier vocabularies count
    before later ones, and fewer edits before more."""
    for edits in range(1, edits_forgiven(word) + 1):
        for vocabulary in vocabularies:
            if nearest := vocabulary.nearest(word, edits):
                return (nearest,)
        if edits == 1:
            for vocabulary in vocabularies:
                if halves := vocabulary.halves(word):
                    return halves
    return None
