"""Which gateways, SKUs and subnets a need gets in edition 2026."""

from __future__ import annotations

from typing import Any

import pytest

from tests.advisor.core.edition_2026.builders import (
    BY_CIRCUIT,
    BY_POLICY,
    BY_VPN,
    HUB,
    OFFICE,
    SPOKE,
    advise,
    circuit_sku,
    finding,
    hosts,
    infos,
    problems,
    row,
    sku,
    some_clients,
    text,
)
from tests.builders import site, sites, vnet

SUCCESSORS = [
    ("Standard", "VpnGw1AZ"),
    ("HighPerformance", "VpnGw2AZ"),
    ("VpnGw1", "VpnGw1AZ"),
    ("VpnGw2", "VpnGw2AZ"),
    ("VpnGw3", "VpnGw3AZ"),
    ("VpnGw4", "VpnGw4AZ"),
    ("VpnGw5", "VpnGw5AZ"),
]


@pytest.mark.parametrize(
    ("mbps", "expected"),
    [
        (1, "VpnGw1AZ"),
        (650, "VpnGw1AZ"),
        (651, "VpnGw2AZ"),
        (1250, "VpnGw2AZ"),
        (1251, "VpnGw3AZ"),
        (2500, "VpnGw3AZ"),
        (2501, "VpnGw4AZ"),
        (5000, "VpnGw4AZ"),
        (5001, "VpnGw5AZ"),
        (10_000, "VpnGw5AZ"),
    ],
)
def test_the_smallest_sku_that_carries_the_total_is_advised(mbps: int, expected: str) -> None:
    advice = advise(sites=sites(2), bandwidth_mbps=mbps)
    assert sku(advice) == expected
    assert problems(advice) == set()


@pytest.mark.parametrize(
    ("tunnels", "expected"), [(1, "VpnGw1AZ"), (30, "VpnGw1AZ"), (31, "VpnGw4AZ"), (100, "VpnGw4AZ"), (101, "VpnGw5AZ")]
)
def test_the_smallest_sku_with_the_tunnels_is_advised(tunnels: int, expected: str) -> None:
    advice = advise(sites=sites(tunnels))
    assert sku(advice) == expected
    assert problems(advice) == ({"tunnel-limit-exceeded"} if tunnels > 100 else set())


@pytest.mark.parametrize("protocol", ["openvpn", "ikev2", None])
@pytest.mark.parametrize(
    ("count", "expected", "allowed"),
    [
        (250, "VpnGw1AZ", 250),
        (251, "VpnGw2AZ", 500),
        (500, "VpnGw2AZ", 500),
        (501, "VpnGw3AZ", 1000),
        (1000, "VpnGw3AZ", 1000),
        (1001, "VpnGw4AZ", 5000),
        (5000, "VpnGw4AZ", 5000),
        (5001, "VpnGw5AZ", 10_000),
        (10_000, "VpnGw5AZ", 10_000),
        (10_001, "VpnGw5AZ", 10_000),
    ],
)
def test_the_smallest_sku_for_the_clients_is_advised(
    protocol: str | None, count: int, expected: str, allowed: int
) -> None:
    advice = advise(clients={"count": count, "protocol": protocol})
    assert sku(advice) == expected
    assert row(advice, "clients").allowed == allowed
    assert problems(advice) == ({"client-limit-exceeded"} if count > 10_000 else set())


@pytest.mark.parametrize("existing", ["Basic", "VpnGw1AZ", "VpnGw5AZ"])
@pytest.mark.parametrize("count", [127, 128])
def test_over_sstp_every_sku_allows_128_clients(existing: str, count: int) -> None:
    advice = advise(clients={"count": count, "protocol": "sstp"}, gateway_sku=existing)
    assert sku(advice) == existing
    assert row(advice, "clients").allowed == 128
    assert problems(advice) == {"protocol-retiring"}


