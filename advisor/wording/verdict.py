"""The verdict on a design in words: the outcome, why, and what to do about it. Pure: no Django."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.core.advice import Advice
from advisor.core.need import Need
from advisor.core.parameters import Count, Names, Phrase, Value, phrase
from advisor.core.rules.naming import clients_of, hub_name
from advisor.wording.sentences import Texts

MOST_NAMED = 2
"""So many sites, or VNets, are named in the verdict; more are counted."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an engineer reads first. `code` is the verdict of the advice; `outcome`, `reason` and `remedy` are
    sentences, `remedy` empty where nothing stands in the way. `more` counts the errors that it does not tell.
    """

    code: str
    outcome: str
    reason: str
    remedy: str
    more: int


def verdict_of(need: Need, advice: Advice, texts: Texts, language: str, assumptions: int = 0) -> Verdict:
    """The verdict on a design that so many assumptions were made for."""
    errors = [found for found in advice.findings if found.severity == "error"]
    warnings = sum(found.severity == "warning" for found in advice.findings)
    if errors:
        reason, remedy = texts.finding_in_two(errors[0], language)
        return Verdict(advice.verdict, texts.verdict("does-not-fit", language), reason, remedy, len(errors) - 1)
    if not advice.connections:
        nothing, reason, remedy = (texts.verdict(code, language) for code in ("nothing", "nothing-yet", "add"))
        return Verdict(advice.verdict, nothing, reason, remedy, 0)
    facts = {"warnings": Count(warnings, "warning"), "assumptions": Count(assumptions, "assumption")}
    outcome = texts.verdict(advice.verdict + ("-if" if assumptions else ""), language, **facts)
    reason = texts.verdict(
        "connects",
        language,
        members=tuple(_members(need, advice)),
        hub=hub_name(need),
        means=tuple(_means(advice)),
    )
    return Verdict(advice.verdict, outcome, reason, "", 0)


def _members(need: Need, advice: Advice) -> Iterator[Value]:
    """What the design joins to the hub: sites and VNets by name where there are few, clients by their number."""
    joined = {name for connection in advice.connections for name in connection.members}
    for kind, members in (("site", need.sites), ("vnet", need.vnets[1:])):
        names = tuple(member.name for member in members if member.name in joined)
        if names:
            yield Names(kind, names) if len(names) <= MOST_NAMED else Count(len(names), kind)
    if any(connection.type == "point-to-site" for connection in advice.connections):
        yield clients_of(need)


def _means(advice: Advice) -> Iterator[Phrase]:
    """The gateways that it takes, or peering where there is nothing else."""
    if advice.gateway:
        yield phrase("by-vpn-gateway", routing=advice.gateway.routing, sku=advice.gateway.sku)
    if advice.expressroute:
        yield phrase("by-expressroute-gateway", sku=advice.expressroute.gateway_sku)
    if not advice.gateway and not advice.expressroute:
        yield phrase("by-peering")
