"""FAQ documents in YAML (`### YamlMime:FAQ`): title, summary, sections of questions, and what stands after them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

import yaml
from yaml.nodes import Node, ScalarNode

from faq.documents.arrangement import arranged
from faq.documents.characters import lines_of, without_unfit
from faq.documents.inline import split_anchors
from faq.documents.linked_answers import (
    Definition,
    answer_of,
    definition_faults,
    in_order,
    references_of,
    section_faults,
    without_definitions,
)
from faq.documents.links import Links
from faq.documents.marks import without_marks
from faq.documents.model import DocEntry, DocSection, Document, DocumentRefused, Fault, Line
from faq.documents.outline import outline_of
from faq.documents.short_codes import with_code_blocks
from faq.documents.slugs import FreeSlugs, clean_anchor, numbered_slug, slug_of
from faq.documents.sources import Resolve, with_includes
from faq.documents.words import marked_words, one_line, plain_words
from faq.documents.yaml_nodes import YamlNodes, line_of

MARK = "### YamlMime:FAQ"
_IS_YAML = re.compile(r"\s*#{1,3}\s*YamlMime:\s*FAQ\b", re.IGNORECASE)
_LINK_LIST = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+\[[^\[\]]*\](?:\([^()\s]*\)|\[[^\[\]]*\])?[.:]?\s*")
_DOCUMENT = ("title", "summary", "sections", "additionalContent", "metadata")
_SECTION = ("name", "id", "uid", "summary", "questions")
_QUESTION = ("question", "answer", "id", "uid", "aliases")


@dataclass(slots=True)
class _Question:
    words: str
    lines: list[Line]
    slug: str
    aliases: tuple[str, ...]
    line: int


@dataclass(slots=True)
class _Section:
    title: str
    introduction: list[Line]
    slug: str
    questions: list[_Question]
    line: int


def is_yaml(text: str) -> bool:
    """Whether a document says that it is a YAML FAQ."""
    return bool(_IS_YAML.match(text.removeprefix("\ufeff")))


def parse_yaml(
    text: str, file: str, resolve: Resolve = lambda path: None, *, base: str = "", known: Collection[str] = ()
) -> Document:
    """Read a document. Raises `DocumentRefused` with every fault found.

    `resolve` gives the file that an include names, or None. Relative links belong to the address `base`, and are
    dropped without one. `known` are the slugs that links may lead to besides those of this document.
    """
    clean, unfit = without_unfit("\n".join(lines_of(text)), file)
    return _Reader(clean, file, unfit, resolve).read(base, known)


def write_yaml(document: Document) -> str:
    """A document as a YAML FAQ; reading it gives the same document again."""
    sections = []
    for section in document.sections:
        questions = [
            {"id": entry.slug}
            | ({"aliases": list(entry.aliases)} if entry.aliases else {})
            | {"question": marked_words(entry.question), "answer": entry.answer + "\n"}
            for entry in document.entries
            if entry.section == section.slug
        ]
        introduction = {"summary": section.introduction + "\n"} if section.introduction else {}
        sections.append({"name": section.title, "id": section.slug} | introduction | {"questions": questions})
    whole = {"title": document.title, "summary": document.introduction, "sections": sections}
    dumped = yaml.dump(whole, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9)
    return f"{MARK}\n{dumped}"


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks."""


def _as_block(dumper: yaml.SafeDumper, text: str) -> ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _as_block)


