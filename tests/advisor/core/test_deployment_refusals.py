"""What one format cannot be written for, and an edition whose designs can no longer be made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from advisor.core.deployment import Deployment, DeploymentRefused, Options, deployment_of
from advisor.core.deployment_refusals import check_az, check_bicep, check_nothing, check_site, chosen_site
from advisor.wording.sentences import deployable_texts
from tests import builders
from tests.advisor.core.deployments import CERTIFIED, deployed
from tests.advisor.core.edition_2026.builders import BY_CIRCUIT, HUB, OFFICE, catalogue
from tests.builders import site, vnet
from web.languages import LANGUAGES

CHECKS = {"bicep": check_bicep, "az": check_az, "site": check_site, "any": check_nothing}


def refusals(deployment: Deployment) -> dict[str, str]:
    """Which checks refuse a deployment, and with what; each refusal has a sentence in every language."""
    found = {name: refused for name, check in CHECKS.items() if (refused := refusal(check, deployment))}
    for refused in found.values():
        for language in LANGUAGES:
            assert deployable_texts().deployable("refused", refused.reason, language, refused.parameters)
    return {name: refused.reason for name, refused in found.items()}


def refusal(check: Callable[[Deployment], None], deployment: Deployment) -> DeploymentRefused | None:
    """What a check raises, if it does."""
    try:
        check(deployment)
    except DeploymentRefused as refused:
        return refused
    return None


def peered(count: int) -> list[dict[str, Any]]:
    """The hub and so many VNets."""
    return [HUB, *(vnet(f"v{at}", f"10.{100 + at // 250}.{at % 250}.0/24") for at in range(count))]


def joined(count: int) -> list[dict[str, Any]]:
    """So many sites."""
    return [site(f"S{at}", f"172.16.{at}.0/24") for at in range(count)]


LABELLED = [HUB | {"subscription": "prod"}, vnet("spoke", "10.30.0.0/16", subscription="test")]
DEVICE = {"site": "which-site"}
NO_DEVICE = {"site": "site-not-on-vpn"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"sites": [OFFICE]}, {}),
        ({"vnets": LABELLED}, {"bicep": "several-subscriptions"} | NO_DEVICE),
        ({"vnets": [LABELLED[0], vnet("spoke", "10.30.0.0/16", subscription="prod")]}, NO_DEVICE),
        ({"vnets": peered(400)}, NO_DEVICE),
        ({"vnets": peered(400), "sites": [OFFICE]}, {"bicep": "too-many-resources"}),
        ({"sites": joined(84), "bgp": True}, {"bicep": "too-many-resources"} | DEVICE),
        ({"sites": joined(62), "bgp": True}, DEVICE),
        ({"sites": [OFFICE], "active_active": True, "clients": CERTIFIED}, {"az": "az-active-active-clients"}),
        ({"sites": [OFFICE], "active_active": True}, {}),
        ({"sites": [OFFICE], "clients": CERTIFIED}, {}),
        ({"sites": [OFFICE], "active_active": True, "clients": CERTIFIED, "gateway_sku": "VpnGw2AZ"}, {}),
        ({"sites": joined(2)}, DEVICE),
        ({"sites": [BY_CIRCUIT]}, NO_DEVICE),
        ({"clients": CERTIFIED}, NO_DEVICE),
    ],
)
def test_a_format_refuses_what_it_cannot_be(fields: dict[str, Any], expected: dict[str, str]) -> None:
    assert refusals(deployed(**fields)) == expected


def test_the_refusal_of_a_template_says_how_much_is_too_much() -> None:
    with pytest.raises(DeploymentRefused) as refused:
        check_bicep(deployed(vnets=peered(400), sites=[OFFICE]))
    said = deployable_texts().deployable("refused", "too-many-resources", "en", refused.value.parameters)
    assert said == "This design has 805 resources and 4 parameters; a Bicep file can have at most 800 and 256."


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("Tilburg", "Tilburg"), ("TILBURG", "Tilburg"), ("Goes", "Goes")],
)
def test_a_site_is_found_by_its_name(asked: str, expected: str) -> None:
    sites = [OFFICE, site("Goes", "192.168.30.0/24"), BY_CIRCUIT]
    assert chosen_site(deployed(Options(site=asked), sites=sites)).typed == expected


@pytest.mark.parametrize(
    ("asked", "reason", "said"),
    [
        ("Utrecht", "no-such-site", "There is no site Utrecht. Sites with a VPN tunnel: Tilburg, Goes."),
        ("breda", "site-not-on-vpn", "Without a VPN tunnel to the site there is nothing to set on a device."),
        (None, "which-site", "Choose which site it is for: Tilburg or Goes."),
    ],
)
def test_a_site_without_a_tunnel_is_refused_in_words(asked: str | None, reason: str, said: str) -> None:
    sites = [OFFICE, site("Goes", "192.168.30.0/24"), BY_CIRCUIT | {"expressroute": True}]
    kept = [one | {"expressroute": False} for one in sites[:2]]
    with pytest.raises(DeploymentRefused) as refused:
        chosen_site(deployed(Options(site=asked), sites=[*kept, sites[2]]))
    assert refused.value.reason == reason
    assert deployable_texts().deployable("refused", reason, "en", refused.value.parameters) == said


def test_the_only_site_with_a_tunnel_need_not_be_named() -> None:
    assert chosen_site(deployed(sites=[OFFICE | {"expressroute": False}, BY_CIRCUIT])).typed == "Tilburg"


@pytest.mark.parametrize("fields", [{"sites": [site("Tilburg", "192.168.10.0/24")]}, {}])
def test_an_edition_whose_skus_are_gone_has_no_files(fields: dict[str, Any]) -> None:
    advice = builders.advise(**fields)
    with pytest.raises(DeploymentRefused) as refused:
        deployment_of(builders.need(**fields), advice, builders.catalogue(), Options())
    assert refused.value.reason == "edition-not-deployable"
    assert dict(refused.value.parameters) == {"edition": "2016-12"}


def test_edition_2026_says_that_it_is_deployable() -> None:
    assert catalogue().flag("gateway.deployable")
    assert "gateway.deployable" not in builders.catalogue()
