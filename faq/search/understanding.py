"""What a question asks for: its words, mended, and the things that they name. Pure: no Django."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from faq.search.analysis import Slot, slots_of
from faq.search.correct import Vocabulary, common_words, mended
from faq.search.engine import Phrasing, Query
from faq.search.query_text import query_words
from faq.search.terms import Thesaurus
from faq.search.words import atoms, is_function_word, parts_of_token
from web.languages import in_order

TELLS_APART = 0.3
"""How rare a term must be at least to tell entries apart, beside the rarest: some fifth of many entries have it."""

COMPLETIONS = 8
"""Words that the last, unfinished word of a question is completed to."""


class Words(Protocol):
    """What an index knows of the words of one edition in one language, which a question is understood by."""

    language: str
    thesaurus: Thesaurus
    vocabulary: Vocabulary

    @property
    def rarest(self) -> float:
        """How rare a term is that one document holds."""

    def idf(self, term: str) -> float:
        """How rare a term is, see `evidence.idf`; 0 where no document holds it."""

    def knows(self, term: str) -> bool:
        """Whether any document holds a term."""


T = TypeVar("T", bound=Words)


@dataclass(frozen=True, slots=True)
class Understood:
    """A question: its words as they were typed and as they were meant, and what it asks for in each language."""

    typed: Sequence[str]
    meant: Sequence[str]
    slots: Mapping[str, Sequence[Slot]]


def understood(query: Query, spaces: Mapping[tuple[str, str], Words], also: Phrasing | None = None) -> Understood:
    """What a question asks for in each language of its edition, its typing errors mended; the words of a phrasing more
    are known as well. An engine may look by it for the documents that may answer, and rank only those.
    """
    known, typed = open_spaces(query, spaces), query_words(query.text)
    meant = _mended(typed, known, frozenset(query_words(also.text)) if also else frozenset())
    return Understood(typed, meant, {one.language: _slots(meant, one) for one in known})


def open_spaces(query: Query, spaces: Mapping[tuple[str, str], T]) -> list[T]:
    """The spaces of the edition that is asked, that of the reader's language first."""
    return [spaces[query.edition, code] for code in in_order(query.language) if (query.edition, code) in spaces]


def begun(query: Query, space: Words) -> tuple[Slot, ...]:
    """What a question that is being typed asks for so far: its last word may be the beginning of several."""
    words = query_words(query.text)
    unfinished = words.pop() if words and query.text[-1:].isalnum() else ""
    slots = _slots(words, space)
    if not unfinished:
        return slots
    completions = [unfinished, *space.vocabulary.starting_with(unfinished, COMPLETIONS)]
    things = [thing for word in completions for thing in _slots([word], space)]
    options = dict.fromkeys(option for thing in things for option in thing.options)
    return (*slots, Slot(unfinished, tuple(options)))


def _slots(words: Sequence[str], space: Words) -> tuple[Slot, ...]:
    """What a row of words asks for in a space."""
    return slots_of(words, space.language, space.thesaurus, space.knows)


def named(text: str, space: Words) -> frozenset[str]:
    """The index terms of what a text names that tell entries apart."""
    slots = _slots(query_words(text), space)
    terms = {term for slot in slots for term in slot.terms}
    least = TELLS_APART * space.rarest
    return frozenset(term for term in terms if not space.knows(term) or space.idf(term) >= least)


def _mended(words: Sequence[str], spaces: Sequence[Words], known: Collection[str] = ()) -> list[str]:
    """The words as they were meant: those that no space knows are mended, unless they and a neighbour are one word or
    they are `known` otherwise."""
    found: list[str] = []
    for place, word in enumerate(words):
        neighbours = [words[place - 1] + word] if place else []
        neighbours += [word + words[place + 1]] if place + 1 < len(words) else []
        joins = any(joined in space.vocabulary for space in spaces for joined in neighbours)
        if word in known or joins or _known(word, spaces):
            found.append(word)
        else:
            found += _mended_word(word, spaces)
    return found


def _mended_word(word: str, spaces: Sequence[Words]) -> tuple[str, ...]:
    vocabularies = [space.vocabulary for space in spaces]
    better: list[str] = []
    for part in parts_of_token(word):
        better += (part,) if _known(part, spaces) else mended(part, vocabularies) or (part,)
    return tuple(better) if better != parts_of_token(word) else (word,)


def _known(word: str, spaces: Sequence[Words]) -> bool:
    if spaces and word in common_words(spaces[0].language):
        return True
    return any(
        is_function_word(word, space.language)
        or word in space.vocabulary
        or all(space.knows(atom) for atom in atoms(word, space.language))
        for space in spaces
    )