class _Reader:
    """Reads one document: first all that is written, then slugs, then the answers with their links."""

    def __init__(self, text: str, file: str, warnings: Sequence[Fault], resolve: Resolve) -> None:
        self.file, self.resolve = file, resolve
        self.nodes = YamlNodes(text, file)
        self.warnings = list(warnings)
        self.definitions: list[Definition] = []

    def read(self, base: str, known: Collection[str]) -> Document:
        fields = self.nodes.fields(self.nodes.root, "the document", _DOCUMENT)
        title = one_line(self.nodes.scalar(fields.get("title")))
        summary = self._lines(fields.get("summary"))
        if fields.get("sections") is None:
            self.nodes.fault(self.nodes.root, "there are no sections")
        sections = [self._section(node) for node in self.nodes.items(fields.get("sections"), "sections")]
        additional = self._lines(fields.get("additionalContent"))
        self.nodes.refuse()
        introduction, after = self._additional(additional, title)
        self._give_slugs([*sections, *after])
        links = Links(PurePath(self.file).name, base, references_of(self.definitions))
        links.anchors = {slug: slug for slug in known} | _anchors_of([*sections, *after])
        document = self._document([*sections, *after], links)
        whole = answer_of([*summary, *introduction], links)
        warnings = (*self.warnings, *self.nodes.warnings, *links.warnings, *definition_faults(self.definitions, links))
        return replace(document, title=title, introduction=whole, warnings=in_order(warnings, self.file))

    def _lines(self, node: Node | None) -> list[Line]:
        whole = list(with_includes(self.nodes.lines(node), self.resolve, self.warnings, (self.file,)))
        fenced, noted = with_code_blocks(whole)
        lines, marks = without_marks(fenced)
        self.warnings += [*noted, *marks]
        kept, definitions = without_definitions(lines)
        self.definitions += definitions
        return kept

    def _section(self, node: Node) -> _Section:
        fields = self.nodes.fields(node, "a section", _SECTION)
        name = one_line(self.nodes.scalar(fields.get("name")))
        if not name:
            self.nodes.fault(node, "this section has no name")
        questions = [self._question(item) for item in self.nodes.items(fields.get("questions"), "questions")]
        introduction = self._lines(fields.get("summary"))
        return _Section(name, introduction, self._slug(fields, ""), questions, line_of(node))

    def _question(self, node: Node) -> _Question:
        fields = self.nodes.fields(node, "a question", _QUESTION)
        answer = self.nodes.scalar(fields.get("answer"))
        names, words = split_anchors(one_line(self.nodes.scalar(fields.get("question"))))
        first = answer.lstrip().partition("\n")[0]
        more = split_anchors(first)[0] if not split_anchors(first)[1].strip() or first.startswith("<a") else ()
        question = plain_words(words)
        if not question:
            self.nodes.fault(node, "this question has no text")
        anchors = [slug for name in (*more, *names) if (slug := clean_anchor(name))]
        slug = self._slug(fields, anchors[-1] if anchors else "")
        given = self.nodes.items(fields.get("aliases"), "aliases")
        aliases = [alias for item in given if (alias := clean_anchor(self.nodes.scalar(item)))]
        others = tuple(dict.fromkeys(alias for alias in (*aliases, *anchors) if alias != slug))
        return _Question(question, self._lines(fields.get("answer")), slug, others, line_of(node))

    def _slug(self, fields: dict[str, Node], otherwise: str) -> str:
        for name in ("id", "uid"):
            if name in fields:
                slug = clean_anchor(self.nodes.scalar(fields[name]))
                if slug is None:
                    self.nodes.fault(fields[name], f"{self.nodes.scalar(fields[name])!r} cannot be a slug")
                return slug or ""
        return otherwise

    def _additional(self, lines: Sequence[Line], title: str) -> tuple[list[Line], list[_Section]]:
        """What stands after the questions: text that belongs to the whole, and headings that are questions too.

        Lists of links, as under "See also", are no answer: they are reported.
        """
        outline = outline_of(lines)
        found = arranged(outline.nodes, title)
        self.warnings += [*outline.warnings, *found.warnings]
        section = _Section(found.title.title if found.title else title or "FAQ", [], "", [], 0)
        for entry in found.entries:
            filled = [line for line in entry.lines if line.text.strip()]
            if not entry.node.asks and all(_LINK_LIST.fullmatch(line.text) for line in filled):
                for line in (Line("", entry.node.line, self.file), *filled):
                    reason = f"the list of links {entry.node.title!r} after the questions was left out"
                    self.warnings.append(Fault(line.file, line.number, reason))
                continue
            section.questions.append(_Question(entry.node.title, entry.lines, "", (), entry.node.line))
        before = [*outline.introduction, *(found.title.body if found.title else [])]
        return before, [section] if section.questions else []

    def _give_slugs(self, sections: Sequence[_Section]) -> None:
        questions = [question for section in sections for question in section.questions]
        taken = {question.slug for question in questions if question.slug}
        owners: dict[str, _Question] = {}
        for question in questions:
            if question.slug in owners:
                other, wanted = owners[question.slug], question.slug
                question.slug = numbered_slug(wanted, taken)
                taken.add(question.slug)
                reason = f"the slug {wanted!r} is also that of the question on line {other.line}"
                reason += f"; this one gets {question.slug!r}"
                self.warnings.append(Fault(self.file, question.line, reason))
            if question.slug:
                owners[question.slug] = question
        free = FreeSlugs(taken)
        for question in questions:
            question.slug = question.slug or free.take(slug_of(question.words) or "question")
        free_sections = FreeSlugs({section.slug for section in sections if section.slug})
        for section in sections:
            section.slug = section.slug or free_sections.take(slug_of(section.title) or "questions")

    def _document(self, sections: Sequence[_Section], links: Links) -> Document:
        entries = []
        for section in sections:
            for question in section.questions:
                if answer := answer_of(question.lines, links):
                    entries.append(
                        DocEntry(
                            question.slug,
                            question.aliases,
                            section.slug,
                            question.words,
                            answer,
                            question.line,
                            self.file,
                        )
                    )
                else:
                    missing = next((line.missing for line in question.lines if line.missing), "")
                    reason = f"{question.words!r} has no answer that can be shown; it was left out"
                    if missing:
                        reason = f"{question.words!r} was left out: its answer is in {missing}, which was not found"
                    self.warnings.append(Fault(self.file, question.line, reason))
        if not entries:
            raise DocumentRefused([Fault(self.file, 1, "there is no question in this document")])
        held = {entry.section for entry in entries}
        for section in sections:
            if section.slug not in held:
                place = Line("", section.line, self.file)
                self.warnings += section_faults(section.title, place, section.introduction)
        kept = [
            DocSection(section.slug, section.title, section.line, answer_of(section.introduction, links))
            for section in sections
            if section.slug in held
        ]
        return Document("", "", tuple(kept), tuple(entries))


def _anchors_of(sections: Sequence[_Section]) -> dict[str, str]:
    """The entry that each anchor of the document stands in, or the section it names; entries' own slugs come first."""
    questions = [question for section in sections for question in section.questions]
    anchors = {question.slug: question.slug for question in questions}
    for question in questions:
        inner = [clean_anchor(name) for line in question.lines for name in split_anchors(line.text)[0]]
        for anchor in (*question.aliases, slug_of(question.words), *inner):
            if anchor:
                anchors.setdefault(anchor, question.slug)
    for section in sections:
        if section.questions:
            anchors.setdefault(section.slug, section.slug)
    return anchors
