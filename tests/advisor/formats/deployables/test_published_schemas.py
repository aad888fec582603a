"""The data of published schemas, and the function that the tests of Bicep and Terraform ask what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.advisor.formats.deployables.published_schemas.azurerm import RESOURCES as BLOCKS
from tests.advisor.formats.deployables.published_schemas.azurerm import azurerm_schema
from tests.advisor.formats.deployables.published_schemas.network import RESOURCES, network_schema
from tests.advisor.formats.deployables.published_schemas.schema import (
    AZURERM,
    EXPRESSION,
    NETWORK,
    azurerm_problems,
    network_problems,
    schema,
)

PEERING = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings"
CONNECTION = "Microsoft.Network/connections"


def test_the_files_name_their_package_and_version_and_hold_every_resource() -> None:
    assert schema(NETWORK).made_from == "azure-mgmt-network 33.1.0"
    assert set(schema(NETWORK).resources) == set(RESOURCES)
    for name in AZURERM:
        assert schema(name).made_from.startswith(f"hashicorp/azurerm {name.partition('-')[2]} (cdktn-provider-azurerm ")
        assert set(schema(name).resources) == set(BLOCKS)


@pytest.mark.parametrize(
    ("properties", "problem"),
    [
        ({"allowGatewayTransit": True}, None),
        ({"allowGatewayTransit": EXPRESSION}, None),
        ({"remoteVirtualNetwork": {"id": EXPRESSION}}, None),
        ({"remoteVirtualNetwork": EXPRESSION}, None),
        ({"allowGatewaysTransit": True}, "has no such property"),
        ({"allowGatewayTransit": "true"}, "'true' is no bool"),
        ({"remoteVirtualNetwork": "hub"}, "'hub' is no SubResource"),
        ({"remoteVirtualNetwork": {"ID": "hub"}}, "has no such property"),
        ({"remoteAddressSpace": {"addressPrefixes": "10.0.0.0/16"}}, "is no list"),
        ({"remoteAddressSpace": {"addressPrefixes": [10]}}, "10 is no str"),
        ({"resourceGuid": "1"}, "only Azure sets it"),
        ({"peeringState": "connected"}, "'connected' is none of Initiated, Connected, Disconnected"),
    ],
)
def test_a_body_is_judged_by_names_kinds_and_values(properties: dict[str, object], problem: str | None) -> None:
    problems = network_problems(PEERING, {"properties": properties})
    assert len(problems) == (1 if problem else 0), problems
    assert all(problem and problem in one for one in problems)


def test_what_azure_requires_is_missed() -> None:
    gateway: dict[str, object] = {"connectionType": "ExpressRoute", "virtualNetworkGateway1": {"id": "x"}}
    assert network_problems(CONNECTION, {"properties": gateway}) == [
        "Microsoft.Network/connections.properties.virtualNetworkGateway1.properties: missing"
    ]
    gateway["virtualNetworkGateway1"] = {"id": "x", "properties": {}}
    assert network_problems(CONNECTION, {"properties": gateway}) == []
    assert network_problems(CONNECTION, {"location": "westeurope"}) == [f"{CONNECTION}.properties: missing"]


def test_a_whole_number_is_no_boolean_and_no_text() -> None:
    body = {"properties": {"gatewayIpAddress": "198.51.100.1", "bgpSettings": {"asn": True}}}
    assert len(network_problems("Microsoft.Network/localNetworkGateways", body)) == 1


def test_a_block_must_be_right_in_the_oldest_and_the_newest_version_of_the_provider() -> None:
    block: dict[str, object] = {
        "name": "x",
        "location": "westeurope",
        "resource_group_name": "rg",
        "type": "Vpn",
        "sku": "VpnGw1AZ",
        "ip_configuration": [{"subnet_id": EXPRESSION}],
    }
    kind = "azurerm_virtual_network_gateway"
    assert azurerm_problems(kind, block) == []
    assert len(azurerm_problems(kind, block | {"type": "VPN"})) == 2
    # azurerm 5 took the old name away
    assert len(azurerm_problems(kind, block | {"enable_bgp": True})) == 1
    # and 4.62 does not have what came after it
    assert len(azurerm_problems(kind, block | {"minimum_scale_unit": 2})) == 1
    assert len(azurerm_problems(kind, block | {"ip_configuration": [{}]})) == 2
    assert azurerm_problems("data.azurerm_virtual_network", {"name": "x", "resource_group_name": "rg"}) == []


def test_the_schema_of_a_package_is_read_from_its_source_alone(tmp_path: Path) -> None:
    models = tmp_path / "azure" / "mgmt" / "network" / "models"
    models.mkdir(parents=True)
    (tmp_path / "azure_mgmt_network-1.2.3.dist-info").mkdir()
    (models / "_enums.py").write_text('class Mode(str):\n    FAST = "Fast"\n    SLOW = "Slow"\n')
    one = (
        "raise RuntimeError('imported')\n"
        "class Base(_Model):\n"
        "    location: Optional[str] = rest_field(visibility=['read', 'create'])\n"
        "class Part(_Model):\n"
        "    mode: Union[str, '_models.Mode'] = rest_field(visibility=['create'])\n"
        "    made_on: Optional[str] = rest_field(name='madeOn', visibility=['read'])\n"
    )
    rest = "".join(
        f"class {name}(Base):\n    parts: Optional[list['_models.Part']] = rest_field()\n"
        for name in RESOURCES.values()
    )
    (models / "_models.py").write_text(one + rest)
    ((name, data),) = network_schema(tmp_path)
    assert (name, data["made_from"], data["values"]) == (
        NETWORK,
        "azure-mgmt-network 1.2.3",
        {"Mode": ["Fast", "Slow"]},
    )
    types = data["types"]
    assert isinstance(types, dict)
    assert types["Part"] == {"mode": "str required =Mode", "madeOn": "str read-only"}
    assert types["Subnet"] == {"location": "str", "parts": "[Part]"}


def test_a_folder_without_the_packages_gives_no_schema(tmp_path: Path) -> None:
    assert [*network_schema(tmp_path), *azurerm_schema(tmp_path)] == []
