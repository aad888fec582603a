"""The design that a deployment is made of, with the keys and the names of all that is in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from advisor.core.addressing import Blocks, read_prefix
from advisor.core.advice import Advice
from advisor.core.deployment_names import FreeNames, unique_slugs, vnet_names
from advisor.core.deployment_parameters import Ask
from advisor.core.design import Design, VpnGateway
from advisor.core.editions import book_of
from advisor.core.need import Need, VNet
from advisor.core.protocols import exists
from advisor.core.skus import SMALLEST
from faq.knowledge.limits import Catalogue

_REGION = re.compile(r"[a-z0-9]+")
_OF_SITE = re.compile(r"sites\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Tunnel:
    """One tunnel of a site: its key, its number from 1, and whether it runs over private peering.

    `first` says that it is the first of the site on its way, which is the one that a given address is of.
    """

    key: str
    site: int
    number: int
    private: bool
    first: bool


@dataclass(frozen=True)
class Plan:
    """A need, its advice and its design, and what they are called: VNets and sites by the slugs in `keys`."""

    need: Need
    advice: Advice
    catalogue: Catalogue
    vnets: str

    @cached_property
    def design(self) -> Design:
        """The design that the advice describes, as of its day."""
        dated = replace(self.need, as_of=self.advice.as_of or self.need.as_of)
        return book_of(self.catalogue).make_design(dated, self.catalogue)

    @cached_property
    def keys(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The slugs of the VNets and of the sites; no two are alike, for a VNet and a site can be joined."""
        named = [*((one.name, "vnet") for one in self.need.vnets), *((one.name, "site") for one in self.need.sites)]
        slugs = tuple(unique_slugs(named))
        return slugs[: len(self.need.vnets)], slugs[len(self.need.vnets) :]

    @property
    def hub(self) -> str:
        """The slug of the hub."""
        return self.keys[0][0]

    @cached_property
    def azure_names(self) -> tuple[str, ...]:
        """What each VNet is called in Azure."""
        return vnet_names(vnet.name for vnet in self.need.vnets)

    @cached_property
    def not_public(self) -> Blocks:
        """The addresses that Azure does not reach over the internet."""
        return Blocks(map(read_prefix, self.catalogue.members("addresses.not_public")))

    @cached_property
    def findings_of_sites(self) -> Mapping[int, tuple[int, ...]]:
        """The places in the advice of what is found about each site, by the index of the site."""
        found: dict[int, dict[int, None]] = {}
        for place, finding in enumerate(self.advice.findings):
            for subject in finding.subjects:
                if match := _OF_SITE.match(subject):
                    found.setdefault(int(match[1]), {})[place] = None
        return {index: tuple(places) for index, places in found.items()}

    @property
    def gateway_exists(self) -> bool:
        """Whether the VPN gateway of the hub is there already, so that it is never made or changed."""
        return exists(self.need)

    @property
    def vpn(self) -> VpnGateway | None:
        """The VPN gateway of the design."""
        return self.design.vpn

    @property
    def bgp(self) -> bool:
        """Whether the VPN gateways exchange routes."""
        return self.need.bgp and self.vpn is not None and self.vpn.demand.bgp and not self.vpn.policy_based

    @property
    def takes_policy(self) -> bool:
        """Whether its connections take a custom IPsec/IKE policy: those of any SKU but Basic, which alone can be
        policy-based.
        """
        return self.vpn is not None and self.vpn.sku != SMALLEST and not self.vpn.policy_based

    @cached_property
    def tunnels(self) -> tuple[Tunnel, ...]:
        """Every tunnel to a site, in the order of the need."""
        free = FreeNames([*self.keys[0], *self.keys[1]])
        return tuple(tunnel for site in self.design.sites.tunnels for tunnel in self._tunnels_of(site, free))

    def _tunnels_of(self, index: int, free: FreeNames) -> Iterator[Tunnel]:
        """Those over private peering, which encrypt what crosses the circuit, come before those over the internet."""
        sites, count = self.design.sites, self.need.sites[index].tunnels
        ways = [True] * (index in sites.encrypted) + [False] * (index in sites.over_internet)
        several = count * len(ways) > 1
        number = 0
        for private in ways:
            for place in range(count):
                number += 1
                key = free.take(f"{self.keys[1][index]}-{number}") if several else self.keys[1][index]
                yield Tunnel(key, index, number, private, place == 0)

    def location(self, index: int) -> Ask:
        """The parameter with the region of a VNet: that of the hub, unless the VNet has another."""
        vnet = self.need.vnets[index]
        if index and vnet.region and _folded(vnet.region) != _folded(self.need.hub.region or ""):
            return Ask("location", self.keys[0][index])
        return Ask("location")

    @cached_property
    def subscriptions(self) -> Mapping[str, str]:
        """The labels of the subscriptions other than the hub's, each with its slug. A VNet without a label is in that
        of the hub, and so are all where there is but one label.
        """
        labels = _labels(self.need.vnets)
        if len(labels) < 2:
            return {}
        further = [label for label in labels if label != _label(self.need.hub)]
        return dict(zip(further, unique_slugs((label, "subscription") for label in further), strict=True))

    def subscription_of(self, vnet: VNet) -> str:
        """The slug of the label of its subscription, empty for that of the hub."""
        return self.subscriptions.get(_label(vnet), "")


def region_of(vnet: VNet) -> str | None:
    """The name of its region as Azure writes it, None where it has none or is no name of a region."""
    folded = _folded(vnet.region or "")
    return folded if _REGION.fullmatch(folded) else None


def _folded(region: str) -> str:
    return "".join(region.split()).lower()


def _label(vnet: VNet) -> str:
    return (vnet.subscription or "").strip().casefold()


def _labels(vnets: Iterable[VNet]) -> list[str]:
    return [*dict.fromkeys(label for label in map(_label, vnets) if label)]
