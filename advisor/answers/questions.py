"""The questions of the wizard: their order, which of them matter, and what to go on with unanswered. Pure: no Django.

The order is that of the rules: what must be joined, whether it may cross the internet, the sites, the clients, the
VNets, the bandwidth, the routes, and what stands there already.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from advisor.answers.query_string import CODES, COLUMNS, DEFAULTS, MOST_ROWS, WHOLE, Row, Typed

CHECK = "check"
"""The last page before the advice, where every answer is shown."""


@dataclass(frozen=True, slots=True)
class Step:
    """A question. `wants` says for which of the things to join it matters (none: always); `rows`, `whole` and `flags`
    are the parameters that it asks for.
    """

    name: str
    wants: tuple[str, ...] = ()
    rows: str = ""
    whole: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


STEPS = (
    Step("what"),
    Step("private", ("sites",), flags=("private", "circuit", "backup")),
    Step("sites", ("sites",), rows="site"),
    Step("clients", ("clients",), whole=("clients", "pool", "systems", "roots")),
    Step("vnets", rows="vnet"),
    Step("bandwidth", ("sites", "clients"), whole=("mbps",)),
    Step("routes", ("sites", "vnets"), flags=("transit", "bgp", "forced")),
    Step("gateway", whole=("subnet", "routing", "sku")),
)


def wants_of(said: Typed) -> tuple[str, ...]:
    """What is to be joined: as it was chosen, else what the answers are about."""
    if said.want:
        return said.want
    told = {
        "sites": any(not row.is_empty for row in said.sites),
        "clients": bool(said.clients),
        "vnets": sum(not row.is_empty for row in said.vnets) > 1,
    }
    return tuple(want for want in CODES["want"] if told[want])


def steps_for(said: Typed) -> tuple[Step, ...]:
    """The questions that matter for the answers so far, in order."""
    wants = set(wants_of(said))
    return tuple(step for step in STEPS if not step.wants or wants & set(step.wants))


def relevant(said: Typed) -> Typed:
    """The answers without those to questions that do not matter; what was chosen to join goes without saying then."""
    asked = steps_for(said)
    rows = {step.rows for step in asked}
    whole = {name for step in asked for name in step.whole} | {"client_vnets"}
    vnets = tuple(row for row in said.vnets if not row.is_empty)
    return replace(
        said,
        sites=said.sites if "site" in rows else (),
        vnets=vnets if "vnets" in wants_of(said) else vnets[:1],
        whole={name: said.whole[name] if name in whole else "" for name in WHOLE},
        flags=said.flags & {name for step in asked for name in step.flags},
        want=(),
        unknown=tuple(name for name in said.unknown if name in {step.name for step in asked}),
    )


def with_step(said: Typed, step: Step, given: Typed) -> Typed:
    """All that was said, with what was given now on this question in place of what was said on it before."""
    return replace(
        said,
        sites=given.sites if step.rows == "site" else said.sites,
        vnets=given.vnets if step.rows == "vnet" else said.vnets,
        whole={**said.whole, **{name: given.whole[name] for name in step.whole}},
        flags=(said.flags - set(step.flags)) | (given.flags & set(step.flags)),
        want=given.want if step.name == "what" else said.want,
        unknown=tuple(name for name in said.unknown if name != step.name),
    )


def without_answer(said: Typed, step: Step) -> Typed:
    """What to go on with where the answer is not known: the least that the question can be about, marked as assumed."""
    empty = replace(said, sites=(), vnets=(), whole=dict.fromkeys(WHOLE, ""), flags=frozenset(), want=())
    assumed: Mapping[str, Typed] = {
        "what": replace(empty, want=("sites",)),
        "sites": replace(empty, sites=(Row(name="Site 1"),)),
        "clients": replace(empty, whole={**empty.whole, "clients": "1"}),
        "vnets": replace(empty, vnets=_least_vnets(said)),
    }
    going_on = with_step(said, step, assumed.get(step.name, empty))
    return replace(going_on, unknown=(*going_on.unknown, step.name))


def _least_vnets(said: Typed) -> tuple[Row, ...]:
    return (Row(name="hub"), Row(name="VNet 2")) if "vnets" in wants_of(said) else (Row(name="hub"),)


def pasted(text: str, kind: str) -> tuple[Row, ...]:
    """The rows of a pasted table: a line each, with tabs, semicolons or commas between name, prefixes and the rest.

    Several prefixes in one cell stand apart by spaces. A first line of column names is passed over.
    """
    separator = next((sign for sign in "\t;" if sign in text), ",")
    rows: list[Row] = []
    for cells in csv.reader((line for line in text.splitlines() if line.strip()), delimiter=separator):
        told: dict[str, Any] = {
            column: cell.strip() or DEFAULTS.get(column, "") for column, cell in zip(COLUMNS[kind], cells, strict=False)
        }
        if not rows and told["name"].casefold() in {"name", "naam", "site", "vnet"} and not _is_network(told):
            continue
        rows.append(Row(**told))
    return tuple(rows[:MOST_ROWS])


def _is_network(told: Mapping[str, Any]) -> bool:
    return any(char.isdigit() for char in told.get("prefixes", ""))
