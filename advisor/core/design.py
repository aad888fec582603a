"""The design that answers a need, before any rule judges it: connections, gateways and what they must carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

from advisor.core.addressing import Prefix, highest_free
from advisor.core.need import Need, Site
from advisor.core.skus import vpn_skus
from faq.knowledge.limits import Catalogue

EXACT = 1_000
"""Digits enough to add up every number that a need can hold without rounding."""


@dataclass(frozen=True, slots=True)
class Joined:
    """How the sites are joined to the hub, each by its index in the need.

    A site is on the circuit, or takes VPN tunnels, or both (`backup`); or its computers are point-to-site clients
    (`over_clients`); or it is not joined at all (`left_out`). `causes` are the rules that chose ExpressRoute.
    """

    causes: tuple[str, ...]
    circuit: tuple[int, ...]
    tunnels: tuple[int, ...]
    backup: tuple[int, ...]
    over_clients: tuple[int, ...]
    left_out: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """What the VPN gateway must do. `load` is what it must carry in Mbps, None where unknown."""

    tunnels: int
    load: Decimal | None
    bgp: bool
    side_by_side: bool
    active_active: bool


@dataclass(frozen=True, slots=True)
class VpnGateway:
    """The VPN gateway of the design.

    `policy_based_sites` are the sites whose device can do no other routing. `skus` are those that have the routing,
    `fitting` those of them that allow all that is demanded, `sku` the one advised.
    """

    routing: str
    policy_based_sites: tuple[int, ...]
    demand: Demand
    skus: tuple[str, ...]
    fitting: tuple[str, ...]
    sku: str

    @property
    def policy_based(self) -> bool:
        """Whether the gateway is, or must be, policy-based."""
        return self.routing == "policy-based"


@dataclass(frozen=True, slots=True)
class GatewaySubnet:
    """The hub's gateway subnet: what is given, what could be, and how large it is proposed and may smallest be."""

    given: Prefix | None
    proposal: Prefix | None
    proposed_length: int
    smallest_length: int

    @property
    def block(self) -> Prefix | None:
        """The block of the design: what is given, or else the proposal."""
        return self.given or self.proposal


@dataclass(frozen=True, slots=True)
class Design:
    """What follows from a need. `others` are the indices of the VNets beside the hub.

    `vpn` is None where no VPN gateway is needed, `subnet` where no gateway is.
    """

    total: Decimal | None
    sites: Joined
    others: tuple[int, ...]
    clients: bool
    vpn: VpnGateway | None
    subnet: GatewaySubnet | None

    @property
    def expressroute(self) -> bool:
        """Whether sites are joined over a circuit."""
        return bool(self.sites.circuit)

    @property
    def side_by_side(self) -> bool:
        """Whether a VPN gateway and an ExpressRoute gateway share the hub."""
        return self.expressroute and self.vpn is not None

    @property
    def tunnels(self) -> int:
        """How many tunnels the VPN gateway has to make."""
        return self.vpn.demand.tunnels if self.vpn else 0


def exact_sum(amounts: Iterable[Decimal | int]) -> Decimal:
    """The sum to the last digit."""
    with localcontext(prec=EXACT):
        return sum((Decimal(amount) for amount in amounts), Decimal(0))


def known_sum(sites: Iterable[Site]) -> Decimal | None:
    """What the sites that say need together; None where no site says."""
    said = [site.bandwidth_mbps for site in sites if site.bandwidth_mbps is not None]
    return exact_sum(said) if said else None


def make_design(need: Need, catalogue: Catalogue) -> Design:
    """The design for a need, by rules 1 to 9 of edition 2016-12. Raises `UnknownLimit`."""
    total = need.bandwidth_mbps if need.bandwidth_mbps is not None else known_sum(need.sites)
    sites = _join_sites(need, total, catalogue)
    others = tuple(range(1, len(need.vnets)))
    clients = need.clients.some
    vpn = _vpn_gateway(need, total, sites, catalogue) if sites.tunnels or others or clients else None
    return Design(
        total=total,
        sites=sites,
        others=others,
        clients=clients,
        vpn=vpn,
        subnet=_gateway_subnet(need, sites, vpn, catalogue),
    )


def lacking(sku: str, demand: Demand, catalogue: Catalogue) -> Iterator[str]:
    """What a VPN gateway of this SKU does not allow of what is demanded."""
    if catalogue.number(f"sku.{sku}.s2s_tunnels") < demand.tunnels:
        yield "tunnels"
    if demand.load is not None and catalogue.number(f"sku.{sku}.throughput") < demand.load:
        yield "load"
    if demand.bgp and not catalogue.flag(f"sku.{sku}.bgp"):
        yield "bgp"
    if demand.side_by_side and not catalogue.flag(f"sku.{sku}.er_coexist"):
        yield "side-by-side"
    if demand.active_active and not catalogue.flag(f"sku.{sku}.active_active"):
        yield "active-active"