@pytest.mark.parametrize(
    ("endpoints", "expected"),
    [
        (0, "VpnGw1AZ"),
        (1000, "VpnGw1AZ"),
        (1001, "VpnGw2AZ"),
        (2000, "VpnGw2AZ"),
        (2001, "VpnGw3AZ"),
        (3300, "VpnGw3AZ"),
        (3301, "VpnGw4AZ"),
        (4400, "VpnGw4AZ"),
        (4401, "VpnGw5AZ"),
        (9000, "VpnGw5AZ"),
        (9001, "VpnGw5AZ"),
    ],
)
def test_the_smallest_sku_for_the_endpoints_is_advised(endpoints: int, expected: str) -> None:
    advice = advise(sites=[OFFICE], endpoints=endpoints)
    assert sku(advice) == expected
    assert problems(advice) == ({"endpoint-limit-exceeded"} if endpoints > 9000 else set())
    assert [row.key for row in advice.limits] == ["tunnels", *(["endpoints"] if endpoints else [])]


def test_the_row_of_endpoints_has_the_smaller_number_and_stands_last() -> None:
    advice = advise(sites=[BY_CIRCUIT | {"bandwidth_mbps": 10}, BY_VPN], endpoints=1500)
    assert (sku(advice), circuit_sku(advice)) == ("VpnGw2AZ", "ErGw1AZ")
    assert row(advice, "endpoints").allowed == 2000
    assert [row.key for row in advice.limits] == ["tunnels", "expressroute_mbps", "endpoints"]
    assert row(advise(sites=[BY_CIRCUIT, BY_VPN], endpoints=900), "endpoints").allowed == 1000


BASIC_FITS: dict[str, Any] = {"sites": [OFFICE], "dev_test": True}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Basic"),
        ({"dev_test": False}, "VpnGw1AZ"),
        ({"sites": sites(10)}, "Basic"),
        ({"sites": sites(11)}, "VpnGw1AZ"),
        ({"bandwidth_mbps": 100}, "Basic"),
        ({"bandwidth_mbps": 101}, "VpnGw1AZ"),
        ({"endpoints": 200}, "Basic"),
        ({"endpoints": 201}, "VpnGw1AZ"),
        ({"clients": some_clients()}, "VpnGw1AZ"),
        ({"clients": some_clients(protocol="sstp")}, "VpnGw1AZ"),
        ({"bgp": True}, "VpnGw1AZ"),
        ({"vnets": [HUB, SPOKE]}, "VpnGw1AZ"),
        ({"vnets": [HUB, SPOKE], "vnet_encryption": True}, "Basic"),
        ({"sites": [BY_POLICY]}, "VpnGw1AZ"),
        ({"active_active": True}, "VpnGw1AZ"),
        ({"sites": [BY_CIRCUIT, BY_VPN]}, "VpnGw1AZ"),
        ({"private_path": True, "expressroute_encryption": True}, "VpnGw1AZ"),
        ({"gateway_sku": "VpnGw1AZ"}, "VpnGw1AZ"),
        ({"gateway_sku": "VpnGw1"}, "VpnGw1AZ"),
        ({"gateway_routing": "policy-based"}, "Basic"),
        ({"gateway_routing": "policy-based", "dev_test": False}, "Basic"),
    ],
)
def test_basic_is_advised_only_for_plain_tests_and_what_is_policy_based(changes: dict[str, Any], expected: str) -> None:
    assert sku(advise(**BASIC_FITS | changes)) == expected


