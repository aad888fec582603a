"""What somebody needs: the networks and what must be joined to them, read from JSON whole or refused whole.

The fields, their defaults and what is refused are those of the advice contract.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from advisor.core import field_readers as reading
from advisor.core.addressing import Blocks, Prefix
from advisor.core.field_readers import Record
from advisor.core.parameters import Count
from advisor.core.refusals import SHOWN, FieldError, Refusals, Wrong
from advisor.core.skus import existing_skus
from faq.knowledge.limits import SYSTEMS, Catalogue

LONGEST_NAME = 80
MOST_ITEMS = 10_000
"""VNets, sites, prefixes and subnets together."""
MOST_BYTES = 1 << 20
LONGEST_NUMBER = 400
"""Digits; a number that long is beyond what a reader of JSON need hold."""

MODELS = ("resource-manager", "classic")
DEVICES = ("validated", "unlisted", "software", "none")
ROUTINGS = ("route-based", "policy-based")
SYSTEM_CODES = (*SYSTEMS, "other")

Reader = Callable[[object], str]

FIELDS = (
    "edition",
    "vnets",
    "sites",
    "clients",
    "bandwidth_mbps",
    "private_path",
    "expressroute_circuit",
    "expressroute_backup",
    "transit",
    "bgp",
    "forced_tunneling",
    "gateway_subnet",
    "gateway_routing",
    "gateway_sku",
)
"""The fields of a need in the order of the contract."""


@dataclass(frozen=True, slots=True)
class VNet:
    """A virtual network. The first of a need is the hub, whose gateway is designed."""

    name: str
    prefixes: tuple[Prefix, ...] = ()
    subnets: tuple[Prefix, ...] = ()
    region: str | None = None
    subscription: str | None = None
    model: str = "resource-manager"


@dataclass(frozen=True, slots=True)
class Site:
    """An on-premises location. `public_ipv4` is the address, or whether there is one."""

    name: str
    prefixes: tuple[Prefix, ...] = ()
    device: str = "validated"
    device_routing: str = "route-based"
    public_ipv4: str | bool = True
    bandwidth_mbps: Decimal | None = None
    tunnels: int = 1
    expressroute: bool | None = None

    @property
    def policy_based_only(self) -> bool:
        """Whether its device can do no routing but policy-based. Software is always route-based."""
        return self.device in {"validated", "unlisted"} and self.device_routing == "policy-based"


@dataclass(frozen=True, slots=True)
class Clients:
    """Remote computers: how many at once, what they run, and the pool that they get an address from."""

    count: int = 0
    systems: tuple[str, ...] = ()
    pool: Prefix | None = None
    root_certificates: int | None = None
    vnets: int = 1


@dataclass(frozen=True, slots=True)
class Need:
    """All that the advisor is told. Unknown is None."""

    edition: str
    vnets: tuple[VNet, ...] = (VNet("vnet"),)
    sites: tuple[Site, ...] = ()
    clients: Clients = Clients()
    bandwidth_mbps: Decimal | None = None
    private_path: bool = False
    expressroute_circuit: bool = False
    expressroute_backup: bool = False
    transit: bool = False
    bgp: bool = False
    forced_tunneling: bool = False
    gateway_subnet: Prefix | None = None
    gateway_routing: str | None = None
    gateway_sku: str | None = None

    @property
    def hub(self) -> VNet:
        """The VNet whose gateway is designed."""
        return self.vnets[0]


class NeedRefused(ValueError):  # noqa: N818
    """A need that does not fit the contract, with every fault in field order."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{error.path}: {error.reason}" for error in errors[:10]))


