"""Which connections a need gets in edition 2026, and why."""

from __future__ import annotations

from typing import Any

import pytest

from tests.advisor.core.edition_2026.builders import (
    BY_CIRCUIT,
    BY_VPN,
    HUB,
    OFFICE,
    SPOKE,
    THIRD,
    TYPES,
    advise,
    circuit_sku,
    infos,
    problems,
    row,
    sku,
    some_clients,
    text,
    types,
)
from tests.builders import site, sites

PRIVATE = {"sites": [OFFICE], "private_path": True, "expressroute_encryption": True}


def rules(advice: Any, type_: str) -> list[str]:
    """The codes of why a type is chosen or not."""
    (found,) = (found for found in advice.alternatives if found.type == type_)
    return [reason.rule for reason in found.reasons]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"sites": [OFFICE]}, ["site-to-site"]),
        ({"sites": sites(2)}, ["multi-site"]),
        ({"clients": some_clients()}, ["point-to-site"]),
        ({"vnets": [HUB, SPOKE]}, ["vnet-peering"]),
        ({"vnets": [HUB, SPOKE], "vnet_encryption": True}, ["vnet-to-vnet"]),
        ({"vnets": [HUB], "vnet_encryption": True}, []),
        ({"sites": [BY_CIRCUIT]}, ["expressroute"]),
        ({"sites": [BY_CIRCUIT, BY_VPN]}, ["site-to-site", "expressroute"]),
        (
            {"sites": [BY_CIRCUIT, BY_VPN], "vnets": [HUB, SPOKE], "clients": some_clients()},
            ["site-to-site", "point-to-site", "expressroute", "vnet-peering"],
        ),
    ],
)
def test_a_need_gets_these_connections(changes: dict[str, Any], expected: list[str]) -> None:
    advice = advise(**changes)
    assert types(advice) == expected
    assert tuple(found.type for found in advice.alternatives) == TYPES


def test_peered_vnets_take_no_tunnel_and_no_gateway() -> None:
    advice = advise(vnets=[HUB, SPOKE, THIRD])
    (peering,) = advice.connections
    assert (peering.members, peering.tunnels) == (("spoke", "third"), 0)
    assert advice.gateway is None
    assert advice.limits == ()


def test_encrypted_vnets_take_a_tunnel_each_and_a_gateway() -> None:
    advice = advise(vnets=[HUB, SPOKE, THIRD], vnet_encryption=True)
    (between,) = advice.connections
    assert (between.members, between.tunnels) == (("spoke", "third"), 2)
    assert sku(advice) == "VpnGw1AZ"


@pytest.mark.parametrize(
    ("changes", "peering", "vpn"),
    [
        ({}, "one-vnet", "one-vnet"),
        ({"vnet_encryption": True}, "one-vnet", "one-vnet"),
        ({"vnets": [HUB, SPOKE]}, "several-vnets", "peering-suffices"),
        ({"vnets": [HUB, SPOKE], "vnet_encryption": True}, "encryption-asked", "several-vnets"),
    ],
)
def test_it_says_why_vnets_are_peered_or_not(changes: dict[str, Any], peering: str, vpn: str) -> None:
    advice = advise(**changes)
    assert rules(advice, "vnet-peering") == [peering]
    assert rules(advice, "vnet-to-vnet") == [vpn]


@pytest.mark.parametrize("bgp", [True, False])
def test_sites_reach_a_peered_vnet_with_or_without_bgp(bgp: bool) -> None:
    advice = advise(vnets=[HUB, SPOKE], sites=[OFFICE], transit=True, bgp=bgp)
    assert problems(advice) == set()
    assert "gateway-transit" in infos(advice)
    assert "wish-unused" not in infos(advice)


def test_sites_on_a_circuit_reach_a_peered_vnet() -> None:
    advice = advise(vnets=[HUB, SPOKE], sites=[BY_CIRCUIT], transit=True)
    assert problems(advice) == set()
    assert "gateway-transit" in infos(advice)
    assert "wish-unused" not in infos(advice)


def test_one_peered_vnet_alone_has_nothing_to_pass_on() -> None:
    assert "wish-unused" in infos(advise(vnets=[HUB, SPOKE], transit=True))


def test_peered_vnets_do_not_reach_each_other() -> None:
    advice = advise(vnets=[HUB, SPOKE, THIRD], transit=True)
    assert problems(advice) == {"peering-not-transitive"}
    assert "wish-unused" not in infos(advice)


def test_encryption_brings_no_site_to_a_circuit() -> None:
    advice = advise(sites=[OFFICE], expressroute_encryption=True)
    assert types(advice) == ["site-to-site"]
    assert "expressroute-encryption" not in infos(advice)


def test_what_crosses_a_circuit_is_encrypted_by_a_vpn_over_it() -> None:
    advice = advise(**PRIVATE)
    assert types(advice) == ["site-to-site", "expressroute"]
    assert rules(advice, "site-to-site") == ["one-site", "expressroute-encryption"]
    assert advice.connections[0].tunnels == 1
    assert problems(advice) == set()


