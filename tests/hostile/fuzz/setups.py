"""Good set-ups of every form, with a key in each that never comes back."""

from __future__ import annotations

import json
from typing import Any

SECRET = "Sleutel-die-niemand-ziet"

_HERE = "/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Network"
_SUBNETS = [
    {"name": "GatewaySubnet", "properties": {"addressPrefix": "10.20.255.0/27"}},
    {"name": "app", "properties": {"addressPrefixes": ["10.20.1.0/24", "2001:db8::/64"]}},
]


def _resource(kind: str, name: str, properties: dict[str, Any]) -> dict[str, Any]:
    type_ = f"Microsoft.Network/{kind}"
    return {"id": f"{_HERE}/{kind}/{name}", "name": name, "type": type_, "location": "westeurope"} | properties


AZURE: Any = {
    "value": [
        _resource(
            "virtualNetworks",
            "hub",
            {
                "properties": {
                    "addressSpace": {"addressPrefixes": ["10.20.0.0/16"]},
                    "subnets": _SUBNETS,
                    "virtualNetworkPeerings": [
                        {
                            "name": "to-spoke",
                            "properties": {
                                "remoteVirtualNetwork": {"id": f"{_HERE}/virtualNetworks/spoke"},
                                "remoteAddressSpace": {"addressPrefixes": ["10.30.0.0/16"]},
                                "allowGatewayTransit": True,
                            },
                        }
                    ],
                }
            },
        ),
        _resource(
            "virtualNetworkGateways",
            "gw",
            {
                "gatewayType": "Vpn",
                "vpnType": "RouteBased",
                "enableBgp": True,
                "activeActive": False,
                "sku": {"name": "VpnGw1AZ", "tier": "VpnGw1AZ"},
                "bgpSettings": {"asn": 65515, "bgpPeeringAddress": "10.20.255.30"},
                "gatewayDefaultSite": {"id": f"{_HERE}/localNetworkGateways/delft"},
                "ipConfigurations": [{"subnet": {"id": f"{_HERE}/virtualNetworks/hub/subnets/GatewaySubnet"}}],
                "vpnClientConfiguration": {
                    "vpnClientAddressPool": {"addressPrefixes": ["172.16.0.0/24"]},
                    "vpnClientProtocols": ["IkeV2", "OpenVPN"],
                    "vpnAuthenticationTypes": ["Certificate"],
                    "vpnClientRootCertificates": [{"name": "root", "publicCertData": SECRET}],
                    "radiusServerSecret": SECRET,
                },
            },
        ),
        _resource(
            "localNetworkGateways",
            "delft",
            {
                "gatewayIpAddress": "51.144.10.1",
                "localNetworkAddressSpace": {"addressPrefixes": ["192.168.10.0/24", "192.168.11.1/32"]},
                "bgpSettings": {"asn": 65010, "bgpPeeringAddress": "192.168.11.1"},
            },
        ),
        _resource(
            "connections",
            "to-delft",
            {
                "connectionType": "IPsec",
                "sharedKey": SECRET,
                "enableBgp": True,
                "usePolicyBasedTrafficSelectors": False,
                "ipsecPolicies": [{"ikeEncryption": "AES256"}],
                "virtualNetworkGateway1": {"id": f"{_HERE}/virtualNetworkGateways/gw"},
                "localNetworkGateway2": {"id": f"{_HERE}/localNetworkGateways/delft"},
            },
        ),
        _resource("expressRouteCircuits", "line", {"serviceKey": SECRET, "peerings": []}),
    ]
}

