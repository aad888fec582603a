"""What one VPN gateway can and cannot be: its tunnels, its routing, its SKU."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.design import Design, lacking
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Code, Count, Mbps, Phrase, Value, phrase
from advisor.core.rules.naming import joined_paths, policy_based_paths, site_names, site_paths, vnet_paths
from advisor.core.rules.ways_out import (
    bgp_can_be_turned_on,
    can_move_to_expressroute,
    fewest_sites_to_move,
    must_be_replaced,
    ways_to_route_based,
)
from advisor.core.skus import vpn_skus
from faq.knowledge.limits import Catalogue


def tunnel_limit_exceeded(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """The largest SKU sets how many tunnels one gateway has (vpn-gateway-vpn-faq.md 2016-12, multi-site section)."""
    largest = vpn_skus(catalogue)[-1]
    allowed = catalogue.number(f"sku.{largest}.s2s_tunnels")
    if design.tunnels > allowed:
        yield observed(
            "tunnel-limit-exceeded",
            *joined_paths(design),
            requested=Count(design.tunnels, "tunnel"),
            allowed=Count(allowed, "tunnel"),
            sku=largest,
            ways=tuple(_ways_with_fewer_tunnels(need, catalogue, design, allowed)),
        )


def _ways_with_fewer_tunnels(need: Need, catalogue: Catalogue, design: Design, allowed: int) -> Iterator[Phrase]:
    excess = design.tunnels - allowed
    yield phrase("way-other-vnets", tunnels=Count(excess, "tunnel"), vnets=Count(-(-excess // allowed), "other-vnet"))
    on_vpn = [index for index in design.sites.tunnels if index not in design.sites.circuit]
    moved = fewest_sites_to_move(need, on_vpn, excess)
    if can_move_to_expressroute(need, catalogue, design, moved):
        yield phrase("way-sites-to-expressroute", sites=Count(len(moved), "site"))
    if sum(need.sites[index].tunnels - 1 for index in design.sites.tunnels) >= excess:
        yield phrase("way-one-tunnel")


def policy_based_single_tunnel(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Policy-based allows one site-to-site tunnel and no more (vpn-gateway-table-gwtype-aggtput-include.md 2016-10)."""
    allowed = catalogue.number("s2s.tunnels_policy_based_gateway")
    if design.vpn is None or not design.vpn.policy_based:
        return
    demands = tuple(beyond_policy_based(need, design, allowed))
    if not demands:
        return
    devices = design.vpn.policy_based_sites
    yield observed(
        "policy-based-single-tunnel",
        *vnet_paths(design.others),
        *(site_paths(design.sites.tunnels) if design.tunnels > allowed else site_paths(devices, "device_routing")),
        *(("clients.count",) if design.clients else ()),
        *(("gateway_routing",) if need.gateway_routing == "policy-based" else ()),
        variant="device" if devices else "existing",
        allowed=Count(allowed, "tunnel"),
        demands=demands,
        sites=site_names(need, devices),
        ways=tuple(_ways_beyond_policy_based(need, catalogue, design, allowed)),
    )


def _ways_beyond_policy_based(need: Need, catalogue: Catalogue, design: Design, allowed: int) -> Iterator[Phrase]:
    """What makes the gateway route-based, or does with what policy-based has."""
    devices = design.vpn.policy_based_sites if design.vpn else ()
    yield phrase("way-steps", steps=tuple(ways_to_route_based(need, catalogue, design)))
    if need.gateway_routing != "policy-based" and can_move_to_expressroute(need, catalogue, design, devices):
        yield phrase("way-expressroute-named", sites=site_names(need, devices))
    if design.tunnels > allowed:
        yield phrase("way-keep-to", allowed=Count(allowed, "tunnel"))
    without = tuple(_to_do_without(need, design))
    if without:
        yield phrase("way-without", demands=without)


def _to_do_without(need: Need, design: Design) -> Iterator[Value]:
    """What of the design, beyond tunnels, a policy-based gateway rules out and can be left away."""
    if design.others:
        yield Code("vnet-to-vnet")
    if design.clients:
        yield Code("point-to-site")
    if design.expressroute and set(design.sites.tunnels) == set(design.sites.backup):
        yield Code("vpn-backup")


