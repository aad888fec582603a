"""The parameters of a deployment: one for each value that its resources ask for, and those that a format needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from advisor.core.deployment_parameters import (
    NUMBER,
    ORDER,
    REQUIRED,
    SECRET,
    SET,
    TEXT,
    TEXTS,
    YES_NO,
    Ask,
    Parameter,
)
from advisor.core.deployment_plan import Plan, Tunnel, region_of
from advisor.core.deployment_sites import IKE_VERSIONS
from advisor.core.parameters import Names, Parameters, Value, phrase
from advisor.core.rules.naming import hub_name, site_names, vnet_names

ZONES = ("1", "2", "3")
"""Of every region that has zones."""

ENTRA_AUDIENCE = "c632b3df-fb67-4d84-bdcf-b95ad541b5c8"
"""The Azure VPN Client as Microsoft registered it, in the public cloud:
https://learn.microsoft.com/azure/vpn-gateway/point-to-site-entra-gateway
"""

ASK_FOR_GROUPS = ("terraform", "az")
"""The formats that name the resource group themselves; a Bicep file is deployed into one."""

_TYPES = {
    "vnet-prefixes": TEXTS,
    "prefixes": TEXTS,
    "zones": TEXTS,
    "asn": NUMBER,
    "gateway-asn": NUMBER,
    "circuit-mbps": NUMBER,
    "circuit-provisioned": YES_NO,
}
_SECRETS = frozenset({"shared-key", "radius-secret", "authorization-key"})
_MAY_BE_EMPTY = frozenset({"zones", "authorization-key"})


def asked(resources: object) -> Iterator[Ask]:
    """Every value that is asked for, each time it is, in the order of the resources."""
    if isinstance(resources, Ask):
        yield resources
    elif isinstance(resources, tuple | list):
        for one in resources:
            yield from asked(one)
    elif is_dataclass(resources) and not isinstance(resources, type):
        for field in fields(resources):
            yield from asked(getattr(resources, field.name))


def parameters(plan: Plan, resources: Iterable[object]) -> tuple[Parameter, ...]:
    """The parameters for these resources, in order; that of the hub's region stands always."""
    asks = dict.fromkeys([Ask("location"), *asked(list(resources)), *_of_formats(plan)])
    has_secrets = any(ask.code in _SECRETS for ask in asks)
    found = [_parameter(plan, ask) for ask in (*asks, *([Ask("key-vault")] if has_secrets else []))]
    return tuple(sorted(found, key=lambda one: ORDER.index(one.code)))


def _of_formats(plan: Plan) -> Iterator[Ask]:
    """The subscriptions and resource groups that the formats ask for which can reach more than one."""
    for key in ("", *plan.subscriptions.values()):
        yield Ask("subscription-id", key)
        yield Ask("resource-group", key)


def _parameter(plan: Plan, ask: Ask) -> Parameter:
    default = _default(plan, ask)
    sentence, about = _described(plan, ask)
    kind = SECRET if ask.code in _SECRETS else REQUIRED if default is None else SET
    return Parameter(
        ask=ask,
        kind=SET if ask.code == "tenant-id" else kind,
        type=_TYPES.get(ask.code, TEXT),
        default=default,
        sentence=sentence,
        about=about,
        allowed=IKE_VERSIONS if ask.code == "connection-protocol" else (),
        only=_only(ask),
        may_be_empty=ask.code in _MAY_BE_EMPTY,
    )


def _only(ask: Ask) -> tuple[str, ...]:
    if ask.code == "subscription-id":
        return ASK_FOR_GROUPS if ask.key else ASK_FOR_GROUPS[:1]  # az works in the subscription that is chosen
    if ask.code == "resource-group":
        return ASK_FOR_GROUPS
    return ("az",) if ask.code == "key-vault" else ()


def _default(plan: Plan, ask: Ask) -> str | int | bool | tuple[str, ...] | None:
    """What stands there where the design or this edition knows it."""
    match ask.code:
        case "location":
            return region_of(plan.need.vnets[_vnet(plan, ask)])
        case "zones":
            return ZONES
        case "gateway-asn":
            given = plan.need.vnets[_vnet(plan, ask)].asn
            return given or plan.catalogue.number("bgp.default_asn")
        case "asn":
            return next(plan.need.sites[tunnel.site].asn for tunnel in plan.tunnels if tunnel.key == ask.key)
        case "vpn-gateway-name":
            return f"vpngw-{plan.hub}"
        case "public-ip-name":
            return f"pip-vpngw-{plan.hub}-{ask.key}"
        case "aad-audience":
            return ENTRA_AUDIENCE
        case "connection-protocol":
            return IKE_VERSIONS[0]
        case "circuit-provisioned":
            return False
    return None


def _vnet(plan: Plan, ask: Ask) -> int:
    """The place of the VNet that it belongs to: without a key that of the hub."""
    return plan.keys[0].index(ask.key) if ask.key else 0


def _described(plan: Plan, ask: Ask) -> tuple[str, Parameters]:
    """The sentence that describes it, and whose it is, by the name that was typed."""
    match ask.code:
        case "subscription-id" | "resource-group" if ask.key:
            label = next(label for label, slug in plan.subscriptions.items() if slug == ask.key)
            return f"{ask.code}-of", (("label", label),)
        case "location" if ask.key:
            return "location-of", (("owner", _named_vnet(plan, ask)),)
        case "vnet-prefixes" | "gateway-subnet" | "gateway-asn" | "location" | "vpn-gateway-name":
            return ask.code, (("owner", _named_vnet(plan, ask)),)
        case "root-certificate" if ask.key:
            return "root-certificate-of", (("number", int(ask.key)),)
        case "public-ip-name":
            return ask.code, (("number", int(ask.key)), ("owner", hub_name(plan.need)))
        case "prefixes" | "connection-protocol":
            return ask.code, (("owner", site_names(plan.need, [plan.keys[1].index(ask.key)])),)
        case "shared-key" if ask.key in plan.keys[0]:
            pair = vnet_names(plan.need, (0, plan.keys[0].index(ask.key)))
            return "shared-key-of-pair", (("vnets", pair),)
        case "public-ip" | "asn" | "bgp-peer" | "shared-key":
            tunnel = next(tunnel for tunnel in plan.tunnels if tunnel.key == ask.key)
            private = ask.code == "public-ip" and tunnel.private
            return "public-ip-private" if private else ask.code, (("owner", _named_tunnel(plan, tunnel)),)
    return ask.code, ()


def _named_vnet(plan: Plan, ask: Ask) -> Names:
    return vnet_names(plan.need, (_vnet(plan, ask),))


def _named_tunnel(plan: Plan, tunnel: Tunnel) -> Value:
    """The site, and where it has several tunnels, which of them."""
    site = site_names(plan.need, [tunnel.site])
    several = sum(other.site == tunnel.site for other in plan.tunnels) > 1
    return phrase("tunnel-of", number=tunnel.number, site=site) if several else site
