"""BGP is advised for the connections that can have it: not for those of a device with traffic selectors."""

from __future__ import annotations

from typing import Any

import pytest

from tests.advisor.core.edition_2026.builders import (
    BY_POLICY,
    HUB,
    SPOKE,
    advise,
    finding,
    hosts,
    infos,
    problems,
    some_clients,
    text,
)
from tests.builders import site

ALSO_BY_POLICY = site("Goes", "192.168.11.0/24", device_routing="policy-based")
BY_ROUTE = site("Breda", "192.168.20.0/24")
ALSO_BY_ROUTE = site("Delft", "192.168.21.0/24")
OVER_SELECTORS = "transit-not-over-traffic-selectors"
BOTH_WAYS: dict[str, Any] = {"expressroute_encryption": True, "expressroute_backup": True}

CASES: list[tuple[str, dict[str, Any], set[str]]] = [
    ("transit by policy", {"sites": [BY_POLICY, ALSO_BY_POLICY], "transit": True}, {OVER_SELECTORS}),
    ("transit with one of each", {"sites": [BY_POLICY, BY_ROUTE], "transit": True}, {OVER_SELECTORS}),
    (
        "transit between the others",
        {"sites": [BY_POLICY, BY_ROUTE, ALSO_BY_ROUTE], "transit": True},
        {OVER_SELECTORS, "transit-needs-bgp"},
    ),
    ("bgp by policy", {"sites": [BY_POLICY], "bgp": True}, set()),
    (
        "bgp by policy on a policy-based gateway",
        {"sites": [BY_POLICY], "bgp": True, "gateway_routing": "policy-based"},
        set(),
    ),
    ("bgp by policy on Basic", {"sites": [BY_POLICY], "bgp": True, "gateway_sku": "Basic"}, {"gateway-sku-too-small"}),
    (
        "bgp on a policy-based gateway",
        {"sites": [BY_ROUTE], "bgp": True, "gateway_routing": "policy-based"},
        {"bgp-not-supported"},
    ),
    ("two tunnels by policy", {"sites": [BY_POLICY | {"tunnels": 2}]}, {"redundant-tunnels-need-bgp"}),
    (
        "two tunnels by policy with bgp",
        {"sites": [BY_POLICY | {"tunnels": 2}], "bgp": True},
        {"redundant-tunnels-need-bgp"},
    ),
    (
        "two tunnels with bgp beside one by policy",
        {"sites": [BY_POLICY, BY_ROUTE | {"tunnels": 2}], "bgp": True},
        set(),
    ),
    ("both ways by policy", {"sites": [BY_POLICY], "bgp": True, **BOTH_WAYS}, {"redundant-tunnels-need-bgp"}),
    (
        "1,001 prefixes by policy with bgp",
        {"sites": [site("Tilburg", *hosts(1001), device_routing="policy-based")], "bgp": True},
        {"traffic-selector-limit-exceeded", "vpn-prefix-limit-exceeded"},
    ),
]


