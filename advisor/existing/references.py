"""Which resource is meant: ids, names and Terraform's addresses, compared without regard to case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Generic, TypeVar

from advisor.existing.resources import TERRAFORM

VNET = "microsoft.network/virtualnetworks"
CLASSIC_VNET = "microsoft.classicnetwork/virtualnetworks"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reference:
    """What an id says: the type in lower case, empty for an address of Terraform, and the names as they are written,
    those of parents first. `subscription` and `group` are in lower case, empty where they are not known.
    """

    type: str
    written: tuple[str, ...]
    subscription: str = ""
    group: str = ""

    @property
    def name(self) -> str:
        """Its own name."""
        return self.written[-1]

    @property
    def names(self) -> tuple[str, ...]:
        """The names in lower case."""
        return tuple(name.lower() for name in self.written)

    @property
    def parent(self) -> Reference | None:
        """The resource that this one is a child of."""
        if len(self.written) < 2:
            return None
        return Reference(self.type.rpartition("/")[0], self.written[:-1], self.subscription, self.group)


def reference(written: str) -> Reference | None:
    """Read `/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/hub/subnets/one`, whole or
    from the name of its type on; None for a text that is no id.
    """
    if written.startswith(TERRAFORM):
        return Reference("", (written.removeprefix(TERRAFORM),))
    parts = [part for part in written.strip().split("/") if part]
    folded = [part.lower() for part in parts]
    start = len(folded) - folded[::-1].index("providers") if "providers" in folded else 0
    segments = parts[start:]
    if len(segments) < 3 or len(segments) % 2 == 0 or "." not in segments[0]:
        return None
    type_ = "/".join([segments[0], *segments[1::2]]).lower()
    before = folded[:start]
    return Reference(type_, tuple(segments[2::2]), _after("subscriptions", before), _after("resourcegroups", before))


def named(type_: str, name: str, subscription: str = "", group: str = "") -> Reference:
    """The resource of this type with this name, which has those of its parents before it: `hub/GatewaySubnet`."""
    return Reference(type_, tuple(name.split("/")[-(type_.count("/") or 1) :]), subscription.lower(), group.lower())


def subscription_of(id_: str) -> str | None:
    """The subscription in an id as it is written."""
    parts = [part for part in id_.split("/") if part]
    return parts[1] if len(parts) > 1 and parts[0].lower() == "subscriptions" else None


_ANY = "*"
"""Stands for whatever subscription or resource group something is in; none is called this."""


class Register(Generic[T]):
    """Things by reference; each can be known by several. Where a subscription or resource group is not known, on either
    side, any will do.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, tuple[str, ...], str, str], T] = {}

    def add(self, references: Iterable[Reference], thing: T) -> None:
        """Make a thing known by each of these references, unless another is."""
        for one in references:
            for scope in product((one.subscription, _ANY), (one.group, _ANY)):
                self._known.setdefault((one.type, one.names, *scope), thing)

    def find(self, wanted: Reference | None) -> T | None:
        """The thing that is meant: of several that may be, the one of which as much is known, else the first."""
        if wanted is None:
            return None
        scopes = product((wanted.subscription, _other(wanted.subscription)), (wanted.group, _other(wanted.group)))
        keys = ((wanted.type, wanted.names, *scope) for scope in scopes)
        return next((self._known[key] for key in keys if key in self._known), None)


def _other(known: str) -> str:
    """What else than this a thing may have: nothing that is known, or anything where this is not known."""
    return "" if known else _ANY


def _after(name: str, parts: list[str]) -> str:
    """The part of an id that follows this one."""
    return next(_following(name, parts), "")


def _following(name: str, parts: list[str]) -> Iterator[str]:
    for part, following in pairwise(parts):
        if part == name:
            yield following