TEMPLATE: Any = {
    "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    "contentVersion": "1.0.0.0",
    "parameters": {
        "name": {"type": "string", "defaultValue": "hub"},
        "prefixes": {"type": "array", "defaultValue": ["10.20.0.0/16"]},
        "sharedKey": {"type": "securestring"},
        "backup": {"type": "bool", "defaultValue": False},
    },
    "variables": {
        "gateway": "[format('gw-{0}', toLower(parameters('name')))]",
        "site": {"name": "delft", "ip": "51.144.10.1"},
        "copy": [{"name": "ids", "count": 2, "input": "[copyIndex('ids')]"}],
    },
    "resources": [
        {
            "type": "Microsoft.Network/virtualNetworks",
            "name": "[parameters('name')]",
            "location": "[resourceGroup().location]",
            "properties": {
                "addressSpace": {"addressPrefixes": "[parameters('prefixes')]"},
                "copy": [
                    {
                        "name": "subnets",
                        "count": "[length(variables('ids'))]",
                        "input": {
                            "name": "[concat('s', copyIndex('subnets'))]",
                            "properties": {"addressPrefix": "[concat('10.20.', copyIndex('subnets'), '.0/24')]"},
                        },
                    }
                ],
            },
            "resources": [
                {"type": "subnets", "name": "GatewaySubnet", "properties": {"addressPrefix": "10.20.255.0/27"}}
            ],
        },
        {
            "type": "Microsoft.Network/virtualNetworkGateways",
            "name": "[variables('gateway')]",
            "properties": {
                "gatewayType": "Vpn",
                "sku": {"name": "[if(parameters('backup'), 'VpnGw2AZ', 'VpnGw1AZ')]"},
                "ipConfigurations": [
                    {
                        "properties": {
                            "subnet": {
                                "id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', "
                                "parameters('name'), 'GatewaySubnet')]"
                            }
                        }
                    }
                ],
            },
        },
        {
            "type": "Microsoft.Resources/deployments",
            "name": "sites",
            "properties": {
                "expressionEvaluationOptions": {"scope": "inner"},
                "parameters": {"site": {"value": "[variables('site')]"}, "key": {"value": "[parameters('sharedKey')]"}},
                "template": {
                    "parameters": {"site": {"type": "object"}, "key": {"type": "securestring"}},
                    "resources": [
                        {
                            "type": "Microsoft.Network/localNetworkGateways",
                            "name": "[parameters('site').name]",
                            "properties": {
                                "gatewayIpAddress": "[parameters('site').ip]",
                                "localNetworkAddressSpace": {"addressPrefixes": ["192.168.10.0/24"]},
                            },
                        }
                    ],
                },
            },
        },
        {
            "condition": "[not(parameters('backup'))]",
            "copy": {"name": "loop", "count": 2},
            "type": "Microsoft.Network/connections",
            "name": "[concat('con-', copyIndex())]",
            "properties": {
                "connectionType": "IPsec",
                "sharedKey": "[parameters('sharedKey')]",
                "virtualNetworkGateway1": {
                    "id": "[resourceId('Microsoft.Network/virtualNetworkGateways', variables('gateway'))]"
                },
                "localNetworkGateway2": {
                    "id": "[resourceId('Microsoft.Network/localNetworkGateways', variables('site').name)]"
                },
            },
        },
    ],
}
PARAMETERS: Any = {
    "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
    "contentVersion": "1.0.0.0",
    "parameters": {"name": {"value": "hub-2"}, "sharedKey": {"value": SECRET}},
}

