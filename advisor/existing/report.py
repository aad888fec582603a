"""What a reading of an existing setup gives: the need, and what was understood, ignored and missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.core.refusals import FieldError

UNDERSTOOD = ("vnet", "gateway", "site", "connection", "peering", "clients", "circuit")
"""What was read: `path` is its place in the need."""

IGNORED = (
    "not-connected",
    "other-gateway",
    "other-resource-type",
    "condition-false",
    "linked-template",
    "virtual-wan",
    "ipv6-prefix",
    "no-field",
)
"""What was left out: `path` is its place in the file."""

MISSING = (
    "vnets",
    "prefixes",
    "gateway",
    "gateway-subnet",
    "sites",
    "connections",
    "local-gateways",
    "public-address",
    "bandwidth",
    "device",
    "client-count",
    "client-systems",
    "ambiguous-hub",
)
"""What the advisor would like to know: `path` is the field of the need that would say it."""

ERRORS = (
    "not-understood",
    "not-json",
    "too-deep",
    "too-large",
    "too-many-files",
    "unsupported-version",
)
"""Why files are refused, beside the faults of the need that they would make."""


@dataclass(frozen=True, slots=True)
class SetupFile:
    """A file as it was given: what to call it, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the report. `file` is the name of the file that it comes from, empty where it comes from none.

    `path` is a place in the need or in the file, as the code's list says; `subject` names what it is about: the name of
    a VNet, gateway, site, circuit or connection, the type of a resource that is not read, or nothing.
    """

    code: str
    file: str
    path: str
    subject: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A need in the JSON form that `parse_need` takes, and the report, each part in the order of the files."""

    need: Mapping[str, object]
    understood: tuple[Item, ...]
    ignored: tuple[Item, ...]
    missing: tuple[Item, ...]


class SetupRefused(ValueError):  # noqa: N818
    """Files that do not become a need, with every fault at once; the path of a fault is `file: place`."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{error.path}: {error.reason}" for error in errors[:10]))
