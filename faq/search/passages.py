"""What of an answer is shown beside the short answer, and the words marked that were looked for. Pure: no Django.

What is marked is a set of texts. Those of stems, as `mark_of_words` makes them, stand for words that were typed, in any
inflection (`adr+ruimt`); those behind `=` for what else the thing is called, as that is spelled (`=vooraf gedeelde
sleutel`). A word is marked whole or not at all: by itself, or by what it ends in (`VPN-gateway` by `gateway`), since it
is one of those; not by what it begins with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from faq.search.bounded_cache import BoundedCache
from faq.search.words import WORDS_KEPT, Token, atoms, is_function_word, lexicon, singulars, tokens, unmarked_words
from web.languages import LANGUAGES

LONGEST = 260
"""Characters of a passage, about; a sentence that is longer is cut between words."""

FEWEST_NEW = 3
"""Words of a sentence that the short answer does not have, and that a reader learns something from."""

NEW_SHARE = 0.5
"""The part of the words of a sentence that must be new: else it says the same in other words."""

SPELLED = "="
"""Begins what is marked as it is spelled only."""

BYTES_KEPT = 80_000_000
"""Bytes of the texts that stay in memory once read."""

BYTES_OF_WORD = 600
"""What a word of a text takes in memory, with its part in the sets of its sentence and its text, about."""

BETWEEN_CELLS = " · "
"""What stands between the cells of a table in plain text."""

_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?(?:\s+|$)")
_LINE = re.compile(r"[^\n]+")

Marked = list[tuple[str, bool]]
"""Pieces of a text in order, each with whether it was looked for."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text that carries a meaning, with all by which it may be marked."""

    start: int
    end: int
    text: str
    stems: tuple[str, ...]
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Span:
    """A part of a text, with its words, their stems, and all by which one of them may be marked."""

    start: int
    end: int
    words: tuple[_Word, ...]
    stems: frozenset[str]
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of a table, the first of which says what stands below it."""

    rows: tuple[tuple[_Span, ...], ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text: all of it, the sentences that are no part of a table, and the tables."""

    whole: _Span
    sentences: tuple[_Span, ...]
    tables: tuple[_Table, ...]


def passage(text: str, language: str, matched: frozenset[str], said: str = "") -> Marked:
    """What an answer adds to what is `said` already about what was looked for, marked: the row of a table, or the
    sentence that holds most of it with what follows in the same paragraph. Nothing where nothing adds."""
    read = _read((text, language))
    if matched.isdisjoint(read.whole.marks):
        return []
    known = _read((said, language)).whole
    sentence = _best_sentence(text, read.sentences, matched, known.stems)
    row = _best_row(read.tables, matched, {word.text for word in known.words})
    if row and (sentence is None or row.held(matched) >= len(sentence.marks & matched)):
        return row.shown(text, matched)
    return _with_what_follows(text, read.sentences, sentence, matched) if sentence else []


def marked(text: str, language: str, matched: frozenset[str]) -> Marked:
    """A whole text with the words marked that were looked for."""
    return _pieces_of(text, _read((text, language)).whole, matched)


def unmarked(pieces: Marked) -> str:
    """A marked text without its marks."""
    return "".join(text for text, _ in pieces)


def mark_of_words(words: Iterable[str], language: str) -> str:
    """What marks words that were typed, as one: the stems that carry a meaning. Empty where they name nothing."""
    return "+".join(stem for word in words if word not in unmarked_words() for stem in _stems(word, language))


@lru_cache(maxsize=WORDS_KEPT)
def mark_of_name(name: str, language: str) -> str:
    """What marks a name as it is spelled; empty for one that asks (`how many`)."""
    words = [token.text for token in tokens(name) if _stems(token.text, language)]
    return "" if unmarked_words().intersection(words) or not words else SPELLED + " ".join(words)


def _best_sentence(
    text: str, sentences: Iterable[_Span], matched: frozenset[str], known: frozenset[str]
) -> _Span | None:
    """The sentence that holds most of what was looked for, of those that say something new."""
    holding = [one for one in sentences if not matched.isdisjoint(one.marks)]
    telling = [one for one in holding if _tells(text[one.start : one.end].rstrip()) and _is_new(one.stems, known)]
    return max(telling, key=lambda one: len(one.marks & matched), default=None)


def _tells(sentence: str) -> bool:
    """Whether a sentence says something by itself: a question does not, nor what introduces a list."""
    return not sentence.endswith(("?", ":"))


