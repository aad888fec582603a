"""The plain values that documents are read to and written from. Pure: no Django, no files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MAX_SIZE = 4 * 1024 * 1024
"""Bytes of one document, and of everything that it includes together."""

MOST_ENTRIES = 20_000
"""Of one document: twice as many take minutes to load, which whoever imports by mistake is told at once."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a file: at a line (from 1; 0 is the file as a whole), and why, as a short sentence."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}{f':{self.line}' if self.line else ''}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line and where it stands, from 1.

    `missing` names the included file that should stand here; `mark` is a name in `MARKS`.
    """

    text: str
    number: int
    file: str
    missing: str = ""
    mark: str = ""


class DocumentRefused(ValueError):  # noqa: N818 -- a refusal, with all its reasons
    """A document that cannot be read. `faults` holds everything found wrong with it, in reading order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True, slots=True)
class DocEntry:
    """A question with its answer in Markdown. `aliases` are the other anchors it had; `section` is a section's slug."""

    slug: str
    aliases: tuple[str, ...]
    section: str
    question: str
    answer: str
    line: int = 0
    file: str = ""


@dataclass(frozen=True, slots=True)
class DocSection:
    """A section: its slug, its title as one line of text, and what it says before its questions, in Markdown."""

    slug: str
    title: str
    line: int = 0
    introduction: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `introduction` is Markdown; `warnings` are the things that were left out, and why."""

    title: str
    introduction: str
    sections: tuple[DocSection, ...]
    entries: tuple[DocEntry, ...]
    warnings: tuple[Fault, ...] = ()
