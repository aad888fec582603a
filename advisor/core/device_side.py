"""The tunnels of one site as its VPN device sees them: both ends of each, what is agreed on, and the facts of Azure.

Nothing is decided here: a deployment says what there is, and the limits of its edition what holds for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.core.addressing import Prefix
from advisor.core.deployment import Deployment
from advisor.core.deployment_parameters import Ask
from advisor.core.deployment_refusals import chosen_site
from advisor.core.deployment_resources import IpsecPolicy, SiteAccess, SiteConnection, VNet, VpnGateway
from faq.knowledge.limits import Catalogue, Limit

INSTANCES = 2
"""Of an active-active gateway both instances carry tunnels, each from an address of its own."""


@dataclass(frozen=True, slots=True)
class Peer:
    """An address of the gateway that the device makes a tunnel to, numbered from 1.

    Its address is None until somebody gives it. `device_ip` is by what address Azure knows the device, None where the
    design does not say; over private peering both are private. `connection` has what is agreed on.
    """

    number: int
    gateway_ip: str | None
    device_ip: str | None
    connection: SiteConnection
    has_both_ways: bool = False

    @property
    def over_circuit(self) -> bool:
        """Whether the tunnel runs over private peering."""
        return self.connection.over_private_peering

    @property
    def gateway_word(self) -> str:
        """The address of the gateway, or the word that stands for it until it is known."""
        return self.gateway_ip or f"GATEWAY_IP_{self.number}"

    @property
    def device_word(self) -> str:
        """By what address Azure knows the device, or the word that stands for it."""
        return self.device_ip or ("SITE_PRIVATE_IP" if self.has_both_ways and self.over_circuit else "SITE_IP")


@dataclass(frozen=True, slots=True)
class DeviceSide:
    """What the device of a site has to know. `gateway` is the VPN gateway of the `hub`, in Azure called `gateway_name`
    with public addresses called `address_names`: where they exist, by the names that are proposed for them.
    `gateway_asn` is None without BGP.

    `peers` are those of one device: where the site has several tunnels to each address of the gateway (`devices`),
    each ends on an address of the site of its own, and the first is meant. `forced` says that the internet traffic of
    Azure comes in here.
    """

    edition: str
    verdict: str
    access: SiteAccess
    hub: VNet
    gateway: VpnGateway
    gateway_name: str
    address_names: tuple[str, ...]
    gateway_asn: int | None
    peers: tuple[Peer, ...]
    devices: int
    forced: bool
    catalogue: Catalogue

    @property
    def policy(self) -> IpsecPolicy | None:
        """The policy of all its connections; None where the gateway has its default offers only."""
        return self.peers[0].connection.policy

    @property
    def dpd_seconds(self) -> int:
        """After so long without a response Azure considers a tunnel down."""
        return self.peers[0].connection.dpd_seconds

    @property
    def policy_based_gateway(self) -> bool:
        """Whether the gateway itself is policy-based: it has one tunnel, IKEv1, and selectors for each pair."""
        return self.gateway.routing == "policy-based"

    @property
    def by_selectors(self) -> bool:
        """Whether Azure proposes each pair of prefixes, and not any to any."""
        return self.policy_based_gateway or self.peers[0].connection.traffic_selectors

    @property
    def azure_prefixes(self) -> tuple[Prefix, ...]:
        """The prefixes of the VNets that the site reaches, each once."""
        return tuple(dict.fromkeys(prefix for _, prefixes in self.access.reached for prefix in prefixes))

    @property
    def own_prefixes(self) -> tuple[Prefix, ...]:
        """The prefixes of the site, each once."""
        return tuple(dict.fromkeys(self.access.own_prefixes))

    @property
    def pairs(self) -> int:
        """How many pairs of a prefix of the site and one in Azure there are."""
        return len(self.own_prefixes) * len(self.azure_prefixes)

    @property
    def by_routes(self) -> bool:
        """Whether routes have to say what goes into which tunnel: selectors alone do not tell several apart."""
        return self.access.bgp or len(self.peers) > 1

    def fact(self, key: str) -> Limit:
        """A fact that differs by the type of the gateway: `s2s.ike_phase1_lifetime` of route-based, for example."""
        return self.catalogue[f"{key}.{'policy' if self.policy_based_gateway else 'route'}"]


def device_side(deployment: Deployment) -> DeviceSide:
    """What the device of a site has to know: of the one that the options name, else of the only one.

    Raises `DeploymentRefused` where there is no such site.
    """
    access = chosen_site(deployment)
    gateway = deployment.vpn_gateways[0]
    connections = [connection for connection in deployment.site_connections if connection.key in access.tunnels]
    over_circuit = [one for one in connections if one.over_private_peering]
    over_internet = [one for one in connections if not one.over_private_peering]
    ways = [way for way in (over_circuit, over_internet) if way]
    return DeviceSide(
        edition=deployment.edition,
        verdict=deployment.verdict,
        access=access,
        hub=deployment.hub,
        gateway=gateway,
        gateway_name=_name(deployment, gateway.name),
        address_names=tuple(_address_names(deployment, gateway)),
        gateway_asn=_asn(deployment, gateway) if access.bgp else None,
        peers=tuple(_peers(deployment, [way[0] for way in ways], gateway)),
        devices=max(len(way) for way in ways),
        forced=access.takes_internet,
        catalogue=deployment.catalogue,
    )


def _address_names(deployment: Deployment, gateway: VpnGateway) -> Iterator[str]:
    """What the public addresses are called that tunnels end on: those of clients come after them."""
    addresses = [address for address in deployment.public_ips if address.vnet == gateway.vnet]
    tunnels = INSTANCES if gateway.active_active else 1
    return (_name(deployment, address.name) for address in addresses[:tunnels])


def _name(deployment: Deployment, name: str | Ask) -> str:
    """A name, or of what exists the one that is proposed."""
    return name if isinstance(name, str) else str(_default(deployment, name))


def _asn(deployment: Deployment, gateway: VpnGateway) -> int | None:
    asn = _default(deployment, gateway.asn) if isinstance(gateway.asn, Ask) else gateway.asn
    return asn if isinstance(asn, int) else None


def _default(deployment: Deployment, ask: Ask) -> object:
    """What a parameter is where nothing is filled in."""
    return next(parameter.default for parameter in deployment.parameters if parameter.ask == ask)


def _peers(deployment: Deployment, connections: list[SiteConnection], gateway: VpnGateway) -> Iterator[Peer]:
    """The ends of the tunnels of one device: over the circuit first, each way to every instance of the gateway."""
    told = deployment.options.gateway_ips
    known_by = {one.key: one.address for one in deployment.local_gateways if isinstance(one.address, str)}
    instances = INSTANCES if gateway.active_active else 1
    ends = [connection for connection in connections for _ in range(instances)]
    for number, connection in enumerate(ends, start=1):
        yield Peer(
            number=number,
            gateway_ip=told[number - 1] if number <= len(told) else None,
            device_ip=known_by.get(connection.key),
            connection=connection,
            has_both_ways=len({one.over_private_peering for one in connections}) > 1,
        )
