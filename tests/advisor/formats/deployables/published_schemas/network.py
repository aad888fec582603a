"""Azure's own types out of azure-mgmt-network, of which the source is read: one class per type, one field per line."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.advisor.formats.deployables.published_schemas.schema import NETWORK

RESOURCES = {
    "Microsoft.Network/connections": "VirtualNetworkGatewayConnection",
    "Microsoft.Network/expressRouteCircuits": "ExpressRouteCircuit",
    "Microsoft.Network/localNetworkGateways": "LocalNetworkGateway",
    "Microsoft.Network/publicIPAddresses": "PublicIPAddress",
    "Microsoft.Network/virtualNetworkGateways": "VirtualNetworkGateway",
    "Microsoft.Network/virtualNetworks": "VirtualNetwork",
    "Microsoft.Network/virtualNetworks/subnets": "Subnet",
    "Microsoft.Network/virtualNetworks/virtualNetworkPeerings": "VirtualNetworkPeering",
}
UNUSED = {
    "ApplicationGatewayIPConfiguration", "BackendAddressPool", "DdosSettings", "Delegation", "FrontendIPConfiguration",
    "InboundNatPool", "InboundNatRule", "IPConfiguration", "IPConfigurationProfile", "IpTag", "NatGateway",
    "NetworkInterface", "NetworkInterfaceIPConfiguration", "NetworkSecurityGroup", "PrivateEndpoint",
    "ResourceNavigationLink", "RouteTable", "ServiceAssociationLink", "ServiceEndpointPolicy",
    "ServiceEndpointPropertiesFormat", "VirtualNetworkBgpCommunities", "FlowLog",
}  # fmt: skip
"""Types that no starter writes: their own properties would be nine tenths of the file."""

SCALARS = {"str", "bool", "int", "float"}


def network_schema(site_packages: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The name of the file and its data; nothing where the package is not in the folder."""
    found = next(site_packages.glob("azure_mgmt_network-*.dist-info"), None)
    if found is None:
        return
    models = site_packages / "azure" / "mgmt" / "network" / "models"
    classes = _classes(models / "_models.py")
    values = {name: _values(node) for name, node in _classes(models / "_enums.py").items()}
    types: dict[str, dict[str, str]] = {}
    wanted = list(RESOURCES.values())
    while wanted:
        name = wanted.pop()
        if name not in types:
            types[name] = _fields(name, classes, values)
            wanted.extend(kind for row in types[name].values() if (kind := row.split(" ")[0].strip("[]")) in classes)
    used = {mark[1:] for fields in types.values() for row in fields.values() for mark in row.split(" ") if "=" in mark}
    yield (
        NETWORK,
        {
            "made_from": f"azure-mgmt-network {found.name.removesuffix('.dist-info').partition('-')[2]}",
            "resources": RESOURCES,
            "types": types,
            "values": {name: values[name] for name in used},
        },
    )


def _classes(path: Path) -> dict[str, ast.ClassDef]:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return {node.name: node for node in body if isinstance(node, ast.ClassDef)}


def _values(node: ast.ClassDef) -> list[str]:
    return [ast.literal_eval(line.value) for line in node.body if isinstance(line, ast.Assign)]


def _fields(name: str, classes: Mapping[str, ast.ClassDef], values: Mapping[str, object]) -> dict[str, str]:
    """The fields of a class and of those that it extends, each as a row of the file."""
    node = classes[name]
    fields: dict[str, str] = {}
    for base in node.bases:
        if (called := ast.unparse(base)) in classes:
            fields |= _fields(called, classes, values)
    for line in node.body:
        if isinstance(line, ast.AnnAssign) and isinstance(line.value, ast.Call) and isinstance(line.target, ast.Name):
            options = {option.arg: option.value for option in line.value.keywords}
            key = ast.literal_eval(options["name"]) if "name" in options else line.target.id
            writable = "create" in ast.literal_eval(options["visibility"]) if "visibility" in options else True
            fields[key] = _row(ast.unparse(line.annotation), writable, values)
    return fields


def _row(annotation: str, writable: bool, values: Mapping[str, object]) -> str:
    """`Optional[list["_models.X"]]` as `[X]`; a union of `str` and an enumeration as `str =Enumeration`."""
    inner = annotation.removeprefix("Optional[").removesuffix("]") if annotation.startswith("Optional[") else annotation
    marks = [] if annotation.startswith("Optional[") else ["required"]
    many = inner.startswith("list[")
    one = inner.removeprefix("list[").removesuffix("]") if many else inner
    if one.startswith("Union[str, "):
        named = one.removeprefix("Union[str, ").rstrip("]").strip("'\"").removeprefix("_models.")
        kind = "str"
        marks += [f"={named}"] if named in values else []
    else:
        kind = one.strip("'\"").removeprefix("_models.")
        kind = kind if kind in SCALARS or (kind[0].isupper() and kind.isalnum() and kind not in UNUSED) else "any"
    if not writable:
        marks = ["read-only"]
    return " ".join([f"[{kind}]" if many else kind, *marks])
