"""A limit that restricts is read by a rule, or named by a text of the advisor; what is neither has its reason here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

import pytest

from advisor.core.editions import EDITIONS
from faq.knowledge.limits import Limit
from tests.advisor.wording.test_sentences import RAW
from tests.builders import EDITION, catalogue

ONLY = (" only", "only ", "not ", "no ", "no;", "none", "except", "excepted", "first", "as a host prefix", "delete")
"""What makes a text one that restricts."""

NAMED: dict[str, tuple[str, str, str]] = {
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

EXPLAINED: dict[str, str] = {
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


def restricts(limit: Limit) -> bool:
    """Whether a limit forbids, bounds, or lists what is possible."""
    if isinstance(limit.value, bool):
        return not limit.value
    if limit.unit == "text":
        told = str(limit.value["en"])
        return any(word in told for word in ONLY)
    return isinstance(limit.value, int | float | tuple)


def read_by_rules() -> set[str]:
    """The keys that the book reads."""
    return set(EDITIONS[EDITION].limit_keys(catalogue()))


def sentence(place: str) -> dict[str, str]:
    """All that the texts say for a code, in each language."""
    kind, code = place.split(".", 1)
    return {
        language: json.dumps(list(_texts(RAW[kind][code], language)), ensure_ascii=False) for language in ("nl", "en")
    }


def _texts(found: dict[str, Any], language: str) -> Iterator[str]:
    for key, inner in found.items():
        if isinstance(inner, dict):
            yield from _texts(inner, language)
        elif key == language:
            yield inner


def test_every_limit_that_restricts_is_read_named_or_explained() -> None:
    silent = [
        limit.key
        for limit in catalogue()
        if restricts(limit)
        and limit.key not in read_by_rules()
        and limit.key not in NAMED
        and not any(fnmatchcase(limit.key, pattern) for pattern in EXPLAINED)
    ]
    assert silent == []


@pytest.mark.parametrize("key", NAMED)
def test_the_sentence_says_it_in_both_languages(key: str) -> None:
    place, dutch, english = NAMED[key]
    assert key in catalogue()
    assert key not in read_by_rules(), "a rule reads it: no sentence need be named here"
    assert dutch.casefold() in sentence(place)["nl"].casefold()
    assert english.casefold() in sentence(place)["en"].casefold()


@pytest.mark.parametrize("pattern", EXPLAINED)
def test_no_reason_is_left_over(pattern: str) -> None:
    held = [limit for limit in catalogue() if fnmatchcase(limit.key, pattern) and restricts(limit)]
    assert [limit.key for limit in held if limit.key not in read_by_rules() and limit.key not in NAMED]
    assert EXPLAINED[pattern].count(".") == 1
