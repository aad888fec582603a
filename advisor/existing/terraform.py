"""Terraform's state and plan to resources in REST form: `terraform.tfstate`, and `terraform show -json` of either."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from advisor.existing.references import VNET, reference
from advisor.existing.resource_types import CONNECTION, GATEWAY, PEERING
from advisor.existing.resources import TERRAFORM, Resource
from advisor.existing.terraform_attributes import ROWS, TYPES, in_azures_form
from advisor.existing.terraform_references import Configuration

_OWN_FORM = ("azapi_resource", "azapi_update_resource")
"""The types of the provider that takes Azure's own form."""

_GATEWAYS = ("azurerm_virtual_network_gateway", "azapi_resource")
_LOCAL_GATEWAYS = ("azurerm_local_network_gateway", "azapi_resource")
_CIRCUITS = ("azurerm_express_route_circuit", "azapi_resource")
_VNETS = ("azurerm_virtual_network", "azapi_resource")
_SUBNETS = ("azurerm_subnet", *_VNETS)
REFERENCES: Mapping[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    f"{VNET}/subnets": (("virtualNetwork", "virtual_network_name", _VNETS),),
    PEERING: (
        ("virtualNetwork", "virtual_network_name", _VNETS),
        ("remoteVirtualNetwork", "remote_virtual_network_id", _VNETS),
    ),
    CONNECTION: (
        ("virtualNetworkGateway1", "virtual_network_gateway_id", _GATEWAYS),
        ("localNetworkGateway2", "local_network_gateway_id", _LOCAL_GATEWAYS),
        ("virtualNetworkGateway2", "peer_virtual_network_gateway_id", _GATEWAYS),
        ("peer", "express_route_circuit_id", _CIRCUITS),
    ),
    GATEWAY: (("gatewayDefaultSite", "default_local_network_gateway_id", _LOCAL_GATEWAYS),),
}
"""Of each type the properties that refer to another resource, the argument for each, and the types that it can be."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A resource as Terraform has it: `path` is its place, `holder` that of its attributes within it."""

    path: str
    holder: str
    type: str
    name: str
    address: str
    attributes: Mapping[str, object]
    is_data: bool


def resources_of_state(state: Mapping[str, object], file: str) -> Iterator[Resource]:
    """The resources of a state file of version 4, with those that were only looked up."""
    return _resources(list(_in_state(state)), file, None)


def resources_of_values(shown: Mapping[str, object], file: str) -> Iterator[Resource]:
    """The resources of a state as `terraform show -json` has it."""
    return _resources(list(_in_module(_inside(shown, "values", "root_module"), "values.root_module")), file, None)


def resources_of_plan(plan: Mapping[str, object], file: str) -> Iterator[Resource]:
    """The resources that there will be by a plan as `terraform show -json` has it, with those that it looked up."""
    planned = list(_in_module(_inside(plan, "planned_values", "root_module"), "planned_values.root_module"))
    path = "prior_state.values.root_module"
    looked_up = [one for one in _in_module(_inside(plan, *path.split(".")), path) if one.is_data]
    known = {one.address for one in planned}
    found = [*planned, *(one for one in looked_up if one.address not in known)]
    root = _inside(plan, "configuration", "root_module")
    return _resources(found, file, Configuration(root, [one.address for one in found]))


def _resources(found: list[_Found], file: str, configuration: Configuration | None) -> Iterator[Resource]:
    for one in found:
        if one.type in _OWN_FORM:
            yield _in_own_form(one, file, configuration)
            continue
        type_ = TYPES.get(one.type, one.type)
        if one.is_data and type_ not in TYPES.values():
            continue
        body, written = in_azures_form(type_, one.attributes, one.holder)
        body.setdefault("name", one.name)
        if type_ not in ROWS:
            body["type"] = one.type
        if configuration:
            _refer(body, one, type_, configuration)
        vnet = one.attributes.get("virtual_network_name")
        has_id = reference(str(body.get("id"))) is not None
        if type_ in (f"{VNET}/subnets", PEERING) and isinstance(vnet, str) and not has_id:
            body["name"] = f"{vnet}/{body['name']}"
        yield Resource(file, one.path, type_, body, written, one.address)


