"""What a drawing of an advice shows: boxes with what stands in them, lines to the hub, and what does not fit. Pure.

The forms of the drawing show the same of it: an SVG, a PNG, and sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from advisor.core.addressing import Prefix
from advisor.core.advice import Advice, Finding
from advisor.core.design import exact_sum
from advisor.core.need import Need, Site, VNet
from advisor.core.parameters import Code, Count, Exactly, Mbps, Value
from advisor.core.rules.naming import clients_of, hub_name, site_names, vnet_names
from advisor.formats.drawing.boxes import ORDER, Box, Link, Topology
from advisor.formats.drawing.marks import INSTEAD, PLACES, Mark, Place, subjects_of
from advisor.formats.drawing.names import writable
from advisor.wording.sentences import Texts

MOST_SITES, MOST_VNETS = 30, 15
"""So many have a box of their own; of more, those that are alike share one."""
MOST_PREFIXES = 3
"""Of the hub so many prefixes are named, of a site or another VNet one; the others are counted."""
MOST_MARKS = 3
"""A box says so much of what does not fit in it, and how much more there is."""

KINDS: Mapping[str, str] = {
    "site-to-site": "tunnel",
    "multi-site": "tunnel",
    "point-to-site": "clients",
    "vnet-to-vnet": "tunnel",
    "vnet-peering": "peering",
    "expressroute": "circuit",
}
"""The kind of line that each connection type is drawn as; the texts name it `key-<kind>`."""


class _Member(NamedTuple):
    """A site or VNet: what its box would say alone, and what joins it to others that are alike."""

    place: Place
    kinds: tuple[str, ...]
    tunnels: int
    mbps: Decimal | None


def topology_of(need: Need, advice: Advice, texts: Texts, language: str) -> Topology:
    """What is drawn of an advice, in a language."""
    return _Reading(need, advice, texts, language).topology()


class _Reading:
    """A need and its advice, read for one drawing."""

    def __init__(self, need: Need, advice: Advice, texts: Texts, language: str) -> None:
        self._need, self._advice, self._texts, self._language = need, advice, texts, language
        self._tunnels = 0
        self._kinds: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        for connection in advice.connections:
            for name in connection.members:
                self._kinds[name] += (KINDS[connection.type],)
        self._marks = self._all_marks()

    def topology(self) -> Topology:
        need = self._need
        sites = tuple(self._boxes([self._site_member(index) for index in range(len(need.sites))], MOST_SITES))
        vnets = tuple(self._boxes([self._vnet_member(index) for index in range(1, len(need.vnets))], MOST_VNETS))
        title = self._texts.drawn("title", self._language, hub=hub_name(need))
        found = {KINDS[connection.type] for connection in self._advice.connections}
        return Topology(
            title=writable(f"{need.name}: {title}" if need.name else title),
            hub=self._hub(),
            subnet=self._subnet(),
            expressroute=self._expressroute(),
            vpn=self._vpn(),
            circuit=self._circuit(),
            sites=sites,
            vnets=vnets,
            clients=self._clients(),
            keys={kind: self._word(f"key-{kind}") for kind in ORDER if kind in found},
            not_fitting=self._word("mark"),
        )

    def _word(self, code: str, **facts: Value) -> str:
        return _word(self._texts, self._language, code, **facts)

    def _hub(self) -> Box:
        hub = self._need.hub
        shown = tuple(str(prefix) for prefix in hub.prefixes[:MOST_PREFIXES])
        more = len(hub.prefixes) - len(shown)
        facts = (*shown, f"+{more}") if more else shown
        return Box(writable(hub.name), facts, marks=self._labels("hub"), crossed=("hub", 0) in self._marks)

    def _subnet(self) -> Box | None:
        gateway = self._advice.gateway or self._advice.expressroute
        if gateway is None:
            return None
        block = str(gateway.subnet) if gateway.subnet else self._word("no-block")
        return self._part("subnet", "GatewaySubnet", block)

    def _vpn(self) -> Box | None:
        gateway = self._advice.gateway
        if gateway is None:
            return None
        facts = [gateway.sku]
        if gateway.routing == "policy-based":
            facts.append(self._word("policy-based"))
        if self._need.bgp:
            asn = self._need.hub.asn
            facts.append(self._word("bgp-asn", asn=Exactly(asn)) if asn else "BGP")
        if self._need.active_active:
            facts.append(self._word("active-active"))
        return self._part("vpn", self._word("vpn-gateway"), *facts)

    def _expressroute(self) -> Box | None:
        gateway = self._advice.expressroute
        return self._part("expressroute", "ExpressRoute", gateway.gateway_sku) if gateway else None

    def _circuit(self) -> Box | None:
        gateway = self._advice.expressroute
        if gateway is None:
            return None
        return self._part("circuit", self._word("circuit"), *self._carries(gateway.circuit_mbps))

    def _part(self, place: str, name: str, *facts: str) -> Box:
        marks = self._labels(place)
        return Box(name, facts, marks=marks, crossed=bool(marks))

    def _clients(self) -> Box | None:
        clients = self._need.clients
        if not clients.some:
            return None
        count = clients_of(self._need)
        name = self._word("clients-unknown") if isinstance(count, Code) else self._word("clients", clients=count)
        pool = clients.pool or self._advice.client_pool
        here = self._marks.get(("clients", 0), [])
        return Box(
            name,
            (str(pool),) if pool else (),
            (Link("clients", crossed=any(not mark.in_box for mark in here)),),
            self._labels("clients"),
            any(mark.in_box for mark in here),
        )

    def _carries(self, mbps: Decimal | int | None) -> tuple[str, ...]:
        return () if mbps is None else (self._word("amount", amount=Mbps(mbps)),)

    def _site_member(self, index: int) -> _Member:
        site = self._need.sites[index]
        kinds = self._kinds[site.name]
        tunnels = site.tunnels if "tunnel" in kinds else 0
        if "circuit" in kinds and self._need.expressroute_encryption and self._need.expressroute_backup:
            tunnels *= 2
        return _Member(("sites", index), kinds, tunnels, site.bandwidth_mbps)

    def _vnet_member(self, index: int) -> _Member:
        kinds = self._kinds[self._need.vnets[index].name]
        return _Member(("vnets", index), kinds, int("tunnel" in kinds), None)

    def _boxes(self, members: Sequence[_Member], most: int) -> Iterator[Box]:
        """A box for each member; where there are too many of these, one for all that are alike."""
        if len(members) <= most:
            yield from (self._alone(member) for member in members)
            return
        alike: dict[object, list[_Member]] = {}
        for member in members:
            marks = self._marks.get(member.place)
            codes = tuple(sorted({mark.code for mark in marks})) if marks else ()
            alike.setdefault((member.kinds, codes), []).append(member)
        groups = [*alike.values()]
        rest = [member for group in groups[most - 1 :] for member in group]
        for group in (*groups[: most - 1], *([rest] if rest else [])):
            yield self._alone(group[0]) if len(group) == 1 else self._together(group)

    def _alone(self, member: _Member) -> Box:
        kind, index = member.place
        one: Site | VNet = self._need.sites[index] if kind == "sites" else self._need.vnets[index]
        facts = [*_shortened(one.prefixes)]
        if isinstance(one, Site):
            facts += self._device(index, one)
        if self._need.bgp and one.asn:
            facts.append(self._word("asn", asn=Exactly(one.asn)))
        return self._box(writable(one.name), facts, [member])

    def _device(self, index: int, site: Site) -> Iterator[str]:
        """What is to know of a device that is not a validated one for any gateway."""
        marked = {mark.code for mark in self._marks.get(("sites", index), ())}
        if site.device != "validated" and "no-vpn-device" not in marked:
            yield self._word(f"device-{site.device}")
        if site.policy_based_only:
            yield self._word("policy-based")

    def _together(self, group: Sequence[_Member]) -> Box:
        name = self._word("many-sites" if group[0].place[0] == "sites" else "many-vnets", count=len(group))
        return self._box(name, [], group)

    def _box(self, name: str, facts: list[str], group: Sequence[_Member]) -> Box:
        """The box of one member, or of all that are alike."""
        marks = [mark for member in group for mark in self._marks.get(member.place, ())]
        on_line = any(not mark.in_box for mark in marks)
        links = tuple(self._links(group, crossed=on_line))
        if not links:
            facts.append(self._word("unjoined"))
        if len(group) == 1:
            labels = self._few([mark.label for mark in marks])
        else:
            labels = self._few(list(dict.fromkeys(self._word_of_code(mark) for mark in marks)))
        in_box = any(mark.in_box for mark in marks) or (bool(marks) and not links)
        return Box(name, tuple(facts), links, labels, in_box)

    def _links(self, group: Sequence[_Member], *, crossed: bool) -> Iterator[Link]:
        kinds = {kind for member in group for kind in member.kinds}
        said = [member.mbps for member in group if member.mbps is not None]
        amount = "".join(self._carries(exact_sum(said) if said else None))
        for kind in ORDER:
            if kind not in kinds:
                continue
            at_fault = crossed and (kind == "tunnel" or "tunnel" not in kinds)
            if kind == "tunnel":
                number = self._numbered(sum(member.tunnels for member in group))
                beside = self._beside_circuit() if "circuit" in kinds else amount
                yield Link(kind, number, beside, at_fault)
            else:
                yield Link(kind, "", amount, at_fault)

    def _beside_circuit(self) -> str:
        """What a tunnel is for of a site that is on the circuit too."""
        return self._word("backup" if self._need.expressroute_backup else "over-circuit")

    def _numbered(self, tunnels: int) -> str:
        """Which tunnel it is, or how many they are."""
        self._tunnels += tunnels
        if tunnels == 1:
            return self._word("tunnel", number=self._tunnels)
        return self._word("tunnels", tunnels=Count(tunnels, "tunnel"))

    def _all_marks(self) -> dict[Place, list[Mark]]:
        """What does not fit, by where it is marked."""
        found: dict[Place, list[Mark]] = {}
        overlaps: defaultdict[Place, list[Place]] = defaultdict(list)
        for finding in self._advice.findings:
            if finding.severity != "error":
                continue
            if finding.code == "overlapping-prefixes":
                one, other = subjects_of(finding)
                overlaps[one].append(other)
                overlaps[other].append(one)
                continue
            label = self._label(finding)
            for place, in_box in self._places(finding):
                found.setdefault(place, []).append(Mark(finding.code, label, in_box))
        for place, others in overlaps.items():
            label = self._overlap(list(dict.fromkeys(others)))
            found.setdefault(place, []).insert(0, Mark("overlapping-prefixes", label, in_box=True))
        return found

    def _places(self, finding: Finding) -> Iterator[tuple[Place, bool]]:
        """Where an error is marked, each with whether it is at fault in the box itself."""
        fixed = PLACES.get(finding.code)
        if fixed == "sites":
            yield from (found for found in subjects_of(finding).items() if found[0][0] == "sites")
        elif fixed:
            yield (self._drawn(fixed), 0), fixed != "clients"
        else:
            yield from subjects_of(finding).items() or [((self._drawn(self._gateway_of(finding)), 0), True)]

    def _gateway_of(self, finding: Finding) -> str:
        named = dict(finding.parameters).get("gateway")
        return "expressroute" if named == Code("expressroute-gateway") else "vpn"

    def _drawn(self, place: str) -> str:
        """The place itself where it is drawn, else what is marked instead."""
        advice = self._advice
        there = {
            "hub": True,
            "vpn": advice.gateway is not None,
            "expressroute": advice.expressroute is not None,
            "circuit": advice.expressroute is not None,
            "subnet": advice.gateway is not None or advice.expressroute is not None,
            "clients": self._need.clients.some,
        }
        while not there[place]:
            place = INSTEAD[place]
        return place

    def _label(self, finding: Finding) -> str:
        """What is written where a finding is marked."""
        code = finding.code if self._texts.marks(finding.code) else "unknown"
        return writable(self._texts.drawn(f"mark-{code}", self._language, **dict(finding.parameters)))

    def _overlap(self, others: Sequence[Place]) -> str:
        kind, index = others[0]
        if kind == "sites":
            other: Value = site_names(self._need, (index,))
        else:
            other = Code("client-pool") if kind == "clients" else vnet_names(self._need, (index,))
        more = len(others) - 1
        code = "mark-overlap-more" if more else "mark-overlap"
        return writable(self._texts.drawn(code, self._language, other=other, more=more))

    def _word_of_code(self, mark: Mark) -> str:
        """What is marked on several that are alike, of which each overlaps another."""
        return self._word("mark-overlaps") if mark.code == "overlapping-prefixes" else mark.label

    def _labels(self, place: str) -> tuple[str, ...]:
        return self._few([mark.label for mark in self._marks.get((place, 0), ())])

    def _few(self, labels: Sequence[str]) -> tuple[str, ...]:
        if len(labels) <= MOST_MARKS:
            return tuple(labels)
        return (*labels[: MOST_MARKS - 1], self._word("mark-more", count=len(labels) - MOST_MARKS + 1))


def _shortened(prefixes: Sequence[Prefix]) -> Iterator[str]:
    """The first of these prefixes, and how many more there are."""
    if prefixes:
        yield f"{prefixes[0]} +{len(prefixes) - 1}" if len(prefixes) > 1 else str(prefixes[0])


@lru_cache(maxsize=4096)
def _word(texts: Texts, language: str, code: str, **facts: Value) -> str:
    """Words that hold no name that somebody typed, of which most drawings have the same."""
    return texts.drawn(code, language, **facts)
