"""What every engine stores of documents and terms in the same way. Pure: no Django."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from faq.search.engine import SearchDocument
from faq.search.terms import Term

SHOWN = (
    *("slug", "language", "section", "section_title", "connection_types"),
    *("question", "summary", "answer"),
)
"""What a list of results shows of a document. Not its phrasings, which are the search's alone."""

StoredTerms = Sequence[tuple[str, Mapping[str, Sequence[str]]]]
"""Terms as JSON has them: the key and the names of each."""


def record_of(document: SearchDocument) -> dict[str, Any]:
    """What a list of results shows of a document."""
    return {name: getattr(document, name) for name in SHOWN}


def digest_of_document(document: SearchDocument) -> bytes:
    """A digest of all that a document says."""
    return hashlib.sha256(repr(document).encode()).digest()


def terms_to_json(terms: Iterable[Term]) -> StoredTerms:
    """Terms as they are stored."""
    return [(term.key, term.names) for term in terms]


def terms_from_json(stored: StoredTerms) -> tuple[Term, ...]:
    """The terms that were stored."""
    return tuple(Term(key, {code: tuple(names[code]) for code in names}) for key, names in stored)
