"""What was said and does nothing in the design: named, so that nobody counts on it."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Code, Count, Exactly, Names, Phrase, Value, phrase
from advisor.core.rules.bgp import bgp_could_run
from advisor.core.rules.naming import hub_name, site_names
from advisor.core.rules.ways_out import has_classic
from faq.knowledge.limits import Catalogue

LATER_FIELDS = (
    "clients.protocol",
    "clients.authentication",
    "as_of",
    "vnet_encryption",
    "dev_test",
    "expressroute_encryption",
    "endpoints",
)
"""What is asked, beside `sites[].behind_nat`, about what came after 2016-12."""

Unused = Iterator[tuple[str, Phrase]]
"""The path of what does nothing, and what it is, with why."""


def wish_unused(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A wish does something only where the design has what it is about (vpn-gateway-plan-design.md 2016-10-18)."""
    found = [
        *_of_vnets(need, catalogue, design),
        *_of_sites(need, catalogue, design),
        *_of_routes(need, catalogue, design),
        *_of_the_gateway(need, design),
        *(_of_today(need, design) if catalogue.changes_with_time else ()),
    ]
    if found:
        yield observed("wish-unused", *(path for path, _ in found), unused=tuple(told for _, told in found))


def _of_vnets(need: Need, catalogue: Catalogue, design: Design) -> Unused:
    runs = bgp_could_run(need, catalogue, design)
    for index, vnet in enumerate(need.vnets):
        if vnet.asn is not None and not (runs and index in (0, *design.others)):
            yield f"vnets[{index}].asn", _asn("vnet", vnet.name, vnet.asn)


def _of_sites(need: Need, catalogue: Catalogue, design: Design) -> Unused:
    runs = bgp_could_run(need, catalogue, design)
    tunnels = set(design.sites.tunnels)
    without_backup = design.sites.circuit if need.expressroute_backup else ()
    told = {*design.sites.over_clients, *design.sites.left_out, *design.sites.unencrypted, *without_backup}
    for index, site in enumerate(need.sites):
        owner = Names("site", (site.name,))
        if index not in tunnels:
            if index not in told and site.device != "validated":
                yield f"sites[{index}].device", phrase("unused-device", site=owner)
            if site.tunnels > 1:
                yield (
                    f"sites[{index}].tunnels",
                    phrase("unused-tunnels", site=owner, tunnels=Count(site.tunnels, "tunnel")),
                )
        if site.device_routing == "policy-based" and not (site.policy_based_only and index in tunnels):
            yield f"sites[{index}].device_routing", phrase("unused-device-routing", site=owner)
        if site.asn is not None and not (runs and index in design.bgp_sites):
            yield f"sites[{index}].asn", _asn("site", site.name, site.asn)


def _asn(noun: str, name: str, asn: int) -> Phrase:
    return phrase("unused-asn", owner=Names(noun, (name,)), asn=Exactly(asn))


def _of_routes(need: Need, catalogue: Catalogue, design: Design) -> Unused:
    sites, hub = design.sites, hub_name(need)
    if need.private_path and not sites.circuit:
        yield "private_path", phrase("unused-private-path", hub=hub)
    if need.expressroute_backup and not sites.circuit:
        yield "expressroute_backup", phrase("unused-backup", hub=hub)
    if need.transit and not _has_transit(need, catalogue, design):
        yield "transit", phrase("unused-transit", hub=hub)
    if need.bgp and design.vpn and not design.tunnels:
        yield "bgp", phrase("unused-bgp", hub=hub)
    elif need.bgp and design.vpn and not design.bgp_connections:
        yield "bgp", phrase("unused-bgp-by-policy", sites=site_names(need, sites.tunnels))
    if need.forced_tunneling and need.sites and not (sites.tunnels or sites.circuit):
        yield "forced_tunneling", phrase("unused-forced-tunneling", hub=hub)


def _has_transit(need: Need, catalogue: Catalogue, design: Design) -> bool:
    """Whether there are two sides for something to pass between, or a classic VNet, which another rule is about."""
    sites = design.sites
    on_vpn = {*sites.tunnels, *sites.over_clients} - {*sites.circuit}
    across = design.expressroute and bool(on_vpn or design.others)
    classic = has_classic(catalogue) and any(vnet.model == "classic" for vnet in need.vnets)
    past_peering = bool(on_vpn or sites.circuit) if len(design.peered) == 1 else bool(design.peered)
    return across or classic or past_peering or len(design.others) + len(sites.tunnels) > 1


def _of_today(need: Need, design: Design) -> Unused:
    """What editions have a use for that know today's protocols, encryption, and endpoints."""
    hub = hub_name(need)
    if need.vnet_encryption and len(need.vnets) == 1:
        yield "vnet_encryption", phrase("unused-vnet-encryption")
    if need.expressroute_encryption and not design.expressroute:
        yield "expressroute_encryption", phrase("unused-circuit-encryption", hub=hub)
    if need.endpoints and design.vpn is None and not design.expressroute:
        yield "endpoints", phrase("unused-endpoints", hub=hub)
    if need.clients.protocol and not design.clients:
        yield "clients.protocol", phrase("unused-protocol", protocol=Code(need.clients.protocol))
    if need.clients.authentication and not design.clients:
        yield "clients.authentication", phrase("unused-sign-in", authentication=Code(need.clients.authentication))


def _of_the_gateway(need: Need, design: Design) -> Unused:
    said: tuple[tuple[str, Value | None], ...] = (
        ("bgp", Code("bgp") if need.bgp else None),
        ("gateway_routing", need.gateway_routing),
        ("gateway_sku", phrase("unused-sku", sku=need.gateway_sku) if need.gateway_sku else None),
        ("active_active", Code("active-active") if need.active_active else None),
    )
    if need.gateway_subnet and design.subnet is None:
        yield "gateway_subnet", phrase("unused-no-gateway-at-all", block=str(need.gateway_subnet), hub=hub_name(need))
    if design.vpn is None:
        for path, wish in said:
            if wish is not None:
                yield path, phrase("unused-no-gateway", wish=wish, hub=hub_name(need))


def field_not_used(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Fields about what came after the edition (2016-12 only): it has no use for what they say."""
    paths = (
        *(f"sites[{index}].behind_nat" for index, site in enumerate(need.sites) if site.behind_nat),
        *(path for path in LATER_FIELDS if attrgetter(path)(need) not in (None, False)),
    )
    if paths:
        names = dict.fromkeys(path.rpartition(".")[2].replace("_", "-") for path in paths)
        yield observed("field-not-used", *paths, fields=tuple(Code(f"field-{name}") for name in names))
