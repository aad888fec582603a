"""The limits of gateways by SKU, as their keys and names give them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from django.utils.translation import override

from faq.knowledge.limits import Catalogue
from faq.knowledge.limits_file import read_catalogue
from faq.pages.limit_tables import Table, gateway_tables
from tests.faq.limit_builders import GUIDE, PAPER, both, catalogue, differing, limit

CONTENT = Path(__file__).parents[3] / "faq" / "content"


def shipped(code: str) -> Catalogue:
    return read_catalogue(code, tomllib.loads((CONTENT / code / "limits.toml").read_text()))


def tables(limits: Catalogue, language: str = "en") -> dict[str, Table]:
    with override(language):
        return {table.code: table for table in gateway_tables(limits, language)}


def cells(table: Table, row: str, language: str = "en") -> list[str]:
    (found,) = (cells for name, cells in table.rows if name == row)
    return [one.shown(language) if one else "–" for one in found]


def heads(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def test_skus_and_kinds_of_limits_that_no_code_knows_become_rows_and_columns() -> None:
    made = catalogue(
        [
            limit("sku.Dwarf.mushrooms", 3, "Mushrooms on the Dwarf"),
            limit("sku.Giant_2.mushrooms", 70, "Mushrooms on the Giant II"),
            limit("sku.Giant_2.s2s_tunnels", 9, "Tunnels on the Giant II"),
            limit("sku.Dwarf.s2s_tunnels", 2, "Tunnels on the Dwarf"),
            limit("sku.Dwarf.beard", True, "Beard on the Dwarf", "yes-no"),
        ]
    )
    table = tables(made)["sku"]
    assert heads(table) == ["Mushrooms", "Tunnels"]
    assert [name for name, _ in table.rows] == ["Dwarf", "Giant II"]
    assert cells(table, "Giant II") == ["70", "9"]


def test_what_a_sku_does_not_have_stays_empty() -> None:
    made = catalogue(
        [
            limit("sku.A.s2s_tunnels", 3, "Tunnels on A"),
            limit("sku.B.s2s_tunnels", 4, "Tunnels on B"),
            limit("sku.A.status", both("new"), "Status of A", "text"),
            limit("sku.C.status", both("old"), "Status of C", "text"),
            limit("sku.A.bgp", True, "BGP on A", "yes-no"),
            limit("sku.C.bgp", True, "BGP on C", "yes-no"),
        ]
    )
    table = tables(made)["sku"]
    assert heads(table) == ["Tunnels", "BGP", "Status"], "sentences come last"
    assert cells(table, "B") == ["4", "–", "–"]


def test_a_table_says_the_source_of_its_columns_and_which_limits_it_tells_whole() -> None:
    made = catalogue(
        [
            limit("sku.A.s2s_tunnels", 3, "Tunnels on A"),
            limit("sku.B.s2s_tunnels", 4, "Tunnels on B"),
            limit("sku.C.s2s_tunnels", 5, "Tunnels on C", source=PAPER),
            limit("sku.D.s2s_tunnels", 6, "Tunnels on D", note=both("Or 7.")),
            limit("sku.E.s2s_tunnels", 8, "Tunnels on E", conflicts=differing("9.")),
        ]
    )
    table = tables(made)["sku"]
    assert table.sources == ((GUIDE, "Tunnels"),)
    assert [one.key for one in table.told_whole] == ["sku.A.s2s_tunnels", "sku.B.s2s_tunnels"]
    assert table.has_conflicts


def test_an_edition_without_skus_has_no_table() -> None:
    assert tables(catalogue([limit("p2s.max_clients", 128, "Clients")])) == {}


@pytest.mark.parametrize(("language", "heading"), [("nl", "Doorvoer"), ("en", "Throughput")])
def test_2016_has_its_vpn_and_expressroute_gateways(language: str, heading: str) -> None:
    found = tables(shipped("2016-12"), language)
    vpn, expressroute = found["sku"], found["expressroute.gateway"]
    assert [name for name, _ in vpn.rows] == ["Basic", "Standard", "HighPerformance", "UltraPerformance"]
    assert cells(vpn, "HighPerformance")[:2] == ["30", "128"]
    assert heads(expressroute) == [heading]
    assert cells(expressroute, "UltraPerformance", "en") == ["10 Gbps"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_2026_has_every_sku_once_and_the_throughput_of_a_tunnel_by_algorithm(language: str) -> None:
    found = tables(shipped("2026"), language)
    names = [name for name, _ in found["sku"].rows]
    assert len(set(names)) == len(names) == 18
    assert "VpnGw1AZ" in names[-7]
    assert heads(found["sku.tunnel_throughput"])[0] == "GCMAES256"
    assert {"sku", "sku.tunnel_throughput", "sku.tunnel_pps", "expressroute.gateway"} == set(found)


@pytest.mark.parametrize("code", ["2016-12", "2026"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_row_and_no_column_goes_without_a_name_of_its_own(code: str, language: str) -> None:
    for table in tables(shipped(code), language).values():
        for names in ([name for name, _ in table.rows], heads(table)):
            assert all(names)
            assert len(set(names)) == len(names)
