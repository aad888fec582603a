"""One setup out of everything in the files: the hub, what is joined to it, and what is left out because it is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from advisor.existing.gateways import Link, Linked, Standing, linked
from advisor.existing.inventory import (
    EXPRESSROUTE,
    TO_CIRCUIT,
    TO_SITE,
    TO_VNET,
    VPN,
    Circuit,
    Inventory,
    LocalGateway,
)
from advisor.existing.networks import Joined, Network, Networks
from advisor.existing.report import Item
from advisor.existing.resources import Place


class _Named(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def place(self) -> Place: ...


@dataclass(frozen=True, slots=True)
class Device:
    """A local network gateway with its connections to the hub's gateway. `is_read` is false where only those tell
    that it is there.
    """

    local: LocalGateway
    is_read: bool
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SetUp:
    """What becomes a need. `networks` begins with the hub and is empty where the files know no VNet.

    Each of `sites` is the devices of one site, each of `circuits` a circuit with its connections. `links` are the
    connections of the hub's VPN gateway. `connections_told` is false where it is not known what is connected.
    """

    networks: tuple[Network, ...]
    hub_is_guessed: bool
    vpn: Standing | None
    expressroute: Standing | None
    partners: tuple[Standing, ...]
    links: tuple[Link, ...]
    joined: tuple[Joined, ...]
    sites: tuple[tuple[Device, ...], ...]
    circuits: tuple[tuple[Circuit, tuple[Link, ...]], ...]
    connections_told: bool
    ignored: tuple[Item, ...]

    @property
    def bgp(self) -> bool:
        """Whether a connection exchanges routes; where none is known, whether the gateway can."""
        if self.links:
            return any(link.connection.bgp for link in self.links)
        return self.vpn is not None and self.vpn.gateway.bgp


def set_up_of(inventory: Inventory) -> SetUp:
    """The setup around one hub."""
    networks = Networks(inventory)
    found = linked(inventory, networks)
    ends = Counter(id(end) for link in found.links for end in (link.gateway, link.other))
    hub, is_guessed = _hub(networks, found, ends)
    vpn, expressroute = _in_hub(found, VPN, hub, ends), _in_hub(found, EXPRESSROUTE, hub, ends)
    links = [link for link in found.links if _is_of(link, vpn, expressroute)]
    partners = _partners(found, links, vpn)
    joined = tuple(one for one in networks.joined if hub in (one.network, one.remote))
    members = {id(hub), *_ids(one.network for one in partners)}
    members |= _ids(network for one in joined for network in (one.network, one.remote))
    devices = list(_devices(found, links, told=bool(inventory.connections)))
    circuits = tuple(_circuits(found, links))
    left_out: tuple[tuple[str, Iterable[_Named], set[int]], ...] = (
        ("not-connected", [one for one in networks.all if one.is_read], members),
        (
            "other-gateway",
            [one.gateway for one in found.gateways if one.is_read],
            _ids(one.gateway for one in (vpn, expressroute, *partners) if one),
        ),
        ("other-gateway", [link.connection for link in found.links], _ids(link.connection for link in links)),
        (
            "not-connected",
            [one for one in found.local_gateways if found.is_read(one)],
            _ids(one.local for one in devices),
        ),
        ("not-connected", found.circuits, _ids(circuit for circuit, _ in circuits)),
    )
    return SetUp(
        networks=tuple(sorted((one for one in networks.all if id(one) in members), key=lambda one: one is not hub)),
        hub_is_guessed=is_guessed,
        vpn=vpn,
        expressroute=expressroute,
        partners=partners,
        links=tuple(link for link in links if link.connection.kind != TO_CIRCUIT),
        joined=joined,
        sites=tuple(map(tuple, _by_site(devices))),
        circuits=circuits,
        connections_told=not any(link.is_open for link in links) and bool(inventory.connections or not devices),
        ignored=_ignored(inventory, left_out),
    )


def _ignored(inventory: Inventory, left_out: Iterable[tuple[str, Iterable[_Named], set[int]]]) -> tuple[Item, ...]:
    """What is left out of the setup, and what is not read of the rest."""
    items = {
        one.place: Item(code, one.place.file, one.place.path, one.name)
        for code, things, kept in left_out
        for one in things
        if id(one) not in kept
    }
    return (*(item for owner, item in inventory.ignored if owner not in items), *items.values())


def _ids(things: Iterable[object]) -> set[int]:
    return set(map(id, things))


def _hub(networks: Networks, found: Linked, ends: Counter[int]) -> tuple[Network | None, bool]:
    """The VNet whose gateway the advice is about, and whether nothing tells it apart from the others. `ends` has how
    many connections each gateway has.
    """
    by_vpn = [one for one in found.gateways if one.gateway.kind == VPN]
    if by_vpn:
        return max(by_vpn, key=lambda one: ends[id(one.gateway)]).network, False
    gives_transit = _ids(one.network for one in networks.joined if one.peering.gives_transit)
    gives_transit |= _ids(one.remote for one in networks.joined if one.peering.uses_remote_gateway)
    told = (
        *(one.network for one in found.gateways),
        *(network for network in networks.all if network.gateway_subnets),
        *(network for network in networks.all if id(network) in gives_transit),
    )
    if told:
        return told[0], False
    return next(iter(networks.all), None), len(networks.all) > 1


def _in_hub(found: Linked, kind: str, hub: Network | None, ends: Counter[int]) -> Standing | None:
    """The hub's gateway of a kind: of several that are said to be in it, the one with most connections."""
    there = [one for one in found.gateways if one.gateway.kind == kind and one.network is hub]
    return max(there, key=lambda one: ends[id(one.gateway)], default=None)


