"""A need as an address and back: nothing is lost, and twenty sites fit."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given

from advisor.answers.query_string import address_of, to_check, typed
from advisor.answers.typed import raw_need, typed_of
from advisor.core.need import parse_need
from tests.advisor.core.strategies import needs
from tests.builders import EDITION, catalogue, need, site, vnet

LONGEST = 2_000


@given(needs)
def test_a_need_survives_its_address(raw: dict[str, Any]) -> None:
    asked = need(**raw)
    address = address_of(typed_of(asked))
    read, _ = raw_need(typed(QueryDict(address)))
    assert parse_need(read, EDITION, {EDITION: catalogue()}) == asked
    assert address_of(typed(QueryDict(address))) == address


def test_an_address_says_nothing_that_goes_without_saying() -> None:
    fields = {"vnets": [vnet("hub", "10.20.0.0/16")], "sites": [site("Den Haag", "192.168.1.0/24")], "bgp": True}
    assert address_of(typed_of(need(**fields))) == (
        "edition=2016-12&site=Den+Haag&site_prefixes=192.168.1.0/24&vnet=hub&vnet_prefixes=10.20.0.0/16&bgp=1"
    )


def test_twenty_sites_fit() -> None:
    many = [
        site(f"Vestiging {number}", f"192.168.{number}.0/24", bandwidth_mbps=25, device="unlisted")
        for number in range(1, 21)
    ]
    address = address_of(
        typed_of(need(vnets=[vnet("hub-westeurope", "10.20.0.0/16")], sites=many, clients={"count": 100}))
    )
    assert len(address) <= LONGEST


@pytest.mark.parametrize(
    ("keys", "filled"),
    [
        (["p2s.max_clients"], "clients=128#clients"),
        (["p2s.max_root_certificates"], "clients=1&roots=20#roots"),
        (["sku.HighPerformance.throughput"], "site=Site+1&mbps=200#mbps"),
        (["gateway.vpn_skus", "p2s.protocols", "p2s.max_clients", "sku.Basic.throughput"], "clients=128#clients"),
        (["gateway.vpn_skus"], ""),
        ([], ""),
    ],
)
def test_a_limit_fills_the_form_to_just_what_it_allows(keys: list[str], filled: str) -> None:
    assert to_check(catalogue()[key] for key in keys) == filled


def test_a_limit_of_tunnels_fills_in_so_many_sites() -> None:
    address, _, field = to_check([catalogue()["sku.Basic.s2s_tunnels"]]).partition("#")
    assert (len(typed(QueryDict(address)).sites), field) == (10, "sites-0-name")
