"""The resources of a deployment as commands of az, in the order in which they are run.

https://learn.microsoft.com/cli/azure/network
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.formats.deployables import quoting
from advisor.formats.deployables.az_connections import (
    circuit_connection_lines,
    peering_lines,
    site_connection_lines,
    vnet_connection_lines,
)
from advisor.formats.deployables.az_gateways import (
    circuit_lines,
    expressroute_gateway_lines,
    local_gateway_lines,
    public_ip_lines,
    subnet_lines,
    vnet_lines,
    vpn_gateway_lines,
)
from advisor.formats.deployables.az_script import QUIET, Script
from advisor.formats.deployables.az_syntax import (
    command,
    options,
)


def checks(script: Script) -> Iterator[list[str]]:
    """What stops the script where somebody is not logged in, or something that is referred to is not there."""
    yield list(command("account show", QUIET))
    for vnet in script.deployment.vnets:
        if vnet.exists:
            yield script.made(vnet.key, "vnet show", options(name=vnet.name), vnet.whys)
    for gateway in script.deployment.vpn_gateways:
        if gateway.exists:
            whys = (*gateway.whys, *gateway.changes)
            yield script.made(gateway.vnet, "vnet-gateway show", options(name=script.word(gateway.name)), whys)


def resources(script: Script) -> Iterator[list[str]]:
    """The commands of every resource that is made."""
    yield from (vnet_lines(script, one) for one in script.deployment.vnets if not one.exists)
    yield from (subnet_lines(script, one) for one in script.deployment.subnets if not one.exists)
    yield from (public_ip_lines(script, one) for one in script.deployment.public_ips if not one.exists)
    yield from (local_gateway_lines(script, one) for one in script.deployment.local_gateways)
    yield from (vpn_gateway_lines(script, one) for one in script.deployment.vpn_gateways if not one.exists)
    yield from circuit_lines(script)
    yield from expressroute_gateway_lines(script)
    yield from (site_connection_lines(script, one) for one in script.deployment.site_connections)
    yield from vnet_connection_lines(script)
    if script.deployment.circuit_connection:
        yield circuit_connection_lines(script, script.deployment.circuit_connection)
    yield from (peering_lines(script, one) for one in script.deployment.peerings)


def outputs(script: Script) -> Iterator[list[str]]:
    """The addresses that devices connect to and, with BGP, those that the gateway speaks from."""
    if not script.deployment.vpn_gateways:
        return
    gateway = script.deployment.vpn_gateways[0]
    addresses = [one for one in script.deployment.public_ips if one.vnet == gateway.vnet]
    lines = [f"printf '%s\\n' {quoting.shell(script.commentary.say('public-ips'))}"]
    group = script.group_of(gateway.vnet)
    for address in addresses:
        shown = options(name=script.word(address.name), query="ipAddress", output="tsv")
        lines += command("network public-ip show", [*group, *shown])
    yield lines
    if gateway.bgp:
        peers = options(name=script.word(gateway.name), query="bgpSettings.bgpPeeringAddresses", output="json")
        yield [
            f"printf '%s\\n' {quoting.shell(script.commentary.say('bgp-peers'))}",
            *command("network vnet-gateway show", [*group, *peers]),
        ]
