"""Which words ask something, and the forms besides headings in which a document writes its questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

_NAMES = r"(?:Q|V|Question|Vraag)[ \t]{0,3}"
_LABEL = rf"{_NAMES}\d{{0,3}}[ \t]{{0,3}}"
_DASH = r"[-\u2013\u2014](?=[ \t])"
_BARE_LABEL = re.compile(_LABEL, re.IGNORECASE)
_LABELED = re.compile(rf"(?:{_LABEL}[:.)]|{_NAMES}\d{{1,3}}[ \t]{{0,3}}{_DASH})[ \t]*", re.IGNORECASE)
_PLAIN_LABELED = re.compile(
    rf" {{0,3}}(?:{_LABEL}(?P<colon>:)|{_NAMES}\d{{1,3}}[ \t]{{0,3}}(?:[.)]|{_DASH})|Q[.)])[ \t]+(?=\S)", re.IGNORECASE
)
_AFTER_LABEL = re.compile(rf"[ \t]*(?:[:.)]|{_DASH})?[ \t]*")
_ANSWERS = r"(?:A|Answer|Antwoord)[ \t]{0,3}"
_ANSWER_LABEL = re.compile(
    rf"\s*(?:(?P<mark>\*\*|__){_ANSWERS}\d{{0,3}}[ \t]{{0,3}}[:.)]?(?P=mark)(?:[:.)]|[ \t]*{_DASH})?"
    rf"|{_ANSWERS}\d{{0,3}}[ \t]{{0,3}}(?:[:)]|\.(?=[ \t]))|{_ANSWERS}\d{{1,3}}[ \t]{{0,3}}{_DASH})[ \t]*",
    re.IGNORECASE,
)
_STRONG_MARKS = ("***", "___", "**_", "__*", "_**", "*__", "**", "__")
_WORDS_IN = r" {{0,3}}{}(?=[^\s*_])(?P<words>.{{1,600}}?)(?<=\S){}(?![*_\w])"
_STRONG = (
    *(re.compile(_WORDS_IN.format(re.escape(mark), re.escape(mark[::-1])), re.DOTALL) for mark in _STRONG_MARKS),
    re.compile(r" {0,3}<(?P<tag>b|strong)>(?P<words>.{1,600}?)</(?P=tag)>", re.DOTALL | re.IGNORECASE),
)
_ITALIC = (
    *(re.compile(_WORDS_IN.format(re.escape(mark), re.escape(mark)), re.DOTALL) for mark in ("*", "_")),
    re.compile(r" {0,3}<(?P<tag>i|em)>(?P<words>.{1,600}?)</(?P=tag)>", re.DOTALL | re.IGNORECASE),
)
_MARK_OUTSIDE = re.compile(r"[ \t]?[?\uff1f\u061f]")
_ANOTHER_LABEL = re.compile(
    rf"(?<=[.!?*_])[ \t]+(?=(?P<mark>\*\*|__)?(?:{_LABEL}|{_ANSWERS}\d{{0,3}}[ \t]{{0,3}}):)", re.IGNORECASE
)
_ANOTHER_IN_BOLD = re.compile(r"(?<=[.!?])[ \t]+(?=\*\*[^\s*][^*\n]{1,300}\?\*\*(?![*\w]))")
_NUMBER = re.compile(r"\s*(?:\d{1,3}(?:\.\d{1,3})*[.)]|[-*])\s+")
_ENDS_ASKING = re.compile(r"[?\uff1f\u061f][\s\"'”’»)\]*_.]*\Z")
_ASKING_WORD = re.compile(
    r"(?:how|what|why|when|where|who|whom|whose|which|hoe|hoeveel|wat|waarom|waarvoor|waarmee|wanneer|waar|wie|welke?)\b"
    r"(?!-)",
    re.IGNORECASE,
)
_DEFINITION = re.compile(r"\A {0,3}:[ \t]+(?=\S)")
_CONTAINER = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*")
_LINK = re.compile(r"!?\[|<a\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_ONE_SENTENCE = re.compile(r"(?:[^.!?\uff1f\u061f]|[.!](?=\S))*[?\uff1f\u061f][\s\"'”’»)\]*_]*")
_BOLD_QUESTION = re.compile(r"(?:\*\*|__)(?=\S)[^*_\n]{1,300}\?(?:\*\*|__)")


class How(Enum):
    """What makes a paragraph a question; one that is only in `BOLD` may be none."""

    LABEL = "a mark such as Q: before it"
    QUESTION_MARK = "a question mark at its end"
    ITALIC = "a question mark at its end, in italic letters"
    ASKING_WORD = "an asking word at its start"
    BOLD = "nothing but its bold letters"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question written as a paragraph: its words in Markdown, and what of the paragraph is left for the answer."""

    words: str
    rest: str
    how: How

    @property
    def is_labeled(self) -> bool:
        """Whether it has a mark such as `Q:` before it."""
        return self.how is How.LABEL


def asks(words: str) -> bool:
    """Whether plain words ask something: by a question mark at their end, or by the word they begin with."""
    bare = _NUMBER.sub("", words, count=1)
    return bool(_ENDS_ASKING.search(words) or _LABELED.match(bare) or _ASKING_WORD.match(bare))


