"""From the text of a ticket, or any text that somebody pastes, to the entries that answer what is asked in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from faq.models import Edition
from faq.search.query_text import query_text
from faq.search.service import Result, find
from web.privacy import impersonal

LONGEST_TEXT = 20_000
"""Characters of a text that are read; a longer one is refused."""

MOST_SENTENCES = 60
"""Sentences of a text that are looked at: the longest ones, since greetings and signatures are short."""

MOST_ENTRIES = 8

FEWEST_WORDS = 3

CLOSING = re.compile(r"\b(?:m\.?v\.?g|groet\w*|regards|sincerely|faithfully|truly|cheers|thanks)(?!\w)", re.IGNORECASE)
LONGEST_CLOSING = 4
"""A line of at most so many words with one of these ends a letter, in Dutch or in English; a signature follows."""

SIGNATURE_LINES = 6
"""Lines behind a closing that are taken for a signature, unless one of them asks something."""

_END = re.compile(r"(?<=[.?!])\s+|[\r\n]+|\s[-–•*]\s")


@dataclass(frozen=True, slots=True)
class Answering:
    """An entry with the sentences of the text that it answers, the best first."""

    result: Result
    sentences: tuple[str, ...]


def answers_to(text: str, language: str, edition: Edition) -> list[Answering]:
    """The entries that answer the sentences of a text, those first that answer one best; each sentence counts for the
    entry that covers it best.
    """
    best: dict[str, Result] = {}
    answered: dict[str, list[str]] = {}
    for sentence in sentences(text):
        results = find(sentence, language, edition, limit=1)
        first = next(iter((*results.results, *results.elsewhere)), None)
        if first is None or results.only_near:
            continue
        answered.setdefault(first.slug, []).append(sentence)
        if first.slug not in best or first.score > best[first.slug].score:
            best[first.slug] = first
    ranked = sorted(best.values(), key=lambda result: -result.score * (1 + 0.2 * (len(answered[result.slug]) - 1)))
    return [Answering(result, tuple(answered[result.slug][:3])) for result in ranked[:MOST_ENTRIES]]


def sentences(text: str) -> list[str]:
    """The sentences of a text that ask something, without what tells who asks, in their order."""
    found = list(dict.fromkeys(_sentences(text)))
    longest = sorted(found, key=len, reverse=True)[:MOST_SENTENCES]
    return [sentence for sentence in found if sentence in set(longest)]


def _sentences(text: str) -> Iterator[str]:
    for part in _END.split("\n".join(_without_signatures(text[:LONGEST_TEXT].splitlines()))):
        line = query_text(part)
        if len(impersonal(line).split()) >= FEWEST_WORDS:
            yield line


def _without_signatures(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a text without closings and what stands below each: who writes, and where they are to be reached."""
    left = 0
    for line in lines:
        if len(line.strip(" >").split()) <= LONGEST_CLOSING and CLOSING.search(line):
            left = SIGNATURE_LINES
        elif left and "?" not in line:
            left -= bool(line.strip())
        else:
            left = 0
            yield line
