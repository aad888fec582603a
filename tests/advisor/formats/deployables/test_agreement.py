"""The formats agree: for each need of the tables that fits they make the same, and it is what the advice says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from advisor.core.advice import Advice
from advisor.core.decide import decide
from advisor.core.deployment import Deployment, DeploymentRefused, Options, deployment_of
from advisor.formats.deployables import az, bicep, terraform
from tests.advisor.core.edition_2026.builders import catalogue, need
from tests.advisor.formats.deployables import az_runs, bicep_reading, terraform_files
from tests.advisor.formats.deployables.published_schemas.schema import EXPRESSION
from tests.advisor.formats.deployables.scenarios import HEADER, SCENARIOS, tables
from tests.every import some

LARGEST = 60
"""Resources. A parser takes a minute for a design of hundreds, which shows nothing that a smaller one does not."""

GATEWAYS, CONNECTIONS, SITES = "gateways", "connections", "local network gateways"
PEERINGS, ADDRESSES = "peerings", "public addresses"


@dataclass(frozen=True)
class Made:
    """What a file makes: how many of each kind, the SKUs of its gateways, and its subnets that are known."""

    counts: Counter[str]
    skus: Counter[str]
    subnets: frozenset[str]


def by_bicep(deployment: Deployment) -> Made:
    found = bicep_reading.read(bicep.write(deployment, HEADER, "en"))
    of_type = {
        "virtualNetworkGateways": GATEWAYS,
        "connections": CONNECTIONS,
        "localNetworkGateways": SITES,
        "virtualNetworks/virtualNetworkPeerings": PEERINGS,
        "publicIPAddresses": ADDRESSES,
    }
    # what has a condition waits for the provider of a circuit
    counts = {kind: sum(one.condition is None for one in found.of_type(name)) for name, kind in of_type.items()}
    bodies = [found.body(one)["properties"] for one in found.of_type("virtualNetworkGateways")]
    subnets = [found.body(one)["properties"]["addressPrefix"] for one in found.of_type("virtualNetworks/subnets")]
    return Made(
        +Counter(counts),
        Counter(body["sku"]["name"] for body in bodies),
        frozenset(prefix for prefix in subnets if prefix != EXPRESSION),
    )


def by_terraform(deployment: Deployment) -> Made:
    found = terraform_files.evaluated(terraform.write(deployment, HEADER, "en"))
    of_type = {
        "azurerm_virtual_network_gateway": GATEWAYS,
        "azurerm_virtual_network_gateway_connection": CONNECTIONS,
        "azurerm_local_network_gateway": SITES,
        "azurerm_virtual_network_peering": PEERINGS,
        "azurerm_public_ip": ADDRESSES,
        "azurerm_subnet": "subnets",
    }
    made: dict[str, list[dict[str, Any]]] = {
        kind: [one for one in found.get(name, []) if not one["__tfmeta"]["path"].startswith("data.")]
        for name, kind in of_type.items()
    }
    subnets = made.pop("subnets")
    known = (one.get("address_prefixes") or [] for one in subnets)
    return Made(
        +Counter({kind: len(blocks) for kind, blocks in made.items()}),
        Counter(one["sku"] for one in made[GATEWAYS]),
        frozenset(str(prefix) for prefixes in known for prefix in prefixes if "/" in str(prefix)),
    )


def by_az(deployment: Deployment) -> Made:
    done = az_runs.run(az.write(deployment, HEADER, "en"))
    assert (done.status, done.said) == (0, "")
    commands = {
        "network vnet-gateway create": GATEWAYS,
        "network vpn-connection create": CONNECTIONS,
        "network local-gateway create": SITES,
        "network vnet peering create": PEERINGS,
        "network public-ip create": ADDRESSES,
    }
    calls = done.counts()
    skus = [call.option("--sku") or [""] for call in done.of("network vnet-gateway create")]
    subnets = [call.option("--address-prefixes") or [""] for call in done.of("network vnet subnet create")]
    return Made(
        +Counter({kind: calls[command] for command, kind in commands.items()}),
        Counter(sku for (sku,) in skus),
        frozenset(prefix for prefixes in subnets for prefix in prefixes if "/" in prefix),
    )


def designs() -> Iterator[tuple[str, Advice, Deployment]]:
    """Each need of the scenarios and of the tables that fits, where the VNets are made too; of the tables a test run
    takes a part.
    """
    for name, fields in [*SCENARIOS.items(), *some(tables(), 5)]:
        asked = need(**fields)
        advice = decide(asked, catalogue())
        try:
            deployment = deployment_of(asked, advice, catalogue(), Options(vnets="new"))
        except DeploymentRefused:
            continue
        if len(deployment.resources) <= LARGEST:
            yield name, advice, deployment


def of_deployment(deployment: Deployment) -> Made:
    """What the deployment itself has. A gateway that exists is not made; the connection to a circuit that is ordered
    waits for its provider.
    """
    gateways = [one for one in deployment.vpn_gateways if not one.exists]
    skus = [one.sku for one in gateways]
    if deployment.expressroute_gateway:
        skus.append(deployment.expressroute_gateway.sku)
    to_circuit = deployment.circuit_connection is not None and deployment.circuit is None
    made = {
        GATEWAYS: len(skus),
        CONNECTIONS: len(deployment.site_connections) + len(deployment.vnet_connections) + to_circuit,
        SITES: len(deployment.local_gateways),
        PEERINGS: len(deployment.peerings),
        ADDRESSES: sum(not one.exists for one in deployment.public_ips),
    }
    known = (one.prefix for one in deployment.subnets if not one.exists)
    return Made(+Counter(made), Counter(skus), frozenset(str(one) for one in known if "/" in str(one)))


@pytest.mark.parametrize(("name", "advice", "deployment"), [pytest.param(*one, id=one[0]) for one in designs()])
def test_all_formats_make_what_the_deployment_has(name: str, advice: Advice, deployment: Deployment) -> None:
    made = of_deployment(deployment)
    assert by_bicep(deployment) == made
    assert by_terraform(deployment) == made
    if all(len(gateway.addresses) < 3 for gateway in deployment.vpn_gateways):  # az refuses a third
        assert by_az(deployment) == made


@pytest.mark.parametrize(("name", "advice", "deployment"), [pytest.param(*one, id=one[0]) for one in designs()])
def test_the_skus_and_the_subnet_are_those_of_the_advice(name: str, advice: Advice, deployment: Deployment) -> None:
    made = of_deployment(deployment)
    advised = {advice.gateway.sku} if advice.gateway and not deployment.vpn_gateways[0].exists else set()
    if advice.expressroute:
        advised.add(advice.expressroute.gateway_sku)
    assert set(made.skus) == advised
    part = advice.gateway or advice.expressroute
    if part and part.subnet and deployment.subnets and not deployment.subnets[0].exists:
        assert str(part.subnet) in made.subnets
