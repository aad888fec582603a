"""What edition 2026 finds of sites on VPN: devices, NAT, tunnels, traffic selectors, overlaps."""

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
    THIRD,
    Case,
    Info,
    advise,
    each_info,
    each_of,
    finding,
    hosts,
    infos,
    problems,
    sku,
    some_clients,
    text,
)
from tests.builders import site, sites, vnet

PRIVATE = "10.1.2.3"
TUNNEL = "tunnel-throughput-exceeded"
OVERLAP = {"overlapping-prefixes"}
SAME = [site("a", "192.168.1.0/24"), site("b", "192.168.1.0/24")]

CASES: list[Case] = [
    ("a site", {"sites": [OFFICE]}, set()),
    # no-vpn-device
    ("no device", {"sites": [site(device="none")]}, {"no-vpn-device"}),
    ("no device, with clients", {"sites": [site(device="none")], "clients": some_clients()}, set()),
    # no-public-ipv4, public-ipv4-not-public
    ("no public address", {"sites": [site(public_ipv4=False)]}, {"no-public-ipv4"}),
    ("no public address behind nat", {"sites": [site(public_ipv4=False, behind_nat=True)]}, set()),
    ("a private address", {"sites": [site(public_ipv4=PRIVATE)]}, {"public-ipv4-not-public"}),
    ("a private address behind nat", {"sites": [site(public_ipv4=PRIVATE, behind_nat=True)]}, set()),
    ("a public address", {"sites": [site(public_ipv4="52.166.10.20")]}, set()),
    ("no public address on a circuit", {"sites": [site(public_ipv4=False, expressroute=True)]}, set()),
    # redundant-tunnels-need-bgp
    ("two tunnels", {"sites": [site(tunnels=2)]}, {"redundant-tunnels-need-bgp"}),
    ("two tunnels with bgp", {"sites": [site(tunnels=2)], "bgp": True}, set()),
    # device-not-validated
    ("an unlisted device", {"sites": [site(device="unlisted")]}, {"device-not-validated"}),
    # tunnel-throughput-exceeded
    ("650 Mbps", {"sites": [site(bandwidth_mbps=650)]}, set()),
    ("1250 Mbps", {"sites": [site(bandwidth_mbps=1250)]}, set()),
    ("1500 Mbps", {"sites": [site(bandwidth_mbps=1500)]}, set()),
    ("1501 Mbps", {"sites": [site(bandwidth_mbps=1501)]}, {TUNNEL}),
    ("1501 Mbps over two tunnels", {"sites": [site(bandwidth_mbps=1501, tunnels=2)], "bgp": True}, set()),
    ("a total of one site", {"sites": [OFFICE], "bandwidth_mbps": 1501}, {TUNNEL}),
    ("a total of two sites", {"sites": sites(2), "bandwidth_mbps": 1501}, set()),
    ("a total of one site and clients", {"sites": [OFFICE], "bandwidth_mbps": 1501, "clients": some_clients()}, set()),
    (
        "a backup",
        {"sites": [site(bandwidth_mbps=9000)], "private_path": True, "expressroute_backup": True},
        {"private-path-not-for-backup"},
    ),
    (
        "over a circuit",
        {"sites": [site(bandwidth_mbps=1501)], "private_path": True, "expressroute_encryption": True},
        {TUNNEL},
    ),
    (
        "over a circuit with a backup",
        {
            "sites": [site(bandwidth_mbps=1501)],
            "expressroute_encryption": True,
            "expressroute_backup": True,
            "bgp": True,
        },
        {TUNNEL},
    ),
    ("on basic", {"sites": [site(bandwidth_mbps=100)], "gateway_sku": "Basic"}, set()),
    # traffic-selector-limit-exceeded
    (
        "100 pairs",
        {"vnets": [HUB, SPOKE], "sites": [BY_POLICY | {"prefixes": hosts(50)}]},
        set(),
    ),
    (
        "102 pairs",
        {"vnets": [HUB, SPOKE], "sites": [BY_POLICY | {"prefixes": hosts(51)}]},
        {"traffic-selector-limit-exceeded"},
    ),
    ("102 pairs of a route-based device", {"vnets": [HUB, SPOKE], "sites": [site() | {"prefixes": hosts(51)}]}, set()),
    (
        "102 pairs on a policy-based gateway",
        {
            "vnets": [HUB, SPOKE],
            "sites": [BY_POLICY | {"prefixes": hosts(51)}],
            "gateway_routing": "policy-based",
        },
        {"traffic-selector-limit-exceeded", "gateway-transit-not-on-basic"},
    ),
    ("many pairs on a circuit", {"sites": [BY_POLICY | {"prefixes": hosts(101), "expressroute": True}]}, set()),
    # transit-not-over-traffic-selectors
    (
        "transit and a policy-based device",
        {"sites": [BY_POLICY], "vnets": [HUB, SPOKE], "transit": True},
        {"transit-not-over-traffic-selectors"},
    ),
    ("transit and a route-based device", {"sites": [OFFICE], "vnets": [HUB, SPOKE], "transit": True}, set()),
    ("a policy-based device without transit", {"sites": [BY_POLICY], "vnets": [HUB, SPOKE]}, set()),
    # overlapping-prefixes
    ("sites that overlap", {"sites": SAME}, OVERLAP),
    ("a site over the hub", {"sites": [site("a", "10.20.1.0/24")]}, OVERLAP),
    (
        "more than 100 pairs",
        {"sites": [site(f"Site {number}", "192.168.1.0/24") for number in range(15)]},
        {"overlapping-prefixes", "more-overlaps"},
    ),
]

