"""The types of resources that are read, and of those that are known and have no field in a need."""

from __future__ import annotations

import re

from advisor.existing.references import CLASSIC_VNET, VNET

NETWORK = "microsoft.network/"

VNETS = (VNET, CLASSIC_VNET)
SUBNETS = tuple(f"{vnet}/subnets" for vnet in VNETS)
PEERING = f"{VNET}/virtualnetworkpeerings"
GATEWAY = f"{NETWORK}virtualnetworkgateways"
LOCAL_GATEWAY = f"{NETWORK}localnetworkgateways"
CONNECTION = f"{NETWORK}connections"
CIRCUIT = f"{NETWORK}expressroutecircuits"

PARTS = (f"{NETWORK}publicipaddresses", f"{NETWORK}expressrouteports")
"""Resources that belong to those above, and of which nothing is read."""

WITHOUT_FIELD = (
    f"{GATEWAY}/natrules",
    f"{CIRCUIT}/peerings",
    f"{CIRCUIT}/peerings/connections",
    f"{CIRCUIT}/authorizations",
)
"""Parts of what is read, that a need has no field for."""

VIRTUAL_WAN = re.compile(
    r"microsoft\.network/(?:virtualwans|virtualhubs|vpngateways|vpnsites|p2svpngateways|expressroutegateways"
    r"|vpnserverconfigurations)(?:/.*)?"
)
ROUTE_SERVER = "routeserver"
"""The `kind` of a virtual hub that is a Route Server, and so no part of Virtual WAN."""

_WELL_FORMED = re.compile(r"[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)+(?:/[A-Za-z0-9]+)+|[a-z0-9]+(?:_[a-z0-9]+)+")
"""Of Azure, such as `Microsoft.Compute/virtualMachines`, or of Terraform, such as `azurerm_route_table`."""
LONGEST_TYPE = 100


def shown_type(written: str) -> str:
    """The type of a resource as the report repeats it: nothing where it does not look like one."""
    return written if len(written) <= LONGEST_TYPE and _WELL_FORMED.fullmatch(written) else ""
