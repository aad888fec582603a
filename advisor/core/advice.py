"""What the advisor answers: codes and numbers, no language. `advisor.wording` words it, `advisor.formats` writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from advisor.core.addressing import Prefix
from advisor.core.parameters import Parameters
from faq.knowledge.limits import Source

SEVERITIES = ("error", "warning", "info")
"""How serious a finding is, the most serious first."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a connection is chosen, or why not. `entry` is the slug of the FAQ entry that says so."""

    rule: str
    parameters: Parameters = ()
    entry: str | None = None
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that an engineer should know. `variant` picks among the sentences that the texts have for the code."""

    code: str
    severity: str
    subjects: tuple[str, ...]
    parameters: Parameters = ()
    entry: str | None = None
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do after the advice. `variant` picks among the sentences that the texts have for the code."""

    code: str
    parameters: Parameters = ()
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Connection:
    """A connection of the design, with the names of the sites or VNets that it joins to the hub."""

    type: str
    members: tuple[str, ...]
    tunnels: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """A connection type with why it is chosen, or why not."""

    type: str
    chosen: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Gateway:
    """The VPN gateway. `subnet` is None where there is nothing to propose it from."""

    routing: str
    sku: str
    subnet: Prefix | None
    tunnels: int
    throughput_mbps: int


@dataclass(frozen=True, slots=True)
class ExpressRoute:
    """The ExpressRoute gateway and the circuit to order, of which the size is None where the total is unknown."""

    gateway_sku: str
    throughput_mbps: int
    circuit_mbps: int | None
    subnet: Prefix | None


@dataclass(frozen=True, slots=True)
class LimitRow:
    """What is asked of a limit beside what it allows. `status` is `ok`, `near` or `exceeded`.

    `note` is what the catalogue says with the limit, in each language.
    """

    key: str
    requested: int | Decimal
    allowed: int
    unit: str
    status: str
    source: Source | None
    entry: str | None
    note: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """The whole advice, in the order of the contract. `entries` are slugs, the most urgent first.

    `client_pool` is a proposal, where there are clients without a pool, or where the pool overlaps. `as_of` is the day
    of which the facts hold, None where none was said. `next_steps` is what to do, in order.
    """

    edition: str
    verdict: str
    connections: tuple[Connection, ...]
    gateway: Gateway | None
    expressroute: ExpressRoute | None
    limits: tuple[LimitRow, ...]
    findings: tuple[Finding, ...]
    alternatives: tuple[Alternative, ...]
    entries: tuple[str, ...]
    client_pool: Prefix | None = None
    as_of: date | None = None
    next_steps: tuple[Step, ...] = ()
