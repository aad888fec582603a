"""What a Bicep file makes, read back as a set-up that exists: the advice on that is the design of the file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from advisor.core.advice import Advice
from advisor.core.decide import decide
from advisor.core.deployment import Deployment, Options, deployment_of
from advisor.core.deployment_parameters import Parameter
from advisor.core.need import parse_need
from advisor.existing.reading import read_setup
from advisor.existing.report import SetupFile
from advisor.formats.deployables import bicep
from advisor.formats.deployables.bicep_syntax import Symbols
from advisor.formats.deployables.header import Header
from tests.advisor.core.deployments import CERTIFIED
from tests.advisor.core.edition_2026.builders import BY_CIRCUIT, BY_POLICY, BY_VPN, HUB, OFFICE, SPOKE, catalogue, need
from tests.advisor.formats.deployables import bicep_reading
from tests.advisor.formats.deployables.bicep_reading import Bicep, Resource
from tests.builders import site

GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/net/providers/"
HEADER = Header(None, (), None, "https://gatewijzer.example/{}".format)


def filled_in(parameter: Parameter, number: int) -> Any:
    """What somebody enters for a parameter: another value for each."""
    match parameter.code:
        case "location":
            return "westeurope"
        case "public-ip":
            return f"52.166.10.{number}"
        case "bgp-peer":
            return f"172.16.{number}.1"
        case "asn":
            return 65_100 + number
        case "prefixes":
            return [f"192.168.{100 + number}.0/24"]
        case "circuit-provisioned":
            return True
        case "circuit-mbps":
            return 200
    return parameter.default if parameter.default is not None else f"value-{number}"


class Deployed:
    """The resources of a file as the REST API shows them once they are made."""

    def __init__(self, found: Bicep, values: Mapping[str, Any]) -> None:
        self._found = found
        self._values = values
        self._resources = {one.symbol: one for one in found.resources}

    def resources(self) -> list[dict[str, Any]]:
        """Each resource that is made."""
        return [
            {
                "id": self._id(one),
                "name": self._value(one.config["name"]),
                "type": one.type,
                **{key: self._value(one.config[key]) for key in ("location", "sku", "properties") if key in one.config},
            }
            for one in self._found.resources
        ]

    def _id(self, resource: Resource) -> str:
        name = self._value(resource.config["name"])
        if "parent" in resource.config:
            return f"{self._id(self._resources[resource.config['parent']])}/{resource.type.rsplit('/', 1)[1]}/{name}"
        return f"{GROUP}{resource.type}/{name}"

    def _value(self, written: Any) -> Any:
        if isinstance(written, str):
            if written in self._found.constants:
                return self._value(self._found.constants[written])
            return self._values.get(written, written)
        if isinstance(written, list):
            return [self._value(one) for one in written]
        if not isinstance(written, Mapping):
            return written
        accessor = written.get("operator", {})
        if accessor.get("type") == "property_accessor":
            return self._id(self._resources[accessor["operands"]["operand_1"]])
        return None if accessor else {key: self._value(one) for key, one in written.items()}


def read_back(deployment: Deployment) -> Advice:
    """The advice on what the file of a deployment makes."""
    symbols = Symbols(deployment)
    values = {
        symbols.parameter(one.ask): filled_in(one, number)
        for number, one in enumerate(deployment.parameters, start=1)
        if not one.only
    }
    found = bicep_reading.read(bicep.write(deployment, HEADER, "en"))
    written = json.dumps(Deployed(found, values).resources()).encode()
    reading = read_setup([SetupFile("resources.json", written)], "2026")
    again = parse_need({**reading.need, "as_of": "2026-11-01"}, "2026", {"2026": catalogue()})
    return decide(again, catalogue())


def design_of(advice: Advice) -> dict[str, Any]:
    """What a design comes to. A circuit is one site when it is read back, whatever lies behind it."""
    return {
        "connections": [
            (one.type, one.tunnels, 1 if one.type == "expressroute" else len(one.members)) for one in advice.connections
        ],
        "gateway": (advice.gateway.routing, advice.gateway.sku, advice.gateway.subnet) if advice.gateway else None,
        "expressroute": (advice.expressroute.gateway_sku, advice.expressroute.subnet) if advice.expressroute else None,
        "errors": [found.code for found in advice.findings if found.severity == "error"],
    }


@pytest.mark.parametrize(
    "fields",
    [
        {"sites": [OFFICE]},
        {"sites": [OFFICE], "clients": CERTIFIED},
        {"sites": [OFFICE, site("Goes", "192.168.30.0/24")]},
        {"sites": [OFFICE, site("Goes")]},
        {"sites": [OFFICE], "bgp": True},
        {"sites": [OFFICE], "active_active": True},
        {"sites": [OFFICE], "forced_tunneling": True},
        {"sites": [OFFICE], "bandwidth_mbps": 900},
        {"sites": [OFFICE], "dev_test": True},
        {"sites": [BY_POLICY]},
        {"clients": CERTIFIED | {"authentication": "radius"}},
        {"vnets": [HUB, SPOKE]},
        {"vnets": [HUB, SPOKE], "sites": [OFFICE], "transit": True},
        {"vnets": [HUB, SPOKE], "sites": [OFFICE], "vnet_encryption": True},
        {"sites": [BY_CIRCUIT]},
        {"sites": [BY_CIRCUIT, BY_VPN]},
        {"vnets": [HUB, SPOKE], "sites": [BY_CIRCUIT, BY_VPN], "clients": CERTIFIED},
    ],
)
def test_what_a_file_makes_is_advised_again_as_the_same_design(fields: dict[str, Any]) -> None:
    asked = need(**fields)
    advice = decide(asked, catalogue())
    deployment = deployment_of(asked, advice, catalogue(), Options(vnets="new"))
    assert design_of(read_back(deployment)) == design_of(advice)


def test_two_tunnels_with_bgp_are_read_as_two_sites_for_nothing_says_that_they_are_one() -> None:
    asked = need(sites=[OFFICE | {"tunnels": 2}], bgp=True)
    advice = decide(asked, catalogue())
    again = read_back(deployment_of(asked, advice, catalogue(), Options(vnets="new")))
    assert [(one.type, one.tunnels) for one in advice.connections] == [("site-to-site", 2)]
    assert [(one.type, one.tunnels) for one in again.connections] == [("multi-site", 2)]
    assert (again.gateway, again.verdict) == (advice.gateway, advice.verdict)
