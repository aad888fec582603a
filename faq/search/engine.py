"""What a search engine is to the site: index these documents, search, suggest, tell how you are. Pure: no Django."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, runtime_checkable

from faq.search.terms import Term

CLOSEST = 3
"""Entries that are shown where none answers."""

Progress = Callable[[int, int], None]
"""Told how many steps of how many are done. What it raises ends the work, and nothing of it is left."""


def untold(done: int, steps: int) -> None:
    """Progress that nobody is waiting for."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """An entry in one language, as an engine indexes it and as a list of results shows it."""

    edition: str
    slug: str
    language: str
    section: str
    section_title: str
    question: str
    asked_as: tuple[str, ...]
    answer: str
    summary: str
    keywords: tuple[str, ...] = ()
    connection_types: tuple[str, ...] = ()


class Documents(Protocol):
    """Documents that may be read one after the other, without all of them being in memory."""

    def __len__(self) -> int:
        """How many there are, about."""

    def __iter__(self) -> Iterator[SearchDocument]:
        """The documents, in their order."""


class Key(NamedTuple):
    """Which document: an entry of an edition in one language."""

    edition: str
    language: str
    slug: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question as an engine gets it. `section` and `connection_type` narrow what is found; empty is all."""

    text: str
    language: str
    edition: str
    section: str = ""
    connection_type: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found, with its score (comparable within one search only) and what is marked in it, see `passages.py`.
    `answers` tells whether it comes near enough to the best one to answer as well; else it touches on the subject."""

    slug: str
    language: str
    score: float
    section: str
    section_title: str
    connection_types: tuple[str, ...]
    question: str
    summary: str
    answer: str
    matched: frozenset[str]
    answers: bool


@dataclass(frozen=True, slots=True)
class Matches:
    """What a search found: in the reader's language, best first, then what only other languages have.

    `elsewhere` has the entries of the other languages, in the order in which these stand in for the reader's own (see
    `web.languages.others`), each entry in the first that has it. The totals count all; the tuples hold at most as
    many of a language as were asked for. `corrected` is the question with its typing errors mended, where there were
    any: what was found answers that. `sureness` tells how sure it is that the first entry answers (0 to 1), and
    `only_near` that it is not sure enough: then none does. Those that answer come before those that do not.
    """

    own: tuple[Hit, ...] = ()
    elsewhere: tuple[Hit, ...] = ()
    own_total: int = 0
    elsewhere_total: int = 0
    corrected: str | None = None
    sureness: float = 0.0
    only_near: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The question of an entry that comes near to what was typed so far, the entry, and what its section is called."""

    text: str
    slug: str
    section: str


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A way of asking for an entry in one language, which the entry does not have yet."""

    edition: str
    slug: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Health:
    """How an index is: the content version that it was made for (None where there is none), and its documents."""

    content_version: int | None
    documents: int


class IndexUnusable(Exception):  # noqa: N818 -- a state that callers answer, not a mistake
    """There is no index, or it is damaged, or it was made for another content version."""


class Engine(Protocol):
    """The one interface between the site and a search engine."""

    is_shared: bool
    """Whether all machines search one index, which one process builds for all of them."""

    def index(
        self,
        documents: Documents,
        terms: Sequence[Term],
        content_version: int,
        progress: Progress = untold,
    ) -> None:
        """Make a new index of these documents and terms and put it in the place of the old one, whole."""

    def take_in(self, documents: Documents, terms: Sequence[Term], progress: Progress = untold) -> None:
        """Do beforehand what an index of these documents and terms takes, so that one of nearly the same is quick."""

    def search(self, query: Query, content_version: int, limit: int, also: Phrasing | None = None) -> Matches:
        """The best entries of an edition, as if the index had one more phrasing where that is given. Raises
        `IndexUnusable`."""

    def named(self, text: str, language: str, edition: str, content_version: int) -> frozenset[str]:
        """The index terms of what a text names that tell entries apart. Raises `IndexUnusable`."""

    def suggest(self, query: Query, content_version: int, limit: int) -> list[Suggestion]:
        """The questions of the entries that come nearest to what was typed, best first. Raises `IndexUnusable`."""

    def open(self, content_version: int) -> None:
        """Read the index of a content version, so that the next search need not. Raises `IndexUnusable`."""

    def verify(self, content_version: int) -> None:
        """Look at the index on disk, whatever this process has read. Raises `IndexUnusable` where it is damaged, of
        another form, or of an earlier content version."""

    def opened(self) -> int | None:
        """The content version of what this process has read; None before."""

    def health(self) -> Health:
        """What the index holds now."""


@runtime_checkable
class ChangedInPlace(Protocol):
    """An engine whose index is changed where something has changed, instead of being made anew."""

    def change(
        self,
        documents: Collection[SearchDocument],
        gone: Collection[Key],
        content_version: int,
        progress: Progress = untold,
    ) -> int:
        """Take in some documents and take others away; the rest, and the terms, are those of before. Returns how many
        documents there are then. Raises `IndexUnusable`."""

    def keys(self) -> set[Key]:
        """Which documents the index has."""

    def can_change(self, terms: Sequence[Term]) -> bool:
        """Whether there is an index of just these terms, which lacks nothing but the changes that are not indexed."""
