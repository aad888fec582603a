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
    recreation_minutes,
    ways_to_route_based,
)
from advisor.core.skus import goes_up_in_place, retired_skus, sku_number, vpn_skus
from faq.knowledge.limits import Catalogue

BEYOND_THE_SMALLEST = frozenset({"point-to-site", "gateway-transit", "traffic-selectors"})
"""What the smallest SKU of today does not serve, by the codes of `Demand.advanced`."""


def tunnel_limit_exceeded(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """The largest SKU sets how many tunnels one gateway has (vpn-gateway-vpn-faq.md 2016-12, multi-site section)."""
    largest = vpn_skus(catalogue)[-1]
    allowed = sku_number(catalogue, largest, "s2s_tunnels")
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
    if has_virtual_wan(catalogue):
        branches = catalogue.number("virtual_wan.branch_connections_per_hub")
        yield phrase("way-wan-tunnels", tunnels=Count(branches, "tunnel"))


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
    wrong_sku = vpn.existing is not None and vpn.existing not in vpn.skus
    minutes = recreation_minutes(catalogue)
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
    if vpn is None or vpn.policy_based or vpn.existing is None or vpn.existing in vpn.fitting:
        return
    lacking_here = tuple(_lacking(need, catalogue, design))
    if vpn.fitting and lacking_here:
        how = how_to_enlarge(need, catalogue, design)
        yield observed(
            "gateway-sku-too-small",
            "gateway_sku",
            variant=how,
            sku=str(need.gateway_sku),
            lacking=lacking_here,
            advised=vpn.sku,
            successor=vpn.existing if how == "migrated" else "",
            minutes=recreation_minutes(catalogue) if how == "remade" else "",
        )


def how_to_enlarge(need: Need, catalogue: Catalogue, design: Design) -> str:
    """How the gateway gets a larger SKU: in place by the hub's model, by making it again, or after its migration."""
    if must_be_replaced(need, design):
        return "recreate"
    existing = need.gateway_sku or ""
    if not goes_up_in_place(catalogue, existing):
        return "remade"
    return "migrated" if existing in retired_skus(catalogue) else need.hub.model


def _lacking(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Value]:
    """What the existing SKU lacks and a larger one has; no SKU gives BGP where something else rules it out. Where the
    gateway is resized in place, active-active has an error of its own alone.
    """
    if design.vpn is None or design.vpn.existing is None:
        return
    demand = design.vpn.demand
    counted: dict[str, Value] = {
        "tunnels": Count(demand.tunnels, "tunnel"),
        "load": Mbps(demand.load or 0),
        "clients": Count(demand.clients, "client"),
        "endpoints": Count(demand.endpoints, "endpoint"),
        "side-by-side": Code("beside-expressroute"),
    }
    lacks = [*lacking(design.vpn.existing, demand, catalogue)]
    for lack in lacks:
        if lack in counted and not (lack == "clients" and "point-to-site" in lacks):
            yield counted[lack]
        elif lack == "bgp" and bgp_can_be_turned_on(need, catalogue, design):
            yield Code("bgp")
        elif lack == "active-active" and not goes_up_in_place(catalogue, design.vpn.existing):
            yield Code("active-active")
        elif lack == "sign-in":
            yield Code(need.clients.authentication or "")
        elif lack in BEYOND_THE_SMALLEST:
            yield Code(f"{lack}-on-basic")


def has_virtual_wan(catalogue: Catalogue) -> bool:
    """Whether the edition knows Virtual WAN, which takes more than one gateway does."""
    return "virtual_wan.branch_connections_per_hub" in catalogue


def policy_based_idle_timeout(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A policy-based tunnel goes down when nothing passes it (vpn-gateway-vpn-faq.md 2016-12, VPN devices section)."""
    if design.vpn and design.vpn.policy_based:
        yield observed(
            "policy-based-idle-timeout",
            *policy_based_paths(need, design),
            minutes=Count(catalogue.number("s2s.idle_timeout_policy_based"), "minute"),
        )
