"""swanctl.conf: what strongSwan understands of it, read back from the daemon that loaded it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from advisor.core.deployment import DeploymentRefused
from advisor.formats.deployables import swanctl
from tests.advisor.formats.deployables import charon
from tests.advisor.formats.deployables.designs import LINK, PUBLIC, deployed, tilburg
from tests.builders import site, vnet

BGP: dict[str, Any] = {"bgp": True, "sites": [tilburg(asn=65010)]}
SPOKES = [vnet("hub", "10.20.0.0/16"), vnet("spoke", "10.30.0.0/16", "10.31.0.0/24")]
BASIC: dict[str, Any] = {"gateway_sku": "Basic"}
POLICY_BASED: dict[str, Any] = {"gateway_routing": "policy-based", "gateway_sku": "Basic"}
SELECTORS: dict[str, Any] = {"sites": [tilburg(device_routing="policy-based")], "vnets": SPOKES}
CIRCUIT: dict[str, Any] = {"expressroute_circuit": True, "expressroute_encryption": True}
NASTY = (
    "x\n}\nsecrets {",
    "$(id) `id` ${x}",
    "@/etc/passwd",
    "a # include /etc/passwd",
    "\u202eevil\u2028x",
    "🚀" * 80,
)


def written(language: str = "en", **fields: Any) -> str:
    """The file of a design."""
    return swanctl.write(*deployed(language, **fields), language)


def settings(conf: str) -> list[str]:
    """The lines of a file that are no comments and not empty."""
    return [line.strip() for line in conf.splitlines() if line.strip() and not line.strip().startswith("#")]


def values(conf: str, setting: str) -> list[str]:
    """The values of a setting, in order."""
    return [line.partition(" = ")[2] for line in settings(conf) if line.startswith(f"{setting} = ")]


def test_it_says_all_that_the_tunnel_of_one_site_needs() -> None:
    assert settings(written()) == [
        "connections {",
        "azure-hub-1 {",
        "version = 2",
        f"local_addrs = {PUBLIC}",
        "remote_addrs = GATEWAY_IP_1",
        "proposals = aes256-sha256-modp2048",
        "rekey_time = 25920s",
        "dpd_delay = 15s",
        "mobike = no",
        "keyingtries = 0",
        "local {",
        "auth = psk",
        f"id = {PUBLIC}",
        "}",
        "remote {",
        "auth = psk",
        "id = GATEWAY_IP_1",
        "}",
        "children {",
        "azure-hub-1 {",
        "local_ts = 192.168.10.0/24",
        "remote_ts = 10.20.0.0/16",
        "esp_proposals = aes256gcm128-modp2048",
        "rekey_time = 24300s",
        "life_time = 27000s",
        "start_action = start",
        "close_action = start",
        "dpd_action = restart",
        "}",
        "}",
        "}",
        "}",
        "include azure-*.secrets.conf",
    ]


@pytest.mark.parametrize(
    ("fields", "setting", "expected"),
    [
        ({}, "if_id_in", []),
        ({"active_active": True}, "if_id_in", ["41", "42"]),
        ({"active_active": True}, "if_id_out", ["41", "42"]),
        ({"active_active": True}, "remote_addrs", ["GATEWAY_IP_1", "GATEWAY_IP_2"]),
        ({"active_active": True}, "local_ts", ["192.168.10.0/24"] * 2),
        ({"active_active": True, "gateway_ips": ("20.1.2.3",)}, "remote_addrs", ["20.1.2.3", "GATEWAY_IP_2"]),
        ({"gateway_ips": ("20.1.2.3",)}, "id", [PUBLIC, "20.1.2.3"]),
        (BGP, "if_id_in", ["41"]),
        (BGP, "local_ts", ["0.0.0.0/0"]),
        (BGP, "remote_ts", ["0.0.0.0/0"]),
        ({"forced_tunneling": True}, "local_ts", ["0.0.0.0/0"]),
        ({"forced_tunneling": True}, "remote_ts", ["10.20.0.0/16"]),
        ({"forced_tunneling": True, "gateway_sku": "VpnGw2AZ"}, "local_ts", ["0.0.0.0/0"]),
        ({"vnets": SPOKES}, "remote_ts", ["10.20.0.0/16, 10.30.0.0/16, 10.31.0.0/24"]),
        ({"vnets": SPOKES, "vnet_encryption": True}, "remote_ts", ["10.20.0.0/16"]),
        (SELECTORS, "remote_ts", ["10.20.0.0/16, 10.30.0.0/16, 10.31.0.0/24"]),
        ({"sites": [tilburg(public_ipv4=True)]}, "local_addrs", ["%any"]),
        ({"sites": [tilburg(public_ipv4=True)]}, "id", ["SITE_IP", "GATEWAY_IP_1"]),
        ({"sites": [tilburg(behind_nat=True)]}, "local_addrs", ["%any"]),
        ({"sites": [tilburg(behind_nat=True)]}, "id", [PUBLIC, "GATEWAY_IP_1"]),
        ({"sites": [tilburg(tunnels=2, asn=65010)], "bgp": True}, "remote_addrs", ["GATEWAY_IP_1"]),
        (BASIC, "proposals", ["aes256-sha256-modp1024"]),
        (BASIC, "esp_proposals", ["aes256-sha256"]),
        (BASIC, "version", ["2"]),
        (POLICY_BASED, "version", ["1"]),
        (POLICY_BASED, "life_time", ["3600s"]),
        (POLICY_BASED, "rekey_time", ["25920s", "3240s"]),
        (CIRCUIT, "local_addrs", ["%any"]),
        (CIRCUIT, "id", ["SITE_IP", "GATEWAY_IP_1"]),
        (
            CIRCUIT | {"expressroute_backup": True} | BGP,
            "id",
            ["SITE_PRIVATE_IP", "GATEWAY_IP_1", PUBLIC, "GATEWAY_IP_2"],
        ),
        ({"sites": [site("Tilburg", public_ipv4=PUBLIC)]}, "local_ts", []),
        ({"vnets": [vnet("hub")], "gateway_subnet": "10.20.0.0/27"}, "remote_ts", []),
    ],
)
def test_a_setting_follows_from_the_design(fields: dict[str, Any], setting: str, expected: list[str]) -> None:
    assert values(written(**fields), setting) == expected


def test_a_policy_based_gateway_gets_a_child_for_each_pair() -> None:
    fields: dict[str, Any] = POLICY_BASED | {
        "vnets": [vnet("hub", "10.20.0.0/16", "10.21.0.0/16")],
        "sites": [site("Tilburg", "192.168.10.0/24", "192.168.11.0/24", public_ipv4=PUBLIC)],
    }
    conf = written(**fields)
    assert [*zip(values(conf, "local_ts"), values(conf, "remote_ts"), strict=True)] == [
        ("192.168.10.0/24", "10.20.0.0/16"),
        ("192.168.10.0/24", "10.21.0.0/16"),
        ("192.168.11.0/24", "10.20.0.0/16"),
        ("192.168.11.0/24", "10.21.0.0/16"),
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"active_active": True},
        {"active_active": True} | BGP,
        {"vnets": SPOKES},
        SELECTORS,
        BASIC,
        POLICY_BASED | {"vnets": [vnet("hub", "10.20.0.0/16", "10.21.0.0/16")]},
        CIRCUIT | {"expressroute_backup": True} | BGP,
        {"sites": [site("Tilburg")], "vnets": [vnet("hub")], "gateway_subnet": "10.20.0.0/27"},
        *({"sites": [tilburg(name=name[:80])], "vnets": [vnet(name[:79] + "h", "10.20.0.0/16")]} for name in NASTY),
    ],
)
def test_strongswan_loads_it_as_it_stands(fields: dict[str, Any], tmp_path: Path) -> None:
    charon.require()
    conf = written(**fields)
    told = charon.loaded(conf, tmp_path)
    connections = re.findall(r"^(azure-[a-z0-9-]+): IKEv[12], ", told, re.MULTILINE)
    assert len(connections) == len(values(conf, "proposals"))
    assert told.count("TUNNEL, rekeying every") == len(values(conf, "esp_proposals"))
    assert f"loaded {len(connections)} connections" in (tmp_path / "loading").read_text()


def test_strongswan_reads_the_same_as_was_meant(tmp_path: Path) -> None:
    charon.require()
    told = charon.loaded(written(gateway_ips=("20.1.2.3",)), tmp_path)
    assert [line.strip() for line in told.splitlines()] == [
        "azure-hub-1: IKEv2, no reauthentication, rekeying every 25920s, dpd delay 15s",
        f"local:  {PUBLIC}",
        "remote: 20.1.2.3",
        "local pre-shared key authentication:",
        f"id: {PUBLIC}",
        "remote pre-shared key authentication:",
        "id: 20.1.2.3",
        "azure-hub-1: TUNNEL, rekeying every 24300s, dpd action is start",
        "local:  192.168.10.0/24",
        "remote: 10.20.0.0/16",
    ]


@pytest.mark.parametrize("name", NASTY)
def test_a_name_changes_nothing_but_comments(name: str) -> None:
    plain, nasty = written(), written(sites=[tilburg(name=name)])
    assert settings(nasty) == settings(plain)
    assert not re.search("[\u202e\u2028\r\x0b]", nasty)


def test_another_language_changes_comments_only() -> None:
    fields: dict[str, Any] = {"active_active": True, "bgp": True, "sites": [tilburg(asn=65010, behind_nat=True)]}
    dutch, english = written("nl", **fields), written("en", **fields)
    assert settings(dutch) == settings(english)
    assert dutch != english
    assert dutch == written("nl", **fields)


def test_the_head_tells_of_which_advice_it_is_and_what_that_found() -> None:
    head = written().partition("connections {")[0]
    assert f"# The advice: {LINK}" in head
    assert "# Edition 2026, verdict: fits. Newest source: 2026-09-10." in head
    assert "# info clamp-mss: " in head
    assert "#   swanctl --load-all" in head
    assert "--set-mss 1350" in head


def test_no_comment_is_longer_than_a_line() -> None:
    lines = written(active_active=True, **BGP).splitlines()
    told = [line for line in lines if line.strip().startswith("# ") and not line.strip().startswith("#   ")]
    assert [line for line in told if len(line) > 120] == []


def test_there_is_no_key_in_it() -> None:
    assert [line for line in settings(written()) if "secret" in line] == ["include azure-*.secrets.conf"]


def test_a_site_has_to_be_chosen_of_several() -> None:
    sites = [tilburg(), site("Breda", "192.168.20.0/24")]
    with pytest.raises(DeploymentRefused) as refused:
        written(sites=sites)
    assert refused.value.reason == "which-site"
    assert values(written(sites=sites, chosen="breda"), "local_ts") == ["192.168.20.0/24"]
