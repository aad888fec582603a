"""The limits in which every word that somebody typed occurs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from faq.knowledge.limits import Catalogue, Limit
from faq.search.words import atoms, folded, is_function_word, words_of
from web.languages import LANGUAGES

ASKING = frozenset({"hoeveel", "many", "much"})
"""Words of a question that no limit is about."""

_NUMBER = re.compile(r"/?\d[\d.,/]*")
_SEPARATOR = re.compile(r"[.,]")


@dataclass(frozen=True, slots=True)
class _Text:
    """What a limit can be found by: its text without case and accents, with and without spaces, its numbers, and the
    stems of its words in each language.
    """

    limit: Limit
    text: str
    joined: str
    numbers: frozenset[str]
    stems: dict[str, frozenset[str]]


def filtered(catalogue: Catalogue, typed: str) -> list[Limit]:
    """The limits with every word of a text in their name, value, key, note, source or what other sources say, in any
    language, in the order of the catalogue. A number must be there as a whole; of a word, a part is enough.
    """
    words = [word for word in words_of(typed) if not _only_asks(word)] or words_of(typed)
    if not words:
        return list(catalogue)
    return [found.limit for found in _texts(catalogue) if all(_has(found, word) for word in words)]


def _only_asks(word: str) -> bool:
    return word in ASKING or any(is_function_word(word, language) for language in LANGUAGES)


def _has(found: _Text, word: str) -> bool:
    if _NUMBER.fullmatch(word):
        return bool({word, _SEPARATOR.sub("", word)} & found.numbers) or ("." in word and f" {word}" in found.text)
    if word in found.text or word in found.joined:
        return True
    return any(found.stems[language].issuperset(atoms(word, language)) for language in LANGUAGES)


@lru_cache(maxsize=16)
def _texts(catalogue: Catalogue) -> tuple[_Text, ...]:
    """The texts of a catalogue, made once: it is read anew when its limits change."""
    return tuple(_text(limit) for limit in catalogue)


def _text(limit: Limit) -> _Text:
    said = {language: " ".join(_said(limit, language)) for language in LANGUAGES}
    text = folded(" ".join(said.values()))
    numbers = {word for word in words_of(text) if _NUMBER.fullmatch(word)}
    plain = {_SEPARATOR.sub("", number) for number in numbers if _groups_thousands(number)}
    return _Text(
        limit,
        text,
        text.replace(" ", "").replace("-", ""),
        frozenset(numbers | plain),
        {language: frozenset(_stems(said[language], language)) for language in LANGUAGES},
    )


def _said(limit: Limit, language: str) -> list[str]:
    sources = [limit.source, *(conflict.source for conflict in limit.conflicts)]
    return [
        limit.name[language],
        limit.shown(language),
        *(str(value) for value in _raw(limit)),
        limit.key,
        limit.note[language] if limit.note else "",
        *(conflict.text[language] for conflict in limit.conflicts),
        *(f"{source.key} {source.name} {source.document} {source.date}" for source in sources),
    ]


def _raw(limit: Limit) -> tuple[object, ...]:
    """The numbers and names of a limit as they are kept: 1000 also where readers see 1 Gbps."""
    values = limit.value if isinstance(limit.value, tuple) else (limit.value,)
    return tuple(value for value in values if isinstance(value, int | float | str) and not isinstance(value, bool))


def _groups_thousands(number: str) -> bool:
    return re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number) is not None


def _stems(text: str, language: str) -> set[str]:
    return {atom for word in words_of(text) for atom in atoms(word, language)}