@pytest.mark.parametrize("dev_test", [True, False])
@pytest.mark.parametrize(
    ("changes", "expected", "found"),
    [
        ({}, "Basic", set()),
        ({"sites": sites(10)}, "Basic", set()),
        ({"sites": sites(11)}, "VpnGw1AZ", {"gateway-sku-too-small"}),
        ({"bandwidth_mbps": 100}, "Basic", set()),
        ({"bandwidth_mbps": 101}, "VpnGw1AZ", {"gateway-sku-too-small"}),
        ({"endpoints": 201}, "VpnGw1AZ", {"gateway-sku-too-small"}),
        ({"clients": some_clients()}, "VpnGw1AZ", {"gateway-sku-too-small"}),
        ({"clients": some_clients(protocol="ikev2")}, "VpnGw1AZ", {"gateway-sku-too-small"}),
        ({"clients": some_clients(protocol="sstp")}, "Basic", {"protocol-retiring"}),
        (
            {"clients": some_clients(protocol="sstp", authentication="radius")},
            "VpnGw1AZ",
            {"protocol-retired", "authentication-not-on-basic", "gateway-sku-too-small"},
        ),
        ({"bgp": True}, "VpnGw1AZ", {"gateway-sku-too-small", "bgp-not-supported"}),
        ({"vnets": [HUB, SPOKE]}, "VpnGw1AZ", {"gateway-sku-too-small", "gateway-transit-not-on-basic"}),
        ({"sites": [BY_POLICY]}, "VpnGw1AZ", {"gateway-sku-too-small"}),
        ({"active_active": True}, "VpnGw1AZ", {"gateway-sku-too-small", "active-active-not-supported"}),
        ({"sites": [BY_CIRCUIT, BY_VPN]}, "VpnGw1AZ", {"gateway-sku-too-small"}),
        (
            {"sites": [BY_CIRCUIT, BY_VPN], "transit": True},
            "VpnGw1AZ",
            {"gateway-sku-too-small", "transit-needs-route-server"},
        ),
    ],
)
def test_a_basic_that_exists_stays_where_it_suffices(
    changes: dict[str, Any], expected: str, found: set[str], dev_test: bool
) -> None:
    advice = advise(**BASIC_FITS | {"dev_test": dev_test, "gateway_sku": "Basic"} | changes)
    assert sku(advice) == expected
    assert problems(advice) == found


def test_from_basic_a_gateway_is_made_anew_and_its_address_changes() -> None:
    advice = advise(sites=sites(11), gateway_sku="Basic")
    assert finding(advice, "gateway-sku-too-small").variant == "remade"
    assert "its public IP address changes" in text(advice, "gateway-sku-too-small")
    assert finding(advice, "existing-gateway").variant == "remade"


def test_making_a_gateway_anew_takes_an_hour_wherever_it_is_told() -> None:
    advice = advise(sites=sites(11), vnets=[HUB, SPOKE], gateway_sku="Basic")
    for code in ("gateway-sku-too-small", "gateway-transit-not-on-basic", "basic-sku-limits"):
        assert "about 60 minutes" in text(advice, code)
    advice = advise(sites=sites(2), gateway_routing="policy-based")
    assert "about 60 minutes" in text(advice, "policy-based-single-tunnel")


def test_a_new_basic_is_not_told_of_a_gateway_that_exists() -> None:
    advice = advise(sites=[OFFICE], dev_test=True, gateway_subnet="10.20.0.0/28")
    assert "existing" not in text(advice, "gateway-subnet-below-recommended")


def test_among_the_az_skus_a_gateway_goes_up_in_place() -> None:
    advice = advise(sites=sites(31), gateway_sku="VpnGw1AZ")
    assert problems(advice) == {"gateway-sku-too-small"}
    assert sku(advice) == "VpnGw4AZ"
    assert "in place" in text(advice, "gateway-sku-too-small")


def test_sources_disagree_on_ikev2_on_basic_and_the_text_says_so() -> None:
    advice = advise(clients=some_clients(protocol="ikev2"), gateway_sku="Basic")
    assert "the sources disagree" in text(advice, "gateway-sku-too-small")


def test_a_sku_other_than_basic_is_named_where_basic_cannot_check_who_signs_in() -> None:
    advice = advise(clients=some_clients(protocol="sstp", authentication="radius"), gateway_sku="Basic")
    assert "re-create the gateway with VpnGw1AZ" in text(advice, "authentication-not-on-basic")
    assert "(RADIUS)" in text(advice, "gateway-sku-too-small")


@pytest.mark.parametrize("existing", ["VpnGw1AZ", "VpnGw2AZ", "VpnGw3AZ", "VpnGw4AZ", "VpnGw5AZ"])
def test_an_existing_sku_is_kept_where_it_suffices(existing: str) -> None:
    advice = advise(sites=[OFFICE], gateway_sku=existing)
    assert sku(advice) == existing
    assert finding(advice, "existing-gateway").variant == "stays"
    assert problems(advice) == set()


