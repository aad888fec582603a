"""Codes as people type them."""

from __future__ import annotations

import pytest

from advisor.answers.typed_codes import typed_code


@pytest.mark.parametrize(
    "typed",
    [
        "K7QFM-2XDRT", "k7qfm-2xdrt", "K7QFM 2XDRT", " k7qfm2xdrt ", "K7Q FM2 XDR T", "k7qfm–2xdrt.",
        "https://example.org/nl/advice/case/K7QFM-2XDRT/", "/en/advice/case/k7qfm2xdrt?edition=2026",
    ],
)  # fmt: skip
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    code = typed_code(typed)
    assert code.plain == "K7QFM2XDRT"
    assert code.is_whole


@pytest.mark.parametrize(
    ("typed", "unknown"),
    [("K7QFM-2XDRT", ()), ("O7QFM-2XDR0", ("O", "0")), ("LLLLL", ("L",)), ("é", ("É",)), ("", ())],
)
def test_signs_that_occur_in_no_code_are_named_once(typed: str, unknown: tuple[str, ...]) -> None:
    assert typed_code(typed).unknown_signs == unknown


@pytest.mark.parametrize("typed", ["", "K7QFM", "K7QFM-2XDRT-2", "K7QFM-2XDR0", "-----"])
def test_what_has_not_ten_such_signs_is_no_code(typed: str) -> None:
    assert not typed_code(typed).is_whole


@pytest.mark.parametrize("typed", ["K7QFM-2XDRT", "k7qfm-2xdrt", "k7qfm 2xdrt", "k7qfm2xdrt", "KAQFM-HXDRT"])
def test_what_is_written_as_codes_are_looks_like_one(typed: str) -> None:
    assert typed_code(typed).looks_like_one


@pytest.mark.parametrize(
    "typed",
    [
        "vpn gateway",
        "vpngateway",
        "VPN gateway",
        "23456 78923",
        "vpngw2az",
        "ikev2 sstp",
        "breadth-fast",
        "bgp an 23456",
    ],
)
def test_words_of_a_question_do_not(typed: str) -> None:
    assert not typed_code(typed).looks_like_one
