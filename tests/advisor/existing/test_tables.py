"""Tables of sites: their columns in either language, numbers, masks, and what is no field of a need."""

from __future__ import annotations

import pytest

from advisor.core.notations import Mistyped
from advisor.existing.tables import TableSites, is_table, sites_of


def read(text: str) -> TableSites:
    """A table, in a file `t`."""
    return sites_of("t", text)


def raw(text: str) -> list[dict[str, object]]:
    """What the rows of a table say."""
    return [dict(site.raw) for site in read(text).sites]


def left_out(text: str) -> list[tuple[str, str, str]]:
    """What of a table is ignored: codes, places and subjects."""
    return [(item.code, item.path, item.subject) for item in read(text).ignored]


@pytest.mark.parametrize(
    ("column", "cell", "field", "value"),
    [
        *((name, "Delft", "name", "Delft") for name in ("name", "Naam", "SITE", "locatie", "Location", "Vestiging")),
        *(
            (name, "10.1.0.0/16", "prefixes", ["10.1.0.0/16"])
            for name in ("prefixes", "Netwerken", "adresruimte", "Subnets", "Address space", "Prefix(es)")
        ),
        *(
            (name, "51.144.10.1", "public_ipv4", "51.144.10.1")
            for name in ("public ip", "Publiek IP", "publiek IP-adres", "Public IP address", "WAN")
        ),
        *((name, "25", "bandwidth_mbps", 25) for name in ("mbps", "Bandwidth", "bandbreedte (Mbps)", "Mbit/s")),
        ("Bandwidth (Gbps)", "2", "bandwidth_mbps", 2000),
        ("Tunnels", "2", "tunnels", 2),
        ("aantal tunnels", "2", "tunnels", 2),
        ("device", "software", "device", "software"),
        ("Apparaat", "Geen", "device", "none"),
        ("VPN-apparaat", "Gevalideerd, alleen policy-based", "device_routing", "policy-based"),
        ("ExpressRoute", "ja", "expressroute", True),
        ("expressroute", "No", "expressroute", False),
        ("Via", "blijft op VPN", "expressroute", False),
        ("Achter NAT", "ja", "behind_nat", True),
        ("ASN", "65010", "asn", 65010),
    ],
)
def test_a_column_is_known_by_its_names(column: str, cell: str, field: str, value: object) -> None:
    other = "Tunnels\t1" if field == "name" else "Name\tA"
    heading, beside = other.split("\t")
    for table in (f"{column}\t{heading}\n{cell}\t{beside}", f"{heading};{column}\n{beside};{cell}"):
        assert raw(table)[0][field] == value


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_first_line_says_what_parts_the_cells(separator: str, mark: str) -> None:
    lines = [["Name", "Prefixes", "Public IP"], ["A", '"10.1.0.0/16, 10.2.0.0/16"', "no"]]
    table = "\r\n".join(separator.join(line) for line in lines)
    assert is_table(table)
    assert raw(table) == [{"name": "A", "prefixes": ["10.1.0.0/16", "10.2.0.0/16"], "public_ipv4": False}]


def test_a_line_that_tells_excel_what_parts_the_cells_is_no_row() -> None:
    table = "sep=;\nName;Prefixes\nA;10.1.0.0/16"
    assert is_table(table)
    assert [(site.raw["name"], site.path) for site in read(table).sites] == [("A", "3")]


@pytest.mark.parametrize(
    ("cell", "prefixes"),
    [
        ("10.1.0.0/16 10.2.0.0/16", ["10.1.0.0/16", "10.2.0.0/16"]),
        ("10.1.0.0/16,10.2.0.0/16", ["10.1.0.0/16", "10.2.0.0/16"]),
        ('"10.1.0.0/16\n10.2.0.0/16"', ["10.1.0.0/16", "10.2.0.0/16"]),
        ("10.1.0.0 255.255.0.0", ["10.1.0.0/16"]),
        ("10.1.0.0/255.255.0.0", ["10.1.0.0/16"]),
        ("10.1.0.0 255.255.0.0, 10.2.0.0 255.255.255.0", ["10.1.0.0/16", "10.2.0.0/24"]),
        ("10.1.0.1/16", ["10.1.0.1/16"]),
        ("head office", ["head", "office"]),
    ],
)
def test_prefixes_are_read_in_the_notations_that_people_use(cell: str, prefixes: list[str]) -> None:
    assert raw(f"Name;Prefixes\nA;{cell}") == [{"name": "A", "prefixes": prefixes}]


