"""What documents and questions are to the text search of PostgreSQL: its own words and our index terms as lexemes.

A document has the words of its texts as the configuration of its language stems them, each of our index terms, each
term and pair of terms that one of its ways of asking names, with a sign before it, and its space. Pure: no Django.
"""

from __future__ import annotations

from collections.abc import Iterable

from faq.search.engine import SearchDocument
from faq.search.engines.postgres.packing import Packed

ASKED = "?"
"""The sign before a term that a way of asking names."""

SPACE = "@"
"""The sign before the number of a space."""

LONGEST = 500
"""Characters of a term that is a lexeme; PostgreSQL takes no more than 2,046 bytes."""


def own_lexemes(packed: Packed, space: int) -> str:
    """Our terms of a document of a space, as PostgreSQL reads a vector."""
    return " ".join(
        quoted(term)
        for term in (*packed.any_terms, *(ASKED + term for term in packed.asked_terms), f"{SPACE}{space}")
        if len(term) <= LONGEST
    )


def texts_of(document: SearchDocument) -> str:
    """The texts of a document that PostgreSQL reads words from."""
    return "\n".join((document.question, *document.asked_as, *document.keywords, document.answer))


def quoted(lexeme: str) -> str:
    """A lexeme as PostgreSQL reads it in a vector or a query."""
    doubled = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


def any_of(lexemes: Iterable[str]) -> str:
    """A query that asks for any of these lexemes."""
    return " | ".join(quoted(lexeme) for lexeme in lexemes if len(lexeme) <= LONGEST)
