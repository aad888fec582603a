"""The resources of a deployment, one class each: what they are called and what they are set to.

Resources refer to each other by key: a VNet by its slug, a local network gateway and a connection to it by the slug of
its site, with a number where the site has several. What exists already has no location here. A value is known, or an
`Ask` names the parameter that has it. A property that Azure fills in by itself is not here.
"""

from __future__ import annotations

from dataclasses import dataclass

from advisor.core.addressing import Prefix
from advisor.core.deployment_parameters import Ask, Why


@dataclass(frozen=True, slots=True)
class VNet:
    """A VNet that is made or, where it `exists`, referred to. `typed` is its name in the design, `name` that in Azure.

    `subscription` is the slug of the label of its subscription, empty where it has none or the hub's. `prefixes` is
    what it is made with; of a VNet that exists they are those of the design, for comments.
    """

    key: str
    typed: str
    name: str
    exists: bool
    location: Ask | None
    prefixes: tuple[Prefix, ...] | Ask
    subscription: str = ""
    whys: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True)
class GatewaySubnet:
    """The GatewaySubnet of a VNet. Where it `exists`, with the gateway in it, `prefix` is not to be written."""

    vnet: str
    exists: bool
    prefix: Prefix | Ask
    whys: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicIp:
    """A public address of the VPN gateway of a VNet: Standard and static. `number` counts from 1.

    `zones` is the parameter with the zones, None for a SKU that takes none. `name` is an `Ask` where it `exists`.
    """

    vnet: str
    number: int
    name: str | Ask
    exists: bool
    location: Ask | None
    zones: Ask | None
    whys: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True)
class BgpPeer:
    """The BGP speaker of a site: its number, and the address that it speaks from."""

    asn: Ask
    address: Ask


@dataclass(frozen=True, slots=True)
class LocalGateway:
    """A local network gateway: one end of a tunnel at a site, by the index and the name of the site in the need.

    `number` is that of the tunnel, from 1. With `bgp` the prefixes are not written but told in a comment.
    """

    key: str
    site: int
    typed: str
    number: int
    name: str
    location: Ask
    address: str | Ask
    prefixes: tuple[Prefix, ...] | Ask
    bgp: BgpPeer | None
    whys: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True)
class ClientAccess:
    """Point-to-site on the gateway. `protocol` and `authentication` are codes of a need: `openvpn`, `ikev2`, `sstp`;
    `certificate`, `entra-id`, `radius`. What the way of signing in does not need is None or empty.
    """

    pool: Prefix | Ask
    protocol: str
    authentication: str
    root_certificates: tuple[Ask, ...] = ()
    tenant: Ask | None = None
    audience: Ask | None = None
    radius_server: Ask | None = None
    radius_secret: Ask | None = None
    whys: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True)
class VpnGateway:
    """The VPN gateway of a VNet. Where it `exists` it is referred to, never changed: `changes` are the reasons to
    change it by hand, each with the code of what to do.

    `sku` is the advised one; `current_sku` that of a gateway that exists, None where unknown. `addresses` are the
    numbers of its public addresses. `asn` is None without BGP. `default_site` is the key of a local network gateway.
    """

    vnet: str
    name: str | Ask
    exists: bool
    location: Ask | None
    sku: str
    current_sku: str | None
    generation: int
    routing: str
    active_active: bool
    asn: int | Ask | None
    addresses: tuple[int, ...]
    clients: ClientAccess | None
    default_site: str | None
    private_address: bool
    whys: tuple[Why, ...] = ()
    changes: tuple[Why, ...] = ()

    @property
    def bgp(self) -> bool:
        """Whether it exchanges routes."""
        return self.asn is not None


@dataclass(frozen=True, slots=True)
class ExpressRouteGateway:
    """The ExpressRoute gateway of the hub. `scale_units` is None for a SKU that has none."""

    vnet: str
    name: str
    location: Ask
    sku: str
    scale_units: int | None
    whys: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True)
class Circuit:
    """A circuit to order, at a provider or, where `port` is an `Ask`, on a port of one's own (ExpressRoute Direct).

    `tier` is `Standard` or `Premium`; it is metered.
    """

    name: str
    location: Ask
    mbps: int | Ask
    tier: str
    provider: Ask | None
    peering_location: Ask | None
    port: Ask | None
    whys: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True)
class IpsecPolicy:
    """What both ends of a tunnel agree on, in Azure's words. Lifetime in seconds, size in kilobytes."""

    ike_encryption: str
    ike_integrity: str
    dh_group: str
    ipsec_encryption: str
    ipsec_integrity: str
    pfs_group: str
    sa_lifetime_seconds: int
    sa_size_kilobytes: int


@dataclass(frozen=True, slots=True)
class SiteConnection:
    """A site-to-site connection, one for each local network gateway, of which it has the key.

    `protocol` is `IKEv2` or `IKEv1`, or an `Ask` where the device decides. `policy` is None on Basic.
    `over_private_peering` runs the tunnel over ExpressRoute.
    """

    key: str
    vnet: str
    name: str
    location: Ask
    shared_key: Ask
    protocol: str | Ask
    bgp: bool
    dpd_seconds: int
    policy: IpsecPolicy | None
    traffic_selectors: bool
    responder_only: bool
    over_private_peering: bool
    whys: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True)
class VNetConnection:
    """One way of a pair of connections between the VPN gateways of two VNets, which have one key together."""

    from_vnet: str
    to_vnet: str
    name: str
    location: Ask
    shared_key: Ask
    bgp: bool
    dpd_seconds: int
    policy: IpsecPolicy | None
    whys: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True)
class CircuitConnection:
    """The connection of the ExpressRoute gateway to a circuit: one of the deployment (`circuit` is None then), made
    only when `provisioned` says so, or one that is there.
    """

    name: str
    vnet: str
    location: Ask
    circuit: Ask | None
    authorization_key: Ask | None
    provisioned: Ask | None
    whys: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True)
class Peering:
    """One side of a peering. The side of the hub comes first; the other waits for it and for every gateway."""

    from_vnet: str
    to_vnet: str
    name: str
    of_hub: bool
    allow_gateway_transit: bool
    use_remote_gateways: bool
    allow_forwarded_traffic: bool
    whys: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteAccess:
    """A site that takes VPN tunnels, as its device sees them.

    `tunnels` are the keys of its local network gateways and connections. `own_prefixes` lie behind the device,
    `reached` behind Azure, by VNet. `public_ipv4` is None where it was not told. `takes_internet` says that the
    internet traffic of Azure goes to it. `findings` are the places in the advice of what is found about it.
    """

    index: int
    key: str
    typed: str
    device: str
    policy_based: bool
    behind_nat: bool
    public_ipv4: str | None
    own_prefixes: tuple[Prefix, ...]
    reached: tuple[tuple[str, tuple[Prefix, ...]], ...]
    tunnels: tuple[str, ...]
    bgp: bool
    asn: int | None
    takes_internet: bool = False
    findings: tuple[int, ...] = ()
