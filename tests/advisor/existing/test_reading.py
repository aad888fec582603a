"""Files of any form to one need, and faults at their place in a file."""

from __future__ import annotations

import json
from typing import Any

import pytest

from advisor.core.need import parse_need
from advisor.core.refusals import FieldError
from advisor.existing.reading import read_setup
from advisor.existing.report import IGNORED, MISSING, UNDERSTOOD, Reading, SetupFile, SetupRefused
from tests.advisor.existing.azure import az, circuit, gateway, local, rest, to_site, vnet
from tests.builders import catalogue

CATALOGUES = {"2026": catalogue("2026"), "2016-12": catalogue("2016-12")}
HUB = vnet("hub", "10.0.0.0/16", subnets={"app": "10.0.1.0/24", "GatewaySubnet": "10.0.0.0/27"})
RESOURCES = (HUB, gateway(), local("Breda", "192.168.1.0/24"), to_site(site="Breda"))
TABLE = "Site;Prefixes;Mbps;Device\nBreda;192.168.9.0/24;25;software\nGoes;192.168.2.0/24;10;\n"


def file(content: object, name: str = "there.json") -> SetupFile:
    written = content if isinstance(content, str) else json.dumps(content)
    return SetupFile(name, written.encode())


def read(*files: SetupFile, edition: str = "2026") -> Reading:
    return read_setup(files, edition, CATALOGUES)


def refused(*files: SetupFile, edition: str = "2026") -> tuple[FieldError, ...]:
    with pytest.raises(SetupRefused) as refusal:
        read(*files, edition=edition)
    return refusal.value.errors


@pytest.mark.parametrize(
    "content",
    [
        list(RESOURCES),
        [az(body) for body in RESOURCES],
        {"value": list(RESOURCES)},
        {"data": list(RESOURCES)},
        "\n".join(json.dumps(body) for body in RESOURCES),
        [[RESOURCES[0], RESOURCES[1]], [RESOURCES[2], RESOURCES[3]]],
        [{name: value for name, value in body.items() if name != "type"} for body in RESOURCES],
        [{name.upper(): value for name, value in body.items()} for body in RESOURCES],
    ],
    ids=["list", "az", "page", "Resource Graph", "after each other", "lists", "no types", "upper case"],
)
def test_the_same_resources_give_the_same_need(content: object) -> None:
    need = read(file(content)).need

    assert need == {
        "edition": "2026",
        "gateway_sku": "VpnGw1AZ",
        "gateway_routing": "route-based",
        "gateway_subnet": "10.0.0.0/27",
        "vnets": [
            {
                "name": "hub",
                "prefixes": ["10.0.0.0/16"],
                "subnets": ["10.0.1.0/24"],
                "region": "westeurope",
                "subscription": "s1",
            }
        ],
        "sites": [
            {"name": "Breda", "prefixes": ["192.168.1.0/24"], "public_ipv4": "51.144.10.1", "tunnels": 1},
        ],
    }
    parse_need(need, "2026", CATALOGUES)


def test_files_are_read_together_in_their_order() -> None:
    files = [file([body], f"{number}.json") for number, body in enumerate(RESOURCES)]
    there = read(*files)

    assert there.need == read(file(list(RESOURCES))).need
    assert [(item.file, item.code) for item in there.understood] == [
        ("0.json", "vnet"),
        ("1.json", "gateway"),
        ("2.json", "site"),
        ("3.json", "connection"),
    ]


def test_a_table_says_of_a_site_what_azure_does_not_know() -> None:
    there = read(file(list(RESOURCES)), file(TABLE, "sites.csv"))

    assert there.need["sites"] == [
        {
            "name": "Breda",
            "prefixes": ["192.168.1.0/24"],
            "public_ipv4": "51.144.10.1",
            "tunnels": 1,
            "bandwidth_mbps": 25,
            "device": "software",
        },
        {"name": "Goes", "prefixes": ["192.168.2.0/24"], "bandwidth_mbps": 10},
    ]
    assert [(item.code, item.path) for item in there.missing] == [("device", "sites[1].device")]


