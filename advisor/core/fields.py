"""The fields of a need: one row each, from which all that takes or shows a need follows.

A row says what the field holds (its kind: how it is read from JSON, what its JSON Schema says, how it is typed), its
default, what it means, its parameter in an address, and the group of the form that asks for it. Fields stand in the
order of the contract. Unknown is None.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, ParamSpec, TypeVar, cast

from advisor.core.addressing import Prefix
from advisor.core.kinds import (
    ADDRESS_OR_YES_NO,
    AMOUNT,
    ASN,
    BLOCK_INSIDE,
    DAY,
    DESIGN_NAME,
    EDITION,
    NAME,
    PREFIX,
    VPN_SKU,
    YES_NO,
    YES_NO_IN_ROW,
    Inside,
    Kind,
    Members,
    Several,
    Table,
    Value,
    code,
    count_or_unknown,
    text,
    whole_number,
    yes_no,
)
from advisor.core.notations import AFTER_COLON, BEFORE_COLON, CHOSEN, SEVERAL, TICKED, Notation, named
from faq.knowledge.units import SYSTEMS

MODELS = ("resource-manager", "classic")
DEVICES = ("validated", "unlisted", "software", "none")
LIMITED_DEVICES = ("validated", "unlisted")
"""Devices that may do no routing but policy-based. Software is always route-based."""
ROUTINGS = ("route-based", "policy-based")
SYSTEM_CODES = (*SYSTEMS, "other")
WAYS = {"expressroute": True, "vpn": False}
PROTOCOLS = ("openvpn", "ikev2", "sstp")
AUTHENTICATIONS = ("certificate", "entra-id", "radius")

DEVICE_CHOICES = tuple(
    choice
    for device in DEVICES
    for choice in (device, *([f"{device}:policy-based"] if device in LIMITED_DEVICES else ()))
)
"""What a site has to end a tunnel on, as it is typed: a device, where needed with the routing that it is limited to."""


P = ParamSpec("P")
R = TypeVar("R")


def once(make: Callable[P, R]) -> Callable[P, R]:
    """Make what is made from a table only once. `cache` alone forgets the types."""
    return cast(Callable[P, R], cache(make))


@dataclass(frozen=True, slots=True)
class Field:
    """One row. `default` is MISSING where there is none.

    `parameter` is empty where an address cannot say the field; two fields with the same one are typed together. Of
    members it is the parameter of the name, and begins those of the other columns. `group` is empty where no form asks
    for it. `limit` tells which limits it can be checked against, as a pattern of their keys.
    """

    name: str
    default: Any
    kind: Kind
    meaning: str
    parameter: str
    group: str
    limit: str

    @property
    def is_required(self) -> bool:
        """Whether a document has to have it."""
        return self.default is MISSING and isinstance(self.kind, Value) and self.kind.otherwise is None

    @property
    def notation(self) -> Notation:
        """How it is typed. Raises TypeError for a field that is no value."""
        if isinstance(self.kind, Several):
            return SEVERAL
        if isinstance(self.kind, Value):
            return self.kind.notation
        raise TypeError(f"{self.name} is not typed as one text")

    @property
    def is_ticked(self) -> bool:
        """Whether it is typed by ticking a box."""
        return isinstance(self.kind, Value) and self.kind.notation is TICKED

    @property
    def said_default(self) -> str:
        """What is typed where nothing is said: the default, if that has a name."""
        return self.notation.write(self.default) if self.notation.says_default else ""

    def written(self, value: object) -> str:
        """A value as it is typed: nothing where it goes without saying."""
        is_default = value == self.default and type(value) is type(self.default)
        return "" if is_default and not self.notation.says_default else self.notation.write(value)


def row(
    default: object, kind: Kind, meaning: str = "", *, parameter: str = "", group: str = "", limit: str = ""
) -> Any:
    """The row of a field, as the dataclass takes it."""
    told = {"kind": kind, "meaning": meaning, "parameter": parameter, "group": group, "limit": limit}
    return dataclasses.field(default=default, metadata=told)


@once
def fields_of(table: Table) -> tuple[Field, ...]:
    """The rows of a table (a need, or a part of it) in their order."""
    return tuple(Field(one.name, one.default, **one.metadata) for one in dataclasses.fields(table))


@dataclass(frozen=True, slots=True)
class VNet:
    """A virtual network. The first of a need is the hub, whose gateway is designed."""

    name: str = row(MISSING, NAME, "Unique among VNets and sites.", parameter="name")
    prefixes: tuple[Prefix, ...] = row((), Several(PREFIX), "IPv4 address space.", parameter="prefixes")
    subnets: tuple[Prefix, ...] = row(
        (), Several(BLOCK_INSIDE), "Blocks in use, each inside one of the prefixes.", parameter="subnets"
    )
    region: str | None = row(None, text("westeurope"), "An Azure region, such as westeurope.", parameter="region")
    subscription: str | None = row(None, text(), "A label only.", parameter="subscription")
    model: str = row("resource-manager", code(MODELS, CHOSEN), "The deployment model.", parameter="model")
    asn: int | None = row(
        None, ASN, "The BGP autonomous system number of its gateway; absent: Azure's default.", parameter="asn"
    )


@dataclass(frozen=True, slots=True)
class Site:
    """An on-premises location. `public_ipv4` is the address, or whether there is one."""

    name: str = row(MISSING, NAME, "Unique among VNets and sites.", parameter="name")
    prefixes: tuple[Prefix, ...] = row((), Several(PREFIX), "IPv4 address space.", parameter="prefixes")
    device: str = row(
        "validated",
        code(DEVICES, BEFORE_COLON, DEVICE_CHOICES),
        "On the validated list; another that meets the parameters; RRAS or other software; none.",
        parameter="device",
    )
    device_routing: str = row("route-based", code(ROUTINGS, AFTER_COLON), "What the device can do.", parameter="device")
    public_ipv4: str | bool = row(True, ADDRESS_OR_YES_NO, "The address, or whether there is one.", parameter="ip")
    bandwidth_mbps: Decimal | None = row(None, AMOUNT, "What this site needs.", parameter="mbps")
    tunnels: int = row(1, whole_number(1), "More than 1 asks for redundancy.", parameter="tunnels")
    expressroute: bool | None = row(
        None,
        yes_no(named(WAYS), *WAYS),
        "Joins over the circuit, stays on VPN, or (null) as the rules say.",
        parameter="via",
    )
    asn: int | None = row(None, ASN, "The BGP autonomous system number of its VPN device.", parameter="asn")
    behind_nat: bool = row(
        False,
        YES_NO_IN_ROW,
        "Its VPN device is behind NAT, and its public address is that of the NAT.",
        parameter="nat",
    )

    @property
    def policy_based_only(self) -> bool:
        """Whether its device can do no routing but policy-based."""
        return self.device in LIMITED_DEVICES and self.device_routing == "policy-based"


@dataclass(frozen=True, slots=True)
class Clients:
    """Remote computers: how many at once (None: there are some, not known how many), what they run, and the pool that
    they get an address from.
    """

    count: int | None = row(
        0,
        count_or_unknown(0),
        "Computers connected at the same time; null: their number is not known.",
        parameter="clients",
        group="clients",
        limit="p2s.max_clients*",
    )
    systems: tuple[str, ...] = row(
        (), Several(code(SYSTEM_CODES)), "Their operating systems.", parameter="systems", group="clients"
    )
    pool: Prefix | None = row(
        None, PREFIX, "The address pool that is handed to them.", parameter="pool", group="clients"
    )
    root_certificates: int | None = row(
        None,
        whole_number(0),
        "Trusted roots to upload.",
        parameter="roots",
        group="clients",
        limit="p2s.max_root_certificates",
    )
    vnets: int = row(
        1, whole_number(1), "VNets that one client connects to at the same time.", parameter="client_vnets"
    )
    protocol: str | None = row(
        None, code(PROTOCOLS), "How they connect; absent: OpenVPN.", parameter="protocol", group="clients"
    )
    authentication: str | None = row(
        None, code(AUTHENTICATIONS), "How they prove who they are.", parameter="auth", group="clients"
    )

    @property
    def some(self) -> bool:
        """Whether there are any."""
        return self.count != 0

    @property
    def at_least(self) -> int:
        """How many there are at least: one where the number is not known."""
        return 1 if self.count is None else self.count


@dataclass(frozen=True, slots=True)
class Need:
    """All that the advisor is told."""

    edition: str = row(MISSING, EDITION, "Whose limits apply; the site's default where absent.", parameter="edition")
    vnets: tuple[VNet, ...] = row(
        (VNet("vnet"),),
        Members(VNet, "VNet", brief=("name", "prefixes", "region"), least=1),
        "The first is the hub, whose gateway is designed.",
        parameter="vnet",
    )
    sites: tuple[Site, ...] = row(
        (),
        Members(Site, "Site", brief=("name", "prefixes", "mbps", "device")),
        "On-premises locations.",
        parameter="site",
        limit="*.s2s_tunnels",
    )
    clients: Clients = row(Clients(), Inside(Clients))
    bandwidth_mbps: Decimal | None = row(
        None,
        AMOUNT,
        "Total through the gateway; absent: the sum of the sites.",
        parameter="mbps",
        group="bandwidth",
        limit="*.throughput",
    )
    private_path: bool = row(
        False,
        YES_NO,
        "Traffic must not cross the public internet, or latency must be predictable.",
        parameter="private",
        group="private",
    )
    expressroute_circuit: bool = row(False, YES_NO, "A circuit exists already.", parameter="circuit", group="private")
    expressroute_backup: bool = row(
        False, YES_NO, "The sites get a VPN as a backup for ExpressRoute.", parameter="backup", group="private"
    )
    transit: bool = row(
        False, YES_NO, "Sites or VNets must reach each other through the hub.", parameter="transit", group="routes"
    )
    bgp: bool = row(False, YES_NO, "Routes are exchanged with BGP over the VPN.", parameter="bgp", group="routes")
    forced_tunneling: bool = row(
        False, YES_NO, "Internet-bound traffic goes back on-premises.", parameter="forced", group="routes"
    )
    gateway_subnet: Prefix | None = row(
        None,
        PREFIX,
        "An existing or planned GatewaySubnet; absent: one is proposed.",
        parameter="subnet",
        group="gateway",
    )
    gateway_routing: str | None = row(
        None, code(ROUTINGS), "The type of a VPN gateway that exists.", parameter="routing", group="gateway"
    )
    gateway_sku: str | None = row(
        None, VPN_SKU, "The SKU of a VPN gateway that exists.", parameter="sku", group="gateway"
    )
    active_active: bool = row(
        False,
        YES_NO,
        "Both instances of the VPN gateway carry tunnels.",
        parameter="active_active",
        group="routes",
    )
    name: str | None = row(
        None, DESIGN_NAME, "The design's own name; it changes nothing in the advice.", parameter="name", group="what"
    )
    as_of: date | None = row(
        None, DAY, "The day of which the facts hold; absent: today.", parameter="as_of", group="what"
    )
    vnet_encryption: bool = row(
        False, YES_NO, "Traffic between VNets must be encrypted by IPsec.", parameter="encrypt", group="routes"
    )
    dev_test: bool = row(False, YES_NO, "Not for production.", parameter="dev_test", group="gateway")
    expressroute_encryption: bool = row(
        False,
        YES_NO,
        "What crosses ExpressRoute must be encrypted by IPsec.",
        parameter="circuit_encrypt",
        group="private",
    )
    endpoints: int | None = row(
        None,
        whole_number(0),
        "VMs, private endpoints, and appliances in all VNets that use the gateway.",
        parameter="endpoints",
        group="gateway",
        limit="*.vms_supported",
    )

    @property
    def hub(self) -> VNet:
        """The VNet whose gateway is designed."""
        return self.vnets[0]


FIELDS = tuple(field.name for field in fields_of(Need))
"""The fields of a need in the order of the contract."""
