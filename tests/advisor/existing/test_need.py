"""What of Azure becomes which field of a need: a case for each, in the form of the REST API and in that of az."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from advisor.core.need import parse_need
from tests.advisor.existing.azure import (
    az,
    circuit,
    er_gateway,
    gateway,
    id_of,
    local,
    peering,
    read,
    rest,
    to_circuit,
    to_site,
    to_vnet,
    vnet,
)
from tests.builders import catalogue

HUB = vnet("hub", "10.0.0.0/16", subnets={"app": "10.0.1.0/24", "GatewaySubnet": "10.0.0.0/27"})
SITE = (HUB, gateway(), local("breda", "192.168.1.0/24"), to_site())
POOL = {"vpnClientAddressPool": {"addressPrefixes": ["172.16.0.0/24"]}}

Bodies = tuple[Mapping[str, Any], ...]
ABSENT = None


def clients(**settings: Any) -> Bodies:
    return HUB, gateway(vpnClientConfiguration=POOL | settings)


def spoke(name: str, **properties: Any) -> dict[str, Any]:
    return vnet(name, "10.1.0.0/16", **properties)


FIELDS: tuple[tuple[str, Bodies, str, object], ...] = (
    ("the name of a VNet", SITE, "vnets.0.name", "hub"),
    ("its region", SITE, "vnets.0.region", "westeurope"),
    ("its subscription", SITE, "vnets.0.subscription", "s1"),
    ("its address space", SITE, "vnets.0.prefixes", ["10.0.0.0/16"]),
    ("its model goes without saying", SITE, "vnets.0.model", ABSENT),
    ("its subnets without the GatewaySubnet", SITE, "vnets.0.subnets", ["10.0.1.0/24"]),
    ("the GatewaySubnet", SITE, "gateway_subnet", "10.0.0.0/27"),
    (
        "a subnet with a list",
        (
            vnet("hub", "10.0.0.0/16", subnets={"app": None}),
            rest("virtualNetworks/subnets", "hub/app", {"addressPrefix": None, "addressPrefixes": ["10.0.1.0/24"]}),
        ),
        "vnets.0.subnets",
        ["10.0.1.0/24"],
    ),
    (
        "a subnet that is told of twice",
        (HUB, rest("virtualNetworks/subnets", "hub/app", {"addressPrefix": "10.0.1.0/24"})),
        "vnets.0.subnets",
        ["10.0.1.0/24"],
    ),
    (
        "the GatewaySubnet of another VNet is a block in use",
        (*SITE, spoke("spoke", subnets={"GatewaySubnet": "10.1.0.0/27"}), peering("hub", "spoke")),
        "vnets.1.subnets",
        ["10.1.0.0/27"],
    ),
    ("the SKU", SITE, "gateway_sku", "VpnGw1AZ"),
    ("the type", SITE, "gateway_routing", "route-based"),
    ("a policy-based gateway", (HUB, gateway(vpnType="PolicyBased")), "gateway_routing", "policy-based"),
    ("one instance carries the tunnels", SITE, "active_active", ABSENT),
    ("both do", (HUB, gateway(activeActive=True)), "active_active", True),
    ("internet traffic is not forced", SITE, "forced_tunneling", ABSENT),
    (
        "it is",
        (HUB, gateway(gatewayDefaultSite={"id": id_of("localNetworkGateways", "breda")})),
        "forced_tunneling",
        True,
    ),
    (
        "no clients without a pool",
        (HUB, gateway(vpnClientConfiguration={"vpnClientProtocols": ["OpenVPN"]})),
        "clients",
        ABSENT,
    ),
    ("clients of unknown number", clients(), "clients.count", None),
    ("their pool", clients(), "clients.pool", "172.16.0.0/24"),
    ("OpenVPN first", clients(vpnClientProtocols=["SSTP", "IkeV2", "OpenVPN"]), "clients.protocol", "openvpn"),
    ("then IKEv2", clients(vpnClientProtocols=["SSTP", "IkeV2"]), "clients.protocol", "ikev2"),
    ("then SSTP", clients(vpnClientProtocols=["SSTP"]), "clients.protocol", "sstp"),
    ("no protocol", clients(vpnClientProtocols=[]), "clients.protocol", ABSENT),
    (
        "Entra ID first",
        clients(vpnAuthenticationTypes=["Certificate", "Radius", "AAD"]),
        "clients.authentication",
        "entra-id",
    ),
    ("then RADIUS", clients(vpnAuthenticationTypes=["Certificate", "Radius"]), "clients.authentication", "radius"),
    ("then certificates", clients(vpnAuthenticationTypes=["Certificate"]), "clients.authentication", "certificate"),
    (
        "Entra ID by its tenant",
        clients(aadTenant="https://login.microsoftonline.com/t"),
        "clients.authentication",
        "entra-id",
    ),
    ("RADIUS by its server", clients(radiusServerAddress="10.0.1.4"), "clients.authentication", "radius"),
    (
        "RADIUS by its servers",
        clients(radiusServers=[{"radiusServerAddress": "10.0.1.4"}]),
        "clients.authentication",
        "radius",
    ),
    (
        "certificates by a root",
        clients(vpnClientRootCertificates=[{"name": "root"}]),
        "clients.authentication",
        "certificate",
    ),
    ("no telling", clients(), "clients.authentication", ABSENT),
    (
        "how many roots",
        clients(vpnClientRootCertificates=[{"name": "a"}, {"name": "b"}]),
        "clients.root_certificates",
        2,
    ),
    ("no roots", clients(aadTenant="t", vpnClientRootCertificates=[]), "clients.root_certificates", ABSENT),
    ("the name of a site", SITE, "sites.0.name", "breda"),
    ("its prefixes", SITE, "sites.0.prefixes", ["192.168.1.0/24"]),
    ("its address", SITE, "sites.0.public_ipv4", "51.144.10.1"),
    ("one tunnel", SITE, "sites.0.tunnels", 1),
    ("how it joins where there is no circuit", SITE, "sites.0.expressroute", ABSENT),
    ("what its device is", SITE, "sites.0.device", ABSENT),
    (
        "a name instead of an address",
        (HUB, gateway(), local(gatewayIpAddress=None, fqdn="vpn.example.com"), to_site()),
        "sites.0.public_ipv4",
        True,
    ),
    ("no address", (HUB, gateway(), local(gatewayIpAddress=""), to_site()), "sites.0.public_ipv4", ABSENT),
    (
        "prefixes without the peer of BGP",
        (
            HUB,
            gateway(),
            local(
                "breda",
                "192.168.1.0/24",
                "192.168.1.1/32",
                bgpSettings={"asn": 65010, "bgpPeeringAddress": "192.168.1.1"},
            ),
            to_site(enableBgp=True),
        ),
        "sites.0.prefixes",
        ["192.168.1.0/24"],
    ),
    (
        "the ASN of a site with BGP",
        (HUB, gateway(), local(bgpSettings={"asn": 65010}), to_site(enableBgp=True)),
        "sites.0.asn",
        65010,
    ),
    ("not without BGP", (HUB, gateway(), local(bgpSettings={"asn": 65010}), to_site()), "sites.0.asn", ABSENT),
    (
        "nor what stands for none",
        (HUB, gateway(), local(bgpSettings={"asn": 0, "bgpPeeringAddress": ""}), to_site(enableBgp=True)),
        "sites.0.asn",
        ABSENT,
    ),
    (
        "the ASN of the gateway, also where it is written as a text",
        (HUB, gateway(bgpSettings={"asn": "65020"}), local(), to_site(enableBgp=True)),
        "vnets.0.asn",
        65020,
    ),
    (
        "not without BGP on a connection",
        (HUB, gateway(bgpSettings={"asn": 65515}), local(), to_site()),
        "vnets.0.asn",
        ABSENT,
    ),
    (
        "a policy-based device",
        (HUB, gateway(), local(), to_site(usePolicyBasedTrafficSelectors=True)),
        "sites.0.device_routing",
        "policy-based",
    ),
    ("another", SITE, "sites.0.device_routing", ABSENT),
    ("BGP on a connection", (HUB, gateway(), local(), to_site(enableBgp=True)), "bgp", True),
    ("BGP as a text", (HUB, gateway(), local(), to_site(enableBgp="True")), "bgp", True),
    (
        "BGP on the gateway alone does not count beside a connection",
        (HUB, gateway(enableBgp=True), local(), to_site()),
        "bgp",
        ABSENT,
    ),
    ("BGP on the gateway where there is no connection", (HUB, gateway(enableBgp=True)), "bgp", True),
    ("a property in another case", (HUB, gateway(), local(), to_site(EnableBGP=True)), "bgp", True),
    (
        "VNets that a VPN joins",
        (HUB, gateway(), spoke("spoke"), gateway("gw2", "spoke"), to_vnet("c", "vpngw", "gw2")),
        "vnet_encryption",
        True,
    ),
    ("VNets that are peered", (HUB, spoke("spoke"), peering("hub", "spoke")), "vnet_encryption", ABSENT),
    (
        "the ASN of the other VNet",
        (
            HUB,
            gateway(),
            spoke("spoke"),
            gateway("gw2", "spoke", bgpSettings={"asn": 65030}),
            to_vnet("c", "vpngw", "gw2", enableBgp=True),
        ),
        "vnets.1.asn",
        65030,
    ),
    ("a circuit", (HUB, circuit()), "expressroute_circuit", True),
    ("no circuit", SITE, "expressroute_circuit", ABSENT),
    ("a connection to a circuit", (HUB, er_gateway(), to_circuit()), "expressroute_circuit", True),
    ("a site that is named after the circuit", (HUB, er_gateway(), circuit(), to_circuit()), "sites.0.name", "metro"),
    ("that joins over it", (HUB, circuit()), "sites.0.expressroute", True),
    ("and takes no tunnel", (HUB, circuit()), "sites.0.device", "none"),
    ("a site stays on VPN beside a circuit", (*SITE, circuit()), "sites.0.expressroute", False),
    (
        "a tunnel over the circuit",
        (*SITE[:3], circuit(), to_site(useLocalAzureIpAddress=True)),
        "expressroute_encryption",
        True,
    ),
    (
        "whose site is on the circuit",
        (*SITE[:3], circuit(), to_site(useLocalAzureIpAddress=True)),
        "sites.0.expressroute",
        True,
    ),
    ("no tunnel over the circuit", (*SITE, circuit()), "expressroute_encryption", ABSENT),
    (
        "a classic VNet",
        (
            {
                "id": "/subscriptions/s1/resourceGroups/g/providers/Microsoft.ClassicNetwork/virtualNetworks/old",
                "name": "old",
                "type": "Microsoft.ClassicNetwork/virtualNetworks",
                "properties": {"addressSpace": {"addressPrefixes": ["10.9.0.0/16"]}},
            },
        ),
        "vnets.0.model",
        "classic",
    ),
)


def at(need: Any, path: str) -> Any:
    for part in path.split("."):
        need = need[int(part)] if part.isdecimal() else (need or {}).get(part)
    return need


@pytest.mark.parametrize("form", [dict, az], ids=["rest", "az"])
@pytest.mark.parametrize(("bodies", "path", "value"), [one[1:] for one in FIELDS], ids=[one[0] for one in FIELDS])
def test_a_setting_becomes_a_field(form: Any, bodies: Bodies, path: str, value: object) -> None:
    found = read(*(form(body) for body in bodies))

    assert at(found.need, path) == value
    parse_need({"edition": "2026", **found.need}, "2026", {"2026": catalogue("2026")})


def test_the_number_of_clients_is_null_rather_than_absent() -> None:
    assert read(*clients()).need["clients"] == {"count": None, "pool": "172.16.0.0/24"}


TUNNELS: tuple[tuple[str, Bodies, dict[str, int]], ...] = (
    ("one", SITE, {"breda": 1}),
    ("two connections to one device", (*SITE, to_site("again")), {"breda": 2}),
    (
        "two devices with the same networks",
        (*SITE, local("breda-2", "192.168.1.0/24"), to_site("second", site="breda-2")),
        {"breda": 2},
    ),
    (
        "whatever the order of the networks",
        (
            HUB,
            gateway(),
            local("breda", "192.168.1.0/24", "192.168.2.0/24"),
            local("breda-2", "192.168.2.0/24", "192.168.1.0/24"),
            to_site("one"),
            to_site("two", site="breda-2"),
        ),
        {"breda": 2},
    ),
    (
        "two devices with other networks",
        (*SITE, local("goes", "192.168.2.0/24"), to_site("second", site="goes")),
        {"breda": 1, "goes": 1},
    ),
    (
        "two devices without networks",
        (HUB, gateway(), local("breda"), local("goes"), to_site("one"), to_site("two", site="goes")),
        {"breda": 1, "goes": 1},
    ),
    ("the same connection in two files", (*SITE, SITE[-1]), {"breda": 1}),
)


@pytest.mark.parametrize(("bodies", "tunnels"), [one[1:] for one in TUNNELS], ids=[one[0] for one in TUNNELS])
def test_devices_and_connections_make_the_tunnels_of_a_site(bodies: Bodies, tunnels: dict[str, int]) -> None:
    assert {site["name"]: site["tunnels"] for site in read(*bodies).need["sites"]} == tunnels


def test_a_tunnel_over_the_circuit_and_one_over_the_internet_are_a_site_with_a_backup() -> None:
    found = read(
        HUB,
        gateway(),
        circuit(),
        local("breda", "192.168.1.0/24", gatewayIpAddress="192.168.1.1"),
        local("breda-2", "192.168.1.0/24"),
        to_site("private", useLocalAzureIpAddress=True),
        to_site("public", site="breda-2"),
    )

    assert found.sites == ["breda"]
    assert found.need["expressroute_backup"] is True
    assert (found.site["tunnels"], found.site["public_ipv4"]) == (1, "51.144.10.1")


def test_members_with_the_same_name_are_told_apart() -> None:
    found = read(vnet("Breda", "10.0.0.0/16"), gateway(in_vnet="Breda"), local("breda"), to_site())

    assert (found.vnets, found.sites) == (["Breda"], ["breda-2"])


def test_names_are_cut_to_what_a_need_takes() -> None:
    long = "n" * 90
    found = read(HUB, gateway(), local(long), local(long + "x"), to_site("a", site=long), to_site("b", site=long + "x"))

    assert found.sites == ["n" * 80, "n" * 78 + "-2"]


@pytest.mark.parametrize(
    ("bodies", "missing"),
    [
        (SITE, {("bandwidth", "bandwidth_mbps"), ("device", "sites[0].device")}),
        ((), {("vnets", "vnets"), ("sites", "sites")}),
        ((HUB,), {("sites", "sites")}),
        ((vnet("hub"),), {("sites", "sites"), ("prefixes", "vnets[0].prefixes")}),
        ((HUB, gateway()), {("sites", "sites")}),
        ((vnet("one", "10.0.0.0/16"), spoke("two")), {("sites", "sites"), ("ambiguous-hub", "vnets")}),
        (
            (vnet("hub", "10.0.0.0/16"), gateway()),
            {("sites", "sites"), ("gateway-subnet", "gateway_subnet")},
        ),
        (
            (HUB, gateway(sku=None), local("breda", "192.168.1.0/24"), to_site()),
            {("gateway", "gateway_sku"), ("bandwidth", "bandwidth_mbps"), ("device", "sites[0].device")},
        ),
        (
            (HUB, local("breda", "192.168.1.0/24"), to_site()),
            {("gateway", "gateway_sku"), ("bandwidth", "bandwidth_mbps"), ("device", "sites[0].device")},
        ),
        (
            (HUB, gateway(), local("breda", "192.168.1.0/24")),
            {("connections", "sites"), ("bandwidth", "bandwidth_mbps"), ("device", "sites[0].device")},
        ),
        (
            (HUB, gateway(), to_site()),
            {
                ("local-gateways", "sites[0].prefixes"),
                ("public-address", "sites[0].public_ipv4"),
                ("bandwidth", "bandwidth_mbps"),
                ("device", "sites[0].device"),
            },
        ),
        (
            (HUB, gateway(), local("breda", gatewayIpAddress=None), to_site()),
            {
                ("prefixes", "sites[0].prefixes"),
                ("public-address", "sites[0].public_ipv4"),
                ("bandwidth", "bandwidth_mbps"),
                ("device", "sites[0].device"),
            },
        ),
        (
            clients(),
            {
                ("client-count", "clients.count"),
                ("client-systems", "clients.systems"),
                ("bandwidth", "bandwidth_mbps"),
            },
        ),
        (
            (HUB, er_gateway(), circuit(), to_circuit()),
            {("prefixes", "sites[0].prefixes"), ("bandwidth", "bandwidth_mbps")},
        ),
        (
            (HUB, gateway(), to_vnet("c", "vpngw", "far")),
            {("vnets", "vnets[1]"), ("bandwidth", "bandwidth_mbps")},
        ),
    ],
)
def test_it_says_what_is_missing(bodies: Bodies, missing: set[tuple[str, str]]) -> None:
    assert read(*bodies).misses() == missing


def test_it_says_what_it_understood_with_the_place_in_the_need() -> None:
    found = read(
        *SITE,
        vnet("spoke", "10.1.0.0/16"),
        peering("hub", "spoke"),
        spoke("far", addressSpace={"addressPrefixes": ["10.2.0.0/16"]}),
        gateway("gw2", "far"),
        to_vnet("between", "vpngw", "gw2"),
        er_gateway(),
        circuit(),
        to_circuit(),
        *clients()[1:],
    )

    assert found.understands() == {
        ("vnet", "hub", "vnets[0]"),
        ("gateway", "vpngw", "gateway_sku"),
        ("gateway", "ergw", "vnets[0]"),
        ("site", "breda", "sites[0]"),
        ("connection", "con", "sites[0]"),
        ("vnet", "spoke", "vnets[1]"),
        ("peering", "to-spoke", "vnets[1]"),
        ("vnet", "far", "vnets[2]"),
        ("gateway", "gw2", "vnets[2]"),
        ("connection", "between", "vnets[2]"),
        ("circuit", "metro", "sites[1]"),
        ("connection", "con-er", "sites[1]"),
    }


def test_clients_are_understood() -> None:
    assert ("clients", "vpngw", "clients") in read(*clients()).understands()


def test_nothing_of_a_key_is_kept() -> None:
    found = read(*SITE, er_gateway(), circuit(), to_circuit(authorizationKey="never-shown"))

    assert "never-shown" not in repr(found)
