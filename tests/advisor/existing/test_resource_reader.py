"""Which resources are read, what of them a need has no field for, and what is no value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from advisor.existing.report import Item
from advisor.existing.resources import Resource, Unknown
from tests.advisor.existing.azure import (
    FILE,
    circuit,
    gateway,
    local,
    read,
    read_resources,
    rest,
    to_site,
    vnet,
)

HUB = vnet("hub", "10.0.0.0/16", subnets={"GatewaySubnet": "10.0.0.0/27"})

Bodies = tuple[Mapping[str, Any], ...]


def clients(**settings: Any) -> dict[str, Any]:
    pool = {"vpnClientAddressPool": {"addressPrefixes": ["172.16.0.0/24"]}}
    return gateway(vpnClientConfiguration=pool | settings)


WITHOUT_FIELD: tuple[tuple[Mapping[str, Any], str], ...] = (
    (vnet(dhcpOptions={"dnsServers": ["10.0.0.4"]}), "properties.dhcpOptions.dnsServers"),
    (vnet(encryption={"enabled": True}), "properties.encryption.enabled"),
    (vnet(ddosProtectionPlan={"id": "x"}), "properties.ddosProtectionPlan"),
    (gateway(natRules=[{"name": "n"}]), "properties.natRules"),
    (gateway(customRoutes={"addressPrefixes": ["10.9.0.0/16"]}), "properties.customRoutes.addressPrefixes"),
    (gateway(vpnGatewayGeneration="Generation2"), "properties.vpnGatewayGeneration"),
    (
        gateway(bgpSettings={"bgpPeeringAddresses": [{"customBgpIpAddresses": ["169.254.21.2"]}]}),
        "properties.bgpSettings.bgpPeeringAddresses[0].customBgpIpAddresses",
    ),
    (gateway(disableIPSecReplayProtection=True), "properties.disableIPSecReplayProtection"),
    (
        clients(vpnClientAddressPool={"addressPrefixes": ["172.16.0.0/24", "172.17.0.0/24"]}),
        "properties.vpnClientConfiguration.vpnClientAddressPool.addressPrefixes[1]",
    ),
    (
        clients(vpnClientRevokedCertificates=[{"name": "r"}]),
        "properties.vpnClientConfiguration.vpnClientRevokedCertificates",
    ),
    (to_site(ipsecPolicies=[{"dhGroup": "DHGroup14"}]), "properties.ipsecPolicies"),
    (to_site(trafficSelectorPolicies=[{}]), "properties.trafficSelectorPolicies"),
    (to_site(ingressNatRules=[{"id": "x"}]), "properties.ingressNatRules"),
    (to_site(connectionMode="ResponderOnly"), "properties.connectionMode"),
    (to_site(connectionProtocol="IKEv1"), "properties.connectionProtocol"),
    (
        circuit(serviceProviderProperties={"bandwidthInMbps": 200}),
        "properties.serviceProviderProperties.bandwidthInMbps",
    ),
)


@pytest.mark.parametrize(("body", "path"), WITHOUT_FIELD, ids=[path for _, path in WITHOUT_FIELD])
def test_a_property_without_a_field_is_named(body: Mapping[str, Any], path: str) -> None:
    assert read(body).ignored == (Item("no-field", FILE, f"value[0].{path}", body["name"]),)


@pytest.mark.parametrize(
    "body",
    [
        vnet(dhcpOptions={"dnsServers": []}, encryption={"enabled": False}),
        gateway(natRules=[], customRoutes=None, vpnGatewayGeneration="None", disableIPSecReplayProtection=False),
        gateway(bgpSettings={"bgpPeeringAddresses": [{"customBgpIpAddresses": []}], "bgpPeeringAddress": "10.0.0.30"}),
        to_site(ipsecPolicies=[], connectionMode="Default", connectionProtocol="IKEv2", routingWeight=10),
    ],
    ids=["VNet", "gateway", "BGP", "connection"],
)
def test_a_property_that_says_nothing_is_not(body: Mapping[str, Any]) -> None:
    assert read(body).ignored == ()


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("virtualNetworkGateways/natRules", "vpngw/rule"),
        ("expressRouteCircuits/peerings", "metro/AzurePrivatePeering"),
        ("expressRouteCircuits/authorizations", "metro/one"),
    ],
)
def test_a_part_without_a_field_is_named(kind: str, name: str) -> None:
    assert read(rest(kind, name, {})).ignores() == {("no-field", name.rpartition("/")[2])}


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("virtualWans", "virtual-wan"),
        ("virtualHubs", "virtual-wan"),
        ("vpnGateways", "virtual-wan"),
        ("vpnSites", "virtual-wan"),
        ("p2svpnGateways", "virtual-wan"),
        ("expressRouteGateways", "virtual-wan"),
        ("networkSecurityGroups", "other-resource-type"),
    ],
)
def test_a_type_that_is_not_read_is_named(kind: str, code: str) -> None:
    assert read(rest(kind, "one", {})).ignores() == {(code, f"Microsoft.Network/{kind}")}


def test_a_route_server_is_no_part_of_virtual_wan() -> None:
    found = read({**rest("virtualHubs", "rs", {}), "kind": "RouteServer"})

    assert found.ignores() == {("other-resource-type", "Microsoft.Network/virtualHubs")}


def test_a_type_is_named_once_for_each_file() -> None:
    machine = {"name": "vm", "type": "Microsoft.Compute/virtualMachines"}
    resources = [
        Resource(file, f"[{index}]", "microsoft.compute/virtualmachines", machine)
        for file in ("a.json", "b.json")
        for index in range(3)
    ]

    assert [(item.file, item.path) for item in read_resources(resources).ignored] == [
        ("a.json", "[0]"),
        ("b.json", "[0]"),
    ]


@pytest.mark.parametrize("kind", ["publicIPAddresses", "expressRoutePorts"])
def test_what_belongs_to_a_gateway_or_a_circuit_is_not_named(kind: str) -> None:
    assert read(rest(kind, "one", {})).ignored == ()


@pytest.mark.parametrize("type_", ["s3cr3t", "Pass word/x", "a/b", "Microsoft.Network", "<b>x_y</b>"])
def test_a_type_that_is_none_is_not_repeated(type_: str) -> None:
    assert read({"name": "one", "type": type_}).ignores() == {("other-resource-type", "")}


@pytest.mark.parametrize(
    ("bodies", "path"),
    [
        ((vnet("hub", "10.0.0.0/16", "fd00::/48"),), "value[0].properties.addressSpace.addressPrefixes[1]"),
        (
            (HUB, gateway(), local("breda", "2001:db8::/32"), to_site()),
            "value[2].properties.localNetworkAddressSpace.addressPrefixes[0]",
        ),
        (
            (vnet("hub", "10.0.0.0/16", subnets={"app": "fd00::/64"}),),
            "value[0].properties.subnets[0].properties.addressPrefix",
        ),
    ],
)
def test_ipv6_is_left_out_and_named(bodies: Bodies, path: str) -> None:
    found = read(*bodies)

    assert [(item.code, item.path) for item in found.ignored] == [("ipv6-prefix", path)]
    assert "::" not in repr(found.need)


OPEN: tuple[tuple[str, Bodies, str], ...] = (
    ("a prefix", (vnet(addressSpace={"addressPrefixes": [Unknown("prefix")]}),), "prefixes"),
    ("all of them", (vnet(addressSpace={"addressPrefixes": Unknown("prefixes")}),), "prefixes"),
    ("the SKU", (HUB, gateway(sku={"name": Unknown("sku")})), "gateway"),
    ("an address", (HUB, gateway(), local(gatewayIpAddress=Unknown("ip")), to_site()), "public-address"),
)


@pytest.mark.parametrize(("bodies", "code"), [one[1:] for one in OPEN], ids=[one[0] for one in OPEN])
def test_what_a_file_leaves_open_is_missing(bodies: Bodies, code: str) -> None:
    found = read(*bodies)

    assert code in {code for code, _ in found.misses()}
    assert "Unknown" not in repr(found.need)


def test_a_name_that_a_file_leaves_open_is_called_by_its_word() -> None:
    body = {
        "name": Unknown("vnetName"),
        "type": "Microsoft.Network/virtualNetworks",
        "location": Unknown("location"),
        "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}},
    }

    assert read(body).need["vnets"] == [{"name": "vnetName", "prefixes": ["10.0.0.0/16"]}]


def test_subnets_in_prefixes_that_a_file_leaves_open_are_left_out() -> None:
    space = {"addressPrefixes": ["10.0.0.0/24", Unknown("second")]}
    found = read(vnet(addressSpace=space, subnets={"a": "10.0.0.0/26", "b": "10.7.0.0/26"}))

    assert found.hub["subnets"] == ["10.0.0.0/26"]


def test_subnets_of_a_vnet_without_known_prefixes_are_left_out() -> None:
    found = read(rest("virtualNetworks/subnets", "hub/app", {"addressPrefix": "10.0.0.0/26"}))

    assert found.need["vnets"] == [{"name": "hub", "subscription": "s1"}]


WRONG_TYPES: tuple[object, ...] = (
    None,
    True,
    0,
    1.5,
    "x",
    [],
    {},
    [None],
    [[]],
    [{}],
    {"id": 5},
    {"id": {}},
    {"properties": []},
)
NAMES = (
    "addressSpace",
    "subnets",
    "virtualNetworkPeerings",
    "gatewayType",
    "vpnType",
    "sku",
    "ipConfigurations",
    "bgpSettings",
    "vpnClientConfiguration",
    "gatewayDefaultSite",
    "localNetworkAddressSpace",
    "gatewayIpAddress",
    "fqdn",
    "connectionType",
    "virtualNetworkGateway1",
    "virtualNetworkGateway2",
    "localNetworkGateway2",
    "peer",
    "enableBgp",
    "remoteVirtualNetwork",
    "serviceProviderProperties",
    "dhcpOptions",
    "customRoutes",
)


@pytest.mark.parametrize("wrong", WRONG_TYPES, ids=repr)
def test_values_of_wrong_types_do_no_harm(wrong: object) -> None:
    kinds = (
        "virtualNetworks",
        "virtualNetworks/subnets",
        "virtualNetworks/virtualNetworkPeerings",
        "virtualNetworkGateways",
        "localNetworkGateways",
        "connections",
        "expressRouteCircuits",
    )
    bodies = [rest(kind, "a/b" if "/" in kind else "a", {name: wrong}) for kind in kinds for name in NAMES]
    bodies += [
        {"type": f"Microsoft.Network/{kind}", name: wrong} for kind in kinds for name in ("id", "name", "location")
    ]

    assert read(*bodies).need is not None
