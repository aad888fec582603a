"""Addresses of Terraform in their parts, and references that lead nowhere."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.existing.terraform_references import Address, Configuration, parsed

TYPES = ("azurerm_subnet",)


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("azurerm_subnet.gw", Address((), "azurerm_subnet.gw", "")),
        ("azurerm_subnet.gw[0]", Address((), "azurerm_subnet.gw", "[0]")),
        ("data.azurerm_subnet.gw", Address((), "data.azurerm_subnet.gw", "")),
        (
            'module.a["x.y]"].azurerm_subnet.gw["q\\"]"]',
            Address((("a", '["x.y]"]'),), "azurerm_subnet.gw", '["q\\"]"]'),
        ),
        ("module.a.module.b[1].azurerm_subnet.gw", Address((("a", ""), ("b", "[1]")), "azurerm_subnet.gw", "")),
        ("", None),
        ("module.a", None),
        ("azurerm_subnet", None),
    ],
)
def test_an_address_has_modules_a_resource_and_a_key(address: str, parts: Address | None) -> None:
    assert parsed(address) == parts


def gateway_in(
    configuration: dict[str, Any], addresses: list[str], own: str = "azurerm_virtual_network_gateway.gw"
) -> str | None:
    return Configuration(configuration, [own, *addresses]).referred(own, "ip_configuration.subnet_id", TYPES)


def telling(*references: object, **more: Any) -> dict[str, Any]:
    told = {"ip_configuration": [{"subnet_id": {"references": list(references)}}]}
    return {"resources": [{"address": "azurerm_virtual_network_gateway.gw", "expressions": told, **more}]}


@pytest.mark.parametrize(
    ("references", "addresses", "found"),
    [
        (["azurerm_subnet.gw.id"], ["azurerm_subnet.gw"], "azurerm_subnet.gw"),
        (["azurerm_subnet.gw[1].id"], ["azurerm_subnet.gw[0]", "azurerm_subnet.gw[1]"], "azurerm_subnet.gw[1]"),
        (['azurerm_subnet.gw["a"].id'], ['azurerm_subnet.gw["a"]'], 'azurerm_subnet.gw["a"]'),
        (["azurerm_subnet.gw"], ["azurerm_subnet.gw[0]"], "azurerm_subnet.gw[0]"),
        (["azurerm_subnet.gw"], ["azurerm_subnet.gw[0]", "azurerm_subnet.gw[1]"], None),
        (["azurerm_subnet.gw[5]"], ["azurerm_subnet.gw[0]"], None),
        (["azurerm_subnet.gw.id"], [], None),
        (["azurerm_virtual_network.gw.id"], ["azurerm_virtual_network.gw"], None),
        (["local.subnet", "azurerm_subnet.gw.id"], ["azurerm_subnet.gw"], "azurerm_subnet.gw"),
        (["var.subnet"], ["azurerm_subnet.gw"], None),
        (["module.none.subnet"], ["azurerm_subnet.gw"], None),
        ([5, None, "", ".", "each.value", "module."], ["azurerm_subnet.gw"], None),
    ],
)
def test_a_reference_leads_to_a_resource_of_the_type(
    references: list[Any], addresses: list[str], found: str | None
) -> None:
    assert gateway_in(telling(*references), addresses) == found


def test_a_reference_to_what_is_gone_through_leads_to_what_that_refers_to() -> None:
    configuration = telling("each.value.id", for_each_expression={"references": ["azurerm_subnet.gw"]})

    assert gateway_in(configuration, ["azurerm_subnet.gw"]) == "azurerm_subnet.gw"


def test_references_in_a_circle_end() -> None:
    inner = {
        "outputs": {"subnet": {"expression": {"references": ["var.subnet"]}}},
        **telling("var.subnet"),
    }
    configuration = {
        "module_calls": {"a": {"expressions": {"subnet": {"references": ["module.a.subnet"]}}, "module": inner}}
    }

    assert gateway_in(configuration, [], "module.a.azurerm_virtual_network_gateway.gw") is None
