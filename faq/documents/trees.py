"""The headings of a document as trees: which names it, which stand below which, and which are parts of answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from faq.documents.inline import split_anchors
from faq.documents.model import Line
from faq.documents.outline import Node

_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
SECTION_LEVEL = 2
DEEPEST_HEADING = 6


def has_text(lines: Sequence[Line]) -> bool:
    """Whether lines hold more than anchors and white space."""
    return any(split_anchors(line.text)[1].strip() for line in lines)


def without_rules(lines: Sequence[Line]) -> list[Line]:
    """Lines without the rules at their ends, which part questions and belong to none."""
    filled = [index for index, line in enumerate(lines) if line.text.strip() and not _RULE.match(line.text)]
    return list(lines[filled[0] : filled[-1] + 1]) if filled else []


def title_of(nodes: Sequence[Node]) -> Node | None:
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


def rooted(nodes: Sequence[Node]) -> list[Node]:
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


def leading_parts(children: Sequence[Node], own: Sequence[Node]) -> tuple[list[Node], list[Node]]:
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


def introduces(node: Node, questions: Sequence[Node]) -> bool:
    """Whether the text of a heading introduces the questions below it: it asks nothing, and they do."""
    return not node.asks and any(question.asks for question in questions)


def absorb(node: Node, lines: list[Line], taken: list[Node], left: list[Node], level: int) -> None:
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
            absorb(child, lines, taken, left, level + 1)
        else:
            left.append(child)
