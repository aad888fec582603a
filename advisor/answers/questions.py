"""The questions of the wizard: their order, which of them matter, and what to go on with unanswered. Pure: no Django.

The order is that of the rules: what must be joined, whether it may cross the internet, the sites, the clients, the
VNets, the bandwidth, the routes, and what stands there already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from advisor.answers.typed import CODES, Row, Typed, whole_parameters
from advisor.core.field_parameters import rows_of
from advisor.core.fields import Need
from advisor.core.kinds import Table
from advisor.core.notations import UNKNOWN

CHECK = "check"
"""The last page before the advice, where every answer is shown."""


@dataclass(frozen=True, slots=True)
class Step:
    """A question. `wants` says for which of the things to join it matters (none: always); it asks for the fields of the
    group that has its name, and for `rows`.
    """

    name: str
    wants: tuple[str, ...] = ()
    rows: str = ""

    def parameters(self, table: Table = Need) -> tuple[str, ...]:
        """The parameters beside those of rows that it asks for."""
        return tuple(one.name for one in whole_parameters(table) if one.field.group == self.name)

    @property
    def flags(self) -> tuple[str, ...]:
        """Those that are boxes to tick."""
        return tuple(one.name for one in whole_parameters() if one.field.group == self.name and one.field.is_ticked)


STEPS = (
    Step("what"),
    Step("private", ("sites",)),
    Step("sites", ("sites",), rows="site"),
    Step("clients", ("clients",)),
    Step("vnets", rows="vnet"),
    Step("bandwidth", ("sites", "clients")),
    Step("routes", ("sites", "vnets")),
    Step("gateway"),
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
    names = {step.name for step in asked}
    groups = {one.name: one.field.group for one in whole_parameters(said.table)}
    vnets = tuple(row for row in said.vnets if not row.is_empty)
    return replace(
        said.with_rows(
            site=said.sites if "site" in {step.rows for step in asked} else (),
            vnet=vnets if "vnets" in wants_of(said) else vnets[:1],
        ),
        whole={name: text if groups[name] in {"", *names} else "" for name, text in said.whole.items()},
        want=(),
        unknown=tuple(name for name in said.unknown if name in names),
    )


def with_step(said: Typed, step: Step, given: Typed) -> Typed:
    """All that was said, with what was given now on this question in place of what was said on it before."""
    return replace(
        said.with_rows(**({step.rows: given.rows[step.rows]} if step.rows else {})),
        whole={**said.whole, **{name: given.whole[name] for name in step.parameters(said.table)}},
        want=given.want if step.name == "what" else said.want,
        unknown=tuple(name for name in said.unknown if name != step.name),
    )


def without_answer(said: Typed, step: Step) -> Typed:
    """What to go on with where the answer is not known: the least that the question can be about, marked as assumed."""
    empty = replace(said.with_rows(site=(), vnet=()), whole=dict.fromkeys(said.whole, ""), want=())
    assumed: Mapping[str, Typed] = {
        "what": replace(empty, want=("sites",), whole={**empty.whole, "name": said.whole["name"]}),
        "sites": empty.with_rows(site=_named(said, "site", "Site 1")),
        "clients": replace(empty, whole={**empty.whole, "clients": UNKNOWN}),
        "vnets": empty.with_rows(vnet=_named(said, "vnet", *_least_vnets(said))),
    }
    going_on = with_step(said, step, assumed.get(step.name, empty))
    return replace(going_on, unknown=(*going_on.unknown, step.name))


def _least_vnets(said: Typed) -> tuple[str, ...]:
    return ("hub", "VNet 2") if "vnets" in wants_of(said) else ("hub",)


def _named(said: Typed, rows: str, *names: str) -> tuple[Row, ...]:
    """Rows that say nothing but their names."""
    return tuple(Row.of(rows_of(said.table)[rows], name=name) for name in names)
