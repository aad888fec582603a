"""An edition of another product: its own SKUs, a sixth connection type, and one rule more. Content and one module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from advisor.core.advice import Connection, Reason
from advisor.core.connections import Reasons, connections, why_not
from advisor.core.design import Design
from advisor.core.editions.base import RuleBook, keys_of_members
from advisor.core.editions.e2016_12 import BOOK as OF_2016
from advisor.core.editions.e2016_12 import limit_keys as limit_keys_of_2016
from advisor.core.need import Need
from advisor.core.observations import Observation, observed, reason
from advisor.core.rules.naming import vnet_names, vnet_paths
from advisor.core.rules.other_vnets import vnet_gateways
from faq.knowledge.limits import Catalogue
from faq.knowledge.limits_file import read_catalogue

EDITION = "2031-05"

SOURCE = {"MADE": {"document": "made-up.md", "date": "2031-05"}}


def _limit(value: Any, unit: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "source": "MADE", "name": {"nl": "Verzonnen", "en": "Made up"}}


def _sku(tunnels: int, mbps: int) -> dict[str, Any]:
    return {
        "s2s_tunnels": _limit(tunnels, "tunnel"),
        "throughput": _limit(mbps, "Mbps"),
        "er_gateway_throughput": _limit(mbps, "Mbps"),
        "bgp": _limit(True, "yes-no"),
        "er_coexist": _limit(True, "yes-no"),
        "policy_based": _limit(False, "yes-no"),
        "active_active": _limit(True, "yes-no"),
    }


LIMITS: dict[str, Any] = {
    "checked": "2031-05-01",
    "sources": SOURCE,
    "gateway": {
        "vpn_skus": _limit(["Small", "Large"], "sku"),
        "vpn_skus_retired": _limit(["Tiny"], "sku"),
        "active_active_skus": _limit(["Small", "Large"], "sku"),
        "creation_time": _limit(45, "minute"),
        "local_network_sites_per_subscription": _limit(20, "site"),
        "subnet_name": _limit("GatewaySubnet", "name"),
        "subnet_min_prefix": _limit(27, "prefix-length"),
        "subnet_prefix_er_coexist": _limit(27, "prefix-length"),
        "subnet_recommended_prefix": _limit(27, "prefix-length"),
    },
    "sku": {"Small": _sku(2, 1_000), "Large": _sku(500, 40_000)},
    "expressroute": {
        "gateway_skus": _limit(["Large"], "sku"),
        "circuit_bandwidths": _limit([1_000, 100_000], "Mbps"),
        "vnets_per_circuit": _limit(10, "vnet"),
    },
    "addresses": {"not_public": _limit(["10.0.0.0/8"], "network")},
    "bgp": {
        "advertise_default_route": _limit(True, "yes-no"),
        "classic_model": _limit(True, "yes-no"),
        "default_asn": _limit(65515, "asn"),
        "reserved_iana_asn": _limit(["23456"], "asn"),
        "reserved_private_asn": _limit([65515], "asn"),
        "reserved_public_asn": _limit([12076], "asn"),
        "same_asn_both_sides": _limit(False, "yes-no"),
        "skus": _limit(["Small", "Large"], "sku"),
    },
    "forced_tunneling": {"with_er_coexist_classic": _limit(True, "yes-no")},
    "vnet2vnet": {"connection_resources": _limit(2, "connection")},
    "coexist": {
        "er_bgp_for_s2s": _limit(True, "yes-no"),
        "er_p2s": {"classic": _limit(True, "yes-no"), "resource_manager": _limit(True, "yes-no")},
        "er_transit_vpn_to_er": _limit(True, "yes-no"),
    },
    "p2s": {
        "auto_reconnect": _limit(True, "yes-no"),
        "client_os": _limit(["linux"], "system"),
        "max_clients": _limit(10_000, "client"),
        "max_root_certificates": _limit(20, "certificate"),
    },
    "s2s": {
        "behind_nat_allowed": _limit(False, "yes-no"),
        "dh_group_default": _limit(14, "group"),
        "idle_timeout_policy_based": _limit(5, "minute"),
        "ike_phase1_lifetime": {"policy": _limit(28800, "second"), "route": _limit(28800, "second")},
        "ike_phase2_lifetime": {"policy": _limit(27000, "second"), "route": _limit(27000, "second")},
        "mss_clamp": _limit(1350, "byte"),
        "psk_max_length": _limit(128, "character"),
        "tunnels_policy_based_gateway": _limit(1, "tunnel"),
    },
    "vnet_peering": {
        "most": _limit(3, "peering"),
        "own_gateway_with_remote_gateway": _limit(False, "yes-no"),
        "transitive": _limit(False, "yes-no"),
        "peerings_per_vnet": {"default": _limit(3, "peering"), "max": _limit(3, "peering")},
    },
}

CATALOGUE = read_catalogue(EDITION, LIMITS)


def too_many_peerings(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A hub peers with so many VNets (made-up.md 2031-05)."""
    most = catalogue.number("vnet_peering.most")
    if len(design.others) > most:
        yield observed(
            "too-many-peerings", *vnet_paths(design.others), vnets=vnet_names(need, design.others), most=most
        )


def peered(need: Need, catalogue: Catalogue, design: Design) -> dict[str, Connection]:
    """As in 2016, but VNets are peered, which takes no tunnel."""
    found = connections(need, catalogue, design)
    between = found.pop("vnet-to-vnet", None)
    if between:
        found["vnet-peering"] = Connection("vnet-peering", between.members, 0, between.reasons)
    return found


def why_not_peered(need: Need, catalogue: Catalogue, design: Design) -> Reasons:
    """As in 2016, with the sixth type."""
    against: tuple[Reason, ...] = (reason("peering-suffices" if design.others else "one-vnet"),)
    return {**why_not(need, catalogue, design), "vnet-to-vnet": against, "vnet-peering": (reason("one-vnet"),)}


def limit_keys(catalogue: Catalogue) -> Iterator[str]:
    """Those of 2016 and the one of the rule more."""
    yield from limit_keys_of_2016(catalogue)
    yield from keys_of_members(catalogue, "gateway.vpn_skus_retired")
    yield "vnet_peering.most"


BOOK: RuleBook = replace(
    OF_2016,
    connection_types=(*OF_2016.connection_types, "vnet-peering"),
    findings={**OF_2016.findings, "too-many-peerings": "error"},
    reasons=(*OF_2016.reasons, "peering-suffices"),
    entries={**dict.fromkeys(OF_2016.entries), "too-many-peerings": "how-many-peerings", "peering-suffices": None},
    limit_keys=limit_keys,
    rules=(*(rule for rule in OF_2016.rules if rule is not vnet_gateways), too_many_peerings),
    connections=peered,
    why_not=why_not_peered,
)

SENTENCES: dict[str, Any] = {
    "findings": {
        "too-many-peerings": {
            "nl": "De hub peert met hooguit {most} VNets: {vnets} zijn er te veel.",
            "en": "The hub peers with {most} VNets at most: {vnets} are too many.",
        }
    },
    "rules": {"peering-suffices": {"nl": "VNet-peering volstaat.", "en": "VNet peering suffices."}},
}
