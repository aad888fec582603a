"""What documents are to an index, kept from one build to the next: a build takes in only those that changed."""

from __future__ import annotations

from collections.abc import Sequence

from faq.search.analysis import Analysed, analysed
from faq.search.engine import SearchDocument
from faq.search.terms import Term, Thesaurus


class Analyses:
    """The analyses of the documents that were built last, by edition, language, and entry; for one build at a time."""

    def __init__(self) -> None:
        self._terms: tuple[Term, ...] = ()
        self._thesaurus = Thesaurus(())
        self._kept: dict[tuple[str, str, str], tuple[SearchDocument, Analysed]] = {}

    def begin(self, terms: Sequence[Term]) -> None:
        """Begin a build with these terms; with others than last time, every document is taken in anew."""
        if tuple(terms) != self._terms:
            self._terms, self._thesaurus, self._kept = tuple(terms), Thesaurus(terms), {}

    def of(self, document: SearchDocument) -> Analysed:
        """What a document is to the index."""
        key = document.edition, document.language, document.slug
        known = self._kept.get(key)
        if known is None or known[0] != document:
            known = self._kept[key] = document, analysed(document, self._thesaurus)
        return known[1]
