"""BGP over the VPN: autonomous system numbers, peers, more than one tunnel to a site, and the default route."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count

from netaddr import IPAddress

from advisor.core.design import Design
from advisor.core.design_2026 import needs_route_server
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Count, Exactly, Names, Phrase, Value, phrase
from advisor.core.rules.naming import hub_name, member_names, site_names, site_paths, vnet_names, vnet_paths
from advisor.core.rules.ways_out import bgp_can_be_turned_on, bgp_causes, must_be_replaced
from advisor.core.skus import sku_number
from faq.knowledge.limits import Catalogue

RESERVED = ("bgp.reserved_public_asn", "bgp.reserved_private_asn", "bgp.reserved_iana_asn")
"""The lists of reserved numbers: those of Azure, and those of IANA, which have ranges too (`64496–64511`)."""

FIRST_PROPOSED = 65_001
"""The private number to begin at in looking for a free one."""


def bgp_runs(need: Need, catalogue: Catalogue, design: Design) -> bool:
    """Whether there is BGP, a connection that it runs over, and nothing that rules it out."""
    return need.bgp and design.bgp_connections > 0 and not any(bgp_causes(need, catalogue, design))


def bgp_could_run(need: Need, catalogue: Catalogue, design: Design) -> bool:
    """Whether BGP runs, or would with another SKU, which an error asks for."""
    return need.bgp and design.bgp_connections > 0 and bgp_can_be_turned_on(need, catalogue, design)


def equal_asns(need: Need, catalogue: Catalogue, design: Design) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The VNets behind the hub and the sites that have a number together with another of them."""
    numbers = Counter(
        [_vnet_asn(need, index, catalogue) for index in design.others]
        + [asn for index in design.bgp_sites if (asn := need.sites[index].asn) is not None]
    )
    return (
        tuple(index for index in design.others if numbers[_vnet_asn(need, index, catalogue)] > 1),
        tuple(index for index in design.bgp_sites if numbers[need.sites[index].asn or 0] > 1),
    )


def asn_of_hub(need: Need, catalogue: Catalogue, design: Design) -> int:
    """The number of the hub's gateway: beside a route server it can have one only, whatever the hub is given."""
    if _beside_route_server(need, catalogue, design):
        return catalogue.number("coexist.vpn_asn")
    return _vnet_asn(need, 0, catalogue)


def _beside_route_server(need: Need, catalogue: Catalogue, design: Design) -> bool:
    """Whether a route server passes routes on, in an edition that knows it; the gateway is then active-active."""
    known = "coexist.er_transit_needs_route_server" in catalogue
    return known and needs_route_server(need, design.sites, design.others)


