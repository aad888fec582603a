"""BGP, transit, forced tunneling and a private path."""

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
    SPOKE,
    TUNNEL,
    Case,
    each_of,
    some_clients,
)
from tests.builders import advise, codes, site, sites, vnet

CASES: list[Case] = [
    # bgp-not-supported
    ("bgp", {"sites": [OFFICE], "bgp": True}, TUNNEL | {"bgp-asn"}),
    ("bgp of nothing", {"bgp": True, "gateway_sku": "Basic"}, {"nothing-to-connect"} | {"wish-unused"}),
    (
        "bgp and a classic spoke",
        {"vnets": [HUB, vnet("b", model="classic")], "bgp": True},
        {"classic-and-resource-manager-mixed"} | {"asn-equal", "bgp-asn", "vnet-gateways"},
    ),
    (
        "bgp of clients beside expressroute",
        {"sites": [BY_CIRCUIT], "clients": some_clients(), "bgp": True},
        CLIENTS | {"clients-reach", "expressroute-circuit", "side-by-side", "wish-unused"},
    ),
    (
        "bgp on standard",
        {"sites": [OFFICE], "bgp": True, "gateway_sku": "Standard"},
        TUNNEL | {"bgp-asn", "existing-gateway"},
    ),
    (
        "bgp on basic",
        {"sites": [OFFICE], "bgp": True, "gateway_sku": "Basic"},
        TUNNEL | {"bgp-not-supported", "gateway-sku-too-small"} | {"existing-gateway", "bgp-asn"},
    ),
    ("bgp policy-based", {"sites": [POLICY_BASED], "bgp": True}, IDLE | {"bgp-not-supported"}),
    (
        "bgp on a classic hub",
        {"vnets": [vnet("hub", model="classic")], "sites": [OFFICE], "bgp": True},
        TUNNEL | {"bgp-not-supported"},
    ),
    (
        "bgp beside expressroute",
        {"sites": [BY_VPN, BY_CIRCUIT], "bgp": True},
        TUNNEL | {"bgp-not-supported"} | {"expressroute-circuit", "side-by-side", "site-stays-on-vpn"},
    ),
    # transit-not-across-expressroute
    (
        "transit on circuit",
        {"sites": sites(2), "private_path": True, "transit": True},
        {"expressroute-circuit", "expressroute-private-path", "wish-unused"},
    ),
    (
        "sites on both, no transit",
        {"sites": [BY_VPN, BY_CIRCUIT]},
        TUNNEL | {"expressroute-circuit", "side-by-side", "site-stays-on-vpn"},
    ),
    (
        "sites on both",
        {"sites": [BY_VPN, BY_CIRCUIT], "transit": True},
        TUNNEL | {"transit-not-across-expressroute"} | {"expressroute-circuit", "side-by-side", "site-stays-on-vpn"},
    ),
    (
        "a vnet on vpn",
        {"sites": [BY_CIRCUIT], "vnets": [HUB, SPOKE], "transit": True},
        {"transit-not-across-expressroute", "vnets-can-share-circuit"}
        | {"expressroute-circuit", "side-by-side", "vnet-gateways"},
    ),
    (
        "a site over its clients",
        {"sites": [site(device="none"), BY_CIRCUIT], "clients": some_clients(), "transit": True},
        CLIENTS | {"transit-not-across-expressroute"} | {"clients-reach", "expressroute-circuit", "side-by-side"},
    ),
    (
        "clients are no members",
        {"sites": [BY_CIRCUIT], "clients": some_clients(), "transit": True},
        CLIENTS | {"clients-reach", "expressroute-circuit", "side-by-side", "wish-unused"},
    ),
    # forced-tunneling
    ("forced tunneling", {"sites": [OFFICE], "forced_tunneling": True}, TUNNEL | {"forced-tunneling"}),
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
    (
        "a private path",
        {"sites": [OFFICE], "private_path": True},
        {"expressroute-circuit", "expressroute-private-path"},
    ),
    (
        "a private path and clients",
        {"sites": [OFFICE], "private_path": True, "clients": some_clients()},
        CLIENTS
        | {"private-path-not-for-clients"}
        | {"clients-reach", "expressroute-circuit", "expressroute-private-path", "side-by-side"},
    ),
    (
        "a private path and a backup",
        {"sites": [OFFICE], "private_path": True, "expressroute_backup": True},
        TUNNEL
        | {"private-path-not-for-backup"}
        | {"expressroute-backup", "expressroute-circuit", "expressroute-private-path", "side-by-side"},
    ),
    (
        "a private path and no device to back it up",
        {"sites": [site(device="none")], "private_path": True, "expressroute_backup": True},
        {"expressroute-backup", "expressroute-circuit", "expressroute-private-path"},
    ),
    ("transit with bgp", {"sites": sites(2), "transit": True, "bgp": True}, SHARED | {"bgp-asn", "transit"}),
    ("transit of one site", {"sites": sites(1), "transit": True}, TUNNEL | {"wish-unused"}),
    ("transit of two sites", {"sites": sites(2), "transit": True}, SHARED | {"transit-needs-bgp"}),
    (
        "transit of a site and a vnet",
        {"sites": sites(1), "vnets": [HUB, SPOKE], "transit": True},
        SHARED | {"transit-needs-bgp"} | {"vnet-gateways"},
    ),
    (
        "transit on a classic hub",
        {"vnets": [vnet("hub", model="classic")], "sites": sites(2), "transit": True},
        SHARED | {"transit-static-error-prone"},
    ),
    (
        "transit to a classic vnet",
        {"vnets": [HUB, vnet("b", model="classic")], "transit": True},
        {"transit-static-error-prone", "classic-and-resource-manager-mixed"} | {"vnet-gateways"},
    ),
]


@each_of(CASES)
def test_a_need_finds_exactly_these_codes(changes: dict[str, Any], expected: set[str]) -> None:
    assert codes(advise(**changes)) == expected
