"""What is typed for a value is read as that value again."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from advisor.core.notations import (
    ADDRESS,
    AFTER_COLON,
    AS_TYPED,
    BEFORE_COLON,
    MBPS,
    SEVERAL,
    TICKED,
    WHOLE,
    Notation,
    named,
)


@pytest.mark.parametrize(
    ("notation", "text", "raw"),
    [
        (AS_TYPED, "10.0.0.0/8", "10.0.0.0/8"),
        (WHOLE, "0", 0),
        (WHOLE, "128", 128),
        (WHOLE, "-1", -1),
        (WHOLE, "²", "²"),
        (WHOLE, "1234567890", 1234567890),
        (WHOLE, "1 000", 1000),
        (WHOLE, "1.000.000", 1_000_000),
        (WHOLE, "12.5", "12.5"),
        (WHOLE, "12.0", "12.0"),
        (WHOLE, "1,000.0", 1000),
        (MBPS, "1 Gbps", 1000),
        (MBPS, "12,5", 12.5),
        (MBPS, "-1", -1),
        (MBPS, "1.000.000", 1_000_000),
        (MBPS, "0,500", 0.5),
        (MBPS, "500M", 500),
        (MBPS, "1,5 Gbit/s", 1500),
        (MBPS, "1'000", 1000),
        (MBPS, "1\u202f000,5", 1000.5),
        (MBPS, "1.000,5", 1000.5),
        (MBPS, "1,000.5 Gbps", 1_000_500),
        (MBPS, "1e400", "1e400"),
        (MBPS, "nan", "nan"),
        (SEVERAL, "10.0.0.0/8, 11.0.0.0/8;12.0.0.0/8", ["10.0.0.0/8", "11.0.0.0/8", "12.0.0.0/8"]),
        (SEVERAL, " , ", []),
        (TICKED, "1", True),
        (ADDRESS, "Nee", False),
        (ADDRESS, "yes", True),
        (ADDRESS, "52.166.10.20", "52.166.10.20"),
        (BEFORE_COLON, "validated:policy-based", "validated"),
        (AFTER_COLON, "validated:policy-based", "policy-based"),
        (AFTER_COLON, "validated", ""),
        (named({"vpn": False}), "vpn", False),
        (named({"vpn": False}), "train", "train"),
    ],
)
def test_a_text_is_read_as_a_raw_value(notation: Notation, text: str, raw: Any) -> None:
    read = notation.read(text)
    assert (read, type(read)) == (raw, type(raw))


@pytest.mark.parametrize(
    ("notation", "value", "text"),
    [
        (WHOLE, 0, "0"),
        (MBPS, Decimal("0.1"), "0.1"),
        (MBPS, Decimal("1E+3"), "1000"),
        (SEVERAL, ("a", "b"), "a,b"),
        (TICKED, True, "1"),
        (ADDRESS, False, "no"),
        (AFTER_COLON, "policy-based", ":policy-based"),
        (named({"expressroute": True, "vpn": False}), False, "vpn"),
    ],
)
def test_a_value_is_written_as_a_text(notation: Notation, value: Any, text: str) -> None:
    assert notation.write(value) == text


@pytest.mark.parametrize(("given", "tidy"), [("", ""), ("0", ""), ("1", "1"), ("yes", "1"), (" ", "")])
def test_a_box_is_ticked_by_anything_but_nothing_and_nought(given: str, tidy: str) -> None:
    assert TICKED.tidy(given) == tidy