def _is_new(stems: frozenset[str], known: frozenset[str]) -> bool:
    new = stems - known
    return len(new) >= max(FEWEST_NEW, NEW_SHARE * len(stems))


def _with_what_follows(text: str, sentences: Sequence[_Span], first: _Span, matched: frozenset[str]) -> Marked:
    """A sentence with those behind it in its paragraph, as long as there is room; one that is too long is cut."""
    end, words = first.end, first.words
    for one in sentences[sentences.index(first) + 1 :]:
        if one.end - first.start > LONGEST or "\n" in text[first.start : one.start]:
            break
        end, words = one.end, words + one.words
    if end - first.start <= LONGEST + 40:
        return _pieces(text, first.start, end, words, matched)
    inside = tuple(word for word in words if word.end - first.start <= LONGEST)
    end = inside[-1].end if inside else first.start + LONGEST
    return [*_pieces(text, first.start, end, inside, matched), ("…", False)]


@dataclass(frozen=True, slots=True)
class _Row:
    """The row of a table that was looked for: what it is about, and the columns that say something, each with its
    head."""

    about: _Span
    columns: tuple[tuple[_Span, _Span], ...]

    def held(self, matched: frozenset[str]) -> int:
        """How much of what is looked for stands in the row or above it."""
        return len(matched & self.about.marks.union(*(part.marks for column in self.columns for part in column)))

    def shown(self, text: str, matched: frozenset[str]) -> Marked:
        """The row in words: `HighPerformance · Tunnels: 30`."""
        pieces = _pieces_of(text, self.about, matched)
        for head, cell in self.columns:
            pieces += [(BETWEEN_CELLS, False), *_pieces_of(text, head, matched), (": ", False)]
            pieces += _pieces_of(text, cell, matched)
        return pieces


def _best_row(tables: Iterable[_Table], matched: frozenset[str], known: set[str]) -> _Row | None:
    """The row that holds most of what was looked for, where not most rows of the table do and it says anything new."""
    found = [row for table in tables if (row := _row_of(table, matched, known))]
    return max(found, key=lambda row: row.held(matched), default=None)


def _row_of(table: _Table, matched: frozenset[str], known: set[str]) -> _Row | None:
    heads, *rows = table.rows
    held = [len(matched & frozenset().union(*(cell.marks for cell in row))) for row in rows]
    most = max(held)
    if not most or (len(rows) > 1 and 2 * held.count(most) > len(rows)):
        return None
    about, *cells = rows[held.index(most)]
    columns = tuple(zip(heads[1:], cells, strict=True))
    asked = tuple(one for one in columns if not matched.isdisjoint(one[0].marks | one[1].marks))
    for shown in filter(None, (asked, columns)):
        is_new = any(word.text not in known for _, cell in shown for word in cell.words)
        if is_new and sum(part.end - part.start for column in shown for part in column) <= LONGEST:
            return _Row(about, shown)
    return None


def _pieces_of(text: str, span: _Span, matched: frozenset[str]) -> Marked:
    return _pieces(text, span.start, span.end, span.words, matched)


def _pieces(text: str, place: int, last: int, words: Sequence[_Word], matched: frozenset[str]) -> Marked:
    """A text from a place to the last one with those words marked that were looked for."""
    pieces: Marked = []
    for start, end in _marks(words, matched):
        if pieces and pieces[-1][1] and not text[place:start].strip(" -"):
            pieces[-1] = (pieces[-1][0] + text[place:end], True)
        else:
            pieces += [(text[place:start], False), (text[start:end], True)]
        place = end
    return [piece for piece in (*pieces, (text[place:last].rstrip(), False)) if piece[0]]


