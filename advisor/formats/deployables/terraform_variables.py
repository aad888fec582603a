"""The parameters of a deployment as variables of Terraform: one each, or one map for what each site has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from advisor.core.deployment import Deployment
from advisor.core.deployment_names import underscored
from advisor.core.deployment_parameters import NUMBER, SECRET, TEXTS, YES_NO, Ask, Parameter
from advisor.core.parameters import Count, Exactly, Value
from advisor.formats.deployables.commentary import Commentary
from advisor.formats.deployables.quoting import hcl, plain
from advisor.formats.deployables.terraform_syntax import Block, Code, Item, block

NAMES: Mapping[str, str] = {
    "aad-audience": "aad_audience",
    "authorization-key": "authorization_key",
    "circuit-mbps": "circuit_mbps",
    "circuit-provisioned": "circuit_provisioned",
    "client-pool": "client_pool",
    "connection-protocol": "connection_protocol",
    "expressroute-circuit-id": "express_route_circuit_id",
    "expressroute-peering-location": "express_route_peering_location",
    "expressroute-port-id": "express_route_port_id",
    "expressroute-provider": "express_route_provider",
    "gateway-asn": "gateway_asn",
    "gateway-subnet": "gateway_subnet_prefix",
    "location": "location",
    "public-ip-name": "public_ip_name",
    "radius-secret": "radius_secret",
    "radius-server": "radius_server",
    "resource-group": "resource_group_name",
    "subscription-id": "subscription_id",
    "tenant-id": "tenant_id",
    "vnet-prefixes": "vnet_prefixes",
    "vpn-gateway-name": "vpn_gateway_name",
    "zones": "zones",
}
"""What each variable is called; the slug of what it belongs to stands behind it."""

MAPS: Mapping[str, str] = {
    "asn": "bgp",
    "bgp-peer": "bgp",
    "prefixes": "prefixes",
    "public-ip": "public_ips",
    "root-certificate": "root_certificates",
    "shared-key": "shared_keys",
}
"""What is one variable for all that have it: a map by slug."""

TYPES = {TEXTS: "list(string)", NUMBER: "number", YES_NO: "bool"}
"""What a variable holds; any other holds a string."""

ASN_AND_PEER = "object({ asn = optional(number), peer = string })"

KEY_CHARACTERS = "^[!-,.-}]+$"
"""Printable ASCII without the space, `-` and `~`: what Azure and devices both take in a pre-shared key."""


def asked_in_terraform(deployment: Deployment) -> tuple[Parameter, ...]:
    """The parameters that a Terraform file has, in order."""
    return tuple(one for one in deployment.parameters if "terraform" in (one.only or ("terraform",)))


def variable_name(ask: Ask) -> str:
    """What the variable is called that has this value, alone or in a map."""
    if ask.code in MAPS:
        return MAPS[ask.code]
    return underscored(NAMES[ask.code], ask.key) if ask.key else NAMES[ask.code]


def key_in_map(ask: Ask) -> str:
    """The key of a value in its map."""
    return f"root-{ask.key or 1}" if ask.code == "root-certificate" else ask.key


def reference(deployment: Deployment, ask: Ask) -> Code:
    """The expression for a value that is asked for."""
    if ask.code not in MAPS:
        return Code(f"var.{variable_name(ask)}")
    item = f"var.{MAPS[ask.code]}[{hcl(key_in_map(ask))}]"
    if ask.code == "bgp-peer":
        return Code(f"{item}.peer")
    if ask.code == "asn":
        known = next(one.default for one in deployment.parameters if one.ask == ask)
        return Code(f"{item}.asn" if known is None else f"coalesce({item}.asn, {known})")
    return Code(item)


def variables(deployment: Deployment, commentary: Commentary) -> Iterator[Block]:
    """Every variable, in the order of the parameters."""
    for name, group in groupby(asked_in_terraform(deployment), key=lambda one: variable_name(one.ask)):
        found = list(group)
        if found[0].code in MAPS:
            yield _map(deployment, name, found, commentary)
        else:
            yield _single(found[0], name, commentary)


def _single(parameter: Parameter, name: str, commentary: Commentary) -> Block:
    body: list[Item] = [
        ("description", plain(commentary.description(parameter))),
        ("type", Code(TYPES.get(parameter.type, "string"))),
    ]
    if parameter.default is not None:
        body.append(("default", parameter.default))
    body.append(("nullable", False))
    if parameter.kind == SECRET:
        body.append(("sensitive", True))
    if parameter.allowed:
        allowed = ", ".join(hcl(str(one)) for one in parameter.allowed)
        body.append(
            block(
                "validation",
                ("condition", Code(f"contains([{allowed}], var.{name})")),
                ("error_message", commentary.say("allowed", values=tuple(map(str, parameter.allowed)))),
            )
        )
    return block(f'variable "{name}"', *body)


def _map(deployment: Deployment, name: str, found: Sequence[Parameter], commentary: Commentary) -> Block:
    keys = tuple(dict.fromkeys(key_in_map(one.ask) for one in found))
    secret = found[0].kind == SECRET
    rules = _key_lengths(deployment) if secret else {}
    body: list[Item] = [
        ("description", commentary.say(f"map-{name.replace('_', '-')}", keys=keys, **rules)),
        ("type", Code(f"map({ASN_AND_PEER if name == 'bgp' else TYPES.get(found[0].type, 'string')})")),
        ("nullable", False),
    ]
    if secret:
        body.append(("sensitive", True))
    listed = ", ".join(hcl(key) for key in keys)
    body.append(
        block(
            "validation",
            ("condition", Code(f"alltrue([for key in [{listed}] : contains(keys(var.{name}), key)])")),
            ("error_message", commentary.say("map-incomplete", keys=keys)),
        )
    )
    unknown = [hcl(one.ask.key) for one in found if one.code == "asn" and one.default is None]
    if unknown:
        each = f"try(var.{name}[key].asn, null) != null"
        body.append(
            block(
                "validation",
                ("condition", Code(f"alltrue([for key in [{', '.join(unknown)}] : {each}])")),
                ("error_message", commentary.say("asn-missing", keys=tuple(key.strip('"') for key in unknown))),
            )
        )
    if found[0].code == "shared-key":
        body.append(_key_rules(deployment, name, commentary))
    comments = [f"{key_in_map(one.ask)}: {commentary.description(one)}" for one in found]
    return block(f'variable "{name}"', *body, comments=comments)


def _key_lengths(deployment: Deployment) -> dict[str, Value]:
    """The shortest and the longest pre-shared key, for sentences."""
    return {
        "least": Exactly(deployment.catalogue.number("s2s.psk_min_length")),
        "most": Count(deployment.catalogue.number("s2s.psk_max_length"), "character"),
    }


def _key_rules(deployment: Deployment, name: str, commentary: Commentary) -> Block:
    least = deployment.catalogue.number("s2s.psk_min_length")
    most = deployment.catalogue.number("s2s.psk_max_length")
    taken = f"length(one) >= {least} && length(one) <= {most} && can(regex({hcl(KEY_CHARACTERS)}, one))"
    return block(
        "validation",
        ("condition", Code(f"alltrue([for one in values(var.{name}) : {taken}])")),
        ("error_message", commentary.say("key-rules", **_key_lengths(deployment))),
    )
