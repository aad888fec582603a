"""The Bicep file of a design: what it makes, read back by two parsers and held against what Azure publishes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pytest

from advisor.core.advice import Advice
from advisor.core.decide import decide
from advisor.core.deployment import Deployment, DeploymentRefused, Options, deployment_of
from advisor.formats.deployables import FORMATS, bicep, bicepparam
from advisor.formats.deployables.header import Header
from tests.advisor.core.deployments import CERTIFIED, deployed
from tests.advisor.core.edition_2026.builders import (
    BY_CIRCUIT,
    BY_POLICY,
    BY_VPN,
    HUB,
    OFFICE,
    SPOKE,
    catalogue,
    need,
)
from tests.advisor.core.edition_2026.test_properties import CASES
from tests.advisor.formats.deployables import bicep_reading
from tests.advisor.formats.deployables.bicep_reading import Bicep
from tests.advisor.formats.deployables.published_schemas.schema import EXPRESSION, network_problems
from tests.builders import site, vnet
from tests.every import some
from web.languages import LANGUAGES

HEADER = Header(
    link="https://gatewijzer.example/nl/advice/result/?site=Tilburg",
    findings=(("warning", "gateway-sku-retired", "It was retired."), ("info", "clamp-mss", "Set 1350.")),
    newest_fact=date(2026, 9, 5),
    entry_address="https://gatewijzer.example/nl/q/{}/".format,
)
LARGE = 60
"""A design with more resources says nothing that a smaller one does not."""

EVERYTHING: dict[str, Any] = {
    "vnets": [HUB, SPOKE],
    "sites": [OFFICE | {"expressroute": False, "tunnels": 2}, BY_CIRCUIT],
    "clients": CERTIFIED,
    "bgp": True,
    "transit": True,
}


def bicep_of(deployment: Deployment, language: str = "en") -> str:
    """The file of a deployment."""
    return bicep.write(deployment, HEADER, language)


def read(options: Options | None = None, /, **fields: Any) -> Bicep:
    """What the file for a need says."""
    return bicep_reading.read(bicep_of(deployed(options, **fields)))


@dataclass(frozen=True)
class Design:
    """What is deployed for a need, with its advice, its file, and what that says."""

    deployment: Deployment
    advice: Advice
    text: str
    found: Bicep


@cache
def designs() -> tuple[Design, ...]:
    """One for each different need of the tables of the edition that has files."""
    made = ((deployment, advice, bicep_of(deployment)) for deployment, advice in _designs())
    return tuple(Design(deployment, advice, text, bicep_reading.read(text)) for deployment, advice, text in made)


def _designs() -> Iterator[tuple[Deployment, Advice]]:
    for asked in {repr(found): found for found in (need(**changes) for changes in CASES)}.values():
        advice = decide(asked, catalogue())
        try:
            deployment = deployment_of(asked, advice, catalogue(), Options())
        except DeploymentRefused:
            continue
        if len(deployment.resources) <= LARGE:
            yield deployment, advice


def test_every_design_of_the_tables_is_bicep_with_properties_that_azure_knows() -> None:
    assert len(designs()) > 90
    for design in designs():
        assert bicep_reading.faults(design.text) == []
        found = design.found
        wrong = [
            fault
            for resource in found.resources
            if not resource.exists
            for fault in network_problems(resource.type, found.body(resource))
        ]
        assert wrong == []
        assert_as_advised(found, design.deployment, design.advice)


def assert_as_advised(found: Bicep, deployment: Deployment, advice: Advice) -> None:
    """The file makes what the deployment has, with the SKUs and the GatewaySubnet of the advice."""
    assert Counter(one.type.split("/", 1)[1] for one in found.resources if not one.exists) == counted(deployment)
    assert {one.api_version for one in found.resources} == {"2025-01-01"}
    gateways = [found.body(one)["properties"] for one in found.of_type("virtualNetworkGateways")]
    made = {(one["gatewayType"], one["sku"]["name"]) for one in gateways}
    advised: set[tuple[str, str]] = set()
    if advice.gateway and any(not one.exists for one in deployment.vpn_gateways):
        advised.add(("Vpn", advice.gateway.sku))
    if advice.expressroute:
        advised.add(("ExpressRoute", advice.expressroute.gateway_sku))
    assert made == advised
    subnets = found.of_type("virtualNetworks/subnets")
    block = advice.gateway.subnet if advice.gateway else advice.expressroute.subnet if advice.expressroute else None
    if block and subnets and deployment.subnets[0].vnet == deployment.hub.key and not deployment.subnets[0].exists:
        assert found.body(subnets[0])["properties"]["addressPrefix"] == str(block)


def counted(deployment: Deployment) -> Counter[str]:
    """How many resources of each type a deployment makes."""
    groups: dict[str, tuple[Any, ...]] = {
        "virtualNetworks": deployment.vnets,
        "virtualNetworks/subnets": deployment.subnets,
        "publicIPAddresses": deployment.public_ips,
        "localNetworkGateways": deployment.local_gateways,
        "virtualNetworkGateways": (*deployment.vpn_gateways, *_some(deployment.expressroute_gateway)),
        "expressRouteCircuits": _some(deployment.circuit),
        "connections": (
            *deployment.site_connections,
            *deployment.vnet_connections,
            *_some(deployment.circuit_connection),
        ),
        "virtualNetworks/virtualNetworkPeerings": deployment.peerings,
    }
    made = {kind: sum(not getattr(one, "exists", False) for one in group) for kind, group in groups.items()}
    return Counter({kind: count for kind, count in made.items() if count})


def _some(one: object | None) -> tuple[object, ...]:
    return () if one is None else (one,)


def test_a_file_asks_for_exactly_what_it_uses() -> None:
    for design in designs():
        found = design.found
        code = re.sub(r"(?m)^(//.*|@description.*)$", "", design.text)
        unused = [name for name in found.parameters if len(re.findall(rf"\b{name}\b", code)) < 2]
        assert set(unused) <= {"location"}
        symbols = [*found.parameters, *found.constants, *(one.symbol for one in found.resources)]
        assert len({symbol.casefold() for symbol in symbols}) == len(symbols)


def test_no_secret_has_a_default_and_no_output_has_a_secret() -> None:
    found = read(**EVERYTHING | {"clients": CERTIFIED | {"authentication": "radius"}, "expressroute_circuit": True})
    secure = {
        name: parameter for name, parameter in found.parameters.items() if {"type": "secure"} in parameter["decorators"]
    }
    assert set(secure) == {"sharedKeyTilburg1", "sharedKeyTilburg2", "radiusSecret", "authorizationKey"}
    assert {parameter["default"] for parameter in secure.values()} == {None}
    lengths = {(one["type"], one["argument"]) for one in secure["sharedKeyTilburg1"]["decorators"] if "argument" in one}
    assert {("min_length", 1), ("max_length", 128)} <= lengths
    assert not [name for name in secure if name in str(found.outputs)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"sites": [OFFICE]}, ["gatewayPublicIps"]),
        ({"sites": [OFFICE], "bgp": True}, ["gatewayPublicIps", "gatewayBgpPeers"]),
        ({"sites": [OFFICE], "gateway_sku": "VpnGw1AZ"}, ["gatewayPublicIps"]),
        ({"sites": [BY_CIRCUIT]}, []),
        ({"vnets": [HUB, SPOKE]}, []),
    ],
)
def test_the_outputs_are_the_addresses_that_devices_need(fields: dict[str, Any], expected: list[str]) -> None:
    assert list(read(**fields).outputs) == expected


def properties(found: Bicep, kind: str, place: int = 0) -> dict[str, Any]:
    """The properties of one resource of a type."""
    body: dict[str, Any] = found.body(found.of_type(kind)[place])["properties"]
    return body


def test_a_vnet_is_made_without_its_subnets() -> None:
    there, made = (read(Options(vnets=how), vnets=[HUB, SPOKE], sites=[OFFICE]) for how in ("existing", "new"))
    assert [one.config for one in there.of_type("virtualNetworks", made=False)] == [{"name": "hub"}, {"name": "spoke"}]
    assert properties(made, "virtualNetworks") == {"addressSpace": {"addressPrefixes": ["10.20.0.0/16"]}}
    assert there.of_type("virtualNetworks/subnets")[0].config["parent"] == "vnetHub"


REFERENCE = {"id": EXPRESSION, "properties": {}}
POLICY = {
    "saLifeTimeSeconds": 27000,
    "saDataSizeKilobytes": 102400000,
    "ipsecEncryption": "GCMAES256",
    "ipsecIntegrity": "GCMAES256",
    "ikeEncryption": "AES256",
    "ikeIntegrity": "SHA256",
    "dhGroup": "DHGroup14",
    "pfsGroup": "PFS2048",
}
PLAIN_CONNECTION = {
    "connectionType": "IPsec",
    "connectionProtocol": "IKEv2",
    "virtualNetworkGateway1": REFERENCE,
    "localNetworkGateway2": REFERENCE,
    "sharedKey": EXPRESSION,
    "enableBgp": False,
    "dpdTimeoutSeconds": 45,
    "ipsecPolicies": [POLICY],
}


@pytest.mark.parametrize(
    ("fields", "changed"),
    [
        ({"sites": [OFFICE]}, {}),
        ({"sites": [OFFICE], "bgp": True}, {"enableBgp": True}),
        (
            {"sites": [BY_POLICY]},
            {"usePolicyBasedTrafficSelectors": True, "connectionProtocol": EXPRESSION},
        ),
        ({"sites": [OFFICE | {"behind_nat": True}]}, {"connectionMode": "ResponderOnly"}),
        ({"sites": [BY_CIRCUIT], "expressroute_encryption": True}, {"useLocalAzureIpAddress": True}),
        ({"sites": [OFFICE], "dev_test": True}, {"ipsecPolicies": None}),
        (
            {"sites": [OFFICE], "gateway_routing": "policy-based"},
            {"ipsecPolicies": None, "connectionProtocol": "IKEv1"},
        ),
    ],
)
def test_a_site_to_site_connection_says_what_its_site_is(fields: dict[str, Any], changed: dict[str, Any]) -> None:
    expected = {key: value for key, value in (PLAIN_CONNECTION | changed).items() if value is not None}
    assert properties(read(**fields), "connections") == expected


def test_a_pair_of_vnets_shares_a_key_and_the_policy() -> None:
    found = read(vnets=[HUB, SPOKE], vnet_encryption=True)
    expected = {
        key: value for key, value in PLAIN_CONNECTION.items() if key not in {"localNetworkGateway2", "connectionType"}
    } | {"connectionType": "Vnet2Vnet", "virtualNetworkGateway2": REFERENCE}
    assert [properties(found, "connections", at) for at in (0, 1)] == [expected, expected]
    assert {one.config["properties"]["sharedKey"] for one in found.of_type("connections")} == {"sharedKeySpoke"}


def test_a_site_with_bgp_has_no_prefixes_of_its_own() -> None:
    with_bgp, without = (
        properties(read(sites=[OFFICE | {"public_ipv4": "52.166.10.20"}], bgp=bgp), "localNetworkGateways")
        for bgp in (True, False)
    )
    assert with_bgp == {
        "gatewayIpAddress": "52.166.10.20",
        "bgpSettings": {"asn": EXPRESSION, "bgpPeeringAddress": EXPRESSION},
    }
    assert without == {
        "gatewayIpAddress": "52.166.10.20",
        "localNetworkAddressSpace": {"addressPrefixes": ["192.168.10.0/24"]},
    }


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, {"activeActive": False, "enableBgp": False}),
        ({"bgp": True}, {"activeActive": False, "enableBgp": True, "bgpSettings": {"asn": EXPRESSION}}),
        ({"active_active": True}, {"activeActive": True, "enableBgp": False}),
        (
            {"forced_tunneling": True},
            {"activeActive": False, "enableBgp": False, "gatewayDefaultSite": {"id": EXPRESSION}},
        ),
        (
            {"sites": [BY_CIRCUIT, BY_VPN], "bgp": True, "transit": True},
            {"activeActive": True, "enableBgp": True, "bgpSettings": {"asn": 65515}},
        ),
        (
            {"sites": [BY_CIRCUIT], "expressroute_encryption": True},
            {"activeActive": False, "enableBgp": False, "enablePrivateIpAddress": True},
        ),
    ],
)
def test_a_vpn_gateway_says_what_it_does(fields: dict[str, Any], expected: dict[str, Any]) -> None:
    found = properties(read(**{"sites": [OFFICE]} | fields), "virtualNetworkGateways")
    addresses = 2 if expected["activeActive"] else 1
    assert [one["name"] for one in found.pop("ipConfigurations")] == ["ipConfig1", "ipConfig2"][:addresses]
    assert found == expected | {
        "gatewayType": "Vpn",
        "vpnType": "RouteBased",
        "vpnGatewayGeneration": "Generation1",
        "sku": {"name": "VpnGw1AZ", "tier": "VpnGw1AZ"},
    }


@pytest.mark.parametrize(
    ("clients", "expected"),
    [
        (
            {},
            {
                "vpnClientProtocols": ["OpenVPN"],
                "vpnAuthenticationTypes": ["Certificate"],
                "vpnClientRootCertificates": [{"name": "root-1", "properties": {"publicCertData": EXPRESSION}}],
            },
        ),
        (
            {"protocol": "ikev2", "root_certificates": 2},
            {
                "vpnClientProtocols": ["IkeV2"],
                "vpnAuthenticationTypes": ["Certificate"],
                "vpnClientRootCertificates": [
                    {"name": f"root-{number}", "properties": {"publicCertData": EXPRESSION}} for number in (1, 2)
                ],
            },
        ),
        (
            {"authentication": "entra-id"},
            {
                "vpnClientProtocols": ["OpenVPN"],
                "vpnAuthenticationTypes": ["AAD"],
                "aadTenant": EXPRESSION,
                "aadAudience": EXPRESSION,
                "aadIssuer": EXPRESSION,
            },
        ),
        (
            {"authentication": "radius"},
            {
                "vpnClientProtocols": ["OpenVPN"],
                "vpnAuthenticationTypes": ["Radius"],
                "radiusServerAddress": EXPRESSION,
                "radiusServerSecret": EXPRESSION,
            },
        ),
    ],
)
def test_clients_connect_and_sign_in_as_the_need_says(clients: dict[str, Any], expected: dict[str, Any]) -> None:
    found = properties(read(clients=CERTIFIED | clients), "virtualNetworkGateways")["vpnClientConfiguration"]
    assert found == {"vpnClientAddressPool": {"addressPrefixes": ["172.31.255.0/24"]}} | expected


def test_the_issuer_of_entra_id_ends_in_a_slash() -> None:
    text = bicep_of(deployed(clients=CERTIFIED | {"authentication": "entra-id"}))
    assert "aadIssuer: 'https://sts.windows.net/${tenantId}/'\n" in text
    assert "aadTenant: '${environment().authentication.loginEndpoint}${tenantId}'\n" in text
    assert "param tenantId string = subscription().tenantId\n" in text


@pytest.mark.parametrize(
    ("mbps", "expected", "sku"),
    [
        (
            200,
            {
                "serviceProviderProperties": {
                    "serviceProviderName": EXPRESSION,
                    "peeringLocation": EXPRESSION,
                    "bandwidthInMbps": 200,
                }
            },
            {"sku": {"name": "ErGw1AZ", "tier": "ErGw1AZ"}},
        ),
        (
            12_000,
            {"expressRoutePort": {"id": EXPRESSION}, "bandwidthInGbps": 40},
            {
                "sku": {"name": "ErGwScale", "tier": "ErGwScale"},
                "autoScaleConfiguration": {"bounds": {"min": 12, "max": 12}},
            },
        ),
    ],
)
def test_a_circuit_is_ordered_and_joined_once_it_is_provisioned(
    mbps: int, expected: dict[str, Any], sku: dict[str, Any]
) -> None:
    found = read(sites=[BY_CIRCUIT], bandwidth_mbps=mbps)
    (circuit,) = found.of_type("expressRouteCircuits")
    assert found.body(circuit)["sku"] == {
        "name": "Standard_MeteredData",
        "tier": "Standard",
        "family": "MeteredData",
    }
    assert properties(found, "expressRouteCircuits") == expected
    gateway = properties(found, "virtualNetworkGateways")
    assert [[*one["properties"]] for one in gateway.pop("ipConfigurations")] == [
        ["privateIPAllocationMethod", "subnet"]
    ]
    assert gateway == {"gatewayType": "ExpressRoute"} | sku
    (connection,) = found.of_type("connections")
    assert connection.condition == "circuitProvisioned"
    assert properties(found, "connections") == {
        "connectionType": "ExpressRoute",
        "virtualNetworkGateway1": REFERENCE,
        "peer": {"id": EXPRESSION},
    }


def test_the_sides_of_a_peering_wait_for_what_they_use() -> None:
    here, there = read(**EVERYTHING).of_type("virtualNetworks/virtualNetworkPeerings")
    assert (here.config["parent"], here.config["dependsOn"]) == ("vnetHub", ["gatewaySubnetHub"])
    assert (there.config["parent"], there.config["dependsOn"]) == ("vnetSpoke", ["peerHubSpoke", "vpngwHub", "ergwHub"])
    without = read(vnets=[HUB, SPOKE]).of_type("virtualNetworks/virtualNetworkPeerings")
    assert [one.config.get("dependsOn") for one in without] == [None, ["peerHubSpoke"]]


def test_a_gateway_that_is_there_is_referred_to_by_a_name_that_can_be_filled_in() -> None:
    text = bicep_of(deployed(sites=[OFFICE], gateway_sku="VpnGw1"))
    found = bicep_reading.read(text)
    assert [one.config for one in found.of_type("virtualNetworkGateways", made=False)] == [{"name": "vpnGatewayName"}]
    assert [one.config for one in found.of_type("publicIPAddresses", made=False)] == [{"name": "publicIpName1"}]
    assert found.of_type("virtualNetworks/subnets") == []
    assert any("az network vnet-gateway update --sku VpnGw1AZ" in one for one in bicep_reading.comments(text))


def test_each_resource_has_a_reason_above_it() -> None:
    for design in designs():
        lines = design.text.split("\n")
        starts = [at for at, line in enumerate(lines) if line.startswith("resource ")]
        bare = [lines[at] for at in starts if not lines[at - 1].startswith("//")]
        assert [line for line in bare if "publicIPAddresses" not in line or "existing" not in line] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_says_what_it_is_and_how_it_is_run(language: str) -> None:
    head = bicep_of(deployed(sites=[OFFICE]), language).split("\n\n")[0]
    assert all(line.startswith("// ") and len(line) <= 120 for line in head.split("\n"))
    for said in (
        "2026",
        "fits",
        "2026-09-05",
        HEADER.link or "",
        "warning gateway-sku-retired: It was retired.",
        "info clamp-mss: Set 1350.",
        "az deployment group what-if",
        "az deployment group create",
    ):
        assert said in head


def test_the_same_need_gives_the_same_bytes() -> None:
    assert bicep_of(deployed(**EVERYTHING)) == bicep_of(deployed(**EVERYTHING))


def test_another_language_changes_comments_and_descriptions_only() -> None:
    dutch, english = (bicep_of(deployed(**EVERYTHING), language) for language in ("nl", "en"))
    assert dutch != english
    assert bicep_reading.without_words(dutch) == bicep_reading.without_words(english)


HOSTILE = (
    "'",
    '"',
    "\\",
    "${environment()}",
    "$(touch /tmp/x)",
    "`id`",
    "a\nresource x 'y' = {}",
    "a\u2028param y string",
    "\u202etxt.exe\u202c",
    "@file",
    "*/ // /*",
    "'''",
    "\U0001f600" * 80,
    "]]>{{ x }}",
    "location",
    "%{if}",
)


@pytest.mark.parametrize("name", some(HOSTILE, 3))
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_changes_what_is_made(name: str, language: str) -> None:
    def named(hub: str, spoke: str, first: str, second: str) -> str:
        vnets = [vnet(hub, "10.20.0.0/16", region=f"{name}x"[:40].strip()), vnet(spoke, "10.30.0.0/16")]
        sites = [site(first, "192.168.10.0/24", expressroute=False, tunnels=2), site(second, expressroute=True)]
        return bicep_of(deployed(vnets=vnets, sites=sites, bgp=True, transit=True, clients=CERTIFIED), language)

    text = named(name, f"{name[:70]} b", f"{name[:70]} c", f"{name[:70]} d")
    plain = named("hub", "spoke", "one", "two")
    assert bicep_reading.faults(text) == []
    found, expected = bicep_reading.read(text), bicep_reading.read(plain)
    assert [one.type for one in found.resources] == [one.type for one in expected.resources]
    assert len(found.parameters) == len(expected.parameters)
    kinds, expected_kinds = ([kind for kind, _ in bicep_reading.without_words(one)] for one in (text, plain))
    assert kinds == expected_kinds
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u2028\u2029\x00-\x09\x0b-\x1f]", text)


def parameters_file(language: str = "en", **fields: Any) -> str:
    """The file of parameters for a need."""
    return bicepparam.write(deployed(**fields), HEADER, language)


def test_the_file_of_parameters_names_each_that_the_other_asks_for() -> None:
    for design in designs():
        declared = design.found.parameters
        lines = bicepparam.write(design.deployment, HEADER, "en").split("\n")
        named = [line.removeprefix("// ").split()[1] for line in lines if re.match(r"(// )?param \w+ =", line)]
        assert [*dict.fromkeys(named)] == list(declared)
        assert lines.count("using 'main.bicep'") == 1


def test_only_secrets_are_filled_in_and_from_a_vault() -> None:
    text = parameters_file(
        **EVERYTHING | {"clients": CERTIFIED | {"authentication": "radius"}, "expressroute_circuit": True}
    )
    vault = "az.getSecret('<subscription>', '<resource group>', '<vault>', '{}')".format
    assert [line for line in text.split("\n") if line.startswith("param")] == [
        f"param radiusSecret = {vault('radius')}",
        f"param sharedKeyTilburg1 = {vault('psk-tilburg-1')}",
        f"param sharedKeyTilburg2 = {vault('psk-tilburg-2')}",
        "param authorizationKey = ''",
    ]
    assert "enabledForTemplateDeployment" in text


@pytest.mark.parametrize(
    "fields", [EVERYTHING, {"clients": CERTIFIED}, {"sites": [BY_CIRCUIT], "bandwidth_mbps": 20_000}]
)
def test_every_line_of_the_file_of_parameters_is_bicep(fields: dict[str, Any]) -> None:
    text = parameters_file(**fields)
    opened = re.sub(r"(?m)^// (?=param \w+ = |  '|\])", "", text)
    for written in (text, opened):
        as_constants = re.sub(
            r"(?m)^param (\w+) =", r"var \1 =", written
        )  # tree-sitter knows no parameter without type
        assert bicep_reading.faults(as_constants) == []


def test_another_language_changes_comments_of_the_parameters_only() -> None:
    dutch, english = (parameters_file(language, **EVERYTHING) for language in ("nl", "en"))
    assert dutch != english
    assert [line for line in dutch.split("\n") if re.match(r"(// )?param", line)] == [
        line for line in english.split("\n") if re.match(r"(// )?param", line)
    ]


def test_both_files_are_offered_by_their_names() -> None:
    offered = {one.code: one.file_name for one in FORMATS}
    assert (offered["bicep"], offered["bicepparam"]) == ("main.bicep", "main.bicepparam")
