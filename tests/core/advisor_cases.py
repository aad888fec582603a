"""Needs with the exact set of codes that each finds: silent neighbours first, then what fires.

Kept apart from the tests because several of them walk through the whole table.
"""

from __future__ import annotations

from typing import Any

from tests.builders import site, sites, vnet

TUNNEL = {"throughput-not-guaranteed"}
"""What every need with a site on VPN finds."""
SHARED = TUNNEL | {"bandwidth-shared"}
CLIENTS = {"throughput-not-guaranteed", "no-auto-reconnect"}
"""What every need with clients finds."""
BOTH = SHARED | CLIENTS
IDLE = TUNNEL | {"policy-based-idle-timeout"}

HUB = vnet("hub", "10.20.0.0/16")
SPOKE = vnet("spoke", "10.30.0.0/16")
OFFICE = site("Tilburg", "192.168.10.0/24")
POLICY_BASED = site("Tilburg", device_routing="policy-based")
SOFTWARE = site("Tilburg", device="software")
BY_CIRCUIT = site("Breda", expressroute=True)
BY_VPN = site("Tilburg", expressroute=False)


def some_clients(**fields: Any) -> dict[str, Any]:
    """Clients that fit."""
    return {"count": 5, **fields}


def hub_with(*subnets: str) -> list[dict[str, Any]]:
    """The hub with subnets in use."""
    return [vnet("hub", "10.20.0.0/24", subnets=list(subnets))]


