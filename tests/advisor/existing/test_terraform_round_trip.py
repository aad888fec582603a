"""A design, written as Terraform and read back as a setup, has the same advice."""

from __future__ import annotations

import json
from typing import Any

import pytest

from advisor.core.advice import Advice
from advisor.core.decide import decide
from advisor.core.deployment import Options
from advisor.core.need import parse_need
from advisor.existing.reading import read_setup
from advisor.existing.report import SetupFile
from advisor.formats.deployables import terraform
from tests.advisor.core.deployments import deployed
from tests.advisor.core.edition_2026.builders import TODAY, catalogue, need
from tests.advisor.existing.azure import id_of
from tests.advisor.formats.deployables.scenarios import HEADER, SCENARIOS
from tests.advisor.formats.deployables.terraform_files import evaluated

NOT_TOLD = {
    "routes by BGP": "local network gateways with BGP have no prefixes, by which two tunnels of one site are known",
    "circuit with both": "the same",
    "circuit on a port": "a need has no field for the bandwidth of a circuit",
    "gateway that is there": "the file refers to it, and only a state has its properties",
    "older gateway with a circuit": "the same",
}
"""Designs that a file of Terraform does not tell whole, and why."""

KINDS = {
    "azurerm_virtual_network": "virtualNetworks",
    "azurerm_subnet": "virtualNetworks/subnets",
    "azurerm_virtual_network_gateway": "virtualNetworkGateways",
    "azurerm_local_network_gateway": "localNetworkGateways",
    "azurerm_virtual_network_gateway_connection": "connections",
    "azurerm_express_route_circuit": "expressRouteCircuits",
    "azurerm_public_ip": "publicIPAddresses",
}
ONCE = {"ip_configuration", "vpn_client_configuration", "root_certificate", "bgp_settings", "ipsec_policy"}
"""Blocks, which a state has as lists."""


def shown(text: str) -> dict[str, Any]:
    """A file of Terraform as `terraform show -json` would have it, with ids for the references between resources."""
    parsed = {kind: blocks for kind, blocks in evaluated(text).items() if kind.startswith("azurerm_")}
    ids = {block["id"]: _id(kind, block) for kind, blocks in parsed.items() if kind in KINDS for block in blocks}
    resources = [
        {
            "address": block["__tfmeta"]["path"],
            "mode": "managed",
            "type": kind,
            "name": block["__tfmeta"]["path"].split(".")[-1],
            "values": {name: _value(value, name, ids) for name, value in block.items() if not name.startswith("__")},
        }
        for kind, blocks in parsed.items()
        for block in blocks
        if not block["__tfmeta"]["path"].startswith("data.")
    ]
    return {"format_version": "1.0", "values": {"root_module": {"resources": resources}}}


def _id(kind: str, block: dict[str, Any]) -> str:
    name = f"{block['virtual_network_name']}/{block['name']}" if kind == "azurerm_subnet" else block["name"]
    return id_of(KINDS[kind], name)


def _value(value: Any, name: str, ids: dict[str, str]) -> Any:
    if isinstance(value, dict):
        if "__attribute__" in value:  # a variable, which has no value yet
            return None
        inside = {key: _value(one, key, ids) for key, one in value.items() if not key.startswith("__")}
        return [inside] if name in ONCE else inside
    if isinstance(value, list):
        return [_value(one, "", ids) for one in value]
    return ids.get(value, value) if isinstance(value, str) else value


def design(advice: Advice) -> dict[str, object]:
    """What an advice designs, without the names of sites."""
    return {
        "connections": [(one.type, len(one.members), one.tunnels) for one in advice.connections],
        "gateway": advice.gateway and (advice.gateway.routing, advice.gateway.sku, advice.gateway.subnet),
        "expressroute": advice.expressroute and advice.expressroute.gateway_sku,
        "errors": sorted(finding.code for finding in advice.findings if finding.severity == "error"),
    }


@pytest.mark.parametrize("scenario", [name for name in SCENARIOS if name not in NOT_TOLD])
def test_what_is_written_as_terraform_is_read_back_as_the_same_design(scenario: str) -> None:
    asked = need(**SCENARIOS[scenario])
    text = terraform.write(deployed(Options(vnets="new"), **SCENARIOS[scenario]), HEADER, "en")
    there = read_setup([SetupFile("shown.json", json.dumps(shown(text)).encode())], "2026", {"2026": catalogue()})
    found = parse_need({**there.need, "as_of": TODAY}, "2026", {"2026": catalogue()})

    assert design(decide(found, catalogue())) == design(decide(asked, catalogue()))