NAT = "nat-could-solve-overlap"
INFOS: list[Info] = [
    ("software-vpn", "software", {"sites": [site(device="software")]}, True),
    ("software-vpn", "a device", {"sites": [OFFICE]}, False),
    ("site-behind-nat", "behind nat", {"sites": [site(behind_nat=True)]}, True),
    ("site-behind-nat", "not behind nat", {"sites": [OFFICE]}, False),
    ("site-behind-nat", "on a circuit", {"sites": [site(behind_nat=True, expressroute=True)]}, False),
    (
        "site-behind-nat",
        "with a backup",
        {"sites": [site(behind_nat=True)], "private_path": True, "expressroute_backup": True},
        True,
    ),
    ("policy-based-traffic-selectors", "a policy-based device", {"sites": [BY_POLICY]}, True),
    ("policy-based-traffic-selectors", "a route-based device", {"sites": [OFFICE]}, False),
    (
        "policy-based-traffic-selectors",
        "on a policy-based gateway",
        {"sites": [BY_POLICY], "gateway_routing": "policy-based"},
        False,
    ),
    (NAT, "two sites", {"sites": SAME}, True),
    (NAT, "a site and the hub", {"sites": [site("a", "10.20.1.0/24")]}, True),
    (NAT, "a site and a peered vnet", {"vnets": [HUB, SPOKE], "sites": [site("a", "10.30.1.0/24")]}, True),
    (NAT, "vnets among themselves", {"vnets": [HUB, vnet("b", "10.20.1.0/24")], "sites": [OFFICE]}, False),
    (NAT, "the client pool", {"sites": [OFFICE], "clients": some_clients(pool="192.168.10.0/24")}, False),
    (NAT, "a policy-based device", {"sites": [BY_POLICY | {"prefixes": ["10.20.1.0/24"]}]}, False),
    (NAT, "one of two is policy-based", {"sites": [SAME[0] | {"device_routing": "policy-based"}, SAME[1]]}, True),
    (NAT, "a policy-based gateway", {"sites": [site("a", "10.20.1.0/24")], "gateway_routing": "policy-based"}, False),
    (NAT, "on a circuit", {"sites": [site("a", "10.20.1.0/24", expressroute=True)]}, False),
    (
        NAT,
        "one of two on a circuit",
        {"sites": [SAME[0] | {"expressroute": True}, SAME[1] | {"expressroute": False}]},
        True,
    ),
    (NAT, "no overlap", {"sites": [OFFICE, BY_CIRCUIT]}, False),
    ("default-policy-weak", "a site", {"sites": [OFFICE]}, True),
    ("default-policy-weak", "basic", {"sites": [OFFICE], "gateway_sku": "Basic"}, False),
    ("default-policy-weak", "clients", {"clients": some_clients()}, False),
    ("clamp-mss", "a site", {"sites": [OFFICE]}, True),
    ("clamp-mss", "basic", {"sites": [OFFICE], "gateway_sku": "Basic"}, True),
    ("clamp-mss", "clients", {"clients": some_clients()}, False),
    ("device-parameters", "a site", {"sites": [OFFICE]}, True),
    ("device-parameters", "on a circuit", {"sites": [BY_CIRCUIT]}, False),
    ("redundant-tunnels", "two tunnels", {"sites": [site(tunnels=2)], "bgp": True}, True),
    ("redundant-tunnels", "one tunnel", {"sites": [site(tunnels=1)], "bgp": True}, False),
    ("public-space-of-others", "public space", {"sites": [site("a", "8.8.8.0/24")]}, True),
    ("public-space-of-others", "private space", {"sites": [OFFICE]}, False),
    ("site-stays-on-vpn", "it is to stay", {"sites": [BY_VPN]}, True),
    ("site-stays-on-vpn", "it may move", {"sites": [OFFICE]}, False),
]


