"""What a site needs to take a VPN tunnel: a device, a public address, BGP for more than one tunnel."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.addressing import read_prefix, single
from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Count
from advisor.core.rules.naming import site_names, site_paths
from faq.knowledge.limits import Catalogue


def no_vpn_device(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Site-to-site needs a VPN device or software (vpn-gateway-vpn-faq.md 2016-12, cross-premises options)."""
    if design.sites.left_out:
        yield observed(
            "no-vpn-device",
            *site_paths(design.sites.left_out, "device"),
            sites=site_names(need, design.sites.left_out),
            clients=Count(catalogue.number("p2s.max_clients"), "client"),
        )


def no_public_ipv4(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Site-to-site needs a public IPv4 address on site (vpn-gateway-vpn-faq.md 2016-12, cross-premises options)."""
    without = tuple(index for index in design.sites.tunnels if need.sites[index].public_ipv4 is False)
    if without:
        yield observed("no-public-ipv4", *site_paths(without, "public_ipv4"), sites=site_names(need, without))


def public_ipv4_not_public(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A VPN device's address must be reachable from the internet, not behind NAT (vpn-gateway-plan-design.md 2016)."""
    told = [(index, given) for index in design.sites.tunnels if isinstance(given := need.sites[index].public_ipv4, str)]
    blocks = [read_prefix(block) for block in catalogue.members("addresses.not_public")] if told else []
    wrong = []
    addresses = []
    for index, address in told:
        block = next((block for block in blocks if single(address).within(block)), None)
        if block:
            wrong.append(index)
            addresses.append(f"{address} ({block})")
    if wrong:
        yield observed(
            "public-ipv4-not-public",
            *site_paths(wrong, "public_ipv4"),
            sites=site_names(need, wrong),
            addresses=tuple(addresses),
        )


def redundant_tunnels_need_bgp(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Several tunnels to one site take BGP (vpn-gateway-highlyavailable.md 2016-09-24)."""
    several = tuple(index for index in design.sites.tunnels if need.sites[index].tunnels > 1)
    if several and not need.bgp:
        yield observed(
            "redundant-tunnels-need-bgp",
            *site_paths(several, "tunnels"),
            sites=site_names(need, several),
            skus=catalogue.members("bgp.skus"),
        )


def device_not_validated(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A device off the list must meet the IPsec/IKE parameters (vpn-gateway-vpn-faq.md 2016-12, VPN devices)."""
    unlisted = tuple(index for index in design.sites.tunnels if need.sites[index].device == "unlisted")
    if unlisted:
        yield observed("device-not-validated", *site_paths(unlisted, "device"), sites=site_names(need, unlisted))


def software_vpn(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """RRAS is supported, as route-based only (vpn-gateway-about-vpn-devices.md 2016-09-13)."""
    software = tuple(index for index in design.sites.tunnels if need.sites[index].device == "software")
    if software:
        yield observed("software-vpn", *site_paths(software, "device"), sites=site_names(need, software))
