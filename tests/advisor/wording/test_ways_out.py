"""What a finding tells to do: for its own cause, with the numbers, names, and blocks of the design."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import Any

import pytest
from hypothesis import given, settings

from advisor.core.addressing import SPECIAL_BLOCKS, read_prefix
from advisor.wording.sentences import load_texts
from tests.advisor.core.strategies import needs
from tests.builders import EDITION, advise, catalogue, site, sites, vnet
from tests.every import examples

HUB = vnet("hub", "10.20.0.0/16")
CLASSIC = vnet("old", "10.20.0.0/16", model="classic")


def told(code: str, language: str = "en", **fields: Any) -> str:
    """What the findings with this code say about a need."""
    found = [finding for finding in advise(**fields).findings if finding.code == code]
    assert found, code
    return "\n".join(load_texts(EDITION).finding(finding, language) for finding in found)


def reason(type_: str, language: str = "en", **fields: Any) -> str:
    """Why a type is chosen for a need, or why not."""
    (found,) = (other for other in advise(**fields).alternatives if other.type == type_)
    return " ".join(load_texts(EDITION).reason(one, language) for one in found.reasons)


class TestPublicAddress:
    CODE = "public-ipv4-not-public"

    @pytest.mark.parametrize(
        ("address", "nl", "en"),
        [
            ("192.168.1.254", "privéadres", "private address"),
            ("100.70.1.2", "carrier-grade NAT", "carrier-grade NAT"),
            ("203.0.113.7", "voorbeeldadres", "example address"),
            ("127.0.0.1", "loopbackadres", "loopback"),
            ("169.254.1.1", "link-local", "link-local"),
            ("224.0.0.5", "multicast", "multicast"),
            ("240.0.0.1", "gereserveerd", "reserved"),
            ("198.18.0.1", "prestatietests", "benchmark"),
            ("0.1.2.3", "dit netwerk", "this network"),
            ("192.0.0.9", "IETF", "IETF"),
        ],
    )
    def test_each_kind_of_address_has_its_own_text(self, address: str, nl: str, en: str) -> None:
        fields: dict[str, Any] = {"vnets": [HUB], "sites": [site("office", public_ipv4=address)]}
        for language, word in (("nl", nl), ("en", en)):
            said = told(self.CODE, language, **fields)
            assert word in said
            assert f"{address} (site office" in said

    @pytest.mark.parametrize("address", ["192.168.1.254", "100.70.1.2"])
    def test_behind_nat_the_device_needs_an_address_or_another_path(self, address: str) -> None:
        fields: dict[str, Any] = {"vnets": [HUB], "sites": [site("office", public_ipv4=address)]}
        english, dutch = told(self.CODE, "en", **fields), told(self.CODE, "nl", **fields)
        assert "of its own" in english
        assert "does not work" in english
        assert "ExpressRoute" in english
        assert "point-to-site" in english
        assert "128 clients" in english
        assert "eigen publiek IPv4-adres" in dutch
        assert "werkt niet" in dutch
        assert "point-to-site" in dutch
        for said in (english, dutch):
            assert "router" not in said

    def test_an_example_address_is_no_reason_for_another_path(self) -> None:
        said = told(self.CODE, sites=[site(public_ipv4="198.51.100.1")])
        assert "ExpressRoute" not in said
        assert "NAT" not in said

    def test_each_cause_is_named_with_its_own_addresses(self) -> None:
        said = told(
            self.CODE,
            sites=[
                site("A", public_ipv4="10.0.0.1"),
                site("B", public_ipv4="203.0.113.1"),
                site("C", public_ipv4="192.168.0.1"),
                site("D"),
            ],
        )
        assert "10.0.0.1 (site A, 10.0.0.0/8) and 192.168.0.1 (site C, 192.168.0.0/16) are private" in said
        assert "203.0.113.1 (site B, 203.0.113.0/24) is an example" in said
        assert "at sites A and C, your options:" in said

    def test_no_way_out_that_this_design_rules_out(self) -> None:
        said = told(
            self.CODE,
            sites=[site("A", public_ipv4="10.0.0.1"), site("B")],
            transit=True,
            clients={"count": 128},
        )
        assert "ExpressRoute" not in said
        assert "point-to-site" not in said

    def test_every_block_of_the_catalogue_has_a_kind(self) -> None:
        assert {str(block) for block, _ in SPECIAL_BLOCKS} == set(catalogue().members("addresses.not_public"))


class TestOverlaps:
    CODE = "overlapping-prefixes"

    def test_a_pool_is_replaced_by_a_free_one(self) -> None:
        fields: dict[str, Any] = {
            "vnets": [vnet("hub", "10.1.0.0/16")],
            "clients": {"count": 10, "pool": "10.1.1.0/26"},
        }
        assert str(advise(**fields).client_pool) == "172.31.255.0/24"
        assert "another pool, for example 172.31.255.0/24" in told(self.CODE, **fields)
        assert "andere pool, bijvoorbeeld 172.31.255.0/24" in told(self.CODE, "nl", **fields)

    def test_where_no_pool_is_free_it_says_so(self) -> None:
        full = [vnet("hub", "10.0.0.0/8"), vnet("b", "172.16.0.0/12"), vnet("c", "192.168.0.0/16")]
        assert "no free pool" in told(self.CODE, vnets=full, clients={"count": 5, "pool": "10.1.0.0/24"})

    def test_a_larger_prefix_is_replaced_by_what_remains_of_it(self) -> None:
        said = told(self.CODE, vnets=[vnet("hub", "10.50.0.0/16")], sites=[site("HQ", "10.0.0.0/8")])
        remaining = [
            "10.0.0.0/11",
            "10.32.0.0/12",
            "10.48.0.0/15",
            "10.51.0.0/16",
            "10.52.0.0/14",
            "10.56.0.0/13",
            "10.64.0.0/10",
            "10.128.0.0/9",
        ]
        assert f"(8 prefixes: {', '.join(remaining)})" in said
        assert "renumber VNet hub" in said

    def test_a_long_list_of_what_remains_is_cut_and_counted(self) -> None:
        hq = site("HQ", "10.0.0.0/8")
        said = told(self.CODE, "nl", vnets=[vnet("hub", "10.50.1.0/24"), vnet("b", "10.99.0.0/16")], sites=[hq])
        apart = {"10.50.1.0/24", "10.99.0.0/16"}
        left = [IPv4Network("10.0.0.0/8")]
        for block in map(IPv4Network, apart):
            left = [part for one in left for part in (one.address_exclude(block) if block.subnet_of(one) else [one])]
        assert f"({len(left)} prefixen: " in said
        assert f"nog {len(left) - 10})" in said

    def test_of_equal_prefixes_one_is_renumbered_to_a_free_block(self) -> None:
        said = told(self.CODE, vnets=[vnet("hub", "10.5.0.0/16")], sites=[site("DC", "10.5.0.0/16")])
        assert said.startswith("VNet hub and site DC both use 10.5.0.0/16")
        assert "Renumber VNet hub, for example to 172.31.0.0/16" in said

    def test_where_nothing_remains_one_is_renumbered(self) -> None:
        said = told(
            self.CODE, vnets=[vnet("hub", "10.5.0.0/25"), vnet("b", "10.5.0.128/25")], sites=[site("DC", "10.5.0.0/24")]
        )
        assert "what remains" not in said
        assert "Renumber VNet b" in said or "Renumber VNet hub" in said

    @given(raw=needs)
    @settings(max_examples=examples(60), deadline=None)
    def test_a_block_to_renumber_to_overlaps_nothing(self, raw: dict[str, Any]) -> None:
        taken = [
            read_prefix(prefix) for member in (*raw["vnets"], *raw["sites"]) for prefix in member.get("prefixes", [])
        ]
        for finding in advise(**raw).findings:
            proposal = dict(finding.parameters).get("proposal")
            block = dict(getattr(proposal, "parameters", ())).get("proposal", proposal)
            if finding.code == self.CODE and block:
                assert not any(read_prefix(block).overlaps(prefix) for prefix in taken)


class TestGatewaySubnet:
    def test_one_that_is_too_small_names_the_block_and_what_goes_first(self) -> None:
        fields: dict[str, Any] = {
            "vnets": [vnet("hub", "10.0.0.0/16")],
            "sites": [site("HQ")],
            "private_path": True,
            "expressroute_backup": True,
            "gateway_subnet": "10.0.255.240/28",
        }
        english, dutch = (told("gateway-subnet-too-small", language, **fields) for language in ("en", "nl"))
        assert "10.0.255.224/27" in english
        assert "10.0.255.224/27" in dutch
        assert "delete the gateway in it first" in english
        assert "45 minutes" in english
        assert "verwijder dan eerst de gateway" in dutch
        assert "45 minuten" in dutch

    def test_a_gateway_that_exists_is_deleted_first(self) -> None:
        fields: dict[str, Any] = {
            "vnets": [HUB],
            "sites": [site()],
            "gateway_subnet": "10.20.0.0/30",
            "gateway_sku": "Standard",
        }
        assert "cannot enlarge a subnet with a gateway in it" in told("gateway-subnet-too-small", **fields)

    @pytest.mark.parametrize(
        ("code", "given", "subnets"),
        [
            ("gateway-subnet-outside-vnet", "10.30.0.0/28", []),
            ("gateway-subnet-in-use", "10.20.1.0/24", ["10.20.1.0/26"]),
            ("gateway-subnet-below-recommended", "10.20.0.0/29", []),
        ],
    )
    def test_another_block_is_named(self, code: str, given: str, subnets: list[str]) -> None:
        hub = vnet("hub", "10.20.0.0/16", subnets=subnets)
        for language in ("nl", "en"):
            assert "10.20.255.240/28" in told(code, language, vnets=[hub], sites=[site()], gateway_subnet=given)

    def test_without_room_the_size_to_add_is_named(self) -> None:
        full = vnet("hub", "10.20.0.0/28", subnets=["10.20.0.0/29", "10.20.0.8/29"])
        said = told("gateway-subnet-no-room", vnets=[full], sites=[site()])
        assert "prefix of /28 or larger" in said
        assert "172.31.255.240/28" in said
        given: dict[str, Any] = {"vnets": [full], "sites": [site()], "gateway_subnet": "10.30.0.0/28"}
        assert "VNet hub has no free /28: add a prefix of /28" in told("gateway-subnet-outside-vnet", **given)


class TestBgp:
    def test_a_sku_without_bgp_is_resized_and_keeps_its_address(self) -> None:
        fields: dict[str, Any] = {"sites": [site("Oslo")], "bgp": True, "gateway_sku": "Basic"}
        for code in ("gateway-sku-too-small", "bgp-not-supported"):
            said = told(code, **fields)
            assert "Standard" in said
            assert "public IP address stays the same" in said
            assert "re-create" not in said

    def test_a_policy_based_gateway_is_made_again(self) -> None:
        fields: dict[str, Any] = {
            "sites": [site()],
            "bgp": True,
            "gateway_sku": "Basic",
            "gateway_routing": "policy-based",
        }
        said = told("bgp-not-supported", **fields)
        assert "public IP address changes" in said
        assert "SKU Standard or HighPerformance" in said
        assert "resize" not in said

    def test_a_classic_hub_is_not_told_to_take_a_larger_sku(self) -> None:
        fields: dict[str, Any] = {"vnets": [CLASSIC], "sites": [site()], "bgp": True, "gateway_sku": "Basic"}
        assert "gateway-sku-too-small" not in {found.code for found in advise(**fields).findings}
        assert "use a Resource Manager VNet" in told("bgp-not-supported", **fields)

    def test_more_tunnels_are_not_promised_where_bgp_cannot_be(self) -> None:
        assert "turn BGP on" in told("redundant-tunnels-need-bgp", sites=[site(tunnels=2)])
        assert "turn BGP on" not in told("redundant-tunnels-need-bgp", vnets=[CLASSIC], sites=[site(tunnels=2)])


class TestTransit:
    def test_all_on_vpn_is_offered_only_where_it_can_be(self) -> None:
        def said(**fields: Any) -> str:
            by_circuit = site("A", expressroute=True, **fields)
            return told("transit-not-across-expressroute", vnets=[HUB, vnet("b")], sites=[by_circuit], transit=True)

        assert "connect everything with VPN" in said()
        assert "connect everything with VPN" not in said(device="none")
        assert "connect everything with VPN" not in said(bandwidth_mbps=500)
        assert "connect everything with ExpressRoute" in said(bandwidth_mbps=500)

    def test_transit_over_a_policy_based_gateway_is_not_promised_with_bgp(self) -> None:
        fields: dict[str, Any] = {"vnets": [HUB, vnet("b")], "sites": [site("A", device_routing="policy-based")]}
        assert "turn BGP on" not in told("transit-needs-bgp", transit=True, **fields)


class TestTooMuch:
    def test_too_many_tunnels_name_how_many_sites_to_move(self) -> None:
        assert "move 15 tunnels" in told("tunnel-limit-exceeded", sites=sites(45))
        assert "connect 15 sites with ExpressRoute" in told("tunnel-limit-exceeded", sites=sites(45))
        assert "connect 1 site with ExpressRoute" in told("tunnel-limit-exceeded", sites=sites(31))
        assert "3 other VNets" in told("tunnel-limit-exceeded", sites=sites(95))
        assert "1 tunnel per site" in told("tunnel-limit-exceeded", sites=sites(16, tunnels=2), bgp=True)

    def test_expressroute_is_no_way_out_beside_bgp_or_transit(self) -> None:
        assert "ExpressRoute" not in told("tunnel-limit-exceeded", sites=sites(31), bgp=True)
        assert "ExpressRoute" not in told("tunnel-limit-exceeded", sites=sites(31), transit=True)

    def test_too_much_bandwidth_without_a_site_is_not_sent_to_expressroute(self) -> None:
        said = told("bandwidth-exceeds-gateway", clients={"count": 5}, bandwidth_mbps=250)
        assert "50 Mbps" in said
        assert "2 VNets" in said
        assert "ExpressRoute" not in said

    def test_a_policy_based_gateway_changes_only_to_what_carries_it(self) -> None:
        stay: dict[str, Any] = {"device_routing": "policy-based", "expressroute": False}
        assert "up to 200 Mbps" in told("bandwidth-exceeds-gateway", sites=[site(bandwidth_mbps=110, **stay)])
        assert "route-based" not in told("bandwidth-exceeds-gateway", sites=[site(bandwidth_mbps=300, **stay)])

    def test_no_device_offers_only_what_is_possible(self) -> None:
        alone = told("no-vpn-device", sites=[site(device="none")])
        assert "128 clients" in alone
        assert "RRAS" in alone
        assert "ExpressRoute" in alone
        beside = told("no-vpn-device", sites=[site("A", device="none"), site("B", device_routing="policy-based")])
        assert "clients" not in beside
        assert "RRAS" not in beside
        assert "ExpressRoute" not in beside

    def test_too_many_clients_are_counted(self) -> None:
        one, many = (told("client-limit-exceeded", clients={"count": count}) for count in (129, 300))
        assert "Remove 1, spread the clients over 2 VNets" in one
        assert "Remove 172, spread the clients over 3 VNets" in many
        assert "own VPN server" in one

    def test_a_system_that_cannot_connect_has_a_way_in(self) -> None:
        fields: dict[str, Any] = {"clients": {"count": 4, "systems": ["other", "macos"]}}
        assert "not work on macOS or other systems" in told("client-system-unsupported", **fields)
        assert "own VPN server in Azure" in told("client-system-unsupported", **fields)
        assert "eigen VPN-server op in Azure" in told("client-system-unsupported", "nl", **fields)


class TestWhyNoExpressRoute:
    def test_it_says_what_would_have_called_for_it(self) -> None:
        assert reason("expressroute", sites=[site()]) == (
            "Nothing you entered calls for ExpressRoute: no private path, no circuit, no more bandwidth than a VPN can "
            "carry."
        )

    @pytest.mark.parametrize(
        ("fields", "beyond"),
        [
            ({"sites": sites(31)}, "31 tunnels"),
            ({"sites": [site("A", device="none")]}, "site A"),
            ({"sites": [site("A", public_ipv4=False)]}, "site A"),
            ({"sites": [site("A", public_ipv4="10.0.0.1")]}, "site A"),
            ({"sites": [site("A", bandwidth_mbps=110, device_routing="policy-based")]}, "110 Mbps"),
            ({"sites": [site("A", bandwidth_mbps=300, expressroute=False)]}, "300 Mbps"),
        ],
    )
    def test_it_never_says_so_where_vpn_is_not_enough(self, fields: dict[str, Any], beyond: str) -> None:
        said = reason("expressroute", **fields)
        assert "Nothing you entered" not in said
        assert f"VPN does not cover all of this design ({beyond})" in said
