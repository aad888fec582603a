"""The passage of an answer that a question is about, with the words that were looked for. Pure: no Django."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from faq.search.analysis import word_terms
from faq.search.bounded_cache import BoundedCache
from faq.search.words import WORDS_KEPT, tokens

LONGEST = 260
"""Characters of a passage, about; a sentence that is longer is cut between words."""

BYTES_KEPT = 24_000_000
"""Bytes of the sentences that stay in memory."""

BYTES_OF_WORD = 200
"""What a word of a sentence takes in memory, with its part in the terms of the sentence, about."""

_SENTENCE = re.compile(r"[^.!?:\n]*(?:[.!?:](?!\s|$)[^.!?:\n]*)*[.!?:]?(?:\s+|$)")

Marked = list[tuple[str, bool]]
"""Pieces of a text in order, each with whether it was looked for."""


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    words: tuple[_Word, ...]
    terms: frozenset[str]


def passage(text: str, language: str, matched: frozenset[str]) -> Marked:
    """The sentences that hold most of the terms, marked; the beginning where none holds any."""
    sentences = _sentences((text, language))
    if not sentences:
        return []
    held = [len(sentence.terms & matched) for sentence in sentences]
    best = max(range(len(sentences)), key=lambda number: (held[number], -number))
    last = best
    while last + 1 < len(sentences) and sentences[last + 1].end - sentences[best].start <= LONGEST:
        last += 1
    start, end = sentences[best].start, sentences[last].end
    words = [word for sentence in sentences[best : last + 1] for word in sentence.words]
    if end - start > LONGEST + 40:
        words = [word for word in words if word.end - start <= LONGEST]
        end = words[-1].end if words else start + LONGEST
    return _marked(text[:end], start, words, matched)


def marked(text: str, language: str, matched: frozenset[str]) -> Marked:
    """A whole text with the words marked that were looked for."""
    words = [word for sentence in _sentences((text, language)) for word in sentence.words]
    return _marked(text, 0, words, matched)


def unmarked(pieces: Marked) -> str:
    """A marked text without its marks."""
    return "".join(text for text, _ in pieces)


def _marked(text: str, start: int, words: list[_Word], matched: frozenset[str]) -> Marked:
    pieces: Marked = []
    place = start
    for word in words:
        if word.terms & matched:
            if pieces and pieces[-1][1] and not text[place : word.start].strip(" -"):
                pieces[-1] = (pieces[-1][0] + text[place : word.end], True)
            else:
                pieces += [(text[place : word.start], False), (text[word.start : word.end], True)]
            place = word.end
    return [piece for piece in (*pieces, (text[place:].rstrip(), False)) if piece[0]]


def _sentences_of(text_and_language: tuple[str, str]) -> tuple[_Sentence, ...]:
    """The sentences of a text with the index terms of their words."""
    text, language = text_and_language
    words = [_Word(token.start, token.end, _terms_of(token.text, language)) for token in tokens(text)]
    found, place = [], 0
    for match in _SENTENCE.finditer(text):
        inside = []
        while place < len(words) and words[place].start < match.end():
            inside.append(words[place])
            place += 1
        if inside:
            terms = frozenset(term for word in inside for term in word.terms)
            found.append(_Sentence(match.start(), match.end(), tuple(inside), terms))
    return tuple(found)


@lru_cache(maxsize=WORDS_KEPT)
def _terms_of(word: str, language: str) -> frozenset[str]:
    """The index terms of a word; one set for all places where it stands."""
    return frozenset(word_terms(word, language))


def _bytes_of(sentences: tuple[_Sentence, ...]) -> int:
    return BYTES_OF_WORD * sum(len(sentence.words) for sentence in sentences)


_sentences = BoundedCache(_sentences_of, _bytes_of, BYTES_KEPT)
"""The sentences of a text; texts are shown again and again."""
