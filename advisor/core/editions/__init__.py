"""Which edition gives advice by which rule book. No edition ever gets another's rules unless this table says so."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.core.editions import e2016_12, e2026
from advisor.core.editions.base import RuleBook
from faq.knowledge.limits import Catalogue

EDITIONS: Mapping[str, RuleBook] = {
    "2016-12": e2016_12.BOOK,
    "2026": e2026.BOOK,
}
"""The rule book of each edition, by its code. Two editions of one product may name the same book."""


class NoAdvice(LookupError):  # noqa: N818 -- it is no error of anybody
    """An edition that gives no advice: `reason` is `no-book` or `no-limits`."""

    def __init__(self, edition: str, reason: str) -> None:
        self.edition = edition
        self.reason = reason
        super().__init__(f"edition {edition} gives no advice: {reason}")


def book_of(catalogue: Catalogue, books: Mapping[str, RuleBook] = EDITIONS) -> RuleBook:
    """The rule book of the edition that these are the limits of. Raises `NoAdvice` where it lacks a book or limits."""
    book = books.get(catalogue.edition)
    if not len(catalogue):
        raise NoAdvice(catalogue.edition, "no-limits")
    if book is None:
        raise NoAdvice(catalogue.edition, "no-book")
    return book


def gives_advice(catalogue: Catalogue, books: Mapping[str, RuleBook] = EDITIONS) -> bool:
    """Whether the edition that these are the limits of gives advice."""
    return len(catalogue) > 0 and catalogue.edition in books