@pytest.mark.parametrize(("retired", "successor"), SUCCESSORS)
def test_the_successor_stands_in_the_place_of_a_retired_sku(retired: str, successor: str) -> None:
    advice = advise(sites=[OFFICE], gateway_sku=retired)
    assert sku(advice) == successor
    assert problems(advice) == {"gateway-sku-retired"}
    assert successor in text(advice, "gateway-sku-retired")
    assert "no changes" in text(advice, "gateway-sku-retired")


@pytest.mark.parametrize(
    ("retired", "mbps", "advised", "too_small"),
    [
        ("Standard", 650, "VpnGw1AZ", False),
        ("Standard", 651, "VpnGw2AZ", True),
        ("HighPerformance", 1250, "VpnGw2AZ", False),
        ("HighPerformance", 1251, "VpnGw3AZ", True),
        ("VpnGw1", 650, "VpnGw1AZ", False),
        ("VpnGw1", 651, "VpnGw2AZ", True),
        ("VpnGw4", 5000, "VpnGw4AZ", False),
        ("VpnGw4", 5001, "VpnGw5AZ", True),
        ("VpnGw5", 10_000, "VpnGw5AZ", False),
    ],
)
def test_whether_a_retired_sku_is_too_small_goes_by_its_successor(
    retired: str, mbps: int, advised: str, too_small: bool
) -> None:
    advice = advise(sites=sites(2), bandwidth_mbps=mbps, gateway_sku=retired)
    assert sku(advice) == advised
    assert problems(advice) == {"gateway-sku-retired", *(["gateway-sku-too-small"] if too_small else [])}


def test_a_retired_sku_without_active_active_has_a_successor_with_it() -> None:
    assert problems(advise(sites=[OFFICE], gateway_sku="Standard", active_active=True)) == {"gateway-sku-retired"}


def test_a_policy_based_gateway_is_a_basic_in_every_row() -> None:
    advice = advise(
        sites=[OFFICE | {"bandwidth_mbps": 101}],
        clients={"count": 5, "root_certificates": 2},
        endpoints=201,
        gateway_routing="policy-based",
    )
    assert advice.gateway is not None
    assert (advice.gateway.routing, advice.gateway.sku, advice.gateway.throughput_mbps) == (
        "policy-based",
        "Basic",
        100,
    )
    assert [(row.key, row.requested, row.allowed) for row in advice.limits] == [
        ("tunnels", 1, 1),
        ("clients", 5, 0),
        ("root_certificates", 2, 20),
        ("throughput_mbps", 101, 100),
        ("endpoints", 201, 200),
    ]
    assert problems(advice) == {
        "policy-based-single-tunnel",
        "bandwidth-exceeds-gateway",
        "endpoint-limit-exceeded",
    }


def test_a_policy_based_device_does_not_force_the_gateway() -> None:
    advice = advise(sites=[BY_POLICY, site("Goes")], clients=some_clients(), vnets=[HUB, SPOKE])
    assert advice.gateway is not None
    assert advice.gateway.routing == "route-based"
    assert problems(advice) == set()
    assert "policy-based-traffic-selectors" in infos(advice)


def test_a_policy_based_device_is_not_told_to_be_route_based() -> None:
    assert "device-parameters" not in infos(advise(sites=[BY_POLICY]))
    both = advise(sites=[BY_POLICY, site("Goes")])
    assert finding(both, "device-parameters").subjects == ("sites[1]",)


def subnet(length: int) -> dict[str, Any]:
    """The hub's last block of this length, as the gateway subnet."""
    return {"gateway_subnet": f"10.20.255.{256 - (1 << (32 - length))}/{length}"}


@pytest.mark.parametrize(
    "changes",
    [
        {"sites": [OFFICE]},
        {"sites": [OFFICE], "dev_test": True},
        {"sites": [OFFICE], "gateway_routing": "policy-based"},
        {"sites": [OFFICE], "gateway_sku": "VpnGw1"},
        {"clients": some_clients()},
        {"sites": [BY_CIRCUIT]},
        {"sites": [BY_CIRCUIT, BY_VPN]},
        {"vnets": [HUB, SPOKE], "vnet_encryption": True},
    ],
)
def test_a_27_is_proposed_whichever_the_gateway(changes: dict[str, Any]) -> None:
    advice = advise(**changes)
    gateway = advice.gateway or advice.expressroute
    assert gateway is not None
    assert str(gateway.subnet) == "10.20.255.224/27"


