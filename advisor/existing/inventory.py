"""What is there, whichever form said it: networks, gateways, connections and circuits, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.existing.references import Reference
from advisor.existing.report import Item
from advisor.existing.resources import Place

GATEWAY_SUBNET = "gatewaysubnet"
"""The name, in lower case, of the subnet that a gateway stands in."""

VPN = "vpn"
EXPRESSROUTE = "expressroute"

TO_SITE = "ipsec"
TO_VNET = "vnet2vnet"
TO_CIRCUIT = "expressroute"


@dataclass(frozen=True, slots=True)
class Written:
    """A value as a file writes it, which may be no value of the need, with its place."""

    value: object
    place: Place


@dataclass(frozen=True, slots=True)
class Blocks:
    """IPv4 address space as it is written. `complete` is false where a file leaves some of it open."""

    written: tuple[Written, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Subnet:
    """A subnet, with the VNet that it belongs to where that is known. `name` is in lower case."""

    name: str
    place: Place
    vnet: Reference | None
    blocks: Blocks
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class VNet:
    """A virtual network. `references` are all that it is known by."""

    name: str
    place: Place
    references: tuple[Reference, ...]
    prefixes: Blocks
    region: str | None = None
    subscription: str | None = None
    classic: bool = False


@dataclass(frozen=True, slots=True)
class Peering:
    """One side of a peering: of `vnet`, with the address space of the other where it says that."""

    name: str
    place: Place
    vnet: Reference | None
    remote: Reference | None
    remote_prefixes: Blocks
    gives_transit: bool
    uses_remote_gateway: bool


@dataclass(frozen=True, slots=True)
class Clients:
    """How a gateway takes clients. `pool` is the first of its pools, None where the file leaves it open."""

    place: Place
    pool: Written | None
    protocol: str | None
    authentication: str | None
    root_certificates: int | None


@dataclass(frozen=True, slots=True)
class Gateway:
    """A virtual network gateway. `routing` is a code of the need; `subnet` is the subnet or the VNet that it is in."""

    name: str
    place: Place
    references: tuple[Reference, ...]
    kind: str
    subnet: Reference | None = None
    sku: Written | None = None
    routing: str | None = None
    active_active: bool = False
    bgp: bool = False
    asn: Written | None = None
    clients: Clients | None = None
    forced_tunneling: bool = False


@dataclass(frozen=True, slots=True)
class LocalGateway:
    """A local network gateway: an on-premises device. `address` is None where there is no telling, true for a name."""

    name: str
    place: Place
    references: tuple[Reference, ...]
    prefixes: Blocks
    address: Written | bool | None
    asn: Written | None


@dataclass(frozen=True, slots=True)
class Connection:
    """A connection of a gateway. What it joins is None where the file does not know it."""

    name: str
    place: Place
    references: tuple[Reference, ...]
    kind: str
    gateway: Reference | None
    local: Reference | None
    other: Reference | None
    circuit: Reference | None
    bgp: bool
    policy_based: bool
    over_private_peering: bool


@dataclass(frozen=True, slots=True)
class Circuit:
    """An ExpressRoute circuit."""

    name: str
    place: Place
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Inventory:
    """Everything that the files know, each kind in their order, and what was left out, each with the place of the
    resource that it belongs to.
    """

    vnets: tuple[VNet, ...] = ()
    subnets: tuple[Subnet, ...] = ()
    peerings: tuple[Peering, ...] = ()
    gateways: tuple[Gateway, ...] = ()
    local_gateways: tuple[LocalGateway, ...] = ()
    connections: tuple[Connection, ...] = ()
    circuits: tuple[Circuit, ...] = ()
    ignored: tuple[tuple[Place, Item], ...] = ()
