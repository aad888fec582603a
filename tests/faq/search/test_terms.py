"""Groups of words and abbreviations for one thing."""

from __future__ import annotations

import pytest

from faq.search.terms import SHIPPED, Meaning, Term, TermsRefused, Thesaurus, read_terms


def test_a_name_is_recognised_in_any_spelling_and_language() -> None:
    thesaurus = Thesaurus([Term("space", {"nl": ("adresruimte",), "en": ("address space",)})])
    for words, language in [
        (["welke", "adresruimten"], "nl"),
        (["welke", "address", "space"], "nl"),
        (["my", "addressspace"], "en"),
    ]:
        assert Meaning(1, len(words), "space") in thesaurus.meanings(words, language)


def test_the_shipped_terms_can_be_read_and_name_things_in_both_languages() -> None:
    terms = read_terms(SHIPPED.read_text(encoding="utf-8"))
    assert len(terms) > 100
    assert all(term.names["nl"] and term.names["en"] for term in terms)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[a]\nnl = 1", r"\[a\] nl"),
        ("[a]\nfr = []", r"\[a\]"),
        ("a = 1", r"\[a\]"),
        ("[a]\nnl = ['?!']", "nl"),
        ("[a", "table declaration"),
    ],
)
def test_a_terms_file_with_a_fault_is_refused_by_name(text: str, reason: str) -> None:
    with pytest.raises(TermsRefused, match=reason):
        read_terms(text)