_VALUES: dict[str, dict[str, Any]] = {
    "azurerm_virtual_network": {
        "id": f"{_HERE}/virtualNetworks/hub",
        "name": "hub",
        "location": "westeurope",
        "address_space": ["10.20.0.0/16"],
        "subnet": [{"name": "app", "address_prefixes": ["10.20.1.0/24"]}],
    },
    "azurerm_subnet": {
        "id": f"{_HERE}/virtualNetworks/hub/subnets/GatewaySubnet",
        "name": "GatewaySubnet",
        "virtual_network_name": "hub",
        "address_prefixes": ["10.20.255.0/27"],
    },
    "azurerm_virtual_network_gateway": {
        "id": f"{_HERE}/virtualNetworkGateways/gw",
        "name": "gw",
        "type": "Vpn",
        "sku": "VpnGw1AZ",
        "ip_configuration": [{"subnet_id": f"{_HERE}/virtualNetworks/hub/subnets/GatewaySubnet"}],
        "vpn_client_configuration": [{"address_space": ["172.16.0.0/24"], "radius_server_secret": SECRET}],
    },
    "azurerm_local_network_gateway": {
        "id": f"{_HERE}/localNetworkGateways/delft",
        "name": "delft",
        "gateway_address": "51.144.10.1",
        "address_space": ["192.168.10.0/24"],
    },
    "azurerm_virtual_network_gateway_connection": {
        "id": f"{_HERE}/connections/con",
        "name": "con",
        "type": "IPsec",
        "shared_key": SECRET,
        "virtual_network_gateway_id": f"{_HERE}/virtualNetworkGateways/gw",
        "local_network_gateway_id": f"{_HERE}/localNetworkGateways/delft",
    },
}
STATE: Any = {
    "version": 4,
    "terraform_version": "1.9.8",
    "outputs": {"key": {"value": SECRET}},
    "resources": [
        {"mode": "managed", "type": type_, "name": "one", "instances": [{"attributes": values}]}
        for type_, values in _VALUES.items()
    ],
}
_MODULE: dict[str, Any] = {
    "resources": [
        {"address": f"{type_}.one", "mode": "managed", "type": type_, "name": "one", "values": values}
        for type_, values in _VALUES.items()
    ],
    "child_modules": [{"address": "module.a", "resources": [], "child_modules": []}],
}
VALUES: Any = {"format_version": "1.0", "terraform_version": "1.9.8", "values": {"root_module": _MODULE}}
PLAN: Any = {
    "format_version": "1.2",
    "planned_values": {"root_module": _MODULE},
    "configuration": {
        "root_module": {
            "resources": [
                {
                    "address": "azurerm_virtual_network_gateway_connection.one",
                    "type": "azurerm_virtual_network_gateway_connection",
                    "name": "one",
                    "expressions": {
                        "local_network_gateway_id": {"references": ["azurerm_local_network_gateway.one.id"]},
                        "virtual_network_gateway_id": {"references": ["azurerm_virtual_network_gateway.one.id"]},
                    },
                }
            ]
        }
    },
}
NEED: Any = {
    "edition": "2026",
    "vnets": [{"name": "hub", "prefixes": ["10.20.0.0/16"]}],
    "sites": [{"name": "Delft", "prefixes": ["192.168.10.0/24"], "bandwidth_mbps": 25.5}],
}

DOCUMENTS: dict[str, tuple[Any, ...]] = {
    "azure": (AZURE,),
    "template": (TEMPLATE, PARAMETERS),
    "state": (STATE,),
    "values": (VALUES,),
    "plan": (PLAN,),
    "need and azure": (NEED, AZURE),
}
"""By form: the JSON documents of one file."""

PARTS = (
    *(b"\"[parameters('x')]\"", b'"[concat(', b"')]\"", b"variables('site')", b"copyIndex()", b"reference('x').y.z"),
    *(b'"copy":{"name":"a","count":3},', b'"condition":false,', b'"properties":', b'"resources":[', b'"id":null'),
    *(b"/*", b"//", b"\xff\xfe", b"{}" * 9, b"[" * 70, b'"type":"Microsoft.Network/virtualNetworks"', b"Naam;Mbps\n"),
)
"""What such files are made of."""

TABLE = (
    "Naam;Netwerken;Masker;Publiek IP-adres;Bandbreedte;Apparaat;ExpressRoute;Contact\n"
    "Delft;192.168.1.0;255.255.255.0;nee;1.000,5;geen;nee;Jan\n"
    '"Den; Haag";"10.1.0.0/16\n10.2.0.0/16";;51.144.10.1;25 Mb;software;ja;\n'
)


def written(documents: tuple[Any, ...]) -> bytes:
    """The documents of a file, after each other."""
    return "\n".join(json.dumps(one) for one in documents).encode()
