"""What a word is, per language, and what people mean by it."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.search.correct import Vocabulary, edits_forgiven, mended
from faq.search.terms import SHIPPED, Meaning, Term, TermsRefused, Thesaurus, read_terms
from faq.search.words import atoms, folded, stem, tokens


def taken(text: str, language: str) -> list[tuple[str, ...]]:
    """The atoms of each word of a text."""
    return [atoms(token.text, language) for token in tokens(text)]


@pytest.mark.parametrize(
    ("spellings", "language"),
    [
        (("gateway", "gateways", "Gateways"), "nl"),
        (("client", "clients"), "nl"),
        (("versleuteling", "versleuteld", "versleutelt"), "nl"),
        (("adresruimte", "adresruimten", "adres-ruimte"), "nl"),
        (("vpnapparaat", "VPN-apparaten", "vpn-apparaat"), "nl"),
        (("besturingssysteem", "besturingssystemen"), "nl"),
        (("één", "een", "Eén"), "nl"),
        (("connections", "connection", "connect"), "en"),
        (("address-space", "addressspace", "addressspaces"), "en"),
        (("proxy", "proxies"), "en"),
    ],
)
def test_spellings_of_one_word_are_one(spellings: tuple[str, ...], language: str) -> None:
    assert len({tuple(taken(spelling, language)) for spelling in spellings}) == 1


def test_a_compound_is_its_parts_and_the_long_part_is_preferred() -> None:
    assert taken("adresruimte", "nl") == [("adr", "ruimt")]
    assert taken("adres ruimte", "nl") == [("adr",), ("ruimt",)]
    assert taken("beveiligingsbeleid", "nl") == [(*atoms("beveiliging", "nl"), *atoms("beleid", "nl"))]
    assert taken("netwerkgateway", "nl") == [("netwerk", "gateway")]
    assert taken("subnet", "nl") == [("subnet",)]


@pytest.mark.parametrize("token", ["VpnGw2AZ", "/27", "IKEv2", "10.0.0.0/16", "S2S", "0.0.0.0/0", "8.1"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_technical_tokens_stay_whole(token: str, language: str) -> None:
    assert taken(token, language) == [(token.lower(),)]


@given(st.text(max_size=400))
def test_any_text_has_words_where_it_says(written: str) -> None:
    for token in tokens(written):
        assert folded(written[token.start : token.end]) == token.text
        assert all(atoms(token.text, "nl"))


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


class TestTypingErrors:
    """One edit from five letters, two from nine; shorter words never."""

    vocabulary = Vocabulary({"tunnel": 9, "gateway": 9, "certificaat": 4, "poorten": 2, "routering": 3, "bgp": 8})

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("tunel", ("tunnel",)),
            ("tunnle", ("tunnel",)),
            ("gatway", ("gateway",)),
            ("certifikaaat", ("certificaat",)),
            ("gatewaypoorten", ("gateway", "poorten")),
            ("zwaluwstaart", None),
        ],
    )
    def test_it_is_mended_by_the_words_of_the_index(self, typed: str, meant: tuple[str, ...] | None) -> None:
        assert mended(typed, [self.vocabulary]) == meant

    @pytest.mark.parametrize("word", ["bgb", "vpm", "iks", "tunl"])
    def test_short_words_are_never_touched(self, word: str) -> None:
        assert mended(word, [self.vocabulary]) is None

    def test_the_edits_forgiven_grow_with_the_word(self) -> None:
        assert [edits_forgiven("a" * length) for length in (4, 5, 8, 9, 40, 41)] == [0, 1, 1, 2, 2, 0]


def test_threads_that_stem_at_once_get_the_stems_that_one_gets() -> None:
    """A Snowball stemmer is not made for threads, and a wrong stem would stay in memory."""
    words = [
        f"{start}{end}"
        for start in ("verbind", "versleutel", "rout", "beheer")
        for end in ("ingen", "de", "s", "lijkheden")
    ]
    words = [f"{word}{letter}" for word in words for letter in "abcdefghijklmnopqrstuvwxyz"]
    alone = [stem.__wrapped__(word, "nl") for word in words]
    patience = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(lambda word: stem.__wrapped__(word, "nl"), words)) == alone
    finally:
        sys.setswitchinterval(patience)
