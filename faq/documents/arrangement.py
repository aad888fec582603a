"""Which of the headings of a document are its title, its sections, its questions, and parts of their answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from faq.documents.answers import DEEPEST_QUESTION
from faq.documents.inline import split_anchors
from faq.documents.linked_answers import section_faults
from faq.documents.model import Fault, Line
from faq.documents.outline import Node
from faq.documents.slugs import FreeSlugs, clean_anchor, numbered_slug, slug_of

_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_CONTENTS_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[[^\[\]\n]{1,300}\]\(#[^()\s]{0,300}\)[ \t]*")
FALLBACK_SLUG = "questions"
SECTION_LEVEL = 2
DEEPEST_HEADING = 6


@dataclass(slots=True)
class PlacedSection:
    """A section: the heading that it is named by, or None for the one that is named by the document."""

    node: Node | None
    introduction: list[Line] = field(default_factory=list)
    slug: str = ""


@dataclass(slots=True)
class PlacedEntry:
    """A question in its section, with the lines of its answer: also those of the headings that are parts of it."""

    node: Node
    section: PlacedSection
    lines: list[Line]
    parts: list[Node]


@dataclass(slots=True)
class Arrangement:
    """A document in order: its title's heading, its sections and questions, and what was left out or refused."""

    title: Node | None
    sections: list[PlacedSection] = field(default_factory=list)
    entries: list[PlacedEntry] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def arranged(nodes: Sequence[Node], title: str, *, is_exact: bool = False) -> Arrangement:
    """Give each heading and question its place. `title` is the name that the document has besides its headings.

    Where a document is exact, each heading of level 2 is a section and each deeper one a question, as it was exported.
    """
    if is_exact:
        top = next((node for node in nodes if node.level == 1), None)
        return _Exact([node for node in nodes if node is not top], top, title).run()
    top = _title_of(nodes)
    return _Arranging([node for node in nodes if node is not top], top, title).run()


def has_text(lines: Sequence[Line]) -> bool:
    """Whether lines hold more than anchors and white space."""
    return any(split_anchors(line.text)[1].strip() for line in lines)


def without_rules(lines: Sequence[Line]) -> list[Line]:
    """Lines without the rules at their ends, which part questions and belong to none."""
    filled = [index for index, line in enumerate(lines) if line.text.strip() and not _RULE.match(line.text)]
    return list(lines[filled[0] : filled[-1] + 1]) if filled else []


def _is_contents(lines: Sequence[Line]) -> bool:
    """Whether lines are a list of links to places in the same document, and nothing else."""
    filled = [line.text for line in lines if line.text.strip()]
    return bool(filled) and all(_CONTENTS_ITEM.fullmatch(text) for text in filled)


def _title_of(nodes: Sequence[Node]) -> Node | None:
    """The heading that names the document: its first of level 1, unless that is a question as others of it are.

    One that stands after a question and has a text below it names no more than that text.
    """
    tops = [node for node in nodes if node.level == 1]
    if not tops:
        return None
    first = tops[0]
    if first is not nodes[0] and has_text(first.body):
        return None
    if len(tops) == 1:
        return None if first.asks and len(nodes) == 1 and has_text(first.body) else first
    others_ask = any(node.asks for node in tops[1:])
    return first if not first.asks and (others_ask or not has_text(first.body)) else None


def _rooted(nodes: Sequence[Node]) -> list[Node]:
    """The nodes as trees. Where several stand on level 1, all from the second on move one level down."""
    roots: list[Node] = []
    path: list[Node] = []
    shift = 0
    for node in nodes:
        shift = 1 if node.level == 1 else shift
        node.level = max(node.level + shift, SECTION_LEVEL if node.is_heading else 0)
        while path and (path[-1].level >= node.level or _ends_with_section(path[-1], node)):
            path.pop()
        (path[-1].children if path else roots).append(node)
        path.append(node)
    return roots


def _ends_with_section(node: Node, following: Node) -> bool:
    """Whether a question that is no heading stands before all sections, and a section follows."""
    return not node.is_heading and node.level < SECTION_LEVEL and following.level == SECTION_LEVEL