@pytest.mark.parametrize(("changes", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_no_connection_by_policy_is_to_have_bgp(changes: dict[str, Any], expected: set[str]) -> None:
    assert problems(advise(**changes)) == expected


WORDS: list[tuple[str, dict[str, Any], str]] = [
    (
        "transit-needs-bgp",
        {"sites": [BY_POLICY, BY_ROUTE, ALSO_BY_ROUTE], "transit": True},
        "Sites Breda and Delft reach each other through the hub only with BGP on every connection: turn BGP on, with "
        "SKU VpnGw1AZ.",
    ),
    (
        "wish-unused",
        {"sites": [BY_POLICY], "bgp": True},
        "This choice has no effect in this design: BGP (site Tilburg has a policy-based device, with which it is not "
        "possible). Leave it out, or change the design.",
    ),
    (
        "clients-reach",
        {"sites": [BY_POLICY], "clients": some_clients(), "bgp": True},
        "The clients reach VNet hub. To reach site Tilburg as well, they need traffic selectors for their address "
        "pool, on the policy-based device and on the connection.",
    ),
    (
        "clients-reach",
        {"sites": [BY_POLICY, BY_ROUTE], "clients": some_clients()},
        "The clients reach VNet hub only. To reach site Breda as well, they need BGP on each connection, with SKU "
        "VpnGw1AZ. To reach site Tilburg as well, they need traffic selectors for their address pool, on the "
        "policy-based device and on the connection.",
    ),
    (
        "clients-reach",
        {"sites": [BY_POLICY, BY_ROUTE | {"expressroute": True}], "clients": some_clients()},
        "The clients reach VNet hub, and site Breda only with Azure Route Server: for clients that must reach that "
        "location, set up a connection there. To reach site Tilburg as well, they need traffic selectors for their "
        "address pool, on the policy-based device and on the connection.",
    ),
    (
        "redundant-tunnels-need-bgp",
        {"sites": [BY_POLICY | {"tunnels": 2}], "bgp": True},
        "More than 1 tunnel to the same site requires BGP, which is not possible with the policy-based device at site "
        "Tilburg: ask for 1 tunnel there, or install a device that supports route-based routing.",
    ),
    (
        "redundant-tunnels-need-bgp",
        {"sites": [BY_POLICY | {"tunnels": 2}, BY_ROUTE | {"tunnels": 2}]},
        "More than 1 tunnel to the same site requires BGP, which is not possible with the policy-based device at site "
        "Tilburg: ask for 1 tunnel there, or install a device that supports route-based routing. For site Breda, turn "
        "BGP on (SKU VpnGw1AZ), or ask for 1 tunnel per site there too.",
    ),
    (
        "redundant-tunnels-need-bgp",
        {"sites": [BY_POLICY], "bgp": True, **BOTH_WAYS},
        "With encryption over ExpressRoute and a VPN as the backup, site Tilburg gets tunnels of two kinds. That "
        "requires BGP, which is not possible with a policy-based device: do without the encryption or the backup, or "
        "install a device that supports route-based routing.",
    ),
    (
        "tunnel-throughput-exceeded",
        {"sites": [BY_POLICY | {"bandwidth_mbps": 2400}]},
        "One tunnel of VpnGw3AZ carries at most 1.5 Gbps with GCMAES256, which is not enough: site Tilburg needs 2.4 "
        "Gbps. More tunnels to the same site are not possible with a policy-based device: install a device that "
        "supports route-based routing, or limit the bandwidth to 1.5 Gbps per site.",
    ),
    (
        "tunnel-throughput-exceeded",
        {"sites": [BY_POLICY | {"bandwidth_mbps": 2400}, BY_ROUTE | {"bandwidth_mbps": 2400}]},
        "One tunnel of VpnGw4AZ carries at most 2.3 Gbps with GCMAES256, which is not enough: site Tilburg needs 2.4 "
        "Gbps and site Breda needs 2.4 Gbps, so 2 tunnels. Enter the numbers of tunnels named here in the design; more "
        "tunnels to the same site require BGP, which is not possible with the policy-based device at site Tilburg: "
        "install a device there that supports route-based routing, or limit the bandwidth there to 2.3 Gbps per site.",
    ),
    (
        "vpn-prefix-limit-exceeded",
        {"sites": [site("Tilburg", *hosts(1001), device_routing="policy-based")]},
        "Site Tilburg has more than 1,000 prefixes, the maximum of a local network gateway, and a policy-based device: "
        "summarize prefixes.",
    ),
    (
        OVER_SELECTORS,
        {"vnets": [HUB, SPOKE], "sites": [BY_POLICY], "gateway_routing": "policy-based", "transit": True},
        "Site Tilburg has a policy-based device, and through the policy-based gateway it reaches VNet hub only. Other "
        "networks require a route-based gateway, with traffic selectors for each of them, on the device and on the "
        "connection.",
    ),
    (
        "forced-tunneling",
        {"vnets": [HUB, SPOKE], "sites": [BY_POLICY], "forced_tunneling": True},
        "Forced tunneling over VPN: make site Tilburg the default site on the VPN gateway of VNet hub. Also give each "
        "subnet of VNet hub that this must apply to, and likewise those of VNet spoke, a route table that sends "
        "0.0.0.0/0 to that gateway. VMs there then no longer answer traffic from the internet directly.",
    ),
    (
        "forced-tunneling",
        {"vnets": [HUB, SPOKE], "sites": [BY_ROUTE | {"expressroute": True}], "forced_tunneling": True},
        "Forced tunneling over ExpressRoute: advertise 0.0.0.0/0 at site Breda over the BGP session of the circuit; no "
        "route table or default site is needed. VMs in VNets hub and spoke then no longer answer traffic from the "
        "internet directly.",
    ),
]


@pytest.mark.parametrize(("code", "changes", "said"), WORDS)
def test_each_sentence_names_the_connections_that_can_have_it(code: str, changes: dict[str, Any], said: str) -> None:
    assert text(advise(**changes), code) == said


def test_the_subjects_are_the_connections_that_can_have_it() -> None:
    advice = advise(sites=[BY_POLICY, BY_ROUTE, ALSO_BY_ROUTE], transit=True)
    assert finding(advice, "transit-needs-bgp").subjects == ("sites[1]", "sites[2]", "transit", "bgp")


def test_a_number_for_a_connection_without_bgp_does_nothing() -> None:
    advice = advise(sites=[BY_POLICY | {"asn": 65_001}, BY_ROUTE], bgp=True)
    assert finding(advice, "wish-unused").subjects == ("sites[0].asn",)
    assert "bgp-asn" in infos(advice)


def test_numbers_that_no_connection_uses_do_not_clash() -> None:
    twins = [BY_POLICY | {"asn": 65_001}, BY_ROUTE | {"asn": 65_001}, ALSO_BY_ROUTE | {"asn": 65_002}]
    assert finding(advise(sites=twins, bgp=True, transit=True), "transit").variant == "possible"
