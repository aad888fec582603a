"""The verdict in words: outcome, reason and remedy."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.wording.sentences import load_texts
from advisor.wording.verdict import Verdict, verdict_of
from tests.advisor.core.rules.test_rules import CASES
from tests.builders import advise, need, site, sites, vnet

HUB = [vnet("hub", "10.0.0.0/16")]


def verdict(language: str = "en", assumptions: int = 0, **asked: Any) -> Verdict:
    advice = advise(**asked)
    return verdict_of(need(**asked), advice, load_texts(advice.edition), language, assumptions)


def test_a_design_that_does_not_fit_says_why_and_what_to_do() -> None:
    told = verdict(clients={"count": 200})
    assert told.outcome == "This design does not fit."
    assert told.reason == "You asked for 200 clients at the same time, but a VNet allows at most 128 clients."
    assert told.remedy.startswith("Remove 72, spread the clients over 2 VNets")
    assert told.more == 0


def test_it_counts_the_errors_that_it_does_not_tell() -> None:
    assert verdict(sites=sites(31), clients={"count": 200}).more == 1


def test_a_design_that_fits_says_what_it_connects_and_how() -> None:
    told = verdict(vnets=HUB, sites=[site("Utrecht")], clients={"count": 90})
    assert told.outcome == "This design fits."
    assert told.reason == (
        "It connects site Utrecht and 90 clients to VNet hub through a route-based VPN gateway with SKU Basic."
    )


def test_many_sites_are_counted() -> None:
    assert "It connects 12 sites to" in verdict(sites=sites(12)).reason


@pytest.mark.parametrize(
    ("assumptions", "outcome"),
    [
        (1, "This design fits, if 1 assumption holds."),
        (7, "This design fits, if 7 assumptions hold."),
    ],
)
def test_a_design_on_assumptions_fits_only_if_they_hold(assumptions: int, outcome: str) -> None:
    assert verdict(assumptions=assumptions, sites=[site("Utrecht")]).outcome == outcome


def test_warnings_are_counted_with_the_assumptions() -> None:
    told = verdict("nl", 2, sites=[site("Utrecht", device="unlisted")])
    assert told.outcome == "Dit ontwerp past, met 1 waarschuwing, als 2 aannames kloppen."


def test_a_hub_alone_has_nothing_to_connect() -> None:
    told = verdict("nl", vnets=HUB)
    assert told.outcome == "Er is nog niets te verbinden."
    assert "tweede VNet" in told.remedy


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_case_of_the_rules_has_an_outcome_and_a_reason(language: str) -> None:
    for _name, asked, _codes in CASES:
        told = verdict(language, **asked)
        assert told.outcome.endswith(".")
        assert told.reason
        assert told.code == advise(**asked).verdict


def test_a_name_with_a_full_stop_does_not_end_the_reason() -> None:
    told = verdict(vnets=HUB, sites=[site("Nr. 1. Breda", "10.0.1.0/24")])
    assert "Nr. 1. Breda" in told.reason
