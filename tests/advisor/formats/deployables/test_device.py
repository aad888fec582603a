"""device.md: what an engineer sets on the VPN device of a site."""

from __future__ import annotations

from typing import Any

import pytest
from markdown_it import MarkdownIt

from advisor.formats.deployables import device
from tests.advisor.formats.deployables.designs import LINK, PUBLIC, deployed, tilburg
from tests.builders import site, vnet

BGP: dict[str, Any] = {"bgp": True, "sites": [tilburg(asn=65010)]}
SPOKES = [vnet("hub", "10.20.0.0/16"), vnet("spoke", "10.30.0.0/16", "10.31.0.0/24")]
BASIC: dict[str, Any] = {"gateway_sku": "Basic"}
POLICY_BASED: dict[str, Any] = {"gateway_routing": "policy-based", "gateway_sku": "Basic"}
SELECTORS: dict[str, Any] = {"sites": [tilburg(device_routing="policy-based")], "vnets": SPOKES}
CIRCUIT: dict[str, Any] = {"expressroute_circuit": True, "expressroute_encryption": True}
FAQ, DEVICES = "vpn-gateway-vpn-faq.md, 2026-06-04", "vpn-gateway-about-vpn-devices.md, 2023-10-06"


def written(language: str = "en", **fields: Any) -> str:
    """The file of a design."""
    return device.write(*deployed(language, **fields), language)


def rows(markdown: str) -> dict[str, list[str]]:
    """The rows of both tables by their first cell, without the marks of code."""
    lines = [line.strip("|").split(" | ") for line in markdown.splitlines() if line.startswith("| ")]
    cells = [[cell.strip().replace("`", "") for cell in line] for line in lines]
    return {first: rest for first, *rest in cells}


def test_both_sides_agree_on_the_policy_of_the_connection() -> None:
    told = rows(written())
    expected = {
        "IKE version": ["IKEv2", "IKEv2", FAQ],
        "Phase 1: encryption": ["AES256", "AES-256 (CBC)", FAQ],
        "Phase 1: integrity": ["SHA256", "SHA-256 (HMAC-SHA2-256)", FAQ],
        "Phase 1: Diffie-Hellman group": ["DHGroup14", "14 (MODP 2048)", FAQ],
        "Phase 1: lifetime": ["28,800 seconds, fixed", "28800 s", FAQ],
        "Phase 2: encryption": ["GCMAES256", "AES-256-GCM (ICV 16)", FAQ],
        "Phase 2: integrity": ["GCMAES256", "No separate choice: GCM protects integrity itself", FAQ],
        "Phase 2: PFS group": ["PFS2048", "14 (MODP 2048)", FAQ],
        "Phase 2: lifetime by time": ["27,000 seconds", "27000 s", DEVICES],
        "Phase 2: lifetime by traffic": ["102,400,000 kilobytes", "102400000 KB", DEVICES],
    }
    assert {name: told[name] for name in expected} == expected
    assert told["Dead peer detection (DPD)"][0] == "45 seconds"
    assert told["Pre-shared key (PSK)"][0] == "In the key vault: psk-tilburg"
    assert "1 to 128 printable ASCII characters" in told["Pre-shared key (PSK)"][1]


@pytest.mark.parametrize(
    ("fields", "row", "expected"),
    [
        ({}, "Public IP address", ["GATEWAY_IP_1", PUBLIC, ""]),
        ({}, "Networks", ["hub: 10.20.0.0/16", "192.168.10.0/24", ""]),
        ({}, "Traffic selectors", ["0.0.0.0/0", "0.0.0.0/0", ""]),
        (
            {"active_active": True, "gateway_ips": ("20.1.2.3",)},
            "Public IP address, tunnel 1",
            ["20.1.2.3", PUBLIC, ""],
        ),
        ({"active_active": True}, "Public IP address, tunnel 2", ["GATEWAY_IP_2", PUBLIC, ""]),
        (
            {"vnets": SPOKES},
            "Networks",
            ["hub: 10.20.0.0/16<br>spoke: 10.30.0.0/16, 10.31.0.0/24", "192.168.10.0/24", ""],
        ),
        ({"vnets": SPOKES, "vnet_encryption": True}, "Networks", ["hub: 10.20.0.0/16", "192.168.10.0/24", ""]),
        (
            SELECTORS,
            "Traffic selectors",
            [
                "Each pair of a prefix in Azure and one of the site: 3, and at most 100",
                "The same pairs, mirrored",
                "vpn-gateway-limits.md, 2024-01-04",
            ],
        ),
        (BGP, "AS number (ASN)", ["65515", "65010", FAQ]),
        ({"bgp": True}, "AS number (ASN)", ["65515", "SITE_ASN", FAQ]),
        (BGP, "BGP timers", ["Keepalive 60 s, hold time 180 s", "The same", FAQ]),
        (BGP, "BGP peer address, tunnel 1", ["GATEWAY_BGP_IP_1", "SITE_BGP_IP", FAQ]),
        (BASIC, "Phase 1: Diffie-Hellman group", ["DHGroup2", "2 (MODP 1024)", DEVICES]),
        (BASIC, "Phase 2: integrity", ["SHA256", "SHA-256 (HMAC-SHA2-256)", DEVICES]),
        (BASIC, "Phase 2: PFS group", ["None", "Off", FAQ]),
        (POLICY_BASED, "IKE version", ["IKEv1", "IKEv1", FAQ]),
        (POLICY_BASED, "Phase 2: lifetime by time", ["3,600 seconds", "3600 s", DEVICES]),
        (CIRCUIT, "Private address, over ExpressRoute", ["GATEWAY_IP_1", "SITE_IP", ""]),
        ({"sites": [site("Tilburg")]}, "Networks", ["hub: 10.20.0.0/16", "Not given in the design", ""]),
    ],
)
def test_a_row_follows_from_the_design(fields: dict[str, Any], row: str, expected: list[str]) -> None:
    assert rows(written(**fields))[row] == expected


