"""Needs with the exact set of codes that each finds: transit, clients, the gateway subnet, warnings and infos."""

from __future__ import annotations

from typing import Any

from tests.advisor.core.rules.things import (
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
    hub_with,
    some_clients,
)
from tests.builders import site, sites, vnet

SURROUNDING_CASES: list[tuple[str, dict[str, Any], set[str]]] = [
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
