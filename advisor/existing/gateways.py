"""The gateways of the files, each in its VNet, and the connections with what they join.

Where a file does not know what belongs together, as a plan of Terraform may not, there is often only one candidate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Generic, Protocol, TypeVar

from advisor.existing.inventory import (
    EXPRESSROUTE,
    TO_CIRCUIT,
    TO_SITE,
    TO_VNET,
    VPN,
    Blocks,
    Circuit,
    Connection,
    Gateway,
    Inventory,
    LocalGateway,
)
from advisor.existing.networks import Network, Networks
from advisor.existing.references import Reference, Register


class _Known(Protocol):
    @property
    def references(self) -> tuple[Reference, ...]: ...


T = TypeVar("T", bound=_Known)


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """A gateway in its VNet. `is_read` is false where connections only refer to it."""

    gateway: Gateway
    network: Network
    is_read: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A connection with what it joins; what is not known is None."""

    connection: Connection
    gateway: Gateway | None
    local: LocalGateway | None
    other: Gateway | None
    circuit: Circuit | None

    @property
    def is_open(self) -> bool:
        """Whether it is not known what it joins."""
        ends = {TO_SITE: self.local, TO_VNET: self.other, TO_CIRCUIT: self.circuit}
        return self.gateway is None or ends[self.connection.kind] is None


@dataclass(frozen=True, slots=True)
class Linked:
    """All gateways, local network gateways and circuits, those that are read before those that are only referred to,
    and the connections between them.
    """

    gateways: tuple[Standing, ...]
    local_gateways: tuple[LocalGateway, ...]
    circuits: tuple[Circuit, ...]
    links: tuple[Link, ...]
    unread: frozenset[int]
    """The `id()` of each local network gateway that is only referred to."""

    def is_read(self, local: LocalGateway) -> bool:
        """Whether a local network gateway is in the files itself."""
        return id(local) not in self.unread


def linked(inventory: Inventory, networks: Networks) -> Linked:
    """The gateways of an inventory and what connections join to them."""
    gateways = _Ends(inventory.gateways)
    local_gateways = _Ends(inventory.local_gateways)
    circuits = _Ends(inventory.circuits)
    links = [
        Link(
            one,
            gateways.of(one.gateway, partial(_gateway, one)),
            local_gateways.of(one.local, partial(_local_gateway, one)),
            gateways.of(one.other, partial(_gateway, one)),
            circuits.of(one.circuit, partial(_circuit, one)),
        )
        for one in _Ends(inventory.connections).all
    ]
    closed = _only_candidates(links, gateways.all, local_gateways.all, circuits)
    standing = _standing(gateways.all, gateways.read, networks)
    unread = frozenset(id(one) for one in local_gateways.all[local_gateways.read :])
    return Linked(standing, tuple(local_gateways.all), tuple(circuits.all), closed, unread)


class _Ends(Generic[T]):
    """Things of one kind, each once: those that are read, then those that are referred to."""

    def __init__(self, read: Iterable[T]) -> None:
        self.all: list[T] = []
        self._register: Register[T] = Register()
        for thing in read:
            if not any(self._register.find(reference) for reference in thing.references):
                self.add(thing)
        self.read = len(self.all)

    def add(self, thing: T) -> None:
        self.all.append(thing)
        self._register.add(thing.references, thing)

    def of(self, wanted: Reference | None, make: Callable[[Reference], T]) -> T | None:
        """The thing that is meant, which is made of the reference where it is not there."""
        if wanted is None:
            return None
        known = self._register.find(wanted)
        if known is None:
            known = make(wanted)
            self.add(known)
        return known


def _gateway(connection: Connection, wanted: Reference) -> Gateway:
    """A gateway of which a connection tells that it is there."""
    kind = EXPRESSROUTE if connection.kind == TO_CIRCUIT else VPN
    return Gateway(wanted.name, connection.place, (wanted,), kind)


def _local_gateway(connection: Connection, wanted: Reference) -> LocalGateway:
    return LocalGateway(wanted.name, connection.place, (wanted,), Blocks(), None, None)


def _circuit(connection: Connection, wanted: Reference) -> Circuit:
    return Circuit(wanted.name, connection.place, (wanted,))


def _only_candidates(
    links: list[Link], gateways: list[Gateway], local_gateways: list[LocalGateway], circuits: _Ends[Circuit]
) -> tuple[Link, ...]:
    """The connections with what they join where a file leaves that open and there is one candidate for it. A circuit
    of which there is no word but its connection is called after that.
    """
    linked_to = {id(link.local) for link in links}
    free = [local for local in local_gateways if id(local) not in linked_to]
    open_to_sites = [link for link in links if link.connection.kind == TO_SITE and link.local is None]
    site = _only(local_gateways) or (_only(free) if len(open_to_sites) == 1 else None)
    circuit, no_circuits = _only(circuits.all), not circuits.all
    by_kind = {kind: [one for one in gateways if one.kind == kind] for kind in (VPN, EXPRESSROUTE)}
    closed = []
    for link in links:
        kind = link.connection.kind
        of_kind = by_kind[EXPRESSROUTE if kind == TO_CIRCUIT else VPN]
        gateway = link.gateway or _only(of_kind)
        if kind == TO_SITE:
            link = replace(link, local=link.local or site)
        elif kind == TO_VNET:
            pair = of_kind if gateway and len(of_kind) == 2 else []
            link = replace(link, other=link.other or _only([one for one in pair if one is not gateway]))
        elif no_circuits:
            own = link.connection.references
            link = replace(link, circuit=circuits.of(own[0], partial(_circuit, link.connection)))
        else:
            link = replace(link, circuit=link.circuit or circuit)
        closed.append(replace(link, gateway=gateway))
    return tuple(closed)


def _standing(gateways: list[Gateway], read: int, networks: Networks) -> tuple[Standing, ...]:
    """Each gateway with its VNet: the one that its subnet names, else the only one that it can be, else one of its own
    that is known by nothing else.
    """
    found = {id(one): networks.of(one.subnet, one.place) for one in gateways}
    for kind in (VPN, EXPRESSROUTE):
        homeless = [one for one in gateways if one.kind == kind and found[id(one)] is None]
        taken = {id(found[id(one)]) for one in gateways if one.kind == kind}
        free = [network for network in networks.all if id(network) not in taken]
        candidate = _only([network for network in free if network.gateway_subnets]) or _only(free)
        if len(homeless) == 1:
            found[id(homeless[0])] = candidate
    return tuple(
        Standing(one, found[id(one)] or networks.only_known_by(one.name, one.place), index < read)
        for index, one in enumerate(gateways)
    )


S = TypeVar("S")


def _only(candidates: list[S]) -> S | None:
    return candidates[0] if len(candidates) == 1 else None
