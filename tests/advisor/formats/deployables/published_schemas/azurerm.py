"""Blocks of the Terraform provider out of cdktn-provider-azurerm, of which the source is read.

Its modules have one class for each block, whose `__init__` has one parameter for each argument.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

RESOURCES = (
    "azurerm_express_route_circuit",
    "azurerm_express_route_port",
    "azurerm_local_network_gateway",
    "azurerm_public_ip",
    "azurerm_subnet",
    "azurerm_virtual_network",
    "azurerm_virtual_network_gateway",
    "azurerm_virtual_network_gateway_connection",
    "azurerm_virtual_network_peering",
    "data.azurerm_client_config",
    "data.azurerm_express_route_circuit",
    "data.azurerm_public_ip",
    "data.azurerm_resource_group",
    "data.azurerm_subnet",
    "data.azurerm_virtual_network",
    "data.azurerm_virtual_network_gateway",
)
META = {"connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioners"}
"""Arguments that Terraform itself reads, in every block."""

VALUES = {
    "azurerm_local_network_gateway": {},
    "azurerm_public_ip": {"allocation_method": ["Dynamic", "Static"], "sku": ["Basic", "Standard", "StandardV2"]},
    "azurerm_virtual_network_gateway": {
        "generation": ["Generation1", "Generation2", "None"],
        "type": ["ExpressRoute", "Vpn"],
        "vpn_type": ["PolicyBased", "RouteBased"],
    },
    "azurerm_virtual_network_gateway_connection": {
        "connection_mode": ["Default", "InitiatorOnly", "ResponderOnly"],
        "connection_protocol": ["IKEv1", "IKEv2"],
        "type": ["ExpressRoute", "IPsec", "Vnet2Vnet"],
    },
    "azurerm_express_route_circuit_sku": {
        "family": ["MeteredData", "UnlimitedData"],
        "tier": ["Basic", "Local", "Premium", "Standard"],
    },
    "azurerm_virtual_network_gateway_vpn_client_configuration": {
        "vpn_auth_types": ["AAD", "Certificate", "Radius"],
        "vpn_client_protocols": ["IkeV2", "OpenVPN", "SSTP"],
    },
    "azurerm_virtual_network_gateway_connection_ipsec_policy": {
        "dh_group": ["DHGroup1", "DHGroup14", "DHGroup2", "DHGroup2048", "DHGroup24", "ECP256", "ECP384", "None"],
        "ike_encryption": ["AES128", "AES192", "AES256", "DES", "DES3", "GCMAES128", "GCMAES256"],
        "ike_integrity": ["GCMAES128", "GCMAES256", "MD5", "SHA1", "SHA256", "SHA384"],
        "ipsec_encryption": [
            "AES128",
            "AES192",
            "AES256",
            "DES",
            "DES3",
            "GCMAES128",
            "GCMAES192",
            "GCMAES256",
            "None",
        ],
        "ipsec_integrity": ["GCMAES128", "GCMAES192", "GCMAES256", "MD5", "SHA1", "SHA256"],
        "pfs_group": ["ECP256", "ECP384", "None", "PFS1", "PFS14", "PFS2", "PFS2048", "PFS24", "PFSMM"],
    },
}
"""What the provider's documentation allows, which the package does not hold:
https://github.com/hashicorp/terraform-provider-azurerm/tree/main/website/docs/r (virtual_network_gateway_connection)
"""

SCALARS = {"builtins.str": "str", "builtins.bool": "bool", "jsii.Number": "float"}


def azurerm_schema(site_packages: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The name of the file and its data; nothing where the package is not in the folder."""
    found = next(site_packages.glob("cdktn_provider_azurerm-*.dist-info"), None)
    if found is None:
        return
    about = (found / "METADATA").read_text(encoding="utf-8")
    version = re.search(r"hashicorp/azurerm provider version ([0-9.]+)", about)
    if version is None:
        raise ValueError(f"{found} names no version of the provider")
    types: dict[str, dict[str, str]] = {}
    for resource in RESOURCES:
        types |= dict(_types(site_packages / "cdktn_provider_azurerm", resource))
    package = found.name.removesuffix(".dist-info").partition("-")[2]
    yield (
        f"azurerm-{version[1]}",
        {
            "made_from": f"hashicorp/azurerm {version[1]} (cdktn-provider-azurerm {package})",
            "resources": {resource: resource for resource in RESOURCES},
            "types": types,
            "values": {f"{name}.{key}": values for name, rows in VALUES.items() for key, values in rows.items()},
        },
    )


def _types(package: Path, resource: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The block of a resource and every block in it: `azurerm_subnet`, `azurerm_subnet_delegation`."""
    module = resource.replace("data.", "data_") if resource.startswith("data.") else resource.removeprefix("azurerm_")
    source = ast.parse((package / module / "__init__.py").read_text(encoding="utf-8"))
    classes = {node.name: node for node in source.body if isinstance(node, ast.ClassDef)}
    stem = "".join(word.title() for word in module.split("_"))
    wanted = [(f"{stem}Config", resource)]
    while wanted:
        called, name = wanted.pop()
        fields = {}
        for argument, annotation, required in _arguments(classes[called]):
            nested = next((inner for inner in re.findall(r"\"?'?(\w+)", annotation) if inner in classes), None)
            if nested:
                wanted.append((nested, f"{name}_{argument}"))
            kind = f"{name}_{argument}" if nested else _scalar(annotation)
            marks = ["required"] if required else []
            marks += [f"={name}.{argument}"] if argument in VALUES.get(name, {}) else []
            fields[argument] = " ".join([f"[{kind}]" if "typing.Sequence" in annotation else kind, *marks])
        yield name, fields


def _arguments(node: ast.ClassDef) -> Iterator[tuple[str, str, bool]]:
    """Each argument of a block with its annotation, and whether it must be there."""
    start = next(line for line in node.body if isinstance(line, ast.FunctionDef) and line.name == "__init__")
    for argument, default in zip(start.args.kwonlyargs, start.args.kw_defaults, strict=True):
        if argument.arg not in META and argument.annotation is not None:
            yield argument.arg.rstrip("_"), ast.unparse(argument.annotation), default is None


def _scalar(annotation: str) -> str:
    if "typing.Mapping" in annotation:
        return "any"
    return next((kind for written, kind in SCALARS.items() if written in annotation), "any")
