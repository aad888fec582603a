"""What Azure has taken away, or takes away on a known day: the classic model, and the SKUs without zones."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.design import Design
from advisor.core.design_2026 import successor
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Count, Day
from advisor.core.protocols import day_of
from advisor.core.rules.naming import hub_name, vnet_names, vnet_paths
from advisor.core.rules.ways_out import must_be_replaced
from advisor.core.skus import IN_PLACE, retired_skus
from faq.knowledge.limits import Catalogue


def classic_retired(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """The classic deployment model has ended (vpn-gateway-vpn-faq.md 2026-06-04)."""
    classic = tuple(index for index, vnet in enumerate(need.vnets) if vnet.model == "classic")
    if classic:
        yield observed("classic-retired", *vnet_paths(classic, "model"), vnets=vnet_names(need, classic))


def gateway_sku_retired(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A SKU that has ended, or ends, becomes its successor (gateway-sku-consolidation.md 2026-02-03)."""
    sku = need.gateway_sku
    if design.vpn is None or sku is None or sku not in retired_skus(catalogue):
        return
    until = catalogue.day(f"gateway.retired_on.{sku}")
    ended = "is" if day_of(need, catalogue) >= until else "will-be"
    how = "in-place" if sku.startswith(IN_PLACE) else "migrated"
    if must_be_replaced(need, design):
        how = "recreate"
    yield observed(
        "gateway-sku-retired",
        "gateway_sku",
        variant=f"{ended}-{how}",
        sku=sku,
        successor=successor(sku, catalogue),
        advised=design.vpn.sku,
        until=Day(until),
        hub=hub_name(need),
        downtime=Count(catalogue.number("gateway.legacy_migration_downtime"), "minute"),
        length=catalogue.number("gateway.subnet_legacy_migration_prefix"),
        addresses=Count(catalogue.number("gateway.legacy_migration_free_addresses"), "free-address"),
    )