def _leading_parts(children: Sequence[Node], own: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """The headings that are parts of an answer, and the questions after them.

    A heading that stands after a question is a part of the answer to that, so that no answer goes on past another.
    """
    parts: list[Node] = []
    questions: list[Node] = []
    for child in children:
        if child in own:
            questions.append(child)
        else:
            (questions[-1].children if questions else parts).append(child)
    return parts, questions


def _introduces(node: Node, questions: Sequence[Node]) -> bool:
    """Whether the text of a heading introduces the questions below it: it asks nothing, and they do."""
    return not node.asks and any(question.asks for question in questions)


class _Arranging:
    def __init__(self, nodes: Sequence[Node], top: Node | None, title: str) -> None:
        self.nodes, self.title = nodes, top.title if top else title
        self.roots = roots = _rooted(nodes)
        self.found = Arrangement(top)
        self.general: PlacedSection | None = None
        filled = sum(has_text(node.body) for node in roots)
        leaves = all(not node.children and node.level == SECTION_LEVEL for node in roots)
        self.is_flat = leaves and len(roots) > 2 and filled * 2 > len(roots)

    def run(self) -> Arrangement:
        for node in self.roots:
            self.root(node)
        self.name()
        return self.found

    def root(self, node: Node) -> None:
        if node.level != SECTION_LEVEL:
            self.question(node, None)
        elif not node.children:
            own = node.anchors and not self.is_flat
            self.question(node, self.section(node) if own and has_text(node.body) else None)
        elif node.asks and not any(child.asks or child.anchors for child in node.children):
            self.question(node, None)
        else:
            self.with_questions(node, None if node.asks and not node.anchors else self.section(node))

    def section(self, node: Node) -> PlacedSection:
        section = PlacedSection(node)
        self.found.sections.append(section)
        return section

    def general_section(self) -> PlacedSection:
        if self.general is None:
            self.general = PlacedSection(None)
            self.found.sections.append(self.general)
        return self.general

    def with_questions(self, node: Node, section: PlacedSection | None) -> None:
        """A heading with questions below it: its own text is an answer, or introduces them where it asks nothing."""
        own = [child for child in node.children if not node.asks or child.asks or child.anchors]
        parts, questions = _leading_parts(node.children, own)
        if section and _introduces(node, questions):
            section.introduction = without_rules(node.body)
        elif has_text(node.body) or parts or any(line.missing for line in node.body):
            self.entry(node, section or self.general_section(), parts)
        elif not section:
            self.leave_out(node)
        for child in questions:
            self.question(child, section)

    def question(self, node: Node, section: PlacedSection | None) -> None:
        filled = has_text(node.body)
        own = [
            child
            for child in node.children
            if not child.is_heading
            or (child.asks and child.level <= DEEPEST_QUESTION + 1)
            or (child.anchors and filled)
        ]
        parts, questions = _leading_parts(node.children, own)
        is_section = _introduces(node, own)
        if is_section:
            parts, questions = [], node.children
        if own and not parts and (is_section or not filled):
            inner = self.section(node)
            inner.introduction = without_rules(node.body)
            section = inner
        else:
            self.entry(node, section or self.general_section(), parts)
        for child in questions:
            self.question(child, section)

    def entry(
        self, node: Node, section: PlacedSection, parts: Sequence[Node], body: Sequence[Line] | None = None
    ) -> None:
        lines = without_rules(node.body) if body is None else list(body)
        taken: list[Node] = []
        left: list[Node] = []
        for part in parts:
            _absorb(part, lines, taken, left, DEEPEST_QUESTION + 1)
        if not node.asks and not parts and _is_contents(lines):
            self.leave_out_contents(node, lines)
        elif has_text(lines):
            self.found.entries.append(PlacedEntry(node, section, lines, taken))
        else:
            self.leave_out(node)
        for child in left:
            self.question(child, section)

    def leave_out_contents(self, node: Node, lines: Sequence[Line]) -> None:
        """The site makes a list of the questions itself."""
        named = [Line(node.title, node.line, node.file), *(line for line in lines if line.text.strip())]
        self.found.warnings += [
            Fault(line.file, line.number, f"the list of contents {line.text.strip()!r} was left out") for line in named
        ]

    def leave_out(self, node: Node) -> None:
        missing = next((line.missing for line in node.body if line.missing), "")
        reason = f"{node.title!r} has nothing below it; it was left out"
        if missing:
            reason = f"{node.title!r} was left out: its answer is in {missing}, which was not found"
        self.found.warnings.append(Fault(node.file, node.line, reason))

    def leave_out_section(self, node: Node, introduction: Sequence[Line]) -> None:
        if has_text(introduction):
            self.found.warnings += section_faults(node.title, Line("", node.line, node.file), introduction)
        elif not any(fault.line == node.line for fault in self.found.warnings):
            self.leave_out(node)

    def name(self) -> None:
        """Give sections and entries their slugs: their last anchor, else their words."""
        held = {id(entry.section) for entry in self.found.entries}
        for section in self.found.sections:
            own = section.node
            if own and id(section) not in held:
                self.leave_out_section(own, section.introduction)
        self.found.sections = [section for section in self.found.sections if id(section) in held]
        named = {id(section.node) for section in self.found.sections} | {id(entry.node) for entry in self.found.entries}
        ordered = [node for node in self.nodes if id(node) in named]
        taken = self._anchored(ordered)
        free = FreeSlugs(taken)
        for node in ordered:
            if not node.slug:
                node.slug = free.take(slug_of(node.title) or FALLBACK_SLUG)
        for section in self.found.sections:
            section.slug = section.node.slug if section.node else free.take(slug_of(self.title) or FALLBACK_SLUG)

    def _anchored(self, nodes: Sequence[Node]) -> set[str]:
        owners: dict[str, Node] = {}
        taken = {slug for node in nodes for anchor in node.anchors if (slug := clean_anchor(anchor))}
        for node in nodes:
            if not node.title:
                self.found.faults.append(Fault(node.file, node.line, "this heading has no text"))
            slugs = [slug for anchor in node.anchors if (slug := clean_anchor(anchor))]
            if node.anchors and not slugs:
                reason = f"the anchor {node.anchors[-1]!r} cannot be a slug"
                self.found.faults.append(Fault(node.file, node.line, reason))
            node.anchors = tuple(dict.fromkeys(slugs))
            node.slug = node.anchors[-1] if node.anchors else ""
            other = owners.get(node.slug)
            if other is not None:
                node.slug = numbered_slug(node.slug, taken)
                taken.add(node.slug)
                reason = (
                    f"the anchor {node.anchors[-1]!r} is also that of the question on line {other.line} of"
                    f" {other.file}; this one gets {node.slug!r}"
                )
                self.found.warnings.append(Fault(node.file, node.line, reason))
            if node.slug:
                owners[node.slug] = node
        return set(owners)


class _Exact(_Arranging):
    """The arrangement of a document that this program wrote."""

    def run(self) -> Arrangement:
        section: PlacedSection | None = None
        for node in self.nodes:
            lines = node.body
            if node.level <= SECTION_LEVEL:
                section = self.section(node)
                section.introduction, lines = _introduced(node.body)
            if node.level > SECTION_LEVEL or has_text(lines):
                self.entry(node, section or self.general_section(), (), lines)
        self.name()
        return self.found


def _introduced(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The introduction of a section and its answer, which the marks in its text part."""
    begins = next((n for n, line in enumerate(lines) if line.mark == "introduction"), None)
    if begins is None:
        return [], list(lines)
    ends = next((n for n, line in enumerate(lines) if line.mark == "answer"), len(lines))
    return list(lines[begins:ends]), list(lines[ends:])


def _absorb(node: Node, lines: list[Line], taken: list[Node], left: list[Node], level: int) -> None:
    """A heading that is part of an answer: its line and all below it, up to what asks something of its own."""
    if left:
        left[-1].children.append(node)
        return
    hashes = "#" * min(level, DEEPEST_HEADING)
    blank = Line("", node.line, node.file)
    while lines and not lines[-1].text.strip():
        lines.pop()
    lines += [blank, replace(blank, text=f"{hashes} {node.words}"), *node.body]
    taken.append(node)
    for child in node.children:
        if child.is_heading and not child.asks:
            _absorb(child, lines, taken, left, level + 1)
        else:
            left.append(child)
