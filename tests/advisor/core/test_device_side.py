"""The tunnels of one site as its device sees them."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.core.device_side import device_side
from tests.advisor.formats.deployables.designs import PUBLIC, deployed, tilburg
from tests.builders import site, vnet

BGP: dict[str, Any] = {"bgp": True, "sites": [tilburg(asn=65010)]}
CIRCUIT: dict[str, Any] = {"expressroute_circuit": True, "expressroute_encryption": True}


def side(**fields: Any) -> Any:
    """The side of the device of a design."""
    deployment, _ = deployed(**fields)
    return device_side(deployment)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, [(1, False, None, PUBLIC)]),
        ({"gateway_ips": ("20.1.1.1",)}, [(1, False, "20.1.1.1", PUBLIC)]),
        (
            {"active_active": True, "gateway_ips": ("20.1.1.1",)},
            [(1, False, "20.1.1.1", PUBLIC), (2, False, None, PUBLIC)],
        ),
        (CIRCUIT, [(1, True, None, None)]),
        (CIRCUIT | BGP | {"expressroute_backup": True}, [(1, True, None, None), (2, False, None, PUBLIC)]),
        (
            CIRCUIT | BGP | {"expressroute_backup": True, "active_active": True},
            [(1, True, None, None), (2, True, None, None), (3, False, None, PUBLIC), (4, False, None, PUBLIC)],
        ),
        ({"sites": [tilburg(tunnels=2, asn=65010)], "bgp": True}, [(1, False, None, PUBLIC)]),
        ({"sites": [tilburg(public_ipv4=True)]}, [(1, False, None, None)]),
        ({"sites": [tilburg(behind_nat=True)]}, [(1, False, None, PUBLIC)]),
        ({"sites": [tilburg(behind_nat=True, public_ipv4="10.9.8.7")]}, [(1, False, None, None)]),
    ],
)
def test_there_is_a_peer_for_each_address_of_the_gateway(fields: dict[str, Any], expected: list[Any]) -> None:
    found = side(**fields).peers
    assert [(peer.number, peer.over_circuit, peer.gateway_ip, peer.device_ip) for peer in found] == expected


@pytest.mark.parametrize(("fields", "devices"), [({}, 1), ({"bgp": True, "sites": [tilburg(tunnels=3, asn=65010)]}, 3)])
def test_the_devices_of_a_site_are_counted_by_its_tunnels(fields: dict[str, Any], devices: int) -> None:
    assert side(**fields).devices == devices


@pytest.mark.parametrize(
    ("fields", "by_routes"), [({}, False), ({"active_active": True}, True), (BGP, True), (CIRCUIT, False)]
)
def test_routes_choose_where_selectors_do_not_tell_tunnels_apart(fields: dict[str, Any], by_routes: bool) -> None:
    assert side(**fields).by_routes is by_routes


@pytest.mark.parametrize(
    ("fields", "asn"),
    [({}, None), (BGP, 65515), (BGP | {"vnets": [vnet("hub", "10.20.0.0/16", asn=65020)]}, 65020)],
)
def test_the_gateway_has_a_number_where_it_exchanges_routes(fields: dict[str, Any], asn: int | None) -> None:
    assert side(**fields).gateway_asn == asn


def test_only_the_first_site_gets_the_internet_traffic() -> None:
    sites = [tilburg(), site("Breda", "192.168.20.0/24")]
    assert [side(sites=sites, forced_tunneling=True, chosen=one).forced for one in ("Tilburg", "Breda")] == [
        True,
        False,
    ]


def test_what_exists_goes_by_the_name_that_is_proposed_for_it() -> None:
    found = side(gateway_sku="VpnGw2AZ", active_active=True)
    assert (found.gateway_name, found.address_names) == ("vpngw-hub", ("pip-vpngw-hub-1", "pip-vpngw-hub-2"))


def test_a_device_with_selectors_has_no_bgp_and_reaches_no_vnet_behind_a_vpn() -> None:
    fields: dict[str, Any] = {
        "bgp": True,
        "transit": True,
        "vnet_encryption": True,
        "vnets": [vnet("hub", "10.20.0.0/16", asn=65020), vnet("far", "10.30.0.0/16", asn=65030)],
        "sites": [tilburg(asn=65010), site("Breda", "192.168.20.0/24", device_routing="policy-based")],
    }
    reached = {name: [str(one) for one in side(chosen=name, **fields).azure_prefixes] for name in ("Tilburg", "Breda")}
    assert reached == {"Tilburg": ["10.20.0.0/16", "10.30.0.0/16"], "Breda": ["10.20.0.0/16"]}
