"""Who reaches what: the clients beyond the hub, and what public prefixes take away."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.addressing import Blocks, Prefix, read_prefix
from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import AnyOf, Count, Names, Phrase, phrase
from advisor.core.protocols import most_clients
from advisor.core.rules.bgp import bgp_runs
from advisor.core.rules.naming import hub_name, member_names, site_names, site_paths, vnet_names, vnet_paths
from advisor.core.rules.ways_out import bgp_skus, has_classic
from faq.knowledge.limits import Catalogue


def client_count_unknown(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A VNet takes so many clients at once (vpn-gateway-vpn-faq.md 2016-12, point-to-site section)."""
    if need.clients.count is None:
        yield observed(
            "client-count-unknown",
            "clients.count",
            hub=hub_name(need),
            allowed=Count(most_clients(need, catalogue), "client"),
        )


def clients_reach(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Beyond the hub clients need transit, which takes BGP (vpn-gateway-vpn-faq.md 2016-12, multi-site section)."""
    circuit = design.sites.circuit
    tunnels = tuple(index for index in design.sites.tunnels if index not in set(circuit))
    if not design.clients or not (design.others or tunnels or circuit):
        return
    over_vpn = member_names(need, design.others, (index for index in tunnels if index in design.bgp_sites))
    by_selectors = tuple(index for index in tunnels if index in design.sites_without_bgp)
    variant = _way(need, catalogue, design, bool(over_vpn), bool(by_selectors))
    yield observed(
        "clients-reach",
        *vnet_paths(design.others),
        *site_paths(sorted({*tunnels, *circuit})),
        "clients.count",
        variant=variant,
        hub=hub_name(need) if variant.startswith("bgp") else vnet_names(need, (0, *design.peered)),
        members=over_vpn,
        circuit=site_names(need, circuit),
        by_selectors=phrase("clients-by-selectors", sites=site_names(need, by_selectors)) if by_selectors else "",
        skus=AnyOf(bgp_skus(catalogue, design)),
    )


def _way(need: Need, catalogue: Catalogue, design: Design, over_vpn: bool, by_selectors: bool) -> str:
    """By what the clients reach what is joined by VPN, and whether there is a circuit that they do not reach."""
    beside = "-circuit" if design.sites.circuit else ""
    if not over_vpn:
        return f"selectors{beside}" if by_selectors else "circuit"
    if bgp_runs(need, catalogue, design):
        return f"bgp{beside}"
    if need.hub.model == "classic" and has_classic(catalogue):
        return f"classic{beside}"
    return "none-circuit" if beside else "without-bgp"


def public_space_of_others(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A prefix that is not private hides the internet addresses in it (RFC 6890, 2013-04)."""
    own = Blocks(read_prefix(block) for block in catalogue.members("addresses.not_public"))
    found: list[tuple[str, Phrase]] = []
    for index, vnet in enumerate(need.vnets):
        owner = Names("vnet", (vnet.name,))
        found += [(f"vnets[{index}].prefixes[{at}]", _public(one, owner)) for at, one in _outside(vnet.prefixes, own)]
    for index, site in enumerate(need.sites):
        owner = Names("site", (site.name,))
        found += [(f"sites[{index}].prefixes[{at}]", _public(one, owner)) for at, one in _outside(site.prefixes, own)]
    if need.clients.pool and not own.hold(need.clients.pool):
        found.append(("clients.pool", phrase("public-pool", prefix=str(need.clients.pool))))
    if found:
        yield observed(
            "public-space-of-others",
            *(path for path, _ in found),
            prefixes=tuple(told for _, told in found),
            hub=hub_name(need),
        )


def _outside(prefixes: tuple[Prefix, ...], own: Blocks) -> list[tuple[int, Prefix]]:
    return [(at, prefix) for at, prefix in enumerate(prefixes) if not own.hold(prefix)]


def _public(prefix: Prefix, owner: Names) -> Phrase:
    return phrase("prefix-of", prefix=str(prefix), owner=owner)
