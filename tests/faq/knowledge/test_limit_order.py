"""In which order limits are listed."""

from __future__ import annotations

from faq.knowledge.limit_order import grouped
from tests.faq.limit_builders import limit


def test_gateways_come_first_and_blocks_of_addresses_last() -> None:
    keys = ["addresses.not_public", "bgp.default_asn", "gateway.per_vnet", "sku.Basic.bgp", "teapots.per_room"]
    groups = grouped(limit(key, 1, key) for key in keys)
    assert list(groups) == ["sku", "gateway", "bgp", "teapots", "addresses"]


def test_the_limits_of_a_group_stay_in_their_order() -> None:
    groups = grouped(limit(key, 1, key) for key in ("p2s.b", "bgp.x", "p2s.a"))
    assert [one.key for one in groups["p2s"]] == ["p2s.b", "p2s.a"]
