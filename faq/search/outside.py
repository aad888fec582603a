"""Questions from the neighboring world that no entry answers, by subject: what tells that the search has no answer.

They are indexed like entries, in spaces of their own, and never shown. Pure: no Django.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from faq.search.engine import SearchDocument

SHIPPED = Path(__file__).with_name("outside.toml")

OUTSIDE = ""
"""The edition of these documents, which no edition is called."""


@cache
def outside_documents() -> tuple[SearchDocument, ...]:
    """A document for each subject and language."""
    return tuple(_read(SHIPPED.read_text(encoding="utf-8")))


def _read(text: str) -> Iterator[SearchDocument]:
    for subject, questions in tomllib.loads(text).items():
        for language, asked in questions.items():
            yield SearchDocument(OUTSIDE, subject, language, "", "", asked[0], tuple(asked[1:]), "", "")
