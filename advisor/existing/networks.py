"""The VNets of the files, with what is in each: those that are read, and those that something only refers to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from advisor.existing.inventory import GATEWAY_SUBNET, Blocks, Inventory, Peering, Subnet, VNet, Written
from advisor.existing.references import CLASSIC_VNET, VNET, Reference, Register
from advisor.existing.resources import Place


@dataclass(slots=True, eq=False)
class Network:
    """A VNet. `is_known` is false where only its gateway is known, after which it is called; `is_read` is true where
    it is in the files itself.
    """

    name: str
    place: Place
    is_known: bool = True
    is_read: bool = False
    prefixes: Blocks = field(default_factory=Blocks)
    subnets: list[Subnet] = field(default_factory=list)
    region: str | None = None
    subscription: str | None = None
    classic: bool = False

    @property
    def gateway_subnets(self) -> list[Subnet]:
        """Its GatewaySubnet, as often as the files have it."""
        return [subnet for subnet in self.subnets if subnet.name == GATEWAY_SUBNET]


@dataclass(frozen=True, slots=True)
class Joined:
    """One side of a peering: of `network`, with `remote`."""

    peering: Peering
    network: Network
    remote: Network


class Networks:
    """All VNets in the order in which they are first named, and the peerings between them."""

    def __init__(self, inventory: Inventory) -> None:
        self.all: list[Network] = []
        self._register: Register[Network] = Register()
        for vnet in inventory.vnets:
            self._read(vnet)
        for subnet in inventory.subnets:
            self._put(subnet)
        self.joined = list(self._joined(inventory.peerings))
        for one in self.joined:
            if not one.remote.prefixes.written and one.remote.prefixes.complete:
                one.remote.prefixes = one.peering.remote_prefixes

    def of(self, wanted: Reference | None, place: Place) -> Network | None:
        """The VNet that is meant by a reference to it or to one of its subnets; one that is not read is known by that
        reference, and by the place of what refers to it.
        """
        if wanted is None:
            return None
        known = self._register.find(wanted) or self._register.find(wanted.parent)
        if known:
            return known
        vnet = next((one for one in (wanted, wanted.parent) if one and one.type in (VNET, CLASSIC_VNET)), None)
        if vnet is None:
            return None
        network = Network(vnet.name, place, subscription=vnet.subscription or None, classic=vnet.type == CLASSIC_VNET)
        self._enter(network, (vnet,))
        return network

    def only_known_by(self, name: str, place: Place) -> Network:
        """A VNet of which nothing is known but its gateway."""
        network = Network(name, place, is_known=False)
        self.all.append(network)
        return network

    def _joined(self, peerings: Iterable[Peering]) -> Iterator[Joined]:
        """The peerings with the VNets on both sides, each once: a VNet lists them, and so do files of their own."""
        told: set[tuple[int, str]] = set()
        for one in peerings:
            own, remote = self.of(one.vnet, one.place), self.of(one.remote, one.place)
            if own and remote and own is not remote and (id(own), one.name.lower()) not in told:
                told.add((id(own), one.name.lower()))
                yield Joined(one, own, remote)

    def _read(self, vnet: VNet) -> None:
        """A VNet that stands in several files is one; what one of them lacks another says."""
        known = next(filter(None, map(self._register.find, vnet.references)), None)
        if known is None:
            known = Network(vnet.name, vnet.place, is_read=True, classic=vnet.classic)
            self._enter(known, vnet.references)
        known.prefixes = known.prefixes if known.prefixes.written else vnet.prefixes
        known.region = known.region or vnet.region
        known.subscription = known.subscription or vnet.subscription

    def _put(self, subnet: Subnet) -> None:
        if not subnet.blocks.written and not subnet.references:
            return
        network = self.of(subnet.vnet, subnet.place) or self._only_one_read()
        if network:
            network.subnets.append(subnet)
            self._register.add(subnet.references, network)

    def _only_one_read(self) -> Network | None:
        """The VNet of what does not say where it belongs, which only a plan of Terraform leaves open."""
        return self.all[0] if len(self.all) == 1 else None

    def _enter(self, network: Network, references: Iterable[Reference]) -> None:
        self.all.append(network)
        self._register.add(references, network)


def blocks_of(subnets: Iterable[Subnet]) -> tuple[Written, ...]:
    """The blocks of subnets, each once, in their order."""
    once = {str(block.value): block for subnet in reversed(list(subnets)) for block in reversed(subnet.blocks.written)}
    return tuple(reversed(once.values()))
