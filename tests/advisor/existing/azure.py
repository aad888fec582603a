"""Resources as Azure's REST API writes them, small, and what a reading makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.existing.draft import assembled
from advisor.existing.need import members_of
from advisor.existing.report import Item
from advisor.existing.resource_reader import inventory_of
from advisor.existing.resources import Resource
from advisor.existing.setup import set_up_of

NETWORK = "Microsoft.Network"
FILE = "there.json"


def id_of(kind: str, name: str, group: str = "net", subscription: str = "s1") -> str:
    """The id of a resource; `kind` is its type below Microsoft.Network."""
    kinds, names = kind.split("/"), name.split("/")
    path = "/".join(f"{one}/{other}" for one, other in zip(kinds, names, strict=True))
    return f"/subscriptions/{subscription}/resourceGroups/{group}/providers/{NETWORK}/{path}"


def rest(kind: str, name: str, properties: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A resource in the REST form."""
    found = {"id": id_of(kind, name), "name": name.rpartition("/")[2], "type": f"{NETWORK}/{kind}"}
    return found | {"properties": dict(properties)} | more


def az(body: Mapping[str, Any]) -> dict[str, Any]:
    """The same resource as az writes it: properties next to the name, also inside lists, and nulls for what is not
    there.
    """
    flat = {name: _flat(value) for name, value in body.items() if name != "properties"}
    return (
        flat | {name: _flat(value) for name, value in body.get("properties", {}).items()} | {"tags": None, "etag": ""}
    )


def _flat(value: Any) -> Any:
    if isinstance(value, list):
        return [_flat(one) for one in value]
    if isinstance(value, Mapping):
        inside = {name: _flat(one) for name, one in value.items() if name != "properties"}
        return inside | {name: _flat(one) for name, one in value.get("properties", {}).items()}
    return value


def vnet(name: str = "hub", *prefixes: str, **properties: Any) -> dict[str, Any]:
    """A VNet; `subnets` are its subnets by name."""
    subnets = properties.pop("subnets", {})
    told = [
        {"name": one, "id": id_of("virtualNetworks/subnets", f"{name}/{one}"), "properties": {"addressPrefix": block}}
        for one, block in subnets.items()
    ]
    space = {"addressSpace": {"addressPrefixes": list(prefixes)}}
    return rest("virtualNetworks", name, space | {"subnets": told} | properties, location="westeurope")


def gateway(name: str = "vpngw", in_vnet: str | None = "hub", **properties: Any) -> dict[str, Any]:
    """A VPN gateway in the VNet."""
    subnet = {"id": id_of("virtualNetworks/subnets", f"{in_vnet}/GatewaySubnet")} if in_vnet else None
    usual = {
        "gatewayType": "Vpn",
        "vpnType": "RouteBased",
        "sku": {"name": "VpnGw1AZ", "tier": "VpnGw1AZ"},
        "activeActive": False,
        "enableBgp": False,
        "ipConfigurations": [{"name": "one", "properties": {"subnet": subnet}}],
    }
    return rest("virtualNetworkGateways", name, usual | properties)


def er_gateway(name: str = "ergw", in_vnet: str = "hub") -> dict[str, Any]:
    """A gateway for ExpressRoute in the VNet."""
    return gateway(name, in_vnet, gatewayType="ExpressRoute", sku={"name": "ErGw1AZ"})


def local(name: str = "breda", *prefixes: str, **properties: Any) -> dict[str, Any]:
    """A local network gateway."""
    usual = {"gatewayIpAddress": "51.144.10.1", "localNetworkAddressSpace": {"addressPrefixes": list(prefixes)}}
    return rest("localNetworkGateways", name, usual | properties)


def to_site(name: str = "con", on: str = "vpngw", site: str = "breda", **properties: Any) -> dict[str, Any]:
    """A connection of a gateway to a local network gateway."""
    ends = {
        "connectionType": "IPsec",
        "virtualNetworkGateway1": {"id": id_of("virtualNetworkGateways", on), "properties": {}},
        "localNetworkGateway2": {"id": id_of("localNetworkGateways", site), "properties": {}},
        "sharedKey": "never-shown",
    }
    return rest("connections", name, ends | properties)


def to_vnet(name: str, one: str, other: str, **properties: Any) -> dict[str, Any]:
    """One of the two connections between two gateways."""
    ends = {
        "connectionType": "Vnet2Vnet",
        "virtualNetworkGateway1": {"id": id_of("virtualNetworkGateways", one)},
        "virtualNetworkGateway2": {"id": id_of("virtualNetworkGateways", other)},
    }
    return rest("connections", name, ends | properties)


def to_circuit(
    name: str = "con-er", on: str = "ergw", circuit: str | None = "metro", **properties: Any
) -> dict[str, Any]:
    """A connection of a gateway to a circuit."""
    peer = {"id": id_of("expressRouteCircuits", circuit)} if circuit else None
    gateway_id = {"id": id_of("virtualNetworkGateways", on)}
    ends = {"connectionType": "ExpressRoute", "virtualNetworkGateway1": gateway_id, "peer": peer}
    return rest("connections", name, ends | properties)


def circuit(name: str = "metro", **properties: Any) -> dict[str, Any]:
    """An ExpressRoute circuit."""
    return rest("expressRouteCircuits", name, {"serviceKey": "never-shown"} | properties)


def peering(of: str, with_: str, **properties: Any) -> dict[str, Any]:
    """One side of a peering, as a resource of its own."""
    remote = {"remoteVirtualNetwork": {"id": id_of("virtualNetworks", with_)}}
    return rest("virtualNetworks/virtualNetworkPeerings", f"{of}/to-{with_}", remote | properties)


@dataclass(frozen=True)
class Read:
    """The need that was made, and the report."""

    need: Mapping[str, Any]
    understood: tuple[Item, ...]
    ignored: tuple[Item, ...]
    missing: tuple[Item, ...]

    @property
    def vnets(self) -> list[str]:
        """The names of its VNets."""
        return [one["name"] for one in self.need.get("vnets", [])]

    @property
    def sites(self) -> list[str]:
        """The names of its sites."""
        return [one["name"] for one in self.need.get("sites", [])]

    @property
    def hub(self) -> Mapping[str, Any]:
        """Its first VNet."""
        found: Mapping[str, Any] = self.need["vnets"][0]
        return found

    @property
    def site(self) -> Mapping[str, Any]:
        """Its first site."""
        found: Mapping[str, Any] = self.need["sites"][0]
        return found

    def ignores(self) -> set[tuple[str, str]]:
        """What is ignored: codes with their subjects."""
        return {(item.code, item.subject) for item in self.ignored}

    def misses(self) -> set[tuple[str, str]]:
        """What is missing: codes with their paths in the need."""
        return {(item.code, item.path) for item in self.missing}

    def understands(self) -> set[tuple[str, str, str]]:
        """What is understood: codes with subjects and paths in the need."""
        return {(item.code, item.subject, item.path) for item in self.understood}


def read_resources(resources: list[Resource]) -> Read:
    """What the resources come to."""
    set_up = set_up_of(inventory_of(resources))
    files = {FILE: 0}
    members = members_of(set_up, [], files)
    draft = assembled(members.whole, members.vnets, members.sites, files)
    return Read(draft.need, draft.understood, set_up.ignored, draft.missing)


def read(*bodies: Mapping[str, Any]) -> Read:
    """What resources in one list come to."""
    return read_resources(
        [Resource(FILE, f"value[{index}]", str(body["type"]).lower(), body) for index, body in enumerate(bodies)]
    )
