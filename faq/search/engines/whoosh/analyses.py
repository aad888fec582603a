"""What documents are to an index, kept from one build to the next: a build takes in only those that changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from faq.search.analysis import analysed
from faq.search.engine import SearchDocument
from faq.search.engines.stored import digest_of_document
from faq.search.numbered import Numbered, numbered
from faq.search.term_rows import TermNumbers
from faq.search.terms import Term, Thesaurus

T = TypeVar("T")


class Analyses:
    """The documents that were built last, in numbers; for one build at a time. `terms` and `words` have what the
    numbers stand for.
    """

    def __init__(self) -> None:
        self._digests = _Kept(digest_of_document)
        self._begin(())

    def begin(self, terms: Sequence[Term]) -> None:
        """Begin a build with these terms; with others than last time, every document is taken in anew."""
        if tuple(terms) != self._of_terms:
            self._begin(tuple(terms))

    def digest(self, document: SearchDocument) -> bytes:
        """The digest of all that a document says."""
        return self._digests.of(document)

    def numbered(self, document: SearchDocument) -> Numbered:
        """What a document is to the index."""
        return self._numbered.of(document)

    def _begin(self, terms: tuple[Term, ...]) -> None:
        thesaurus, self._of_terms = Thesaurus(terms), terms
        self.terms, self.words = TermNumbers(), TermNumbers()
        self._numbered = _Kept(lambda document: numbered(analysed(document, thesaurus), self.terms, self.words))


class _Kept(Generic[T]):
    """What is made of each document, by edition, language, and entry, until that says something else."""

    def __init__(self, make: Callable[[SearchDocument], T]) -> None:
        self._make = make
        self._kept: dict[tuple[str, str, str], tuple[SearchDocument, T]] = {}

    def of(self, document: SearchDocument) -> T:
        """What is made of a document."""
        key = document.edition, document.language, document.slug
        known = self._kept.get(key)
        if known is None or known[0] != document:
            known = self._kept[key] = document, self._make(document)
        return known[1]
