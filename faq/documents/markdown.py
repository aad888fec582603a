"""FAQ documents in Markdown: with anchors or without, front matter or the older `<properties>` head, and includes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from faq.documents.answers import DEEPEST_QUESTION, joined
from faq.documents.inline import Include, split_anchors
from faq.documents.model import DocEntry, DocSection, Document, DocumentRefused, Fault
from faq.documents.scan import Line, scan
from faq.documents.slugs import FreeSlugs, clean_anchor, slug_of
from faq.documents.words import marked_words, plain_words

Included = tuple[str, str]
"""The name of an included file and its text."""
Resolve = Callable[[str], Included | None]

_HEAD_TAG = re.compile(r"\s*<(?:properties|tags)\b", re.IGNORECASE)
_FRONT_TITLE = re.compile(r"title:\s*(.+)", re.IGNORECASE)
DEEPEST_INCLUDE = 8
FALLBACK_SLUG = "questions"


@dataclass(slots=True)
class _Heading:
    level: int
    title: str
    anchors: tuple[str, ...]
    line: int
    file: str
    body: list[Line] = field(default_factory=list)
    slug: str = ""

    @property
    def answer(self) -> str:
        return joined(self.body)


def parse_markdown(text: str, file: str, resolve: Resolve) -> Document:
    """Read a document. `resolve` gives the file that an include names, or None. Raises `DocumentRefused`."""
    faults: list[Fault] = []
    warnings: list[Fault] = []
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    head, front_title = _head(lines)
    found = scan(lines[head:], file, head + 1)
    if found.unclosed is not None:
        faults.append(Fault(file, found.lines[found.unclosed].number, "this code block is never closed"))
    all_lines = list(_with_includes(found.lines, file, resolve, warnings, (file,)))
    introduction, headings = _headings(all_lines)
    title = front_title
    top = next((heading for heading in headings if heading.level == 1), None)
    if top is not None:
        title = top.title
        headings.remove(top)
        introduction += top.body
    for heading in headings:
        heading.level = max(heading.level, 2)
        if not heading.title:
            faults.append(Fault(heading.file, heading.line, "this heading has no text"))
    _give_slugs(headings, faults)
    if not faults and not any(heading.answer for heading in headings):
        faults.append(
            Fault(file, 1, "no question was found: a question is a heading (##, ### or ####) with a text below it")
        )
    if faults:
        raise DocumentRefused(faults)
    sections, entries = _arranged(headings, title)
    return Document(title, joined(introduction), tuple(sections), tuple(entries), tuple(warnings))


def write_markdown(document: Document) -> str:
    """A document as Markdown with anchors; reading it gives the same document again.

    A section that has an entry of its own slug is written as one heading: that entry's question, with its answer.
    """
    parts = [f"# {marked_words(document.title)}".rstrip()]
    if document.introduction:
        parts.append(document.introduction)
    for section in document.sections:
        entries = [entry for entry in document.entries if entry.section == section.slug]
        own = next((entry for entry in entries if entry.slug == section.slug), None)
        if own is None:
            parts.append(f"## {_anchors((section.slug,))}{marked_words(section.title)}")
        for entry in ([own] if own else []) + [entry for entry in entries if entry is not own]:
            hashes = "##" if entry is own else "###"
            parts.append(
                f"{hashes} {_anchors((*entry.aliases, entry.slug))}{marked_words(entry.question)}\n{entry.answer}"
            )
    return "\n\n".join(parts) + "\n"


def _anchors(slugs: Sequence[str]) -> str:
    return "".join(f'<a name="{slug}"></a>' for slug in slugs)


def _head(lines: Sequence[str]) -> tuple[int, str]:
    """How many lines the head of the document takes (front matter, or `<properties>` and `<tags>`), and its title."""
    index = 0
    while index < len(lines) and not lines[index].strip():
        index += 1
    title = ""
    if index < len(lines) and lines[index] == "---":
        for end in range(index + 1, len(lines)):
            if lines[end] in ("---", "..."):
                said = (_FRONT_TITLE.match(line) for line in lines[index + 1 : end])
                title = next((found[1].strip().strip("'\"") for found in said if found), "")
                return end + 1, title.partition(" | ")[0]
        return 0, ""
    while index < len(lines) and _HEAD_TAG.match(lines[index]):
        while index < len(lines) and ">" not in lines[index]:
            index += 1
        index += 1
        while index < len(lines) and not lines[index].strip():
            index += 1
    return index, title


def _with_includes(
    lines: Sequence[Line], file: str, resolve: Resolve, warnings: list[Fault], within: tuple[str, ...]
) -> Iterator[Line]:
    for line in lines:
        if not line.parts:
            yield line
            continue
        for part in line.parts:
            if not isinstance(part, Include):
                if part.strip():
                    yield Line(part.strip(), line.number, file=file)
                continue
            found = resolve(part.path)
            if found is None:
                warnings.append(
                    Fault(file, line.number, f"the included file {part.path} was not found; it was left out")
                )
            elif found[0] in within or len(within) > DEEPEST_INCLUDE:
                raise DocumentRefused([Fault(file, line.number, f"{part.path} includes itself")])
            else:
                name, text = found
                texts = [each.rstrip() for each in text.replace("\r\n", "\n").split("\n")]
                start = _head(texts)[0]
                inner = scan(texts[start:], name, start + 1)
                yield Line("", line.number, file=file)
                yield from _with_includes(inner.lines, name, resolve, warnings, (*within, name))
                yield Line("", line.number, file=file)


def _headings(lines: Sequence[Line]) -> tuple[list[Line], list[_Heading]]:
    """The lines before the first heading, and the headings with the lines below each."""
    introduction: list[Line] = []
    headings: list[_Heading] = []
    above: list[Line] = []
    for line in lines:
        if 0 < line.level <= DEEPEST_QUESTION and not line.underline:
            names, words = split_anchors(line.heading)
            over = tuple(name for held in above for name in split_anchors(held.text)[0])
            headings.append(_Heading(line.level, plain_words(words), (*over, *names), line.number, line.file))
            above = []
            continue
        names, rest = split_anchors(line.text) if line.kind != "code" else ((), line.text)
        if names and not rest.strip() and not line.level:
            above.append(line)
            continue
        if above and not line.text.strip():
            continue
        above = []
        (headings[-1].body if headings else introduction).append(line)
    return introduction, headings


def _give_slugs(headings: Sequence[_Heading], faults: list[Fault]) -> None:
    owners: dict[str, _Heading] = {}
    for heading in headings:
        slugs = [slug for anchor in heading.anchors if (slug := clean_anchor(anchor))]
        if heading.anchors and not slugs:
            faults.append(Fault(heading.file, heading.line, f"the anchor {heading.anchors[-1]!r} cannot be a slug"))
        heading.anchors = tuple(dict.fromkeys(slugs))
        heading.slug = heading.anchors[-1] if heading.anchors else ""
        if heading.slug in owners:
            other = owners[heading.slug]
            reason = f"the anchor {heading.slug!r} is also that of the heading on line {other.line} of {other.file}"
            faults.append(Fault(heading.file, heading.line, reason))
        elif heading.slug:
            owners[heading.slug] = heading
    free = FreeSlugs(set(owners))
    for heading in headings:
        if not heading.slug:
            heading.slug = free.take(slug_of(heading.title) or FALLBACK_SLUG)


def _arranged(headings: Sequence[_Heading], title: str) -> tuple[list[DocSection], list[DocEntry]]:
    """Sections and entries: an H2 is a section, and an entry of it where it has a text of its own.

    Where questions are H2 without anything below them, they all belong to one section with the title of the document;
    so do questions that stand before the first H2.
    """
    tops = [heading for heading in headings if heading.level == 2]
    flat = len(tops) == len(headings) > 2 and sum(bool(heading.answer) for heading in tops) * 2 > len(tops)
    sections: list[DocSection] = []
    entries: list[DocEntry] = []
    taken = {heading.slug for heading in headings}
    for heading in headings:
        if heading.level == 2 and not flat:
            sections.append(DocSection(heading.slug, heading.title, heading.line))
        elif not sections:
            slug = FreeSlugs(taken).take(slug_of(title) or FALLBACK_SLUG)
            sections.append(DocSection(slug, title or "FAQ", heading.line))
        if answer := heading.answer:
            aliases = tuple(anchor for anchor in heading.anchors if anchor != heading.slug and anchor not in taken)
            place = (heading.line, heading.file)
            entries.append(DocEntry(heading.slug, aliases, sections[-1].slug, heading.title, answer, *place))
    held = {entry.section for entry in entries}
    return [section for section in sections if section.slug in held], entries