def test_several_sites_on_a_circuit_are_encrypted_each() -> None:
    advice = advise(sites=[site("A"), site("B")], private_path=True, expressroute_encryption=True)
    assert types(advice) == ["multi-site", "expressroute"]
    assert rules(advice, "multi-site") == ["several-sites", "expressroute-encryption"]


def test_the_vpn_that_encrypts_is_sized_for_the_total() -> None:
    advice = advise(**PRIVATE, bandwidth_mbps=2000)
    assert sku(advice) == "VpnGw3AZ"
    assert row(advice, "throughput_mbps").requested == 2000
    assert row(advice, "expressroute_mbps").requested == 2000
    both = [site("A", bandwidth_mbps=600, expressroute=True), site("B", bandwidth_mbps=60, expressroute=False)]
    assert row(advise(sites=both, expressroute_encryption=True), "throughput_mbps").requested == 660


def test_more_than_the_vpn_carries_over_a_circuit_says_who_asks() -> None:
    advice = advise(sites=[site(bandwidth_mbps=10_001)], expressroute_encryption=True)
    (found,) = (found for found in advice.findings if found.code == "bandwidth-exceeds-gateway")
    assert found.subjects == ("sites[0].bandwidth_mbps",)


def test_a_site_on_a_circuit_without_a_device_cannot_be_encrypted() -> None:
    advice = advise(sites=[site(device="none")], private_path=True, expressroute_encryption=True)
    assert types(advice) == ["expressroute"]
    assert problems(advice) == {"no-vpn-device"}


@pytest.mark.parametrize("fields", [{"public_ipv4": False}, {"public_ipv4": "10.1.2.3"}, {"behind_nat": True}])
def test_a_tunnel_over_a_circuit_crosses_no_internet(fields: dict[str, Any]) -> None:
    advice = advise(sites=[site(**fields)], private_path=True, expressroute_encryption=True)
    assert problems(advice) == set()
    assert not {"site-behind-nat", "throughput-not-guaranteed"} & infos(advice)


def test_a_tunnel_over_a_circuit_is_no_backup() -> None:
    advice = advise(**PRIVATE)
    assert "single-circuit" in infos(advice)
    assert "private-path-not-for-backup" not in problems(advice)


@pytest.mark.parametrize(("tunnels", "taken"), [(1, 2), (2, 4)])
def test_with_a_backup_a_site_takes_both_and_so_bgp(tunnels: int, taken: int) -> None:
    fields = PRIVATE | {"sites": [OFFICE | {"tunnels": tunnels}], "expressroute_backup": True}
    plain = advise(**fields)
    assert plain.connections[0].tunnels == taken
    assert plain.gateway is not None
    assert plain.gateway.tunnels == taken
    assert rules(plain, "site-to-site") == ["one-site", "backup", "expressroute-encryption"]
    assert problems(plain) == {"private-path-not-for-backup", "redundant-tunnels-need-bgp"}
    assert problems(advise(**fields, bgp=True)) == {"private-path-not-for-backup"}
    assert "throughput-not-guaranteed" in infos(plain)


def test_no_gateway_of_scale_units_carries_a_vpn() -> None:
    asked = {"sites": [site()], "private_path": True, "bandwidth_mbps": 9000, "endpoints": 12_000}
    assert circuit_sku(advise(**asked)) == "ErGwScale"
    assert circuit_sku(advise(**asked, expressroute_encryption=True)) == "ErGw3AZ"


def test_beyond_the_largest_gateway_it_names_virtual_wan() -> None:
    tunnels = advise(sites=sites(101))
    assert problems(tunnels) == {"tunnel-limit-exceeded"}
    assert "Virtual WAN (at most 1,000 tunnels per hub)" in text(tunnels, "tunnel-limit-exceeded")
    clients = advise(clients={"count": 10_001})
    assert problems(clients) == {"client-limit-exceeded"}
    assert "Virtual WAN (at most 100,000 clients per hub)" in text(clients, "client-limit-exceeded")
    total = advise(sites=[site(bandwidth_mbps=10_001)])
    assert "a Virtual WAN hub carries 20 Gbps over VPN" in text(total, "bandwidth-exceeds-vpn")


def test_beyond_sstp_it_names_openvpn() -> None:
    advice = advise(clients={"count": 129, "protocol": "sstp"}, gateway_sku="VpnGw1AZ")
    assert problems(advice) == {"client-limit-exceeded", "protocol-retiring"}
    assert "OpenVPN instead of SSTP (at most 10,000 clients)" in text(advice, "client-limit-exceeded")


def test_more_than_the_largest_gateway_carries_goes_over_expressroute() -> None:
    assert types(advise(sites=[site(bandwidth_mbps=10_000)])) == ["site-to-site"]
    advice = advise(sites=[site(bandwidth_mbps=10_001)])
    assert types(advice) == ["expressroute"]
    assert problems(advice) == {"bandwidth-exceeds-vpn", "expressroute-direct-needed"}
