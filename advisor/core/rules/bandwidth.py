"""How much the gateways carry, and how the connections share it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal

from advisor.core.design import Design, exact_sum
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Count, Mbps, Phrase, Value, phrase
from advisor.core.rules.naming import bandwidth_paths, clients_of, joined_paths, site_names, site_paths
from advisor.core.rules.vpn_gateway import has_virtual_wan
from advisor.core.rules.ways_out import can_move_to_expressroute
from advisor.core.skus import expressroute_throughputs, sku_number, vpn_skus
from faq.knowledge.limits import Catalogue


def bandwidth_exceeds_gateway(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A VPN gateway carries what its SKU carries (vpn-gateway-table-gwtype-aggtput-include.md 2016-10)."""
    if design.vpn is None or design.vpn.demand.load is None:
        return
    load, largest = design.vpn.demand.load, design.vpn.skus[-1]
    allowed = sku_number(catalogue, largest, "throughput")
    if load > allowed:
        yield observed(
            "bandwidth-exceeds-gateway",
            *_load_paths(need, design),
            variant="policy-based" if design.vpn.policy_based else "",
            requested=Mbps(load),
            allowed=Mbps(allowed),
            excess=Mbps(exact_sum((load, -allowed))),
            sku=largest,
            ways=tuple(_ways_to_carry(need, catalogue, design, load, allowed)),
        )


def _ways_to_carry(need: Need, catalogue: Catalogue, design: Design, load: Decimal, allowed: int) -> Iterator[Phrase]:
    """What to do about a load that is more than is allowed on the VPN gateway."""
    yield phrase("way-reduce", allowed=Mbps(allowed))
    largest = sku_number(catalogue, vpn_skus(catalogue)[-1], "throughput")
    if not (design.vpn and design.vpn.policy_based):
        yield phrase("way-spread", vnets=Count(gateways_for(load, allowed), "vnet"))
    elif load <= largest:
        yield phrase("way-route-based", largest=Mbps(largest))
    on_vpn = sorted({*design.sites.tunnels, *design.sites.over_clients} - {*design.sites.circuit})
    if can_move_to_expressroute(need, catalogue, design, on_vpn):
        yield phrase("way-expressroute-named", sites=site_names(need, on_vpn))
    if has_virtual_wan(catalogue):
        yield phrase("way-wan", carries=Mbps(catalogue.number("virtual_wan.s2s_throughput_per_gateway")))


def gateways_for(load: Decimal, allowed: int) -> int:
    """How many gateways carry a load together."""
    return -(-math.ceil(load) // allowed)


def _load_paths(need: Need, design: Design) -> tuple[str, ...]:
    on_vpn = sorted({*design.sites.tunnels, *design.sites.over_clients} - {*design.sites.circuit})
    if design.expressroute and not design.sites.encrypted:
        return site_paths((index for index in on_vpn if need.sites[index].bandwidth_mbps is not None), "bandwidth_mbps")
    return bandwidth_paths(need, range(len(need.sites)))


def bandwidth_exceeds_expressroute(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """An ExpressRoute gateway carries what its SKU carries (expressroute-table-aggtput-include.md 2016-10)."""
    if not design.expressroute or design.total is None:
        return
    largest, allowed = [*expressroute_throughputs(catalogue, encrypted=need.expressroute_encryption).items()][-1]
    if design.total > allowed:
        yield observed(
            "bandwidth-exceeds-expressroute",
            *bandwidth_paths(need, range(len(need.sites))),
            variant="encrypted" if need.expressroute_encryption else "",
            requested=Mbps(design.total),
            allowed=Mbps(allowed),
            excess=Mbps(exact_sum((design.total, -allowed))),
            sku=largest,
            vnets=Count(gateways_for(design.total, allowed), "vnet"),
        )


def bandwidth_exceeds_vpn(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """More than the largest VPN gateway carries goes over ExpressRoute (vpn-gateway-plan-design.md 2016-10-18)."""
    if design.sites.causes == ("bandwidth",) and design.total is not None:
        largest = vpn_skus(catalogue)[-1]
        allowed = sku_number(catalogue, largest, "throughput")
        yield observed(
            "bandwidth-exceeds-vpn",
            *bandwidth_paths(need, range(len(need.sites))),
            sites=site_names(need, design.sites.circuit),
            requested=Mbps(design.total),
            allowed=Mbps(allowed),
            excess=Mbps(exact_sum((design.total, -allowed))),
            sku=largest,
            wan=_beside_expressroute(catalogue),
        )


def _beside_expressroute(catalogue: Catalogue) -> Value:
    """What Virtual WAN carries, in an edition that knows it; else nothing."""
    if not has_virtual_wan(catalogue):
        return ""
    return Mbps(catalogue.number("virtual_wan.s2s_throughput_per_gateway"))


def bandwidth_shared(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """All tunnels and clients share one gateway's throughput (vpn-gateway-vpn-faq.md 2016-12, multi-site section)."""
    if design.vpn is None or design.tunnels + design.clients <= 1:
        return
    sharing: list[Value] = [Count(design.tunnels, "tunnel")] if design.tunnels else []
    if design.clients:
        sharing.append(clients_of(need))
    yield observed(
        "bandwidth-shared",
        *joined_paths(design),
        *(("clients.count",) if design.clients else ()),
        sharing=tuple(sharing),
        throughput=Mbps(sku_number(catalogue, design.vpn.sku, "throughput")),
    )


def throughput_not_guaranteed(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Over the internet no throughput is guaranteed (vpn-gateway-vpn-faq.md 2016-12, point-to-site section)."""
    if design.vpn and (design.sites.over_internet or design.clients):
        yield observed(
            "throughput-not-guaranteed",
            *site_paths(design.sites.over_internet),
            *(("clients.count",) if design.clients else ()),
            sku=design.vpn.sku,
            throughput=Mbps(sku_number(catalogue, design.vpn.sku, "throughput")),
        )


def backup_slower_than_circuit(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A VPN backup carries no more than its gateway (expressroute-howto-coexist-resource-manager.md 2016-10-10)."""
    if design.vpn is None or not design.sites.backup or design.total is None:
        return
    throughput = sku_number(catalogue, design.vpn.sku, "throughput")
    if throughput < design.total:
        yield observed(
            "backup-slower-than-circuit",
            *bandwidth_paths(need, range(len(need.sites))),
            "expressroute_backup",
            sku=design.vpn.sku,
            throughput=Mbps(throughput),
            total=Mbps(design.total),
        )