def bgp_asn(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Each side has an ASN and a peer address of its own (vpn-gateway-bpg-faq-include.md 2016-10)."""
    if not bgp_could_run(need, catalogue, design):
        return
    yield observed(
        "bgp-asn",
        *vnet_paths((0, *design.others)),
        *site_paths(design.bgp_sites),
        "bgp",
        hub=hub_name(need),
        asn=Exactly(asn_of_hub(need, catalogue, design)),
        peer=_peer_address(need, catalogue, design),
        peers=tuple(_peers(need, catalogue, design)),
        devices=_devices(need, design),
        advertised=_advertised(need),
        reserved=_reserved_numbers(catalogue),
    )


def _vnet_asn(need: Need, index: int, catalogue: Catalogue) -> int:
    return need.vnets[index].asn or catalogue.number("bgp.default_asn")


def _peer_address(need: Need, catalogue: Catalogue, design: Design) -> Phrase:
    """The second-to-last address of the gateway subnet, where that is known and there is one instance."""
    block = design.subnet.block if design.subnet and not must_be_replaced(need, design) else None
    if need.active_active or _beside_route_server(need, catalogue, design):
        return phrase("bgp-two-peer-addresses")
    if block is None:
        return phrase("bgp-peer-address-unknown")
    return phrase("bgp-peer-address", address=str(IPAddress(block.last - 1, 4)), block=str(block))


def _peers(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Phrase]:
    for index in design.others:
        yield _asn_of("vnet", need.vnets[index].name, _vnet_asn(need, index, catalogue))
    for index in design.bgp_sites:
        asn = need.sites[index].asn
        if asn is None:
            yield phrase("asn-to-choose", owner=Names("site", (need.sites[index].name,)))
        else:
            yield _asn_of("site", need.sites[index].name, asn)


def _asn_of(noun: str, name: str, asn: int) -> Phrase:
    return phrase("asn-of", owner=Names(noun, (name,)), asn=Exactly(asn))


def _devices(need: Need, design: Design) -> Phrase:
    if design.bgp_sites:
        return phrase("bgp-devices", sites=site_names(need, design.bgp_sites))
    return phrase("bgp-vnets", vnets=vnet_names(need, design.others))


def _advertised(need: Need) -> Phrase:
    if need.hub.prefixes:
        return phrase("bgp-not-exactly", prefixes=tuple(str(prefix) for prefix in need.hub.prefixes))
    return phrase("bgp-not-exactly-unknown", hub=hub_name(need))


def _reserved_numbers(catalogue: Catalogue) -> tuple[Value, ...]:
    """The reserved numbers as they are listed."""
    listed = (number for key in RESERVED for number in catalogue.members(key))
    return tuple(Exactly(number) if isinstance(number, int) else str(number) for number in listed)


def _reserved_ranges(catalogue: Catalogue) -> tuple[range, ...]:
    found = []
    for key in RESERVED:
        for number in catalogue.members(key):
            first, _, last = str(number).partition("–")
            found.append(range(int(first), int(last or first) + 1))
    return tuple(found)


def asn_reserved(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Some numbers are not for gateways or devices (vpn-gateway-bpg-faq-include.md 2016-10). A VNet may have Azure's
    own default.
    """
    if not _given(need):
        return
    reserved = _reserved_ranges(catalogue)
    default = catalogue.number("bgp.default_asn")
    vnets = [
        index
        for index, vnet in enumerate(need.vnets)
        if vnet.asn not in {None, default} and any(vnet.asn in numbers for numbers in reserved)
    ]
    sites = [index for index, site in enumerate(need.sites) if any(site.asn in numbers for numbers in reserved)]
    if vnets or sites:
        yield observed(
            "asn-reserved",
            *vnet_paths(vnets, "asn"),
            *site_paths(sites, "asn"),
            asns=(
                *(_asn_of("vnet", need.vnets[index].name, need.vnets[index].asn or 0) for index in vnets),
                *(_asn_of("site", need.sites[index].name, need.sites[index].asn or 0) for index in sites),
            ),
            reserved=_reserved_numbers(catalogue),
            proposed=proposed_asns(need, catalogue, vnets, sites),
        )


def asn_equal(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Both sides of a connection with BGP need an ASN of their own (vpn-gateway-bpg-faq-include.md 2016-10)."""
    if not need.bgp or design.vpn is None or catalogue.flag("bgp.same_asn_both_sides"):
        return
    asn = asn_of_hub(need, catalogue, design)
    vnets = [index for index in design.others if _vnet_asn(need, index, catalogue) == asn]
    sites = [index for index in design.bgp_sites if need.sites[index].asn == asn]
    if vnets or sites:
        by_default = need.hub.asn is None and not sites and all(need.vnets[index].asn is None for index in vnets)
        keeps_default = asn == catalogue.number("bgp.default_asn") and bool(sites)
        hub = () if keeps_default and not vnets else (0,)
        stays = _beside_route_server(need, catalogue, design)
        changed = (vnets, sites) if stays else (hub, sites if keeps_default else ())
        yield observed(
            "asn-equal",
            *vnet_paths((0, *vnets), "asn"),
            *site_paths(sites, "asn"),
            variant="default" if by_default else "given",
            hub=hub_name(need),
            asn=Exactly(asn),
            members=member_names(need, vnets, sites),
            proposed=proposed_asns(need, catalogue, *changed),
        )


def _given(need: Need) -> set[int]:
    """The numbers that the need gives."""
    return {asn for asn in (*(vnet.asn for vnet in need.vnets), *(site.asn for site in need.sites)) if asn is not None}


def proposed_asns(need: Need, catalogue: Catalogue, vnets: Iterable[int], sites: Iterable[int]) -> tuple[Phrase, ...]:
    """Another number for each of these: always the same for one member, and no two have the same."""
    free = _free_asns(need, catalogue)
    return (
        *(_asn_of("vnet", need.vnets[index].name, free[f"vnets[{index}]"]) for index in vnets),
        *(_asn_of("site", need.sites[index].name, free[f"sites[{index}]"]) for index in sites),
    )


def _free_asns(need: Need, catalogue: Catalogue) -> dict[str, int]:
    """A private number for each VNet and site that nothing in the need has and that is not reserved, by path. The order
    is that of the names, so that another order of the same design changes none.
    """
    taken, reserved = _given(need), _reserved_ranges(catalogue)
    free = (
        number
        for number in count(FIRST_PROPOSED)
        if number not in taken and not any(number in numbers for numbers in reserved)
    )
    named = [(vnet.name.casefold(), f"vnets[{index}]") for index, vnet in enumerate(need.vnets)]
    named += [(site.name.casefold(), f"sites[{index}]") for index, site in enumerate(need.sites)]
    return {path: number for (_, path), number in zip(sorted(named), free, strict=False)}


def default_route_not_over_bgp(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A default route is not learned over the VPN's BGP (vpn-gateway-bpg-faq-include.md 2016-10)."""
    if not need.forced_tunneling or not design.sites.tunnels or catalogue.flag("bgp.advertise_default_route"):
        return
    if bgp_runs(need, catalogue, design):
        yield observed(
            "default-route-not-over-bgp",
            *site_paths(design.sites.tunnels),
            "bgp",
            "forced_tunneling",
            sites=site_names(need, design.sites.tunnels),
        )


def redundant_tunnels(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Each tunnel to one site has its own address and BGP peer (vpn-gateway-highlyavailable.md 2016-09-24)."""
    several = tuple(index for index in design.bgp_sites if design.sites.tunnels_of(need, index) > 1)
    if several and bgp_runs(need, catalogue, design) and design.vpn:
        yield observed(
            "redundant-tunnels",
            *site_paths(several, "tunnels"),
            variant="over-circuit" if {*several} & {*design.sites.encrypted} else "",
            tunnels=tuple(
                phrase(
                    "tunnels-to",
                    site=Names("site", (need.sites[index].name,)),
                    tunnels=Count(design.sites.tunnels_of(need, index), "tunnel"),
                )
                for index in several
            ),
            total=Count(design.tunnels, "tunnel"),
            sku=design.vpn.sku,
            allowed=Count(sku_number(catalogue, design.vpn.sku, "s2s_tunnels"), "tunnel"),
        )