def asked_in(paragraph: str, *, is_answered: bool = False) -> Asked | None:
    """The question that a paragraph is or begins with: in bold or italics, after `Q:`, or before `:` and its answer.

    `is_answered` says that a mark such as `A1.` stands before what comes after it.
    """
    if strong := _first_match(_STRONG, paragraph):
        return _asked_in_bold(*_with_mark_outside(strong["words"], paragraph[strong.end() :]))
    if italic := _first_match(_ITALIC, paragraph):
        words, rest = _with_mark_outside(italic["words"], paragraph[italic.end() :])
        return Asked(words, rest.lstrip(" \t"), How.ITALIC) if _ends_asking(words) else None
    term, _, definition = paragraph.partition("\n")
    if _DEFINITION.match(definition) and _ENDS_ASKING.search(term):
        answer = "\n".join(_DEFINITION.sub("", line) for line in definition.split("\n"))
        return Asked(term, answer, How.LABEL)
    return _asked_after_label(paragraph, is_answered)


def begins_answer(line: str) -> bool:
    """Whether a line begins with a mark such as `A:` or `A1.`."""
    return bool(_ANSWER_LABEL.match(line))


def split_pairs(lines: Sequence[str]) -> list[list[str]]:
    """The lines of a paragraph, each in its parts: cut before the marks of questions and answers within it.

    Only what stands below a question of the same form, or beside it, is cut.
    """
    mark: re.Pattern[str] | None = None
    parts = []
    for line in lines:
        mark = _mark_of_another(line) or mark
        parts.append(_cut_at(mark, line) if mark else [line])
    return parts


def _mark_of_another(line: str) -> re.Pattern[str] | None:
    """What begins the next question or answer, where a line begins with a question."""
    strong = _first_match(_STRONG, line)
    if _PLAIN_LABELED.match(line) or (strong and _LABELED.match(strong["words"])):
        return _ANOTHER_LABEL
    asked = _asked_in_bold(strong["words"], "") if strong else None
    return _ANOTHER_IN_BOLD if asked and asked.how is How.QUESTION_MARK else None


def _cut_at(pattern: re.Pattern[str], line: str) -> list[str]:
    cuts = [found.span() for found in pattern.finditer(line)]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(line)]
    return [line[start:end] for start, end in zip(starts, ends, strict=True)]


def _first_match(patterns: Sequence[re.Pattern[str]], text: str) -> re.Match[str] | None:
    return next((found for pattern in patterns if (found := pattern.match(text))), None)


def _with_mark_outside(words: str, rest: str) -> tuple[str, str]:
    """Emphasized words and what comes after them, with a question mark that stands just behind them in the words."""
    mark = None if _ends_asking(words) else _MARK_OUTSIDE.match(rest)
    return (words + mark[0].strip(), rest[mark.end() :]) if mark else (words, rest)


def _ends_asking(words: str) -> bool:
    return bool(_ENDS_ASKING.search(_TAG.sub("", words)))


def asked_in_item(text: str) -> Asked | None:
    """The question that an item of a list, given without its marker, begins with and answers; else None."""
    first, _, rest = text.partition("\n")
    if _ONE_SENTENCE.fullmatch(first) and rest.strip() and not _LINK.match(first):
        return Asked(first, rest, How.QUESTION_MARK)
    return None


def _asked_in_bold(words: str, rest: str) -> Asked | None:
    label = _LABELED.match(words)
    if label and label.end() < len(words):
        return Asked(words[label.end() :], rest.lstrip(" \t"), How.LABEL)
    if label or _BARE_LABEL.fullmatch(words):
        first, _, answer = _AFTER_LABEL.sub("", rest, count=1).partition("\n")
        is_marked = label or rest.lstrip(" \t")[:1] in ("-", "\u2013", "\u2014", ":", ".", ")")
        return Asked(first, answer, How.LABEL) if first.strip() and (is_marked or _ENDS_ASKING.search(first)) else None
    if _ends_asking(words):
        return Asked(words, rest.lstrip(" \t"), How.QUESTION_MARK)
    if rest.partition("\n")[0].strip():
        return None
    return Asked(words, rest.lstrip(" \t"), How.ASKING_WORD if _ASKING_WORD.match(words) else How.BOLD)


def _asked_after_label(paragraph: str, is_answered: bool) -> Asked | None:
    plain = _PLAIN_LABELED.match(paragraph)
    if not plain:
        return None
    lines = paragraph[plain.end() :].split("\n")
    answer_at = next(
        (n for n, line in enumerate(lines) if n and (_ANSWER_LABEL.match(line) or _ENDS_ASKING.search(lines[n - 1]))),
        len(lines),
    )
    words = " ".join(lines[:answer_at])
    is_answered = is_answered or any(_ANSWER_LABEL.match(line) for line in lines[answer_at:])
    if not (plain["colon"] or is_answered or _ENDS_ASKING.search(words)):
        return None
    return Asked(words, "\n".join(lines[answer_at:]), How.LABEL)


def without_answer_label(answer: str) -> str:
    """An answer without the `A:` that stands before it."""
    return _ANSWER_LABEL.sub("", answer, count=1) if _ANSWER_LABEL.match(answer) else answer


def doubt_of(line: str, *, is_first: bool) -> str:
    """Why a line that looks like a question is not read as one; empty where it looks like none.

    `is_first` says that a paragraph begins with it.
    """
    container = _CONTAINER.match(line)
    bare = line[container.end() :] if container else line
    marker = container[0].strip() if container else ""
    where = "stands in a quote" if ">" in marker else "stands in a list" if marker else ""
    if where and _BOLD_QUESTION.match(bare):
        return where
    if _PLAIN_LABELED.match(bare):
        return where or "does not end in a question mark"
    if is_first and not _LINK.match(bare) and _ONE_SENTENCE.fullmatch(_TAG.sub("", bare)):
        return where or "is neither a heading nor in bold"
    return "is the definition of a term that asks nothing" if _DEFINITION.match(line) else ""
