"""What a search engine is to the site: index these documents, search them, tell how you are. Pure: no Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """An entry in one language, as an engine indexes it."""

    edition: str
    slug: str
    language: str
    question: str
    asked_as: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found, with its score: comparable within one search only."""

    slug: str
    language: str
    score: float


@dataclass(frozen=True, slots=True)
class Health:
    """How an index is: the generation it was made for (None where there is none) and how many documents it holds."""

    generation: int | None
    documents: int


class IndexUnusable(Exception):  # noqa: N818 -- a state that callers answer, not a mistake
    """There is no index, or it is damaged, or it was made for another generation."""


class Engine(Protocol):
    """The one interface between the site and a search engine."""

    def index(self, documents: Sequence[SearchDocument], generation: int) -> None:
        """Make a new index of these documents and put it in the place of the old one, whole."""

    def search(self, query: str, language: str, edition: str, generation: int, limit: int) -> list[Hit]:
        """The best documents of an edition in a language, best first. Raises `IndexUnusable`."""

    def health(self) -> Health:
        """What the index holds now."""