def read_need(
    written: str | bytes,
    default_edition: str,
    catalogues: Mapping[str, Catalogue],
    *,
    without_advice: Collection[str] = (),
) -> Need:
    """Read a need from the text of a JSON document, of 1 MiB at most. Raises `NeedRefused`."""
    encoded = written if isinstance(written, bytes) else written.encode("utf-8", "surrogatepass")
    if len(encoded) > MOST_BYTES:
        raise _refused(len(encoded), Wrong("too-long", allowed=Count(MOST_BYTES, "byte")))
    try:
        raw = json.loads(encoded, parse_int=_whole)
    except (ValueError, RecursionError):
        raise _refused(encoded[:SHOWN].decode("utf-8", "replace"), Wrong("not-json")) from None
    return parse_need(raw, default_edition, catalogues, without_advice=without_advice)


def parse_need(
    raw: object,
    default_edition: str,
    catalogues: Mapping[str, Catalogue],
    *,
    without_advice: Collection[str] = (),
) -> Need:
    """Read a need from parsed JSON. `catalogues` holds the limits of each edition that gives advice, `without_advice`
    the codes of those that give none.

    Raises `NeedRefused` with every fault at once, in field order.
    """
    refusals = Refusals()
    edition = _edition_of(raw, default_edition)
    if isinstance(edition, str) and edition in without_advice:
        refusals.add("edition", edition, _no_advice(edition, catalogues))
    known = (*catalogues, *(code for code in without_advice if code == edition))
    need = _read_whole(_within_measure(raw, refusals), default_edition, known, catalogues, refusals)
    errors = refusals.all()
    if errors:
        raise NeedRefused(errors)
    return need


def _whole(digits: str) -> int | float:
    """A whole number, or infinity where it is one that no reader takes and that is slow to make."""
    return int(digits) if len(digits) < LONGEST_NUMBER else math.inf


def _refused(value: object, wrong: Wrong) -> NeedRefused:
    refusals = Refusals()
    refusals.add("", value, wrong)
    return NeedRefused(refusals.all())


def _within_measure(raw: object, refusals: Refusals) -> object:
    """The document without its lists of VNets and sites where there is too much in them to be looked at."""
    size = sum(reading.text_sizes(raw))
    if size > MOST_BYTES:
        raise _refused(size, Wrong("too-long", allowed=Count(MOST_BYTES, "byte")))
    if not isinstance(raw, Mapping):
        return raw
    items = _items(raw.get("vnets"), "prefixes", "subnets") + _items(raw.get("sites"), "prefixes")
    if items <= MOST_ITEMS:
        return raw
    refusals.add("", items, Wrong("too-many-items", items=items, allowed=MOST_ITEMS))
    return {field: value for field, value in raw.items() if field not in {"vnets", "sites"}}


def _items(members: object, *lists: str) -> int:
    if not isinstance(members, list | tuple):
        return 0
    inside = (member.get(field) for member in members if isinstance(member, Mapping) for field in lists)
    return len(members) + sum(len(found) for found in inside if isinstance(found, list | tuple))


def _read_whole(
    raw: object, default_edition: str, known: Collection[str], catalogues: Mapping[str, Catalogue], refusals: Refusals
) -> Need:
    record = Record(raw, "", refusals)
    name = _unique_name()
    need = Need(
        edition=record.read("edition", reading.code(known), default_edition),
        vnets=_vnets(record, name, refusals),
        sites=tuple(_site(Record(item, path, refusals), name) for path, item in record.items("sites") or ()),
        clients=_clients(record.inside("clients")),
        bandwidth_mbps=record.read("bandwidth_mbps", reading.amount, None),
        private_path=record.read("private_path", reading.yes_no, False),
        expressroute_circuit=record.read("expressroute_circuit", reading.yes_no, False),
        expressroute_backup=record.read("expressroute_backup", reading.yes_no, False),
        transit=record.read("transit", reading.yes_no, False),
        bgp=record.read("bgp", reading.yes_no, False),
        forced_tunneling=record.read("forced_tunneling", reading.yes_no, False),
        gateway_subnet=record.read("gateway_subnet", reading.prefix, None),
        gateway_routing=record.read("gateway_routing", reading.code(ROUTINGS), None),
        gateway_sku=record.read("gateway_sku", _sku(raw, default_edition, catalogues), None),
    )
    record.finish()
    return need


