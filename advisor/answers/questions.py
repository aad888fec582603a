"""The questions of the wizard: their order, which of them matter, and what to go on with unanswered. Pure: no Django.

The order is that of the rules: what must be joined, whether it may cross the internet, the sites, the clients, the
VNets, the bandwidth, the routes, and what stands there already. Each question has one subject.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from advisor.answers.typed import CODES, Row, Typed, whole_parameters
from advisor.core.editions import EDITIONS
from advisor.core.field_parameters import Parameter, rows_of
from advisor.core.fields import Need
from advisor.core.kinds import Table
from advisor.core.notations import UNKNOWN

CHECK = "check"
"""The last page before the advice, where every answer is shown."""


@dataclass(frozen=True, slots=True)
class Step:
    """A question. `wants` says for which of the things to join it matters (none: always), `opened` for which other
    answers. It asks for the parameter that has its name, for those of the group that has its name that no other
    question asks for, and for `rows`.

    A question that `is_aside` has an answer for nearly everyone: it is asked only on the way from the last page.
    """

    name: str
    wants: tuple[str, ...] = ()
    rows: str = ""
    opened: Callable[[Typed], bool] | None = None
    is_aside: bool = False

    def parameters(self, table: Table = Need) -> tuple[str, ...]:
        """The parameters beside those of rows that it asks for."""
        return tuple(one.name for one in self._asked(table))

    @property
    def flags(self) -> tuple[str, ...]:
        """Those that are boxes to tick."""
        return tuple(one.name for one in self._asked() if one.field.is_ticked)

    @property
    def is_yes_or_no(self) -> bool:
        """Whether its answer is that of a single box, and not to tick it is an answer as well."""
        return self.flags == (self.name,)

    def matters(self, said: Typed) -> bool:
        """Whether the advice depends on its answer, given the others. What was answered stays an answer."""
        if self.wants and not set(self.wants) & set(wants_of(said)):
            return False
        return self.opened is None or self.opened(said) or bool(self.told(said))

    def told(self, said: Typed) -> tuple[str, ...]:
        """Those of its parameters in which something was said."""
        return tuple(name for name in self.parameters(said.table) if said.whole[name])

    def is_of(self, edition: str) -> bool:
        """Whether an edition has a use for what it asks for."""
        book, asked = EDITIONS.get(edition), self._asked()
        return book is None or not asked or any(one.path not in book.unused_fields for one in asked)

    def _asked(self, table: Table = Need) -> tuple[Parameter, ...]:
        return tuple(one for one in whole_parameters(table) if self.name == _question_of(one))


def _question_of(parameter: Parameter) -> str:
    """The question that asks for a parameter: its own, else that of its group."""
    return parameter.name if parameter.name in _NAMES else parameter.field.group


def _expects_a_backup(said: Typed) -> bool:
    """A VPN as a backup crosses the internet."""
    return "circuit" in said.flags and "private" not in said.flags


def _crosses_a_circuit(said: Typed) -> bool:
    return bool({"circuit", "private"} & said.flags)


def _has_a_gateway(said: Typed) -> bool:
    return bool(said.whole["sku"] or said.whole["routing"])


STEPS = (
    Step("what"),
    Step("private", ("sites",)),
    Step("circuit", ("sites",)),
    Step("backup", ("sites",), opened=_expects_a_backup),
    Step("circuit_encrypt", ("sites",), opened=_crosses_a_circuit),
    Step("sites", ("sites",), rows="site"),
    Step("clients", ("clients",)),
    Step("systems", ("clients",)),
    Step("auth", ("clients",)),
    Step("vnets", rows="vnet"),
    Step("encrypt", ("vnets",)),
    Step("bandwidth", ("sites", "clients")),
    Step("routes", ("sites", "vnets")),
    Step("gateway"),
    Step("subnet", opened=_has_a_gateway),
    Step("protocol", ("clients",), is_aside=True),
    Step("pool", ("clients",), is_aside=True),
    Step("roots", ("clients",), is_aside=True),
    Step("active_active", ("sites", "vnets"), is_aside=True),
    Step("dev_test", is_aside=True),
    Step("endpoints", is_aside=True),
    Step("name", is_aside=True),
    Step("as_of", is_aside=True),
)

_NAMES = frozenset(step.name for step in STEPS)


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


def steps_for(said: Typed, edition: str) -> tuple[Step, ...]:
    """The questions to ask in an edition after the answers so far, in order."""
    return tuple(step for step in STEPS if not step.is_aside and is_asked(step, said, edition))


def asides_for(said: Typed, edition: str) -> tuple[Step, ...]:
    """The questions that matter as well, but are asked only of who wants to answer them."""
    return tuple(step for step in STEPS if step.is_aside and is_asked(step, said, edition))


def is_asked(step: Step, said: Typed, edition: str) -> bool:
    """Whether a question matters after the answers so far, and the edition has a use for it or it was answered."""
    return step.matters(said) and (step.is_of(edition) or bool(step.told(said)))


def is_answered(step: Step, said: Typed) -> bool:
    """Whether a question was answered, or passed over saying so."""
    if step.name in (*said.answered, *said.unknown) or step.told(said):
        return True
    if step.name == "what":
        return bool(wants_of(said))
    return bool(step.rows) and any(not row.is_empty for row in said.rows[step.rows])


def is_lacking(step: Step, said: Typed) -> bool:
    """Whether there is no advice without an answer to a question, and there is none."""
    needed = step.name in ("what", "sites", "clients") or (step.name == "vnets" and "vnets" in wants_of(said))
    return needed and not is_answered(step, said)


def is_passed_over(step: Step, said: Typed) -> bool:
    """Whether a question that asks for a choice, or whose answer the advice needs, was left without one."""
    asks_for_choice = not step.is_aside and (step.is_yes_or_no or step.name in ("systems", "auth"))
    return is_lacking(step, said) or (asks_for_choice and not is_answered(step, said))


def relevant(said: Typed) -> Typed:
    """The answers without those to questions that do not matter; what was chosen to join goes without saying then."""
    steps = [step for step in STEPS if step.matters(said)]
    names = {"", *(step.name for step in steps)}
    questions = {one.name: _question_of(one) for one in whole_parameters(said.table)}
    vnets = tuple(row for row in said.vnets if not row.is_empty)
    return replace(
        said.with_rows(
            site=said.sites if "site" in {step.rows for step in steps} else (),
            vnet=vnets if "vnets" in wants_of(said) else vnets[:1],
        ),
        whole={name: text if questions[name] in names else "" for name, text in said.whole.items()},
        want=(),
        unknown=tuple(name for name in said.unknown if name in names),
        answered=(),
    )


def with_step(said: Typed, step: Step, given: Typed) -> Typed:
    """All that was said, with what was given now on this question in place of what was said on it before."""
    return replace(
        said.with_rows(**({step.rows: given.rows[step.rows]} if step.rows else {})),
        whole={**said.whole, **{name: given.whole[name] for name in step.parameters(said.table)}},
        want=given.want if step.name == "what" else said.want,
        unknown=tuple(name for name in said.unknown if name != step.name),
        answered=tuple(name for name in said.answered if name != step.name),
    )


def with_nothing_said(said: Typed, step: Step) -> Typed:
    """The same, where to have said nothing was the answer: no, or none, or as the advisor thinks best."""
    others = replace(said, answered=tuple(name for name in said.answered if name != step.name))
    return others if is_answered(step, others) else replace(others, answered=(*others.answered, step.name))


def without_answer(said: Typed, step: Step) -> Typed:
    """What to go on with where the answer is not known: the least that the question can be about, marked as assumed."""
    empty = replace(said.with_rows(site=(), vnet=()), whole=dict.fromkeys(said.whole, ""), want=())
    assumed: Mapping[str, Typed] = {
        "what": replace(empty, want=("sites",)),
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
