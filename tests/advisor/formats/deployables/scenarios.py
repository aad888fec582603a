"""Designs that the files are made of in the tests: each kind of resource, and names that attack."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from advisor.core.deployment import Deployment, Options
from advisor.formats.deployables.header import Header
from tests.advisor.core.deployments import deployed
from tests.advisor.core.edition_2026 import (
    test_bgp_connections,
    test_findings_circuit,
    test_findings_clients,
    test_findings_gateway,
    test_findings_routing,
    test_findings_sites,
    test_findings_vnets,
)
from tests.builders import site, vnet

HEADER = Header(
    link="https://example.org/nl/advice/result/?vnet=hub",
    findings=(("warning", "device-not-validated", "Check the device."), ("info", "clamp-mss", "Set MSS to 1350.")),
    newest_fact=date(2026, 9, 1),
    entry_address=lambda slug: f"https://example.org/{slug}",
)

HUB = vnet("hub", "10.20.0.0/16", region="westeurope")
SPOKE = vnet("spoke", "10.30.0.0/16", region="northeurope")
THIRD = vnet("third", "10.40.0.0/16", region="westeurope")
BREDA = site("Breda", "192.168.20.0/24", public_ipv4="198.41.0.4", asn=65010)
GOES = site("Goes", "192.168.30.0/24", "192.168.31.0/24")
BY_CIRCUIT = site("Delft", "192.168.40.0/24", expressroute=True, bandwidth_mbps=400)
LABELED = [HUB | {"subscription": "Main"}, SPOKE | {"subscription": "2nd one"}, THIRD]

SCENARIOS: dict[str, dict[str, Any]] = {
    "one site": {"sites": [BREDA]},
    "two sites and clients": {"sites": [BREDA, GOES], "clients": {"count": 90, "root_certificates": 2}},
    "nothing known": {"vnets": [{"name": "hub"}], "sites": [{"name": "Breda"}], "clients": {"count": None}},
    "routes by BGP": {"sites": [BREDA | {"tunnels": 2}, GOES], "bgp": True, "active_active": True},
    "some by BGP": {"sites": [BREDA, GOES | {"device_routing": "policy-based"}], "bgp": True},
    "behind NAT": {"sites": [BREDA | {"behind_nat": True}, GOES]},
    "policy-based device": {"sites": [BREDA | {"device_routing": "policy-based"}, GOES]},
    "forced tunneling": {"sites": [BREDA, GOES], "forced_tunneling": True},
    "Entra ID": {"clients": {"count": 5, "authentication": "entra-id"}},
    "RADIUS": {"clients": {"count": 5, "authentication": "radius", "pool": "172.16.0.0/24"}, "sites": [BREDA]},
    "active-active with clients": {"clients": {"count": 5}, "sites": [BREDA], "active_active": True},
    "Basic": {"sites": [BREDA], "dev_test": True},
    "peered": {"vnets": [HUB, SPOKE, THIRD], "sites": [BREDA]},
    "peered without a gateway": {"vnets": [HUB, SPOKE]},
    "peered, passing on": {"vnets": [HUB, SPOKE, THIRD], "sites": [BREDA], "transit": True, "bgp": True},
    "peered, two subscriptions": {"vnets": LABELED, "sites": [BREDA]},
    "VNet-to-VNet": {"vnets": [HUB, SPOKE, THIRD], "vnet_encryption": True},
    "VNet-to-VNet, two subscriptions": {"vnets": LABELED, "vnet_encryption": True, "bgp": True, "sites": [BREDA]}
    | {"vnets": [LABELED[0] | {"asn": 65020}, LABELED[1] | {"asn": 65021}, LABELED[2] | {"asn": 65022}]},
    "circuit to order": {"sites": [BY_CIRCUIT]},
    "circuit on a port": {"sites": [BY_CIRCUIT | {"bandwidth_mbps": 20_000}]},
    "circuit of unknown size": {"sites": [BY_CIRCUIT | {"bandwidth_mbps": None}]},
    "circuit that is there": {"sites": [BY_CIRCUIT], "expressroute_circuit": True},
    "circuit beside VPN": {"sites": [BY_CIRCUIT, BREDA]},
    "circuit with a backup": {"sites": [BY_CIRCUIT], "expressroute_backup": True},
    "circuit with encryption": {"sites": [BY_CIRCUIT], "expressroute_encryption": True},
    "circuit with both": {
        "sites": [BY_CIRCUIT],
        "expressroute_encryption": True,
        "expressroute_backup": True,
        "bgp": True,
    },
    "gateway that is there": {"sites": [BREDA, GOES], "gateway_sku": "VpnGw1AZ", "gateway_subnet": "10.20.255.0/27"},
    "older gateway with a circuit": {
        "sites": [BY_CIRCUIT, BREDA],
        "gateway_sku": "VpnGw1",
        "gateway_subnet": "10.20.255.0/27",
    },
}

LONGEST_NEED = 2000
"""Characters. A parser takes a minute for a design of hundreds of VNets, which shows nothing that three do not."""

HOSTILE_NAMES = (
    'it\'s "$(touch hit)"',
    "`touch hit` ; rm -rf x",
    "${jndi} %{ for x } \\",
    "a\\' }\n{",
    "@/etc/passwd",
    "-rf --help",
    "\u202egnp.exe\u2066",
    "line\u2028two\u0085three",
    "# // /* */ <!-- -->",
    "\U0001f469\u200d\U0001f52c" * 26,
    "<(touch hit)",
    "EOF\\n'''",
)


def _named(name: str, number: int) -> str:
    """A name that a need takes: without spaces at its ends, and no other's."""
    return f"{name}{number}".replace("\n", " ").strip()[:80]


def hostile() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """A need with a name that attacks wherever there is one, and the same with plain names."""
    for name in HOSTILE_NAMES:
        yield _need(name), _need("name ")


def _need(name: str) -> dict[str, Any]:
    names = [_named(name, number) for number in range(1, 6)]
    return {
        "vnets": [
            HUB | {"name": names[0], "region": names[0], "subscription": names[0]},
            SPOKE | {"name": names[1], "region": names[1], "subscription": names[1]},
        ],
        "sites": [BREDA | {"name": names[2]}, GOES | {"name": names[3]}],
        "name": names[4],
        "clients": {"count": 5},
        "bgp": True,
    }


def tables() -> Iterator[tuple[str, dict[str, Any]]]:
    """The needs of the tables of findings, of which some do not fit."""
    for module in (
        test_bgp_connections,
        test_findings_circuit,
        test_findings_clients,
        test_findings_gateway,
        test_findings_routing,
        test_findings_sites,
        test_findings_vnets,
    ):
        for name, fields, _ in module.CASES:
            if len(str(fields)) < LONGEST_NEED:
                yield f"{module.__name__.rpartition('.')[2]}: {name}", fields


def of_scenarios() -> Iterator[tuple[str, Deployment]]:
    """Each scenario, with VNets that exist and with new ones."""
    for name, fields in SCENARIOS.items():
        for vnets in ("existing", "new"):
            yield f"{name} ({vnets})", deployed(Options(vnets=vnets), **fields)