def _ends_at(link: Link, standing: Standing) -> bool:
    """Whether a connection is one of the gateway's, from either side."""
    return link.gateway is standing.gateway or link.other is standing.gateway


def _is_of(link: Link, vpn: Standing | None, expressroute: Standing | None) -> bool:
    """Whether a connection is one of the hub's, or may be."""
    if link.connection.kind == TO_CIRCUIT:
        return link.gateway is None or (expressroute is not None and _ends_at(link, expressroute))
    return link.gateway is None or (vpn is not None and _ends_at(link, vpn))


def _partners(found: Linked, links: Sequence[Link], vpn: Standing | None) -> tuple[Standing, ...]:
    """The gateways of other VNets that a VPN joins to the hub's."""
    to_vnets = [link for link in links if link.connection.kind == TO_VNET]
    ends = _ids(end for link in to_vnets for end in (link.gateway, link.other))
    return tuple(one for one in found.gateways if one is not vpn and id(one.gateway) in ends)


def _devices(found: Linked, links: Sequence[Link], *, told: bool) -> Iterator[Device]:
    """The local network gateways that the hub is connected to: all of them where no file has a connection, and those
    without one where it is open what a connection joins.
    """
    to_sites = [link for link in links if link.connection.kind == TO_SITE]
    is_open = any(link.local is None for link in to_sites)
    connected = {id(link.local) for link in found.links}
    by_local: dict[int, list[Link]] = {}
    for link in to_sites:
        by_local.setdefault(id(link.local), []).append(link)
    for local in found.local_gateways:
        own = by_local.get(id(local), [])
        if own or not told or (is_open and id(local) not in connected):
            yield Device(local, found.is_read(local), tuple(own))


def _by_site(devices: Sequence[Device]) -> Iterator[list[Device]]:
    """The devices of each site: two with the same address space behind them belong to one."""
    sites: dict[object, list[Device]] = {}
    for device in devices:
        prefixes = frozenset(str(block.value) for block in device.local.prefixes.written)
        same = prefixes if prefixes and device.local.prefixes.complete else id(device)
        sites.setdefault(same, []).append(device)
    return iter(sites.values())


def _circuits(found: Linked, links: Sequence[Link]) -> Iterator[tuple[Circuit, tuple[Link, ...]]]:
    """The circuits with their connections to the hub, without those that only other gateways use."""
    of_hub: dict[int, list[Link]] = {}
    for link in links:
        of_hub.setdefault(id(link.circuit), []).append(link)
    elsewhere = _ids(link.circuit for link in found.links) - set(of_hub)
    for circuit in found.circuits:
        if id(circuit) not in elsewhere:
            yield circuit, tuple(of_hub.get(id(circuit), ()))
