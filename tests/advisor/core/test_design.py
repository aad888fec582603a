"""The gateways and the gateway subnet of a design."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from advisor.core.decide import decide
from faq.knowledge.limits import Catalogue, UnknownLimit
from tests.builders import advise, catalogue, codes, need, site, sites, vnet


@pytest.mark.parametrize(
    ("changes", "sku"),
    [
        ({"sites": [site()]}, "Basic"),
        ({"sites": [site()], "gateway_sku": "HighPerformance"}, "HighPerformance"),
        ({"sites": [site()], "gateway_sku": "Standard"}, "Standard"),
        ({"sites": sites(11), "gateway_sku": "Standard"}, "HighPerformance"),
        ({"sites": sites(40), "gateway_sku": "Basic"}, "HighPerformance"),
        ({"sites": [site(device_routing="policy-based")], "gateway_sku": "Standard"}, "Basic"),
        ({"sites": sites(12, device_routing="policy-based")}, "Basic"),
        ({"sites": [site()], "bgp": True, "gateway_sku": "Basic"}, "Standard"),
    ],
)
def test_an_existing_sku_is_kept_while_it_suffices(changes: dict[str, Any], sku: str) -> None:
    gateway = advise(**changes).gateway
    assert gateway is not None
    assert gateway.sku == sku


def test_the_total_goes_before_what_the_sites_say() -> None:
    advice = advise(sites=[site("a", bandwidth_mbps=20), site("b", bandwidth_mbps=30)], bandwidth_mbps=120)
    assert [(row.key, row.requested) for row in advice.limits] == [("tunnels", 2), ("throughput_mbps", 120)]


def test_sites_add_up_to_the_last_digit() -> None:
    advice = advise(sites=sites(10, bandwidth_mbps=0.1))
    assert [row.requested for row in advice.limits if row.key == "throughput_mbps"] == [Decimal("1.0")]
    assert codes(advise(sites=sites(2000, bandwidth_mbps=0.1))) >= {"tunnel-limit-exceeded"}
    assert codes(advise(sites=[*sites(2000, bandwidth_mbps=0.1), site("one more", bandwidth_mbps=1e-9)])) == {
        "bandwidth-exceeds-vpn",
        "expressroute-circuit",
    }


def test_beside_expressroute_the_vpn_gateway_carries_what_stays_on_vpn() -> None:
    advice = advise(
        sites=[site("a", bandwidth_mbps=120, expressroute=False), site("b", bandwidth_mbps=500)], private_path=True
    )
    assert advice.gateway is not None
    assert advice.gateway.sku == "HighPerformance"
    assert [(row.key, row.requested) for row in advice.limits] == [
        ("tunnels", 1),
        ("throughput_mbps", 120),
        ("expressroute_mbps", 620),
    ]


@pytest.mark.parametrize(
    ("prefixes", "subnets", "both", "expected"),
    [
        ([], [], False, None),
        (["10.0.0.0/24"], [], False, "10.0.0.240/28"),
        (["10.0.0.0/24"], [], True, "10.0.0.224/27"),
        (["10.0.0.0/24", "10.9.0.0/24", "10.1.0.0/24"], [], False, "10.9.0.240/28"),
        (["10.0.0.0/24"], ["10.0.0.255/32"], False, "10.0.0.224/28"),
        (["10.0.0.0/24"], ["10.0.0.128/25", "10.0.0.112/28"], False, "10.0.0.96/28"),
        (["10.0.0.0/24"], ["10.0.0.240/28"], True, "10.0.0.192/27"),
        (["10.0.0.0/28"], [], False, "10.0.0.0/28"),
        (["10.0.0.0/29"], [], False, None),
        (["10.0.0.0/24", "10.9.0.0/29"], [], False, "10.0.0.240/28"),
        (["0.0.0.0/0"], [], False, "255.255.255.240/28"),
    ],
)
def test_the_proposal_is_the_highest_free_block(
    prefixes: list[str], subnets: list[str], both: bool, expected: str | None
) -> None:
    asks = [site("a"), site("b", expressroute=True)] if both else [site("a")]
    gateway = advise(vnets=[vnet("hub", *prefixes, subnets=subnets)], sites=asks).gateway
    assert gateway is not None
    assert (str(gateway.subnet) if gateway.subnet else None) == expected


def test_a_given_gateway_subnet_is_echoed_in_both_gateways() -> None:
    advice = advise(
        vnets=[vnet("hub", "10.0.0.0/24")],
        sites=[site("a"), site("b", expressroute=True)],
        gateway_subnet="10.99.0.0/30",
    )
    assert advice.gateway is not None
    assert advice.expressroute is not None
    assert str(advice.gateway.subnet) == str(advice.expressroute.subnet) == "10.99.0.0/30"


def test_software_is_route_based_whatever_is_said_of_its_routing() -> None:
    gateway = advise(sites=[site(device="software", device_routing="policy-based")]).gateway
    assert gateway is not None
    assert gateway.routing == "route-based"


def test_a_limit_that_is_missing_raises() -> None:
    known = Catalogue("2016-12", {limit.key: limit for limit in catalogue() if limit.key != "sku.Basic.throughput"})
    with pytest.raises(UnknownLimit):
        decide(need(sites=[site(bandwidth_mbps=1)]), known)


def test_limits_of_another_edition_are_not_used() -> None:
    with pytest.raises(ValueError, match="2016-12"):
        decide(need(sites=[site()]), Catalogue("2026", {limit.key: limit for limit in catalogue()}))
