"""One below each limit, at it and one beyond. The numbers are those of the documents of 2016."""

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


@pytest.mark.parametrize(
    ("count", "status"), [(102, "ok"), (103, "near"), (127, "near"), (128, "near"), (129, "exceeded")]
)
def test_a_vnet_takes_128_clients(count: int, status: str) -> None:
    advice = advise(clients={"count": count})
    found = row(advice, "clients")
    assert (found.requested, found.allowed, found.unit, found.status) == (count, 128, "client", status)
    assert ("client-limit-exceeded" in codes(advice)) == (count > 128)


@pytest.mark.parametrize(("count", "status"), [(15, "ok"), (16, "near"), (19, "near"), (20, "near"), (21, "exceeded")])
def test_a_gateway_trusts_20_roots(count: int, status: str) -> None:
    advice = advise(clients={"count": 1, "root_certificates": count})
    found = row(advice, "root_certificates")
    assert (found.requested, found.allowed, found.unit, found.status) == (count, 20, "certificate", status)
    assert ("root-certificate-limit-exceeded" in codes(advice)) == (count > 20)


@pytest.mark.parametrize(("tunnels", "status"), [(1, "ok"), (2, "exceeded")])
def test_a_policy_based_gateway_takes_one_tunnel(tunnels: int, status: str) -> None:
    advice = advise(sites=[site(device_routing="policy-based", tunnels=tunnels)])
    found = row(advice, "tunnels")
    assert (found.requested, found.allowed, found.status) == (tunnels, 1, status)
    assert ("policy-based-single-tunnel" in codes(advice)) == (tunnels > 1)


@pytest.mark.parametrize(
    ("length", "code"),
    [(27, None), (28, None), (29, "gateway-subnet-below-recommended"), (30, "gateway-subnet-too-small")],
)
def test_a_gateway_subnet_is_a_29_or_better_a_28(length: int, code: str | None) -> None:
    found = codes(advise(sites=[site()], gateway_subnet=f"10.0.0.0/{length}"))
    assert {code for code in found if code.startswith("gateway-subnet")} == ({code} if code else set())


@pytest.mark.parametrize(("length", "code"), [(26, None), (27, None), (28, "gateway-subnet-too-small")])
def test_beside_expressroute_a_gateway_subnet_is_a_27(length: int, code: str | None) -> None:
    found = codes(advise(sites=ON_BOTH, gateway_subnet=f"10.0.0.0/{length}"))
    assert {code for code in found if code.startswith("gateway-subnet")} == ({code} if code else set())


@pytest.mark.parametrize(("count", "variant"), [(9, ""), (10, ""), (11, "more")])
def test_a_circuit_serves_ten_vnets(count: int, variant: str) -> None:
    vnets = [vnet(f"VNet {number}") for number in range(count)]
    findings = advise(sites=[site(expressroute=True)], vnets=vnets).findings
    assert [found.variant for found in findings if found.code == "vnets-can-share-circuit"] == [variant]


@pytest.mark.parametrize(
    ("system", "supported"),
    [
        ("windows-7", True),
        ("windows-8", True),
        ("windows-8.1", True),
        ("windows-10", True),
        ("windows-11", False),
        ("windows-server-2008-r2", True),
        ("windows-server-2012", True),
        ("windows-server-2012-r2", True),
        ("windows-server-2016", False),
        ("windows-server-2019", False),
        ("windows-server-2022", False),
        ("windows-server-2025", False),
        ("macos", False),
        ("linux", False),
        ("ios", False),
        ("android", False),
        ("other", False),
    ],
)
def test_point_to_site_runs_on_seven_versions_of_windows(system: str, supported: bool) -> None:
    found = codes(advise(clients={"count": 1, "systems": [system]}))
    assert ("client-system-unsupported" not in found) == supported


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("9.255.255.255", True),
        ("10.0.0.0", False),
        ("10.255.255.255", False),
        ("11.0.0.0", True),
        ("100.63.255.255", True),
        ("100.64.0.0", False),
        ("100.127.255.255", False),
        ("100.128.0.0", True),
        ("126.255.255.255", True),
        ("127.0.0.1", False),
        ("169.254.1.1", False),
        ("172.15.255.255", True),
        ("172.16.0.0", False),
        ("172.31.255.255", False),
        ("172.32.0.0", True),
        ("192.0.2.1", False),
        ("192.167.255.255", True),
        ("192.168.0.0", False),
        ("192.169.0.0", True),
        ("198.17.255.255", True),
        ("198.18.0.1", False),
        ("198.51.100.7", False),
        ("203.0.113.7", False),
        ("223.255.255.255", True),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
    ],
)
def test_an_address_of_a_reserved_block_is_not_public(address: str, public: bool) -> None:
    assert ("public-ipv4-not-public" not in codes(advise(sites=[site(public_ipv4=address)]))) == public


@pytest.mark.parametrize(
    ("count", "length"), [(1, 30), (2, 30), (3, 29), (6, 29), (7, 28), (126, 25), (127, 24), (128, 24), (1000, 24)]
)
def test_the_pool_to_take_holds_every_client(count: int, length: int) -> None:
    findings = advise(clients={"count": count, "pool": "172.16.0.1/32"}).findings
    (found,) = (found for found in findings if found.code == "client-pool-too-small")
    assert dict(found.parameters)["length"] == length


def test_a_row_stands_only_where_something_is_asked() -> None:
    assert advise().limits == ()
    assert advise(sites=[site(bandwidth_mbps=0)], private_path=True).limits == ()
    rows = advise(
        sites=[site("a", bandwidth_mbps=10, expressroute=False), site("b", bandwidth_mbps=20, expressroute=True)],
        clients={"count": 3, "root_certificates": 1},
    ).limits
    assert [(row.key, row.requested) for row in rows] == [
        ("tunnels", 1),
        ("clients", 3),
        ("root_certificates", 1),
        ("throughput_mbps", 10),
        ("expressroute_mbps", 30),
    ]


def test_a_row_names_the_document_that_it_comes_from() -> None:
    found = row(advise(sites=sites(2)), "tunnels")
    assert found.source is not None
    assert (found.source.document, found.source.date) == ("vpn-gateway-vpn-faq.md", "2016-12")
    assert found.entry == "how-many-on-premises-sites-and-virtual-networks-can-one-virtual-network-connect-to"
