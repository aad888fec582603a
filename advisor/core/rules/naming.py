"""How rules name what they speak of: paths for programs, names for people."""

from __future__ import annotations

import re
from collections.abc import Iterable

from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.parameters import Code, Count, Names


def natural_order(name: str) -> list[tuple[int, str]]:
    """A key that sorts `Site 2` before `Site 10`."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split("([0-9]+)", name)]


def site_paths(indices: Iterable[int], field: str = "") -> tuple[str, ...]:
    """The paths of these sites, or of one field of each."""
    return tuple(f"sites[{index}].{field}" if field else f"sites[{index}]" for index in indices)


def vnet_paths(indices: Iterable[int], field: str = "") -> tuple[str, ...]:
    """The paths of these VNets, or of one field of each."""
    return tuple(f"vnets[{index}].{field}" if field else f"vnets[{index}]" for index in indices)


def site_names(need: Need, indices: Iterable[int]) -> Names:
    """The names of these sites."""
    return Names("site", tuple(need.sites[index].name for index in indices))


def hub_name(need: Need) -> Names:
    """The name of the hub VNet."""
    return vnet_names(need, (0,))


def vnet_names(need: Need, indices: Iterable[int]) -> Names:
    """The names of these VNets."""
    return Names("vnet", tuple(need.vnets[index].name for index in indices))


def member_names(need: Need, vnets: Iterable[int], sites: Iterable[int]) -> tuple[Names, ...]:
    """The names of VNets and sites, those of a kind together."""
    return tuple(found for found in (vnet_names(need, vnets), site_names(need, sites)) if found.names)


def bandwidth_paths(need: Need, indices: Iterable[int]) -> tuple[str, ...]:
    """Where a bandwidth was asked for: in the total, or else by those of these sites that say."""
    if need.bandwidth_mbps is not None:
        return ("bandwidth_mbps",)
    return site_paths((index for index in indices if need.sites[index].bandwidth_mbps is not None), "bandwidth_mbps")


def joined_paths(design: Design) -> tuple[str, ...]:
    """The paths of all that takes a VPN tunnel."""
    return vnet_paths(design.others) + site_paths(design.sites.tunnels)


def policy_based_paths(need: Need, design: Design) -> tuple[str, ...]:
    """What makes the gateway policy-based: devices that can do no other, the existing gateway."""
    devices = site_paths(design.vpn.policy_based_sites if design.vpn else (), "device_routing")
    return devices + (("gateway_routing",) if need.gateway_routing == "policy-based" else ())


def clients_of(need: Need) -> Count | Code:
    """How many clients there are, or that their number is not known."""
    return Code("clients-unknown") if need.clients.count is None else Count(need.clients.count, "client")