@each_of(CASES)
def test_a_need_finds_exactly_these_problems(changes: dict[str, Any], expected: set[str]) -> None:
    assert problems(advise(**changes)) == expected


@each_info(INFOS)
def test_a_need_is_told_this_or_not(code: str, changes: dict[str, Any], fires: bool) -> None:
    assert (code in infos(advise(**changes))) == fires


@pytest.mark.parametrize(
    ("existing", "each"),
    [("VpnGw1AZ", 650), ("VpnGw2AZ", 1250), ("VpnGw3AZ", 1500), ("VpnGw4AZ", 2300), ("VpnGw5AZ", 2300)],
)
@pytest.mark.parametrize("tunnels", [1, 2])
def test_a_tunnel_carries_what_its_sku_gives_one(existing: str, each: int, tunnels: int) -> None:
    for more, found in ((-1, False), (0, False), (1, True)):
        advice = advise(
            sites=[site(bandwidth_mbps=each * tunnels + more, tunnels=tunnels)], bgp=True, gateway_sku=existing
        )
        carries = sku(advice) == existing
        assert (TUNNEL in problems(advice)) == (found and carries)


def test_it_says_how_many_tunnels_carry_it() -> None:
    advice = advise(sites=[site("Tilburg", bandwidth_mbps=7000)])
    assert sku(advice) == "VpnGw5AZ"
    said = text(advice, TUNNEL)
    assert "site Tilburg needs 7 Gbps, so 4 tunnels" in said
    assert "require BGP" in said
    assert finding(advice, TUNNEL).subjects == ("sites[0].bandwidth_mbps", "sites[0].tunnels")
    total = advise(sites=[site("Tilburg")], bandwidth_mbps=7000)
    assert finding(total, TUNNEL).subjects == ("sites[0].tunnels", "bandwidth_mbps")


def test_behind_nat_the_device_starts_the_tunnel() -> None:
    said = text(advise(sites=[site("Tilburg", behind_nat=True)]), "site-behind-nat")
    assert "have the device start the tunnel" in said
    assert "public address of the NAT" in said


def test_nat_begins_at_the_second_sku() -> None:
    said = text(advise(sites=SAME), NAT)
    assert "from SKU VpnGw2AZ on, with at most 500 rules" in said


def test_the_numbers_of_a_tunnel_are_told() -> None:
    advice = advise(sites=[OFFICE])
    assert "1,350 bytes" in text(advice, "clamp-mss")
    for word in ("group 2,", "SHA-1", "3DES"):
        assert word in text(advice, "default-policy-weak")
    assert "complete custom" in text(advise(sites=[BY_POLICY]), "policy-based-traffic-selectors")


def test_the_prefixes_of_all_vnets_count_for_traffic_selectors() -> None:
    advice = advise(vnets=[HUB, SPOKE, THIRD], sites=[BY_POLICY | {"prefixes": hosts(34)}])
    assert "102 traffic selectors" in text(advice, "traffic-selector-limit-exceeded")
