"""A question put to the spaces of an index: mended, ranked in every language, and joined. Pure: no Django."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from faq.search.analysis import Slot, slots_of, word_terms
from faq.search.correct import Vocabulary, mended
from faq.search.engine import Hit, Matches, Query, Suggestion
from faq.search.ranking import ENOUGH_COVERAGE, Scored, Space, nearest_phrasing, rank
from faq.search.terms import Thesaurus
from faq.search.words import atoms, countable_words, is_function_word, parts_of_token, tokens
from web.languages import in_order

ELSEWHERE_COUNTS = 0.85
"""What an entry's score in another language, of several the best, adds to that in the reader's."""

COMPLETIONS = 8
"""Words that the last, unfinished word of a question is completed to."""


class Facts(NamedTuple):
    """What a search must know of every document that it finds."""

    slug: str
    section: str
    connection_types: Sequence[str]


class FullSpace(Space, Protocol):
    """A space with the words to mend a question by and the records to show."""

    language: str
    thesaurus: Thesaurus
    vocabulary: Vocabulary

    def facts(self, document: int) -> Facts:
        """What a search must know of a document."""

    def knows(self, term: str) -> bool:
        """Whether any document holds a term."""

    def record(self, document: int) -> Mapping[str, Any]:
        """What is kept of a document to show it."""


Spaces = Mapping[tuple[str, str], FullSpace]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one space answers: its documents, best first, and what was looked for there."""

    space: FullSpace
    ranked: list[Scored]
    total: int
    slots: Sequence[Slot]

    def slug(self, one: Scored) -> str:
        return self.space.facts(one.document).slug


_PREFIX = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}/\d{1,2}\b")
_NUMBER = re.compile(r"\d{1,5}")


def asks_for_advice(text: str) -> bool:
    """Whether a question is about somebody's own network: it holds an IP prefix, or a number of sites or clients."""
    if _PREFIX.search(text):
        return True
    words, countable = _words(text), countable_words()
    return any(
        _NUMBER.fullmatch(word) and countable & set(words[place + 1 : place + 3]) for place, word in enumerate(words)
    )


def search(query: Query, spaces: Spaces, limit: int) -> Matches:
    """The entries that answer a question: the reader's language first, then what only others have or found."""
    languages = in_order(query.language)
    open_spaces = [spaces[query.edition, code] for code in languages if (query.edition, code) in spaces]
    words = _words(query.text)
    meant = _mended(words, open_spaces)
    answers = [_answered(space, meant, query) for space in open_spaces]
    own = [answer for answer in answers if answer.space.language == query.language]
    others = [answer for answer in answers if answer.space.language != query.language]
    ranked = [(answer, _raised(answer, others)) for answer in own]
    elsewhere = list(_only_in(others, {answer.slug(one) for answer in own for one in answer.ranked}))
    return Matches(
        own=_hits(ranked, limit),
        elsewhere=_hits(elsewhere, limit),
        own_total=sum(answer.total for answer in own),
        elsewhere_total=sum(len(found) for _, found in elsewhere),
        corrected=" ".join(meant) if meant != words else None,
        only_near=all(one.coverage < ENOUGH_COVERAGE for _, found in (*ranked, *elsewhere) for one in found),
    )


def suggest(query: Query, spaces: Spaces, limit: int) -> list[Suggestion]:
    """The questions and phrasings that come nearest to what was typed so far, whose last word may be unfinished."""
    space = spaces.get((query.edition, query.language))
    words = _words(query.text)
    if space is None or not words:
        return []
    unfinished = words.pop() if query.text[-1:].isalnum() else ""
    slots = slots_of(words, space.language, space.thesaurus, space.knows)
    if unfinished:
        completions = [unfinished, *space.vocabulary.starting_with(unfinished, COMPLETIONS)]
        terms = dict.fromkeys(term for word in completions for term in word_terms(word, space.language))
        slots = (*slots, Slot(unfinished, tuple((term, 1.0) for term in terms)))
    found: dict[str, Suggestion] = {}
    for one in rank(space, slots).best[:limit]:
        if phrasing := nearest_phrasing(space, one.document, slots):
            found.setdefault(phrasing.text, Suggestion(phrasing.text, space.facts(one.document).slug))
    return list(found.values())


