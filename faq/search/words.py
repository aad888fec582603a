"""What a word is, per language: tokens, their stems, and the parts of compounds. Pure: no Django.

Every spelling of a compound comes down to the same atoms: `adresruimte`, `adres-ruimte` and `adres ruimte` are all
`adres` and `ruimt`. Tokens that hold a digit (`vpngw2az`, `/27`, `ikev2`, `10.0.0.0/16`, `s2s`) are kept whole.
"""

from __future__ import annotations

import re
import threading
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import filterfalse
from pathlib import Path
from typing import Any

import snowballstemmer

_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)+(?:/\d{1,3})?"  # an address, a prefix, a version or a decimal: 10.0.0.0/16, 8.1, 1,25
    r"|/\d{1,2}\b"  # a prefix length: /27
    r"|[^\W_]+(?:[-'’][^\W_]+)*"  # a word, with its hyphens: site-to-site
)
_HYPHEN = re.compile(r"[-'’]")
_stemming = threading.Lock()  # a Snowball stemmer holds the word it is at
SHORTEST_PART = 2
"""Letters of the shortest part that a compound is taken apart into (`ip`)."""
LONGEST_WORD = 60
"""Letters of a word that is still taken apart; what is longer is no compound of this trade."""
WORDS_KEPT = 150_000
"""Words whose stems and parts stay in memory once made (about 300 bytes each); the trade has some ten thousand."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it stands in a text: without case and diacritics, and where it begins and ends there."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a language's words are made of (see lexicon.toml): `part_stems` are the stems of `parts`; `idioms` has the
    fixed phrases by their first word."""

    plurals: tuple[str, ...]
    parts: frozenset[str]
    part_stems: frozenset[str]
    linking: tuple[str, ...]
    exceptions: Mapping[str, str]
    function_words: frozenset[str]
    idioms: Mapping[str, tuple[tuple[str, ...], ...]]


@cache
def _written() -> Mapping[str, Mapping[str, Any]]:
    """The lexicon of each language, as it is written."""
    return tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text(encoding="utf-8"))


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language."""
    raw = _written()[language]
    parts = frozenset(raw["parts"])
    return Lexicon(
        plurals=tuple(raw["plurals"]),
        parts=parts,
        part_stems=frozenset(_snowball(part, language) for part in parts),
        linking=tuple(raw["linking"]),
        exceptions=raw["exceptions"],
        function_words=frozenset(raw["function_words"]),
        idioms=_by_first_word(raw["idioms"]),
    )


def _by_first_word(phrases: Iterable[str]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for words in (tuple(words_of(phrase)) for phrase in phrases):
        found[words[0]] = (*found.get(words[0], ()), words)
    return found


@cache
def unmarked_words() -> frozenset[str]:
    """The words that name nothing, in all languages: of question and sentence only."""
    return frozenset(word for raw in _written().values() for word in (*raw["unmarked"], *raw["function_words"]))


@cache
def countable_words() -> frozenset[str]:
    """What a network has in numbers, in all languages."""
    return frozenset(word for raw in _written().values() for word in raw["countable"])


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(_written()[language]["stemmer"])


def _snowball(word: str, language: str) -> str:
    with _stemming:
        return str(_stemmer(language).stemWord(word))


def folded(text: str) -> str:
    """Text in lower case, without diacritics: `Één` and `een` are the same word."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(filterfalse(unicodedata.combining, decomposed))


def tokens(text: str) -> list[Token]:
    """The words of a text, in order. Positions count in the text as given, which should be in form NFC."""
    return [Token(folded(found.group()), found.start(), found.end()) for found in _TOKEN.finditer(text)]


def words_of(text: str) -> list[str]:
    """The words of a text as `tokens` tells them, without their places."""
    if text.isascii():
        return _TOKEN.findall(text.lower())
    return [folded(word) for word in _TOKEN.findall(text)]


@lru_cache(maxsize=WORDS_KEPT)
def stem(word: str, language: str) -> str:
    """A word as it is compared with its relatives; whole where it holds anything but letters."""
    if not word.isalpha():
        return word
    known = lexicon(language)
    word = known.exceptions.get(word, word)
    singular = next((one for one in singulars(word, language) if one in known.parts), word)
    return _snowball(singular, language)


def singulars(word: str, language: str) -> Iterator[str]:
    """A word, and what it is the plural of if it is a regular plural."""
    yield word
    for end in lexicon(language).plurals:
        yield word.removesuffix(word[-len(end) - 1 : -len(end)] + end[1:] if end[0] == "+" else end)


@lru_cache(maxsize=WORDS_KEPT)
def atoms(word: str, language: str) -> tuple[str, ...]:
    """The stems that a token is made of: one, or those of a compound's parts in order."""
    found: list[str] = []
    for piece in parts_of_token(word):
        found += (stem(part, language) for part in taken_apart(piece, language))
    return tuple(found)


def parts_of_token(word: str) -> list[str]:
    """What hyphens and apostrophes join in a token."""
    return [piece for piece in _HYPHEN.split(word) if piece]


def taken_apart(word: str, language: str) -> tuple[str, ...]:
    """A compound's parts by the lexicon: as few as possible, the longest first part preferred; else the word alone."""
    known = lexicon(language)
    if not word.isalpha() or len(word) < 2 * SHORTEST_PART or len(word) > LONGEST_WORD:
        return (word,)
    if word in known.parts or word in known.exceptions or stem(word, language) in known.part_stems:
        return (word,)
    return _split(word, language) or (word,)


@lru_cache(maxsize=20_000)
def _split(word: str, language: str) -> tuple[str, ...] | None:
    """The parts of a word that is nothing but parts of the lexicon and linking letters, or None."""
    known = lexicon(language)
    best: tuple[str, ...] | None = None
    for end in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        first = word[:end]
        if first not in known.parts:
            continue
        for link in known.linking:
            rest = word[end:].removeprefix(link) if word[end:].startswith(link) else ""
            if len(rest) < SHORTEST_PART:
                continue
            more = (rest,) if _ends(rest, language) else _split(rest, language)
            if more and (best is None or 1 + len(more) < len(best)):
                best = (first, *more)
    return best


def _ends(word: str, language: str) -> bool:
    known = lexicon(language)
    return word in known.parts or (len(word) > SHORTEST_PART + 1 and stem(word, language) in known.part_stems)


def is_function_word(word: str, language: str) -> bool:
    """Whether a token carries no meaning of its own in a search."""
    return word in lexicon(language).function_words
