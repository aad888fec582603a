"""The form of a document, told by what is in it."""

from __future__ import annotations

import pytest

from advisor.core.refusals import Wrong
from advisor.existing.forms import form_of, resources_in, source_of

VNET = "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/virtualNetworks/hub"
SCHEMA = "https://schema.management.azure.com/schemas"


@pytest.mark.parametrize(
    ("document", "form"),
    [
        ({"vnets": []}, "need"),
        ({"edition": "2026", "name": "x"}, "need"),
        ({"id": VNET}, "azure"),
        ({"ID": VNET, "sites": []}, "azure"),
        ({"name": "hub", "type": "Microsoft.Network/virtualNetworks"}, "azure"),
        ([{"id": VNET}], "azure"),
        ([[{"id": VNET}], []], "azure"),
        ([], "azure"),
        ({"value": []}, "azure"),
        ({"value": [{"id": VNET}], "nextLink": "x"}, "azure"),
        ({"count": 1, "data": [{"id": VNET}], "skip_token": None}, "azure"),
        ({"newVNet": {"id": VNET}}, "azure"),
        ({"$schema": f"{SCHEMA}/2019-04-01/deploymentTemplate.json#", "resources": []}, "arm-template"),
        ({"$schema": f"{SCHEMA}/2018-05-01/subscriptionDeploymentTemplate.json#"}, "arm-template"),
        ({"contentVersion": "1.0.0.0", "resources": {}}, "arm-template"),
        ({"$schema": f"{SCHEMA}/2019-04-01/deploymentParameters.json#"}, "arm-parameters"),
        ({"contentVersion": "1.0.0.0", "parameters": {}}, "arm-parameters"),
        ({"version": 4, "terraform_version": "1.9.8", "resources": []}, "terraform-state"),
        ({"format_version": "1.0", "terraform_version": "1.9.8", "values": {}}, "terraform-values"),
        ({"format_version": "1.0"}, "terraform-values"),
        ({"format_version": "1.2", "planned_values": {}, "prior_state": {}}, "terraform-plan"),
    ],
)
def test_a_form_is_told_by_what_is_in_it(document: object, form: str) -> None:
    found = form_of(document)
    assert (found.form, found.value, found.place) == (form, document, "")


def test_a_template_in_the_answer_of_an_export_is_found() -> None:
    template = {"$schema": f"{SCHEMA}/2019-04-01/deploymentTemplate.json#", "resources": []}
    found = form_of({"template": template, "error": None})
    assert (found.form, found.value, found.place) == ("arm-template", template, "template")


@pytest.mark.parametrize(
    "document",
    [{}, [1], ["a"], [{}], {"name": "x"}, {"a": {"b": {}}}, {"value": [1]}, {"type": "Microsoft.Network/x"}, 1, "x"],
)
def test_what_has_no_known_form_is_not_understood(document: object) -> None:
    with pytest.raises(Wrong) as raised:
        form_of(document)
    assert raised.value.reason == "not-understood"


@pytest.mark.parametrize(
    "document",
    [
        {"version": 3, "terraform_version": "0.11.14", "modules": []},
        {"version": 5, "terraform_version": "2.0.0"},
        {"version": True, "serial": 1},
        {"resource": {"azurerm_virtual_network": {}}},
        {"@level": "info", "@message": "Plan: 1 to add"},
    ],
)
def test_what_terraform_has_to_show_first_says_how(document: object) -> None:
    with pytest.raises(Wrong) as raised:
        form_of(document)
    assert (raised.value.reason, dict(raised.value.parameters)) == (
        "unsupported-version",
        {"instead": "terraform show -json"},
    )


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("targetScope = 'resourceGroup'", "az bicep build"),
        ("// hub\n\nparam location string = 'x'", "az bicep build"),
        ("@description('x')\nparam location string", "az bicep build"),
        ("resource hub 'Microsoft.Network/virtualNetworks@2025-01-01' = {", "az bicep build"),
        ("module hub 'hub.bicep' = {", "az bicep build"),
        ("var name = 'x'", "az bicep build"),
        ("using 'main.bicep'\nparam location = 'x'", "az bicep build-params"),
        ('resource "azurerm_virtual_network" "hub" {', "terraform show -json"),
        ('# hub\n  provider "azurerm" {', "terraform show -json"),
        ("terraform {\n}", "terraform show -json"),
        ("locals {", "terraform show -json"),
        ('variable "x" {}', "terraform show -json"),
        ("Site;Networks\nvar;10.0.0.0/8", None),
        ("resource allocation for the hub", None),
        ("", None),
    ],
)
def test_source_is_told_with_what_has_to_be_run(text: str, command: str | None) -> None:
    assert source_of(text) == command


def test_resources_are_found_with_their_places() -> None:
    assert [place for place, _ in resources_in({"value": [{"id": VNET}, {"id": VNET}]})] == ["value[0]", "value[1]"]
    assert [place for place, _ in resources_in([[{"id": VNET}], {"id": VNET}, 1])] == ["[0][0]", "[1]"]
    assert [place for place, _ in resources_in({"newVNet": {"id": VNET}})] == ["newVNet"]
    assert [place for place, _ in resources_in({"id": VNET})] == [""]
