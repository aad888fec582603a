"""What advice proposes goes together: blocks that do not overlap, numbers that differ, one way for one gateway."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings

from advisor.core.addressing import Prefix, read_prefix
from advisor.core.advice import Advice
from advisor.core.parameters import Phrase, Value
from tests.advisor.core.strategies import needs
from tests.builders import advise, codes, site, vnet
from tests.every import examples

HUB = vnet("hub", "10.8.0.0/16")


def proposed(advice: Advice) -> Iterator[tuple[str, Prefix]]:
    """Each block that an advice proposes, and for whom."""
    if advice.client_pool:
        yield "pool", advice.client_pool
    for found in advice.findings:
        facts = dict(found.parameters)
        of_pool = found.code == "client-pool-too-small" or found.variant == "pool"
        owner = "pool" if of_pool else str(facts.get("renumbered", found.code))
        yield from ((owner, block) for name in ("proposal", "example") for block in blocks_in(facts.get(name, "")))


def blocks_in(value: Value) -> Iterator[Prefix]:
    match value:
        case Phrase(parameters=parameters):
            for _, inner in parameters:
                yield from blocks_in(inner)
        case tuple():
            for inner in value:
                yield from blocks_in(inner)
        case str() if "/" in value:
            yield read_prefix(value)


def clashes(advice: Advice) -> list[tuple[str, str]]:
    """The owners of blocks that overlap though they are of two."""
    found = sorted(set(proposed(advice)), key=str)
    return [
        (one, other)
        for place, (one, block) in enumerate(found)
        for other, other_block in found[place + 1 :]
        if one != other and block.overlaps(other_block)
    ]


OVERLAPPING = [
    [site("Hoofdkantoor", "192.168.0.0/16"), site("Emmen", "192.168.40.0/24"), site("Sneek", "192.168.41.0/24")],
    [site("HQ", "10.0.0.0/8", "172.16.0.0/12"), site("B", "10.9.0.0/24"), site("C", "10.9.0.0/25")],
    [site("A", "192.168.1.0/24"), site("B", "192.168.1.0/24"), site("C", "192.168.1.0/24")],
]


@pytest.mark.parametrize("listed", OVERLAPPING)
def test_no_two_members_are_proposed_the_same_block(listed: list[dict[str, Any]]) -> None:
    advice = advise(vnets=[HUB], sites=listed, clients={"count": 40, "pool": "10.200.0.0/24"})
    assert clashes(advice) == []


def test_each_vnet_without_room_gets_a_block_of_its_own() -> None:
    full = [vnet(f"spoke-{number}", f"10.9.{number}.0/28", subnets=[f"10.9.{number}.0/28"]) for number in (1, 2)]
    advice = advise(vnets=[HUB, *full])
    (found,) = [found for found in advice.findings if found.code == "gateway-subnet-no-room"]
    blocks = list(blocks_in(dict(found.parameters)["example"]))
    assert len(set(blocks)) == 2


@settings(max_examples=examples(150), deadline=None)
@given(raw=needs)
def test_in_any_design_no_proposal_overlaps_another(raw: dict[str, Any]) -> None:
    advice = advise(**raw)
    assert clashes(advice) == []


class TestNumbers:
    """Autonomous system numbers."""

    def test_two_reserved_numbers_get_two_others(self) -> None:
        advice = advise(vnets=[vnet("hub", "10.8.0.0/16", asn=12076)], sites=[site("A", asn=64496)], bgp=True)
        (found,) = [found for found in advice.findings if found.code == "asn-reserved"]
        assert len(set(map(str, dict(found.parameters)["proposed"]))) == 2  # type: ignore[arg-type]

    def test_a_site_with_the_number_of_azure_changes_and_the_hub_does_not(self) -> None:
        advice = advise(vnets=[HUB], sites=[site("Utrecht", asn=65515)], bgp=True)
        told = {
            found.code: str(dict(found.parameters)["proposed"])
            for found in advice.findings
            if found.code.startswith("asn-")
        }
        assert told["asn-equal"] == told["asn-reserved"]
        assert "Utrecht" in told["asn-equal"]
        assert "hub" not in told["asn-equal"]

    def test_sites_with_one_number_do_not_reach_each_other(self) -> None:
        advice = advise(vnets=[HUB], sites=[site("B", asn=65001), site("C", asn=65001)], bgp=True, transit=True)
        (found,) = [found for found in advice.findings if found.code == "transit"]
        assert found.variant == "same-asn"

    def test_a_number_has_an_effect_where_a_larger_sku_gives_it_one(self) -> None:
        advice = advise(vnets=[HUB], sites=[site("A", asn=65001)], bgp=True, gateway_sku="Basic")
        assert "bgp-asn" in codes(advice)
        assert "wish-unused" not in codes(advice)


class TestOneWay:
    """What findings say of one gateway agrees."""

    def test_a_gateway_whose_subnet_goes_is_not_resized(self) -> None:
        advice = advise(
            vnets=[HUB],
            sites=[site("A", expressroute=True), site("B", expressroute=False)],
            gateway_sku="Basic",
            gateway_subnet="10.8.1.0/28",
        )
        ways = {found.code: found.variant for found in advice.findings}
        assert ways["gateway-sku-too-small"] == "recreate"
        assert ways["existing-gateway"] == "recreate"

    def test_what_a_policy_based_gateway_rules_out_is_what_can_be_left_away(self) -> None:
        policy_based = site("Goes", device_routing="policy-based")
        advice = advise(vnets=[HUB], sites=[policy_based], clients={"count": 1})
        (found,) = [found for found in advice.findings if found.code == "policy-based-single-tunnel"]
        told = str(dict(found.parameters)["ways"])
        assert "way-without" in told
        assert "way-keep-to" not in told
