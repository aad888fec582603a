"""What a site needs to take a VPN tunnel: a device, a public address, BGP for more than one tunnel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.core.addressing import Prefix, kind_of, read_prefix, single
from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import AnyOf, Phrase, phrase
from advisor.core.rules.naming import site_names, site_paths
from advisor.core.rules.ways_out import bgp_can_be_turned_on, bgp_skus, without_a_tunnel
from faq.knowledge.limits import Catalogue


def no_vpn_device(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Site-to-site needs a VPN device or software (vpn-gateway-vpn-faq.md 2016-12, cross-premises options)."""
    lacking = tuple(sorted({*design.sites.left_out, *design.sites.unencrypted}))
    if lacking:
        policy_based = design.vpn is not None and design.vpn.policy_based
        over_internet = bool(design.sites.left_out) or need.expressroute_backup
        device = "way-device" if policy_based else "way-device-or-software"
        ways = (
            phrase(device if over_internet else f"{device}-on-circuit", sites=len(lacking)),
            *(() if design.sites.left_out else (phrase("way-no-encryption"),)),
            *(without_a_tunnel(need, catalogue, design, design.sites.left_out) if design.sites.left_out else ()),
        )
        yield observed(
            "no-vpn-device",
            *site_paths(lacking, "device"),
            sites=site_names(need, lacking),
            ways=ways,
        )


def no_public_ipv4(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Site-to-site needs a public IPv4 address on site (vpn-gateway-vpn-faq.md 2016-12, cross-premises options)."""
    lacking = tuple(index for index in _in_the_open(need, catalogue, design) if need.sites[index].public_ipv4 is False)
    if lacking:
        address = phrase("way-public-address", sites=len(lacking))
        yield observed(
            "no-public-ipv4",
            *site_paths(lacking, "public_ipv4"),
            sites=site_names(need, lacking),
            ways=(address, *without_a_tunnel(need, catalogue, design, lacking)),
        )


BEHIND_NAT = frozenset({"private", "carrier-nat"})
"""The kinds of addresses that a device has which is behind NAT; any other kind is an address that no device has."""


def public_ipv4_not_public(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A VPN device's address must be reachable from the internet, not behind NAT (vpn-gateway-plan-design.md 2016)."""
    found: dict[str, list[tuple[int, Phrase]]] = {}
    for index, address, block in _not_public(need, catalogue, design):
        named = phrase("address-of-site", address=address, block=str(block), site=site_names(need, (index,)))
        found.setdefault(kind_of(block), []).append((index, named))
    if found:
        wrong = sorted(index for sites in found.values() for index, _ in sites)
        causes = tuple(
            phrase(f"not-public-{kind}", addresses=tuple(named for _, named in found[kind]))
            for kind in sorted(found, key=lambda kind: (kind in BEHIND_NAT, kind))
        )
        behind = sorted(index for kind in BEHIND_NAT & found.keys() for index, _ in found[kind])
        ways = tuple(without_a_tunnel(need, catalogue, design, behind)) if behind else ()
        otherwise = (phrase("not-public-otherwise", sites=site_names(need, behind), ways=ways),) if ways else ()
        yield observed(
            "public-ipv4-not-public",
            *site_paths(wrong, "public_ipv4"),
            causes=(*causes, *otherwise),
        )


def _not_public(need: Need, catalogue: Catalogue, design: Design) -> Iterator[tuple[int, str, Prefix]]:
    """Each site with a tunnel of which the address is not public, with that address and the block that it is in."""
    open_sites = _in_the_open(need, catalogue, design)
    told = [(index, given) for index in open_sites if isinstance(given := need.sites[index].public_ipv4, str)]
    blocks = [read_prefix(block) for block in catalogue.members("addresses.not_public")] if told else []
    for index, address in told:
        block = next((block for block in blocks if single(address).within(block)), None)
        if block:
            yield index, address, block


def _in_the_open(need: Need, catalogue: Catalogue, design: Design) -> tuple[int, ...]:
    """The sites whose device needs a public address of its own: its tunnel crosses the internet, and it is not behind
    NAT where the edition allows that.
    """
    behind_nat = catalogue.flag("s2s.behind_nat_allowed")
    return tuple(index for index in design.sites.over_internet if not (behind_nat and need.sites[index].behind_nat))


def without_public_address(need: Need, catalogue: Catalogue, design: Design) -> tuple[int, ...]:
    """The sites that are to have a tunnel, but no public address for it: they have none, or are behind NAT."""
    lacking = {index for index in _in_the_open(need, catalogue, design) if need.sites[index].public_ipv4 is False}
    behind_nat = (index for index, _, block in _not_public(need, catalogue, design) if kind_of(block) in BEHIND_NAT)
    return tuple(sorted({*lacking, *behind_nat}))


def redundant_tunnels_need_bgp(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Several tunnels to one site take BGP (vpn-gateway-highlyavailable.md 2016-09-24)."""
    without = () if need.bgp else _with_several(need, design, design.bgp_sites)
    never = _with_several(need, design, design.sites_without_bgp)
    several = tuple(sorted({*without, *never}))
    asked = any(need.sites[index].tunnels > 1 for index in several)
    if several:
        how = "" if asked else "both-ways"
        if never:
            variant = f"by-policy{'-' if how else ''}{how}"
        else:
            variant = how if bgp_can_be_turned_on(need, catalogue, design) else "no-bgp"
        skus = bgp_skus(catalogue, design)
        with_bgp = phrase("bgp-for-the-others", sites=site_names(need, without), skus=AnyOf(skus))
        yield observed(
            "redundant-tunnels-need-bgp",
            *site_paths(several, "tunnels"),
            variant=variant,
            sites=site_names(need, never or without),
            skus=skus,
            others=with_bgp if without and never else "",
        )


def _with_several(need: Need, design: Design, indices: Iterable[int]) -> tuple[int, ...]:
    return tuple(index for index in indices if design.sites.tunnels_of(need, index) > 1)


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
