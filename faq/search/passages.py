"""The passage of an answer that a question is about, with the words that were looked for. Pure: no Django."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from faq.search.analysis import word_terms
from faq.search.bounded_cache import BoundedCache
from faq.search.words import WORDS_KEPT, tokens

LONGEST = 260
"""Characters of a passage, about; a sentence that is longer is cut between words."""

BYTES_KEPT = 48_000_000
"""Bytes of the texts that stay in memory once read."""

BYTES_OF_WORD = 330
"""What a word of a text takes in memory, with its part in the terms of its sentence, about."""

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


@dataclass(frozen=True, slots=True)
class _Text:
    sentences: tuple[_Sentence, ...]
    terms: frozenset[str]


def passage(text: str, language: str, matched: frozenset[str]) -> Marked:
    """The sentences that hold most of the terms, marked; the beginning where none holds any."""
    read = _read((text, language))
    sentences, here = read.sentences, read.terms & matched
    if not sentences:
        return []
    held = [len(here & sentence.terms) for sentence in sentences] if here else [0]
    best = held.index(max(held))
    last = best
    while last + 1 < len(sentences) and sentences[last + 1].end - sentences[best].start <= LONGEST:
        last += 1
    shown = sentences[best : last + 1]
    start, end = shown[0].start, shown[-1].end
    if end - start > LONGEST + 40:
        inside = [word.end for sentence in shown for word in sentence.words if word.end - start <= LONGEST]
        end = inside[-1] if inside else start + LONGEST
    return _marked(text[:end], start, shown, here)


def marked(text: str, language: str, matched: frozenset[str]) -> Marked:
    """A whole text with the words marked that were looked for."""
    read = _read((text, language))
    return _marked(text, 0, read.sentences, read.terms & matched)


def unmarked(pieces: Marked) -> str:
    """A marked text without its marks."""
    return "".join(text for text, _ in pieces)


def _marked(text: str, start: int, sentences: Iterable[_Sentence], matched: frozenset[str]) -> Marked:
    """A text from a place on, with the words of some of its sentences marked that were looked for."""
    pieces: Marked = []
    place = start
    holding = (sentence for sentence in sentences if not matched.isdisjoint(sentence.terms))
    for word in (word for sentence in holding for word in sentence.words if word.end <= len(text)):
        if not matched.isdisjoint(word.terms):
            if pieces and pieces[-1][1] and not text[place : word.start].strip(" -"):
                pieces[-1] = (pieces[-1][0] + text[place : word.end], True)
            else:
                pieces += [(text[place : word.start], False), (text[word.start : word.end], True)]
            place = word.end
    return [piece for piece in (*pieces, (text[place:].rstrip(), False)) if piece[0]]


def _text_of(text_and_language: tuple[str, str]) -> _Text:
    """The sentences of a text with the index terms of their words, of those that have any."""
    text, language = text_and_language
    read = ((token, _terms_of(token.text, language)) for token in tokens(text))
    words = [_Word(token.start, token.end, terms) for token, terms in read if terms]
    found, place = [], 0
    for match in _SENTENCE.finditer(text):
        inside = []
        while place < len(words) and words[place].start < match.end():
            inside.append(words[place])
            place += 1
        if match.group().strip():
            terms = frozenset().union(*(word.terms for word in inside))
            found.append(_Sentence(match.start(), match.end(), tuple(inside), terms))
    return _Text(tuple(found), frozenset().union(*(sentence.terms for sentence in found)))


@lru_cache(maxsize=WORDS_KEPT)
def _terms_of(word: str, language: str) -> frozenset[str]:
    """The index terms of a word; one set for all places where it stands."""
    return frozenset(word_terms(word, language))


def _bytes_of(text: _Text) -> int:
    return BYTES_OF_WORD * sum(len(sentence.words) for sentence in text.sentences)


_read = BoundedCache(_text_of, _bytes_of, BYTES_KEPT)
"""The sentences of a text in a language; texts are shown again and again."""
