"""What is deployed for a design: which resources, with which values, and what no file is made for."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.core.deployment import Deployment, DeploymentRefused, Options
from advisor.core.deployment_names import azure_takes
from advisor.core.deployment_parameters import Ask, Why
from advisor.core.deployment_resources import IpsecPolicy, SiteConnection, VNetConnection
from tests.advisor.core.deployments import CERTIFIED, codes, deployed, parameter
from tests.advisor.core.edition_2026.builders import (
    BY_CIRCUIT,
    BY_POLICY,
    BY_VPN,
    HUB,
    OFFICE,
    SPOKE,
    THIRD,
)
from tests.builders import site, vnet

PLAIN = {"sites": [OFFICE]}
CIRCUIT = {"sites": [BY_CIRCUIT], "bandwidth_mbps": 200}
PUBLIC = "52.166.10.20"


def counts(deployment: Deployment) -> dict[str, int]:
    """How many of each resource are made: those that exist do not count, nor does what there is none of."""
    groups: dict[str, Any] = {
        "vnets": deployment.vnets,
        "subnets": deployment.subnets,
        "public_ips": deployment.public_ips,
        "local_gateways": deployment.local_gateways,
        "vpn_gateways": deployment.vpn_gateways,
        "circuits": [deployment.circuit] if deployment.circuit else [],
        "expressroute_gateways": [deployment.expressroute_gateway] if deployment.expressroute_gateway else [],
        "site_connections": deployment.site_connections,
        "vnet_connections": deployment.vnet_connections,
        "circuit_connections": [deployment.circuit_connection] if deployment.circuit_connection else [],
        "peerings": deployment.peerings,
    }
    made = {name: sum(not getattr(one, "exists", False) for one in group) for name, group in groups.items()}
    return {name: count for name, count in made.items() if count}


VPN = {"subnets": 1, "public_ips": 1, "vpn_gateways": 1}
ONE_SITE = VPN | {"local_gateways": 1, "site_connections": 1}
ORDERED = {"subnets": 1, "circuits": 1, "expressroute_gateways": 1, "circuit_connections": 1}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (PLAIN, ONE_SITE),
        ({"clients": CERTIFIED}, VPN),
        ({"sites": [OFFICE, site("Goes", "192.168.30.0/24")]}, VPN | {"local_gateways": 2, "site_connections": 2}),
        ({"sites": [OFFICE | {"tunnels": 2}], "bgp": True}, VPN | {"local_gateways": 2, "site_connections": 2}),
        (PLAIN | {"active_active": True}, ONE_SITE | {"public_ips": 2}),
        (PLAIN | {"active_active": True, "clients": CERTIFIED}, ONE_SITE | {"public_ips": 3}),
        (PLAIN | {"clients": CERTIFIED}, ONE_SITE),
        ({"vnets": [HUB, SPOKE]}, {"peerings": 2}),
        ({"vnets": [HUB, SPOKE, THIRD]}, {"peerings": 4}),
        (
            {"vnets": [HUB, SPOKE], "vnet_encryption": True},
            {"subnets": 2, "public_ips": 2, "vpn_gateways": 2, "vnet_connections": 2},
        ),
        (
            {"vnets": [HUB, SPOKE, THIRD], "vnet_encryption": True, "active_active": True},
            {"subnets": 3, "public_ips": 4, "vpn_gateways": 3, "vnet_connections": 4},
        ),
        (CIRCUIT, ORDERED),
        (CIRCUIT | {"expressroute_circuit": True}, {name: 1 for name in ORDERED if name != "circuits"}),
        ({"sites": [BY_CIRCUIT, BY_VPN]}, ORDERED | ONE_SITE),
        ({"sites": [BY_CIRCUIT], "expressroute_backup": True}, ORDERED | ONE_SITE),
        ({"sites": [BY_CIRCUIT], "expressroute_encryption": True}, ORDERED | ONE_SITE),
        (
            {"sites": [BY_CIRCUIT], "expressroute_encryption": True, "expressroute_backup": True, "bgp": True},
            ORDERED | VPN | {"local_gateways": 2, "site_connections": 2},
        ),
        (PLAIN | {"gateway_sku": "VpnGw2AZ"}, {"local_gateways": 1, "site_connections": 1}),
        (PLAIN | {"gateway_routing": "route-based"}, {"local_gateways": 1, "site_connections": 1}),
        (
            {"sites": [BY_CIRCUIT, BY_VPN], "gateway_sku": "VpnGw2AZ"},
            {name: 1 for name in ORDERED if name != "subnets"} | {"local_gateways": 1, "site_connections": 1},
        ),
        ({"vnets": [HUB, SPOKE], "gateway_sku": "VpnGw2AZ"}, {"peerings": 2}),
    ],
)
def test_each_connection_brings_its_resources_and_no_others(fields: dict[str, Any], expected: dict[str, int]) -> None:
    assert counts(deployed(**fields)) == expected


def test_vnets_are_made_only_where_that_is_asked_for() -> None:
    there, made = (deployed(Options(vnets=how), vnets=[HUB, SPOKE]) for how in ("existing", "new"))
    assert [one.exists for one in there.vnets] == [True, True]
    assert [one.exists for one in made.vnets] == [False, False]
    assert {one.location for one in there.vnets} == {None}
    assert [[str(prefix) for prefix in one.prefixes] for one in made.vnets if isinstance(one.prefixes, tuple)] == [
        ["10.20.0.0/16"],
        ["10.30.0.0/16"],
    ]


def test_a_vnet_without_prefixes_asks_for_them_only_where_it_is_made() -> None:
    bare = {"vnets": [vnet("hub")], "clients": CERTIFIED}
    assert deployed(Options(vnets="new"), **bare).vnets[0].prefixes == Ask("vnet-prefixes", "hub")
    assert "vnet-prefixes:hub" not in codes(deployed(**bare))


def test_a_name_that_azure_refuses_becomes_a_slug_with_a_comment() -> None:
    named = deployed(vnets=[vnet("Mijn hub", "10.20.0.0/16"), SPOKE])
    assert [one.name for one in named.vnets] == ["mijn-hub", "spoke"]
    assert [["vnet-renamed" in codes_of(one.whys)] for one in named.vnets] == [[True], [False]]
    assert all(azure_takes(one.name) for one in named.vnets)


def codes_of(whys: tuple[Why, ...]) -> set[str]:
    """The codes of reasons."""
    return {one.code for one in whys}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (PLAIN, "10.20.255.224/27"),
        (CIRCUIT, "10.20.255.224/27"),
        (PLAIN | {"gateway_subnet": "10.20.1.0/26"}, "10.20.1.0/26"),
        (PLAIN | {"vnets": [vnet("hub")]}, Ask("gateway-subnet")),
    ],
)
def test_the_gateway_subnet_is_that_of_the_advice(fields: dict[str, Any], expected: str | Ask) -> None:
    (subnet,) = deployed(**fields).subnets
    assert (subnet.prefix if isinstance(expected, Ask) else str(subnet.prefix)) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (SPOKE, "10.30.255.224/27"),
        (vnet("spoke", "10.30.0.0/16", subnets=["10.30.255.0/24"]), "10.30.254.224/27"),
        (vnet("spoke"), Ask("gateway-subnet", "spoke")),
    ],
)
def test_another_vnet_with_a_gateway_has_its_highest_free_block(other: dict[str, Any], expected: str | Ask) -> None:
    subnet = deployed(vnets=[HUB, other], vnet_encryption=True).subnets[1]
    assert subnet.vnet == "spoke"
    assert (subnet.prefix if isinstance(expected, Ask) else str(subnet.prefix)) == expected


@pytest.mark.parametrize(
    ("fields", "zones"),
    [(PLAIN, Ask("zones")), (PLAIN | {"dev_test": True}, None), ({"clients": CERTIFIED}, Ask("zones"))],
)
def test_addresses_have_zones_only_with_an_az_sku(fields: dict[str, Any], zones: Ask | None) -> None:
    assert {one.zones for one in deployed(**fields).public_ips} == {zones}


@pytest.mark.parametrize(
    ("fields", "sku", "generation"),
    [
        (PLAIN | {"dev_test": True}, "Basic", 1),
        (PLAIN, "VpnGw1AZ", 1),
        (PLAIN | {"bandwidth_mbps": 900}, "VpnGw2AZ", 2),
        (PLAIN | {"bandwidth_mbps": 9000, "sites": [OFFICE, site("Goes", "192.168.30.0/24")]}, "VpnGw5AZ", 2),
    ],
)
def test_the_gateway_has_the_advised_sku_of_its_generation(fields: dict[str, Any], sku: str, generation: int) -> None:
    gateway = deployed(**fields).vpn_gateways[0]
    assert (gateway.sku, gateway.generation, gateway.routing) == (sku, generation, "route-based")


@pytest.mark.parametrize(
    ("fields", "asn", "default"),
    [
        (PLAIN, None, None),
        (PLAIN | {"bgp": True}, Ask("gateway-asn"), 65515),
        (PLAIN | {"bgp": True, "vnets": [HUB | {"asn": 65010}]}, Ask("gateway-asn"), 65010),
        ({"sites": [BY_CIRCUIT, BY_VPN], "bgp": True}, Ask("gateway-asn"), 65515),
        ({"sites": [BY_CIRCUIT, BY_VPN], "bgp": True, "transit": True}, 65515, None),
        ({"sites": [BY_POLICY], "bgp": True}, None, None),
    ],
)
def test_the_asn_can_be_chosen_but_beside_a_route_server(
    fields: dict[str, Any], asn: int | Ask | None, default: int | None
) -> None:
    deployment = deployed(**fields)
    assert deployment.vpn_gateways[0].asn == asn
    if default:
        assert parameter(deployment, "gateway-asn").default == default
    else:
        assert "gateway-asn" not in codes(deployment)


def test_each_vnet_that_is_joined_by_vpn_has_an_asn_of_its_own() -> None:
    deployment = deployed(vnets=[HUB, SPOKE | {"asn": 65020}], vnet_encryption=True, bgp=True)
    assert [one.asn for one in deployment.vpn_gateways] == [Ask("gateway-asn"), Ask("gateway-asn", "spoke")]
    assert parameter(deployment, "gateway-asn", "spoke").default == 65020
    assert [one.active_active for one in deployment.vpn_gateways] == [False, False]


@pytest.mark.parametrize(
    ("clients", "protocol", "authentication", "asked"),
    [
        ({}, "openvpn", "certificate", ["root-certificate"]),
        ({"protocol": "ikev2"}, "ikev2", "certificate", ["root-certificate"]),
        ({"root_certificates": 0}, "openvpn", "certificate", ["root-certificate"]),
        ({"root_certificates": 2}, "openvpn", "certificate", ["root-certificate:1", "root-certificate:2"]),
        ({"authentication": "entra-id"}, "openvpn", "entra-id", ["tenant-id", "aad-audience"]),
        ({"authentication": "radius"}, "openvpn", "radius", ["radius-server", "radius-secret"]),
    ],
)
def test_clients_ask_for_what_their_way_of_signing_in_needs(
    clients: dict[str, Any], protocol: str, authentication: str, asked: list[str]
) -> None:
    deployment = deployed(clients=CERTIFIED | clients)
    access = deployment.vpn_gateways[0].clients
    assert access is not None
    assert (access.protocol, access.authentication) == (protocol, authentication)
    assert codes(deployment) == ["location", "zones", *asked]


@pytest.mark.parametrize(
    ("clients", "expected"),
    [({}, "172.31.255.0/24"), ({"pool": "172.20.0.0/24"}, "172.20.0.0/24"), ({"count": None}, "172.31.255.0/24")],
)
def test_the_pool_is_the_given_one_or_the_advised_one(clients: dict[str, Any], expected: str) -> None:
    access = deployed(clients=CERTIFIED | clients).vpn_gateways[0].clients
    assert access is not None
    assert str(access.pool) == expected


def test_the_pool_is_asked_for_where_no_block_is_free() -> None:
    everything = [vnet("hub", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")]
    deployment = deployed(vnets=everything, clients=CERTIFIED)
    assert "client-pool" in codes(deployment)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (PLAIN, None),
        (PLAIN | {"forced_tunneling": True}, "tilburg"),
        ({"sites": [OFFICE, site("Goes", "192.168.30.0/24")], "forced_tunneling": True}, "tilburg"),
        (PLAIN | {"forced_tunneling": True, "bgp": True}, None),
        ({"sites": [BY_POLICY], "forced_tunneling": True, "bgp": True}, "tilburg"),
    ],
)
def test_forced_tunneling_sets_the_first_site_unless_bgp_brings_the_route(
    fields: dict[str, Any], expected: str | None
) -> None:
    assert deployed(**fields).vpn_gateways[0].default_site == expected


@pytest.mark.parametrize(
    ("fields", "private"),
    [
        ({"sites": [BY_CIRCUIT], "expressroute_encryption": True}, [True]),
        ({"sites": [BY_CIRCUIT], "expressroute_backup": True}, [False]),
        (
            {"sites": [BY_CIRCUIT], "expressroute_encryption": True, "expressroute_backup": True, "bgp": True},
            [True, False],
        ),
        (PLAIN | {"expressroute_encryption": True}, [False]),
    ],
)
def test_encryption_over_a_circuit_runs_the_tunnel_over_private_peering(
    fields: dict[str, Any], private: list[bool]
) -> None:
    deployment = deployed(**fields)
    assert [one.over_private_peering for one in deployment.site_connections] == private
    assert deployment.vpn_gateways[0].private_address is any(private)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"public_ipv4": PUBLIC}, [PUBLIC]),
        ({"public_ipv4": True}, [Ask("public-ip", "tilburg")]),
        ({"public_ipv4": PUBLIC, "behind_nat": True}, [PUBLIC]),
        ({"public_ipv4": False, "behind_nat": True}, [Ask("public-ip", "tilburg")]),
        ({"public_ipv4": "10.1.2.3", "behind_nat": True}, [Ask("public-ip", "tilburg")]),
        ({"public_ipv4": PUBLIC, "tunnels": 2}, [PUBLIC, Ask("public-ip", "tilburg-2")]),
        ({"public_ipv4": True, "tunnels": 2}, [Ask("public-ip", "tilburg-1"), Ask("public-ip", "tilburg-2")]),
    ],
)
def test_an_address_that_is_not_known_is_asked_for(changes: dict[str, Any], expected: list[str | Ask]) -> None:
    deployment = deployed(sites=[OFFICE | changes], bgp=True)
    assert [one.address for one in deployment.local_gateways] == expected


def test_a_tunnel_over_private_peering_asks_for_the_private_address() -> None:
    given = BY_CIRCUIT | {"public_ipv4": PUBLIC}
    both = {"expressroute_encryption": True, "expressroute_backup": True, "bgp": True}
    deployment = deployed(sites=[given], **both)
    assert [one.address for one in deployment.local_gateways] == [Ask("public-ip", "breda-1"), PUBLIC]
    assert parameter(deployment, "public-ip", "breda-1").sentence == "public-ip-private"


@pytest.mark.parametrize(
    ("prefixes", "bgp", "expected"),
    [
        (["192.168.10.0/24"], False, ("192.168.10.0/24", None)),
        ([], False, (Ask("prefixes", "tilburg"), None)),
        (["192.168.10.0/24"], True, ("192.168.10.0/24", (Ask("asn", "tilburg"), Ask("bgp-peer", "tilburg")))),
        ([], True, ("", (Ask("asn", "tilburg"), Ask("bgp-peer", "tilburg")))),
    ],
)
def test_a_site_has_prefixes_or_a_bgp_peer(prefixes: list[str], bgp: bool, expected: tuple[Any, Any]) -> None:
    (gateway,) = deployed(sites=[site("Tilburg", *prefixes)], bgp=bgp).local_gateways
    found = gateway.prefixes if isinstance(gateway.prefixes, Ask) else ",".join(map(str, gateway.prefixes))
    peer = (gateway.bgp.asn, gateway.bgp.address) if gateway.bgp else None
    assert (found, peer) == expected


def test_the_asn_of_a_site_stands_there_where_it_is_given() -> None:
    given, asked = (deployed(sites=[OFFICE | {"asn": asn}], bgp=True) for asn in (65010, None))
    assert (parameter(given, "asn", "tilburg").kind, parameter(given, "asn", "tilburg").default) == ("set", 65010)
    assert parameter(asked, "asn", "tilburg").kind == "required"


POLICY = IpsecPolicy("AES256", "SHA256", "DHGroup14", "GCMAES256", "GCMAES256", "PFS2048", 27_000, 102_400_000)


@pytest.mark.parametrize(
    ("fields", "policy"),
    [
        (PLAIN, POLICY),
        (PLAIN | {"dev_test": True}, None),
        (PLAIN | {"gateway_sku": "Basic"}, None),
        ({"sites": [BY_POLICY], "gateway_routing": "policy-based"}, None),
        ({"vnets": [HUB, SPOKE], "vnet_encryption": True}, POLICY),
        ({"vnets": [HUB, SPOKE], "vnet_encryption": True, "dev_test": True}, None),
    ],
)
def test_every_connection_has_the_one_policy_but_on_basic(fields: dict[str, Any], policy: IpsecPolicy | None) -> None:
    deployment = deployed(**fields)
    connections: list[SiteConnection | VNetConnection] = [*deployment.site_connections, *deployment.vnet_connections]
    assert connections
    assert [one.policy for one in connections] == [policy] * len(connections)
    assert {one.dpd_seconds for one in connections} == {45}


@pytest.mark.parametrize(
    ("fields", "selectors", "protocol"),
    [
        (PLAIN, False, "IKEv2"),
        ({"sites": [BY_POLICY]}, True, Ask("connection-protocol", "tilburg")),
        ({"sites": [BY_POLICY], "gateway_routing": "policy-based"}, False, "IKEv1"),
        (PLAIN | {"dev_test": True}, False, "IKEv2"),
    ],
)
def test_a_policy_based_device_has_selectors_and_a_choice_of_ike(
    fields: dict[str, Any], selectors: bool, protocol: str | Ask
) -> None:
    (connection,) = deployed(**fields).site_connections
    assert (connection.traffic_selectors, connection.protocol) == (selectors, protocol)


def test_the_choice_of_ike_begins_at_ikev2() -> None:
    choice = parameter(deployed(sites=[BY_POLICY]), "connection-protocol", "tilburg")
    assert (choice.default, choice.allowed, choice.kind) == ("IKEv2", ("IKEv2", "IKEv1"), "set")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (PLAIN, [False]),
        ({"sites": [OFFICE | {"behind_nat": True}]}, [True]),
        ({"sites": [BY_CIRCUIT | {"behind_nat": True}], "expressroute_encryption": True}, [False]),
    ],
)
def test_azure_waits_for_a_device_behind_nat(fields: dict[str, Any], expected: list[bool]) -> None:
    assert [one.responder_only for one in deployed(**fields).site_connections] == expected


def test_bgp_runs_with_every_site_but_one_with_selectors() -> None:
    deployment = deployed(sites=[site("Goes", "192.168.30.0/24"), BY_POLICY], bgp=True)
    assert [one.bgp for one in deployment.site_connections] == [True, False]
    assert [one.bgp is not None for one in deployment.local_gateways] == [True, False]


def test_a_pair_of_vnets_has_two_connections_with_one_key() -> None:
    first, second = deployed(vnets=[HUB, SPOKE], vnet_encryption=True).vnet_connections
    assert (first.name, second.name) == ("con-vpngw-hub-spoke", "con-vpngw-spoke-hub")
    assert first.shared_key == second.shared_key == Ask("shared-key", "spoke")


@pytest.mark.parametrize(
    ("fields", "sku", "units"),
    [
        (CIRCUIT, "ErGw1AZ", None),
        ({"sites": [BY_CIRCUIT], "bandwidth_mbps": 12_000}, "ErGwScale", 12),
    ],
)
def test_only_a_gateway_of_scale_units_has_a_number_of_them(
    fields: dict[str, Any], sku: str, units: int | None
) -> None:
    gateway = deployed(**fields).expressroute_gateway
    assert gateway is not None
    assert (gateway.sku, gateway.scale_units) == (sku, units)


MANY = [f"10.{100 + number // 250}.{number % 250}.0/24" for number in range(4001)]


@pytest.mark.parametrize(
    ("fields", "mbps", "tier", "asked"),
    [
        (CIRCUIT, 200, "Standard", {"expressroute-provider", "expressroute-peering-location"}),
        (
            {"sites": [BY_CIRCUIT]},
            Ask("circuit-mbps"),
            "Standard",
            {"circuit-mbps", "expressroute-provider", "expressroute-peering-location"},
        ),
        (
            {"sites": [BY_CIRCUIT], "bandwidth_mbps": 10_000},
            10_000,
            "Standard",
            {"expressroute-provider", "expressroute-peering-location"},
        ),
        ({"sites": [BY_CIRCUIT], "bandwidth_mbps": 10_001}, 40_000, "Standard", {"expressroute-port-id"}),
        (
            {"sites": [site("Breda", *MANY, expressroute=True)], "bandwidth_mbps": 200},
            200,
            "Premium",
            {"expressroute-provider", "expressroute-peering-location"},
        ),
    ],
)
def test_a_circuit_is_ordered_of_a_provider_or_on_a_port(
    fields: dict[str, Any], mbps: int | Ask, tier: str, asked: set[str]
) -> None:
    deployment = deployed(**fields)
    assert deployment.circuit is not None
    assert (deployment.circuit.mbps, deployment.circuit.tier) == (mbps, tier)
    assert set(codes(deployment)) == {"location", "circuit-provisioned", *asked}
    assert deployment.circuit_connection is not None
    assert deployment.circuit_connection.provisioned == Ask("circuit-provisioned")


def test_a_circuit_that_is_there_is_referred_to_with_a_key_that_may_be_empty() -> None:
    deployment = deployed(**CIRCUIT, expressroute_circuit=True)
    assert codes(deployment) == ["location", "expressroute-circuit-id", "authorization-key"]
    assert parameter(deployment, "authorization-key").may_be_empty
    assert deployment.circuit_connection is not None
    assert deployment.circuit_connection.provisioned is None


@pytest.mark.parametrize(
    ("fields", "gateway", "forwarded"),
    [
        ({}, False, False),
        ({"transit": True}, False, True),
        (PLAIN, True, False),
        (CIRCUIT, True, False),
        (PLAIN | {"gateway_sku": "VpnGw2AZ"}, True, False),
    ],
)
def test_peered_vnets_use_the_gateway_where_there_is_one(
    fields: dict[str, Any], gateway: bool, forwarded: bool
) -> None:
    here, there = deployed(vnets=[HUB, SPOKE], **fields).peerings
    assert (here.name, here.of_hub, here.allow_gateway_transit, here.use_remote_gateways) == (
        "peer-hub-spoke",
        True,
        gateway,
        False,
    )
    assert (there.name, there.of_hub, there.allow_gateway_transit, there.use_remote_gateways) == (
        "peer-spoke-hub",
        False,
        False,
        gateway,
    )
    assert {here.allow_forwarded_traffic, there.allow_forwarded_traffic} == {forwarded}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"gateway_sku": "VpnGw1AZ"}, set()),
        ({"gateway_sku": "VpnGw1AZ", "bandwidth_mbps": 100, "bgp": True}, {"change-bgp"}),
        ({"gateway_sku": "VpnGw1"}, {"change-sku"}),
        ({"gateway_sku": "Standard"}, {"change-sku-migrate"}),
        ({"gateway_sku": "VpnGw1AZ", "clients": CERTIFIED}, {"change-clients"}),
        ({"gateway_sku": "VpnGw1AZ", "forced_tunneling": True}, {"change-default-site"}),
        ({"gateway_sku": "VpnGw1AZ", "forced_tunneling": True, "bgp": True}, {"change-bgp", "forced-by-bgp"}),
        ({"gateway_sku": "VpnGw1AZ", "active_active": True}, {"change-active-active"}),
    ],
)
def test_a_gateway_that_is_there_is_never_changed_but_told_about(fields: dict[str, Any], expected: set[str]) -> None:
    deployment = deployed(**PLAIN | fields)
    (gateway,) = deployment.vpn_gateways
    assert gateway.exists
    assert codes_of(gateway.changes) == expected
    assert (gateway.location, gateway.clients, gateway.default_site) == (None, None, None)
    assert parameter(deployment, "vpn-gateway-name").default == "vpngw-hub"
    assert parameter(deployment, "public-ip-name", "1").default == "pip-vpngw-hub-1"
    assert "zones" not in codes(deployment)


def test_the_location_of_another_vnet_is_asked_for_where_it_is_another() -> None:
    regions = {
        "hub": "West Europe",
        "same": "westeurope",
        "far": "Sweden Central",
        "none": None,
        "odd": "us-west';",
    }
    vnets = [vnet(name, f"10.{40 + at}.0.0/16", region=region) for at, (name, region) in enumerate(regions.items())]
    deployment = deployed(Options(vnets="new"), vnets=vnets)
    found = {f"{one.ask.key}": one.default for one in deployment.parameters if one.code == "location"}
    assert found == {"": "westeurope", "far": "swedencentral", "odd": None}


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([None, None], ()),
        (["prod", None], ()),
        (["prod", "Prod "], ()),
        ([None, "prod"], ()),
        (["prod", "test"], ("test",)),
        ([None, "prod", "test"], ("prod", "test")),
    ],
)
def test_labels_that_differ_are_further_subscriptions(labels: list[str | None], expected: tuple[str, ...]) -> None:
    vnets = [vnet(f"v{at}", f"10.{40 + at}.0.0/16", subscription=label) for at, label in enumerate(labels)]
    deployment = deployed(vnets=vnets)
    assert deployment.subscriptions == expected
    asked = [one.ask.key for one in deployment.parameters if one.code == "resource-group"]
    assert asked == ["", *expected]


def test_a_tunnel_never_has_the_key_of_a_site_or_a_vnet() -> None:
    sites = [OFFICE | {"tunnels": 2}, site("Tilburg 2", "192.168.30.0/24")]
    deployment = deployed(vnets=[HUB, vnet("tilburg-1", "10.40.0.0/16")], sites=sites, bgp=True)
    keys = [one.key for one in deployment.local_gateways]
    assert keys == ["tilburg-1-2", "tilburg-2-2", "tilburg-2"]
    assert [one.name for one in deployment.site_connections] == [f"con-vpngw-hub-{key}" for key in keys]


def test_names_of_connections_and_peerings_never_meet() -> None:
    named = deployed(vnets=[vnet("a", "10.20.0.0/16"), vnet("a-a", "10.30.0.0/16")], vnet_encryption=True)
    assert len({one.name for one in named.vnet_connections}) == 2
    peered = deployed(vnets=[vnet("a", "10.20.0.0/16"), vnet("a-a", "10.30.0.0/16")])
    assert len({one.name for one in peered.peerings}) == 2


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "nothing-to-deploy"),
        ({"sites": [OFFICE | {"device": "none"}]}, "does-not-fit"),
        ({"sites": [site("Tilburg", "10.20.1.0/24")]}, "does-not-fit"),
        ({"vnets": [HUB | {"model": "classic"}], "sites": [OFFICE]}, "does-not-fit"),
    ],
)
def test_a_design_that_would_not_work_is_refused(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(DeploymentRefused) as refused:
        deployed(**fields)
    assert refused.value.reason == reason
    assert bool(refused.value.findings) is (reason == "does-not-fit")
    assert {one.severity for one in refused.value.findings} <= {"error"}


def test_an_option_that_there_is_not_is_an_error() -> None:
    with pytest.raises(ValueError, match="no such way"):
        deployed(Options(vnets="old"), **PLAIN)


def test_the_same_need_gives_the_same_deployment() -> None:
    fields = {"vnets": [HUB, SPOKE], "sites": [OFFICE, BY_CIRCUIT], "clients": CERTIFIED, "bgp": True}
    assert deployed(**fields) == deployed(**fields)
