"""The worked examples of the rules: a need and the whole of what is advised for it."""

from __future__ import annotations

from advisor.core.advice import Advice
from tests.builders import advise, codes, site, sites, vnet


def types(advice: Advice) -> list[str]:
    return [connection.type for connection in advice.connections]


def test_one_site_gets_a_tunnel_on_the_smallest_gateway() -> None:
    advice = advise(vnets=[vnet("hub", "10.20.0.0/16")], sites=[site("Tilburg", "192.168.10.0/24", bandwidth_mbps=25)])
    assert types(advice) == ["site-to-site"]
    assert advice.gateway is not None
    assert (advice.gateway.routing, advice.gateway.sku, advice.gateway.tunnels) == ("route-based", "Basic", 1)
    assert str(advice.gateway.subnet) == "10.20.255.240/28"
    assert advice.gateway.throughput_mbps == 100
    assert advice.expressroute is None
    assert advice.verdict == "fits"


def test_twelve_sites_take_the_largest_gateway() -> None:
    advice = advise(sites=sites(12))
    assert types(advice) == ["multi-site"]
    assert advice.gateway is not None
    assert advice.gateway.sku == "HighPerformance"
    assert [(row.key, row.requested, row.allowed, row.status) for row in advice.limits] == [("tunnels", 12, 30, "ok")]
    assert advice.verdict == "fits"


def test_two_sites_add_up_beyond_the_smaller_gateways() -> None:
    advice = advise(sites=[site("Delft", bandwidth_mbps=70), site("Gouda", bandwidth_mbps=40)])
    assert types(advice) == ["multi-site"]
    assert advice.connections[0].members == ("Delft", "Gouda")
    assert advice.gateway is not None
    assert (advice.gateway.sku, advice.gateway.tunnels) == ("HighPerformance", 2)
    assert [(row.key, row.requested, row.allowed) for row in advice.limits] == [
        ("tunnels", 2, 30),
        ("throughput_mbps", 110, 200),
    ]


def test_150_clients_are_too_many() -> None:
    advice = advise(clients={"count": 150})
    assert types(advice) == ["point-to-site"]
    assert advice.verdict == "does-not-fit"
    assert [(row.key, row.requested, row.allowed, row.status) for row in advice.limits] == [
        ("clients", 150, 128, "exceeded")
    ]


def test_a_policy_based_device_leaves_no_room_for_clients() -> None:
    advice = advise(sites=[site(device_routing="policy-based")], clients={"count": 5})
    assert types(advice) == ["site-to-site", "point-to-site"]
    assert advice.verdict == "does-not-fit"
    assert [finding.code for finding in advice.findings if finding.severity == "error"] == [
        "policy-based-single-tunnel"
    ]


def test_a_site_beyond_vpn_goes_over_expressroute() -> None:
    advice = advise(sites=[site(bandwidth_mbps=320)])
    assert types(advice) == ["expressroute"]
    assert advice.gateway is None
    assert advice.expressroute is not None
    assert advice.expressroute.circuit_mbps == 500
    assert advice.verdict == "fits-with-warnings"
    assert codes(advice) == {"bandwidth-exceeds-vpn", "expressroute-circuit"}


def test_a_private_path_with_backup_takes_both_gateways_and_one_subnet() -> None:
    advice = advise(
        private_path=True,
        expressroute_backup=True,
        vnets=[vnet("hub", "172.20.0.0/20")],
        sites=[site(bandwidth_mbps=80)],
    )
    assert types(advice) == ["site-to-site", "expressroute"]
    assert advice.gateway is not None
    assert advice.expressroute is not None
    assert (advice.gateway.sku, advice.expressroute.gateway_sku) == ("Standard", "Standard")
    assert str(advice.gateway.subnet) == str(advice.expressroute.subnet) == "172.20.15.224/27"
    assert codes(advice) == {
        "private-path-not-for-backup",
        "throughput-not-guaranteed",
        "expressroute-circuit",
        "expressroute-private-path",
        "expressroute-backup",
        "side-by-side",
        "device-parameters",
    }


def test_two_vnets_in_two_regions_are_joined_and_charged() -> None:
    advice = advise(vnets=[vnet("a", region="westeurope"), vnet("b", region="uksouth")])
    assert types(advice) == ["vnet-to-vnet"]
    assert advice.gateway is not None
    assert (advice.gateway.sku, advice.gateway.tunnels) == ("Basic", 1)
    assert codes(advice) == {"inter-region-charges", "vnet-gateways"}


def test_nothing_asked_gets_no_gateway() -> None:
    advice = advise()
    assert advice.connections == ()
    assert advice.gateway is None
    assert advice.expressroute is None
    assert codes(advice) == {"nothing-to-connect"}
    assert advice.verdict == "fits"
