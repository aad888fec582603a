"""A wish that is granted leaves a trace: what the engineer has to do because of it, with a fact of the design."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from advisor.core.advice import Advice, Finding, Reason
from advisor.core.editions import EDITIONS
from advisor.core.editions.base import RuleBook
from advisor.core.editions.e2016_12 import BOOK
from advisor.core.need import Need
from advisor.core.parameters import AnyOf, Count, Exactly, Mbps, Names, Parameters, Phrase, Value
from advisor.core.rules.bgp import bgp_asn
from advisor.wording.sentences import TEXTS_OF, load_texts, merged
from tests import builders as of_2016
from tests.advisor.core import strategies
from tests.advisor.core.edition_2026 import builders as of_2026
from tests.advisor.core.edition_2026 import test_properties as properties_2026
from tests.advisor.core.rules.test_rules import CASES
from tests.advisor.wording.test_sentences import TEXTS
from tests.every import examples

WISHES = (
    "bgp",
    "forced_tunneling",
    "transit",
    "private_path",
    "expressroute_circuit",
    "expressroute_backup",
    "active_active",
    "gateway_subnet",
    "gateway_routing",
    "gateway_sku",
)
AZURE_DEFAULT_ASN = 65_515
OF_VNETS = ("asn",)
OF_SITES = ("tunnels", "expressroute", "device", "device_routing", "asn")
MOST = 40
"""So many prefixes and sites at most has a need of a table that is asked of each wish."""


@dataclass(frozen=True)
class Edition:
    """An edition with its advice, its sentences, and its needs."""

    code: str
    advise: Callable[..., Advice]
    need: Callable[..., Need]
    cases: tuple[dict[str, Any], ...]
    needs: st.SearchStrategy[dict[str, Any]]

    @property
    def raw(self) -> dict[str, Any]:
        """Its sentences."""
        return merged(TEXTS["common"], TEXTS[TEXTS_OF[self.code]])


def is_small(raw: dict[str, Any]) -> bool:
    """Whether a need does not take long."""
    sites = raw.get("sites", ())
    return len(sites) + len(raw.get("vnets", ())) + sum(len(one.get("prefixes", ())) for one in sites) <= MOST


OLD = Edition(
    of_2016.EDITION,
    of_2016.advise,
    of_2016.need,
    tuple(case[1] for case in CASES if "pairs" not in case[0]),
    strategies.needs,
)
TODAY = Edition(
    of_2026.EDITION,
    of_2026.advise,
    of_2026.need,
    tuple(changes for changes in properties_2026.CASES if is_small(changes)),
    properties_2026.needs(),
)
BOTH = (OLD, TODAY)
USUAL = {"tunnels": 1, "device": "validated", "device_routing": "route-based"}


def wishes(raw: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each wish of a need by its path, with the same need without it."""
    for field in WISHES:
        if raw.get(field):
            yield field, {name: value for name, value in raw.items() if name != field}
    for kind, fields in (("vnets", OF_VNETS), ("sites", OF_SITES)):
        for index, member in enumerate(raw.get(kind, [])[:3]):
            for field in fields:
                usual = AZURE_DEFAULT_ASN if (kind, field) == ("vnets", "asn") else USUAL.get(field)
                if member.get(field) not in (None, usual):
                    plain = {name: value for name, value in member.items() if name != field}
                    others = [*raw[kind][:index], plain, *raw[kind][index + 1 :]]
                    yield f"{kind}[{index}].{field}", raw | {kind: others}


def refused(path: str, advice: Advice) -> bool:
    """Whether an error is about just this wish: then it is not granted, and the error says what to do."""
    return any(found.severity == "error" and path in found.subjects for found in advice.findings)


def told_anyway(path: str, raw: dict[str, Any], advice: Advice, edition: Edition) -> bool:
    """Whether what a wish asks is stated without it too: today a peered VNet uses the gateway of the hub with or
    without transit, a classic hub must first be migrated, and a policy-based gateway has devices that are set up by
    policy.
    """
    codes = {found.code for found in advice.findings}
    if edition is OLD:
        return False
    if path == "transit":
        hub, *_ = raw.get("vnets") or [{}]
        return "gateway-transit" in codes or ("classic-retired" in codes and hub.get("model") == "classic")
    return path.endswith(".device_routing") and raw.get("gateway_routing") == "policy-based"


