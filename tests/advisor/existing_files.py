"""A small setup as `az` writes it, for tests of what reads one: its files by name, and the secrets in them."""

from __future__ import annotations

import json
from typing import Any

NETWORK = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-net/providers/Microsoft.Network"

SECRETS = ("GEHEIM-psk-7Qx", "GEHEIM-radius-9Zt", "GEHEIM-wachtwoord-3Lm", "GEHEIM-dienst-5Rp")
"""Strings that must never come back."""


def of(kind: str, name: str) -> str:
    """The id of a resource."""
    return f"{NETWORK}/{kind}/{name}"


VNETS: list[dict[str, Any]] = [
    {
        "name": "vnet-delft",
        "id": of("virtualNetworks", "vnet-delft"),
        "type": "Microsoft.Network/virtualNetworks",
        "location": "westeurope",
        "addressSpace": {"addressPrefixes": ["10.60.0.0/16"]},
        "subnets": [
            {"name": "GatewaySubnet", "addressPrefix": "10.60.255.0/27"},
            {"name": "servers", "addressPrefix": "10.60.1.0/24", "tags": {"note": SECRETS[2]}},
        ],
    }
]
GATEWAYS: list[dict[str, Any]] = [
    {
        "name": "vpngw-delft",
        "id": of("virtualNetworkGateways", "vpngw-delft"),
        "type": "Microsoft.Network/virtualNetworkGateways",
        "location": "westeurope",
        "gatewayType": "Vpn",
        "vpnType": "RouteBased",
        "activeActive": False,
        "enableBgp": False,
        "sku": {"name": "VpnGw1", "tier": "VpnGw1"},
        "ipConfigurations": [
            {"name": "default", "subnet": {"id": of("virtualNetworks", "vnet-delft") + "/subnets/GatewaySubnet"}}
        ],
        "vpnClientConfiguration": {
            "vpnClientAddressPool": {"addressPrefixes": ["172.20.0.0/24"]},
            "vpnClientProtocols": ["OpenVPN"],
            "radiusServerSecret": SECRETS[1],
        },
    }
]
LOCAL_GATEWAYS: list[dict[str, Any]] = [
    {
        "name": "lgw-rijswijk",
        "id": of("localNetworkGateways", "lgw-rijswijk"),
        "type": "Microsoft.Network/localNetworkGateways",
        "gatewayIpAddress": "20.61.3.9",
        "localNetworkAddressSpace": {"addressPrefixes": ["192.168.60.0/24"]},
    }
]
CONNECTIONS: list[dict[str, Any]] = [
    {
        "name": "con-rijswijk",
        "id": of("connections", "con-rijswijk"),
        "type": "Microsoft.Network/connections",
        "connectionType": "IPsec",
        "virtualNetworkGateway1": {"id": of("virtualNetworkGateways", "vpngw-delft")},
        "localNetworkGateway2": {"id": of("localNetworkGateways", "lgw-rijswijk")},
        "sharedKey": SECRETS[0],
        "authorizationKey": SECRETS[3],
    }
]

FILES: dict[str, bytes] = {
    name: json.dumps(listed).encode()
    for name, listed in {
        "vnets.json": VNETS,
        "gateways.json": GATEWAYS,
        "local-gateways.json": LOCAL_GATEWAYS,
        "connections.json": CONNECTIONS,
    }.items()
}

PASTED = "\n".join(json.dumps(listed, indent=2) for listed in (VNETS, GATEWAYS, LOCAL_GATEWAYS, CONNECTIONS))
"""The same as somebody pastes it, one output below the other."""


def many_sites(count: int) -> dict[str, bytes]:
    """The setup with so many sites, each with a connection."""
    local, joined = [], []
    for number in range(count):
        name = f"lgw-site-{number:04}"
        local.append(
            {
                **LOCAL_GATEWAYS[0],
                "name": name,
                "id": of("localNetworkGateways", name),
                "gatewayIpAddress": f"20.{70 + number // 250}.{number % 250}.1",
                "localNetworkAddressSpace": {"addressPrefixes": [f"10.{100 + number // 250}.{number % 250}.0/24"]},
            }
        )
        joined.append(
            {
                **CONNECTIONS[0],
                "name": f"con-{number}",
                "id": of("connections", f"con-{number}"),
                "localNetworkGateway2": {"id": of("localNetworkGateways", name)},
            }
        )
    return FILES | {"local-gateways.json": json.dumps(local).encode(), "connections.json": json.dumps(joined).encode()}