def _refer(body: dict[str, object], one: _Found, type_: str, configuration: Configuration) -> None:
    """Fill in what a resource refers to where its id is not known yet."""
    for name, argument, types in REFERENCES.get(type_, ()):
        if one.attributes.get(argument) is None:
            address = configuration.referred(one.address, argument, types)
            if address:
                body[name] = {"id": f"{TERRAFORM}{address}"}
    if type_ == GATEWAY and not _has_subnet(body.get("ipConfigurations")):
        address = configuration.referred(one.address, "ip_configuration.subnet_id", _SUBNETS)
        if address:
            body["ipConfigurations"] = [{"subnet": {"id": f"{TERRAFORM}{address}"}}]


def _has_subnet(configurations: object) -> bool:
    return isinstance(configurations, list) and any("subnet" in one for one in configurations)


def _in_own_form(one: _Found, file: str, configuration: Configuration | None) -> Resource:
    """A resource whose body is written in Azure's form, as an object or, in older versions, as a text of JSON."""
    attributes = one.attributes
    written_type = attributes.get("type")
    type_ = written_type.partition("@")[0].lower() if isinstance(written_type, str) else one.type
    body: dict[str, object] = dict(_body(attributes.get("body")))
    written = {name: f"{one.holder}.body.{name}" for name in body}
    for name in ("id", "location", "name"):
        if attributes.get(name) is not None:
            body[name], written[name] = attributes[name], f"{one.holder}.{name}"
    body.setdefault("name", one.name)
    parent = attributes.get("parent_id")
    if parent is None and configuration:
        address = configuration.referred(one.address, "parent_id", _VNETS)
        parent = f"{TERRAFORM}{address}" if address else None
    if isinstance(parent, str) and type_ in (f"{VNET}/subnets", PEERING):
        body["virtualNetwork"] = {"id": parent}
    return Resource(file, one.path, type_, body, written, one.address)


def _body(written: object) -> Mapping[str, object]:
    if isinstance(written, str):
        try:
            written = json.loads(written)
        except (ValueError, RecursionError):
            return {}
    return written if isinstance(written, Mapping) else {}


def _in_state(state: Mapping[str, object]) -> Iterator[_Found]:
    for index, resource in _objects(state.get("resources")):
        kind, name, module = resource.get("type"), resource.get("name"), resource.get("module")
        for number, instance in _objects(resource.get("instances")):
            attributes = instance.get("attributes")
            if isinstance(kind, str) and isinstance(attributes, Mapping) and "deposed" not in instance:
                is_data = resource.get("mode") == "data"
                key = instance.get("index_key")
                address = ".".join(part for part in (module, is_data and "data", kind, name) if isinstance(part, str))
                yield _Found(
                    f"resources[{index}].instances[{number}]",
                    "attributes",
                    kind,
                    str(name),
                    address if key is None else f"{address}[{json.dumps(key)}]",
                    attributes,
                    is_data,
                )


def _in_module(module: Mapping[str, object], path: str) -> Iterator[_Found]:
    """The resources of a module and of those inside it."""
    for index, resource in _objects(module.get("resources")):
        kind, attributes = resource.get("type"), resource.get("values")
        if isinstance(kind, str) and isinstance(attributes, Mapping):
            yield _Found(
                f"{path}.resources[{index}]",
                "values",
                kind,
                str(resource.get("name")),
                str(resource.get("address")),
                attributes,
                resource.get("mode") == "data",
            )
    for index, child in _objects(module.get("child_modules")):
        yield from _in_module(child, f"{path}.child_modules[{index}]")


def _objects(value: object) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The objects of a list, each with its index."""
    for index, one in enumerate(value if isinstance(value, list) else []):
        if isinstance(one, Mapping):
            yield index, one


def _inside(value: object, *names: str) -> Mapping[str, object]:
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}
