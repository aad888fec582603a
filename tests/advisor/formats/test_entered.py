"""A design as it was entered, for its sheet."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from advisor.formats.entered import Entered, entered
from tests.advisor.core.edition_2026.builders import need
from tests.builders import site, vnet


@pytest.fixture
def design() -> Entered:
    first = site("no", "192.168.10.0/24", "192.168.11.0/24", bandwidth_mbps=12.5, public_ipv4=False)
    second = site("Breda", device="unlisted", device_routing="policy-based", tunnels=2)
    with override("nl"):
        return entered(
            need(
                vnets=[vnet("hub", "10.0.0.0/16", region="westeurope")],
                sites=[first, second],
                clients={"count": None, "systems": ["macos", "windows-11"]},
                private_path=True,
                bandwidth_mbps=1500,
            )
        )


def test_sites_come_first_with_the_columns_in_which_one_says_something(design: Entered) -> None:
    sites, vnets = design.tables
    assert sites.title == "Sites"
    assert sites.columns == ("Naam", "Prefixen", "Bandbreedte", "VPN-apparaat", "Publiek IPv4-adres", "Tunnels")
    assert vnets.columns == ("Naam", "Prefixen", "Regio")


def test_cells_are_written_as_a_reader_reads_them(design: Entered) -> None:
    first, second = design.tables[0].rows
    assert first == ("no", "192.168.10.0/24, 192.168.11.0/24", "12,5 Mbit/s", "Gevalideerd", "nee", "")
    assert second == ("Breda", "", "", "Niet op de lijst, alleen policy-based", "", "2")


def test_other_answers_stand_below_with_what_they_are_called(design: Entered) -> None:
    assert design.answers == (
        ("Clients die tegelijk verbonden zijn", "niet bekend"),
        ("Besturingssystemen", "macOS, Windows 11"),
        ("Totaal door de gateway", "1,5 Gbit/s"),
        ("Verkeer mag niet over het openbare internet", "ja"),
    )


def test_a_design_that_says_nothing_has_its_hub() -> None:
    with override("en"):
        assert [table.title for table in entered(need()).tables] == ["Virtual networks"]
