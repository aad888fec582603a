"""The same need under both editions, side by side."""

from __future__ import annotations

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

PAGE = "/en/advice/editions/"


def test_each_edition_has_its_column_and_what_differs_is_listed(client: Client) -> None:
    page = client.get(
        f"{PAGE}?site=Tilburg&site_prefixes=192.168.10.0/24&clients=150&vnet=hub&vnet_prefixes=10.1.0.0/16"
    )
    columns = page.context["columns"]
    assert [one.code for one in columns] == ["2016-12", "2026"]
    assert [one.advice["verdict"] for one in columns] == ["does-not-fit", "fits"]
    before, after, changes = page.context["differences"][0]
    assert (before, after) == ("2016-12", "2026")
    told = {change.what: (change.before, change.after) for change in changes}
    assert told["VPN gateway"] == ("Basic, 100 Mbps", "VpnGw1AZ, 650 Mbps")
    assert told["Clients at the same time"] == ("150 / 128, too much", "150 / 250")
    assert "as of" in page.content.decode()


def test_what_one_edition_refuses_is_said_in_its_column_and_the_other_stands(client: Client) -> None:
    page = client.get(f"{PAGE}?site=Tilburg&sku=VpnGw2AZ")
    old, new = page.context["columns"]
    assert old.advice is None
    assert [fault.value for fault in old.faults] == ["VpnGw2AZ"]
    assert new.advice["gateway"]["sku"] == "VpnGw2AZ"
    assert page.context["differences"] == []
    content = page.content.decode()
    assert "This edition cannot judge the design." in content


def test_without_answers_there_is_the_form(client: Client) -> None:
    assert client.get(PAGE).headers["Location"] == "/en/advice/"


def test_a_result_leads_to_the_comparison_with_its_answers(client: Client) -> None:
    page = client.get("/nl/advice/result/?site=Tilburg&site_mbps=25").content.decode()
    link = re.search(r'href="(/nl/advice/editions/\?[^"]*)"', page)
    assert link is not None
    assert client.get(link[1].replace("&amp;", "&")).status_code == 200
