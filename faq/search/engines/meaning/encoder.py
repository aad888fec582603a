"""What a sentence model is to the second opinion: texts in, vectors out. Pure: no Django."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

Told = Callable[[int], None]
"""Told how many texts are done."""


class Encoder(Protocol):
    """Turns texts into vectors of length 1, whose product is the larger the nearer two texts are in meaning.

    Every method may be called by several threads at once.
    """

    @property
    def name(self) -> str:
        """The model and its version; vectors of two models cannot be compared."""

    def of_question(self, text: str) -> Vectors:
        """The vector of what somebody asks."""

    def of_passages(self, texts: Sequence[str], told: Told) -> Vectors:
        """The vectors of texts that may answer, a row each."""