def _words(text: str) -> list[str]:
    return [token.text for token in tokens(unicodedata.normalize("NFC", text))]


def _answered(space: FullSpace, words: Sequence[str], query: Query) -> _Answer:
    slots = slots_of(words, space.language, space.thesaurus, space.knows)
    ranking = rank(space, slots)
    if not (query.section or query.connection_type):
        return _Answer(space, ranking.best, ranking.total, slots)
    within = [one for one in ranking.best if _within(space.facts(one.document), query)]
    return _Answer(space, within, len(within), slots)


def _within(facts: Facts, query: Query) -> bool:
    return query.section in ("", facts.section) and (
        not query.connection_type or query.connection_type in facts.connection_types
    )


def _raised(own: _Answer, others: Sequence[_Answer]) -> list[Scored]:
    """The reader's entries, each raised by what the best of the other languages says of it."""
    elsewhere: dict[str, float] = {}
    for other in others:
        for one in other.ranked:
            slug = other.slug(one)
            elsewhere[slug] = max(one.score, elsewhere.get(slug, 0.0))
    for one in own.ranked:
        one.score += ELSEWHERE_COUNTS * elsewhere.get(own.slug(one), 0.0)
    return sorted(own.ranked, key=lambda one: (-one.score, one.document))


def _only_in(others: Sequence[_Answer], seen: set[str]) -> Iterator[tuple[_Answer, list[Scored]]]:
    """What each language found of which nothing was seen in the reader's or in one before."""
    for other in others:
        new = [one for one in other.ranked if other.slug(one) not in seen]
        seen = seen | {other.slug(one) for one in new}
        yield other, new


def _hits(found: Iterable[tuple[_Answer, Sequence[Scored]]], limit: int) -> tuple[Hit, ...]:
    """What is shown of the first documents of each language."""
    return tuple(
        _hit(answer.space.record(one.document), one, matched)
        for answer, ranked in found
        for matched in (_matched(answer),)
        for one in ranked[:limit]
    )


def _matched(answer: _Answer) -> frozenset[str]:
    """Every index term that a word of a document may have been found by."""
    thesaurus, language = answer.space.thesaurus, answer.space.language
    terms = {term for slot in answer.slots for term in slot.terms()}
    named = {name for term in terms if term[0] == "#" for name in thesaurus.words_for(term[1:], language)}
    return frozenset(terms | named)


def _hit(record: Mapping[str, Any], one: Scored, matched: frozenset[str]) -> Hit:
    return Hit(
        slug=record["slug"],
        language=record["language"],
        score=one.score,
        section=record["section"],
        section_title=record["section_title"],
        connection_types=tuple(record["connection_types"]),
        question=record["question"],
        summary=record["summary"],
        answer=record["answer"],
        matched=matched,
    )


def _mended(words: Sequence[str], spaces: Sequence[FullSpace]) -> list[str]:
    """The words as they were meant: those that no space knows are mended, unless they and a neighbour are one word."""
    found: list[str] = []
    for place, word in enumerate(words):
        neighbours = [words[place - 1] + word] if place else []
        neighbours += [word + words[place + 1]] if place + 1 < len(words) else []
        if _known(word, spaces) or any(joined in space.vocabulary for space in spaces for joined in neighbours):
            found.append(word)
        else:
            found += _mended_word(word, spaces)
    return found


def _mended_word(word: str, spaces: Sequence[FullSpace]) -> tuple[str, ...]:
    vocabularies = [space.vocabulary for space in spaces]
    better: list[str] = []
    for part in parts_of_token(word):
        better += (part,) if _known(part, spaces) else mended(part, vocabularies) or (part,)
    return tuple(better) if better != parts_of_token(word) else (word,)


def _known(word: str, spaces: Sequence[FullSpace]) -> bool:
    return any(
        is_function_word(word, space.language)
        or word in space.vocabulary
        or all(space.knows(atom) for atom in atoms(word, space.language))
        for space in spaces
    )