def test_there_are_no_rows_for_bgp_without_it() -> None:
    assert [name for name in rows(written()) if "BGP" in name or "ASN" in name] == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, {"UDP 500", "MSS clamping to 1,350 bytes", "the policy on the connection"}),
        ({"sites": [tilburg(behind_nat=True)]}, {"behind NAT: it starts"}),
        ({"active_active": True}, {"keep both up"}),
        (BGP | {"sites": [tilburg(asn=65010, tunnels=2)]}, {"has 2 tunnels to each", "BGP peer address of the device"}),
        ({"forced_tunneling": True}, {"internet traffic of the VNets"}),
        (BASIC, {"Basic SKU accepts no custom policy"}),
        (POLICY_BASED, {"after 5 minutes without traffic"}),
        (CIRCUIT, {"longer prefixes over the tunnel"}),
    ],
)
def test_a_note_stands_there_where_it_holds_and_nowhere_else(fields: dict[str, Any], said: set[str]) -> None:
    assert all(one in written(**fields) for one in said)
    always = {"UDP 500", "MSS clamping to 1,350 bytes", "the policy on the connection"}
    assert not any(one in written() for one in said - always)


def test_it_tells_what_the_advice_says_of_this_site_and_of_no_other() -> None:
    fields: dict[str, Any] = {"sites": [tilburg(behind_nat=True), site("Breda", "192.168.20.0/24", device="software")]}
    of_tilburg = written(chosen="Tilburg", **fields).partition("What the advice says about this site")[2]
    of_breda = written(chosen="Breda", **fields).partition("What the advice says about this site")[2]
    assert ("`site-behind-nat`" in of_tilburg, "`site-behind-nat`" in of_breda) == (True, False)
    assert ("`software-vpn`" in of_tilburg, "`software-vpn`" in of_breda) == (False, True)


def test_every_command_is_one_that_shows_an_address() -> None:
    block = written(active_active=True, **BGP).partition("```sh\n")[2].partition("```")[0]
    group = '--resource-group "$RESOURCE_GROUP"'
    peers = "bgpSettings.bgpPeeringAddresses[].defaultBgpIpAddresses[]"
    assert block.splitlines() == [
        f"az network public-ip show {group} --name pip-vpngw-hub-1 --query ipAddress --output tsv",
        f"az network public-ip show {group} --name pip-vpngw-hub-2 --query ipAddress --output tsv",
        f"az network vnet-gateway show {group} --name vpngw-hub --query '{peers}' --output tsv",
    ]


@pytest.mark.parametrize(
    "name", ["<script>x</script>", "a | b `c` *d* [e](javascript:f)", "# x", "\u202eevil\u2028| y |", "&lt;b&gt;"]
)
def test_a_name_is_text_and_no_markup(name: str) -> None:
    fields: dict[str, Any] = {"sites": [tilburg(name=name)], "vnets": [vnet(f"{name}h", "10.20.0.0/16")]}
    html = MarkdownIt().enable("table").render(written(**fields))
    plain = MarkdownIt().enable("table").render(written())
    for tag in ("<h1", "<h2", "<tr", "<td", "<li", "<code", "<em", "<a ", "<pre"):
        assert html.count(tag) == plain.count(tag), tag
    assert "<script" not in html
    assert "\u202e" not in html


def test_the_two_languages_have_the_same_values() -> None:
    fields: dict[str, Any] = {"active_active": True} | BGP
    dutch, english = written("nl", **fields), written("en", **fields)
    codes = [text.split("`")[1::2] for text in (dutch, english)]
    found = [[one for one in listed if one.isascii()] for listed in codes]
    assert found[0] == found[1]
    assert dutch.count("\n| ") == english.count("\n| ")
    assert "VPN-apparaat van site Tilburg" in dutch
    assert f"<{LINK}>" in english