def _no_advice(edition: str, catalogues: Mapping[str, Catalogue]) -> Wrong:
    if not catalogues:
        return Wrong("no-advice-in-any-edition")
    return Wrong("no-advice-in-edition", edition=edition, advising=tuple(catalogues))


def _vnets(record: Record, name: Reader, refusals: Refusals) -> tuple[VNet, ...]:
    items = record.items("vnets")
    if items is None:
        return (VNet("vnet"),)
    if not items:
        record.refuse("vnets", [], Wrong("at-least-one"))
    return tuple(_vnet(Record(item, path, refusals), name, refusals) for path, item in items)


def _vnet(record: Record, name: Reader, refusals: Refusals) -> VNet:
    named = record.read_required("name", name, "")
    faults = refusals.count
    prefixes = record.read_list("prefixes", reading.prefix)
    vnet = VNet(
        name=named,
        prefixes=prefixes,
        subnets=record.read_list("subnets", reading.prefix if refusals.count > faults else _block_within(prefixes)),
        region=record.read("region", reading.text, None),
        subscription=record.read("subscription", reading.text, None),
        model=record.read("model", reading.code(MODELS), "resource-manager"),
    )
    record.finish()
    return vnet


def _site(record: Record, name: Reader) -> Site:
    site = Site(
        name=record.read_required("name", name, ""),
        prefixes=record.read_list("prefixes", reading.prefix),
        device=record.read("device", reading.code(DEVICES), "validated"),
        device_routing=record.read("device_routing", reading.code(ROUTINGS), "route-based"),
        public_ipv4=record.read("public_ipv4", reading.address_or_yes_no, True),
        bandwidth_mbps=record.read("bandwidth_mbps", reading.amount, None),
        tunnels=record.read("tunnels", reading.whole_number(1), 1),
        expressroute=record.read("expressroute", reading.yes_no, None),
    )
    record.finish()
    return site


def _clients(record: Record) -> Clients:
    clients = Clients(
        count=record.read("count", reading.whole_number(0), 0),
        systems=record.read_list("systems", reading.code(SYSTEM_CODES)),
        pool=record.read("pool", reading.prefix, None),
        root_certificates=record.read("root_certificates", reading.whole_number(0), None),
        vnets=record.read("vnets", reading.whole_number(1), 1),
    )
    record.finish()
    return clients


def _unique_name() -> Reader:
    """A reader of names that takes each only once, without regard to case: of two alike the later is at fault."""
    well_formed = reading.name(LONGEST_NAME)
    taken: set[str] = set()

    def read(value: object) -> str:
        name = well_formed(value)
        if name.casefold() in taken:
            raise Wrong("name-taken")
        taken.add(name.casefold())
        return name

    return read


def _block_within(prefixes: tuple[Prefix, ...]) -> Callable[[object], Prefix]:
    """A reader of blocks that lie inside one of the prefixes."""
    address_space = Blocks(prefixes)

    def read(value: object) -> Prefix:
        block = reading.prefix(value)
        if not address_space.hold(block):
            raise Wrong("subnet-outside-vnet")
        return block

    return read


def _edition_of(raw: object, default_edition: str) -> object:
    """What a document names as its edition, right or wrong."""
    return raw.get("edition", default_edition) if isinstance(raw, Mapping) else default_edition


def _sku(raw: object, default_edition: str, catalogues: Mapping[str, Catalogue]) -> Reader:
    """A reader of the VPN SKUs of the edition asked for; of any text where that gives no advice."""
    edition = _edition_of(raw, default_edition)
    if not isinstance(edition, str) or edition not in catalogues:
        return reading.text
    return reading.code(existing_skus(catalogues[edition]))
