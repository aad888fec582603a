"""What a connection joins where it says so, and where only its ends do."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.existing.resources import Resource
from advisor.existing.settings import kind_of_connection


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"connectionType": "IPsec"}, "ipsec"),
        ({"connectionType": "VNET2VNET"}, "vnet2vnet"),
        ({"connectionType": "ExpressRoute"}, "expressroute"),
        ({"connectionType": "VPNClient"}, None),
        ({"connectionType": "other"}, None),
        ({"virtualNetworkGateway2": {"id": "x"}}, "vnet2vnet"),
        ({"peer": {"id": "x"}}, "expressroute"),
        ({"peer": {"id": None}, "virtualNetworkGateway2": None}, "ipsec"),
        ({}, "ipsec"),
    ],
)
def test_a_connection_is_of_a_kind(body: dict[str, Any], kind: str | None) -> None:
    assert kind_of_connection(Resource("f", "", "t", body).view) == kind
