"""From texts to index terms, and from a question to slots: the two must agree. Pure: no Django.

Index terms are of three kinds: atoms (`adr`), compounds (`adr+ruimt`) and meanings (`#address-space`). Ways of asking
also name pairs of them (`adr~ruimt`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, pairwise

from faq.search.engine import SearchDocument
from faq.search.terms import Thesaurus
from faq.search.words import WORDS_KEPT, atoms, is_function_word, words_of

FIELDS = {"question": 4.0, "asked_as": 1.1, "keywords": 0.25, "answer": 1.0}
"""How much a word counts by the field it stands in."""

LENGTH_MATTERS = {"question": 0.1, "asked_as": 1.0, "keywords": 0.0, "answer": 0.3}
"""How much a longer field weakens each of its words: 0 not at all, 1 in full (the b of BM25F)."""

PART_OF_COMPOUND = 0.85
"""What an atom counts in a compound, beside one that stands alone."""

PAIR = "~"
"""What stands between the two things of a pair."""

PART_OF_PREFIX = 0.5
"""What the address and the length of an IP prefix count beside the prefix itself."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that a question names. `options` are index terms with their weights, of which the best one counts;
    `inner` are the smaller things that it is made of, which count together where no option does as well. `terms` has
    every index term of the slot and of what it is made of.
    """

    word: str
    options: tuple[tuple[str, float], ...]
    inner: tuple[Slot, ...] = ()
    terms: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        parts = (term for slot in self.inner for term in slot.terms)
        object.__setattr__(self, "terms", tuple(dict.fromkeys((*(term for term, _ in self.options), *parts))))


@dataclass(frozen=True, slots=True)
class Analysed:
    """What an index needs of a document: the terms of each field with how much each counts there, the terms of each
    thing that each way of asking names, and the words as they are spelled.
    """

    counted: Mapping[str, Mapping[str, float]]
    phrasings: Sequence[Sequence[Sequence[str]]]
    spelled: frozenset[str]


def analysed(document: SearchDocument, thesaurus: Thesaurus) -> Analysed:
    """A document as an index takes it in; each of its texts is read once."""
    rows = {
        "question": [words_of(document.question)],
        "asked_as": [words_of(text) for text in document.asked_as],
        "keywords": [words_of(text) for text in document.keywords],
        "answer": [words_of(document.answer)],
    }
    language = document.language
    return Analysed(
        {name: _counted(texts, language, thesaurus) for name, texts in rows.items()},
        [
            [slot.terms for slot in slots_of(words, language, thesaurus)]
            for words in (*rows["question"], *rows["asked_as"])
        ],
        frozenset(
            word for name in ("question", "asked_as", "answer") for row in rows[name] for word in row if word.isalpha()
        ),
    )


def is_meaning(term: str) -> bool:
    """Whether an index term is a meaning, not a word or a pair."""
    return term[0] == "#" and not is_pair(term)


def is_pair(term: str) -> bool:
    """Whether an index term is two things that stand beside each other."""
    return PAIR in term


def pairs(things: Iterable[Sequence[str]]) -> set[str]:
    """The pairs of things that stand beside each other in a row: of each thing its meaning, else its word."""
    names = [next(filter(is_meaning, terms), terms[0]) for terms in things if terms]
    return {f"{first}{PAIR}{second}" for first, second in pairwise(names)}


def _counted(rows: Sequence[Sequence[str]], language: str, thesaurus: Thesaurus) -> dict[str, float]:
    found: dict[str, float] = {}
    for word, times in Counter(chain.from_iterable(rows)).items():
        for term, weight in word_terms(word, language).items():
            found[term] = found.get(term, 0.0) + weight * times
    for words in rows:
        for meaning in thesaurus.meanings(words, language):
            term = f"#{meaning.key}"
            found[term] = found.get(term, 0.0) + 1
    return found


@lru_cache(maxsize=WORDS_KEPT)
def word_terms(word: str, language: str) -> Mapping[str, float]:
    """The index terms of one word, with what each counts."""
    parts = [atom for atom in atoms(word, language) if not is_function_word(atom, language)]
    if "/" in word and word[0] != "/":
        address, _, length = word.partition("/")
        return {word: 1, address: PART_OF_PREFIX, f"/{length}": PART_OF_PREFIX}
    if len(parts) == 1:
        return {} if is_function_word(word, language) else {parts[0]: 1}
    return dict.fromkeys(parts, PART_OF_COMPOUND) | ({"+".join(parts): 1} if parts else {})


def slots_of(
    words: Sequence[str], language: str, thesaurus: Thesaurus, knows: Callable[[str], bool] | None = None
) -> tuple[Slot, ...]:
    """What a row of words asks for. `knows` tells whether an index has a term: two words may be one compound there.
    Without it each word stands for itself.
    """
    meanings = thesaurus.meanings(words, language)
    spans: dict[tuple[int, int], list[str]] = {}
    for meaning in meanings:
        spans.setdefault((meaning.start, meaning.end), []).append(f"#{meaning.key}")
    found: list[Slot] = []
    _fill(found, words, 0, len(words), spans, language, knows)
    return tuple(found)


def _fill(
    found: list[Slot],
    words: Sequence[str],
    start: int,
    end: int,
    spans: dict[tuple[int, int], list[str]],
    language: str,
    knows: Callable[[str], bool] | None,
) -> None:
    """Slots for words[start:end]: the longest meanings that do not overlap, joined pairs, then single words."""
    taken = _longest(spans, start, end)
    place = start
    while place < end:
        span = taken.get(place)
        if span:
            inner: list[Slot] = []
            smaller = {other: keys for other, keys in spans.items() if other != span}
            _fill(inner, words, *span, smaller, language, knows)
            found.append(Slot(" ".join(words[slice(*span)]), tuple((key, 1.0) for key in spans[span]), tuple(inner)))
            place = span[1]
        elif knows and place + 1 < end and (joined := _joined(words[place], words[place + 1], language, knows)):
            inner = [*_single(words, place, spans, language), *_single(words, place + 1, spans, language)]
            found.append(Slot(f"{words[place]} {words[place + 1]}", ((joined, 1.0),), tuple(inner)))
            place += 2
        else:
            found += _single(words, place, spans, language)
            place += 1


def _longest(spans: dict[tuple[int, int], list[str]], start: int, end: int) -> dict[int, tuple[int, int]]:
    """The meanings of several words within a stretch, by where they begin: longer before shorter, none over another."""
    inside = [span for span in spans if start <= span[0] and span[1] <= end]
    chosen: dict[int, tuple[int, int]] = {}
    covered: set[int] = set()
    for span in sorted(inside, key=lambda span: (span[0] - span[1], span[0])):
        if span[1] - span[0] > 1 and not covered & set(range(*span)):
            chosen[span[0]] = span
            covered |= set(range(*span))
    return chosen


def _joined(first: str, second: str, language: str, knows: Callable[[str], bool]) -> str | None:
    """The compound that two words are in the index, where it has that."""
    if is_function_word(first, language) or is_function_word(second, language):
        return None
    compound = "+".join((*atoms(first, language), *atoms(second, language)))
    if knows(compound):
        return compound
    joined = atoms(first + second, language)
    return joined[0] if len(joined) == 1 and knows(joined[0]) else None


def _single(
    words: Sequence[str], place: int, spans: dict[tuple[int, int], list[str]], language: str
) -> tuple[Slot, ...]:
    """The slot of one word with what it means. None for a function word."""
    keys = spans.get((place, place + 1))
    plain = _plain(words[place], language)
    if not keys or not plain:
        return plain
    (slot,) = plain
    return (Slot(slot.word, (*slot.options, *((key, 1.0) for key in keys)), slot.inner),)


@lru_cache(maxsize=WORDS_KEPT)
def _plain(word: str, language: str) -> tuple[Slot, ...]:
    """The slot of one word without what it means: its stem or compound, and its parts. None for a function word."""
    terms = word_terms(word, language)
    whole = next((term for term, weight in terms.items() if weight == 1), None)
    if whole is None:
        return ()
    parts = tuple(Slot(term, ((term, 1.0),)) for term, weight in terms.items() if weight < 1)
    return (Slot(word, ((whole, 1.0),), parts),)
