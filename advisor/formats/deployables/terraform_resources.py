"""The resources of a deployment as blocks of azurerm: sites and other VNets are one map each, the rest is written out.

https://github.com/hashicorp/terraform-provider-azurerm/tree/main/website/docs/r
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.formats.deployables.terraform_connections import (
    circuit_connection,
    local_gateways,
    peerings,
    site_connections,
    vnet_connections,
)
from advisor.formats.deployables.terraform_context import Context
from advisor.formats.deployables.terraform_gateways import (
    circuit,
    expressroute_gateway,
    public_ips,
    subnets,
    vnets,
    vpn_gateways,
)
from advisor.formats.deployables.terraform_syntax import Block


def resources(context: Context) -> Iterator[Block]:
    """Every resource, in the order in which it is written."""
    yield from vnets(context)
    yield from subnets(context)
    yield from public_ips(context)
    yield from local_gateways(context)
    yield from vpn_gateways(context)
    yield from circuit(context)
    yield from expressroute_gateway(context)
    yield from site_connections(context)
    yield from vnet_connections(context)
    yield from circuit_connection(context)
    yield from peerings(context)
