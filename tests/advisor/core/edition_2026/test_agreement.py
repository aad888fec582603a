"""The findings of any design agree with each other, and with the limits that they are about."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given, settings

from advisor.core.advice import Advice, Finding
from advisor.core.decide import decide
from advisor.core.editions.e2026 import BOOK
from advisor.core.need import Need
from advisor.core.parameters import Names, Phrase, Value
from advisor.core.protocols import counts_over_sstp
from advisor.core.skus import expressroute_key, sku_key
from advisor.wording.sentences import load_texts
from faq.knowledge.limits import Catalogue
from tests.advisor.core.edition_2026.builders import EDITION, advise, catalogue, need
from tests.advisor.core.edition_2026.test_properties import Watched, needs
from tests.every import examples

MANY = settings(max_examples=examples(150), deadline=None)
RE_CREATES = re.compile(r"re-create|[Dd]elete the gateway")
STAYS = {"stays", "migrates", "routing", "resize"}
ADVISES_BGP = {"transit-needs-bgp", "transit", "bgp-asn", "redundant-tunnels", "default-route-not-over-bgp"}
"""What speaks of connections with BGP, and of no others."""


def said(found: Finding) -> str:
    """What a finding says."""
    return load_texts(EDITION).finding(found, "en")


def the_one(advice: Advice, code: str) -> Finding | None:
    """The finding with this code, where there is one."""
    return next((found for found in advice.findings if found.code == code), None)


def sites_in(value: Value) -> set[str]:
    """The names of sites in a value."""
    match value:
        case Names(kind="site", names=names):
            return set(names)
        case Phrase(parameters=parameters):
            return {name for _, inner in parameters for name in sites_in(inner)}
        case tuple():
            return {name for inner in value for name in sites_in(inner)}
    return set()


def sentences_of_bgp(found: Finding) -> set[str]:
    """The sites that a finding tells to have BGP."""
    parameters = dict(found.parameters)
    if found.code in ADVISES_BGP:
        return {name for value in parameters.values() for name in sites_in(value)}
    if found.code == "redundant-tunnels-need-bgp":
        return sites_in(parameters["others" if found.variant.startswith("by-policy") else "sites"])
    if found.code == "clients-reach":
        return sites_in(parameters["members"])
    if found.code == "tunnel-throughput-exceeded":
        shown = parameters["sites"]
        assert isinstance(shown, tuple)
        with_bgp = [value for value in shown if isinstance(value, Phrase) and value.code == "tunnels-for"]
        return sites_in(tuple(with_bgp))
    if found.code == "vpn-prefix-limit-exceeded" and found.variant in {"sites", "bgp"}:
        return sites_in(parameters["sites"])
    return set()


@given(raw=needs())
@MANY
def test_bgp_is_advised_for_no_site_with_a_policy_based_device(raw: dict[str, Any]) -> None:
    by_policy = {one.name for one in need(**raw).sites if one.policy_based_only}
    for found in advise(**raw).findings:
        assert not sentences_of_bgp(found) & by_policy, said(found)


@given(raw=needs())
@MANY
def test_no_gateway_stays_that_an_error_tells_to_make_again(raw: dict[str, Any]) -> None:
    advice = advise(**raw)
    existing = the_one(advice, "existing-gateway")
    again = [found for found in advice.findings if found.severity == "error" and RE_CREATES.search(said(found))]
    if existing is not None and again:
        assert existing.variant not in STAYS, [said(found) for found in (existing, *again)]
        addresses = the_one(advice, "public-ip-addresses")
        assert addresses is not None
        assert addresses.variant in {"new", "undecided"}


@given(raw=needs())
@MANY
def test_no_subnet_is_usable_that_an_error_tells_to_replace(raw: dict[str, Any]) -> None:
    codes = {found.code for found in advise(**raw).findings}
    if "kept-gateway-subnet" in codes:
        assert not codes & {"gateway-subnet-too-small", "gateway-subnet-outside-vnet", "gateway-subnet-in-use"}


@given(raw=needs())
@MANY
def test_sstp_goes_on_only_where_a_gateway_stays(raw: dict[str, Any]) -> None:
    advice = advise(**raw)
    retiring, existing = the_one(advice, "protocol-retiring"), the_one(advice, "existing-gateway")
    if retiring is not None and retiring.variant != "new":
        assert existing is not None
        assert existing.variant in STAYS | {"beyond"}


@given(raw=needs())
@MANY
def test_every_limit_that_is_read_is_of_the_edition_and_named_by_the_book(raw: dict[str, Any]) -> None:
    watched = Watched(catalogue())
    decide(need(**raw), watched)
    assert watched.read <= set(BOOK.limit_keys(catalogue())) & {limit.key for limit in catalogue()}


def limits_of(asked: Need, advice: Advice, limits: Catalogue) -> dict[str, list[str]]:
    """The keys of the limits that apply to each row: those of the gateways in the advice, and of their type."""
    found: dict[str, list[str]] = {"root_certificates": ["p2s.max_root_certificates"], "endpoints": []}
    if advice.gateway:
        sku = advice.gateway.sku
        clients = "p2s_sstp" if counts_over_sstp(asked, limits) else "p2s_ikev2_openvpn"
        by_policy = ["s2s.tunnels_policy_based_gateway"] if advice.gateway.routing == "policy-based" else []
        found["tunnels"] = [sku_key(limits, sku, "s2s_tunnels"), *by_policy]
        found["throughput_mbps"] = [sku_key(limits, sku, "throughput")]
        found["clients"] = [sku_key(limits, sku, clients)]
        found["endpoints"].append(sku_key(limits, sku, "vms_supported"))
    if advice.expressroute:
        found["expressroute_mbps"] = [expressroute_key(limits, advice.expressroute.gateway_sku)]
        found["endpoints"].append(expressroute_key(limits, advice.expressroute.gateway_sku, "vms"))
    return found


@given(raw=needs())
@MANY
def test_a_row_shows_the_smallest_limit_that_applies(raw: dict[str, Any]) -> None:
    watched, asked = Watched(catalogue()), need(**raw)
    advice = decide(asked, watched)
    applying = limits_of(asked, advice, catalogue())
    for row in advice.limits:
        smallest = min(applying[row.key], key=catalogue().number)
        assert row.allowed == catalogue().number(smallest), row
        assert row.source in {catalogue()[key].source for key in applying[row.key]}
        assert smallest in watched.read
