"""What a word is, per language. Pure: no Django."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import snowballstemmer

_STEMMERS = {"nl": "dutch", "en": "english"}
_TOKEN = re.compile(
    r"\d+(?:\.\d+)+(?:/\d+)?"  # an address, a prefix or a version: 10.0.0.0/16, 8.1
    r"|/\d{1,2}\b"  # a prefix length: /27
    r"|\w+(?:-\w+)*"  # a word, with its hyphens: site-to-site
)


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(_STEMMERS[language])


def folded(text: str) -> str:
    """Text in lower case, without diacritics: `Één` and `een` are the same word."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=50_000)
def _stem(word: str, language: str) -> str:
    return str(_stemmer(language).stemWord(word)) if word.isalpha() else word


def words(text: str, language: str) -> list[str]:
    """The words of a text in the form in which they are indexed and looked for, in order.

    A word with hyphens stands whole and in its parts; what holds a digit stands as it is.
    """
    found = []
    for token in _TOKEN.findall(folded(text)):
        parts = token.split("-") if "-" in token else []
        found += [token] if parts else []
        found += [_stem(part, language) for part in (parts or [token])]
    return found
