"""Numbers as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.core.written_numbers import TwoReadings, read_number, sign_of_decimals, write_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("25", 25),
        ("12,5", "12.5"),
        ("12.50", "12.5"),
        (",5", "0.5"),
        ("0,125", "0.125"),  # no group begins with nought
        ("1234.567", "1234.567"),  # nor has four digits
        ("1.2500", "1.25"),
        ("1.000.000", 1_000_000),
        ("1,000,000", 1_000_000),
        ("1 000", 1000),
        ("1\u00a0000", 1000),
        ("1\u202f000\u202f000", 1_000_000),
        ("1\u2009000,125", "1000.125"),
        ("1'000", 1000),
        ("1’000.5", "1000.5"),
        ("1.000,5", "1000.5"),
        ("1,000.5", "1000.5"),
        ("1.000,125", "1000.125"),
        ("1.500.000,25", "1500000.25"),
    ],
)
def test_most_have_one_reading(text: str, number: str | int) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["1.000", "1,000", "1.250", "10.000", "100,500"])
def test_a_single_group_of_three_digits_has_two(text: str) -> None:
    grouped, decimal = Decimal(text.replace(",", "").replace(".", "")), Decimal(text.replace(",", "."))
    assert read_number(text) == TwoReadings(grouped, decimal)
    sign = "," if "," in text else "."
    assert read_number(text, sign) == decimal
    assert read_number(text, ",."[sign == ","]) == grouped


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-1",
        "1.",
        ".",
        "1.000.00",
        "1.00.000",
        "1,000,5",
        "1.000.000.5",
        "1 00",
        "1 000 00",
        "1e9",
        "²",
        "٣",
        "nan",
        "1_0",
        "9" * 401,
    ],
)
def test_anything_else_says_no_number(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("12,5", ","),
        ("12.5", "."),
        ("1.500,25", ","),
        ("1.000.000", ","),
        ("1,000,000", "."),
        ("1.000", ""),
        ("25", ""),
    ],
)
def test_a_number_may_show_which_sign_begins_decimals(text: str, sign: str) -> None:
    assert sign_of_decimals(text) == sign


@given(st.decimals(0, 999_999_999, places=None, allow_nan=False).filter(lambda one: one.adjusted() > -20))
def test_what_is_written_is_read_as_the_same_number(number: Decimal) -> None:
    assert read_number(write_number(number)) == number
