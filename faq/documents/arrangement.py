"""Which of the headings of a document are its title, its sections, its questions, and parts of their answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from faq.documents.answers import DEEPEST_QUESTION
from faq.documents.contents import is_contents
from faq.documents.linked_answers import section_faults
from faq.documents.model import Fault, Line
from faq.documents.outline import Node
from faq.documents.slugs import FreeSlugs, clean_anchor, numbered_slug, slug_of
from faq.documents.trees import (
    SECTION_LEVEL,
    absorb,
    has_text,
    introduces,
    leading_parts,
    rooted,
    title_of,
    without_rules,
)

FALLBACK_SLUG = "questions"


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
    top = title_of(nodes)
    return _Arranging([node for node in nodes if node is not top], top, title).run()


class _Arranging:
    def __init__(self, nodes: Sequence[Node], top: Node | None, title: str) -> None:
        self.nodes, self.title = nodes, top.title if top else title
        self.roots = roots = rooted(nodes)
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
        parts, questions = leading_parts(node.children, own)
        if section and introduces(node, questions):
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
        parts, questions = leading_parts(node.children, own)
        is_section = introduces(node, own)
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
            absorb(part, lines, taken, left, DEEPEST_QUESTION + 1)
        if body is None and not node.asks and not parts and is_contents(node.title, lines):
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
        self.found.warnings += [Fault(node.file, number, reason) for number in (node.line, *node.more_lines)]

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
