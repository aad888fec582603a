"""A limit that restricts is read by a rule, or named by a text of the advisor; what is neither has its reason here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import pytest

from advisor.core.editions import EDITIONS
from advisor.wording.sentences import TEXTS_OF, merged
from faq.knowledge.limits import Catalogue, Limit
from tests.advisor.core.edition_2026 import builders as of_2026
from tests.advisor.wording.test_sentences import TEXTS
from tests.builders import EDITION, catalogue

ONLY = (" only", "only ", "not ", "no ", "no;", "none", "except", "excepted", "first", "as a host prefix", "delete")
"""What makes a text one that restricts."""

NAMED_2016: dict[str, tuple[str, str, str]] = {
    "bgp.advertise_exact_vnet_prefix": ("words.bgp-not-exactly", "niet precies", "not advertise exactly"),
    "bgp.gateway_type": ("words.bgp-policy-based", "policy-based", "policy-based"),
    "bgp.local_network_gateway_prefix": ("words.bgp-devices", "/32", "/32"),
    "bgp.transit": ("findings.transit", "Standaardroutes gaan niet mee", "Default routes are not passed on"),
    "coexist.er_gateway_order": ("findings.side-by-side", "eerst de ExpressRoute", "first"),
    "coexist.failover_scope": ("findings.expressroute-backup", "private peering", "private peering"),
    "expressroute.bandwidth_can_be_lowered": ("findings.expressroute-circuit", "niet verlagen", "not lower"),
    "gateway.policy_to_route_conversion": (
        "words.way-recreate",
        "verwijderen en opnieuw maken",
        "delete and re-create",
    ),
    "gateway.public_ip_known_before_creation": ("findings.device-parameters", "pas als die gemaakt is", "only once"),
    "gateway.subnet_nsg_allowed": ("findings.kept-gateway-subnet", "NSG", "NSG"),
    "gateway.subnet_vms_allowed": ("findings.kept-gateway-subnet", "zonder VM", "without VMs"),
    "gateway.transit_classic": ("findings.transit-static-error-prone", "klassieke", "classic"),
    "multisite.gateway_type": ("findings.policy-based-single-tunnel", "ondersteunt {allowed}", "supports {allowed}"),
    "p2s.ddns": ("findings.no-auto-reconnect", "DDNS", "DDNS"),
    "p2s.gateway_type": ("findings.policy-based-single-tunnel", "alleen voor site-to-site", "for site-to-site only"),
    "p2s.multiple_vnets_at_once": ("findings.client-pools-must-differ", "overlappen", "overlap"),
    "p2s.address_pool": ("findings.client-pools-must-differ", "overlappen", "overlap"),
    "s2s.overlapping_address_space": ("findings.overlapping-prefixes", "overlap", "overlap"),
    "s2s.psk_charset": ("findings.device-parameters", "alleen letters en cijfers", "letters and digits only"),
    "s2s.redundant_tunnels_same_site": (
        "findings.redundant-tunnels-need-bgp",
        "1 tunnel per site",
        "1 tunnel per site",
    ),
    "vnet2vnet.redundant_tunnels": ("findings.vnet-gateways", "één tunnel", "One tunnel"),
    "vnet_peering.gateway_transit": ("findings.peering-gateway-transit", "gateway transit", "gateway transit"),
    "vnet_peering.regions": ("findings.peering-possible", "dezelfde regio", "same region"),
}
"""The sentence that says a limit which no rule reads, with words of it in Dutch and in English."""

EXPLAINED_2016: dict[str, str] = {
    "*.*_required": "A no lifts a requirement, and restricts nothing.",
    "bgp.redundant_tunnel_quota.*": "It repeats the tunnels of the SKU, which a rule reads.",
    "bgp.skus": "It repeats what each SKU says of itself, which a rule reads.",
    "coexist.er_basic_sku_allowed": "A rule reads the same of SKU Basic.",
    "expressroute.bgp_hold": "A timer that nobody can set.",
    "expressroute.burst": "It gives more than was ordered.",
    "expressroute.circuits_per_subscription": "A design has one circuit, and its subscription is a label only.",
    "expressroute.circuits_per_vnet": "A design has one circuit.",
    "expressroute.gateway.*": "It repeats the throughput of the SKU, which a rule reads.",
    "expressroute.layer2_extension": "No field asks for one segment on both sides.",
    "expressroute.over_internet": "It lifts the internet, and restricts nothing.",
    "expressroute.routes_*": "A need says prefixes of sites, not how many routes are advertised.",
    "expressroute.vnets_per_circuit_premium.*": "No field asks for the premium add-on; the limit without it is read.",
    "gateway.active_active_skus": "It repeats what each SKU says of itself, which a rule reads.",
    "gateway.failover_*": "How long an interruption lasts; no field asks for its bound.",
    "gateway.per_vnet": "A design has one VPN gateway per VNet by its making.",
    "gateway.subnet_prefix_er_coexist_settings": "The other source's number; the stricter one is read.",
    "multisite.max_sites_and_vnets.*": "It repeats the tunnels of the SKU, which a rule reads.",
    "p2s.protocol_by_os": "No field asks for another client; the systems are checked.",
    "s2s.ike_phase2_lifetime_kb.*": "The device follows from its own template; the lifetimes in seconds are read.",
    "s2s.pfs": "No field asks for it; the device follows from its own template.",
    "s2s.dpd_timeout": "No field asks for it; the device follows from its own template.",
    "s2s.psk_min_length": "A key of one character is no restriction.",
    "*.typical_bandwidth": "An experience, which is less strict than the throughput of the SKU.",
    "sku.*.p2s_sstp": "It repeats the clients of point-to-site, which a rule reads.",
    "sku.Basic.er_gateway_throughput": "Basic is never advised for ExpressRoute.",
    "sku.UltraPerformance.*": "This SKU is for ExpressRoute only; its throughput is read, and the rest is not asked.",
    "vm_access.*": "How a VM is reached without a VPN; no field asks for it.",
    "vnet2vnet.charge": "It restricts nothing; the charge between regions is told.",
    "vnet2vnet.max_tunnels_classic_doc": "The other source's number; the tunnels of the SKU are read.",
    "vnet2vnet.region_limit": "It says that there is none.",
    "vnet_peering.bandwidth_limit": "It says that there is none.",
}
"""Why a limit that restricts is neither read nor named, each in one sentence."""


NAMED_2026: dict[str, tuple[str, str, str]] = {
    "bgp.advertise_exact_vnet_prefix": ("words.bgp-not-exactly", "niet precies", "not advertise exactly"),
    "bgp.gateway_type": ("words.bgp-policy-based", "policy-based", "policy-based"),
    "bgp.local_network_gateway_prefix": ("words.bgp-devices", "/32", "/32"),
    "bgp.transit": ("findings.transit", "Standaardroutes gaan niet mee", "Default routes are not passed on"),
    "coexist.er_gateway_order": ("findings.side-by-side", "willekeurige volgorde", "either order"),
    "coexist.failover_scope": ("findings.expressroute-backup", "private peering", "private peering"),
    "expressroute.bandwidth_can_be_lowered": ("findings.expressroute-circuit", "niet verlagen", "not lower"),
    "gateway.ip_fragmentation": ("findings.clamp-mss", "gefragmenteerde", "fragmented"),
    "gateway.nat": ("findings.nat-could-solve-overlap", "NAT op de VPN-gateway", "NAT on the VPN gateway"),
    "gateway.non_az_config_changes": ("findings.gateway-sku-retired", "geen wijzigingen", "no changes"),
    "gateway.policy_to_route_conversion": (
        "words.way-recreate",
        "verwijderen en opnieuw maken",
        "delete and re-create",
    ),
    "gateway.subnet_nsg_allowed": ("findings.kept-gateway-subnet", "NSG", "NSG"),
    "gateway.subnet_vms_allowed": ("findings.kept-gateway-subnet", "zonder VM", "without VMs"),
    "gateway.upgrade_from_basic": ("findings.basic-sku-limits", "niet te verhogen", "cannot be upgraded"),
    "multisite.gateway_type": ("findings.policy-based-single-tunnel", "ondersteunt {allowed}", "supports {allowed}"),
    "p2s.gateway_type": ("findings.policy-based-single-tunnel", "alleen voor site-to-site", "for site-to-site only"),
    "p2s.radius_on_premises_path": ("findings.radius-needs-site-to-site", "niet over ExpressRoute", "not over"),
    "s2s.overlapping_address_space": ("findings.overlapping-prefixes", "overlap", "overlap"),
    "s2s.psk_charset": ("findings.device-parameters", "zonder spatie", "without a space"),
    "s2s.traffic_selectors_transit": ("findings.transit-not-over-traffic-selectors", "VNets", "VNets only"),
    "sku.Basic.status": ("findings.basic-sku-limits", "ontwikkelen en testen", "development and testing"),
    "vnet_peering.charge": ("findings.peering-charges", "betaalt", "pay"),
    "vnet_peering.gateway_transit_skus": ("findings.gateway-transit-not-on-basic", "SKU Basic", "Basic SKU"),
    "vnet_peering.own_gateway_with_remote_gateway": ("findings.gateway-transit", "geen eigen", "no gateway of"),
}
"""The same of edition 2026."""

EXPLAINED_2026: dict[str, str] = {
    "*.*_required": "A no lifts a requirement, and restricts nothing.",
    "*.sla": "What is promised, not what is allowed.",
    "*.timers.*": "A timer that nobody can set.",
    "*.typical_bandwidth": "An experience, which is less strict than the throughput of the SKU.",
    "bgp.advertised": "A statement about routes alone; no field asks for it.",
    "bgp.apipa*": "No field asks for addresses of peers.",
    "bgp.asn_bits": "A need with a number beyond it is refused.",
    "bgp.classic_model": "The classic model has ended, and a rule says so.",
    "bgp.skus": "It repeats what each SKU says of itself, which a rule reads.",
    "bgp.tcp_port": "A port, which restricts nothing.",
    "coexist.er_basic_*": "A rule reads the same of SKU Basic.",
    "coexist.er_p2s": "Clients beside ExpressRoute are possible, and a rule tells what they reach.",
    "expressroute.bgp_hold": "A timer that nobody can set.",
    "expressroute.burst": "It gives more than was ordered.",
    "expressroute.circuits_per_*": "A design has one circuit.",
    "expressroute.fastpath_ip_limit.*": "No field asks for FastPath.",
    "expressroute.gateway.*.circuits*": "A design has one circuit.",
    "expressroute.gateway.*.fastpath*": "No field asks for FastPath.",
    "expressroute.gateway.*.flows*": "No field asks for flows or packets.",
    "expressroute.gateway.*.pps": "No field asks for flows or packets.",
    "expressroute.gateway.non_az_status": "These are never advised.",
    "expressroute.layer2_extension": "No field asks for one segment on both sides.",
    "expressroute.mtu": "No field asks for the size of packets.",
    "expressroute.over_internet": "It lifts the internet, and restricts nothing.",
    "expressroute.public_ip_gateway": "It lifts an address, and restricts nothing.",
    "expressroute.routes_*": "A need says prefixes of sites and of VNets, and the limits of these are read.",
    "expressroute.vnets_per_circuit_premium.*": "No field asks for the premium add-on; the limit without it is read.",
    "gateway.active_active_extra_cost": "A price, which restricts nothing.",
    "gateway.active_active_skus": "It repeats what each SKU says of itself, which a rule reads.",
    "gateway.downgrade": "No field asks for a smaller SKU.",
    "gateway.failover_*": "How long an interruption lasts; no field asks for its bound.",
    "gateway.ipv6": "A need with IPv6 is refused.",
    "gateway.maintenance_window.*": "No field asks for a time of maintenance.",
    "gateway.max_flows": "No field asks for flows or packets.",
    "gateway.per_vnet": "A design has one VPN gateway per VNet by its making.",
    "gateway.policy_based_creatable_in_portal": "A policy-based gateway is never advised where none exists.",
    "gateway.subnet_dual_stack_ipv6_prefix": "A need with IPv6 is refused.",
    "gateway.subnet_prefix_16_er_circuits": "A design has one circuit.",
    "gateway.subnet_udr_default_route": "No field asks for routes of the gateway subnet.",
    "gateway.transit_classic": "The classic model has ended, and a rule says so.",
    "gateway.upgrade_duration": "How long it lasts; no field asks for its bound.",
    "gateway.upgrade_within_az": "It goes in place, and restricts nothing.",
    "multisite.max_sites_and_vnets.*": "It repeats the tunnels of the SKU, which a rule reads.",
    "nat.*": "No field asks for rules of NAT; the finding names from which SKU on and how many there are.",
    "p2s.address_pool": "Pools are compared with all prefixes by the rule of overlaps.",
    "p2s.certificate_types": "No field asks for the kind of certificate.",
    "p2s.client_os": "The systems of today stand in another key, which a rule reads.",
    "p2s.ddns": "No field asks for names of clients.",
    "p2s.entra_client_os": "The systems without it stand in another key, which a rule reads.",
    "p2s.max_clients": "It depends on the SKU today, which a rule reads.",
    "p2s.protocol*": "The protocols of a need are checked one by one.",
    "p2s.radius_timeout": "A timer of the RADIUS server.",
    "p2s.route_limit_ikev2.windows_older": "The limit of systems that still connect is read.",
    "p2s.tls_versions": "No field asks for it.",
    "p2s.user_groups.*": "No field asks for groups of users.",
    "route_server.*": "A finding names the route server; no field asks for its size.",
    "s2s.cert_key_bits_min": "No field asks for certificates of devices.",
    "s2s.custom_policy_*": "No field asks for a policy of its own.",
    "s2s.dpd_timeout*": "No field asks for it; the device follows from its own template.",
    "s2s.fqdn_resolve_interval": "A need has addresses of devices, no names.",
    "s2s.ike_phase2_lifetime_kb.*": "The device follows from its own template; the lifetimes in seconds are read.",
    "s2s.ikev1_rekey_interruption": "No field asks for the version of IKE.",
    "s2s.pfs": "No field asks for it; the device follows from its own template.",
    "s2s.policies_per_connection": "No field asks for a policy of its own.",
    "s2s.psk_min_length": "A key of one character is no restriction.",
    "s2s.quick_mode_sas": "It follows from the traffic selectors, of which the limit is read.",
    "s2s.tunnel_mtu": "The size of segments is stated, which follows from it.",
    "sku.*.tunnel_pps.*": "No field asks for flows or packets.",
    "sku.*.tunnel_throughput.*": "The algorithm that is advised is read.",
    "sku.*.zone_redundant": "No field asks for zones; only SKUs with zones are advised.",
    "sku.HighPerformance.*": "It is judged by the numbers of its successor.",
    "sku.Standard.*": "It is judged by the numbers of its successor.",
    "sku.UltraPerformance.*": "This SKU is for ExpressRoute only, and retired.",
    "sku.VpnGw?_*": "It is judged by the numbers of its successor.",
    "sku.VpnGw?AZ_Gen1.*": "Of two generations the second is advised.",
    "sku.limit_above_which_virtual_wan": "It repeats the tunnels of the largest SKU, which a rule reads.",
    "virtual_wan.*": "A finding names Virtual WAN with the numbers that it is named for.",
    "vm_access.*": "How a VM is reached without a VPN; no field asks for it.",
    "vnet2vnet.region_limit": "It says that there is none.",
    "vnet_peering.bandwidth_limit": "It says that there is none.",
}
"""The same of edition 2026."""


@dataclass(frozen=True)
class Edition:
    """An edition with its limits, its sentences, and what is said of the limits that no rule reads."""

    code: str
    limits: Callable[[], Catalogue]
    named: dict[str, tuple[str, str, str]]
    explained: dict[str, str]

    def read_by_rules(self) -> set[str]:
        """The keys that the book reads."""
        return set(EDITIONS[self.code].limit_keys(self.limits()))

    def sentence(self, place: str) -> dict[str, str]:
        """All that the texts say for a code, in each language."""
        kind, code = place.split(".", 1)
        found = merged(TEXTS["common"], TEXTS[TEXTS_OF[self.code]])[kind][code]
        return {language: json.dumps(list(_texts(found, language)), ensure_ascii=False) for language in ("nl", "en")}


OLD = Edition(EDITION, catalogue, NAMED_2016, EXPLAINED_2016)
TODAY = Edition("2026", of_2026.catalogue, NAMED_2026, EXPLAINED_2026)
BOTH = (OLD, TODAY)


def restricts(limit: Limit) -> bool:
    """Whether a limit forbids, bounds, or lists what is possible."""
    if isinstance(limit.value, bool):
        return not limit.value
    if limit.unit == "text":
        told = str(limit.value["en"])
        return any(word in told for word in ONLY)
    return isinstance(limit.value, int | float | tuple)


def _texts(found: dict[str, Any], language: str) -> Iterator[str]:
    for key, inner in found.items():
        if isinstance(inner, dict):
            yield from _texts(inner, language)
        elif key == language:
            yield inner


@pytest.mark.parametrize("edition", BOTH, ids=lambda edition: edition.code)
def test_every_limit_that_restricts_is_read_named_or_explained(edition: Edition) -> None:
    read = edition.read_by_rules()
    silent = [
        limit.key
        for limit in edition.limits()
        if restricts(limit)
        and limit.key not in read
        and limit.key not in edition.named
        and not any(fnmatchcase(limit.key, pattern) for pattern in edition.explained)
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("edition", "key"),
    [(edition, key) for edition in BOTH for key in edition.named],
    ids=lambda one: getattr(one, "code", one),
)
def test_the_sentence_says_it_in_both_languages(edition: Edition, key: str) -> None:
    place, dutch, english = edition.named[key]
    assert key in edition.limits()
    assert key not in edition.read_by_rules(), "a rule reads it: no sentence need be named here"
    assert dutch.casefold() in edition.sentence(place)["nl"].casefold()
    assert english.casefold() in edition.sentence(place)["en"].casefold()


@pytest.mark.parametrize(
    ("edition", "pattern"),
    [(one, pattern) for one in BOTH for pattern in one.explained],
    ids=lambda one: getattr(one, "code", one),
)
def test_no_reason_is_left_over(edition: Edition, pattern: str) -> None:
    held = [limit.key for limit in edition.limits() if fnmatchcase(limit.key, pattern) and restricts(limit)]
    assert set(held) - edition.read_by_rules() - edition.named.keys()
    assert edition.explained[pattern].count(".") == 1
