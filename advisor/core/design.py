"""The design that answers a need, before any rule judges it: connections, gateways and what they must carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

from advisor.core.addressing import Prefix, highest_free
from advisor.core.need import Need, Site
from advisor.core.skus import sku_flag, sku_key, sku_number, vpn_skus
from faq.knowledge.limits import Catalogue

EXACT = 1_000
"""Digits enough to add up every number that a need can hold without rounding."""


@dataclass(frozen=True, slots=True)
class Joined:
    """How the sites are joined to the hub, each by its index in the need.

    A site is on the circuit, or takes VPN tunnels, or both (`backup`); or its computers are point-to-site clients
    (`over_clients`); or it is not joined at all (`left_out`). `causes` are the rules that chose ExpressRoute.
    `encrypted` are the sites on the circuit whose tunnels run over it, to encrypt what crosses it; `unencrypted` those
    that lack the device for that.
    """

    causes: tuple[str, ...]
    circuit: tuple[int, ...]
    tunnels: tuple[int, ...]
    backup: tuple[int, ...]
    over_clients: tuple[int, ...]
    left_out: tuple[int, ...]
    encrypted: tuple[int, ...] = ()
    unencrypted: tuple[int, ...] = ()

    @property
    def over_internet(self) -> tuple[int, ...]:
        """The sites of which a tunnel crosses the internet."""
        return tuple(index for index in self.tunnels if index not in self.encrypted or index in self.backup)

    def tunnels_of(self, need: Need, index: int) -> int:
        """How many tunnels a site takes: over the circuit and as its backup as many each."""
        ways = 2 if index in self.encrypted and index in self.backup else 1
        return need.sites[index].tunnels * ways


@dataclass(frozen=True, slots=True)
class Demand:
    """What the VPN gateway must do. `load` is what it must carry in Mbps, None where unknown.

    `clients` are those that it must allow, over SSTP or not, where the SKU matters to that; `endpoints` what it must
    serve. `advanced` is what the smallest SKU of today has none of, by its code.
    """

    tunnels: int
    load: Decimal | None
    bgp: bool
    side_by_side: bool
    active_active: bool
    clients: int = 0
    sstp: bool = False
    endpoints: int = 0
    advanced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VpnGateway:
    """The VPN gateway of the design.

    `policy_based_sites` are the sites whose device makes the gateway policy-based. `skus` are those that have the
    routing, `fitting` those of them that allow all that is demanded, `sku` the one advised. `existing` is the SKU of
    the gateway that exists, of a retired one its successor; None where none is known. `selector_sites` are the sites
    with a policy-based device that a route-based gateway serves, `without_bgp` all those whose device runs no BGP with
    any gateway; edition 2016-12 has neither, for there such a device makes the gateway policy-based.
    """

    routing: str
    policy_based_sites: tuple[int, ...]
    demand: Demand
    skus: tuple[str, ...]
    fitting: tuple[str, ...]
    sku: str
    existing: str | None = None
    selector_sites: tuple[int, ...] = ()
    without_bgp: tuple[int, ...] = ()

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
    """What follows from a need. `others` are the indices of the VNets that are joined to the hub by VPN, `peered` of
    those that are peered with it.

    `vpn` is None where no VPN gateway is needed, `subnet` where no gateway is.
    """

    total: Decimal | None
    sites: Joined
    others: tuple[int, ...]
    clients: bool
    vpn: VpnGateway | None
    subnet: GatewaySubnet | None
    peered: tuple[int, ...] = ()

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

    @property
    def sites_without_bgp(self) -> tuple[int, ...]:
        """The sites with a tunnel over which no BGP can run, whatever the gateway."""
        return self.vpn.without_bgp if self.vpn else ()

    @property
    def bgp_sites(self) -> tuple[int, ...]:
        """The sites with a tunnel over which BGP can run, as far as their device goes."""
        return tuple(index for index in self.sites.tunnels if index not in self.sites_without_bgp)

    @property
    def bgp_connections(self) -> int:
        """How many sites and VNets are joined over VPN by connections that can have BGP."""
        return len(self.others) + len(self.bgp_sites)


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
    sites = join_sites(need, total, catalogue)
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


def tunnels_key(vpn: VpnGateway, sku: str, catalogue: Catalogue) -> str:
    """The key of how many tunnels the gateway can have with this SKU."""
    return "s2s.tunnels_policy_based_gateway" if vpn.policy_based else sku_key(catalogue, sku, "s2s_tunnels")


def lacking(sku: str, demand: Demand, catalogue: Catalogue) -> Iterator[str]:
    """What a VPN gateway of this SKU does not allow of what is demanded."""
    if sku_number(catalogue, sku, "s2s_tunnels") < demand.tunnels:
        yield "tunnels"
    if demand.load is not None and sku_number(catalogue, sku, "throughput") < demand.load:
        yield "load"
    if demand.bgp and not sku_flag(catalogue, sku, "bgp"):
        yield "bgp"
    if demand.side_by_side and not sku_flag(catalogue, sku, "er_coexist"):
        yield "side-by-side"
    if demand.active_active and not sku_flag(catalogue, sku, "active_active"):
        yield "active-active"
    yield from _lacking_today(sku, demand, catalogue)


def _lacking_today(sku: str, demand: Demand, catalogue: Catalogue) -> Iterator[str]:
    """What editions ask of a SKU in which clients and endpoints count."""
    clients = sku_key(catalogue, sku, "p2s_sstp" if demand.sstp else "p2s_ikev2_openvpn")
    if demand.clients and catalogue.number(clients) < demand.clients:
        yield "clients"
    if demand.endpoints and sku_number(catalogue, sku, "vms_supported") < demand.endpoints:
        yield "endpoints"
    if not sku_flag(catalogue, sku, "bgp"):  # the smallest SKU, which has none of these either
        yield from demand.advanced


def join_sites(need: Need, total: Decimal | None, catalogue: Catalogue) -> Joined:
    """How each site is joined, by what brings sites to ExpressRoute, their devices, and the clients."""
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
    if total is not None and total > sku_number(catalogue, vpn_skus(catalogue)[-1], "throughput"):
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
        load=vpn_load(need, total, sites),
        bgp=need.bgp,
        side_by_side=bool(sites.circuit),
        active_active=need.active_active,
    )
    if policy_based_sites or need.gateway_routing == "policy-based":
        routing = "policy-based"
        skus = tuple(sku for sku in vpn_skus(catalogue) if sku_flag(catalogue, sku, "policy_based"))
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
        existing=need.gateway_sku,
    )


def vpn_load(need: Need, total: Decimal | None, sites: Joined) -> Decimal | None:
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
