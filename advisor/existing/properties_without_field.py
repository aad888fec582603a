"""What a resource says that a need has no field for, and that somebody who reads the advice has to know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from advisor.existing.resource_types import CIRCUIT, CONNECTION, GATEWAY, VNETS
from advisor.existing.resources import Place, View

Says = Callable[[View, str], bool]


def _present(view: View, name: str) -> bool:
    return view.has(name)


def _true(view: View, name: str) -> bool:
    return view.flag(name)


def _other_than(usual: str) -> Says:
    return lambda view, name: view.code(name) not in ("", usual)


_PROPERTIES: dict[str, tuple[tuple[str, Says], ...]] = {
    **dict.fromkeys(
        VNETS,
        (
            ("dhcpOptions.dnsServers", _present),
            ("ddosProtectionPlan", _present),
            ("encryption.enabled", _true),
            ("bgpCommunities", _present),
        ),
    ),
    GATEWAY: (
        ("natRules", _present),
        ("customRoutes.addressPrefixes", _present),
        ("vpnGatewayGeneration", _other_than("none")),
        ("vpnClientConfiguration.vpnClientRevokedCertificates", _present),
        ("vpnClientConfiguration.vpnClientIpsecPolicies", _present),
        ("vpnClientConfiguration.vngClientConnectionConfigurations", _present),
        ("virtualNetworkGatewayPolicyGroups", _present),
        ("enableBgpRouteTranslationForNat", _true),
        ("enableDnsForwarding", _true),
        ("disableIPSecReplayProtection", _true),
        ("allowRemoteVnetTraffic", _true),
        ("allowVirtualWanTraffic", _true),
        ("autoScaleConfiguration", _present),
    ),
    CONNECTION: (
        ("ipsecPolicies", _present),
        ("trafficSelectorPolicies", _present),
        ("ingressNatRules", _present),
        ("egressNatRules", _present),
        ("gatewayCustomBgpIpAddresses", _present),
        ("connectionMode", _other_than("default")),
        ("connectionProtocol", _other_than("ikev2")),
        ("expressRouteGatewayBypass", _true),
        ("enablePrivateLinkFastPath", _true),
        ("tunnelProperties", _present),
    ),
    CIRCUIT: (
        ("serviceProviderProperties.bandwidthInMbps", _present),
        ("bandwidthInGbps", _present),
        ("globalReachEnabled", _true),
        ("peerings", _present),
    ),
}
"""By type, in the order of Azure's documents: each property, and when it says something."""


def properties_without_field(type_: str, view: View) -> Iterator[Place]:
    """The place of each such property of a resource."""
    for path, says in _PROPERTIES.get(type_, ()):
        *outer, name = path.split(".")
        holder = view
        for part in outer:
            holder = holder.inside(part)
        if says(holder, name):
            yield holder.place(name)
    if type_ == GATEWAY:
        yield from _custom_addresses(view)
        yield from (place for place, _ in islice(_pools(view), 1, 2))


def _custom_addresses(gateway: View) -> Iterator[Place]:
    """The addresses of BGP peers that somebody chose; the others are those that Azure gives."""
    for peer in gateway.inside("bgpSettings").members("bgpPeeringAddresses"):
        if peer.has("customBgpIpAddresses"):
            yield peer.place("customBgpIpAddresses")


def _pools(gateway: View) -> Iterator[tuple[Place, object]]:
    """The address pools of the clients; a need has one, and the second stands for the others."""
    return gateway.inside("vpnClientConfiguration").inside("vpnClientAddressPool").values("addressPrefixes")
