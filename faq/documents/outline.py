"""The questions of a Markdown document in reading order, in whatever form they are written, with what is below each.

A question is a heading, a paragraph in bold that asks, one after `Q:`, or the `<summary>` of a `<details>`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from faq.documents.blocks import blocks_of
from faq.documents.inline import split_anchors
from faq.documents.model import Fault, Line
from faq.documents.pieces import Piece, headings_and_text, pieces_of
from faq.documents.questions import Asked, How, asks, without_answer_label
from faq.documents.words import plain_words

_TAG = re.compile(r"<[^<>]*>")
HALF = 0.5
"""How much deeper than its heading a question stands that is no heading itself."""


@dataclass(slots=True, eq=False)
class Node:
    """A question or a section as it is written: `words` in Markdown, `title` as plain text, and the lines below it.

    `level` is that of its heading; between two levels for a question in another form. `more_lines` are the numbers of
    the lines besides its first that its words take.
    """

    level: float
    words: str
    line: int
    file: str
    anchors: tuple[str, ...] = ()
    is_heading: bool = True
    body: list[Line] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    slug: str = ""
    more_lines: tuple[int, ...] = ()

    @property
    def title(self) -> str:
        """Its words as one line of plain text."""
        return _plain(self.words)

    @property
    def asks(self) -> bool:
        """Whether it reads as a question."""
        return not self.is_heading or asks(self.title)


@dataclass(frozen=True, slots=True)
class Outline:
    """What stands before the first question, all questions and sections, and what may have been misread."""

    introduction: list[Line]
    nodes: list[Node]
    warnings: list[Fault]


def outline_of(lines: Sequence[Line], *, only_headings: bool = False) -> Outline:
    """Read the questions of a document, given as its lines without definitions of links."""
    blocks = blocks_of([line.text for line in lines])
    pieces = list(headings_and_text(lines, blocks) if only_headings else pieces_of(lines, blocks))
    return _Reading(pieces).read()


class _Reading:
    """Puts the pieces of one document below its questions."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.introduction: list[Line] = []
        self.nodes: list[Node] = []
        self.warnings: list[Fault] = []
        self.heading: Node | None = None
        self.current: Node | None = None
        self.labels: list[Node] = []
        self.in_summary = False
        self.is_after_details = False
        levels = [piece.level for piece in pieces if piece.kind == "heading"]
        self.has_title = levels.count(1) == 1
        self.bold_questions = self._questions_like(How.QUESTION_MARK)
        self.bold_counts = self.bold_questions > 1 or len(levels) <= 1
        self.italic_counts = self._asks_only_in_italics() and (self._questions_like(How.ITALIC) > 1 or len(levels) <= 1)

    def _asks_only_in_italics(self) -> bool:
        """Whether nothing in the document asks in a form that is surer than italic letters."""
        in_text = any(piece.asked and piece.asked.how in (How.LABEL, How.QUESTION_MARK) for piece in self.pieces)
        return not in_text and not any(
            piece.kind == "summary"
            or (piece.kind == "heading" and not self._is_title(piece.level) and asks(_plain(piece.words)))
            for piece in self.pieces
        )

    def _questions_like(self, how: How) -> int:
        """How many paragraphs ask something in one way that no heading above them asks."""
        count, above = 0, False
        for piece in self.pieces:
            if piece.kind == "heading":
                above = asks(_plain(piece.words)) and not self._is_title(piece.level)
            count += piece.asked is not None and piece.asked.how is how and not above
        return count

    def _is_title(self, level: float) -> bool:
        return level == 1 and self.has_title

    def _is_covered(self) -> bool:
        """Whether the heading above asks something, so that what stands below it answers that."""
        return self.heading is not None and self.heading.asks and not self._is_title(self.heading.level)

    def read(self) -> Outline:
        for piece in self.pieces:
            if piece.kind == "heading":
                node = Node(piece.level, piece.words, piece.lines[0].number, piece.lines[0].file)
                self._add(node)
                self.heading = node
            elif piece.asked is not None:
                self._asked(piece, piece.asked)
            elif piece.kind == "summary":
                self._summary(piece)
            elif piece.kind == "end" and self.in_summary:
                self.in_summary, self.is_after_details = False, True
            else:
                self._text(piece.lines, piece.doubts)
        for node in self.labels:
            _drop_label(node)
        return Outline(self.introduction, self.nodes, self.warnings)

    def _body(self) -> list[Line]:
        return self.current.body if self.current else self.introduction

    def _text(self, lines: Sequence[Line], doubts: Sequence[tuple[Line, str]] = ()) -> None:
        self._body().extend(lines)
        if self.is_after_details and (first := next((line for line in lines if _has_words(line)), None)):
            reason = "this stands after </details>: it was added to the answer above it"
            self.warnings.append(Fault(first.file, first.number, reason))
            self.is_after_details = False
        if not self._is_covered():
            for line, why in doubts:
                self._doubt(line, why)

    def _doubt(self, line: Line, why: str) -> None:
        reason = f"this looks like a question, but {why}: it was kept in the text above it"
        self.warnings.append(Fault(line.file, line.number, reason))

    def _add(self, node: Node) -> None:
        above = _anchors_above(self._body())
        node.anchors = (*above, *split_anchors(node.words)[0])
        self.nodes.append(node)
        self.current = node
        self.is_after_details = False

    def _asked(self, piece: Piece, asked: Asked) -> None:
        if not asked.is_labeled and (self._is_covered() or not self._counts(asked.how)):
            why = self._doubt_of_emphasis(asked.how)
            self._text(piece.lines, [(piece.lines[0], why)] if why else ())
            return
        node = self._inner(asked.words, piece)
        if asked.is_labeled:
            self.labels.append(node)
        rest = asked.rest.lstrip("\n").split("\n") if asked.rest.strip() else []
        end = len(piece.lines) - len(rest)
        node.body += [replace(line, text=text) for line, text in zip(piece.lines[end:], rest, strict=True)]
        node.more_lines = tuple(line.number for line in piece.lines[1:end] if line.text.strip())

    def _counts(self, how: How) -> bool:
        """Whether a line of this kind is a question here: one without a question mark only among others in bold."""
        if how is How.ITALIC:
            return self.italic_counts
        return self.bold_counts and (how is How.QUESTION_MARK or (how is How.ASKING_WORD and self.bold_questions > 0))

    def _doubt_of_emphasis(self, how: How) -> str:
        """Why an emphasized line is no question here; empty where it does not look like one."""
        if how is How.ITALIC:
            return "is in italics, as no other question is"
        if how is How.QUESTION_MARK:
            return "is the only one of its form"
        return "does not end in a question mark" if self.bold_questions or how is How.ASKING_WORD else ""

    def _summary(self, piece: Piece) -> None:
        if self._is_covered() and not asks(plain_words(piece.words)):
            self._text(piece.lines)
            return
        self._inner(piece.words, piece)
        self.in_summary = True

    def _inner(self, words: str, piece: Piece) -> Node:
        level = (self.heading.level if self.heading else 1) + HALF
        node = Node(level, words, piece.lines[0].number, piece.lines[0].file, is_heading=False)
        self._add(node)
        return node


def _plain(words: str) -> str:
    return plain_words(split_anchors(words)[1])


def _has_words(line: Line) -> bool:
    return any(char.isalnum() for char in _TAG.sub("", line.text))


def _anchors_above(body: list[Line]) -> tuple[str, ...]:
    """The names of the anchors that stand alone at the end of a text, which are taken away from it."""
    names: list[str] = []
    end = len(body)
    while end and not body[end - 1].text.startswith("    "):
        found, rest = split_anchors(body[end - 1].text)
        if rest.strip() or body[end - 1].missing:
            break
        names[:0] = found
        end -= 1
    if names:
        del body[end:]
    return tuple(names)


def _drop_label(node: Node) -> None:
    for index, line in enumerate(node.body):
        if line.text.strip():
            node.body[index] = replace(line, text=without_answer_label(line.text))
            return
