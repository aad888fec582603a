"""What is different between two versions of an entry: which parts, and word by word. Pure: no Django.

A part is named as its field in the form: `slug`, `nl_answer`. Where lines end, and the order of what has no order, is
no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from faq.knowledge.entry import EntryContent
from faq.knowledge.soft_lines import unwrapped
from web.languages import LANGUAGES

SAME, REMOVED, ADDED = "same", "removed", "added"

_WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_MOST_COMPARED = 4_000_000
"""Pairs of words that are all compared; where there are more, words that stand everywhere are passed over."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, and whether it is the same, was removed, or was added."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part of an entry that is different, word by word."""

    part: str
    pieces: tuple[Piece, ...]


def changed_parts(before: EntryContent, after: EntryContent) -> tuple[str, ...]:
    """The names of the parts that are different, in the order of the form."""
    then, now = written_parts(before), written_parts(after)
    return tuple(part for part in now if then[part] != now[part] and plain_lines(then[part]) != plain_lines(now[part]))


def changes_between(before: EntryContent, after: EntryContent) -> list[PartChange]:
    """What is different, part by part."""
    then, now = written_parts(before), written_parts(after)
    return [
        PartChange(part, tuple(pieces(plain_lines(then[part]), plain_lines(now[part]))))
        for part in changed_parts(before, after)
    ]


def written_parts(content: EntryContent) -> Mapping[str, str]:
    """Each part of an entry in writing, a line for each thing in a list."""
    texts: dict[str, str] = {}
    for name in ("question", "answer", "asked_as"):
        for language in LANGUAGES:
            text = content.texts.get(language)
            said = getattr(text, name) if text else ""
            texts[f"{language}_{name}"] = said if isinstance(said, str) else "\n".join(said)
    return {
        "section": content.section,
        "order": str(content.order),
        "slug": content.slug,
        **texts,
        "connection_types": "\n".join(sorted(content.connection_types)),
        "deployment_models": "\n".join(sorted(content.deployment_models)),
        "limits": "\n".join(content.limits),
        "related": "\n".join(content.related),
        "sources": "\n".join(f"{source.document} | {source.date}" for source in content.sources),
        "former_slugs": "\n".join(content.former_slugs),
        "checked": content.checked.isoformat() if content.checked else "",
    }


def plain_lines(text: str) -> str:
    """A text with a line a paragraph, whatever ended its lines, and without space that nobody sees."""
    lines = "\n".join(text.splitlines())
    return "\n".join(line.rstrip() for line in unwrapped(lines).strip().split("\n"))


def pieces(before: str, after: str) -> Iterator[Piece]:
    """Two texts as one, in which each word is the same, removed, or added: lines that are the same first, then words
    within the others.
    """
    then, now = before.splitlines(keepends=True), after.splitlines(keepends=True)
    yield from _runs(
        piece
        for kind, old, new in _blocks(then, now)
        for piece in ([Piece(SAME, old)] if kind == "equal" else _words(old, new))
    )


def _words(before: str, after: str) -> Iterator[Piece]:
    for kind, old, new in _blocks(_WORDS.findall(before), _WORDS.findall(after)):
        if kind == "equal":
            yield Piece(SAME, new)
        else:
            yield from (Piece(code, text) for code, text in ((REMOVED, old), (ADDED, new)) if text)


def _blocks(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """The runs in which two lists of texts are equal or not: `equal` or another word, what was, and what is."""
    matcher = SequenceMatcher(None, before, after, autojunk=len(before) * len(after) > _MOST_COMPARED)
    for kind, first, last, start, end in matcher.get_opcodes():
        yield kind, "".join(before[first:last]), "".join(after[start:end])


def _runs(found: Iterator[Piece]) -> Iterator[Piece]:
    """The pieces, those of one kind that follow each other together."""
    last: Piece | None = None
    for piece in found:
        if last is not None and piece.kind == last.kind:
            last = Piece(last.kind, last.text + piece.text)
        else:
            if last is not None:
                yield last
            last = piece
    if last is not None:
        yield last
