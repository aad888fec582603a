"""The Terraform file: read by two parsers, judged by two versions of the provider, and counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from advisor.core.deployment import Deployment, Options
from advisor.formats.deployables.terraform import write
from tests.advisor.core.deployments import deployed
from tests.advisor.formats.deployables.published_schemas.schema import azurerm_problems
from tests.advisor.formats.deployables.scenarios import (
    BREDA,
    BY_CIRCUIT,
    GOES,
    HEADER,
    HUB,
    LABELED,
    SCENARIOS,
    SPOKE,
    THIRD,
    hostile,
    of_scenarios,
)
from tests.advisor.formats.deployables.terraform_files import blocks, counts, evaluated
from tests.every import some

HIDDEN = re.compile("[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
VPN, EXPRESSROUTE = "azurerm_virtual_network_gateway Vpn", "azurerm_virtual_network_gateway ExpressRoute"
CONNECTION = "azurerm_virtual_network_gateway_connection"


def text_of(made: str = "existing", language: str = "en", /, **fields: Any) -> str:
    return write(deployed(Options(vnets=made), **fields), HEADER, language)


def only(text: str, kind: str, name: str = "") -> dict[str, Any]:
    """The one evaluated block of a kind whose address ends so."""
    (found,) = (one for one in evaluated(text)[kind] if one["__tfmeta"]["path"].endswith(name))
    return found


def body_of(text: str, kind: str, name: str) -> dict[str, Any]:
    (found,) = (body for one, called, body in blocks(text) if (one, called) == (kind, name))
    return found


def without_comments(text: str) -> str:
    """The file without comments and without the texts of descriptions and messages."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return re.sub(r'((?:description|error_message) +=) "(?:[^"\\]|\\.)*"', r"\1", "\n".join(lines))


def expected(deployment: Deployment) -> Counter[str]:
    """How many of each kind are made, by the deployment itself."""
    made = Counter(
        {
            "azurerm_virtual_network": sum(not one.exists for one in deployment.vnets),
            "azurerm_subnet": sum(not one.exists for one in deployment.subnets),
            "azurerm_public_ip": sum(not one.exists for one in deployment.public_ips),
            "azurerm_local_network_gateway": len(deployment.local_gateways),
            VPN: sum(not one.exists for one in deployment.vpn_gateways),
            EXPRESSROUTE: int(deployment.expressroute_gateway is not None),
            "azurerm_express_route_circuit": int(deployment.circuit is not None),
            f"{CONNECTION} IPsec": len(deployment.site_connections),
            f"{CONNECTION} Vnet2Vnet": len(deployment.vnet_connections),
            # the connection to a circuit that is ordered waits for the provider
            f"{CONNECTION} ExpressRoute": int(bool(deployment.circuit_connection and not deployment.circuit)),
            "azurerm_virtual_network_peering": len(deployment.peerings),
        }
    )
    return +made


@pytest.mark.parametrize(("name", "deployment"), list(of_scenarios()))
def test_a_file_is_read_by_both_parsers_and_has_what_the_deployment_has(name: str, deployment: Deployment) -> None:
    text = write(deployment, HEADER, "en")
    assert counts(text) == expected(deployment)
    kinds = [(kind, called, azurerm_problems(kind, body)) for kind, called, body in blocks(text)]
    assert [problem for *_, problems in kinds for problem in problems] == []
    assert len(kinds) > 2


@pytest.mark.parametrize("name", SCENARIOS)
def test_twice_is_the_same_and_another_language_changes_comments_and_descriptions_only(name: str) -> None:
    deployment = deployed(Options(vnets="new"), **SCENARIOS[name])
    english, dutch = write(deployment, HEADER, "en"), write(deployment, HEADER, "nl")
    assert english == write(deployment, HEADER, "en")
    assert english != dutch
    assert without_comments(english) == without_comments(dutch)


@pytest.mark.parametrize(("attack", "plain"), some(hostile(), 3), ids=lambda fields: fields["sites"][0]["name"][:8])
def test_a_name_that_attacks_changes_nothing_but_names(attack: dict[str, Any], plain: dict[str, Any]) -> None:
    for language in ("nl", "en"):
        for made in ("existing", "new"):
            text = text_of(made, language, **attack)
            assert counts(text) == counts(text_of(made, language, **plain))
            assert not re.search(
                "[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]", text
            )
            assert evaluated(text).keys() == evaluated(text_of(made, language, **plain)).keys()
            assert all(not value.startswith("@") for value in re.findall(r'= "([^"]*)"', without_comments(text)))


def test_no_file_holds_a_key_or_a_default_for_one() -> None:
    secret = {"shared_keys", "radius_secret", "authorization_key"}
    seen = set()
    for name, deployment in of_scenarios():
        text = write(deployment, HEADER, "en")
        for variable in secret & set(re.findall(r'^variable "(\w+)"', text, re.MULTILINE)):
            declared = text.partition(f'variable "{variable}" {{')[2].partition("\n}")[0]
            seen.add(variable)
            assert re.search(r"sensitive += true", declared), name
            assert "default" not in declared, name
        assert set(re.findall(r"shared_key +=(.*)", text)) <= {" var.shared_keys[each.key]"}
        assert not secret & set(re.findall(r"var\.(\w+)", text.partition("output ")[2])), name
    assert seen == secret


def test_the_versions_and_the_provider_are_those_that_the_arguments_are_of() -> None:
    text = text_of(sites=[BREDA])
    assert 'required_version = ">= 1.9"' in text
    assert 'version = ">= 4.62, < 6.0"' in text
    assert "backend" not in "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    assert "subscription_id = var.subscription_id" in text


def test_the_lines_are_as_terraform_fmt_leaves_them() -> None:
    for name, deployment in of_scenarios():
        lines = write(deployment, HEADER, "en").splitlines()
        for line, following in pairwise(lines):
            both = [re.match(r'( *)("?[\w-]+"?) += [^{\[].*[^{\[]$', one) for one in (line, following)]
            if both[0] and both[1] and both[0][1] == both[1][1]:
                assert line.index(" = ") == following.index(" = "), (name, line, following)
        assert all(line == line.rstrip() for line in lines), name


CASES: Sequence[tuple[str, dict[str, Any], tuple[str, str, dict[str, Any]]]] = (
    (
        "a site whose address is known",
        {"sites": [BREDA]},
        (
            "azurerm_local_network_gateway",
            '.sites["breda"]',
            {"name": "lgw-breda", "gateway_address": "198.41.0.4", "address_space": ["192.168.20.0/24"]},
        ),
    ),
    (
        "a connection with the policy",
        {"sites": [BREDA]},
        (
            CONNECTION,
            '.sites["breda"]',
            {"name": "con-vpngw-hub-breda", "type": "IPsec", "connection_protocol": "IKEv2", "bgp_enabled": False}
            | {"dpd_timeout_seconds": 45},
        ),
    ),
    (
        "a device behind NAT",
        {"sites": [BREDA | {"behind_nat": True}, GOES]},
        (CONNECTION, '.sites["breda"]', {"connection_mode": "ResponderOnly"}),
    ),
    (
        "a device not behind NAT next to one that is",
        {"sites": [BREDA | {"behind_nat": True}, GOES]},
        (CONNECTION, '.sites["goes"]', {"connection_mode": "Default"}),
    ),
    (
        "a policy-based device",
        {"sites": [BREDA | {"device_routing": "policy-based"}, GOES]},
        (CONNECTION, '.sites["breda"]', {"use_policy_based_traffic_selectors": True}),
    ),
    (
        "a route-based device next to it",
        {"sites": [BREDA | {"device_routing": "policy-based"}, GOES]},
        (
            CONNECTION,
            '.sites["goes"]',
            {"use_policy_based_traffic_selectors": False, "connection_protocol": "IKEv2"},
        ),
    ),
    (
        "a tunnel over private peering",
        SCENARIOS["circuit with both"],
        (CONNECTION, '.sites["delft-1"]', {"local_azure_ip_address_enabled": True}),
    ),
    (
        "the tunnel over the internet next to it",
        SCENARIOS["circuit with both"],
        (CONNECTION, '.sites["delft-2"]', {"local_azure_ip_address_enabled": False}),
    ),
    (
        "the gateway of the hub",
        {"sites": [BREDA]},
        (
            "azurerm_virtual_network_gateway",
            ".vpngw_hub",
            {"name": "vpngw-hub", "type": "Vpn", "vpn_type": "RouteBased", "sku": "VpnGw1AZ"}
            | {"generation": "Generation1", "active_active": False, "bgp_enabled": False},
        ),
    ),
    (
        "the gateway of another VNet",
        {"vnets": [HUB, SPOKE, THIRD], "vnet_encryption": True},
        (
            "azurerm_virtual_network_gateway",
            '.vpn_gateways["spoke"]',
            {"name": "vpngw-spoke", "sku": "VpnGw1AZ", "active_active": False},
        ),
    ),
    (
        "the subnet of another VNet",
        {"vnets": [HUB, SPOKE, THIRD], "vnet_encryption": True},
        ("azurerm_subnet", '.gateway_subnets["spoke"]', {"address_prefixes": ["10.30.255.224/27"]}),
    ),
    (
        "the side of a peering at the hub",
        SCENARIOS["peered"],
        (
            "azurerm_virtual_network_peering",
            '.from_hub["spoke"]',
            {"name": "peer-hub-spoke", "allow_gateway_transit": True, "use_remote_gateways": False}
            | {"allow_forwarded_traffic": False, "allow_virtual_network_access": True},
        ),
    ),
    (
        "the other side of a peering",
        SCENARIOS["peered, passing on"],
        (
            "azurerm_virtual_network_peering",
            '.to_hub["spoke"]',
            {"name": "peer-spoke-hub", "allow_gateway_transit": False, "use_remote_gateways": True}
            | {"allow_forwarded_traffic": True},
        ),
    ),
    (
        "the gateway of a circuit",
        {"sites": [BY_CIRCUIT]},
        ("azurerm_virtual_network_gateway", ".ergw_hub", {"type": "ExpressRoute", "sku": "ErGw1AZ"}),
    ),
    (
        "a circuit to order",
        {"sites": [BY_CIRCUIT]},
        ("azurerm_express_route_circuit", ".erc_hub", {"bandwidth_in_mbps": 500}),
    ),
    (
        "a circuit on a port",
        SCENARIOS["circuit on a port"],
        ("azurerm_express_route_circuit", ".erc_hub", {"bandwidth_in_gbps": 40}),
    ),
    (
        "an address in zones",
        {"sites": [BREDA]},
        (
            "azurerm_public_ip",
            ".pip_vpngw_hub_1",
            {"sku": "Standard", "allocation_method": "Static", "zones": ["1", "2", "3"]},
        ),
    ),
)


@pytest.mark.parametrize(("fields", "block"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_resource_is_set_to(fields: dict[str, Any], block: tuple[str, str, dict[str, Any]]) -> None:
    kind, name, values = block
    found = only(text_of(**fields), kind, name)
    assert {key: found.get(key) for key in values} == values


@pytest.mark.parametrize(
    ("kind", "name", "argument", "fields"),
    [
        (CONNECTION, "sites", "connection_mode", {"sites": [BREDA]}),
        (CONNECTION, "sites", "use_policy_based_traffic_selectors", {"sites": [BREDA]}),
        (CONNECTION, "sites", "local_azure_ip_address_enabled", {"sites": [BREDA]}),
        (CONNECTION, "sites", "ipsec_policy", SCENARIOS["Basic"]),
        (CONNECTION, "con_ergw_hub", "shared_key", {"sites": [BY_CIRCUIT]}),
        ("azurerm_public_ip", "pip_vpngw_hub_1", "zones", SCENARIOS["Basic"]),
        ("azurerm_virtual_network_gateway", "vpngw_hub", "bgp_settings", {"sites": [BREDA]}),
        ("azurerm_virtual_network_gateway", "vpngw_hub", "vpn_client_configuration", {"sites": [BREDA]}),
        ("azurerm_virtual_network_gateway", "vpngw_hub", "default_local_network_gateway_id", {"sites": [BREDA]}),
        ("azurerm_virtual_network_gateway", "ergw_hub", "vpn_type", {"sites": [BY_CIRCUIT]}),
        ("azurerm_virtual_network_gateway", "ergw_hub", "generation", {"sites": [BY_CIRCUIT]}),
        ("azurerm_local_network_gateway", "sites", "address_space", {"sites": [BREDA], "bgp": True}),
        ("azurerm_virtual_network", "vnet_hub", "subnet", {"sites": [BREDA], "vnets": [HUB]}),
    ],
)
def test_an_argument_stands_only_where_it_is_needed(
    kind: str, name: str, argument: str, fields: dict[str, Any]
) -> None:
    assert argument not in body_of(text_of("new", **fields), kind, name)


def test_the_policy_is_that_of_every_connection() -> None:
    policy = {
        "ike_encryption": "AES256",
        "ike_integrity": "SHA256",
        "dh_group": "DHGroup14",
        "ipsec_encryption": "GCMAES256",
        "ipsec_integrity": "GCMAES256",
        "pfs_group": "PFS2048",
        "sa_lifetime": 27_000,
        "sa_datasize": 102_400_000,
    }
    text = text_of(**SCENARIOS["VNet-to-VNet, two subscriptions"])
    bodies = [body for kind, _, body in blocks(text) if kind == CONNECTION]
    assert [body["ipsec_policy"] for body in bodies] == [policy] * 5


def test_clients_sign_in_as_the_need_says() -> None:
    entra = body_of(text_of(**SCENARIOS["Entra ID"]), "azurerm_virtual_network_gateway", "vpngw_hub")
    assert entra["vpn_client_configuration"]["vpn_auth_types"] == ["AAD"]
    text = text_of(**SCENARIOS["Entra ID"])
    assert 'aad_tenant           = "https://login.microsoftonline.com/${var.tenant_id}"' in text
    assert 'aad_issuer           = "https://sts.windows.net/${var.tenant_id}/"' in text
    assert 'default     = "c632b3df-fb67-4d84-bdcf-b95ad541b5c8"' in text
    radius = body_of(text_of(**SCENARIOS["RADIUS"]), "azurerm_virtual_network_gateway", "vpngw_hub")
    assert set(radius["vpn_client_configuration"]) == {
        "address_space",
        "vpn_client_protocols",
        "vpn_auth_types",
        "radius_server_address",
        "radius_server_secret",
    }
    two = body_of(text_of(**SCENARIOS["two sites and clients"]), "azurerm_virtual_network_gateway", "vpngw_hub")
    assert [one["name"] for one in two["vpn_client_configuration"]["root_certificate"]] == ["root-1", "root-2"]


def test_a_gateway_that_is_there_is_referred_to_and_never_made() -> None:
    text = text_of(**SCENARIOS["gateway that is there"])
    made = {kind for kind, _, _ in blocks(text) if not kind.startswith("data.")}
    assert made == {"azurerm_local_network_gateway", CONNECTION}
    assert "virtual_network_gateway_id = data.azurerm_virtual_network_gateway.vpngw_hub.id" in text
    assert 'default     = "vpngw-hub"' in text
    retired = text_of(**SCENARIOS["older gateway with a circuit"])
    assert "az network vnet-gateway update" in retired
    assert {name for kind, name, _ in blocks(retired) if kind == "azurerm_virtual_network_gateway"} == {"ergw_hub"}


def test_what_is_peered_waits_for_the_gateways() -> None:
    def waits(name: str, scenario: str) -> list[str]:
        text = text_of(**SCENARIOS[scenario])
        block = text.partition(f'resource "azurerm_virtual_network_peering" "{name}"')[2].partition("\n}")[0]
        return re.findall(r"azurerm_\w+\.\w+", block.partition("depends_on")[2])

    assert waits("from_hub", "peered") == ["azurerm_subnet.gateway_subnet_hub"]
    gateway = "azurerm_virtual_network_gateway.vpngw_hub"
    assert waits("to_hub", "peered") == ["azurerm_virtual_network_peering.from_hub", gateway]
    assert waits("from_hub", "peered without a gateway") == []
    assert waits("to_hub", "peered without a gateway") == ["azurerm_virtual_network_peering.from_hub"]


def test_each_further_subscription_has_a_provider_and_a_resource_group() -> None:
    text = text_of("new", **SCENARIOS["peered"] | {"vnets": LABELED})
    assert 'alias           = "subscription_2nd_one"' in text
    assert "subscription_id = var.subscription_id_2nd_one" in text
    for kind, name in (
        ("azurerm_virtual_network", "vnets_2nd_one"),
        ("azurerm_virtual_network_peering", "to_hub_2nd_one"),
    ):
        block = text.partition(f'resource "{kind}" "{name}"')[2].partition("\n}")[0]
        assert "= azurerm.subscription_2nd_one" in block
        assert "= var.resource_group_name_2nd_one" in block
    from_hub = text.partition('"from_hub_2nd_one"')[2].partition("\n}")[0]
    assert "provider" not in from_hub


def test_a_variable_of_a_map_says_which_keys_it_must_have() -> None:
    text = text_of(sites=[GOES, BREDA | {"public_ipv4": True}])
    assert "contains(keys(var.public_ips), key)" in text
    assert 'alltrue([for key in ["goes", "breda"]' in text
    assert "length(one) >= 1 && length(one) <= 128" in text
