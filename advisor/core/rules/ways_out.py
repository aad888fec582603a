"""What a design can do instead, where something does not fit: only what works for the rest of it too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.core.addressing import Blocks, Prefix
from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.parameters import Count, Phrase, phrase
from advisor.core.protocols import most_clients
from advisor.core.rules.naming import policy_based_paths, site_names, site_paths
from advisor.core.skus import expressroute_throughputs, sku_flag, skus_with
from faq.knowledge.limits import Catalogue


def bgp_causes(need: Need, catalogue: Catalogue, design: Design) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each cause that rules BGP over the VPN out, with the paths of what causes it."""
    if design.vpn and design.vpn.policy_based:
        yield "bgp-policy-based", policy_based_paths(need, design)
    existing = design.vpn.existing if design.vpn else None
    if existing and not sku_flag(catalogue, existing, "bgp"):
        yield "bgp-sku", ("gateway_sku",)
    if need.hub.model == "classic" and has_classic(catalogue) and not catalogue.flag("bgp.classic_model"):
        yield "bgp-classic", ("vnets[0].model",)
    if design.expressroute and design.sites.tunnels and not catalogue.flag("coexist.er_bgp_for_s2s"):
        yield "bgp-beside-expressroute", site_paths(design.sites.tunnels)


def bgp_can_be_turned_on(need: Need, catalogue: Catalogue, design: Design) -> bool:
    """Whether BGP works over this VPN, with another SKU where it must be."""
    return all(cause == "bgp-sku" for cause, _ in bgp_causes(need, catalogue, design))


def bgp_skus(catalogue: Catalogue, design: Design) -> tuple[str, ...]:
    """The SKUs to name where BGP is advised: where the SKU of the design has it that one alone, but in 2016-12 all."""
    advised = design.vpn.sku if design.vpn else ""
    found = skus_with(catalogue, "bgp")
    return (advised,) if advised in found and not has_classic(catalogue) else found


def can_move_to_expressroute(need: Need, catalogue: Catalogue, design: Design, moving: Iterable[int]) -> bool:
    """Whether these sites can join over a circuit, beside what stays on VPN.

    A policy-based gateway stands beside no ExpressRoute gateway, a classic hub has no clients beside one, and neither
    BGP on a site's VPN nor transit between the two goes together with it.
    """
    moves = {*moving}
    on_vpn = [index for index in design.sites.tunnels if index not in {*design.sites.circuit, *moves}]
    stays = bool(on_vpn or design.others or design.clients)
    largest = max(expressroute_throughputs(catalogue, encrypted=need.expressroute_encryption).values())
    devices = design.vpn.policy_based_sites if design.vpn else ()
    by_policy = need.gateway_routing == "policy-based" or any(index in devices for index in on_vpn)
    return not (
        not moves
        or (stays and by_policy)
        or (design.total is not None and design.total > largest)
        or (need.bgp and on_vpn and not catalogue.flag("coexist.er_bgp_for_s2s"))
        or (need.transit and stays and not passes_to_expressroute(catalogue))
        or (design.clients and not clients_beside_expressroute(need, catalogue))
    )


def clients_beside_expressroute(need: Need, catalogue: Catalogue) -> bool:
    """Whether the hub's deployment model has point-to-site beside ExpressRoute."""
    if not has_classic(catalogue):
        return True
    key = "coexist.er_p2s.classic" if need.hub.model == "classic" else "coexist.er_p2s.resource_manager"
    return catalogue.flag(key)


def has_classic(catalogue: Catalogue) -> bool:
    """Whether the edition still has the classic deployment model."""
    return "coexist.er_p2s.classic" in catalogue


def passes_to_expressroute(catalogue: Catalogue) -> bool:
    """Whether something can pass between VPN and ExpressRoute, if only through a route server."""
    by_route_server = "coexist.er_transit_needs_route_server"
    return by_route_server in catalogue or catalogue.flag("coexist.er_transit_vpn_to_er")


def clients_to_spare(need: Need, catalogue: Catalogue, design: Design) -> int:
    """How many more point-to-site clients the hub takes; 0 where it can have none."""
    if design.vpn and design.vpn.policy_based:
        return 0
    if design.expressroute and not clients_beside_expressroute(need, catalogue):
        return 0
    return max(most_clients(need, catalogue) - (need.clients.count or 0), 0)


def must_be_replaced(need: Need, design: Design) -> bool:
    """Whether the gateway subnet that is given will not do: too small, outside the hub, or in use."""
    subnet = design.subnet
    if subnet is None or subnet.given is None:
        return False
    given = subnet.given
    return given.length > subnet.smallest_length or is_outside_hub(need, given) or bool(blocks_in_the_way(need, given))


def is_outside_hub(need: Need, given: Prefix) -> bool:
    """Whether a gateway subnet is no part of the hub's address space, where that is given."""
    return bool(need.hub.prefixes) and not Blocks(need.hub.prefixes).hold(given)


def blocks_in_the_way(need: Need, given: Prefix) -> list[tuple[int, Prefix]]:
    """The subnets of the hub, other than the gateway subnet, that overlap it, each with its index."""
    return [(index, block) for index, block in enumerate(need.hub.subnets) if block != given and block.overlaps(given)]


def ways_to_route_based(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Phrase]:
    """All that has to be done before a policy-based gateway is a route-based one."""
    devices = design.vpn.policy_based_sites if design.vpn else ()
    if devices:
        yield phrase("way-route-based-device", sites=site_names(need, devices))
    if need.gateway_routing == "policy-based":
        yield phrase("way-recreate", minutes=recreation_minutes(catalogue))


def recreation_minutes(catalogue: Catalogue) -> Count:
    """How long it takes to delete a gateway and make it again; 2016-12 knows how long making it takes."""
    again = "gateway.recreation_time"
    return Count(catalogue.number(again if again in catalogue else "gateway.creation_time"), "minute")


def without_a_tunnel(need: Need, catalogue: Catalogue, design: Design, indices: Iterable[int]) -> Iterator[Phrase]:
    """How these sites can be reached without a tunnel of their own."""
    moving = tuple(index for index in indices if index not in design.sites.circuit)
    if can_move_to_expressroute(need, catalogue, design, moving):
        yield phrase("way-expressroute", sites=len(moving))
    spare = clients_to_spare(need, catalogue, design)
    if spare:
        way = "way-more-clients" if need.clients.count else "way-clients"
        yield phrase(way, clients=Count(spare, "client"))


def fewest_sites_to_move(need: Need, candidates: Iterable[int], excess: int) -> tuple[int, ...]:
    """The fewest of these sites that have so many tunnels together, and none where all of them have fewer."""
    freed = 0
    moved: list[int] = []
    for index in sorted(
        candidates, key=lambda index: (-need.sites[index].tunnels, not need.sites[index].policy_based_only)
    ):
        moved.append(index)
        freed += need.sites[index].tunnels
        if freed >= excess:
            return tuple(moved)
    return ()
