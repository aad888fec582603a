"""A document read from a text, and its parts as plain values."""

from __future__ import annotations

from faq.documents import Document, parse_markdown


def read(text: str, base: str = "", **files: str) -> Document:
    """A document whose includes are the given files."""
    return parse_markdown(text, "faq.md", lambda path: (path, files[path]) if path in files else None, base=base)


def pairs(document: Document) -> list[tuple[str, str]]:
    """The questions and answers of a document."""
    return [(entry.question, entry.answer) for entry in document.entries]


def said(document: Document) -> list[tuple[int, str]]:
    """The warnings of a document."""
    return [(warning.line, warning.reason) for warning in document.warnings]
