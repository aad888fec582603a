"""Pasted tables: columns by their names, choices by their labels, numbers, masks, and what cannot be read."""

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


@pytest.mark.parametrize(
    "table",
    [
        "Prefixes\tName\tDevice\tMbps\n10.1.0.0/16\tDelft\tNone\t25",
        "mbit/s;apparaat;naam;prefixen\n25;geen;Delft;10.1.0.0/16",
        "Location,Network,Bandwidth,VPN device\nDelft,10.1.0.0/16,25,none",
        "Vestiging;Netwerk;Bandbreedte (Mbit/s);VPN-apparaat\nDelft;10.1.0.0/16;25;Geen",
        "LOCATIE;Subnet;SNELHEID;Router\nDelft;10.1.0.0/16;25;NONE",
        "Branch office\tPrefix(es)\tBandwidth [Mbps]\tFirewall\nDelft\t10.1.0.0/16\t25\tno device",
        "site_prefixes,site,site_device,site_mbps\n10.1.0.0/16,Delft,none,25",
        "Prefixen van site;Site;VPN-apparaat van site;Mbit/s van site\n10.1.0.0/16;Delft;geen;25",
        "Naam;Netwerk;Masker;Apparaat;Mbps\nDelft;10.1.0.0;255.255.0.0;geen;25",
        'Name,Networks,Mbps,Device\n"Delft","10.1.0.0/16","25","none"',
        "\n\nname;range;mbps;device\n\nDelft;10.1.0.0/16;25;none\n;;;\n",
        "Office,IP,Speed,Device\nDelft,10.1.0.0/16,25,none",
        "Delft;10.1.0.0/16;25;Geen",
    ],
)
def test_a_table_is_read_by_the_names_of_its_columns_in_either_language(table: str) -> None:
    (row,) = pasted(table, "site").rows
    network = row["prefixes"].replace("10.1.0.0 255.255.0.0", "10.1.0.0/16")
    assert (row["name"], network, row["mbps"], row["device"]) == ("Delft", "10.1.0.0/16", "25", "none")


def test_every_field_of_a_row_has_its_column() -> None:
    table = (
        "Via;Publiek IP-adres;Tunnels;AS-nummer;Achter NAT;Site\n"
        "blijft op VPN;198.51.100.7;2;65010;Ja;Delft\nover the ExpressRoute circuit;no;;;no;Gouda"
    )
    rows = pasted(table, "site").rows
    shown = [[row[column] for column in ("name", "via", "ip", "tunnels", "asn", "nat")] for row in rows]
    assert shown == [["Delft", "vpn", "198.51.100.7", "2", "65010", "1"], ["Gouda", "expressroute", "no", "", "", ""]]


@pytest.mark.parametrize(
    ("table", "shown"),
    [
        ("VNet;Adresruimte;Regio\nhub;10.20.0.0/16;West Europe", ["hub", "10.20.0.0/16", "", "westeurope"]),
        ("Name\tLocation\tAddress space\nhub\tWest Europe\t10.20.0.0/16", ["hub", "10.20.0.0/16", "", "westeurope"]),
        ("Location,Network\nhub,10.20.0.0/16", ["hub", "10.20.0.0/16", "", ""]),
        ("hub;10.20.0.0/16;westeurope;10.20.1.0/24", ["hub", "10.20.0.0/16", "10.20.1.0/24", "westeurope"]),
        ("Subnetten;VNet;Model\n10.20.1.0/24;hub;Klassiek", ["hub", "", "10.20.1.0/24", ""]),
    ],
)
def test_so_is_a_table_of_vnets(table: str, shown: list[str]) -> None:
    (row,) = pasted(table, "vnet").rows
    assert [row[column] for column in ("name", "prefixes", "subnets", "region")] == shown


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Gevalideerd", "validated"),
        ("VALIDATED", "validated"),
        ("Niet op de lijst", "unlisted"),
        ("not listed", "unlisted"),
        ("Not listed, policy-based only", "unlisted:policy-based"),
        ("Software (RRAS)", "software"),
        ("geen", "none"),
        ("", "validated"),
    ],
)
def test_a_choice_is_read_by_its_label_in_either_language(written: str, code: str) -> None:
    (row,) = pasted(f"Name;Device\nDelft;{written}", "site").rows
    assert row["device"] == code


@pytest.mark.parametrize(
    ("column", "written"),
    [("Device", "Cisco ASA"), ("Via", "by carrier"), ("NAT", "perhaps"), ("Public IP", "ask Jan")],
)
def test_what_is_no_choice_stays_as_it_was_pasted_for_the_form_to_refuse(column: str, written: str) -> None:
    (row,) = pasted(f"Name;{column}\nDelft;{written}", "site").rows
    assert written in row.texts.values()


@pytest.mark.parametrize(
    ("table", "prefixes"),
    [
        ('A;"10.1.0.0/16, 10.2.0.0/16";25', "10.1.0.0/16, 10.2.0.0/16"),
        ('A\t"10.1.0.0/16\n10.2.0.0/16"\t25', "10.1.0.0/16 10.2.0.0/16"),
        ('A,"10.1.0.0/16; 10.2.0.0/16",25', "10.1.0.0/16; 10.2.0.0/16"),
        ("A;10.1.0.0/16 10.2.0.0/16;25", "10.1.0.0/16 10.2.0.0/16"),
        ("Name;Network 1;Network 2;Mbps\nA;10.1.0.0/16;10.2.0.0/16;25", "10.1.0.0/16, 10.2.0.0/16"),
        ("A;192.168.10.0/255.255.255.0;25", "192.168.10.0/255.255.255.0"),
    ],
)
def test_several_prefixes_of_a_site_stay_together(table: str, prefixes: str) -> None:
    (row,) = pasted(table, "site").rows
    assert (row["prefixes"], row["mbps"]) == (prefixes, "25")


@pytest.mark.parametrize(
    ("table", "mbps"),
    [
        ("Name;Gbit/s\nA;1", "1 Gbps"),
        ("Name;Bandwidth (Gbps)\nA;1,5", "1,5 Gbps"),
        ("Name;Bandwidth (Gbps)\nA;500 Mbps", "500 Mbps"),
        ("Name;Bandwidth (kbps)\nA;500", "500 Kbps"),
        ("name,mbps\nA,12,5", "12,5"),
    ],
)
def test_the_unit_above_a_column_is_that_of_its_numbers(table: str, mbps: str) -> None:
    assert column(table) == [mbps]


@pytest.mark.parametrize("table", ["", "\n\n", "Name;Prefixes;Mbps", "Naam", ";;;\n;;"])
def test_a_table_without_rows_has_none(table: str) -> None:
    assert pasted(table, "site").rows == ()


@pytest.mark.parametrize("table", ["Office;10.1.0.0/16;25", "Site;10.1.0.0/16", "Router;;25"])
def test_a_first_line_that_says_something_is_a_row(table: str) -> None:
    assert len(pasted(table, "site").rows) == 1


def test_what_is_not_read_is_named() -> None:
    table = pasted("Name;Contact;Prefixes;Floor\nA;Jan;10.1.0.0/16;\nB;Piet;10.2.0.0/16;", "site")
    assert table.unread == ("Contact",)


def test_no_more_rows_are_read_than_there_is_room_for() -> None:
    table = pasted("Name\n" + "\n".join(f"Site {n}" for n in range(1, 521)), "site")
    assert (len(table.rows), table.left_out) == (500, 20)
    assert len(pasted("A\tB\nC\tD", "site", most=1).rows) == 1