def test_a_hub_without_room_for_a_27_has_no_proposal() -> None:
    advice = advise(sites=[OFFICE], vnets=[vnet("hub", "10.20.0.0/28")])
    assert problems(advice) == {"gateway-subnet-no-room"}
    assert advice.gateway is not None
    assert advice.gateway.subnet is None


SMALL = {"gateway-subnet-too-small"}
BELOW = {"gateway-subnet-below-recommended"}
NEW: list[dict[str, Any]] = [
    {"sites": [OFFICE]},
    {"sites": [OFFICE], "gateway_routing": "route-based"},
    {"sites": [BY_CIRCUIT]},
    {"clients": some_clients()},
]
KEPT: list[dict[str, Any]] = [
    {"sites": [OFFICE], "dev_test": True},
    {"sites": [OFFICE], "gateway_routing": "policy-based"},
    {"sites": [OFFICE], "gateway_sku": "Basic"},
    *({"sites": [OFFICE], "gateway_sku": f"VpnGw{number}AZ"} for number in range(1, 6)),
]


@pytest.mark.parametrize("changes", NEW)
@pytest.mark.parametrize(("length", "expected"), [(26, set()), (27, set()), (28, SMALL), (29, SMALL), (30, SMALL)])
def test_a_new_gateway_needs_a_27(changes: dict[str, Any], length: int, expected: set[str]) -> None:
    assert problems(advise(**changes, **subnet(length))) == expected


@pytest.mark.parametrize("changes", KEPT)
@pytest.mark.parametrize(("length", "expected"), [(27, set()), (28, BELOW), (29, BELOW), (30, SMALL)])
def test_a_basic_or_a_gateway_that_stays_can_do_with_a_29(
    changes: dict[str, Any], length: int, expected: set[str]
) -> None:
    assert problems(advise(**changes, **subnet(length))) == expected


@pytest.mark.parametrize("number", range(1, 6))
@pytest.mark.parametrize(("length", "expected"), [(27, set()), (28, BELOW), (29, BELOW), (30, SMALL)])
def test_a_gateway_without_zones_goes_up_in_its_29(number: int, length: int, expected: set[str]) -> None:
    advice = advise(sites=[OFFICE], gateway_sku=f"VpnGw{number}", **subnet(length))
    assert problems(advice) == expected | {"gateway-sku-retired"}


@pytest.mark.parametrize("retired", ["Standard", "HighPerformance"])
@pytest.mark.parametrize(("length", "expected"), [(27, set()), (28, SMALL)])
def test_the_migration_of_the_oldest_skus_needs_a_27(retired: str, length: int, expected: set[str]) -> None:
    advice = advise(sites=[OFFICE], gateway_sku=retired, **subnet(length))
    assert problems(advice) == expected | {"gateway-sku-retired"}


@pytest.mark.parametrize("existing", [None, "VpnGw1AZ", "VpnGw3AZ"])
@pytest.mark.parametrize(("length", "expected"), [(27, set()), (28, SMALL), (29, SMALL)])
def test_beside_expressroute_it_is_a_27(existing: str | None, length: int, expected: set[str]) -> None:
    advice = advise(sites=[BY_CIRCUIT, BY_VPN], gateway_sku=existing, **subnet(length))
    assert problems(advice) == expected


def test_a_basic_that_must_go_leaves_its_small_subnet() -> None:
    advice = advise(sites=[OFFICE], bgp=True, gateway_sku="Basic", **subnet(28))
    assert problems(advice) == SMALL | {"gateway-sku-too-small", "bgp-not-supported"}
    assert finding(advice, "gateway-sku-too-small").variant == "recreate"


