"""From the text of a ticket, or any text that somebody pastes, to the entries that answer what is asked in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from faq.desk.mail_text import Sentence, asks, gist_of, language_of_text, sentences
from faq.models import Edition
from faq.search.query_text import query_words
from faq.search.service import Result, find

LEAST_SCORE = 0.015
"""Of an answer to a question: of the tuning queries that an entry answers, 97 in 100 are found with more."""

WEAK_SCORE = 0.2
"""Below it, a question that points back (`Is that encrypted?`) is searched for again with the one before it."""

PARTED_SCORE = 0.1
"""Of each part of a sentence that is answered apart from the rest."""

POINTING_SCORE = 1.0
"""The same of a part that points back, since it lacks what it is about."""

STATEMENT_SCORE = 0.1
"""Of an answer to a sentence that asks nothing: only a close one is worth showing."""

CANDIDATES = 4
"""Entries that are looked at for a question: its answer, and what may be ticked in its place."""

CANDIDATE_SHARE = 0.002
"""Of the best score that another candidate has at least."""

_POINTING = re.compile(
    r"\b(?:dat|dit|die|deze|hem|daar(?:mee|van|voor|op|in|bij|aan|door|over)?|ze|that|this|those|these|it|they|them)\b",
    re.IGNORECASE,
)
_FAVOR = re.compile(
    r"^(?:kunt|kun|kunnen|kan|zou|zouden|wilt|willen|can|could|would|will|may|please)\b.{0,40}\b(?:help\w*|beantwoorden|"
    r"terugbellen|bellen|antwoord\w*|answer\w*|call|reply|assist|advise)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence of a text as it is quoted, and the entries that may answer it, the best first. `is_sure` says that the
    first of them does, `asks` that it asks something, and `place` where it is among the others.
    """

    text: str
    candidates: tuple[Result, ...]
    is_sure: bool
    asks: bool = True
    place: int = 0


@dataclass(slots=True)
class Answering:
    """An entry with the sentences of the text that it answers, in their order, the place of the first, and what may be
    said in place of the entry.
    """

    result: Result
    place: int
    asked: list[str]
    others: list[Result] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Answered:
    """A text answered: its language, the answers in the order of the text, what else it touches on without asking, the
    questions that found no answer, each with what comes nearest, and the sentences that ask nothing.
    """

    language: str
    answers: tuple[Answering, ...]
    touched: tuple[Answering, ...]
    unanswered: tuple[Asked, ...]
    told: tuple[str, ...]


def answers_to(text: str, language: str, edition: Edition) -> Answered:
    """What answers a text that is pasted into a page in this language."""
    own = language_of_text(text, language)
    asked: list[Asked] = []
    for sentence in sentences(text):
        found = _questions(sentence, asked[-1] if asked else None, own, edition)
        asked += [replace(one, place=place) for place, one in enumerate(found, len(asked))]
    sure = [one for one in asked if one.is_sure]
    of_questions = _merged([one for one in sure if one.asks])
    of_statements = _merged([one for one in sure if not one.asks], known={one.result.slug for one in of_questions})
    return Answered(
        own,
        of_questions or of_statements,
        of_statements if of_questions else (),
        tuple(one for one in asked if one.asks and not one.is_sure and not _FAVOR.match(one.text)),
        tuple(one.text for one in asked if not one.asks and not one.is_sure),
    )


def _merged(asked: Sequence[Asked], known: Collection[str] = ()) -> tuple[Answering, ...]:
    """One answer for each entry that is not known, with all that it answers; none is offered in place of itself."""
    answers: dict[str, Answering] = {}
    for one in asked:
        first, *others = one.candidates
        if first.slug not in known:
            answer = answers.setdefault(first.slug, Answering(first, one.place, []))
            answer.asked.append(one.text)
            offered = {first.slug, *(other.slug for other in answer.others)}
            answer.others += [other for other in others if other.slug not in offered]
    return tuple(answers.values())


def _questions(sentence: Sentence, before: Asked | None, own: str, edition: Edition) -> Iterator[Asked]:
    """What a sentence asks: one question, or more where its parts are answered by different entries."""
    language = language_of_text(sentence.gist, own)
    parts = [_asked(clause, gist_of(clause), language, edition) for clause in sentence.clauses] if sentence.asks else []
    apart = [part for number, part in enumerate(parts) if part.is_sure and _stands_alone(part, is_first=number == 0)]
    if len({part.candidates[0].slug for part in apart}) > 1:
        yield from apart
        yield from filter(_is_left, parts)
        return
    whole = _asked(sentence.text, sentence.gist, language, edition, asks=sentence.asks)
    if before and _points_back(whole, sentence.gist, before):
        yield _after(before, whole, language, edition)
    elif whole.is_sure or not apart:
        yield whole
        yield from filter(_is_left, parts if whole.is_sure else ())
    else:
        yield apart[0]
        yield from filter(_is_left, parts)


def _stands_alone(part: Asked, *, is_first: bool) -> bool:
    points = bool(_POINTING.search(part.text)) and not is_first
    return part.candidates[0].score >= (POINTING_SCORE if points else PARTED_SCORE)


def _is_left(part: Asked) -> bool:
    """Whether a part of a sentence asks something of its own that nothing answers."""
    return not part.candidates and asks(part.text) and not _POINTING.search(part.text)


def _points_back(whole: Asked, gist: str, before: Asked) -> bool:
    """Whether a question is about what the sentence before it is about."""
    is_weak = not whole.candidates or whole.candidates[0].score < WEAK_SCORE
    return whole.asks and is_weak and bool(_POINTING.search(gist))


def _after(before: Asked, whole: Asked, language: str, edition: Edition) -> Asked:
    """A question that points back, searched for with the sentence before; not sure where that finds nothing but what
    answers the question before.
    """
    joined = _asked(whole.text, f"{before.text} {whole.text}", language, edition)
    known = {result.slug for result in before.candidates[:1]} if before.asks else set()
    if joined.is_sure and joined.candidates[0].slug not in known and joined.candidates[0].score >= PARTED_SCORE:
        return joined
    return Asked(whole.text, _distinct((*whole.candidates, *joined.candidates)), is_sure=False)


def _distinct(results: Sequence[Result]) -> tuple[Result, ...]:
    return tuple({result.slug: result for result in reversed(results)}.values())[::-1][:CANDIDATES]


def _asked(text: str, gist: str, language: str, edition: Edition, *, asks: bool = True) -> Asked:
    """A question with what the search finds for it; no candidates where it says that no entry answers."""
    results = find(gist, language, edition, limit=CANDIDATES)
    found = sorted((*results.results, *results.elsewhere), key=lambda result: -result.score)
    if not found or results.only_near or not query_words(gist):
        return Asked(text, (), is_sure=False, asks=asks)
    best = found[0].score
    near = tuple(result for result in found[:CANDIDATES] if result.score >= best * CANDIDATE_SHARE)
    least = LEAST_SCORE if asks else STATEMENT_SCORE
    return Asked(text, near, is_sure=results.from_database or best >= least, asks=asks)
