"""The connections of a script for az, and the peerings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.core.deployment_names import underscored
from advisor.core.deployment_parameters import Ask
from advisor.core.deployment_resources import (
    CircuitConnection,
    IpsecPolicy,
    Peering,
    SiteConnection,
    VNetConnection,
)
from advisor.formats.deployables.az_script import FROM_INPUT, QUIET, Script
from advisor.formats.deployables.az_syntax import (
    Code,
    Option,
    Word,
    captured,
    command,
    options,
    variable_name,
)


def site_connection_lines(script: Script, connection: SiteConnection) -> list[str]:
    """A connection to a site, with what create has no option for."""
    local = next(one for one in script.deployment.local_gateways if one.key == connection.key)
    given = options(
        name=connection.name,
        location=script.at(connection.location),
        vnet_gateway1=script.word(script.gateway_of(connection.vnet).name),
        local_gateway2=local.name,
    )
    group = script.group_of(connection.vnet)
    named = [*group, *options(name=connection.name)]
    changes: list[Word] = [_protocol(connection), f"dpdTimeoutSeconds={connection.dpd_seconds}"]
    if connection.responder_only:
        changes.append("connectionMode=ResponderOnly")
    if connection.over_private_peering:
        changes.append("useLocalAzureIpAddress=true")
    lines = [*script.told(connection.whys), *_with_key(script, connection.shared_key, [*group, *given], connection.bgp)]
    lines += command("network vpn-connection update", [*named, ("--set", changes), *QUIET])
    lines += _policy(script, connection.vnet, connection.name, connection.policy)
    if connection.traffic_selectors:
        selectors = options(use_policy_based_traffic_selectors="true")
        lines += command("network vpn-connection update", [*named, *selectors, *QUIET])
    return lines


def _with_key(script: Script, key: Ask, given: list[Option], bgp: bool) -> Iterator[str]:
    """A connection, with the key that the key vault has under the slug of whose it is."""
    flags: list[Option] = [("--enable-bgp", [])] if bgp else []
    shared = options(shared_key=FROM_INPUT)
    piped = f"psk psk-{key.key} | "
    yield from command("network vpn-connection create", [*given, *flags, *shared, *QUIET], piped)


def _policy(script: Script, vnet: str, name: str, policy: IpsecPolicy | None) -> Iterator[str]:
    """The policy, where the connection has none: adding it a second time is refused."""
    if policy is None:
        return
    of_connection = [*script.group_of(vnet), *options(connection_name=name)]
    count = [*of_connection, *options(query="length(@)", output="tsv")]
    yield from captured("POLICIES", "network vpn-connection ipsec-policy list", count)
    given = options(
        ike_encryption=policy.ike_encryption,
        ike_integrity=policy.ike_integrity,
        dh_group=policy.dh_group,
        ipsec_encryption=policy.ipsec_encryption,
        ipsec_integrity=policy.ipsec_integrity,
        pfs_group=policy.pfs_group,
        sa_lifetime=policy.sa_lifetime_seconds,
        sa_max_size=policy.sa_size_kilobytes,
    )
    yield 'if [ "$POLICIES" = 0 ]; then'
    added = command("network vpn-connection ipsec-policy add", [*of_connection, *given, *QUIET])
    yield from (f"  {line}" for line in added)
    yield "fi"


def vnet_connection_lines(script: Script) -> Iterator[list[str]]:
    """The ids of the gateways, which another subscription knows them by, then the two ways of each pair."""
    ends = dict.fromkeys(one.from_vnet for one in script.deployment.vnet_connections)
    if ends:
        yield [line for vnet in ends for line in _id_of_gateway(script, vnet)]
    yield from (_vnet_connection(script, one) for one in script.deployment.vnet_connections)


def _id_of_gateway(script: Script, vnet: str) -> Iterator[str]:
    given = options(name=script.word(script.gateway_of(vnet).name), query="id", output="tsv")
    yield from captured(_id_variable("vpngw", vnet), "network vnet-gateway show", [*script.group_of(vnet), *given])


def _vnet_connection(script: Script, connection: VNetConnection) -> list[str]:
    given = options(
        name=connection.name,
        location=script.at(connection.location),
        vnet_gateway1=Code(f'"${_id_variable("vpngw", connection.from_vnet)}"'),
        vnet_gateway2=Code(f'"${_id_variable("vpngw", connection.to_vnet)}"'),
    )
    group = script.group_of(connection.from_vnet)
    named = [*group, *options(name=connection.name)]
    lines = [*script.told(connection.whys), *_with_key(script, connection.shared_key, [*group, *given], connection.bgp)]
    changes: list[Word] = [f"dpdTimeoutSeconds={connection.dpd_seconds}"]
    lines += command("network vpn-connection update", [*named, ("--set", changes), *QUIET])
    lines += _policy(script, connection.from_vnet, connection.name, connection.policy)
    return lines


def circuit_connection_lines(script: Script, connection: CircuitConnection) -> list[str]:
    """The connection to the circuit; to a new one once the provider has done its part."""
    circuit, gateway = script.deployment.circuit, script.deployment.expressroute_gateway
    given = [
        *script.group_of(connection.vnet),
        *options(
            name=connection.name,
            location=script.at(connection.location),
            vnet_gateway1=gateway.name if gateway else None,
            express_route_circuit2=script.word(connection.circuit or (circuit.name if circuit else "")),
        ),
    ]
    plain = list(command("network vpn-connection create", [*given, *QUIET]))
    if connection.authorization_key:
        name = variable_name(connection.authorization_key)
        keyed = [*given, *options(authorization_key=FROM_INPUT), *QUIET]
        with_key = command("network vpn-connection create", keyed, f'psk "${name}" | ')
        lines = _chosen(f'[ -n "${name}" ]', with_key, plain)
    elif connection.provisioned:
        lines = _chosen(f'[ "${variable_name(connection.provisioned)}" = true ]', plain)
    else:
        lines = plain
    return [*script.told(connection.whys), *lines]


def peering_lines(script: Script, peering: Peering) -> list[str]:
    """One side of a peering."""
    name, other = script.name_of(peering.from_vnet), peering.to_vnet
    remote = _id_variable("vnet", other)
    query = [*script.group_of(other), *options(name=script.name_of(other), query="id", output="tsv")]
    given = options(
        vnet_name=name,
        name=peering.name,
        remote_vnet=Code(f'"${remote}"'),
        allow_vnet_access="true",
        allow_forwarded_traffic=_yes(peering.allow_forwarded_traffic),
        allow_gateway_transit=_yes(peering.allow_gateway_transit),
        use_remote_gateways=_yes(peering.use_remote_gateways),
    )
    made = script.made(peering.from_vnet, "vnet peering create", given)
    return [*script.told(peering.whys), *captured(remote, "network vnet show", query), *made]


def _protocol(connection: SiteConnection) -> Word:
    """The change that sets the version of IKE."""
    if isinstance(connection.protocol, Ask):
        return Code(f'"connectionProtocol=${variable_name(connection.protocol)}"')
    return f"connectionProtocol={connection.protocol}"


def _id_variable(kind: str, vnet: str) -> str:
    return f"ID_{underscored(kind, vnet).upper()}"


def _yes(value: bool) -> str:
    return "true" if value else "false"


def _chosen(condition: str, lines: Iterable[str], otherwise: Iterable[str] = ()) -> list[str]:
    """Commands that are run on a condition, and others where it does not hold."""
    other = [f"  {line}" for line in otherwise]
    return [f"if {condition}; then", *(f"  {line}" for line in lines), *(["else", *other] if other else []), "fi"]
