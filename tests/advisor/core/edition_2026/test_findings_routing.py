"""What edition 2026 finds of routes: BGP, transit, forced tunneling, a private path."""

from __future__ import annotations

from typing import Any

from tests.advisor.core.edition_2026.builders import (
    BY_CIRCUIT,
    BY_VPN,
    OFFICE,
    Case,
    Info,
    advise,
    each_info,
    each_of,
    finding,
    infos,
    problems,
    some_clients,
)
from tests.builders import site, sites, vnet

POLICY_BASED: dict[str, Any] = {"gateway_routing": "policy-based"}

CASES: list[Case] = [
    # bgp-not-supported
    ("bgp", {"sites": [OFFICE], "bgp": True}, set()),
    ("bgp for tests", {"sites": [OFFICE], "bgp": True, "dev_test": True}, set()),
    (
        "bgp on basic",
        {"sites": [OFFICE], "bgp": True, "gateway_sku": "Basic"},
        {"bgp-not-supported", "gateway-sku-too-small"},
    ),
    ("bgp on a policy-based gateway", {"sites": [OFFICE], "bgp": True, **POLICY_BASED}, {"bgp-not-supported"}),
    ("bgp beside expressroute", {"sites": [BY_CIRCUIT, BY_VPN], "bgp": True}, set()),
    ("bgp on a retired sku", {"sites": [OFFICE], "bgp": True, "gateway_sku": "VpnGw1"}, {"gateway-sku-retired"}),
    # transit-needs-bgp
    ("transit between sites", {"sites": sites(2), "transit": True}, {"transit-needs-bgp"}),
    ("transit with bgp", {"sites": sites(2), "transit": True, "bgp": True}, set()),
    # asn-reserved, asn-equal
    ("a reserved number", {"sites": [site(asn=65_520)], "bgp": True}, {"asn-reserved"}),
    ("the last reserved number", {"sites": [site(asn=4_294_967_295)], "bgp": True}, {"asn-reserved"}),
    ("a number within a reserved range", {"sites": [site(asn=64_500)], "bgp": True}, {"asn-reserved"}),
    ("a free number", {"sites": [site(asn=65_010)], "bgp": True}, set()),
    (
        "the hub's own number",
        {"vnets": [vnet("hub", "10.20.0.0/16", asn=65_010)], "sites": [site(asn=65_010)], "bgp": True},
        {"asn-equal"},
    ),
    # forced tunneling
    ("forced tunneling", {"sites": [OFFICE], "forced_tunneling": True}, set()),
    ("forced tunneling without a site", {"forced_tunneling": True}, {"forced-tunneling-needs-site"}),
    (
        "forced tunneling on a policy-based gateway",
        {"sites": [OFFICE], "forced_tunneling": True, **POLICY_BASED},
        {"forced-tunneling-needs-route-based"},
    ),
    (
        "a private path and clients",
        {"sites": [OFFICE], "private_path": True, "clients": some_clients()},
        {"private-path-not-for-clients"},
    ),
]

INFOS: list[Info] = [
    ("forced-tunneling", "it fits", {"sites": [OFFICE], "forced_tunneling": True}, True),
    ("forced-tunneling", "not asked for", {"sites": [OFFICE]}, False),
    # Today the gateway does learn a default route over BGP.
    ("default-route-not-over-bgp", "bgp", {"sites": [OFFICE], "forced_tunneling": True, "bgp": True}, False),
]


@each_of(CASES)
def test_a_need_finds_exactly_these_problems(changes: dict[str, Any], expected: set[str]) -> None:
    assert problems(advise(**changes)) == expected


@each_info(INFOS)
def test_a_need_is_told_this_or_not(code: str, changes: dict[str, Any], fires: bool) -> None:
    assert (code in infos(advise(**changes))) == fires


def test_bgp_that_is_ruled_out_names_its_cause() -> None:
    advice = advise(sites=[OFFICE], bgp=True, gateway_sku="Basic")
    assert finding(advice, "bgp-not-supported").subjects == ("bgp", "gateway_sku")
    policy_based = advise(sites=[OFFICE], bgp=True, **POLICY_BASED)
    assert finding(policy_based, "bgp-not-supported").subjects == ("bgp", "gateway_routing")
