"""FAQ documents of others (Markdown with anchors, YAML FAQ) to plain entries, and back. Pure: no Django."""

from faq.documents.answers import normal_answer
from faq.documents.files import read_document
from faq.documents.language import foreign_language_of, language_of
from faq.documents.markdown import parse_markdown, write_markdown
from faq.documents.model import DocEntry, DocSection, Document, DocumentRefused, Fault
from faq.documents.yaml_faq import parse_yaml, write_yaml

__all__ = [
    "DocEntry",
    "DocSection",
    "Document",
    "DocumentRefused",
    "Fault",
    "foreign_language_of",
    "language_of",
    "normal_answer",
    "parse_markdown",
    "parse_yaml",
    "read_document",
    "write_markdown",
    "write_yaml",
]