def told(advice: Advice, language: str, edition: Edition) -> dict[tuple[str, str], Finding | Reason]:
    """Every finding and reason with its code and its text."""
    texts = load_texts(edition.code)
    found: dict[tuple[str, str], Finding | Reason] = {
        (one.code, texts.finding(one, language)): one for one in advice.findings
    }
    reasons = [one for connection in advice.connections for one in connection.reasons]
    reasons += [one for alternative in advice.alternatives for one in alternative.reasons]
    found |= {(one.rule, texts.reason(one, language)): one for one in reasons}
    return found


def facts_in(one: Finding | Reason, language: str, raw: dict[str, Any]) -> set[str]:
    """The facts that fill the template of a finding or a reason, one by one."""
    kind, code = ("findings", one.code) if isinstance(one, Finding) else ("rules", one.rule)
    sentences = raw[kind][code]
    template = (sentences[one.variant] if one.variant else sentences)[language]
    return set(_filled(template, one.parameters, language, raw))


def _filled(template: str, parameters: Parameters, language: str, raw: dict[str, Any]) -> Iterator[str]:
    for name, value in parameters:
        if re.search(rf"\{{{name}(:(or|comma|sentences))?\}}", template):
            yield from _leaves(value, language, raw)


def _leaves(value: Value, language: str, raw: dict[str, Any]) -> Iterator[str]:
    match value:
        case Phrase(code, parameters):
            yield from _filled(raw["words"][code][language], parameters, language, raw)
        case Names(names=values) | AnyOf(values) | tuple(values):
            for one in values:
                yield from _leaves(one, language, raw)
        case Count(number) | Exactly(number) | Mbps(number):
            yield str(number)
        case str():
            yield from (value, *re.findall(r"[\d.]+/\d+", value))


def facts_of(asked: Need, advice: Advice) -> set[str]:
    """The names, numbers, and blocks of a design. A SKU that is merely another one says nothing of the wish."""
    found: set[str] = set()
    for vnet in asked.vnets:
        found |= {vnet.name, str(vnet.asn), *map(str, vnet.prefixes)}
    for site in asked.sites:
        found |= {site.name, str(site.asn), str(site.tunnels), *map(str, site.prefixes)}
    found |= {str(asked.gateway_subnet), str(asked.gateway_sku), str(asked.gateway_routing)}
    if advice.gateway:
        found |= {str(advice.gateway.subnet), str(advice.gateway.tunnels)}
    if advice.expressroute:
        found |= {str(advice.expressroute.circuit_mbps)}
    return found - {"None"}


def untraced(raw: dict[str, Any], language: str, edition: Edition) -> list[str]:
    """The wishes of a need that are granted and leave no trace."""
    granted, sentences = edition.advise(**raw), edition.raw
    facts, with_it = facts_of(edition.need(**raw), granted), told(granted, language, edition)
    found = []
    for path, without in wishes(raw):
        if not refused(path, granted) and not told_anyway(path, raw, granted, edition):
            before = told(edition.advise(**without), language, edition)
            because = [one for said, one in with_it.items() if said not in before]
            if not any(facts & facts_in(one, language, sentences) for one in because):
                found.append(path)
    return found


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("edition", BOTH, ids=lambda edition: edition.code)
def test_a_granted_wish_leaves_a_trace(edition: Edition, language: str) -> None:
    assert [(case, lost) for case in edition.cases if (lost := untraced(case, language, edition))] == []


@pytest.mark.parametrize("edition", BOTH, ids=lambda edition: edition.code)
def test_a_granted_wish_leaves_a_trace_in_any_design(edition: Edition) -> None:
    @given(raw=edition.needs)
    @settings(max_examples=examples(30), deadline=None, phases=[Phase.generate])
    def holds(raw: dict[str, Any]) -> None:
        assert untraced(raw, "nl", edition) == []
        assert untraced(raw, "en", edition) == []

    holds()


def test_a_wish_of_which_nobody_speaks_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = {"sites": [{"name": "Goes"}], "bgp": True}
    assert untraced(raw, "en", OLD) == []
    rules = tuple(rule for rule in BOOK.rules if rule is not bgp_asn)
    monkeypatch.setitem(cast(dict[str, RuleBook], EDITIONS), OLD.code, replace(BOOK, rules=rules))
    assert untraced(raw, "en", OLD) == ["bgp"]
