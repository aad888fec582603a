"""A sentence model for tests: texts are near each other that share three letters in a row."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from faq.search.engines.meaning.encoder import Told, Vectors

SIZE = 256


class LettersModel:
    """Remembers which passages and questions it was given."""

    def __init__(self, name: str = "letters 1") -> None:
        self.name = name
        self.passages: list[str] = []
        self.questions: list[str] = []

    def of_question(self, text: str) -> Vectors:
        """The vector of a question."""
        self.questions.append(text)
        return _vector(text)

    def of_passages(self, texts: Sequence[str], told: Told) -> Vectors:
        """The vectors of passages, one by one."""
        rows = []
        for text in texts:
            self.passages.append(text)
            rows.append(_vector(text))
            told(len(rows))
        return np.array(rows)


def _vector(text: str) -> Vectors:
    found = np.zeros(SIZE, np.float32)
    for start in range(len(text) - 2):
        found[zlib.crc32(text[start : start + 3].casefold().encode()) % SIZE] += 1
    return found / max(float(np.linalg.norm(found)), 1e-6)
