"""From a visitor's question to the entries that answer it: by the engine, or without ranking from the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from django.db.models import Q

from faq.models import Edition, Translation
from faq.search.engine import CLOSEST, Hit, IndexUnusable, Matches, Query, Suggestion
from faq.search.indexer import Age, asked
from faq.search.loading import documents_of
from faq.search.passages import Marked, marked, passage, unmarked
from faq.search.words import folded
from faq.store.editions import known_editions
from faq.store.entries import published_slugs
from faq.store.reading_order import count_entries
from web.languages import in_order

LIMIT = 10
"""Entries found for one search, in each language."""

CLEARLY_BETTER = 5.0
"""Times as high must the best of another edition score to be told beside what this one has: of the tuning queries that
only 2026 answers it names nearly 9 in 10 to a reader of 2016-12, and of those that 2016-12 answers 1 in 20.
"""

SUGGESTIONS = 6
"""Questions that are suggested at a time."""


@dataclass(frozen=True)
class Result:
    """An entry found, as a list shows it: question, short answer and the passage that was looked for. Each is marked
    when first asked for."""

    slug: str
    language: str
    score: float
    section: str
    section_title: str
    connection_types: tuple[str, ...]
    plain_question: str
    plain_summary: str
    answer: str
    matched: frozenset[str]
    answers: bool

    @cached_property
    def question(self) -> Marked:
        """The question, with the words marked that were looked for."""
        return marked(self.plain_question, self.language, self.matched)

    @cached_property
    def summary(self) -> Marked:
        """The short answer, marked."""
        return marked(self.plain_summary, self.language, self.matched)

    @cached_property
    def passage(self) -> Marked:
        """What the answer adds to the short one about what was looked for, marked; empty where nothing does."""
        return passage(self.answer, self.language, self.matched, self.plain_summary)

    @property
    def excerpt(self) -> str:
        """The passage without its marks; the short answer where there is none."""
        return unmarked(self.passage) or self.plain_summary


@dataclass(frozen=True, slots=True)
class SearchResults:
    """What a search found: in the reader's language, and what only others have or found; with how many in all.

    `elsewhere` has the entries of the other languages, in the order in which these stand in for the reader's own.
    `corrected` is the question with its typing errors mended. `only_near` says that no entry covers enough of the
    question to be its answer: these come nearest. `from_database` says that there is no index and the database
    answered, `is_behind` that the index is of earlier content, or of later.
    """

    results: tuple[Result, ...] = ()
    elsewhere: tuple[Result, ...] = ()
    own_total: int = 0
    elsewhere_total: int = 0
    corrected: str | None = None
    only_near: bool = False
    from_database: bool = False
    is_behind: bool = False

    @property
    def is_passing(self) -> bool:
        """Whether the same search finds something else in a moment, without any new content."""
        return self.from_database or self.is_behind

    @property
    def total(self) -> int:
        """How many entries were found in all languages."""
        return self.own_total + self.elsewhere_total

    @property
    def answers(self) -> list[Result]:
        """The entries in the reader's language that answer, best first."""
        return [one for one in self.results if one.answers]

    @property
    def answers_elsewhere(self) -> list[Result]:
        """The entries that answer and that only other languages have."""
        return [one for one in self.elsewhere if one.answers]

    @property
    def answer_count(self) -> int:
        """How many entries answer, in all languages."""
        return len(self.answers) + len(self.answers_elsewhere)

    @property
    def closest(self) -> list[Result]:
        """Where none answers, the entries that come closest."""
        return [] if self.answer_count else self._others[:CLOSEST]

    @property
    def touching(self) -> list[Result]:
        """The entries that touch on the subject, best first: behind the fold."""
        return self._others[len(self.closest) :]

    @property
    def touching_count(self) -> int:
        """How many entries touch on the subject, with those that are not shown."""
        return self.total - self.answer_count - len(self.closest)

    @property
    def _others(self) -> list[Result]:
        return [one for one in (*self.results, *self.elsewhere) if not one.answers]


@dataclass(frozen=True, slots=True)
class InAnotherEdition:
    """The best answer of another edition, and how many entries that found in all."""

    edition: Edition
    best: Result
    total: int


def find(
    text: str, language: str, edition: Edition, *, section: str = "", connection_type: str = "", limit: int = LIMIT
) -> SearchResults:
    """The published entries that answer a query: in the reader's language, then those that only others found."""
    query = Query(text, language, edition.code, section, connection_type)
    matches, age = _asked(query, edition, limit)
    from_database = matches is None
    if matches is None:
        matches = _in_database(query, edition, limit)
    return SearchResults(
        results=tuple(map(_result, matches.own)),
        elsewhere=tuple(map(_result, matches.elsewhere)),
        own_total=matches.own_total,
        elsewhere_total=matches.elsewhere_total,
        corrected=matches.corrected,
        only_near=matches.only_near,
        from_database=from_database,
        is_behind=age is not Age.CURRENT,
    )


