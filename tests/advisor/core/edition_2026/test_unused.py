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