def test_bandwidth_is_missing_of_each_site_where_others_say_it() -> None:
    there = read(file(list(RESOURCES)), file("Site;Mbps\nGoes;10\n", "sites.csv"))

    assert ("bandwidth", "sites[0].bandwidth_mbps") in {(item.code, item.path) for item in there.missing}
    assert ("bandwidth", "bandwidth_mbps") not in {(item.code, item.path) for item in there.missing}


def test_a_template_is_read_with_the_rest() -> None:
    template = {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "parameters": {"name": {"type": "string"}, "location": {"defaultValue": "[resourceGroup().location]"}},
        "resources": [
            {
                "type": "Microsoft.Network/virtualNetworkGateways",
                "name": "vpngw",
                "location": "[parameters('location')]",
                "properties": {
                    "gatewayType": "Vpn",
                    "sku": {"name": "VpnGw2AZ"},
                    "ipConfigurations": [
                        {
                            "properties": {
                                "subnet": {
                                    "id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', "
                                    "parameters('name'), 'GatewaySubnet')]"
                                }
                            }
                        }
                    ],
                },
            },
            {"type": "Microsoft.Network/connections", "name": "x", "condition": False},
        ],
    }
    there = read(file(template, "main.json"), file([local("Breda", "192.168.1.0/24"), to_site(site="Breda")]))

    assert [one["name"] for one in there.need["vnets"]] == ["name"]  # type: ignore[attr-defined]
    assert (there.need["gateway_sku"], [one["name"] for one in there.need["sites"]]) == ("VpnGw2AZ", ["Breda"])  # type: ignore[attr-defined]
    assert [(item.code, item.file, item.path) for item in there.ignored] == [
        ("condition-false", "main.json", "resources[1]")
    ]


SAVED: dict[str, Any] = {
    "edition": "2026",
    "name": "Zeeland",
    "vnets": [{"name": "hub", "prefixes": ["10.0.0.0/16"], "region": "northeurope"}],
    "sites": [{"name": "breda", "device": "unlisted"}],
    "transit": True,
}


def test_a_need_that_is_alone_stays_as_it_is() -> None:
    there = read(file(SAVED))

    assert there.need == SAVED
    assert {(item.code, item.path) for item in there.understood} == {("vnet", "vnets[0]"), ("site", "sites[0]")}
    assert (there.ignored, there.missing) == ((), ())


def test_a_need_of_another_edition_keeps_it() -> None:
    assert read(file({"edition": "2016-12", "bgp": True})).need == {"edition": "2016-12", "bgp": True}


def test_what_a_need_says_counts_before_what_else_is_there() -> None:
    there = read(file(list(RESOURCES)), file(SAVED, "saved.json"))

    assert (there.need["name"], there.need["transit"], there.need["gateway_sku"]) == ("Zeeland", True, "VpnGw1AZ")
    assert there.need["vnets"] == [
        {
            "name": "hub",
            "prefixes": ["10.0.0.0/16"],
            "region": "northeurope",
            "subnets": ["10.0.1.0/24"],
            "subscription": "s1",
        }
    ]
    assert there.need["sites"] == [
        {
            "name": "breda",
            "device": "unlisted",
            "prefixes": ["192.168.1.0/24"],
            "public_ipv4": "51.144.10.1",
            "tunnels": 1,
        }
    ]
    assert [(item.code, item.path) for item in there.missing] == [("bandwidth", "bandwidth_mbps")]


@pytest.mark.parametrize("written", ["vpngw1az", "VPNGW1AZ", " VpnGw1AZ "])
def test_the_case_of_a_sku_does_not_matter(written: str) -> None:
    assert read(file([HUB, gateway(sku={"name": written})])).need["gateway_sku"] == "VpnGw1AZ"