def _asked(query: Query, edition: Edition, limit: int) -> tuple[Matches | None, Age]:
    """What the index finds, and how old it is. None where there is no index, and where one that is behind finds
    nothing: what is looked for may be new.
    """
    try:
        matches, age = asked(lambda engine, number: engine.search(query, number, limit))
    except IndexUnusable:
        return None, Age.CURRENT
    if age is Age.CURRENT:
        return matches, age
    matches = _published(matches, edition)
    return (matches if age is Age.AHEAD or matches.own or matches.elsewhere else None), age


def _published(matches: Matches, edition: Edition) -> Matches:
    """What an index found that is behind or ahead, without the entries that readers do not see now."""
    slugs = published_slugs((hit.slug for hit in (*matches.own, *matches.elsewhere)), edition)
    own = tuple(hit for hit in matches.own if hit.slug in slugs)
    elsewhere = tuple(hit for hit in matches.elsewhere if hit.slug in slugs)
    return replace(
        matches,
        own=own,
        elsewhere=elsewhere,
        own_total=matches.own_total - len(matches.own) + len(own),
        elsewhere_total=matches.elsewhere_total - len(matches.elsewhere) + len(elsewhere),
    )


def in_another_edition(text: str, language: str, edition: Edition, found: SearchResults) -> InAnotherEdition | None:
    """The newest other edition whose best answer to a query this edition does not have, if it is clearly better than
    what was found here. None where there is none. The caller leaves out narrowed searches.
    """
    for other in known_editions():
        if other == edition or not count_entries(other, beyond=edition):
            continue
        there = find(text, language, other, limit=1)
        best = next(iter(there.results), None)
        if best is None or there.only_near or published_slugs([best.slug], edition):
            continue
        own = next(iter(found.results), None)
        if own is None or found.only_near or best.score >= CLEARLY_BETTER * own.score:
            return InAnotherEdition(other, best, there.total)
    return None


@dataclass(frozen=True, slots=True)
class Suggested:
    """The questions of the entries that come nearest to what was typed, best first. `is_passing` says that the index is
    behind or ahead, or that there is none: then they are those of the entries in which every word stands, unranked."""

    questions: tuple[Suggestion, ...] = ()
    is_passing: bool = False


def suggest(text: str, language: str, edition: Edition, limit: int = SUGGESTIONS) -> Suggested:
    """The questions to suggest for what was typed so far."""
    query = Query(text, language, edition.code)
    try:
        found, age = asked(lambda engine, number: engine.suggest(query, number, limit))
    except IndexUnusable:
        found, age = [], Age.BEHIND
    if age is Age.CURRENT:
        return Suggested(tuple(found))
    slugs = published_slugs((one.slug for one in found), edition)
    still = tuple(one for one in found if one.slug in slugs)
    if not still and age is Age.BEHIND:
        hits = islice(_unranked(query, language, edition), limit)
        return Suggested(tuple(Suggestion(hit.question, hit.slug, hit.section_title) for hit in hits), True)
    return Suggested(still, True)


def _result(hit: Hit) -> Result:
    return Result(
        slug=hit.slug,
        language=hit.language,
        score=hit.score,
        section=hit.section,
        section_title=hit.section_title,
        connection_types=hit.connection_types,
        plain_question=hit.question,
        plain_summary=hit.summary,
        answer=hit.answer,
        matched=hit.matched,
        answers=hit.answers,
    )


def _in_database(query: Query, edition: Edition, limit: int) -> Matches:
    """Entries in which every word of the query stands somewhere, without any ranking but that of the FAQ."""
    seen: set[str] = set()
    found: list[list[Hit]] = []
    for language in in_order(query.language):
        found.append([hit for hit in _unranked(query, language, edition) if hit.slug not in seen])
        seen |= {hit.slug for hit in found[-1]}
    own, *elsewhere = found
    return Matches(
        own=tuple(own[:limit]),
        elsewhere=tuple(hit for hits in elsewhere for hit in hits[:limit]),
        own_total=len(own),
        elsewhere_total=sum(map(len, elsewhere)),
    )


def _unranked(query: Query, language: str, edition: Edition) -> Iterable[Hit]:
    words = folded(query.text).split()[:20]
    wanted = Q(entry__edition=edition, language=language)
    if query.section:
        wanted &= Q(entry__section__slug=query.section)
    for word in words:
        wanted &= Q(question__icontains=word) | Q(plain__icontains=word)
    texts = Translation.objects.published().filter(wanted) if words else Translation.objects.none()
    for found in documents_of(texts.order_by("entry__section__order", "entry__order", "entry__slug")):
        if not query.connection_type or query.connection_type in found.connection_types:
            yield Hit(
                slug=found.slug,
                language=language,
                score=0.0,
                section=found.section,
                section_title=found.section_title,
                connection_types=found.connection_types,
                question=found.question,
                summary=found.summary,
                answer=found.answer,
                matched=frozenset(),
                answers=True,
            )