def _join_sites(need: Need, total: Decimal | None, catalogue: Catalogue) -> Joined:
    causes = tuple(_expressroute_causes(need, total, catalogue))
    found: dict[str, list[int]] = {way: [] for way in ("circuit", "tunnels", "backup", "over_clients", "left_out")}
    for index, site in enumerate(need.sites):
        for way in _ways(site, need, causes):
            found[way].append(index)
    return Joined(causes=causes if found["circuit"] else (), **{way: tuple(indices) for way, indices in found.items()})


def _expressroute_causes(need: Need, total: Decimal | None, catalogue: Catalogue) -> Iterator[str]:
    """The rules that bring sites to ExpressRoute, in the order of the contract."""
    if need.private_path:
        yield "private-path"
    if need.expressroute_circuit:
        yield "circuit-exists"
    if total is not None and total > catalogue.number(f"sku.{vpn_skus(catalogue)[-1]}.throughput"):
        yield "bandwidth"
    if any(site.expressroute for site in need.sites):
        yield "site-asks-expressroute"
    if need.expressroute_backup:
        yield "backup"


def _ways(site: Site, need: Need, causes: tuple[str, ...]) -> Iterator[str]:
    """How a site is joined: the names of the fields of `Joined` that it belongs to."""
    on_circuit = _moves(site, causes)
    on_vpn = not on_circuit or need.expressroute_backup
    if on_circuit:
        yield "circuit"
    if on_vpn and site.device != "none":
        yield "tunnels"
        if on_circuit:
            yield "backup"
    elif on_vpn and need.clients.some:
        yield "over_clients"
    elif not on_circuit:
        yield "left_out"


def _moves(site: Site, causes: tuple[str, ...]) -> bool:
    """Whether a site joins over the circuit. Where sites ask and nothing else does, only those that ask move."""
    if causes == ("site-asks-expressroute",):
        return site.expressroute is True
    return bool(causes) and site.expressroute is not False


def _vpn_gateway(need: Need, total: Decimal | None, sites: Joined, catalogue: Catalogue) -> VpnGateway:
    policy_based_sites = tuple(index for index in sites.tunnels if need.sites[index].policy_based_only)
    demand = Demand(
        tunnels=sum(need.sites[index].tunnels for index in sites.tunnels) + len(need.vnets) - 1,
        load=_load(need, total, sites),
        bgp=need.bgp,
        side_by_side=bool(sites.circuit),
        active_active=need.active_active,
    )
    if policy_based_sites or need.gateway_routing == "policy-based":
        routing = "policy-based"
        skus = tuple(sku for sku in vpn_skus(catalogue) if catalogue.flag(f"sku.{sku}.policy_based"))
        fitting = skus
    else:
        routing = "route-based"
        skus = vpn_skus(catalogue)
        fitting = tuple(sku for sku in skus if not any(lacking(sku, demand, catalogue)))
    return VpnGateway(
        routing=routing,
        policy_based_sites=policy_based_sites,
        demand=demand,
        skus=skus,
        fitting=fitting,
        sku=need.gateway_sku if need.gateway_sku in fitting else (fitting or skus[-1:])[0],
    )


def _load(need: Need, total: Decimal | None, sites: Joined) -> Decimal | None:
    """What the VPN gateway must carry: the total, or beside ExpressRoute what the sites that stay on VPN say."""
    if not sites.circuit:
        return total
    on_vpn = set(sites.tunnels + sites.over_clients) - set(sites.circuit)
    return known_sum(need.sites[index] for index in on_vpn)


def _gateway_subnet(need: Need, sites: Joined, vpn: VpnGateway | None, catalogue: Catalogue) -> GatewaySubnet | None:
    if vpn is None and not sites.circuit:
        return None
    side_by_side = vpn is not None and bool(sites.circuit)
    proposed = "gateway.subnet_prefix_er_coexist" if side_by_side else "gateway.subnet_recommended_prefix"
    smallest = "gateway.subnet_prefix_er_coexist" if side_by_side else "gateway.subnet_min_prefix"
    length = catalogue.number(proposed)
    return GatewaySubnet(
        given=need.gateway_subnet,
        proposal=highest_free(need.hub.prefixes, need.hub.subnets, length),
        proposed_length=length,
        smallest_length=catalogue.number(smallest),
    )
