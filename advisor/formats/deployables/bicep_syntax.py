"""Values in Bicep, and what parameters and resources are called there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from advisor.core.deployment import Deployment
from advisor.core.deployment_names import FreeNames, camel
from advisor.core.deployment_parameters import Ask
from advisor.formats.deployables import quoting

NAMES: Mapping[str, str] = {
    "aad-audience": "aadAudience",
    "asn": "asn",
    "authorization-key": "authorizationKey",
    "bgp-peer": "bgpPeer",
    "circuit-mbps": "circuitMbps",
    "circuit-provisioned": "circuitProvisioned",
    "client-pool": "clientPool",
    "connection-protocol": "connectionProtocol",
    "expressroute-circuit-id": "expressRouteCircuitId",
    "expressroute-peering-location": "expressRoutePeeringLocation",
    "expressroute-port-id": "expressRoutePortId",
    "expressroute-provider": "expressRouteProvider",
    "gateway-asn": "gatewayAsn",
    "gateway-subnet": "gatewaySubnetPrefix",
    "location": "location",
    "prefixes": "prefixes",
    "public-ip": "publicIp",
    "public-ip-name": "publicIpName",
    "radius-secret": "radiusSecret",
    "radius-server": "radiusServer",
    "root-certificate": "rootCertificateData",
    "shared-key": "sharedKey",
    "tenant-id": "tenantId",
    "vnet-prefixes": "vnetPrefixes",
    "vpn-gateway-name": "vpnGatewayName",
    "zones": "zones",
}
"""What each parameter is called; the slug of what it belongs to stands behind it."""

CONSTANTS = ("ipsecPolicies",)
"""The names of the constants of a file."""


@dataclass(frozen=True, slots=True)
class Code:
    """An expression, as it stands in the file. It holds nothing that somebody typed."""

    text: str


Value = str | int | bool | Code | Sequence["Value"] | Mapping[str, "Value"]
"""What a property can be: a text becomes a string in quotes."""

INDENT = "  "


def written(value: Value, indent: str = "") -> Iterator[str]:
    """A value as lines, of which those after the first stand behind the indent."""
    match value:
        case Code(text):
            yield text
        case bool():
            yield "true" if value else "false"
        case int():
            yield str(value)
        case str():
            yield quoting.bicep(value)
        case Mapping():
            yield from _block("{", (_property(key, one, indent + INDENT) for key, one in value.items()), "}", indent)
        case _:
            yield from _block("[", (_item(one, indent + INDENT) for one in value), "]", indent)


def _block(start: str, parts: Iterator[Iterator[str]], end: str, indent: str) -> Iterator[str]:
    inside = [line for part in parts for line in part]
    if not inside:
        yield start + end
        return
    yield start
    yield from inside
    yield indent + end


def _property(key: str, value: Value, indent: str) -> Iterator[str]:
    first, *rest = written(value, indent)
    yield f"{indent}{key}: {first}"
    yield from rest


def _item(value: Value, indent: str) -> Iterator[str]:
    first, *rest = written(value, indent)
    yield f"{indent}{first}"
    yield from rest


class Symbols:
    """What each parameter and resource of a deployment is called in its file; no two are alike."""

    def __init__(self, deployment: Deployment) -> None:
        free = FreeNames(CONSTANTS)
        self._asks = {
            one.ask: free.take(camel(NAMES[one.code], one.ask.key) if one.ask.key else NAMES[one.code], "_")
            for one in deployment.parameters
            if "bicep" in (one.only or ("bicep",))
        }
        self._resources: dict[tuple[str, ...], str] = {}
        for place in _places(deployment):
            self._resources[place] = free.take(camel("-".join(place)), "_")

    def parameter(self, ask: Ask) -> str:
        """The name of a parameter. Raises KeyError for one that Bicep does not ask for."""
        return self._asks[ask]

    def resource(self, *place: str) -> Code:
        """The symbol of a resource, by its kind and the keys of what it is of."""
        return Code(self._resources[place])

    def id(self, *place: str) -> Code:
        """The id of a resource."""
        return Code(f"{self._resources[place]}.id")

    def value(self, given: str | int | Ask) -> Value:
        """A value that is known, or the parameter that has it."""
        return Code(self.parameter(given)) if isinstance(given, Ask) else given


def _places(deployment: Deployment) -> Iterator[tuple[str, ...]]:
    """Each resource by its kind, as its name in Azure begins, and the keys of what it is of."""
    yield from (("vnet", vnet.key) for vnet in deployment.vnets)
    yield from (("gateway-subnet", subnet.vnet) for subnet in deployment.subnets)
    yield from (("pip-vpngw", one.vnet, str(one.number)) for one in deployment.public_ips)
    yield from (("lgw", one.key) for one in deployment.local_gateways)
    yield from (("vpngw", one.vnet) for one in deployment.vpn_gateways)
    yield from (("erc", deployment.hub.key) for _ in [deployment.circuit] if _)
    yield from (("ergw", one.vnet) for one in [deployment.expressroute_gateway] if one)
    yield from (("con-vpngw", one.vnet, one.key) for one in deployment.site_connections)
    yield from (("con-vpngw", one.from_vnet, one.to_vnet) for one in deployment.vnet_connections)
    yield from (("con-ergw", one.vnet) for one in [deployment.circuit_connection] if one)
    yield from (("peer", one.from_vnet, one.to_vnet) for one in deployment.peerings)