def test_a_mask_or_length_may_have_a_column_of_its_own() -> None:
    assert raw("Naam;Netwerk;Masker\nA;10.1.0.0;255.255.0.0") == [{"name": "A", "prefixes": ["10.1.0.0/16"]}]
    assert raw("Name,Network,Length\nA,10.1.0.0,16") == [{"name": "A", "prefixes": ["10.1.0.0/16"]}]


@pytest.mark.parametrize(
    ("cell", "mbps"),
    [("12,5", 12.5), ("1.000", 1000), ("1.000,5", 1000.5), ("1,000", 1), ("1.000.000", 1_000_000), ("12.5", 12.5)],
)
def test_a_comma_begins_decimals_where_semicolons_part_the_cells(cell: str, mbps: float) -> None:
    assert raw(f"Name;Mbps;Device\nA;{cell};none\nB;12.5;none")[0]["bandwidth_mbps"] == mbps


@pytest.mark.parametrize(
    ("table", "mbps"),
    [
        ("Name\tMbps\nA\t12,5", 12.5),
        ("Name\tMbps\nA\t1.000\nB\t12,5", 1000),
        ('Name,Mbps\nA,"1,000"\nB,12.5', 1000),
        ("Name\tMbps\nA\t1 Gbps", 1000),
        ("Name\tMbps\nA\ta lot", "a lot"),
    ],
)
def test_in_other_tables_the_numbers_of_the_column_show_their_notation(table: str, mbps: object) -> None:
    assert raw(table)[0]["bandwidth_mbps"] == mbps


def test_a_number_with_two_readings_is_left_for_the_reader_of_needs_to_refuse() -> None:
    number = raw("Name\tMbps\nA\t1.000")[0]["bandwidth_mbps"]
    assert isinstance(number, Mistyped)
    assert number.wrong.reason == "two-readings-mbps"


@pytest.mark.parametrize("cell", ["", "?", "-", "n/a", "Onbekend", "unknown", "n.v.t."])
def test_what_is_not_known_is_not_said(cell: str) -> None:
    table = f"Name;Public IP;Mbps;Device;Prefixes;ExpressRoute\nA;{cell};{cell};{cell};{cell};{cell}"
    assert raw(table) == [{"name": "A"}]
    assert left_out(table) == []


def test_no_says_that_there_is_no_public_address_or_device() -> None:
    assert raw("Naam;Publiek IP;Apparaat\nA;nee;nee") == [{"name": "A", "public_ipv4": False, "device": "none"}]


def test_empty_rows_are_skipped_and_counted() -> None:
    sites = read("\n\nName;Mbps\n;;\nA;25\n\n;\nB;5\n").sites
    assert [(site.raw["name"], site.path, site.places["bandwidth_mbps"]) for site in sites] == [
        ("A", "5", "B5"),
        ("B", "8", "B8"),
    ]


def test_a_row_without_a_name_gets_one() -> None:
    assert [one["name"] for one in raw("Name;Mbps\n;25\nB;5\n;6")] == ["Site 1", "B", "Site 3"]


def test_columns_and_devices_without_a_field_are_told_with_their_places() -> None:
    table = "Contact;Name;Device;Floor\nJan;A;Cisco ASA 5506;\nPiet;B;software;"
    assert left_out(table) == [("no-field", "A1", "Contact"), ("no-field", "C2", "A")]
    assert raw(table) == [{"name": "A"}, {"name": "B", "device": "software"}]


def test_prefixes_of_ipv6_are_left_out() -> None:
    table = "Name;Prefixes\nA;10.1.0.0/16 2001:db8::/32\nB;2001:db8:1::/48"
    assert raw(table) == [{"name": "A", "prefixes": ["10.1.0.0/16"]}, {"name": "B", "prefixes": []}]
    assert left_out(table) == [("ipv6-prefix", "B2", "A"), ("ipv6-prefix", "B3", "B")]


def test_a_column_far_to_the_right_has_two_letters() -> None:
    heading = ";".join(["Name", *[f"x{'y' * number}" for number in range(25)], "Mbps", "Note"])
    row = ";".join(["A", *[""] * 25, "25", "hello"])
    assert [site.places["bandwidth_mbps"] for site in read(f"{heading}\n{row}").sites] == ["AA2"]
    assert left_out(f"{heading}\n{row}") == [("no-field", "AB1", "Note")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Name", True),
        ("Naam;Netwerken", True),
        ("Prefixes\tMbps", True),
        ('"Site","Prefixes"', True),
        ("Prefixes", False),
        ("Breda;10.0.0.0/8", False),
        ("Dear colleague, the site in Breda", False),
        ("Name;" * 101, False),
        (f"Name;{'x' * 101}", False),
        ("", False),
    ],
)
def test_a_table_is_told_by_its_first_line(text: str, told: bool) -> None:
    assert is_table(text) is told
