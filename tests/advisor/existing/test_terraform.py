"""State and plan of Terraform: the same setup in each form, and what belongs together where a plan knows no ids."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from advisor.existing.terraform import resources_of_plan, resources_of_state, resources_of_values
from tests.advisor.existing.azure import FILE, Read, id_of, read_resources

Values = dict[str, Any]
Planned = tuple[str, str, Values]
"""The modules before the resource, its type and name, and its values."""

VNET: Values = {"name": "hub", "resource_group_name": "net", "location": "westeurope", "address_space": ["10.0.0.0/16"]}
SUBNET: Values = {"name": "GatewaySubnet", "virtual_network_name": "hub", "address_prefixes": ["10.0.0.0/27"]}
GATEWAY: Values = {
    "name": "vpngw",
    "type": "Vpn",
    "vpn_type": "RouteBased",
    "sku": "VpnGw2AZ",
    "generation": None,
    "active_active": True,
    "ip_configuration": [{"name": "one", "subnet_id": id_of("virtualNetworks/subnets", "hub/GatewaySubnet")}],
    "bgp_settings": [{"asn": 65020, "peering_addresses": [{"apipa_addresses": []}]}],
    "vpn_client_configuration": [
        {
            "address_space": ["172.16.0.0/24"],
            "vpn_client_protocols": ["IkeV2", "OpenVPN"],
            "vpn_auth_types": ["Certificate", "AAD"],
            "root_certificate": [{"name": "root", "public_cert_data": "never-shown"}],
            "radius_server_secret": "never-shown",
        }
    ],
    "default_local_network_gateway_id": id_of("localNetworkGateways", "breda"),
}
LOCAL: Values = {
    "name": "breda",
    "gateway_address": "51.144.10.1",
    "address_space": ["192.168.1.0/24", "192.168.1.1/32"],
    "bgp_settings": [{"asn": 65010, "bgp_peering_address": "192.168.1.1"}],
}
CONNECTION: Values = {
    "name": "con",
    "type": "IPsec",
    "virtual_network_gateway_id": id_of("virtualNetworkGateways", "vpngw"),
    "local_network_gateway_id": id_of("localNetworkGateways", "breda"),
    "use_policy_based_traffic_selectors": True,
    "ipsec_policy": [{"dh_group": "DHGroup14"}],
    "shared_key": "never-shown",
}
ALL: tuple[tuple[str, str, Values], ...] = (
    ("azurerm_virtual_network", "virtualNetworks", VNET),
    ("azurerm_subnet", "virtualNetworks/subnets", SUBNET),
    ("azurerm_virtual_network_gateway", "virtualNetworkGateways", GATEWAY),
    ("azurerm_local_network_gateway", "localNetworkGateways", LOCAL),
    ("azurerm_virtual_network_gateway_connection", "connections", CONNECTION),
)
NEED = {
    "gateway_sku": "VpnGw2AZ",
    "gateway_routing": "route-based",
    "active_active": True,
    "forced_tunneling": True,
    "gateway_subnet": "10.0.0.0/27",
    "bgp": True,
    "clients": {
        "count": None,
        "pool": "172.16.0.0/24",
        "root_certificates": 1,
        "protocol": "openvpn",
        "authentication": "entra-id",
    },
    "vnets": [
        {
            "name": "hub",
            "prefixes": ["10.0.0.0/16"],
            "region": "westeurope",
            "subscription": "s1",
            "asn": 65020,
        }
    ],
    "sites": [
        {
            "name": "breda",
            "prefixes": ["192.168.1.0/24"],
            "public_ipv4": "51.144.10.1",
            "tunnels": 1,
            "device_routing": "policy-based",
            "asn": 65010,
        }
    ],
}


def with_id(kind: str, values: Values) -> Values:
    name = f"hub/{values['name']}" if "/" in kind else values["name"]
    return {"id": id_of(kind, name)} | values


def in_state(*resources: tuple[str, Values], mode: str = "managed", module: str | None = None) -> Mapping[str, Any]:
    told = [
        {"mode": mode, "type": kind, "name": "this", "instances": [{"attributes": values}]}
        | ({"module": module} if module else {})
        for kind, values in resources
    ]
    return {"version": 4, "terraform_version": "1.9.8", "outputs": {"key": {"value": "never-shown"}}, "resources": told}


def in_module(*resources: tuple[str, str, Values], address: str = "") -> dict[str, Any]:
    return {
        "address": address,
        "resources": [
            {
                "address": f"{address}.{kind}.{name}" if address else f"{kind}.{name}",
                "mode": "managed",
                "type": kind,
                "name": name.partition("[")[0],
                "values": values,
                "sensitive_values": {"shared_key": "never-shown"},
            }
            for kind, name, values in resources
        ],
    }


def state(document: Mapping[str, Any]) -> Read:
    return read_resources(list(resources_of_state(document, FILE)))


def values(root: Mapping[str, Any]) -> Read:
    return read_resources(list(resources_of_values({"format_version": "1.0", "values": {"root_module": root}}, FILE)))


def plan(root: Mapping[str, Any], configuration: Mapping[str, Any], **more: Any) -> Read:
    told = {"planned_values": {"root_module": root}, "configuration": {"root_module": configuration}} | more
    return read_resources(list(resources_of_plan(told, FILE)))


@pytest.mark.parametrize("enabled", ["bgp_enabled", "enable_bgp"])
def test_a_state_file_becomes_a_need(enabled: str) -> None:
    resources = [(kind, with_id(azure, told)) for kind, azure, told in ALL]
    resources[-1][1][enabled] = True

    found = state(in_state(*resources))

    assert found.need == NEED
    assert "never-shown" not in repr(found)


@pytest.mark.parametrize("depth", [0, 1, 3])
def test_a_shown_state_becomes_the_same_need_at_any_depth_of_modules(depth: int) -> None:
    told = [(kind, "this", with_id(azure, one)) for kind, azure, one in ALL]
    told[-1][2]["bgp_enabled"] = True
    module = in_module(*told)
    for _ in range(depth):
        module = {"child_modules": [module]}

    assert values(module).need == NEED


def test_properties_without_a_field_have_their_place_in_the_file() -> None:
    found = state(in_state(*((kind, with_id(azure, told)) for kind, azure, told in ALL)))

    assert [(item.code, item.path, item.subject) for item in found.ignored] == [
        ("no-field", "resources[4].instances[0].attributes.ipsec_policy", "con")
    ]


def test_inline_and_separate_subnets_count_once() -> None:
    inline = with_id("virtualNetworks", VNET) | {
        "subnet": [
            {"name": "app", "address_prefixes": ["10.0.1.0/24"], "id": id_of("virtualNetworks/subnets", "hub/app")},
            {"name": "GatewaySubnet", "address_prefix": "10.0.0.0/27"},
        ]
    }
    app = {"name": "app", "virtual_network_name": "hub", "address_prefixes": ["10.0.1.0/24"]}
    found = state(
        in_state(("azurerm_virtual_network", inline), ("azurerm_subnet", with_id("virtualNetworks/subnets", app)))
    )

    assert (found.hub["subnets"], found.need["gateway_subnet"]) == (["10.0.1.0/24"], "10.0.0.0/27")


def test_what_was_only_looked_up_is_there_too() -> None:
    looked_up = with_id("virtualNetworks", VNET) | {"subnets": ["GatewaySubnet"]}
    document = in_state(("azurerm_virtual_network", looked_up), ("azurerm_client_config", {"id": "x"}), mode="data")

    found = state(document)

    assert (found.vnets, found.ignored) == (["hub"], ())


@pytest.mark.parametrize(
    ("kind", "ignored"),
    [
        ("azurerm_virtual_wan", {("virtual-wan", "azurerm_virtual_wan")}),
        ("azurerm_vpn_gateway", {("virtual-wan", "azurerm_vpn_gateway")}),
        ("azurerm_vpn_site", {("virtual-wan", "azurerm_vpn_site")}),
        ("azurerm_route_table", {("other-resource-type", "azurerm_route_table")}),
        ("random_id", {("other-resource-type", "random_id")}),
        ("azurerm_public_ip", set()),
        ("azurerm_virtual_network_gateway_nat_rule", {("no-field", "one")}),
        ("azurerm_express_route_circuit_peering", {("no-field", "one")}),
    ],
)
def test_a_type_that_is_not_read_is_named(kind: str, ignored: set[tuple[str, str]]) -> None:
    assert state(in_state((kind, {"id": "x", "name": "one"}))).ignores() == ignored


def test_peerings_by_name_and_id_join_vnets() -> None:
    spoke = VNET | {"name": "spoke", "address_space": ["10.1.0.0/16"]}
    side = {
        "id": id_of("virtualNetworks/virtualNetworkPeerings", "hub/p"),
        "name": "p",
        "virtual_network_name": "hub",
        "remote_virtual_network_id": id_of("virtualNetworks", "spoke"),
        "allow_gateway_transit": True,
    }
    found = state(
        in_state(
            ("azurerm_virtual_network", with_id("virtualNetworks", spoke)),
            ("azurerm_virtual_network", with_id("virtualNetworks", VNET)),
            ("azurerm_virtual_network_peering", side),
        )
    )

    assert found.vnets == ["hub", "spoke"]


BODY = {"properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}}}


@pytest.mark.parametrize("body", [BODY, json.dumps(BODY)], ids=["object", "text"])
def test_the_body_of_the_other_provider_is_in_azures_form(body: object) -> None:
    told: Values = {
        "id": id_of("virtualNetworks", "hub"),
        "type": "Microsoft.Network/virtualNetworks@2024-05-01",
        "name": "hub",
        "location": "westeurope",
        "body": body,
    }
    subnet = {
        "type": "Microsoft.Network/virtualNetworks/subnets@2024-05-01",
        "name": "GatewaySubnet",
        "parent_id": id_of("virtualNetworks", "hub"),
        "body": {"properties": {"addressPrefix": "10.0.0.0/27"}},
    }
    found = state(in_state(("azapi_resource", told), ("azapi_resource", subnet)))

    assert (found.hub["prefixes"], found.need["gateway_subnet"]) == (["10.0.0.0/16"], "10.0.0.0/27")


def test_a_body_that_is_no_json_says_nothing() -> None:
    told = {"type": "Microsoft.Network/virtualNetworks@2024-05-01", "name": "hub", "body": "[" * 100_000}

    assert state(in_state(("azapi_resource", told))).need["vnets"] == [{"name": "hub"}]


def without(told: Values, *names: str) -> Values:
    return {name: value for name, value in told.items() if name not in names}


PLANNED: tuple[tuple[str, str, Values], ...] = (
    ("azurerm_virtual_network", "hub", VNET),
    ("azurerm_virtual_network", "other", VNET | {"name": "other"}),
    ("azurerm_subnet", "gw", without(SUBNET, "virtual_network_name")),
    ("azurerm_virtual_network_gateway", "gw", without(GATEWAY, "ip_configuration", "default_local_network_gateway_id")),
    ("azurerm_virtual_network_gateway", "er", {"name": "ergw", "type": "ExpressRoute", "sku": "ErGw1AZ"}),
    ("azurerm_local_network_gateway", "a", LOCAL | {"name": "a"}),
    ("azurerm_local_network_gateway", "b", LOCAL | {"name": "b", "address_space": ["192.168.2.0/24"]}),
    ("azurerm_virtual_network_gateway_connection", "b", {"name": "con", "type": "IPsec"}),
)


def expression(*references: str) -> dict[str, Any]:
    return {"references": [*references]}


def configured(address: str, **expressions: Any) -> dict[str, Any]:
    return {"address": address, "expressions": expressions}


CONFIGURATION: dict[str, Any] = {
    "resources": [
        configured("azurerm_subnet.gw", virtual_network_name=expression("azurerm_virtual_network.hub.name")),
        configured(
            "azurerm_virtual_network_gateway.gw",
            ip_configuration=[{"subnet_id": expression("azurerm_subnet.gw.id", "azurerm_subnet.gw")}],
            default_local_network_gateway_id=expression("azurerm_local_network_gateway.b.id"),
        ),
        configured(
            "azurerm_virtual_network_gateway_connection.b",
            virtual_network_gateway_id=expression("azurerm_virtual_network_gateway.gw.id"),
            local_network_gateway_id=expression("azurerm_local_network_gateway.b.id"),
        ),
    ]
}


def test_references_of_a_plan_tell_what_belongs_together() -> None:
    found = plan(in_module(*PLANNED), CONFIGURATION)

    assert (found.vnets, found.sites) == (["hub"], ["b"])
    assert (found.need["gateway_subnet"], found.need["forced_tunneling"]) == ("10.0.0.0/27", True)
    assert found.ignores() == {("not-connected", "other"), ("not-connected", "a")}


def test_without_references_it_is_the_only_candidate() -> None:
    only = [one for one in PLANNED if one[1] not in ("other", "er", "a")]
    found = plan(in_module(*only), {})

    assert (found.vnets, found.sites) == (["hub"], ["b"])
    assert ("connections", "sites") not in found.misses()


def test_without_references_and_with_several_candidates_connections_are_missing() -> None:
    found = plan(in_module(*PLANNED), {})

    assert found.sites == ["a", "b"]
    assert ("connections", "sites") in found.misses()


def test_a_vnet_of_a_plan_that_is_only_looked_up_is_there() -> None:
    looked_up = in_module(("azurerm_virtual_network", "hub", with_id("virtualNetworks", VNET)))
    looked_up["resources"][0] |= {"mode": "data", "address": "data.azurerm_virtual_network.hub"}
    root = in_module(("azurerm_subnet", "gw", SUBNET), PLANNED[3])
    found = plan(root, {}, prior_state={"values": {"root_module": looked_up}})

    assert (found.vnets, found.need["gateway_subnet"]) == (["hub"], "10.0.0.0/27")


def test_what_a_plan_only_remembers_is_not_there() -> None:
    remembered = in_module(("azurerm_virtual_network", "old", with_id("virtualNetworks", VNET)))

    assert plan(in_module(), {}, prior_state={"values": {"root_module": remembered}}).vnets == []


def test_references_lead_through_variables_and_outputs_of_modules() -> None:
    network = in_module(PLANNED[0], ("azurerm_subnet", "gw", SUBNET), address="module.network")
    vpn = in_module(PLANNED[3], *PLANNED[5:], address="module.vpn")
    root = {"child_modules": [network, vpn], "resources": in_module(PLANNED[1])["resources"]}
    inside = [dict(one) for one in CONFIGURATION["resources"]]
    inside[1] = configured(
        "azurerm_virtual_network_gateway.gw", ip_configuration=[{"subnet_id": expression("var.subnet")}]
    )
    configuration = {
        "module_calls": {
            "network": {"module": {"outputs": {"subnet": {"expression": expression("azurerm_subnet.gw.id")}}}},
            "vpn": {
                "expressions": {"subnet": expression("module.network.subnet", "module.network")},
                "module": {"resources": inside},
            },
        }
    }

    found = plan(root, configuration)

    assert (found.vnets, found.sites) == (["hub"], ["b"])


def test_instances_with_the_same_key_belong_together() -> None:
    gateway = PLANNED[3]
    keys = ("breda", "goes")
    locals_ = [
        (
            "azurerm_local_network_gateway",
            f'site["{key}"]',
            LOCAL | {"name": key, "address_space": [f"192.168.{at}.0/24"]},
        )
        for at, key in enumerate(keys)
    ]
    connections = [
        ("azurerm_virtual_network_gateway_connection", f'site["{key}"]', {"name": f"con-{key}", "type": "IPsec"})
        for key in reversed(keys)
    ]
    configuration = {
        "resources": [
            configured(
                "azurerm_virtual_network_gateway_connection.site",
                virtual_network_gateway_id=expression("azurerm_virtual_network_gateway.gw.id"),
                local_network_gateway_id=expression("azurerm_local_network_gateway.site", "each.key"),
            )
        ]
    }
    found = plan(in_module(PLANNED[0], gateway, *locals_, *connections), configuration)

    assert found.understands() >= {
        ("connection", "con-breda", "sites[0]"),
        ("connection", "con-goes", "sites[1]"),
    }


@pytest.mark.parametrize("wrong", [None, 5, "x", [], {}, [5], {"a": 5}, [{"type": 5, "values": 5, "instances": 5}]])
def test_values_of_wrong_types_do_no_harm(wrong: Any) -> None:
    assert state({"version": 4, "resources": wrong}).need == {}
    assert values({"resources": wrong, "child_modules": wrong}).need == {}
    assert plan({"resources": wrong}, {"resources": wrong, "module_calls": wrong}).need == {}
    assert plan(in_module(*PLANNED), {"resources": wrong, "module_calls": wrong}).sites == ["a", "b"]
    attributes = dict.fromkeys((*VNET, *GATEWAY, *LOCAL, *CONNECTION, "subnet", "body", "parent_id"), wrong)
    for kind, _, _ in (*ALL, ("azapi_resource", "", {})):
        assert state(in_state((kind, attributes))).need is not None
