"""What a rule says: a code with its facts. How serious that is, and which entry tells of it, the rule book knows."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.core.advice import Reason
from advisor.core.parameters import Parameters, Value


@dataclass(frozen=True, slots=True)
class Observation:
    """What a rule sees in a design; `advisor.core.decide` makes a finding of it.

    `entry_of` is the code of which the entry is to be read, where that is not the observation's own.
    """

    code: str
    subjects: tuple[str, ...]
    parameters: Parameters = ()
    variant: str = ""
    entry_of: str = ""


def observed(code: str, *subjects: str, variant: str = "", entry_of: str = "", **parameters: Value) -> Observation:
    """An observation with its facts by name."""
    return Observation(code, subjects, tuple(parameters.items()), variant, entry_of)


def reason(rule: str, *, variant: str = "", **parameters: Value) -> Reason:
    """A reason with its facts by name, and without its entry."""
    return Reason(rule, tuple(parameters.items()), variant=variant)
