"""FAQ documents in Markdown: with anchors or without, front matter or the older `<properties>` head, and includes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import PurePath

from faq.documents.arrangement import Arrangement, arranged
from faq.documents.inline import split_anchors
from faq.documents.linked_answers import (
    answer_of,
    definition_faults,
    in_order,
    references_of,
    section_faults,
    without_definitions,
)
from faq.documents.links import Links, TitleLinks
from faq.documents.marks import without_marks
from faq.documents.model import DocEntry, DocSection, Document, DocumentRefused, Fault, Line
from faq.documents.outline import Node, outline_of
from faq.documents.slugs import clean_anchor, slug_of
from faq.documents.sources import MARKS, Resolve, read_source
from faq.documents.trees import without_rules
from faq.documents.words import marked_words

NO_QUESTION = (
    "no question was found: a question is a heading (#, ##, ### or ####), a line in bold or italics that ends in"
    " a question mark, a line after Q:, or the <summary> of a <details>, with a text below it"
)


def parse_markdown(text: str, file: str, resolve: Resolve, *, base: str = "", known: Collection[str] = ()) -> Document:
    """Read a document. Raises `DocumentRefused`.

    `resolve` gives the file that an include names, or None. Relative links belong to the address `base`, and are
    dropped without one. `known` are the slugs that links may lead to besides those of this document.
    """
    source = read_source(text, file, resolve)
    lines, marks = without_marks(source.lines)
    kept, definitions = without_definitions(lines)
    links = Links(PurePath(file).name, base, references_of(definitions))
    is_exact = any(line.mark == "exact" for line in kept)
    outline = outline_of(kept, only_headings=is_exact)
    titles = TitleLinks(links.file_name, references=links.references)
    for node in outline.nodes:
        node.words = titles.rewrite(node.words, partial(_place_of, node))
    found = arranged(outline.nodes, source.title, is_exact=is_exact)
    if not found.faults and not found.entries:
        found.faults.append(Fault(file, 1, NO_QUESTION))
    if found.faults:
        raise DocumentRefused(found.faults)
    links.anchors = {slug: slug for slug in known} | _anchors_of(found)
    before = [*outline.introduction, *(found.title.body if found.title else [])]
    introduction = answer_of(before if is_exact else without_rules(before), links)
    title = found.title.title if found.title else source.title
    entries = tuple(_entries(found, links))
    held = {entry.section for entry in entries}
    sections = tuple(_sections(found, title, links, held))
    unused = definition_faults(definitions, links)
    warnings = (*source.warnings, *marks, *outline.warnings, *titles.warnings, *found.warnings)
    warnings = (*warnings, *links.warnings, *unused)
    return Document(title, introduction, sections, entries, in_order(warnings, file))


def write_markdown(document: Document) -> str:
    """A document as Markdown with anchors; reading it gives the same document again.

    A section that has an entry of its own slug is written as one heading: that entry's question, with its answer.
    """
    parts = [f"# {marked_words(document.title)}".rstrip(), MARKS["exact"]]
    if document.introduction:
        parts.append(document.introduction)
    for section in document.sections:
        entries = [entry for entry in document.entries if entry.section == section.slug]
        own = next((entry for entry in entries if entry.slug == section.slug), None)
        if own is None:
            parts.append(f"## {_anchors((section.slug,))}{marked_words(section.title)}")
            if section.introduction:
                parts += [MARKS["introduction"], section.introduction]
        for entry in ([own] if own else []) + [entry for entry in entries if entry is not own]:
            hashes = "##" if entry is own else "###"
            heading = f"{hashes} {_anchors((*entry.aliases, entry.slug))}{marked_words(entry.question)}"
            if entry is own and section.introduction:
                parts += [heading, MARKS["introduction"], section.introduction, MARKS["answer"], entry.answer]
            else:
                parts.append(f"{heading}\n{entry.answer}")
    return "\n\n".join(parts) + "\n"


def _place_of(node: Node, _offset: int) -> tuple[str, int]:
    return node.file, node.line


def _anchors_of(found: Arrangement) -> dict[str, str]:
    """The entry that each anchor of the document stands in, or the section it names; own anchors come first."""
    anchors = {entry.node.slug: entry.node.slug for entry in found.entries}
    for entry in found.entries:
        for anchor in (*entry.node.anchors, slug_of(entry.node.title)):
            anchors.setdefault(anchor, entry.node.slug)
    for entry in found.entries:
        inner = (clean_anchor(name) for line in entry.lines for name in split_anchors(line.text)[0])
        for inside in (*inner, *(slug_of(part.title) for part in entry.parts)):
            if inside:
                anchors.setdefault(inside, entry.node.slug)
    held = {id(entry.section) for entry in found.entries}
    for section in found.sections:
        if id(section) in held:
            anchors.setdefault(section.slug, section.slug)
    return anchors


def _entries(found: Arrangement, links: Links) -> Iterator[DocEntry]:
    taken = {entry.node.slug for entry in found.entries} | {section.slug for section in found.sections}
    for entry in found.entries:
        node = entry.node
        if answer := answer_of(entry.lines, links):
            aliases = tuple(anchor for anchor in node.anchors if anchor != node.slug and anchor not in taken)
            yield DocEntry(node.slug, aliases, entry.section.slug, node.title, answer, node.line, node.file)
        else:
            reason = f"{node.title!r} has no answer that can be shown; it was left out"
            found.warnings.append(Fault(node.file, node.line, reason))


def _sections(found: Arrangement, title: str, links: Links, held: Collection[str]) -> Iterator[DocSection]:
    for section in found.sections:
        introduction = answer_of(section.introduction, links)
        if section.slug not in held:
            if section.node:
                place = Line("", section.node.line, section.node.file)
                found.warnings += section_faults(section.node.title, place, section.introduction)
        elif section.node:
            yield DocSection(section.slug, section.node.title, section.node.line, introduction)
        else:
            yield DocSection(section.slug, title or "FAQ", 1, introduction)


def _anchors(slugs: Sequence[str]) -> str:
    return "".join(f'<a name="{slug}"></a>' for slug in slugs)
