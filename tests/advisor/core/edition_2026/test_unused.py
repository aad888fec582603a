"""Wishes of today that do nothing in a design, and are named."""

from __future__ import annotations

from typing import Any

import pytest

from tests.advisor.core.edition_2026.builders import advise
from tests.builders import site, vnet


@pytest.mark.parametrize(
    ("need", "path"),
    [
        ({"vnet_encryption": True}, "vnet_encryption"),
        ({"expressroute_encryption": True}, "expressroute_encryption"),
        ({"clients": {"protocol": "ikev2"}}, "clients.protocol"),
        ({"clients": {"authentication": "certificate"}}, "clients.authentication"),
    ],
)
def test_a_wish_that_does_nothing_is_named(need: dict[str, Any], path: str) -> None:
    advice = advise(vnets=[vnet("hub", "10.20.0.0/16")], sites=[site("Tilburg", "192.168.10.0/24")], **need)
    unused = next(one for one in advice.findings if one.code == "wish-unused")
    assert unused.subjects == (path,)


def test_endpoints_count_for_no_gateway_where_there_is_none() -> None:
    peered = [vnet("hub", "10.20.0.0/16"), vnet("spoke", "10.21.0.0/16")]
    unused = next(one for one in advise(vnets=peered, endpoints=20).findings if one.code == "wish-unused")
    assert unused.subjects == ("endpoints",)


PEERED = [vnet("hub", "10.20.0.0/16"), vnet("spoke", "10.21.0.0/16", asn=65_010)]
UNUSED: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("the number of a peered vnet", {"vnets": PEERED, "bgp": True}, ("vnets[1].asn",)),
    ("the number of a vnet joined by vpn", {"vnets": PEERED, "bgp": True, "vnet_encryption": True}, ()),
    (
        "transit of a classic hub",
        {"vnets": [vnet("old", "10.20.0.0/16", model="classic")], "transit": True},
        ("transit",),
    ),
    ("transit to a peered vnet", {"vnets": PEERED, "bgp": True, "transit": True}, ("vnets[1].asn",)),
]


@pytest.mark.parametrize(("changes", "expected"), [case[1:] for case in UNUSED], ids=[case[0] for case in UNUSED])
def test_what_no_connection_uses_is_named(changes: dict[str, Any], expected: tuple[str, ...]) -> None:
    findings = advise(sites=[site("Tilburg", "192.168.10.0/24")], **changes).findings
    assert tuple(path for one in findings if one.code == "wish-unused" for path in one.subjects) == expected
