"""What a word is, per language."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
