"""From the lines of a document to its answers: definitions of links gathered, links made ready, and the normal form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from faq.documents.answers import normal_answer
from faq.documents.blocks import blocks_of
from faq.documents.links import Links
from faq.documents.model import Fault, Line

_FOOTNOTE_OF_A_WORD = re.compile(r" {0,3}\[\^[^\[\]\n]{1,100}\]:[ \t]*\S{1,300}(?:[ \t]+[\"'(].*)?")


@dataclass(frozen=True, slots=True)
class Definition:
    """A name that a document gives to a link: `[name]: target "title"`, and its line."""

    name: str
    target: str
    title: str
    line: Line


def without_definitions(lines: Sequence[Line]) -> tuple[list[Line], list[Definition]]:
    """Lines without the definitions of links in them, and those definitions."""
    blocks = blocks_of([line.text for line in lines])
    definitions = [
        Definition(name, target, title, lines[start]) for start, (name, target, title) in blocks.definitions.items()
    ]
    return [line for line, kind in zip(lines, blocks.kinds, strict=True) if kind != "definition"], definitions


def references_of(definitions: Sequence[Definition]) -> dict[str, tuple[str, str]]:
    """The target and title of each name; where one is defined twice, the first counts, as in CommonMark."""
    references: dict[str, tuple[str, str]] = {}
    for found in definitions:
        references.setdefault(found.name, (found.target, found.title))
    return references


def definition_faults(definitions: Sequence[Definition], links: Links) -> Iterator[Fault]:
    """What the definitions say that no answer says: names that nothing uses, and second definitions."""
    known = set()
    for found in definitions:
        name = found.name.lower()
        if found.name in known:
            reason = f"the link [{name}] is defined a second time; this was left out"
            yield Fault(found.line.file, found.line.number, reason)
        elif found.name not in links.used:
            yield Fault(found.line.file, found.line.number, f"no answer shows the link [{name}]; it was left out")
        known.add(found.name)


def section_faults(title: str, place: Line, introduction: Sequence[Line]) -> Iterator[Fault]:
    """What goes with a section that has no question left: its title and its introduction."""
    for line in (place, *(line for line in introduction if line.text.strip())):
        yield Fault(line.file, line.number, f"the section {title!r} has no question; it was left out")


def answer_of(lines: Sequence[Line], links: Links) -> str:
    """Lines as the text of an answer, with its links made ready."""
    texts = [line.text for line in lines]
    blocks = blocks_of(texts)
    ranges = [(start, end, True) for start, end, _ in blocks.texts]
    ranges += [(start, end, False) for start, end, _ in blocks.html]
    ranges += [(n, n + 1, True) for n, kind in enumerate(blocks.kinds) if kind in ("table", "heading")]
    kept: list[str | None] = list(texts)
    for start, end, is_text in sorted(ranges):
        rewritten = _rewritten("\n".join(texts[start:end]), lines[start:end], links, is_text=is_text)
        kept[start:end] = [rewritten, *[None] * (end - start - 1)]
    return normal_answer(_without_late_definitions("\n".join(text for text in kept if text is not None)))


def _rewritten(text: str, lines: Sequence[Line], links: Links, *, is_text: bool) -> str:
    """A block with its links made ready. What is no HTML any more once its tags are gone is read as text."""

    def place(offset: int) -> tuple[str, int]:
        line = lines[min(text.count("\n", 0, offset), len(lines) - 1)]
        return line.file, line.number

    before, text = text, links.rewrite(text, place, brackets=is_text)
    if not is_text and text != before and blocks_of(text.split("\n")).texts:
        text = links.rewrite(text, place)
    return text


def _without_late_definitions(answer: str) -> str:
    """A text that defines no link, as what stood below an image would when that is gone."""
    texts = answer.split("\n")
    late = set(blocks_of(texts).definitions)
    return "\n".join(
        text.replace("[", "\\[", 1) if index in late or _FOOTNOTE_OF_A_WORD.fullmatch(text) else text
        for index, text in enumerate(texts)
    )


def in_order(warnings: Sequence[Fault], file: str) -> tuple[Fault, ...]:
    """Warnings once each, by file (the document's own first) and line."""
    return tuple(sorted(dict.fromkeys(warnings), key=lambda fault: (fault.file != file, fault.file, fault.line)))
