"""How many prefixes gateways, clients, devices and circuits take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.core.design import Design
from advisor.core.gateways import prefixes_on_circuit
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Count, Phrase, phrase
from advisor.core.protocols import counts_over_sstp, protocol_of
from advisor.core.rules.naming import site_names, site_paths, vnet_paths
from advisor.core.skus import expressroute_key
from faq.knowledge.limits import Catalogue


def client_route_limit_exceeded(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A client takes so many routes over its protocol (vpn-gateway-vpn-faq.md 2026-06-04)."""
    keys = {"ikev2": "p2s.route_limit_ikev2.windows_10_2004_and_later", "openvpn": "p2s.route_limit_openvpn"}
    protocol = protocol_of(need)
    if protocol == "sstp" and not counts_over_sstp(need, catalogue):
        protocol = "openvpn"
    key = keys.get(protocol)
    if not design.clients or key is None:
        return
    requested, allowed = _of_vnets(need) + sum(len(site.prefixes) for site in need.sites), catalogue.number(key)
    if requested > allowed:
        yield observed(
            "client-route-limit-exceeded",
            *vnet_paths(_having(vnet.prefixes for vnet in need.vnets), "prefixes"),
            *site_paths(_having(site.prefixes for site in need.sites), "prefixes"),
            "clients.count",
            variant="" if protocol == "openvpn" else "ikev2",
            requested=Count(requested, "prefix"),
            allowed=Count(allowed, "prefix"),
            over_openvpn=Count(catalogue.number(keys["openvpn"]), "prefix"),
        )


def traffic_selector_limit_exceeded(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A connection has so many pairs of prefixes (vpn-gateway-limits.md 2024-01-04)."""
    allowed = catalogue.number("s2s.traffic_selector_policies")
    pairs = {
        index: len(need.sites[index].prefixes) * _of_vnets(need)
        for index in design.sites.tunnels
        if need.sites[index].policy_based_only
    }
    exceeding = tuple(index for index, count in pairs.items() if count > allowed)
    if exceeding:
        yield observed(
            "traffic-selector-limit-exceeded",
            *vnet_paths(_having(vnet.prefixes for vnet in need.vnets), "prefixes"),
            *site_paths(exceeding, "prefixes"),
            sites=tuple(_pairs_of(need, index, pairs[index]) for index in exceeding),
            allowed=Count(allowed, "selector"),
        )


def _pairs_of(need: Need, index: int, pairs: int) -> Phrase:
    return phrase("pairs-of", site=site_names(need, (index,)), selectors=Count(pairs, "selector"))


def vpn_prefix_limit_exceeded(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A local network gateway, BGP, and a gateway take so many prefixes (vpn-gateway-limits.md 2024-01-04)."""
    if design.vpn is None:
        return
    of_gateway, over_bgp = (
        catalogue.number("gateway.local_network_gateway_prefixes"),
        catalogue.number("bgp.max_prefixes"),
    )
    never = _beyond(need, design.sites_without_bgp, of_gateway)
    sites = never or _beyond(need, design.bgp_sites, over_bgp if need.bgp else of_gateway)
    of_vnets, allowed = _of_vnets(need), catalogue.number("gateway.vnet_address_prefixes")
    if sites:
        yield observed(
            "vpn-prefix-limit-exceeded",
            *site_paths(sites, "prefixes"),
            variant="by-policy" if never else "bgp" if need.bgp else "sites",
            sites=site_names(need, sites),
            allowed=Count(over_bgp if need.bgp and not never else of_gateway, "prefix"),
            over_bgp=Count(over_bgp, "prefix"),
        )
    elif of_vnets > allowed:
        yield observed(
            "vpn-prefix-limit-exceeded",
            *vnet_paths(_having(vnet.prefixes for vnet in need.vnets), "prefixes"),
            variant="vnets",
            requested=Count(of_vnets, "prefix"),
            allowed=Count(allowed, "prefix"),
        )


def _beyond(need: Need, indices: Iterable[int], allowed: int) -> tuple[int, ...]:
    """Which of these sites have more prefixes than is allowed."""
    return tuple(index for index in indices if len(need.sites[index].prefixes) > allowed)


def expressroute_prefix_limit_exceeded(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A gateway advertises and learns so many prefixes over ExpressRoute (expressroute-limits.md 2023-10-09)."""
    if not design.expressroute:
        return
    advertised, of_vnets = catalogue.number("expressroute.routes_advertised_by_gateway"), _of_vnets(need)
    learned = max(
        catalogue.number(expressroute_key(catalogue, sku, "routes_learned"))
        for sku in catalogue.members("expressroute.gateway_skus")
    )
    of_sites = prefixes_on_circuit(need, design)
    if of_vnets > advertised:
        yield observed(
            "expressroute-prefix-limit-exceeded",
            *vnet_paths(_having(vnet.prefixes for vnet in need.vnets), "prefixes"),
            variant="vnets",
            requested=Count(of_vnets, "prefix"),
            allowed=Count(advertised, "prefix"),
        )
    elif of_sites > learned:
        yield observed(
            "expressroute-prefix-limit-exceeded",
            *site_paths(design.sites.circuit, "prefixes"),
            variant="sites",
            requested=Count(of_sites, "prefix"),
            allowed=Count(learned, "prefix"),
        )


def expressroute_premium_needed(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Without premium a circuit takes so many prefixes from the sites (expressroute-limits.md 2023-10-09)."""
    requested, allowed = prefixes_on_circuit(need, design), catalogue.number("expressroute.routes_private_standard")
    if requested > allowed:
        yield observed(
            "expressroute-premium-needed",
            *site_paths(design.sites.circuit, "prefixes"),
            requested=Count(requested, "prefix"),
            allowed=Count(allowed, "prefix"),
        )


def _of_vnets(need: Need) -> int:
    """The prefixes of all VNets together."""
    return sum(len(vnet.prefixes) for vnet in need.vnets)


def _having(prefixes: Iterable[tuple[object, ...]]) -> tuple[int, ...]:
    """Which of these have any."""
    return tuple(index for index, found in enumerate(prefixes) if found)
