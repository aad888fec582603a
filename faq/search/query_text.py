"""A query as typed, made ready to be searched for. Pure: no Django."""

from __future__ import annotations

import re
import unicodedata

from faq.search.words import countable_words, tokens

_PREFIX = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}/\d{1,2}\b")
_NUMBER = re.compile(r"\d{1,5}")

MAX_QUERY = 2_000
"""Characters of a query that are looked at, enough for a ticket; what is beyond is left, and the page says so."""


def in_one_line(typed: object) -> str:
    """What was typed, in one line and without control characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in str(typed or "")).split())


def query_text(typed: object) -> str:
    """What was typed, in one line, at most `MAX_QUERY` characters of it."""
    return in_one_line(typed)[:MAX_QUERY]


def query_words(text: str) -> list[str]:
    """The words of a query."""
    return [token.text for token in tokens(unicodedata.normalize("NFC", text))]


def asks_for_advice(text: str) -> bool:
    """Whether a question is about somebody's own network: it holds an IP prefix, or a number of sites or clients."""
    if _PREFIX.search(text):
        return True
    words, countable = query_words(text), countable_words()
    return any(
        _NUMBER.fullmatch(word) and countable & set(words[place + 1 : place + 3]) for place, word in enumerate(words)
    )