def beyond_policy_based(need: Need, design: Design, allowed: int) -> Iterator[Value]:
    """What a design asks of a policy-based gateway beyond its one tunnel."""
    if design.tunnels > allowed:
        yield Count(design.tunnels, "tunnel")
    if design.others:
        yield Code("vnet-to-vnet")
    if design.clients:
        yield Code("point-to-site")
    if design.expressroute:
        yield Code("beside-expressroute")


def gateway_routing_mismatch(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A gateway keeps the VPN type it was made with (vpn-gateway-about-vpn-gateway-settings.md 2016-10-18)."""
    vpn = design.vpn
    if vpn is None:
        return
    devices = vpn.policy_based_sites
    software = tuple(index for index in design.sites.tunnels if need.sites[index].device == "software")
    wrong_type = need.gateway_routing not in {None, vpn.routing}
    wrong_sku = need.gateway_sku is not None and need.gateway_sku not in vpn.skus
    minutes = Count(catalogue.number("gateway.creation_time"), "minute")
    existing = tuple(found for found in (need.gateway_routing, need.gateway_sku) if found is not None)
    if devices and (wrong_type or wrong_sku):
        yield observed(
            "gateway-routing-mismatch",
            *site_paths(devices, "device_routing"),
            *(("gateway_routing",) if wrong_type else ()),
            *(("gateway_sku",) if wrong_sku else ()),
            variant="device",
            sites=site_names(need, devices),
            existing=existing,
            sku=vpn.sku,
            minutes=minutes,
        )
    elif vpn.policy_based and software:
        yield observed(
            "gateway-routing-mismatch",
            *site_paths(software, "device"),
            *(("gateway_routing",) if need.gateway_routing else ()),
            variant="software",
            sites=site_names(need, software),
            steps=tuple(ways_to_route_based(need, catalogue, design)),
        )
    elif wrong_sku:
        yield observed(
            "gateway-routing-mismatch",
            "gateway_routing",
            "gateway_sku",
            variant="sku",
            existing=existing,
            sku=vpn.sku,
            minutes=minutes,
        )


def gateway_sku_too_small(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Each SKU allows so many tunnels, so much throughput, BGP or not (vpn-gateway-table-gwtype-aggtput-include.md)."""
    vpn = design.vpn
    if vpn is None or vpn.policy_based or need.gateway_sku is None or need.gateway_sku in vpn.fitting:
        return
    lacking_here = tuple(_lacking(need, catalogue, design))
    if vpn.fitting and lacking_here:
        yield observed(
            "gateway-sku-too-small",
            "gateway_sku",
            variant="recreate" if must_be_replaced(need, design) else need.hub.model,
            sku=need.gateway_sku,
            lacking=lacking_here,
            advised=vpn.sku,
        )


def _lacking(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Value]:
    """What the existing SKU lacks and a larger one has, but for active-active, which has an error of its own; no SKU
    gives BGP where something else rules it out.
    """
    if design.vpn is None or need.gateway_sku is None:
        return
    demand = design.vpn.demand
    for lack in lacking(need.gateway_sku, demand, catalogue):
        if lack == "tunnels":
            yield Count(demand.tunnels, "tunnel")
        elif lack == "load" and demand.load is not None:
            yield Mbps(demand.load)
        elif lack == "side-by-side" or (lack == "bgp" and bgp_can_be_turned_on(need, catalogue, design)):
            yield Code({"bgp": "bgp", "side-by-side": "beside-expressroute"}[lack])


def policy_based_idle_timeout(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A policy-based tunnel goes down when nothing passes it (vpn-gateway-vpn-faq.md 2016-12, VPN devices section)."""
    if design.vpn and design.vpn.policy_based:
        yield observed(
            "policy-based-idle-timeout",
            *policy_based_paths(need, design),
            minutes=Count(catalogue.number("s2s.idle_timeout_policy_based"), "minute"),
        )
