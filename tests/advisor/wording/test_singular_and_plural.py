"""Every sentence reads well for one and for more of what it counts or names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from advisor.core.advice import Finding, Reason
from advisor.core.parameters import Count, Names, Parameters, Phrase, Value
from advisor.wording import sentences as texts_module
from advisor.wording.sentences import load_texts, merged
from tests.advisor.core.rules.test_rules import CASES
from tests.builders import EDITION, advise, site, sites, vnet

FOLDER = Path(texts_module.__file__).parent / "texts"
COMMON, OWN = (tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")) for name in ("common", EDITION))
RAW: dict[str, Any] = merged(COMMON, OWN)

HUB = vnet("hub", "10.20.0.0/16")
CLASSIC = vnet("old", model="classic")
MORE: list[dict[str, Any]] = [
    {"vnets": [HUB], "sites": [site("A", public_ipv4="10.0.0.1"), site("B", public_ipv4="203.0.113.1")]},
    {"vnets": [HUB], "sites": [site("A", public_ipv4="100.64.0.1")], "clients": {"count": 5}},
    {"vnets": [HUB, vnet("b", "10.30.0.0/16")], "sites": [site("HQ", "10.0.0.0/8"), site("DC", "10.20.0.0/16")]},
    {"sites": [site("A", device="none")], "clients": {"count": 0}},
    {"sites": sites(45)},
    {"sites": [site(bandwidth_mbps=300, expressroute=False)]},
    {"vnets": [CLASSIC], "sites": [site(tunnels=2)], "bgp": True, "gateway_sku": "Basic"},
    {"vnets": [CLASSIC, HUB], "sites": [site()], "transit": True},
]
"""Designs beside those of the rules: ways out that no rule needs for its own case."""

READS_THE_SAME = {
    ("findings.asn-equal.default", "members"),
    ("findings.asn-equal.given", "members"),
    ("findings.asn-reserved", "reserved"),
    ("findings.bandwidth-exceeds-expressroute", "vnets"),
    ("findings.bandwidth-exceeds-vpn", "sites"),
    ("findings.bandwidth-shared", "sharing"),
    ("findings.bgp-asn", "peers"),
    ("findings.bgp-asn", "reserved"),
    ("findings.bgp-not-supported", "causes"),
    ("findings.bgp-not-supported", "steps"),
    ("findings.client-count-unknown", "allowed"),
    ("findings.client-limit-exceeded", "allowed"),
    ("findings.client-limit-exceeded", "requested"),
    ("findings.client-limit-exceeded", "vnets"),
    ("findings.client-pool-too-small.few-proposal", "requested"),
    ("findings.client-pool-too-small.few-proposal", "served"),
    ("findings.client-pool-too-small.few-proposal", "usable"),
    ("findings.client-pools-must-differ", "vnets"),
    ("findings.client-system-unsupported", "supported"),
    ("findings.client-system-unsupported", "systems"),
    ("findings.clients-reach.bgp", "circuit"),
    ("findings.clients-reach.bgp", "members"),
    ("findings.clients-reach.circuit", "members"),
    ("findings.clients-reach.classic", "circuit"),
    ("findings.clients-reach.classic", "members"),
    ("findings.clients-reach.without-bgp", "circuit"),
    ("findings.clients-reach.without-bgp", "members"),
    ("findings.default-route-not-over-bgp", "sites"),
    ("findings.device-parameters.policy-based", "key_length"),
    ("findings.device-parameters.policy-based", "mss"),
    ("findings.device-parameters.policy-based", "phase_1"),
    ("findings.device-parameters.policy-based", "phase_2"),
    ("findings.device-parameters.route-based", "key_length"),
    ("findings.device-parameters.route-based", "mss"),
    ("findings.device-parameters.route-based", "phase_1"),
    ("findings.device-parameters.route-based", "phase_2"),
    ("findings.existing-gateway.not-enough", "allows"),
    ("findings.existing-gateway.not-enough", "existing"),
    ("findings.existing-gateway.resize", "allows"),
    ("findings.existing-gateway.resize", "existing"),
    ("findings.existing-gateway.routing", "allows"),
    ("findings.existing-gateway.routing", "existing"),
    ("findings.existing-gateway.stays", "allows"),
    ("findings.existing-gateway.stays", "existing"),
    ("findings.expressroute-backup.all", "sites"),
    ("findings.expressroute-backup.all", "tunnels"),
    ("findings.expressroute-backup.all", "without"),
    ("findings.expressroute-backup.none", "sites"),
    ("findings.expressroute-backup.none", "tunnels"),
    ("findings.expressroute-backup.none", "without"),
    ("findings.expressroute-backup.partly", "sites"),
    ("findings.expressroute-backup.partly", "tunnels"),
    ("findings.expressroute-backup.partly", "without"),
    ("findings.expressroute-circuit.existing", "sites"),
    ("findings.expressroute-circuit.new", "sites"),
    ("findings.expressroute-circuit.new-unknown", "sites"),
    ("findings.expressroute-private-path.partly", "sites"),
    ("findings.expressroute-private-path.wholly", "others"),
    ("findings.forced-tunneling-needs-route-based", "steps"),
    ("findings.forced-tunneling-over-expressroute-only", "circuit"),
    ("findings.forced-tunneling.both", "circuit"),
    ("findings.forced-tunneling.expressroute", "circuit"),
    ("findings.forced-tunneling.vpn", "circuit"),
    ("findings.gateway-routing-mismatch.device", "existing"),
    ("findings.gateway-routing-mismatch.device", "minutes"),
    ("findings.gateway-routing-mismatch.sku", "existing"),
    ("findings.gateway-routing-mismatch.sku", "minutes"),
    ("findings.gateway-routing-mismatch.software", "steps"),
    ("findings.gateway-sku-too-small.resource-manager", "lacking"),
    ("findings.gateway-subnet-below-recommended", "steps"),
    ("findings.gateway-subnet-in-use", "steps"),
    ("findings.gateway-subnet-outside-vnet", "prefixes"),
    ("findings.gateway-subnet-outside-vnet", "steps"),
    ("findings.gateway-subnet-too-small", "steps"),
    ("findings.gateway-subnet-too-small.side-by-side", "steps"),
    ("findings.local-network-sites-limit", "allowed"),
    ("findings.local-network-sites-limit", "sites"),
    ("findings.more-overlaps", "pairs"),
    ("findings.no-vpn-device", "sites"),
    ("findings.overlapping-prefixes.equal", "first"),
    ("findings.overlapping-prefixes.equal", "renumbered"),
    ("findings.overlapping-prefixes.equal", "second"),
    ("findings.overlapping-prefixes.larger", "inner"),
    ("findings.overlapping-prefixes.larger", "outer"),
    ("findings.overlapping-prefixes.larger", "remaining"),
    ("findings.overlapping-prefixes.larger", "renumbered"),
    ("findings.overlapping-prefixes.pool", "member"),
    ("findings.peering-possible", "vnets"),
    ("findings.policy-based-idle-timeout", "minutes"),
    ("findings.policy-based-single-tunnel.device", "allowed"),
    ("findings.policy-based-single-tunnel.device", "demands"),
    ("findings.policy-based-single-tunnel.existing", "allowed"),
    ("findings.policy-based-single-tunnel.existing", "demands"),
    ("findings.policy-based-single-tunnel.existing", "sites"),
    ("findings.private-path-not-for-backup", "sites"),
    ("findings.public-ipv4-not-public", "causes"),
    ("findings.redundant-tunnels", "allowed"),
    ("findings.redundant-tunnels", "total"),
    ("findings.redundant-tunnels", "tunnels"),
    ("findings.redundant-tunnels-need-bgp", "sites"),
    ("findings.redundant-tunnels-need-bgp", "skus"),
    ("findings.root-certificate-limit-exceeded", "allowed"),
    ("findings.root-certificate-limit-exceeded", "requested"),
    ("findings.transit-needs-bgp", "members"),
    ("findings.transit-needs-bgp", "skus"),
    ("findings.transit-not-across-expressroute", "circuit"),
    ("findings.transit-not-across-expressroute", "vpn"),
    ("findings.transit.impossible", "connections"),
    ("findings.transit.impossible", "members"),
    ("findings.transit.possible", "connections"),
    ("findings.transit.possible", "members"),
    ("findings.tunnel-limit-exceeded", "allowed"),
    ("findings.tunnel-limit-exceeded", "requested"),
    ("findings.vnet-gateways.bgp", "blocks"),
    ("findings.vnet-gateways.bgp", "connections"),
    ("findings.vnet-gateways.bgp", "gateways"),
    ("findings.vnet-gateways.bgp", "minutes"),
    ("findings.vnet-gateways.plain", "blocks"),
    ("findings.vnet-gateways.plain", "connections"),
    ("findings.vnet-gateways.plain", "gateways"),
    ("findings.vnet-gateways.plain", "minutes"),
    ("findings.vnets-can-share-circuit", "allowed"),
    ("findings.vnets-can-share-circuit", "vnets"),
    ("rules.backup", "sites"),
    ("rules.more-than-one-site", "sites"),
    ("rules.no-device", "sites"),
    ("rules.one-site", "sites"),
    ("rules.one-site-only", "sites"),
    ("rules.several-vnets", "vnets"),
    ("rules.site-asks-expressroute", "sites"),
    ("rules.vpn-suffices", "beyond"),
    ("rules.vpn-suffices.asked", "beyond"),
    ("rules.vpn-suffices.asked-beyond", "beyond"),
    ("rules.vpn-suffices.beyond", "beyond"),
    ("findings.asn-reserved", "proposed"),
    ("words.such-as", "blocks"),
    ("words.way-without", "demands"),
    ("words.address-of-site", "site"),
    ("words.asn-of", "owner"),
    ("words.asn-to-choose", "owner"),
    ("words.bgp-not-exactly", "prefixes"),
    ("words.default-site", "sites"),
    ("words.default-site-to-choose", "sites"),
    ("words.no-subnet-in", "vnet"),
    ("words.not-public-otherwise", "sites"),
    ("words.prefix-of", "owner"),
    ("words.step-bgp-sku", "skus"),
    ("words.step-resource-manager", "skus"),
    ("words.subnet-in", "vnet"),
    ("words.subnet-replace-if-made", "minutes"),
    ("words.subnet-size-in", "vnet"),
    ("words.tunnels-to", "site"),
    ("words.tunnels-to", "tunnels"),
    ("words.unused-asn", "owner"),
    ("words.unused-device", "site"),
    ("words.unused-device-routing", "site"),
    ("words.unused-tunnels", "site"),
    ("words.unused-tunnels", "tunnels"),
    ("words.way-clients", "clients"),
    ("words.way-expressroute-named", "sites"),
    ("words.way-keep-to", "allowed"),
    ("words.way-more-clients", "clients"),
    ("words.way-other-vnets", "tunnels"),
    ("words.way-recreate", "minutes"),
    ("words.way-sites-to-expressroute", "sites"),
    ("words.way-spread", "vnets"),
    ("words.way-steps", "steps"),
    ("rules.clients", "sign_in"),
    ("rules.clients.unknown", "sign_in"),
    ("findings.expressroute-private-path.with-vpn", "others"),
    ("findings.expressroute-private-path.with-vpn", "sites"),
}
"""Each text, with the parameter that needs no other form: it stands between brackets, is the object of the sentence, or
is always one or always more."""


def told() -> Iterator[tuple[str, dict[str, Any], Finding | Reason]]:
    """Each finding and reason that the designs lead to, with its texts."""
    for changes in [*(case[1] for case in CASES), *MORE]:
        advice = advise(**changes)
        for finding in advice.findings:
            yield "findings", texts_of("findings", finding.code, finding.variant), finding
        for reason in (reason for other in advice.alternatives for reason in other.reasons):
            yield "rules", texts_of("rules", reason.rule, reason.variant), reason


def texts_of(kind: str, code: str, variant: str) -> dict[str, Any]:
    found = RAW[kind][code]
    return dict(found[variant] if variant else found) | {"path": ".".join((kind, code, *filter(None, [variant])))}


def parts(texts: dict[str, Any], parameters: Parameters) -> Iterator[tuple[dict[str, Any], str, Value]]:
    """Every parameter of a sentence and of the phrases in it, with the texts that it fills."""
    for name, value in parameters:
        yield texts, name, value
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Phrase):
                yield from parts(texts_of("words", inner.code, ""), inner.parameters)


def has_a_number(value: Value) -> bool:
    return isinstance(value, Count | Names | tuple)


def in_number(value: Value, number: int) -> Value:
    """The same value for so many."""
    if isinstance(value, Count):
        return Count(number, value.noun)
    if isinstance(value, Names):
        return Names(value.kind, tuple(f"Name {place}" for place in range(number)))
    if isinstance(value, Phrase):
        return replace(value, parameters=tuple((name, in_number(one, number)) for name, one in value.parameters))
    if isinstance(value, tuple) and value:
        return tuple(in_number(value[place % len(value)], number) for place in range(number))
    return value


COUNTED = sorted(
    {
        (texts["path"], name)
        for _, whole, found in told()
        for texts, name, value in parts(whole, found.parameters)
        if has_a_number(value) and name != "hub"  # a design has one hub
    }
)


def template_of(path: str) -> dict[str, str]:
    kind, code, *variant = path.split(".")
    found = texts_of(kind, code, ".".join(variant))
    return {language: found[language] for language in ("nl", "en")}


def test_there_is_something_to_count() -> None:
    assert len(COUNTED) > 60


@pytest.mark.parametrize(("path", "name"), COUNTED)
def test_what_counts_has_a_form_for_one_and_for_more_or_reads_the_same(path: str, name: str) -> None:
    for text in template_of(path).values():
        has_forms = re.search(rf"\{{{name}:[^}}]*\|[^}}]*\}}", text)
        assert bool(has_forms) != ((path, name) in READS_THE_SAME), text


def test_the_list_of_those_that_read_the_same_is_no_longer_than_needed() -> None:
    assert set(COUNTED) >= READS_THE_SAME


@pytest.mark.parametrize("number", [1, 2, 5])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_number_stands_beside_the_wrong_form_of_its_noun(language: str, number: int) -> None:
    wrong = {
        1: [forms[language]["other"] for forms in RAW["nouns"].values()],
        2: [forms[language]["one"] for forms in RAW["nouns"].values()],
    }[min(number, 2)]
    wrong = [noun for noun in wrong if {noun} != {forms[language]["one"] for forms in RAW["nouns"].values()}]
    pattern = re.compile(rf"(?<![\d.,/]){number} ({'|'.join(sorted(map(re.escape, wrong), key=len, reverse=True))})\b")
    for kind, _, found in told():
        filled = tuple((name, in_number(value, number)) for name, value in found.parameters)
        changed = replace(found, parameters=filled)
        texts = load_texts(EDITION)
        said = (
            texts.finding(changed, language)
            if kind == "findings" and isinstance(changed, Finding)
            else texts.reason(changed, language)  # type: ignore[arg-type]
        )
        assert not pattern.search(said), said
        assert "  " not in said
        assert said[:1] == said[:1].upper()
