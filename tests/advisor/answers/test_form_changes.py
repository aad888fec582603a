"""What the buttons of the form do to the rows, and to a value for which another is suggested."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from advisor.answers.form_changes import Change, changed
from advisor.answers.query_string import typed

pytestmark = pytest.mark.django_db


def pressed(query: str, is_asked: bool = False, /, **button: str) -> Change:
    """The answers in a query after a button was pressed."""
    given = QueryDict("&".join((query, urlencode(button))))
    return changed(typed(given), given, is_asked=is_asked)


def names(change: Change, kind: str = "site") -> list[str]:
    """The names of the rows."""
    return [row["name"] for row in change.said.rows[kind]]


@pytest.mark.parametrize(
    ("query", "button", "after", "count", "goes_to"),
    [
        ("site=a&site=b", {"add": "site"}, ["a", "b"], 3, "sites-2-name"),
        ("site=a&site=&site=", {"add": "site"}, ["a", "", ""], 4, "sites-3-name"),
        ("", {"add": "vnet"}, [], 3, "vnets-2-name"),
        ("site=a&site=b&site=c", {"remove": "site:1"}, ["a", "c"], 2, "sites-1-name"),
        ("site=a&site=b&site=c", {"remove": "site:2"}, ["a", "b"], 2, "sites-1-name"),
        ("site=a", {"remove": "site:0"}, [], 1, "sites-0-name"),
        ("site=a&site=&site=c", {"remove": "site:1"}, ["a", "c"], 2, "sites-1-name"),
        ("site=a&site=b&site_mbps=5", {"duplicate": "site:0"}, ["a", "", "b"], 3, "sites-1-name"),
        ("site=a&site=b", {"remove": "site:7"}, ["a", "b"], 2, ""),
        ("site=a&site=b", {"remove": "site:-1"}, ["a", "b"], 2, ""),
        ("site=a&site=b", {"remove": "clients:1"}, ["a", "b"], 2, ""),
        ("site=a&site=", {"paste": "site", "site_table": "b\t10.1.0.0/16\nc"}, ["a", "b", "c"], 3, "sites-1-name"),
        ("site=a&site=", {"paste": "site", "site_table": ""}, ["a"], 3, "sites-0-name"),
    ],
)
def test_a_button_changes_its_rows_and_leads_to_one(
    query: str, button: dict[str, str], after: list[str], count: int, goes_to: str
) -> None:
    change = pressed(query, **button)
    kind = next(iter(button.values())).partition(":")[0].replace("clients", "site")
    assert (names(change, kind), change.ready[kind], change.goes_to) == (after, count, goes_to)


def test_a_duplicate_shares_what_two_rows_can_share() -> None:
    query = "site=a&site_prefixes=10.1.0.0/16&site_mbps=5&site_device=none&site_ip=198.51.100.7&site_tunnels=2"
    _, copy = pressed(query, duplicate="site:0").said.sites
    assert {column: text for column, text in copy.texts.items() if text} == {
        "mbps": "5",
        "device": "none",
        "tunnels": "2",
    }


def test_in_an_address_the_row_to_go_to_stands_behind_those_that_say_something() -> None:
    change = pressed("site=&site=b&site=c", duplicate="site:1")
    assert (change.goes_to, change.goes_to_in_address, change.standing) == ("sites-2-name", "sites-3-name", "site:4")
    assert pressed("site=&site=b&site=c", remove="site:1").goes_to_in_address == "sites-0-name"


def test_a_table_that_stands_in_the_form_is_read_when_advice_is_asked_for_and_not_while_somebody_types() -> None:
    query = "site=a&site_table=b&vnet_table=hub"
    assert names(pressed(query)) == ["a"]
    asked = pressed(query, True)
    assert (names(asked), names(asked, "vnet"), asked.kinds) == (["a", "b"], ["hub"], ("vnet", "site"))


def posted(client: Client, language: str = "en", in_place: bool = True, /, **given: str) -> str:
    """What comes back for a posted form."""
    headers = {"HX-Request": "true"} if in_place else {}
    return client.post(f"/{language}/advice/", given, headers=headers, follow=not in_place).content.decode()


@pytest.mark.parametrize(
    ("field", "typed_in", "taken", "corrected"),
    [
        ("site_prefixes", "192.168.10.1/24", "sites-0-prefixes 192.168.10.1/24", "192.168.10.0/24"),
        ("site_prefixes", "10.9.0.0/16;10.1.2.3/16", "sites-0-prefixes 10.1.2.3/16", "10.9.0.0/16, 10.1.0.0/16"),
        ("pool", "172.16.1.9/24", "pool 172.16.1.9/24", "172.16.1.0/24"),
        ("site_device", "validatd", "sites-0-device validatd", "validated"),
        ("pool", "172.16.1.9/24", "pool 10.0.0.0/8", "172.16.1.9/24"),
    ],
)
def test_a_suggestion_that_is_taken_stands_in_place_of_what_was_wrong(
    client: Client, field: str, typed_in: str, taken: str, corrected: str
) -> None:
    page = posted(client, "en", False, **{"site": "a", field: typed_in, "take": taken})
    assert f'value="{corrected}"' in page


def test_the_field_in_which_somebody_types_has_no_fault_yet(client: Client) -> None:
    given = {"site": "Utrecht", "site_mbps": "abc", "clients": "x"}
    typing, left = posted(client, **given, typing="sites-0-mbps"), posted(client, **given)
    assert "Not complete yet: Mbps of site Utrecht and Clients connected at the same time." in typing
    assert ('data-of="sites-0-mbps"' in typing, 'data-of="clients"' in typing) == (False, True)
    assert "Mbps of site Utrecht: “abc” is not a number." in left
    for part in (typing, left):
        assert 'id="sheet"' not in part


def test_nobody_who_filled_in_a_form_reads_codes_and_paths(client: Client) -> None:
    page = posted(client, "nl", False, site="A", site_device="Cisco ASA", protocol="pptp", site_nat="perhaps")
    assert "VPN-apparaat van site A: “Cisco ASA” is geen van de keuzes in deze lijst: kies er een." in page
    assert "aanhalingsteken" not in page
    for fault in page.split('class="fault"')[1:]:
        assert "validated" not in fault.partition("</p>")[0]


def test_a_removed_row_can_come_back(client: Client) -> None:
    answer = client.post("/en/advice/", {"site": ["a", "b"], "remove": "site:0"}, headers={"HX-Request": "true"})
    assert answer.headers["HX-Push-Url"] == "/en/advice/?site=b"
    assert 'href="/en/advice/?site=a&amp;site=b"' in answer.content.decode()


def test_a_design_too_large_for_an_address_is_kept_when_a_button_asks_and_not_by_typing(client: Client) -> None:
    table = "\n".join(f"Site {n}\t10.{n}.0.0/16\t5" for n in range(1, 251))
    asked = client.post("/en/advice/", {"site_table": table, "paste": "site"}, headers={"HX-Request": "true"})
    assert asked.headers["HX-Push-Url"].startswith("/en/advice/?design=")
    assert "250 sites read" in asked.content.decode()
    sites = {"site": [f"Site {n}" for n in range(1, 251)]}
    typed_in = client.post("/en/advice/", sites, headers={"HX-Request": "true"})
    assert typed_in.headers["HX-Replace-Url"] == "false"


def test_rows_beyond_what_the_pages_take_are_told(client: Client) -> None:
    table = "Name\tContact\n" + "\n".join(f"Site {n}\tJan" for n in range(1, 503))
    page = posted(client, "en", False, site_table=table, paste="site")
    assert "500 sites read" in page
    assert "2 rows were left out" in page
    assert "Not read, because no field has this name: Contact." in page


@pytest.mark.parametrize("told", ["site:x:1", "clients:1:0", "site:99999999:0", "site", "", "vnet:3:0:a:b"])
def test_an_address_says_nothing_strange_of_a_table(client: Client, told: str) -> None:
    assert client.get("/en/advice/", {"pasted": told}).status_code == 200
