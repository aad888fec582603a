"""Numbers and masks in pasted tables."""

from __future__ import annotations

import pytest

from advisor.answers.pasted_tables import pasted


def column(table: str, name: str = "mbps") -> list[str]:
    """The texts of a column of the sites in a table."""
    return [row[name] for row in pasted(table, "site").rows]


@pytest.mark.parametrize(
    ("table", "mbps"),
    [
        ("A;10.1.0.0/16;1.000\nB;10.2.0.0/16;25", ["1000", "25"]),  # where semicolons part, commas begin decimals
        ("A;10.1.0.0/16;1,000", ["1,000"]),  # but a thousand never becomes one by that
        ("A;10.1.0.0/16;1.000\nB;10.2.0.0/16;12,5", ["1000", "12,5"]),
        ("A;10.1.0.0/16;1,000\nB;10.2.0.0/16;12.5", ["1000", "12.5"]),
        ("A;10.1.0.0/16;1.000\nB;10.2.0.0/16;12.5", ["1.0000", "12.5"]),
        ("A;10.1.0.0/16;1.000\nB;10.2.0.0/16;12.5\nC;;12,5", ["1.000", "12.5", "12,5"]),  # both are shown
        ("A;10.1.0.0/16;1.500,25\nB;10.2.0.0/16;2.000 Mbit/s", ["1.500,25", "2000 Mbit/s"]),
        ("A\t10.1.0.0/16\t1.000\nB\t10.2.0.0/16\t25", ["1.000", "25"]),
        ("A\t10.1.0.0/16\t1.000\nB\t10.2.0.0/16\t1.000.000", ["1000", "1.000.000"]),
        ("A,10.1.0.0/16,1.000", ["1.000"]),
        ('A,10.1.0.0/16,"1,000"', ["1,000"]),
        ("A,10.1.0.0/16,1,000", ["1,000"]),
        ("A,10.1.0.0/16,1,000,validated", ["1,000"]),
        ("A,10.1.0.0/16,12,5\nB,10.2.0.0/16,1.000", ["12,5", "1000"]),
        ("A,10.1.0.0/16,1,5 Gbps,none", ["1,5 Gbps"]),
    ],
)
def test_a_number_is_read_as_its_column_shows_or_stays_open(table: str, mbps: list[str]) -> None:
    assert column(table) == mbps


def test_the_cells_behind_a_number_with_a_comma_stay_in_their_columns() -> None:
    assert column("A,10.1.0.0/16,12,5,none", "device") == ["none"]


@pytest.mark.parametrize(
    "table",
    [
        "A;192.168.10.0;255.255.255.0;25",
        "A\t192.168.10.0\t255.255.255.0\t25",
        "A,192.168.10.0,255.255.255.0,25",
        "name;network;mask;mbps\nA;192.168.10.0;255.255.255.0;25",
        "A;192.168.10.0 255.255.255.0;25",
    ],
)
def test_a_mask_with_a_column_of_its_own_stays_with_its_address(table: str) -> None:
    (row,) = pasted(table, "site").rows
    assert (row["prefixes"], row["mbps"]) == ("192.168.10.0 255.255.255.0", "25")


@pytest.mark.parametrize("table", ["A;192.168.10.0;/24;25", "naam;netwerk;lengte;mbps\nA;192.168.10.0;24;25"])
def test_so_does_a_length(table: str) -> None:
    (row,) = pasted(table, "site").rows
    assert (row["prefixes"], row["mbps"]) == ("192.168.10.0/24", "25")


def test_quotation_marks_without_an_end_lose_nothing() -> None:
    assert len(pasted('A;"10.1.0.0/16;' + "x" * 200_000 + "\nB;10.2.0.0/16", "site").rows) == 2
