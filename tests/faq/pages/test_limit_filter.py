"""Which limits a filter finds."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from faq.knowledge.limits import Catalogue
from faq.knowledge.limits_file import read_catalogue
from faq.pages.limit_filter import filtered
from tests.every import some
from tests.faq.limit_builders import both, catalogue, differing, limit

CONTENT = Path(__file__).parents[3] / "faq" / "content"

MADE = catalogue(
    [
        limit("sku.Reus.tunnels", 1500, "Tunnels op Reus | Tunnels on Reus"),
        limit("sku.Reus.speed", 1250, "Doorvoer van Reus | Throughput of Reus", "Mbps"),
        limit("p2s.pool", "10.0.0.0/8", "Adrespool | Address pool", "prefix"),
        limit("s2s.subnet", 27, "Gatewaysubnet | Gateway subnet", "prefix-length"),
        limit("s2s.café", True, "Café toegestaan | Coffee allowed", "yes-no", note=both("Espresso")),
        limit("s2s.rest", 15, "Rust | Rest", conflicts=differing("Somebody says zestig.")),
    ]
)


def found(typed: str, of: Catalogue = MADE) -> list[str]:
    return [one.key for one in filtered(of, typed)]


def shipped(code: str) -> Catalogue:
    return read_catalogue(code, tomllib.loads((CONTENT / code / "limits.toml").read_text()))


@pytest.mark.parametrize("typed", ["", "   ", "?!"])
def test_without_a_word_nothing_is_left_out(typed: str) -> None:
    assert len(found(typed)) == len(MADE)


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("doorvoer", ["sku.Reus.speed"]),
        ("throughput", ["sku.Reus.speed"]),
        ("THROUGH", ["sku.Reus.speed"]),
        ("tunnel reus", ["sku.Reus.tunnels"]),
        ("reus tunnels", ["sku.Reus.tunnels"]),
        ("sku.Reus", ["sku.Reus.tunnels", "sku.Reus.speed"]),
        ("cafe", ["s2s.café"]),
        ("espresso", ["s2s.café"]),
        ("zestig", ["s2s.rest"]),
        ("paper", ["s2s.rest"]),
        ("paper.md", ["s2s.rest"]),
        ("gatewaysubnet", ["s2s.subnet"]),
        ("gateway subnet", ["s2s.subnet"]),
        ("gateway-subnet", ["s2s.subnet"]),
        ("bananas", []),
        ("reus bananas", []),
    ],
)
def test_every_word_must_be_there_in_either_language_in_name_key_note_or_source(typed: str, keys: list[str]) -> None:
    assert found(typed) == keys


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("1500", ["sku.Reus.tunnels"]),
        ("1.500", ["sku.Reus.tunnels"]),
        ("1,500", ["sku.Reus.tunnels"]),
        ("15", ["s2s.rest"]),
        ("1,25", ["sku.Reus.speed"]),
        ("1.25 Gbps", ["sku.Reus.speed"]),
        ("1250", ["sku.Reus.speed"]),
        ("/27", ["s2s.subnet"]),
        ("10.0.0.0", ["p2s.pool"]),
        ("150", []),
    ],
)
def test_a_number_is_found_as_a_whole_in_either_notation(typed: str, keys: list[str]) -> None:
    assert found(typed) == keys


@pytest.mark.parametrize("code", ["2016-12", "2026"])
@pytest.mark.parametrize(
    "typed", ["how many tunnels does HighPerformance have", "Hoeveel tunnels heeft HighPerformance?"]
)
def test_a_question_finds_the_limit_that_answers_it_first(typed: str, code: str) -> None:
    assert found(typed, shipped(code))[0] == "sku.HighPerformance.s2s_tunnels"


@pytest.mark.parametrize("code", ["2016-12", "2026"])
def test_a_limit_is_found_by_its_key_its_name_and_its_value(code: str) -> None:
    catalogue = shipped(code)
    shown = {
        one.key: {one.key, one.name["nl"], one.name["en"], one.shown("nl"), one.shown("en")}
        for one in some(catalogue, 4)
    }
    found_by = {typed: set(found(typed, catalogue)) for typed in set().union(*shown.values())}
    for key, told in shown.items():
        for typed in told:
            assert key in found_by[typed], (key, typed)
