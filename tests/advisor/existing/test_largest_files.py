"""The largest file of each form, and those that ask for most work, in the time of the processor."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from advisor.existing.documents import MOST_BYTES, MOST_BYTES_TOGETHER
from advisor.existing.reading import read_setup
from advisor.existing.report import SetupFile, SetupRefused
from tests.cpu_time import takes_at_most
from tests.every import some

MOST_SECONDS = 2.0
HERE = "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network"
VNETS = "Microsoft.Network/virtualNetworks"
TABLE = "Naam;Netwerken;Mbps;Apparaat;Publiek IP\n"


def filled(made: Callable[[int], Any], whole: Callable[[list[Any]], Any], most: int = 100_000) -> bytes:
    """A document with as many members as a file takes, or so many."""
    count = min(most, (MOST_BYTES - len(json.dumps(whole([])))) // (len(json.dumps(made(most))) + 2))
    return json.dumps(whole([made(number) for number in range(count)])).encode()


def as_list(members: list[Any]) -> Any:
    return members


def template(resources: list[Any], variables: dict[str, Any] | None = None) -> Any:
    return {"contentVersion": "1.0.0.0", "variables": variables or {}, "resources": resources}


def state(resources: list[Any]) -> Any:
    return {"version": 4, "terraform_version": "1.9.8", "resources": resources}


def plan(resources: list[Any]) -> Any:
    configured = [
        {
            "address": one["address"],
            "expressions": {"virtual_network_name": {"references": ["azurerm_virtual_network.v1"]}},
        }
        for one in resources
    ]
    return {
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": resources}},
        "configuration": {"root_module": {"resources": configured}},
    }


def vnet(number: int) -> dict[str, Any]:
    prefix = f"10.{number % 256}.0.0/16"
    return {
        "id": f"{HERE}/virtualNetworks/v{number}",
        "name": f"v{number}",
        "type": VNETS,
        "addressSpace": {"addressPrefixes": [prefix]},
    }


def peered(number: int) -> dict[str, Any]:
    remote = {"remoteVirtualNetwork": {"id": f"{HERE}/virtualNetworks/v{number + 1}"}}
    return vnet(number) | {"virtualNetworkPeerings": [{"name": "p", **remote}]}


def connection(number: int) -> dict[str, Any]:
    return {
        "id": f"{HERE}/connections/c{number}",
        "name": f"c{number}",
        "type": "Microsoft.Network/connections",
        "connectionType": "IPsec",
        "virtualNetworkGateway1": {"id": f"{HERE}/virtualNetworkGateways/g{number % 3}"},
        "localNetworkGateway2": {"id": f"{HERE}/localNetworkGateways/l{number}"},
    }


def local_gateway(number: int) -> dict[str, Any]:
    prefix = f"10.{number % 256}.{number // 256 % 256}.0/24"
    return {
        "id": f"{HERE}/localNetworkGateways/l{number}",
        "type": "Microsoft.Network/localNetworkGateways",
        "localNetworkAddressSpace": {"addressPrefixes": [prefix]},
    }


def in_template(number: int) -> dict[str, Any]:
    prefixes = [f"[format('10.{number % 256}.{{0}}.0/24', 1)]"]
    return {
        "type": VNETS,
        "name": f"[concat('v', {number})]",
        "properties": {"addressSpace": {"addressPrefixes": prefixes}},
    }


def in_state(number: int) -> dict[str, Any]:
    values = {"name": f"v{number}", "address_space": ["10.0.0.0/16"], "id": f"{HERE}/virtualNetworks/v{number}"}
    return {"type": "azurerm_virtual_network", "name": f"v{number}", "instances": [{"attributes": values}]}


def in_plan(number: int) -> dict[str, Any]:
    address = f"azurerm_subnet.s{number}"
    values = {"name": f"s{number}", "address_prefixes": ["10.0.0.0/24"]}
    return {"address": address, "type": "azurerm_subnet", "name": f"s{number}", "values": values}


LOOP = {"name": "loop", "count": 10_000}
SUBNETS = {
    "copy": [{"name": "all", "count": 9_000, "input": {"name": "s", "properties": {"addressPrefix": "10.0.0.0/24"}}}]
}

FILES: dict[str, bytes] = {
    "VNets": filled(vnet, as_list),
    "as many VNets as are read": filled(vnet, as_list, 4_990),
    "peerings": filled(peered, as_list),
    "as many peerings as are read": filled(peered, as_list, 3_300),
    "connections": filled(connection, as_list),
    "local network gateways": filled(local_gateway, as_list),
    "as many local network gateways as are read": filled(local_gateway, as_list, 4_990),
    "prefixes": filled(lambda _: "10.0.0.0/24", lambda all_: [vnet(1) | {"addressSpace": {"addressPrefixes": all_}}]),
    "types": filled(lambda number: {"id": f"/x/providers/A.B/t{number}/v"}, as_list),
    "properties": json.dumps([vnet(1) | {f"p{number}": 1 for number in range(150_000)}]).encode(),
    "template": filled(in_template, template),
    "as much template as is read": filled(in_template, template, 4_990),
    "loop": json.dumps(template([{"type": VNETS, "name": "[concat('v', copyIndex())]", "copy": LOOP}])).encode(),
    "loops": json.dumps(template([{"type": VNETS, "name": "v", "copy": LOOP}] * 90)).encode(),
    "loop of loops": json.dumps(
        template([{"type": VNETS, "name": "v", "copy": LOOP, "properties": {"subnets": "[variables('all')]"}}], SUBNETS)
    ).encode(),
    "long expressions": filled(lambda number: {"type": VNETS, "name": f"[concat({number}{', 1' * 8_000})]"}, template),
    "templates": b'{"contentVersion":"1","resources":[{"type":"x"}],"parameters":{"p":{}}}\n' * 12_000,
    "state": filled(in_state, state),
    "plan": filled(in_plan, plan, 5_000),
    "sites of a table": TABLE.encode() + b"A;10.0.0.0/8;1;geen;nee\n" * 80_000,
    "as many sites as are read": TABLE.encode()
    + "".join(f"A{one};10.{one // 256}.{one % 256}.0/24;1,5;geen;nee\n" for one in range(4_990)).encode(),
    "wide table": TABLE.encode() + b";" * (MOST_BYTES - 100),
    "long cell": TABLE.encode() + b"A;" + b"10.0.0.0/8," * 190_000,
    "brackets in a cell": TABLE.encode() + b"A;;;" + b"(" * (MOST_BYTES - 100),
    "digits in a cell": TABLE.encode() + b"A;;" + b"1" * (MOST_BYTES - 100),
    "headings": b"Naam;" * 400_000,
    "a text that looks like source": b"var " + b"a" * (MOST_BYTES - 10),
    "brackets": b"[" * MOST_BYTES,
    "lists": b"[" + b"[]," * 60_000 + b"[]]",
    "more lists": b"[" + b"[]," * 600_000 + b"[]]",
    "objects": b"[" + b"{}," * 600_000 + b"{}]",
    "documents": b"[] " * 600_000,
    "texts": b"[" + b'"",' * 600_000 + b'""]',
    "quotation marks": b'["' + b'\\"' * 1_000_000,
    "comments": b"[" + b"/**/" * 500_000 + b"]",
    "half characters": b'{"vnets": "' + b"\\ud800" * 300_000 + b'"}',
    "numbers": b'{"vnets": [' + b"1," * 900_000 + b"1" * 5_000 + b"]}",
}


def read(content: bytes, count: int) -> None:
    """Read so many files with the same content, or refuse them."""
    with suppress(SetupRefused):
        read_setup([SetupFile(f"a{number}", content) for number in range(count)], "2026")


@pytest.mark.parametrize("name", some(FILES, 3))
def test_as_many_large_files_as_are_taken_together_are_read_or_refused_in_time(name: str) -> None:
    content = FILES[name]
    assert len(content) <= MOST_BYTES
    count = 1 if name.startswith("as many") else min(20, MOST_BYTES_TOGETHER // len(content))
    takes_at_most(MOST_SECONDS, partial(read, content, count))
