"""Every reason and every parameter of a deployment has its sentence, and no sentence is left over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any

import pytest

from advisor.core.decide import decide
from advisor.core.deployment import Deployment, DeploymentRefused, Options, deployment_of
from advisor.core.deployment_asks import asked
from advisor.core.deployment_parameters import ORDER, Ask, Why
from advisor.formats.deployables.bicep_syntax import NAMES
from advisor.formats.deployables.commentary import Commentary
from advisor.formats.deployables.header import Header
from advisor.wording.sentences import deployable_texts
from tests.advisor.core.deployments import CERTIFIED, deployed
from tests.advisor.core.edition_2026.builders import BY_CIRCUIT, BY_VPN, HUB, OFFICE, SPOKE, catalogue, need
from tests.advisor.core.edition_2026.test_properties import CASES
from tests.builders import site, vnet
from web.languages import LANGUAGES

HEADER = Header(None, (), date(2026, 9, 5), "https://gatewijzer.example/{}".format)

MORE: tuple[dict[str, Any], ...] = (
    {"vnets": [vnet("Mijn hub", "10.20.0.0/16")], "sites": [OFFICE]},
    {"vnets": [vnet("hub")], "clients": CERTIFIED, "gateway_sku": "VpnGw1AZ"},
    {"sites": [site("Tilburg")], "gateway_sku": "Standard"},
    {"sites": [OFFICE], "gateway_sku": "HighPerformance", "forced_tunneling": True, "active_active": True},
    {"sites": [BY_CIRCUIT | {"expressroute": True}, OFFICE | {"expressroute": False}], "gateway_sku": "VpnGw1AZ"},
    {"sites": [BY_CIRCUIT], "expressroute_encryption": True, "gateway_sku": "VpnGw1AZ"},
    {"sites": [OFFICE, site("Goes", "192.168.30.0/24")], "forced_tunneling": True},
    {"sites": [site("Goes", tunnels=2)], "bgp": True, "forced_tunneling": True},
    {"sites": [OFFICE], "active_active": True, "clients": CERTIFIED | {"root_certificates": 2}},
    {"clients": CERTIFIED | {"protocol": "sstp"}, "gateway_sku": "VpnGw1AZ"},
    {"clients": CERTIFIED | {"protocol": "sstp"}, "as_of": "2026-02-01"},
    {"clients": CERTIFIED | {"authentication": "entra-id"}},
    {"vnets": [vnet("hub", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")], "clients": CERTIFIED},
    {"vnets": [HUB | {"subscription": "a"}, SPOKE | {"subscription": "b"}]},
    {"vnets": [HUB, vnet("far", region="Sweden Central", asn=65_020)], "vnet_encryption": True, "bgp": True},
    {"sites": [BY_CIRCUIT, BY_VPN], "bgp": True, "transit": True},
    {"sites": [BY_CIRCUIT], "bandwidth_mbps": 20_000},
    {"sites": [BY_CIRCUIT]},
)


@cache
def deployments() -> tuple[Deployment, ...]:
    """What is deployed for the needs of the tables that fit and are not large, and for those above."""
    made = tuple(deployed(Options(vnets=how), **changes) for changes in MORE for how in ("existing", "new"))
    return made + tuple(_of_tables())


def _of_tables() -> Iterator[Deployment]:
    for wanted in {repr(found): found for found in (need(**changes) for changes in CASES)}.values():
        try:
            yield deployment_of(wanted, decide(wanted, catalogue()), catalogue(), Options())
        except DeploymentRefused:
            continue


def reasons(found: object) -> Iterator[Why]:
    """Every reason inside."""
    if isinstance(found, Why):
        yield found
    elif isinstance(found, tuple):
        for one in found:
            yield from reasons(one)
    elif is_dataclass(found) and not isinstance(found, type):
        for field in fields(found):
            yield from reasons(getattr(found, field.name))


def test_every_reason_has_its_sentence_and_no_sentence_is_left_over() -> None:
    told = {why.code: why for deployment in deployments() for why in reasons(deployment.resources)}
    assert set(told) == set(deployable_texts().codes("why"))
    for language in LANGUAGES:
        commentary = Commentary(HEADER, "bicep", language)
        for why in told.values():
            assert commentary.why(why)


def test_every_reason_but_a_changed_name_says_where_it_is_written() -> None:
    for deployment in deployments():
        for why in reasons(deployment.resources):
            assert why.entry or why.source or why.code == "vnet-renamed", why.code


def test_every_parameter_has_its_description_and_none_is_left_over() -> None:
    described = {one.sentence: one for deployment in deployments() for one in deployment.parameters}
    assert set(described) == set(deployable_texts().codes("parameters"))
    for language in LANGUAGES:
        commentary = Commentary(HEADER, "bicep", language)
        for parameter in described.values():
            assert commentary.description(parameter)


def test_every_value_that_is_asked_for_has_one_parameter_in_order() -> None:
    for deployment in deployments():
        asks = [one.ask for one in deployment.parameters]
        assert len(set(asks)) == len(asks)
        assert set(asked(deployment.resources)) <= set(asks)
        assert [ORDER.index(ask.code) for ask in asks] == sorted(ORDER.index(ask.code) for ask in asks)
        for one in deployment.parameters:
            fixed = one.kind == "set" and one.code != "tenant-id"
            assert (one.default is not None) is fixed, one


def test_bicep_has_a_name_for_every_parameter_that_it_asks_for() -> None:
    assert set(NAMES) == set(ORDER) - {"key-vault", "resource-group", "subscription-id"}


@pytest.mark.parametrize(
    ("fields_", "expected"),
    [
        ({"sites": [OFFICE]}, True),
        ({"clients": CERTIFIED}, False),
        ({"clients": CERTIFIED | {"authentication": "radius"}}, True),
        ({"vnets": [HUB, SPOKE]}, False),
    ],
)
def test_a_key_vault_is_asked_for_where_there_is_a_secret(fields_: dict[str, Any], expected: bool) -> None:
    assert (Ask("key-vault") in [one.ask for one in deployed(**fields_).parameters]) is expected
