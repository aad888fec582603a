"""A setup to a need: which of Azure's settings becomes which field, and what the advisor would like to know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from advisor.core.addressing import AddressError, Prefix, read_prefix
from advisor.core.addressing import Blocks as AddressSpace
from advisor.existing.draft import NOWHERE, Member, filled
from advisor.existing.gateways import Link, Standing
from advisor.existing.inventory import GATEWAY_SUBNET, Circuit, Subnet, Written
from advisor.existing.networks import Network, blocks_of
from advisor.existing.resources import in_file_order
from advisor.existing.setup import Device, SetUp


@dataclass(frozen=True, slots=True)
class Members:
    """A need in the making: its own fields, its VNets with the hub first, and its sites."""

    whole: Member
    vnets: list[Member]
    sites: list[Member]


def members_of(set_up: SetUp, told: Sequence[Member], files: Mapping[str, int]) -> Members:
    """The need of a setup and of the sites that tables tell of. `files` numbers the files, in whose order the sites
    are.
    """
    whole = Member("", NOWHERE)
    circuits = [_circuit(circuit, links) for circuit, links in set_up.circuits]
    if _crosses_circuit(set_up):  # the sites behind the circuit are those with a tunnel over it
        whole.understood += [replace(note, path="expressroute_circuit") for one in circuits for note in one.understood]
        circuits = []
    read = [*(_site(devices, set_up) for devices in set_up.sites), *circuits]
    sites = sorted(filled(read, told), key=lambda one: in_file_order(one.place, files))
    _fill(whole, set_up)
    _miss_in_sites(sites)
    _miss_in_whole(whole, sites, set_up)
    return Members(whole, _vnets(set_up), sites)


def _vnets(set_up: SetUp) -> list[Member]:
    members = {id(network): _vnet(network, is_hub=index == 0) for index, network in enumerate(set_up.networks)}
    for standing in filter(None, (set_up.vpn, *set_up.partners) if set_up.bgp else ()):
        members[id(standing.network)].put_written("asn", standing.gateway.asn)
    for standing in filter(None, (set_up.expressroute, *set_up.partners)):
        if standing.is_read:
            members[id(standing.network)].understand("gateway", standing.gateway.place, standing.gateway.name)
    hub = set_up.networks[0] if set_up.networks else None
    for one in set_up.joined:
        other = one.remote if one.network is hub else one.network
        members[id(other)].understand("peering", one.peering.place, one.peering.name or other.name)
    partners = {id(one.gateway): members[id(one.network)] for one in set_up.partners}
    for link in set_up.links:
        for end in (link.gateway, link.other):
            if id(end) in partners:
                partners[id(end)].understand("connection", link.connection.place, link.connection.name)
    return list(members.values())


def _vnet(network: Network, *, is_hub: bool) -> Member:
    member = Member(network.name, network.place)
    if not network.is_known:
        member.miss("vnets", "")
        return member
    member.understand("vnet", network.place, network.name)
    member.put_list("prefixes", network.prefixes.written)
    if not network.prefixes.written or not network.prefixes.complete:
        member.miss("prefixes", "prefixes")
    in_use = [one for one in network.subnets if not (is_hub and one.name == GATEWAY_SUBNET)]
    member.put_list("subnets", _inside(network, in_use))
    member.put("region", network.region)
    member.put("subscription", network.subscription)
    if network.classic:
        member.put("model", "classic")
    return member


def _inside(network: Network, subnets: Iterable[Subnet]) -> Iterator[Written]:
    """The blocks of subnets, but for those that are in prefixes which the files leave open."""
    known = AddressSpace(block for one in network.prefixes.written if (block := _prefix(one.value)))
    for one in blocks_of(subnets):
        block = _prefix(one.value)
        if network.prefixes.written and (network.prefixes.complete or block is None or known.hold(block)):
            yield one


def _site(devices: tuple[Device, ...], set_up: SetUp) -> Member:
    first, links = devices[0].local, [link for device in devices for link in device.links]
    member = Member(first.name, first.place)
    member.understand("site", first.place, first.name)
    for link in links:
        member.understand("connection", link.connection.place, link.connection.name)
    member.put_list("prefixes", first.prefixes.written)
    if not devices[0].is_read:
        member.miss("local-gateways", "prefixes")
    elif not first.prefixes.written or not first.prefixes.complete:
        member.miss("prefixes", "prefixes")
    private, public = _by_way(devices)
    counted = public or private
    member.put("tunnels", sum(max(len(device.links), 1) for device in counted))
    address = counted[0].local.address
    if isinstance(address, Written):
        member.put_written("public_ipv4", address)
    elif address is None:
        member.miss("public-address", "public_ipv4")
    else:
        member.put("public_ipv4", True)
    if any(link.connection.policy_based for link in links):
        member.put("device_routing", "policy-based")
    if private or set_up.circuits:
        member.put("expressroute", bool(private))
    if any(link.connection.bgp for link in links):
        member.put_written("asn", first.asn)
    return member


def _circuit(circuit: Circuit, links: Iterable[Link]) -> Member:
    """The site that stands for what is behind a circuit, of which Azure knows nothing else."""
    member = Member(circuit.name, circuit.place)
    member.understand("circuit", circuit.place, circuit.name)
    for link in links:
        member.understand("connection", link.connection.place, link.connection.name)
    member.put("expressroute", True)
    member.put("device", "none")
    member.miss("prefixes", "prefixes")
    return member


def _fill(whole: Member, set_up: SetUp) -> None:
    """The fields of the need itself."""
    vpn = set_up.vpn
    if vpn and vpn.is_read:
        whole.understand("gateway", vpn.gateway.place, vpn.gateway.name, "gateway_sku")
        _fill_gateway(whole, vpn)
    if set_up.networks:
        blocks = blocks_of(set_up.networks[0].gateway_subnets)
        whole.put_written("gateway_subnet", blocks[0] if blocks else None)
    flags = {
        "expressroute_circuit": bool(set_up.circuits) or _crosses_circuit(set_up),
        "expressroute_backup": any(map(_has_backup, set_up.sites)),
        "bgp": set_up.bgp,
        "vnet_encryption": bool(set_up.partners),
        "expressroute_encryption": _crosses_circuit(set_up),
    }
    for field, says in flags.items():
        if says:
            whole.put(field, True)


def _fill_gateway(whole: Member, vpn: Standing) -> None:
    gateway = vpn.gateway
    whole.put_written("gateway_sku", gateway.sku)
    whole.put("gateway_routing", gateway.routing, gateway.place)
    whole.put("active_active", gateway.active_active or None, gateway.place)
    whole.put("forced_tunneling", gateway.forced_tunneling or None, gateway.place)
    if gateway.clients:
        clients = gateway.clients
        told = {
            "pool": clients.pool.value if clients.pool else None,
            "root_certificates": clients.root_certificates,
            "protocol": clients.protocol,
            "authentication": clients.authentication,
        }
        known = {name: value for name, value in told.items() if value is not None}
        whole.put("clients", {"count": None} | known, clients.place)
        if clients.pool:
            whole.places["clients.pool"] = clients.pool.place
        whole.understand("clients", clients.place, gateway.name, "clients")


def _miss_in_sites(sites: Sequence[Member]) -> None:
    """What the sites leave open, now that tables have filled in what they tell."""
    some_say = any("bandwidth_mbps" in site.values for site in sites)
    for site in sites:
        if "prefixes" not in site.values and not any(note.path == "prefixes" for note in site.missing):
            site.miss("prefixes", "prefixes")
        if site.values.get("device") is None:
            site.miss("device", "device")
        if some_say and "bandwidth_mbps" not in site.values:
            site.miss("bandwidth", "bandwidth_mbps")


def _miss_in_whole(whole: Member, sites: Sequence[Member], set_up: SetUp) -> None:
    vpn, clients = set_up.vpn, set_up.vpn and set_up.vpn.gateway.clients
    gateways = [one for one in (vpn, set_up.expressroute) if one and one.is_read]
    joined = bool(sites or set_up.partners or clients)
    hub = set_up.networks[0].place if set_up.networks else NOWHERE
    gateway = vpn.gateway.place if vpn else NOWHERE
    some_say = any("bandwidth_mbps" in site.values for site in sites)
    wanted = (
        ("vnets", "vnets", NOWHERE, not set_up.networks),
        ("ambiguous-hub", "vnets", hub, set_up.hub_is_guessed),
        ("gateway", "gateway_sku", gateway, _wants_gateway(set_up)),
        ("gateway-subnet", "gateway_subnet", hub, bool(gateways) and "gateway_subnet" not in whole.values),
        ("sites", "sites", NOWHERE, not joined),
        ("connections", "sites", NOWHERE, not set_up.connections_told),
        ("bandwidth", "bandwidth_mbps", NOWHERE, joined and not some_say),
        ("client-count", "clients.count", gateway, bool(clients)),
        ("client-systems", "clients.systems", gateway, bool(clients)),
    )
    for code, path, place, is_missing in wanted:
        if is_missing:
            whole.miss(code, path, place)


def _wants_gateway(set_up: SetUp) -> bool:
    """Whether there is a VPN, and not known on what gateway."""
    if set_up.vpn and set_up.vpn.is_read:
        return set_up.vpn.gateway.sku is None
    return bool(set_up.sites or set_up.links)


def _crosses_circuit(set_up: SetUp) -> bool:
    """Whether a tunnel runs over private peering."""
    return any(link.connection.over_private_peering for link in set_up.links)


def _by_way(devices: Sequence[Device]) -> tuple[list[Device], list[Device]]:
    """The devices of a site with a tunnel over private peering, and the others."""
    private: list[Device] = []
    public: list[Device] = []
    for one in devices:
        crosses = any(link.connection.over_private_peering for link in one.links)
        (private if crosses else public).append(one)
    return private, public


def _has_backup(devices: Sequence[Device]) -> bool:
    """Whether a site has a tunnel over private peering and one over the internet."""
    return all(_by_way(devices))


def _prefix(written: object) -> Prefix | None:
    """A prefix that is well written."""
    try:
        return read_prefix(written) if isinstance(written, str) else None
    except AddressError:
        return None
