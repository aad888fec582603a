"""The words of a space that stand in the database: found by their spelling, and by what they nearly are (pg_trgm).

Pure: no Django.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from faq.search.correct import Vocabulary, most_used
from faq.search.engines.postgres.statistics import Statistics

LEAST_ALIKE = 0.1
"""The share of trigrams that a word has in common with what it was meant to be, at least: of two words of five letters
with two letters swapped it is 1 in 7."""

MOST_LIKE = 300
"""Words that are looked at, those that are most alike first."""


class StoredVocabulary(Vocabulary):
    """The words of a space, and those of the terms (`also`), which are in memory."""

    def __init__(self, statistics: Statistics, also: Iterable[str]) -> None:
        super().__init__({}, also)
        self._statistics = statistics

    def __contains__(self, word: str) -> bool:
        return super().__contains__(word) or self._statistics.documents_with(word) is not None

    def near(self, word: str, edits: int) -> Mapping[str, int]:
        """Words that may be so many edits away, each with the number of documents that have it."""
        shortest, longest = len(word) - edits, len(word) + edits
        with self._statistics.open() as cursor:
            cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", (str(LEAST_ALIKE),))
            cursor.execute(
                "SELECT word, documents FROM search_2_word WHERE space = %s AND word %% %s "
                "AND char_length(word) BETWEEN %s AND %s ORDER BY similarity(word, %s) DESC, word LIMIT %s",
                (self._statistics.space.id, word, shortest, longest, word, MOST_LIKE),
            )
            return {**super().near(word, edits), **dict(cursor.fetchall())}

    def starting_with(self, beginning: str, limit: int) -> list[str]:
        """The most used words that begin like this."""
        like = beginning.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        with self._statistics.open() as cursor:
            cursor.execute(
                "SELECT word, documents FROM search_2_word WHERE space = %s AND word LIKE %s "
                "ORDER BY documents DESC, char_length(word), word LIMIT %s",
                (self._statistics.space.id, like, limit),
            )
            stored = dict(cursor.fetchall())
        named = dict.fromkeys(super().starting_with(beginning, limit), 0)
        return most_used({**named, **stored}, limit)
