"""A deployment as one Bicep file, without modules and loops: what is reviewed is what is deployed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.core.deployment import Deployment
from advisor.core.deployment_parameters import NUMBER, TEXTS, YES_NO, Parameter
from advisor.core.deployment_resources import IpsecPolicy
from advisor.core.parameters import Count
from advisor.formats.deployables import quoting
from advisor.formats.deployables.bicep_resources import IPSEC_POLICIES, NETWORK, Resource, resources
from advisor.formats.deployables.bicep_syntax import Code, Symbols, Value, written
from advisor.formats.deployables.commentary import Commentary
from advisor.formats.deployables.header import Header

API_VERSION = "2025-01-01"
"""Of all resources; scale units need 2024-07-01 or newer."""

TYPES = {TEXTS: "array", NUMBER: "int", YES_NO: "bool"}
"""What a parameter holds; any other holds a string."""

COMMANDS = (
    "az deployment group what-if --resource-group <resource-group> --parameters main.bicepparam",
    "az deployment group create --resource-group <resource-group> --parameters main.bicepparam",
)
"""What checks a file, and what runs it. The file of parameters names the other."""


def write(deployment: Deployment, header: Header, language: str) -> str:
    """The file `main.bicep`, with comments in a language."""
    commentary = Commentary(header, "bicep", language)
    return "\n".join(_lines(deployment, commentary)) + "\n"


def _lines(deployment: Deployment, commentary: Commentary) -> Iterator[str]:
    yield from _head(deployment, commentary)
    yield ""
    yield "targetScope = 'resourceGroup'"
    symbols = Symbols(deployment)
    for parameter in asked_in_bicep(deployment):
        yield ""
        yield from _parameter(deployment, symbols, parameter, commentary)
    policy = _policy_of(deployment)
    if policy:
        yield ""
        yield from _constant(policy, commentary)
    for resource in resources(deployment):
        yield ""
        yield from _resource(resource, commentary)
    yield from _outputs(deployment, symbols, commentary)


def asked_in_bicep(deployment: Deployment) -> tuple[Parameter, ...]:
    """The parameters that a Bicep file has, in order."""
    return tuple(one for one in deployment.parameters if "bicep" in (one.only or ("bicep",)))


def comments(text: str) -> Iterator[str]:
    """A text as lines of comment, with no quotes next to each other: tools count three of them in comments too."""
    return quoting.comment(re.sub("'(?=')", "' ", text), "//")


def _head(deployment: Deployment, commentary: Commentary) -> Iterator[str]:
    for said in commentary.head(deployment):
        yield from comments(said)
    yield from comments(commentary.say("first-existing" if deployment.hub.exists else "first-new"))
    yield from comments(commentary.say("keys"))
    minutes = Count(deployment.catalogue.number("gateway.creation_time"), "minute")
    yield from comments(commentary.say("run", minutes=minutes))
    for command in COMMANDS:
        yield from comments(command)


def _parameter(deployment: Deployment, symbols: Symbols, parameter: Parameter, commentary: Commentary) -> Iterator[str]:
    yield f"@description({quoting.bicep(quoting.plain(commentary.description(parameter)))})"
    if parameter.kind == "secret":
        yield "@secure()"
    if parameter.code == "shared-key":
        yield f"@minLength({deployment.catalogue.number('s2s.psk_min_length')})"
        yield f"@maxLength({deployment.catalogue.number('s2s.psk_max_length')})"
    if parameter.allowed:
        allowed = list(written(list(parameter.allowed)))
        yield f"@allowed({allowed[0]}"
        yield from allowed[1:-1]
        yield f"{allowed[-1]})"
    default = default_of(parameter)
    declared = f"param {symbols.parameter(parameter.ask)} {TYPES.get(parameter.type, 'string')}"
    if default is None:
        yield declared
        return
    first, *rest = written(default)
    yield f"{declared} = {first}"
    yield from rest


def default_of(parameter: Parameter) -> Value | None:
    """The default of a parameter, None where it has none."""
    return Code("subscription().tenantId") if parameter.code == "tenant-id" else parameter.default


def _policy_of(deployment: Deployment) -> IpsecPolicy | None:
    policies = [one.policy for one in deployment.site_connections]
    policies += [one.policy for one in deployment.vnet_connections]
    return next(filter(None, policies), None)


def _constant(policy: IpsecPolicy, commentary: Commentary) -> Iterator[str]:
    yield from comments(commentary.say("policy"))
    value: Value = [
        {
            "saLifeTimeSeconds": policy.sa_lifetime_seconds,
            "saDataSizeKilobytes": policy.sa_size_kilobytes,
            "ipsecEncryption": policy.ipsec_encryption,
            "ipsecIntegrity": policy.ipsec_integrity,
            "ikeEncryption": policy.ike_encryption,
            "ikeIntegrity": policy.ike_integrity,
            "dhGroup": policy.dh_group,
            "pfsGroup": policy.pfs_group,
        }
    ]
    first, *rest = written(value)
    yield f"var {IPSEC_POLICIES.text} = {first}"
    yield from rest


def _resource(resource: Resource, commentary: Commentary) -> Iterator[str]:
    for why in resource.whys:
        yield from comments(commentary.why(why))
    kind = " existing" if resource.exists else ""
    condition = f"if ({resource.condition.text}) " if resource.condition else ""
    first, *rest = written(resource.body)
    yield f"resource {resource.symbol.text} '{NETWORK}/{resource.type}@{API_VERSION}'{kind} = {condition}{first}"
    yield from rest


def _outputs(deployment: Deployment, symbols: Symbols, commentary: Commentary) -> Iterator[str]:
    """The addresses that devices connect to and, with BGP, those that the gateway speaks from."""
    if not deployment.vpn_gateways:
        return
    gateway = deployment.vpn_gateways[0]
    addresses: Value = [
        Code(f"{symbols.resource('pip-vpngw', gateway.vnet, str(number)).text}.properties.ipAddress")
        for number in gateway.addresses
    ]
    yield ""
    yield f"@description({quoting.bicep(commentary.say('public-ips'))})"
    first, *rest = written(addresses)
    yield f"output gatewayPublicIps array = {first}"
    yield from rest
    if gateway.bgp:
        yield ""
        yield f"@description({quoting.bicep(commentary.say('bgp-peers'))})"
        peers = f"{symbols.resource('vpngw', gateway.vnet).text}.properties.bgpSettings.bgpPeeringAddresses"
        yield f"output gatewayBgpPeers array = {peers}"
