"""Advice, and refusals, as JSON."""

from __future__ import annotations

from advisor.formats.as_json import to_json
from advisor.wording.sentences import load_texts
from tests.builders import EDITION, advise, site, vnet


def test_the_json_has_the_fields_of_the_contract_in_its_order() -> None:
    shown = to_json(
        advise(
            vnets=[vnet("hub", "10.0.0.0/16")],
            sites=[site("a", "10.0.0.0/24", bandwidth_mbps=12.5, expressroute=False), site("b")],
            private_path=True,
        ),
        load_texts(EDITION),
        "en",
    )
    reason = ["rule", "text", "entry"]
    assert list(shown) == [
        "edition",
        "verdict",
        "connections",
        "gateway",
        "expressroute",
        "limits",
        "findings",
        "alternatives",
        "entries",
        "client_pool",
        "as_of",
        "next_steps",
    ]
    assert [list(found) for found in shown["connections"]] == [["type", "members", "tunnels", "reasons"]] * 2
    assert list(shown["connections"][0]["reasons"][0]) == reason
    assert shown["gateway"] == {
        "routing": "route-based",
        "sku": "Standard",
        "subnet": "10.0.255.224/27",
        "tunnels": 1,
        "throughput_mbps": 100,
    }
    assert shown["expressroute"] == {
        "gateway_sku": "Standard",
        "throughput_mbps": 1000,
        "circuit_mbps": 50,
        "subnet": "10.0.255.224/27",
    }
    assert [list(row) for row in shown["limits"]] == [
        ["key", "requested", "allowed", "unit", "status", "source", "entry"]
    ] * 3
    assert [row["requested"] for row in shown["limits"]] == [1, 12.5, 12.5]
    assert list(shown["limits"][0]["source"]) == ["document", "date"]
    assert {tuple(found) for found in shown["findings"]} == {("code", "severity", "subjects", "text", "entry")}
    assert [list(found) for found in shown["alternatives"]] == [["type", "chosen", "reasons"]] * 5
    assert list(shown["alternatives"][0]["reasons"][0]) == reason


def test_an_advice_without_gateways_says_null() -> None:
    shown = to_json(advise(), load_texts(EDITION), "nl")
    assert (shown["gateway"], shown["expressroute"], shown["connections"], shown["limits"]) == (None, None, [], [])
