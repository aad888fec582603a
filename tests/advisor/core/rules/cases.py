"""Needs with the exact set of codes that each finds: silent neighbours first, then what fires.

Kept apart from the tests because several of them walk through the whole table.
"""

from __future__ import annotations

from typing import Any

from tests.advisor.core.rules.surrounding_cases import SURROUNDING_CASES
from tests.advisor.core.rules.things import (
    BOTH,
    BY_CIRCUIT,
    BY_VPN,
    CLIENTS,
    HUB,
    IDLE,
    OFFICE,
    POLICY_BASED,
    SHARED,
    SOFTWARE,
    SPOKE,
    TUNNEL,
    some_clients,
)
from tests.builders import site, sites, vnet

GATEWAY_CASES: list[tuple[str, dict[str, Any], set[str]]] = [
    ("nothing asked", {}, {"nothing-to-connect"}),
    ("one site", {"sites": [OFFICE]}, TUNNEL),
    ("two sites", {"sites": sites(2)}, SHARED),
    ("two vnets", {"vnets": [HUB, SPOKE]}, set()),
    ("three vnets", {"vnets": [HUB, SPOKE, vnet("third")]}, {"bandwidth-shared"}),
    ("clients", {"clients": some_clients()}, CLIENTS),
    ("clients and a site", {"sites": [OFFICE], "clients": some_clients()}, BOTH),
    ("clients asked for without any", {"clients": {"systems": ["other"], "vnets": 2}}, {"nothing-to-connect"}),
    # overlapping-prefixes
    ("prefixes beside each other", {"vnets": [HUB], "sites": [site("a", "10.21.0.0/16")]}, TUNNEL),
    ("a hub overlaps itself", {"vnets": [vnet("hub", "10.0.0.0/8", "10.1.0.0/16")], "sites": [OFFICE]}, TUNNEL),
    ("hub and site", {"vnets": [HUB], "sites": [site("a", "10.20.3.0/24")]}, TUNNEL | {"overlapping-prefixes"}),
    ("site and site", {"sites": sites(2, prefixes=["10.0.0.0/8"])}, SHARED | {"overlapping-prefixes"}),
    ("hub and vnet", {"vnets": [HUB, vnet("b", "10.0.0.0/8")]}, {"overlapping-prefixes"}),
    (
        "hub and pool",
        {"vnets": [HUB], "clients": some_clients(pool="10.20.0.0/24")},
        CLIENTS | {"overlapping-prefixes"},
    ),
    (
        "a pool that nobody uses",
        {"vnets": [HUB], "clients": {"pool": "10.20.0.0/24"}},
        {"nothing-to-connect", "overlapping-prefixes"},
    ),
    (
        "sites on circuit",
        {"sites": sites(2, prefixes=["10.0.0.0/8"]), "private_path": True},
        {"overlapping-prefixes"},
    ),
    # more-overlaps: 14 sites make 91 pairs, 15 make 105
    (
        "91 pairs",
        {"sites": sites(14, prefixes=["10.0.0.0/8"], expressroute=True)},
        {"overlapping-prefixes"},
    ),
    (
        "105 pairs",
        {"sites": sites(15, prefixes=["10.0.0.0/8"], expressroute=True)},
        {"overlapping-prefixes", "more-overlaps"},
    ),
    # tunnel-limit-exceeded
    ("30 sites", {"sites": sites(30)}, SHARED),
    ("31 sites", {"sites": sites(31)}, SHARED | {"tunnel-limit-exceeded"}),
    (
        "30 sites and a vnet",
        {"sites": sites(30), "vnets": [HUB, SPOKE]},
        SHARED | {"tunnel-limit-exceeded"},
    ),
    ("31 sites on circuit", {"sites": sites(31, expressroute=True)}, set()),
    # policy-based-single-tunnel
    ("a policy-based device", {"sites": [POLICY_BASED]}, IDLE),
    ("an existing policy-based gateway", {"sites": [OFFICE], "gateway_routing": "policy-based"}, IDLE),
    (
        "software has no routing to choose",
        {"sites": [site(device="software", device_routing="policy-based")]},
        TUNNEL | {"software-vpn"},
    ),
    (
        "a policy-based device on circuit",
        {"sites": [site(device_routing="policy-based", expressroute=True)]},
        set(),
    ),
    (
        "a policy-based device and another site",
        {"sites": [POLICY_BASED, site("b")]},
        IDLE | SHARED | {"policy-based-single-tunnel"},
    ),
    (
        "a policy-based device and a vnet",
        {"sites": [POLICY_BASED], "vnets": [HUB, SPOKE]},
        IDLE | SHARED | {"policy-based-single-tunnel"},
    ),
    (
        "a policy-based device and clients",
        {"sites": [POLICY_BASED], "clients": some_clients()},
        IDLE | BOTH | {"policy-based-single-tunnel"},
    ),
    (
        "a policy-based device beside expressroute",
        {"sites": [POLICY_BASED, BY_CIRCUIT]},
        IDLE | {"policy-based-single-tunnel"},
    ),
    (
        "two tunnels to a policy-based device",
        {"sites": [site(device_routing="policy-based", tunnels=2)], "bgp": True},
        IDLE | SHARED | {"policy-based-single-tunnel", "bgp-not-supported"},
    ),
    (
        "an existing policy-based gateway and clients",
        {"clients": some_clients(), "gateway_routing": "policy-based"},
        CLIENTS | {"policy-based-idle-timeout", "policy-based-single-tunnel"},
    ),
    (
        "an existing policy-based gateway and a vnet",
        {"vnets": [HUB, SPOKE], "gateway_routing": "policy-based"},
        {"policy-based-idle-timeout", "policy-based-single-tunnel"},
    ),
    # gateway-routing-mismatch
    ("an existing route-based gateway", {"sites": [OFFICE], "gateway_routing": "route-based"}, TUNNEL),
    ("a policy-based device on basic", {"sites": [POLICY_BASED], "gateway_sku": "Basic"}, IDLE),
    (
        "a policy-based device on an existing route-based gateway",
        {"sites": [POLICY_BASED], "gateway_routing": "route-based"},
        IDLE | {"gateway-routing-mismatch"},
    ),
    (
        "a policy-based device on standard",
        {"sites": [POLICY_BASED], "gateway_sku": "Standard"},
        IDLE | {"gateway-routing-mismatch"},
    ),
    (
        "a policy-based gateway said to be standard",
        {"sites": [OFFICE], "gateway_routing": "policy-based", "gateway_sku": "Standard"},
        IDLE | {"gateway-routing-mismatch"},
    ),
    (
        "software on a policy-based gateway",
        {"sites": [SOFTWARE], "gateway_routing": "policy-based"},
        IDLE | {"gateway-routing-mismatch", "software-vpn"},
    ),
    (
        "software beside a policy-based device",
        {"sites": [POLICY_BASED, site("b", device="software")]},
        IDLE | SHARED | {"gateway-routing-mismatch", "policy-based-single-tunnel", "software-vpn"},
    ),
    # gateway-sku-too-small
    ("ten tunnels on basic", {"sites": sites(10), "gateway_sku": "Basic"}, SHARED),
    ("eleven tunnels on basic", {"sites": sites(11), "gateway_sku": "Basic"}, SHARED | {"gateway-sku-too-small"}),
    ("eleven tunnels on standard", {"sites": sites(11), "gateway_sku": "Standard"}, SHARED | {"gateway-sku-too-small"}),
    ("eleven tunnels on the largest", {"sites": sites(11), "gateway_sku": "HighPerformance"}, SHARED),
    ("31 tunnels on basic", {"sites": sites(31), "gateway_sku": "Basic"}, SHARED | {"tunnel-limit-exceeded"}),
    (
        "101 Mbps on basic",
        {"sites": [site(bandwidth_mbps=101)], "gateway_sku": "Basic"},
        TUNNEL | {"gateway-sku-too-small"},
    ),
    (
        "basic beside expressroute",
        {"sites": [BY_VPN, BY_CIRCUIT], "gateway_sku": "Basic"},
        TUNNEL | {"gateway-sku-too-small"},
    ),
    ("standard beside expressroute", {"sites": [BY_VPN, BY_CIRCUIT], "gateway_sku": "Standard"}, TUNNEL),
    # bandwidth-exceeds-gateway
    ("200 Mbps that stays on vpn", {"sites": [site(bandwidth_mbps=200, expressroute=False)]}, TUNNEL),
    (
        "201 Mbps that stays on vpn",
        {"sites": [site(bandwidth_mbps=201, expressroute=False)]},
        TUNNEL | {"bandwidth-exceeds-gateway"},
    ),
    (
        "201 Mbps of clients",
        {"clients": some_clients(), "bandwidth_mbps": 201},
        CLIENTS | {"bandwidth-exceeds-gateway"},
    ),
    ("201 Mbps of nothing", {"bandwidth_mbps": 201}, {"nothing-to-connect"}),
    ("100 Mbps policy-based", {"sites": [site(device_routing="policy-based", bandwidth_mbps=100)]}, IDLE),
    (
        "101 Mbps policy-based",
        {"sites": [site(device_routing="policy-based", bandwidth_mbps=101)]},
        IDLE | {"bandwidth-exceeds-gateway"},
    ),
    (
        "201 Mbps on vpn beside expressroute",
        {"sites": [site(bandwidth_mbps=201, expressroute=False), site("b")], "private_path": True},
        TUNNEL | {"bandwidth-exceeds-gateway"},
    ),
    (
        "a backup is not sized",
        {"sites": [site(bandwidth_mbps=201)], "expressroute_backup": True},
        TUNNEL | {"backup-slower-than-circuit"},
    ),
    # bandwidth-exceeds-expressroute, bandwidth-exceeds-vpn
    ("200 Mbps", {"sites": [site(bandwidth_mbps=200)]}, TUNNEL),
    ("200.5 Mbps", {"sites": [site(bandwidth_mbps=200.5)]}, {"bandwidth-exceeds-vpn"}),
    ("more than vpn, and a circuit", {"sites": [site(bandwidth_mbps=201)], "expressroute_circuit": True}, set()),
    ("a total beside what the sites say", {"sites": [site(bandwidth_mbps=900)], "bandwidth_mbps": 50}, TUNNEL),
    ("10 Gbps", {"sites": [site(bandwidth_mbps=10000)], "private_path": True}, set()),
    (
        "more than 10 Gbps",
        {"sites": [site(bandwidth_mbps=10001)], "private_path": True},
        {"bandwidth-exceeds-expressroute"},
    ),
    # no-vpn-device
    ("no device, and clients", {"sites": [site(device="none")], "clients": some_clients()}, CLIENTS),
    ("no device on circuit", {"sites": [site(device="none")], "private_path": True}, set()),
    ("no device, and backup", {"sites": [site(device="none")], "expressroute_backup": True}, set()),
    ("no device", {"sites": [site(device="none")]}, {"no-vpn-device"}),
    (
        "no device that stays on vpn",
        {"sites": [site(device="none", expressroute=False)], "private_path": True},
        {"no-vpn-device"},
    ),
    # no-public-ipv4, public-ipv4-not-public
    ("a public address", {"sites": [site(public_ipv4="52.166.10.20")]}, TUNNEL),
    ("no public address", {"sites": [site(public_ipv4=False)]}, TUNNEL | {"no-public-ipv4"}),
    ("no public address on circuit", {"sites": [site(public_ipv4=False, expressroute=True)]}, set()),
    (
        "no public address, no device",
        {"sites": [site(public_ipv4=False, device="none")], "clients": some_clients()},
        CLIENTS,
    ),
    ("a private address", {"sites": [site(public_ipv4="10.1.2.3")]}, TUNNEL | {"public-ipv4-not-public"}),
    ("a private address on circuit", {"sites": [site(public_ipv4="10.1.2.3", expressroute=True)]}, set()),
    # redundant-tunnels-need-bgp
    ("two tunnels with bgp", {"sites": [site(tunnels=2)], "bgp": True}, SHARED),
    ("two tunnels", {"sites": [site(tunnels=2)]}, SHARED | {"redundant-tunnels-need-bgp"}),
    ("two tunnels of a site on circuit", {"sites": [site(tunnels=2)], "private_path": True}, set()),
    # bgp-not-supported
    ("bgp", {"sites": [OFFICE], "bgp": True}, TUNNEL),
    ("bgp of nothing", {"bgp": True, "gateway_sku": "Basic"}, {"nothing-to-connect"}),
    (
        "bgp and a classic spoke",
        {"vnets": [HUB, vnet("b", model="classic")], "bgp": True},
        {"classic-and-resource-manager-mixed"},
    ),
    ("bgp of clients beside expressroute", {"sites": [BY_CIRCUIT], "clients": some_clients(), "bgp": True}, CLIENTS),
    ("bgp on standard", {"sites": [OFFICE], "bgp": True, "gateway_sku": "Standard"}, TUNNEL),
    (
        "bgp on basic",
        {"sites": [OFFICE], "bgp": True, "gateway_sku": "Basic"},
        TUNNEL | {"bgp-not-supported", "gateway-sku-too-small"},
    ),
    ("bgp policy-based", {"sites": [POLICY_BASED], "bgp": True}, IDLE | {"bgp-not-supported"}),
    (
        "bgp on a classic hub",
        {"vnets": [vnet("hub", model="classic")], "sites": [OFFICE], "bgp": True},
        TUNNEL | {"bgp-not-supported"},
    ),
    ("bgp beside expressroute", {"sites": [BY_VPN, BY_CIRCUIT], "bgp": True}, TUNNEL | {"bgp-not-supported"}),
]

CASES = GATEWAY_CASES + SURROUNDING_CASES
"""Every case."""