PROPERTIES = "value[0].properties"
IMPOSSIBLE: tuple[tuple[dict[str, Any], str, str, str | None], ...] = (
    (
        vnet("hub", "10.0.0.1/16"),
        f"{PROPERTIES}.addressSpace.addressPrefixes[0]",
        "host-bits",
        "10.0.0.0/16",
    ),
    (vnet("hub", "secret-value"), f"{PROPERTIES}.addressSpace.addressPrefixes[0]", "not-a-network", None),
    (
        vnet("hub", "10.0.0.0/16", subnets={"app": "10.9.0.0/24"}),
        f"{PROPERTIES}.subnets[0].properties.addressPrefix",
        "subnet-outside-vnet",
        None,
    ),
    (
        rest("localNetworkGateways", "a", {"localNetworkAddressSpace": {"addressPrefixes": [5]}}),
        f"{PROPERTIES}.localNetworkAddressSpace.addressPrefixes[0]",
        "expected-text",
        None,
    ),
    (local("a", gatewayIpAddress="secret-value"), f"{PROPERTIES}.gatewayIpAddress", "not-an-address", None),
    (gateway(sku={"name": "secret-value"}), f"{PROPERTIES}.sku.name", "unknown-code", None),
    (
        gateway(vpnClientConfiguration={"vpnClientAddressPool": {"addressPrefixes": ["172.16.0.0"]}}),
        f"{PROPERTIES}.vpnClientConfiguration.vpnClientAddressPool.addressPrefixes[0]",
        "no-length",
        None,
    ),
    (
        gateway(enableBgp=True, bgpSettings={"asn": 2**32}),
        f"{PROPERTIES}.bgpSettings.asn",
        "number-too-large",
        None,
    ),
)


@pytest.mark.parametrize(
    ("body", "path", "reason", "suggestion"), IMPOSSIBLE, ids=[f"{one[2]} of {one[0]['name']}" for one in IMPOSSIBLE]
)
def test_an_impossible_value_is_refused_at_its_place_and_not_repeated(
    body: dict[str, Any], path: str, reason: str, suggestion: str | None
) -> None:
    errors = refused(file({"value": [body]}))

    assert [(error.path, error.value, error.reason, error.suggestion) for error in errors] == [
        (f"there.json: {path}", None, reason, suggestion)
    ]


def test_every_impossible_value_is_refused_together() -> None:
    errors = refused(file([vnet("hub", "10.0.0.1/16")], "a.json"), file("Site;Prefixes\nGoes;10.0.0.9/24 x\n", "b.csv"))

    assert [error.path for error in errors] == [
        "a.json: [0].properties.addressSpace.addressPrefixes[0]",
        "b.csv: B2",
        "b.csv: B2",
    ]


def test_faults_of_a_saved_need_have_their_place_in_its_file() -> None:
    errors = refused(file({"vnets": [{"name": "hub", "prefixes": ["10.0.0.1/16"], "colour": 5}], "sites": 5}))

    assert [error.path for error in errors] == [
        "there.json: vnets[0].prefixes[0]",
        "there.json: vnets[0].colour",
        "there.json: sites",
    ]


def test_too_much_address_space_is_refused() -> None:
    errors = refused(file([vnet("hub", *["10.0.0.0/16"] * 20_001)]))

    assert [(error.path, error.reason) for error in errors] == [("", "too-many-items")]


def test_nothing_is_no_setup() -> None:
    assert [(error.path, error.reason) for error in refused()] == [("", "not-understood")]


def test_without_limits_any_sku_passes() -> None:
    there = read_setup([file([HUB, gateway(sku={"name": "VpnGw9"})])], "2026")

    assert there.need["gateway_sku"] == "VpnGw9"


def test_every_code_of_a_report_is_one_of_its_lists() -> None:
    there = read(
        file([*RESOURCES, circuit(), vnet("far", "10.9.0.0/16", "fd00::/8"), rest("virtualWans", "w", {})]),
        file(TABLE, "sites.csv"),
    )

    assert {item.code for item in there.understood} <= set(UNDERSTOOD)
    assert {item.code for item in there.ignored} <= set(IGNORED)
    assert {item.code for item in there.missing} <= set(MISSING)
