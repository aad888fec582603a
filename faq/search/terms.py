"""What people mean: groups of words and abbreviations for one thing, in every language. Pure: no Django."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import tomli_w

from faq.search.bounded_cache import BoundedCache
from faq.search.words import atoms, parts_of_token, tokens, unmarked_words, words_of
from web.languages import LANGUAGES, in_order

MEANINGS_BYTES_KEPT = 16_000_000
"""Bytes of the meanings of rows of words that stay in memory: one search asks for those of a question three times."""

CLOSEST_NAMES = 5
"""Names of a term that stand for one another: those that come first in its list. Further ones are what people say as
well, or one of its kind (a brand of router)."""

SHIPPED = Path(__file__).with_name("terms.toml")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing and what it is called: `names` has the words and phrases per language."""

    key: str
    names: Mapping[str, tuple[str, ...]]


class Meaning(NamedTuple):
    """A thing recognised in a text: from word `start` up to, not including, word `end`."""

    start: int
    end: int
    key: str


class TermsRefused(ValueError):  # noqa: N818 -- says what happened to the file, like ContentRefused
    """A terms file that cannot be read; the message names the group and the reason."""


def read_terms(text: str) -> tuple[Term, ...]:
    """The groups of a terms file. Raises `TermsRefused`, naming what is wrong."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise TermsRefused(str(fault)) from fault
    return tuple(_term(key, group) for key, group in raw.items())


def terms_to_toml(terms: Iterable[Term]) -> str:
    """A terms file of these terms; read again it gives the same."""
    groups = {term.key: {language: list(names) for language, names in term.names.items()} for term in terms}
    return tomli_w.dumps(groups)


def _term(key: str, group: object) -> Term:
    if not isinstance(group, dict) or set(group) - set(LANGUAGES):
        listed = " and ".join(f"`{language}`" for language in LANGUAGES)
        raise TermsRefused(f"[{key}] has lists {listed}, and nothing else")
    names = {}
    for language in LANGUAGES:
        listed = group.get(language, [])
        if not isinstance(listed, list) or not all(isinstance(name, str) and tokens(name) for name in listed):
            raise TermsRefused(f"[{key}] {language} is a list of words and phrases")
        names[language] = tuple(listed)
    return Term(key, names)


def _bytes_of(meanings: Sequence[Meaning]) -> int:
    return 200 * (1 + len(meanings))


@dataclass(slots=True)
class _Names:
    """Names that begin with the same stems: what those of just these stems mean, and the names with a stem more."""

    keys: list[str] = field(default_factory=list)
    onward: dict[str, _Names] = field(default_factory=dict)


class Thesaurus:
    """Recognises the names of terms in texts, whatever their spelling, inflection or language."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)
        self._names: dict[str, _Names] = {language: _Names() for language in LANGUAGES}
        self._stems_of_names: dict[str, set[tuple[str, ...]]] = {}
        self._closest_names: dict[tuple[str, str], Sequence[str]] = {}
        for term in self.terms:
            for language, names in term.names.items():
                for name in names:
                    self._add(language, name, term.key)
                self._closest_names[term.key, language] = names[:CLOSEST_NAMES]
            if any(unmarked_words().issuperset(words_of(name)) for names in term.names.values() for name in names):
                self._stems_of_names[term.key] = set()  # asked for (how many), not named: what it is called is no name
        self.words = {language: frozenset(self._words(language)) for language in LANGUAGES}
        self._remembered = BoundedCache(self._meanings, _bytes_of, MEANINGS_BYTES_KEPT)

    def meanings(self, words: Sequence[str], own: str) -> Sequence[Meaning]:
        """What a row of words names, in its own language or another, from the longest to the shortest.

        A name that is only a part of a compound (`certificaat` in `rootcertificaat`) counts for the whole word.
        """
        return self._remembered((tuple(words), own))

    def _meanings(self, words_and_language: tuple[tuple[str, ...], str]) -> Sequence[Meaning]:
        words, own = words_and_language
        found: dict[Meaning, None] = {}
        for language in in_order(own):
            found |= dict.fromkeys(self._found(words, language))
        return sorted(found, key=lambda meaning: (meaning.start - meaning.end, meaning.start))

    def called(self, key: str, words: Sequence[str], own: str) -> Sequence[str]:
        """What else a text in a language calls a thing, the closest names only, where these words are a name of it in
        full. None where a question asks for it without naming it: what is called `how many` is no maximum."""
        names = self._stems_of_names.get(key, ())
        is_named = any(tuple(_stems(words, language)) in names for language in in_order(own))
        return self._closest_names.get((key, own), ()) if is_named else ()

    def _add(self, language: str, name: str, key: str) -> None:
        place = self._names[language]
        stems = tuple(_stems(words_of(name), language))
        self._stems_of_names.setdefault(key, set()).add(stems)
        for stem in stems:
            place = place.onward.setdefault(stem, _Names())
        if key not in place.keys:
            place.keys.append(key)

    def _found(self, words: Sequence[str], language: str) -> list[Meaning]:
        rows = [atoms(word, language) for word in words]
        stems = [stem for row in rows for stem in row]
        word_of = [number for number, row in enumerate(rows) for _ in row]
        found: list[Meaning] = []
        begun, last = self._names[language].onward.get, len(stems) - 1
        for start, stem in enumerate(stems):
            place, end = begun(stem), start
            while place is not None:
                if place.keys:
                    found += [Meaning(word_of[start], word_of[end] + 1, key) for key in place.keys]
                if end == last or not place.onward:
                    break
                end += 1
                place = place.onward.get(stems[end])
        return found

    def _words(self, language: str) -> Iterator[str]:
        """Every word of the names: a typing error in a name is mended with them."""
        for term in self.terms:
            for name in term.names.get(language, ()):
                for token in tokens(name):
                    yield from parts_of_token(token.text)


def _stems(words: Iterable[str], language: str) -> Iterator[str]:
    return chain.from_iterable(atoms(word, language) for word in words)
