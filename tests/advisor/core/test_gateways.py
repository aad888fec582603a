"""Which gateways and which circuit a design gets."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.core.advice import Advice, ExpressRoute, Gateway, LimitRow
from tests.builders import advise, codes, site, sites, vnet

ON_BOTH = [site("a", expressroute=False), site("b", expressroute=True)]


def gateway(**changes: Any) -> Gateway:
    found = advise(**changes).gateway
    assert found is not None
    return found


def expressroute(**changes: Any) -> ExpressRoute:
    found = advise(**changes).expressroute
    assert found is not None
    return found


def row(advice: Advice, key: str) -> LimitRow:
    (found,) = (row for row in advice.limits if row.key == key)
    return found


@pytest.mark.parametrize(
    ("tunnels", "sku", "allowed", "status"),
    [
        (7, "Basic", 10, "ok"),
        (8, "Basic", 10, "near"),
        (9, "Basic", 10, "near"),
        (10, "Basic", 10, "near"),
        (11, "HighPerformance", 30, "ok"),
        (23, "HighPerformance", 30, "ok"),
        (24, "HighPerformance", 30, "near"),
        (29, "HighPerformance", 30, "near"),
        (30, "HighPerformance", 30, "near"),
        (31, "HighPerformance", 30, "exceeded"),
    ],
)
def test_tunnels_choose_the_sku(tunnels: int, sku: str, allowed: int, status: str) -> None:
    advice = advise(sites=sites(tunnels))
    assert advice.gateway is not None
    assert (advice.gateway.sku, advice.gateway.tunnels) == (sku, tunnels)
    found = row(advice, "tunnels")
    assert (found.requested, found.allowed, found.unit, found.status) == (tunnels, allowed, "tunnel", status)
    assert ("tunnel-limit-exceeded" in codes(advice)) == (tunnels > 30)


@pytest.mark.parametrize(("count", "sku"), [(9, "Basic"), (10, "Basic"), (11, "HighPerformance")])
def test_vnets_take_tunnels_too(count: int, sku: str) -> None:
    vnets = [vnet(f"VNet {number}") for number in range(count + 1)]
    assert gateway(vnets=vnets).sku == sku
    assert gateway(vnets=vnets).tunnels == count


@pytest.mark.parametrize(("count", "sku"), [(10, "Standard"), (11, "HighPerformance")])
def test_bgp_starts_at_standard(count: int, sku: str) -> None:
    assert gateway(sites=sites(count), bgp=True).sku == sku


@pytest.mark.parametrize(
    ("mbps", "sku", "allowed", "status"),
    [
        (79.9, "Basic", 100, "ok"),
        (80, "Basic", 100, "near"),
        (99, "Basic", 100, "near"),
        (100, "Basic", 100, "near"),
        (100.001, "HighPerformance", 200, "ok"),
        (101, "HighPerformance", 200, "ok"),
        (199, "HighPerformance", 200, "near"),
        (200, "HighPerformance", 200, "near"),
        (201, "HighPerformance", 200, "exceeded"),
    ],
)
def test_throughput_chooses_the_sku(mbps: float, sku: str, allowed: int, status: str) -> None:
    advice = advise(sites=[site(bandwidth_mbps=mbps, expressroute=False)])
    assert advice.gateway is not None
    assert (advice.gateway.sku, advice.gateway.throughput_mbps) == (sku, allowed)
    found = row(advice, "throughput_mbps")
    assert (float(found.requested), found.allowed, found.unit, found.status) == (mbps, allowed, "Mbps", status)
    assert ("bandwidth-exceeds-gateway" in codes(advice)) == (mbps > 200)


def test_beside_expressroute_the_smallest_is_standard() -> None:
    assert gateway(sites=ON_BOTH).sku == "Standard"
    assert gateway(sites=[site(expressroute=True)], clients={"count": 1}).sku == "Standard"


@pytest.mark.parametrize(
    ("mbps", "sku", "throughput"),
    [
        (999, "Standard", 1000),
        (1000, "Standard", 1000),
        (1001, "HighPerformance", 2000),
        (2000, "HighPerformance", 2000),
        (2001, "UltraPerformance", 10000),
        (10000, "UltraPerformance", 10000),
        (10001, "UltraPerformance", 10000),
    ],
)
def test_the_total_chooses_the_expressroute_gateway(mbps: int, sku: str, throughput: int) -> None:
    advice = advise(sites=[site(bandwidth_mbps=mbps)])
    assert advice.expressroute is not None
    assert (advice.expressroute.gateway_sku, advice.expressroute.throughput_mbps) == (sku, throughput)
    found = row(advice, "expressroute_mbps")
    assert (found.requested, found.allowed, found.unit) == (mbps, throughput, "Mbps")
    assert (found.status == "exceeded") == ("bandwidth-exceeds-expressroute" in codes(advice)) == (mbps > 10000)


@pytest.mark.parametrize(
    ("mbps", "circuit"),
    [
        (1, 50),
        (50, 50),
        (51, 100),
        (100, 100),
        (101, 200),
        (200, 200),
        (201, 500),
        (500, 500),
        (501, 1000),
        (1000, 1000),
        (1001, 2000),
        (2000, 2000),
        (2001, 5000),
        (5000, 5000),
        (5001, 10000),
        (10000, 10000),
        (10001, 10000),
        (None, None),
    ],
)
def test_the_smallest_circuit_that_carries_the_total_is_ordered(mbps: int | None, circuit: int | None) -> None:
    assert expressroute(sites=[site(bandwidth_mbps=mbps)], private_path=True).circuit_mbps == circuit