def _marks(words: Sequence[_Word], matched: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where each mark begins and ends, in order."""
    rows = _rows(matched)
    if not rows:
        yield from ((word.start, word.end) for word in words if not matched.isdisjoint(word.marks))
        return
    until = 0
    for place, word in enumerate(words):
        for row in rows.get(word.stems[0], ()):
            until = max(until, place + _words_of_stems(words[place : place + len(row)], row))
        for row in rows.get(SPELLED + word.text, ()):
            if tuple(one.text for one in words[place : place + len(row)]) == row:
                until = max(until, place + len(row))
        if place < until or not matched.isdisjoint(word.marks):
            yield word.start, word.end


def _words_of_stems(words: Sequence[_Word], row: tuple[str, ...]) -> int:
    """How many words have exactly these stems, from the first on; 0 where they do not."""
    stems: tuple[str, ...] = ()
    for number, word in enumerate(words, 1):
        stems += word.stems
        if stems == row:
            return number
    return 0


@lru_cache(maxsize=512)
def _rows(matched: frozenset[str]) -> dict[str, list[tuple[str, ...]]]:
    """What is marked that may stand in several words, by its first stem, or its first word behind `SPELLED`."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for mark in matched:
        is_spelled = mark.startswith(SPELLED)
        row = tuple(mark[len(SPELLED) :].split(" ") if is_spelled else mark.split("+"))
        if len(row) > 1:
            found.setdefault(SPELLED + row[0] if is_spelled else row[0], []).append(row)
    return found


def _text_of(text_and_language: tuple[str, str]) -> _Text:
    """The sentences and tables of a text with their words, of those that carry a meaning."""
    text, language = text_and_language
    words = _words(tokens(text), language)
    lines = [_span(words, line.start(), line.end()) for line in _LINE.finditer(text)]
    tables = tuple(_tables(text, lines))
    in_tables = [(table.rows[0][0].start, table.rows[-1][-1].end) for table in tables]
    sentences = tuple(
        _span(words, match.start(), match.end())
        for match in _SENTENCE.finditer(text)
        if match.group().strip() and not any(start <= match.start() < end for start, end in in_tables)
    )
    return _Text(_span(words, 0, len(text)), sentences, tables)


def _tables(text: str, lines: Sequence[_Span]) -> Iterator[_Table]:
    """The lines that follow one another and have as many cells."""
    rows: list[tuple[_Span, ...]] = []
    for line in (*lines, _span((), 0, 0)):
        cells = tuple(_cells(text, line))
        if rows and len(cells) != len(rows[0]):
            if len(rows) > 1:
                yield _Table(tuple(rows))
            rows = []
        if len(cells) > 1:
            rows.append(cells)


def _cells(text: str, line: _Span) -> Iterator[_Span]:
    start = line.start
    for cell in text[line.start : line.end].split(BETWEEN_CELLS):
        yield _span(line.words, start, start + len(cell))
        start += len(cell) + len(BETWEEN_CELLS)


def _span(words: Sequence[_Word], start: int, end: int) -> _Span:
    inside = tuple(word for word in words if start <= word.start < end)
    stems = frozenset(stem for word in inside for stem in word.stems)
    return _Span(start, end, inside, stems, frozenset().union(*(word.marks for word in inside)))


def _words(read: Sequence[Token], language: str) -> list[_Word]:
    """The words that carry a meaning, without those of fixed phrases, where they mean something else."""
    fixed = _in_idioms([token.text for token in read], language)
    found = []
    for place, token in enumerate(read):
        stems, marks = _stems(token.text, language), _marks_of(token.text, language)
        if stems:
            found.append(_Word(token.start, token.end, token.text, stems, frozenset() if place in fixed else marks))
    return found


def _in_idioms(words: Sequence[str], language: str) -> set[int]:
    """The places of the words that are part of a fixed phrase."""
    idioms = lexicon(language).idioms
    found: set[int] = set()
    for place, word in enumerate(words):
        for idiom in idioms.get(word, ()):
            if tuple(words[place : place + len(idiom)]) == idiom:
                found.update(range(place, place + len(idiom)))
    return found


@lru_cache(maxsize=WORDS_KEPT)
def _stems(word: str, language: str) -> tuple[str, ...]:
    """The stems of a word that carry a meaning; none for a word that carries none."""
    if is_function_word(word, language):
        return ()
    return tuple(stem for stem in atoms(word, language) if not is_function_word(stem, language))


@lru_cache(maxsize=WORDS_KEPT)
def _marks_of(word: str, language: str) -> frozenset[str]:
    """All by which a word is marked: its stems, what it ends in, and how it is spelled, also in the singular."""
    stems = _stems(word, language)
    is_named = any(is_function_word(stem, code) for stem in atoms(word, language) for code in LANGUAGES)
    ends = stems[:1] if is_named else stems
    in_the_end = ("+".join(stems[place:]) for place in range(1, len(ends)))
    return frozenset(("+".join(stems), *in_the_end, *(SPELLED + one for one in singulars(word, language))))


def _bytes_of(text: _Text) -> int:
    return BYTES_OF_WORD * len(text.whole.words)


_read = BoundedCache(_text_of, _bytes_of, BYTES_KEPT)
"""The sentences of a text in a language; texts are shown again and again."""
