"""What to do after an advice: made from the design, in the order of the work, and nothing that exists already."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.core.advice import Advice
from advisor.wording.sentences import load_texts
from tests import builders as of_2016
from tests.advisor.core.edition_2026 import builders as of_2026
from tests.builders import advise, site, sites, vnet

HUB = [vnet("hub", "10.0.0.0/16")]


def codes(advice: Advice) -> list[str]:
    return [step.code for step in advice.next_steps]


def told(advice: Advice) -> str:
    return "\n".join(load_texts(advice.edition).step(step, "en") for step in advice.next_steps)


@pytest.mark.parametrize("advise", [of_2016.advise, of_2026.advise])
def test_a_design_that_does_not_fit_is_not_built(advise: Any) -> None:
    advice = advise(vnets=HUB, sites=[site("Utrecht", "10.0.4.0/24"), site("Breda", "10.0.8.0/24")])
    assert advice.verdict == "does-not-fit"
    assert codes(advice) == ["solve-errors"]
    assert "all errors" in told(advice)


def test_one_error_is_told_as_one() -> None:
    assert "the error in this advice" in told(advise(vnets=HUB, clients={"count": 200}))


def test_a_hub_alone_has_nothing_to_build() -> None:
    assert codes(advise(vnets=HUB)) == ["add-members"]


def test_what_takes_weeks_comes_first() -> None:
    advice = advise(vnets=HUB, sites=[site("Utrecht", "192.168.1.0/24")], private_path=True, bandwidth_mbps=300)
    assert codes(advice)[0] == "order-circuit"
    assert "an ExpressRoute circuit of 500 Mbps for site Utrecht" in told(advice)


def test_a_circuit_that_exists_is_linked_and_not_ordered() -> None:
    advice = advise(vnets=HUB, sites=[site("Utrecht", "192.168.1.0/24")], expressroute_circuit=True)
    assert "order-circuit" not in codes(advice)
    assert "Link the existing circuit of site Utrecht" in told(advice)


@pytest.mark.parametrize(
    ("given", "gone"),
    [
        ({"gateway_subnet": "10.0.255.0/27"}, {"create-gateway-subnet"}),
        ({"gateway_sku": "Standard", "gateway_routing": "route-based"}, {"create-gateway-subnet", "vpn-gateway"}),
    ],
)
def test_what_exists_is_not_made_again(given: dict[str, Any], gone: set[str]) -> None:
    asked = {"vnets": HUB, "sites": [site("Utrecht", "192.168.1.0/24"), site("Breda", "192.168.2.0/24")], "bgp": True}
    assert gone <= set(codes(advise(**asked)))
    assert not gone & set(codes(advise(**asked, **given)))


def test_a_gateway_of_unknown_sku_is_to_be_checked() -> None:
    advice = advise(vnets=HUB, sites=sites(11), gateway_routing="route-based")
    assert "Check that the existing VPN gateway of VNet hub has SKU HighPerformance or larger" in told(advice)


def test_steps_name_blocks_skus_and_sites() -> None:
    advice = advise(
        vnets=HUB, sites=[site("Utrecht", "192.168.1.0/24")], clients={"count": 20, "pool": "172.16.0.0/24"}
    )
    for fact in ("10.0.255.240/28", "SKU Basic", "site Utrecht", "172.16.0.0/24", "20 clients"):
        assert fact in told(advice)


def test_only_what_is_unknown_has_to_be_found_out() -> None:
    known = site("Utrecht", "192.168.1.0/24", public_ipv4="87.233.0.1")
    assert "find-out" not in codes(advise(vnets=HUB, sites=[known]))
    unknown = told(advise(vnets=HUB, sites=[known, site("Breda")]))
    assert "the prefixes of site Breda and the public IP address of site Breda" in unknown


def test_each_site_has_a_key_of_its_own() -> None:
    advice = advise(vnets=HUB, sites=[site("Utrecht", "192.168.1.0/24"), site("Breda", "192.168.2.0/24")])
    assert "a pre-shared key (PSK) of its own" in told(advice)


def test_vnets_are_joined_by_gateways_in_2016_and_peered_today() -> None:
    asked = {"vnets": [*HUB, vnet("spoke", "10.1.0.0/16")]}
    assert "create-other-gateways" in codes(of_2016.advise(**asked))
    assert "VNet spoke: 10.1.255.240/28" in told(of_2016.advise(**asked))
    assert "create-peerings" in codes(of_2026.advise(**asked))


@pytest.mark.parametrize(
    ("asked", "addresses"),
    [
        ({"sites": [site("Utrecht", "192.168.1.0/24")]}, "1 public IP address"),
        ({"sites": [site("Utrecht", "192.168.1.0/24")], "active_active": True}, "2 public IP addresses"),
        ({"clients": {"count": 5}, "active_active": True}, "3 public IP addresses"),
    ],
)
def test_a_gateway_of_today_has_so_many_public_addresses(asked: dict[str, Any], addresses: str) -> None:
    assert addresses in told(of_2026.advise(vnets=HUB, **asked))


@pytest.mark.parametrize(
    ("authentication", "word"), [(None, "certificate"), ("entra-id", "Entra ID"), ("radius", "RADIUS")]
)
def test_clients_are_set_up_as_they_sign_in(authentication: str | None, word: str) -> None:
    clients = {"count": 5, "authentication": authentication}
    assert word in told(of_2026.advise(vnets=HUB, clients=clients))


def test_traffic_is_tried_before_all_of_it_is_sent_on_premises() -> None:
    advice = advise(vnets=HUB, sites=[site("Utrecht", "192.168.1.0/24")], forced_tunneling=True)
    assert codes(advice)[-2:] == ["test-connections", "turn-on-forced-tunneling"]