def test_that_the_sources_disagree_on_the_subnet_is_told() -> None:
    assert "sources disagree" in text(advise(sites=[OFFICE], **subnet(28)), "gateway-subnet-too-small")
    kept = advise(sites=[OFFICE], gateway_sku="VpnGw1AZ", **subnet(28))
    assert "sources disagree" in text(kept, "gateway-subnet-below-recommended")


@pytest.mark.parametrize(
    ("mbps", "expected", "throughput"),
    [
        (1, "ErGw1AZ", 1000),
        (1000, "ErGw1AZ", 1000),
        (1001, "ErGw2AZ", 2000),
        (2000, "ErGw2AZ", 2000),
        (2001, "ErGw3AZ", 10_000),
        (10_000, "ErGw3AZ", 10_000),
        (10_001, "ErGwScale", 11_000),
        (11_000, "ErGwScale", 11_000),
        (12_001, "ErGwScale", 13_000),
        (40_000, "ErGwScale", 40_000),
        (40_001, "ErGwScale", 40_000),
    ],
)
def test_the_smallest_expressroute_gateway_that_carries_the_total(mbps: int, expected: str, throughput: int) -> None:
    advice = advise(sites=[BY_CIRCUIT | {"bandwidth_mbps": mbps}])
    assert circuit_sku(advice) == expected
    assert advice.expressroute is not None
    assert advice.expressroute.throughput_mbps == throughput
    assert row(advice, "expressroute_mbps").allowed == (40_000 if expected == "ErGwScale" else throughput)


@pytest.mark.parametrize(
    ("endpoints", "expected", "throughput", "allowed"),
    [
        (2000, "ErGw1AZ", 1000, 2000),
        (2001, "ErGw2AZ", 2000, 4500),
        (4500, "ErGw2AZ", 2000, 4500),
        (4501, "ErGw3AZ", 10_000, 11_000),
        (11_000, "ErGw3AZ", 10_000, 11_000),
        (11_001, "ErGwScale", 6000, 50_000),
        (12_000, "ErGwScale", 6000, 50_000),
        (12_001, "ErGwScale", 7000, 50_000),
        (20_000, "ErGwScale", 10_000, 50_000),
        (20_001, "ErGwScale", 11_000, 50_000),
        (21_000, "ErGwScale", 11_000, 50_000),
        (21_001, "ErGwScale", 12_000, 50_000),
        (50_000, "ErGwScale", 40_000, 50_000),
        (50_001, "ErGwScale", 40_000, 50_000),
    ],
)
def test_the_smallest_expressroute_gateway_for_the_endpoints(
    endpoints: int, expected: str, throughput: int, allowed: int
) -> None:
    advice = advise(sites=[BY_CIRCUIT], endpoints=endpoints)
    assert circuit_sku(advice) == expected
    assert advice.expressroute is not None
    assert advice.expressroute.throughput_mbps == throughput
    assert row(advice, "endpoints").allowed == allowed
    assert problems(advice) == ({"endpoint-limit-exceeded"} if endpoints > 50_000 else set())


@pytest.mark.parametrize(("count", "expected"), [(3999, "ErGw1AZ"), (4000, "ErGw1AZ"), (4001, "ErGw2AZ")])
def test_the_smallest_expressroute_gateway_learns_4000_prefixes(count: int, expected: str) -> None:
    assert circuit_sku(advise(sites=[site(expressroute=True) | {"prefixes": hosts(count)}])) == expected


@pytest.mark.parametrize(
    ("mbps", "circuit"),
    [
        (50, 50),
        (51, 100),
        (101, 200),
        (201, 500),
        (501, 1000),
        (1001, 2000),
        (2001, 5000),
        (5001, 10_000),
        (10_000, 10_000),
        (10_001, 40_000),
        (40_000, 40_000),
        (40_001, 100_000),
        (100_001, 100_000),
    ],
)
def test_the_smallest_circuit_that_carries_the_total(mbps: int, circuit: int) -> None:
    advice = advise(sites=[BY_CIRCUIT | {"bandwidth_mbps": mbps}])
    assert advice.expressroute is not None
    assert advice.expressroute.circuit_mbps == circuit
