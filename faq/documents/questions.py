"""Which words ask something, and the forms besides headings in which a document writes its questions."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LABEL = r"(?:Q|V|Question|Vraag)[ \t]{0,3}\d{0,3}[ \t]{0,3}"
_LABELED = re.compile(rf"{_LABEL}[:.)][ \t]*", re.IGNORECASE)
_PLAIN_LABELED = re.compile(rf" {{0,3}}{_LABEL}:[ \t]+(?=\S)", re.IGNORECASE)
_ANSWER_LABEL = re.compile(
    r"\s*(?:(?P<mark>\*\*|__)(?:A|Answer|Antwoord)[ \t]{0,3}\d{0,3}[ \t]{0,3}[:.)]?(?P=mark)[:.)]?"
    r"|(?:A|Answer|Antwoord)[ \t]{0,3}\d{0,3}[ \t]{0,3}(?:[:)]|\.(?=[ \t])))[ \t]*",
    re.IGNORECASE,
)
_STRONG = re.compile(r" {0,3}(?P<mark>\*\*|__)(?=[^\s*_])(?P<words>.{1,600}?)(?<=\S)(?P=mark)(?![*_\w])", re.DOTALL)
_NUMBER = re.compile(r"\s*(?:\d{1,3}(?:\.\d{1,3})*[.)]|[-*])\s+")
_ENDS_ASKING = re.compile(r"[?\uff1f\u061f][\s\"'”’»)\]*_.]*\Z")
_ASKING_WORD = re.compile(
    r"(?:how|what|why|when|where|who|whom|whose|which|hoe|hoeveel|wat|waarom|waarvoor|waarmee|wanneer|waar|wie|welke?)\b"
    r"(?!-)",
    re.IGNORECASE,
)
_DEFINITION = re.compile(r"\A {0,3}:[ \t]+(?=\S)")
_IN_LIST = re.compile(
    r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+"
    r"(?:(?:\*\*|__)(?=\S)[^*_\n]{1,300}\?(?:\*\*|__)|(?=[^\W\d_])[^\[\]\n]{8,300}\?[ \t]*\Z)"
)
_IN_OTHER_MARKS = re.compile(
    r" {0,3}(?:\*\*\*[^*\n]{1,300}\?\*\*\*|[*_][^*_\n]{1,300}\?[*_]"
    r"|<(?P<tag>b|strong|i|em)>[^<\n]{1,300}\?</(?P=tag)>)[ \t]*",
    re.IGNORECASE,
)
_WITHOUT_MARK = re.compile(r" {0,3}(?P<mark>\*\*|__)(?P<words>[^*_\n]{1,300}[^*_\n:.!,])(?P=mark)[ \t]*")
_NUMBERED_LABEL = re.compile(
    r" {0,3}(?:\*\*|__)?(?:Q|V|Question|Vraag)[ \t]{0,3}\d{1,3}(?:\*\*|__)?[ \t]{0,3}[.)–—-][ \t]+\S", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question written as a paragraph: its words in Markdown, and what of the paragraph is left for the answer.

    `is_labeled` says that it has a mark such as `Q:` before it.
    """

    words: str
    rest: str
    is_labeled: bool


def asks(words: str) -> bool:
    """Whether plain words ask something: by a question mark at their end, or by the word they begin with."""
    bare = _NUMBER.sub("", words, count=1)
    return bool(_ENDS_ASKING.search(words) or _LABELED.match(bare) or _ASKING_WORD.match(bare))


def asked_in(paragraph: str) -> Asked | None:
    """The question that a paragraph is or begins with: in bold, after `Q:`, or before `:` and its answer; else None."""
    strong = _STRONG.match(paragraph)
    if strong:
        words, rest = strong["words"], paragraph[strong.end() :]
        label = _LABELED.match(words)
        if label and label.end() == len(words):
            first, _, answer = rest.lstrip(" \t").partition("\n")
            return Asked(first, answer, True) if first.strip() else None
        if label:
            return Asked(words[label.end() :], rest.lstrip(" \t"), True)
        if _ENDS_ASKING.search(words):
            return Asked(words, rest.lstrip(" \t"), False)
        return None
    term, _, definition = paragraph.partition("\n")
    if _DEFINITION.match(definition) and _ENDS_ASKING.search(term):
        return Asked(term, "\n".join(_DEFINITION.sub("", line) for line in definition.split("\n")), True)
    plain = _PLAIN_LABELED.match(paragraph)
    if not plain:
        return None
    lines = paragraph[plain.end() :].split("\n")
    answer_at = next((n for n, line in enumerate(lines) if n and _ANSWER_LABEL.match(line)), len(lines))
    return Asked(" ".join(lines[:answer_at]), "\n".join(lines[answer_at:]), True)


def without_answer_label(answer: str) -> str:
    """An answer without the `A:` that stands before it."""
    return _ANSWER_LABEL.sub("", answer, count=1) if _ANSWER_LABEL.match(answer) else answer


def doubt_of(line: str) -> str:
    """Why a line that looks like a question is not read as one; empty where it looks like none."""
    if _IN_LIST.match(line):
        return "stands in a list"
    if _IN_OTHER_MARKS.fullmatch(line):
        return "is not in bold as Markdown writes it"
    bold = _WITHOUT_MARK.fullmatch(line)
    if bold and _ASKING_WORD.match(bold["words"]):
        return "has no question mark"
    if _NUMBERED_LABEL.match(line):
        return "has no colon behind its number"
    return "is the definition of a term that asks nothing" if _DEFINITION.match(line) else ""
