"""One below each limit of edition 2026, at it, and one beyond. The numbers are those of the documents of 2026."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.advisor.core.edition_2026.builders import (
    BY_CIRCUIT,
    BY_POLICY,
    BY_VPN,
    HUB,
    OFFICE,
    advise,
    hosts,
    problems,
    row,
    some_clients,
    spokes,
    text,
)
from tests.builders import site, sites, vnet

Asked = Callable[[int], dict[str, Any]]
Limit = tuple[str, int, Asked]


def clients(**fields: Any) -> Asked:
    """So many clients with these fields."""
    return lambda count: {"clients": {"count": count, **fields}}


def routes(protocol: str | None) -> Asked:
    """Clients of a hub with one prefix, and a site with the others, over a protocol."""
    return lambda count: {
        "clients": some_clients(protocol=protocol),
        "sites": [site("Tilburg", *hosts(count - 1))],
        "bgp": True,
    }


def of_site(**fields: Any) -> Asked:
    """A site with so many prefixes."""
    return lambda count: {"sites": [site("Tilburg", *hosts(count))], **fields}


def of_vnets(**fields: Any) -> Asked:
    """Two VNets with so many prefixes together."""
    return lambda count: {"vnets": [HUB, vnet("spoke", *hosts(count - 1))], **fields}


def on_circuit(count: int) -> dict[str, Any]:
    """A site on a circuit with so many prefixes."""
    return {"sites": [site("Breda", *hosts(count), expressroute=True)]}


def mbps(**fields: Any) -> Asked:
    """A site that needs so much."""
    return lambda amount: {"sites": [site(bandwidth_mbps=amount, **fields)], "bgp": True}


LIMITS: list[Limit] = [
    ("tunnel-limit-exceeded", 100, lambda count: {"sites": sites(count)}),
    ("tunnel-limit-exceeded", 100, lambda count: {"sites": [site(tunnels=count)], "bgp": True}),
    (
        "policy-based-single-tunnel",
        1,
        lambda count: {"sites": sites(max(count, 1)), "gateway_routing": "policy-based"},
    ),
    ("client-limit-exceeded", 10_000, clients()),
    ("client-limit-exceeded", 10_000, clients(protocol="ikev2")),
    ("client-limit-exceeded", 10_000, clients(protocol="openvpn", authentication="entra-id")),
    (
        "client-limit-exceeded",
        128,
        lambda count: {"clients": {"count": count, "protocol": "sstp"}, "gateway_sku": "VpnGw5AZ"},
    ),
    ("root-certificate-limit-exceeded", 20, lambda count: {"clients": some_clients(root_certificates=count)}),
    ("client-pool-too-small", 6, clients(pool="172.16.0.0/29")),
    ("client-pool-too-small", 254, clients(pool="172.16.0.0/24")),
    ("client-route-limit-exceeded", 255, routes("ikev2")),
    ("client-route-limit-exceeded", 1000, routes("openvpn")),
    ("client-route-limit-exceeded", 1000, routes(None)),
    ("traffic-selector-limit-exceeded", 100, lambda count: {"sites": [BY_POLICY | {"prefixes": hosts(count)}]}),
    ("vpn-prefix-limit-exceeded", 1000, of_site()),
    ("vpn-prefix-limit-exceeded", 4000, of_site(bgp=True)),
    ("vpn-prefix-limit-exceeded", 600, of_vnets(sites=[OFFICE])),
    ("vpn-prefix-limit-exceeded", 600, of_vnets(vnet_encryption=True)),
    ("expressroute-premium-needed", 4000, on_circuit),
    ("expressroute-prefix-limit-exceeded", 9500, on_circuit),
    ("expressroute-prefix-limit-exceeded", 1000, of_vnets(sites=[BY_CIRCUIT])),
    ("peering-limit-exceeded", 500, lambda count: {"vnets": spokes(count)}),
    ("endpoint-limit-exceeded", 9000, lambda count: {"sites": [OFFICE], "endpoints": count}),
    ("endpoint-limit-exceeded", 50_000, lambda count: {"sites": [BY_CIRCUIT], "endpoints": count}),
    (
        "endpoint-limit-exceeded",
        11_000,
        lambda count: {
            "sites": [BY_CIRCUIT | {"device": "none"}],
            "expressroute_encryption": True,
            "endpoints": count,
        },
    ),
    (
        "endpoint-limit-exceeded",
        200,
        lambda count: {"sites": [OFFICE], "gateway_routing": "policy-based", "endpoints": count},
    ),
    ("bandwidth-exceeds-vpn", 10_000, mbps(tunnels=5)),
    ("bandwidth-exceeds-gateway", 10_000, mbps(tunnels=5, expressroute=False)),
    (
        "bandwidth-exceeds-gateway",
        100,
        lambda amount: {"sites": [site(bandwidth_mbps=amount)], "gateway_routing": "policy-based"},
    ),
    ("bandwidth-exceeds-expressroute", 40_000, mbps(expressroute=True)),
    (
        "bandwidth-exceeds-expressroute",
        10_000,
        lambda amount: mbps(expressroute=True, tunnels=5)(amount) | {"expressroute_encryption": True},
    ),
    ("expressroute-direct-needed", 10_000, mbps(expressroute=True)),
    ("expressroute-gateway-not-in-region", 10_000, lambda amount: mbps(expressroute=True)(amount) | IN_WEST_EUROPE),
    ("tunnel-throughput-exceeded", 2300, lambda amount: mbps()(amount) | {"gateway_sku": "VpnGw4AZ"}),
    ("tunnel-throughput-exceeded", 1500, lambda amount: mbps()(amount) | {"gateway_sku": "VpnGw3AZ"}),
]
IN_WEST_EUROPE: dict[str, Any] = {"vnets": [HUB | {"region": "westeurope"}]}


@pytest.mark.parametrize("more", [-1, 0, 1])
@pytest.mark.parametrize(("code", "limit", "asked"), LIMITS, ids=[f"{code} {limit}" for code, limit, _ in LIMITS])
def test_it_speaks_beyond_the_limit_only(code: str, limit: int, asked: Asked, more: int) -> None:
    assert (code in problems(advise(**asked(limit + more)))) == (more > 0)


ROWS: list[tuple[str, int, Asked]] = [
    ("tunnels", 100, lambda count: {"sites": sites(count)}),
    ("clients", 10_000, clients()),
    ("root_certificates", 20, lambda count: {"clients": some_clients(root_certificates=count)}),
    ("throughput_mbps", 10_000, mbps(tunnels=5, expressroute=False)),
    ("expressroute_mbps", 40_000, mbps(expressroute=True)),
    ("endpoints", 9000, lambda count: {"sites": [OFFICE], "endpoints": count}),
    ("endpoints", 50_000, lambda count: {"sites": [BY_CIRCUIT], "endpoints": count}),
]


@pytest.mark.parametrize(("more", "status"), [(-1, "near"), (0, "near"), (1, "exceeded")])
@pytest.mark.parametrize(("key", "limit", "asked"), ROWS, ids=[f"{key} {limit}" for key, limit, _ in ROWS])
def test_a_row_is_exceeded_beyond_the_limit_only(key: str, limit: int, asked: Asked, more: int, status: str) -> None:
    found = row(advise(**asked(limit + more)), key)
    assert (found.requested, found.allowed, found.status) == (limit + more, limit, status)


def test_every_row_stands_in_its_place() -> None:
    advice = advise(
        sites=[BY_CIRCUIT | {"bandwidth_mbps": 30}, BY_VPN | {"bandwidth_mbps": 10}],
        clients=some_clients(root_certificates=1),
        endpoints=100,
    )
    assert [(row.key, row.requested, row.allowed) for row in advice.limits] == [
        ("tunnels", 1, 30),
        ("clients", 5, 250),
        ("root_certificates", 1, 20),
        ("throughput_mbps", 10, 650),
        ("expressroute_mbps", 40, 1000),
        ("endpoints", 100, 1000),
    ]


@pytest.mark.parametrize(("length", "fits"), [(28, True), (29, True), (30, False)])
def test_a_pool_is_a_29_or_larger(length: int, fits: bool) -> None:
    advice = advise(clients={"count": 1, "pool": f"172.16.0.0/{length}"})
    assert problems(advice) == (set() if fits else {"client-pool-too-small"})


@pytest.mark.parametrize(("length", "fits"), [(27, True), (28, True), (29, False)])
def test_with_two_active_instances_a_pool_is_a_28_or_larger(length: int, fits: bool) -> None:
    advice = advise(clients={"count": 1, "pool": f"172.16.0.0/{length}"}, active_active=True)
    assert problems(advice) == (set() if fits else {"client-pool-too-small"})


@pytest.mark.parametrize(("count", "variant"), [(9, ""), (10, ""), (11, "more")])
def test_a_circuit_serves_ten_vnets(count: int, variant: str) -> None:
    advice = advise(vnets=spokes(count - 1), sites=[BY_CIRCUIT], vnet_encryption=True)
    assert [found.variant for found in advice.findings if found.code == "vnets-can-share-circuit"] == [variant]


def test_a_need_without_bgp_is_told_how_many_prefixes_bgp_takes() -> None:
    said = text(advise(**of_site()(1001)), "vpn-prefix-limit-exceeded")
    assert "1,000 prefixes" in said
    assert "4,000 prefixes" in said


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("9.255.255.255", True),
        ("10.0.0.0", False),
        ("100.64.0.0", False),
        ("100.128.0.0", True),
        ("172.31.255.255", False),
        ("172.32.0.0", True),
        ("192.168.0.0", False),
        ("192.169.0.0", True),
        ("224.0.0.1", False),
    ],
)
def test_an_address_of_a_reserved_block_is_not_public(address: str, public: bool) -> None:
    assert problems(advise(sites=[site(public_ipv4=address)])) == (set() if public else {"public-ipv4-not-public"})