CASES: list[tuple[str, dict[str, Any], set[str]]] = [
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
    # transit-not-across-expressroute
    ("transit on circuit", {"sites": sites(2), "private_path": True, "transit": True}, set()),
    ("sites on both, no transit", {"sites": [BY_VPN, BY_CIRCUIT]}, TUNNEL),
    ("sites on both", {"sites": [BY_VPN, BY_CIRCUIT], "transit": True}, TUNNEL | {"transit-not-across-expressroute"}),
    (
        "a vnet on vpn",
        {"sites": [BY_CIRCUIT], "vnets": [HUB, SPOKE], "transit": True},
        {"transit-not-across-expressroute", "vnets-can-share-circuit"},
    ),
    (
        "a site over its clients",
        {"sites": [site(device="none"), BY_CIRCUIT], "clients": some_clients(), "transit": True},
        CLIENTS | {"transit-not-across-expressroute"},
    ),
    ("clients are no members", {"sites": [BY_CIRCUIT], "clients": some_clients(), "transit": True}, CLIENTS),
    # forced-tunneling
    ("forced tunneling", {"sites": [OFFICE], "forced_tunneling": True}, TUNNEL),
    (
        "forced tunneling policy-based",
        {"sites": [POLICY_BASED], "forced_tunneling": True},
        IDLE | {"forced-tunneling-needs-route-based"},
    ),
    (
        "forced tunneling without site",
        {"forced_tunneling": True},
        {"nothing-to-connect", "forced-tunneling-needs-site"},
    ),
    # clients
    ("128 clients", {"clients": {"count": 128}}, CLIENTS),
    ("129 clients", {"clients": {"count": 129}}, CLIENTS | {"client-limit-exceeded"}),
    ("windows 7", {"clients": some_clients(systems=["windows-7", "windows-10"])}, CLIENTS),
    ("windows 11", {"clients": some_clients(systems=["windows-11"])}, CLIENTS | {"client-system-unsupported"}),
    ("another system", {"clients": some_clients(systems=["other"])}, CLIENTS | {"client-system-unsupported"}),
    ("a /25 for 126", {"clients": {"count": 126, "pool": "172.16.0.0/25"}}, CLIENTS),
    ("a /25 for 127", {"clients": {"count": 127, "pool": "172.16.0.0/25"}}, CLIENTS | {"client-pool-too-small"}),
    ("a /32 for 1", {"clients": {"count": 1, "pool": "172.16.0.1/32"}}, CLIENTS | {"client-pool-too-small"}),
    ("20 roots", {"clients": some_clients(root_certificates=20)}, CLIENTS),
    (
        "21 roots",
        {"clients": some_clients(root_certificates=21)},
        CLIENTS | {"root-certificate-limit-exceeded"},
    ),
    ("21 roots of nobody", {"clients": {"root_certificates": 21}}, {"nothing-to-connect"}),
    ("clients beside expressroute", {"sites": [BY_CIRCUIT], "clients": some_clients()}, CLIENTS),
    (
        "clients on a classic hub",
        {"vnets": [vnet("hub", model="classic")], "clients": some_clients()},
        CLIENTS,
    ),
    (
        "clients on a classic hub beside expressroute",
        {"vnets": [vnet("hub", model="classic")], "sites": [BY_CIRCUIT], "clients": some_clients()},
        CLIENTS | {"point-to-site-beside-expressroute"},
    ),
    ("clients of two vnets", {"clients": some_clients(vnets=2)}, CLIENTS | {"client-pools-must-differ"}),
    # gateway subnet
    ("a given /28", {"sites": [OFFICE], "vnets": [HUB], "gateway_subnet": "10.20.0.0/28"}, TUNNEL),
    (
        "a given /29",
        {"sites": [OFFICE], "vnets": [HUB], "gateway_subnet": "10.20.0.0/29"},
        TUNNEL | {"gateway-subnet-below-recommended"},
    ),
    (
        "a given /30",
        {"sites": [OFFICE], "vnets": [HUB], "gateway_subnet": "10.20.0.0/30"},
        TUNNEL | {"gateway-subnet-too-small"},
    ),
    (
        "a /27 beside expressroute",
        {"sites": [BY_VPN, BY_CIRCUIT], "vnets": [HUB], "gateway_subnet": "10.20.0.0/27"},
        TUNNEL,
    ),
    (
        "a /28 beside expressroute",
        {"sites": [BY_VPN, BY_CIRCUIT], "vnets": [HUB], "gateway_subnet": "10.20.0.0/28"},
        TUNNEL | {"gateway-subnet-too-small"},
    ),
    (
        "a /29 for expressroute alone",
        {"sites": [BY_CIRCUIT], "vnets": [HUB], "gateway_subnet": "10.20.0.0/29"},
        {"gateway-subnet-below-recommended"},
    ),
    ("a /30 and no gateway", {"gateway_subnet": "10.20.0.0/30"}, {"nothing-to-connect"}),
    ("a given subnet, no prefixes", {"sites": [OFFICE], "gateway_subnet": "10.20.0.0/28"}, TUNNEL),
    (
        "a given subnet elsewhere",
        {"sites": [OFFICE], "vnets": [HUB], "gateway_subnet": "10.21.0.0/28"},
        TUNNEL | {"gateway-subnet-outside-vnet"},
    ),
    (
        "a given subnet across two prefixes",
        {
            "sites": [OFFICE],
            "vnets": [vnet("hub", "10.20.0.0/29", "10.20.0.8/29")],
            "gateway_subnet": "10.20.0.0/28",
        },
        TUNNEL | {"gateway-subnet-outside-vnet"},
    ),
    (
        "a given subnet that is there",
        {"sites": [OFFICE], "vnets": hub_with("10.20.0.0/28"), "gateway_subnet": "10.20.0.0/28"},
        TUNNEL,
    ),
    (
        "a given subnet in another",
        {"sites": [OFFICE], "vnets": hub_with("10.20.0.0/27"), "gateway_subnet": "10.20.0.0/28"},
        TUNNEL | {"gateway-subnet-in-use"},
    ),
    (
        "a given subnet around another",
        {"sites": [OFFICE], "vnets": hub_with("10.20.0.16/28"), "gateway_subnet": "10.20.0.0/27"},
        TUNNEL | {"gateway-subnet-in-use"},
    ),
    (
        "room for a /28",
        {"sites": [OFFICE], "vnets": hub_with("10.20.0.0/25", "10.20.0.128/26", "10.20.0.192/27", "10.20.0.240/28")},
        TUNNEL,
    ),
    (
        "no room for a /28",
        {"sites": [OFFICE], "vnets": hub_with("10.20.0.0/25", "10.20.0.128/25")},
        TUNNEL | {"gateway-subnet-no-room"},
    ),
    (
        "no room for a /27",
        {
            "sites": [BY_VPN, BY_CIRCUIT],
            "vnets": hub_with("10.20.0.0/25", "10.20.0.128/26", "10.20.0.192/27", "10.20.0.240/28"),
        },
        TUNNEL | {"gateway-subnet-no-room"},
    ),
    ("no room, no gateway", {"vnets": hub_with("10.20.0.0/24")}, {"nothing-to-connect"}),
    # warnings
    ("a private path", {"sites": [OFFICE], "private_path": True}, set()),
    (
        "a private path and clients",
        {"sites": [OFFICE], "private_path": True, "clients": some_clients()},
        CLIENTS | {"private-path-not-for-clients"},
    ),
    (
        "a private path and a backup",
        {"sites": [OFFICE], "private_path": True, "expressroute_backup": True},
        TUNNEL | {"private-path-not-for-backup"},
    ),
    (
        "a private path and no device to back it up",
        {"sites": [site(device="none")], "private_path": True, "expressroute_backup": True},
        set(),
    ),
    ("transit with bgp", {"sites": sites(2), "transit": True, "bgp": True}, SHARED),
    ("transit of one site", {"sites": sites(1), "transit": True}, TUNNEL),
    ("transit of two sites", {"sites": sites(2), "transit": True}, SHARED | {"transit-needs-bgp"}),
    (
        "transit of a site and a vnet",
        {"sites": sites(1), "vnets": [HUB, SPOKE], "transit": True},
        SHARED | {"transit-needs-bgp"},
    ),
    (
        "transit on a classic hub",
        {"vnets": [vnet("hub", model="classic")], "sites": sites(2), "transit": True},
        SHARED | {"transit-static-error-prone"},
    ),
    (
        "transit to a classic vnet",
        {"vnets": [HUB, vnet("b", model="classic")], "transit": True},
        {"transit-static-error-prone", "classic-and-resource-manager-mixed"},
    ),
    ("two classic vnets", {"vnets": [vnet("a", model="classic"), vnet("b", model="classic")]}, set()),
    ("an unlisted device", {"sites": [site(device="unlisted")]}, TUNNEL | {"device-not-validated"}),
    ("an unlisted device on circuit", {"sites": [site(device="unlisted", expressroute=True)]}, set()),
    # infos
    (
        "a circuit that nobody uses",
        {"sites": [BY_VPN], "expressroute_circuit": True},
        TUNNEL | {"existing-circuit-unused"},
    ),
    (
        "a circuit and nothing",
        {"expressroute_circuit": True},
        {"nothing-to-connect", "existing-circuit-unused"},
    ),
    ("software", {"sites": [SOFTWARE]}, TUNNEL | {"software-vpn"}),
    (
        "a backup as fast as the total",
        {"sites": [site(bandwidth_mbps=100)], "expressroute_backup": True},
        TUNNEL,
    ),
    (
        "a backup slower than the total",
        {"sites": [site(bandwidth_mbps=101)], "expressroute_backup": True},
        TUNNEL | {"backup-slower-than-circuit"},
    ),
    (
        "regions apart",
        {"vnets": [vnet("a", region="West Europe"), vnet("b", region="ukSouth")]},
        {"inter-region-charges"},
    ),
    (
        "one region, written twice",
        {"vnets": [vnet("a", region="West Europe"), vnet("b", region="westeurope")]},
        {"peering-possible"},
    ),
    ("a region unknown", {"vnets": [vnet("a", region="westeurope"), vnet("b")]}, set()),
    (
        "one region, one classic",
        {"vnets": [vnet("a", region="westeurope"), vnet("b", region="westeurope", model="classic")]},
        {"classic-and-resource-manager-mixed"},
    ),
    (
        "vnets beside a circuit",
        {"sites": [BY_CIRCUIT], "vnets": [HUB, SPOKE]},
        {"vnets-can-share-circuit"},
    ),
]
